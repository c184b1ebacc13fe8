// Cash that somebody took and nobody has counted yet: it is settled before its taker leaves the post.

import { sql } from 'kysely'
import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import type { HandoverPart } from '#modules/org/index.ts'
import { COLLECTORS } from './rules.ts'
import { unshut } from './store-aside.ts'

export const paymentsHandover: HandoverPart = {
  key: 'cash', label: 'Tiền mặt chưa khóa sổ', way: 'blocks', advice: 'Kiểm đếm và khóa sổ các ngày này ở mục Thu phí trước khi bàn giao.',
  list: async (reader, _ctx, { officer, post }) => {
    if (!(COLLECTORS as readonly string[]).includes(post.role)) return []
    const rows = await reader
      .selectFrom('payments.receipt as r')
      .select(['r.issued_on', sql<number>`sum(r.amount_vnd)`.as('sum'), sql<number>`count(*)::int`.as('n')])
      .where('r.unit_id', '=', post.unitId)
      .where('r.issued_by', '=', officer.id)
      .where('r.method', '=', 'cash')
      .where('r.state', '=', 'valid')
      .where(unshut)
      .groupBy('r.issued_on')
      .orderBy('r.issued_on')
      .execute()
    return rows.map((row) => ({ text: `Ngày ${formatDate(row.issued_on as unknown as string)}: ${row.n} biên lai, ${formatVnd(Number(row.sum))}`, href: `/desk/cash/days/${row.issued_on as unknown as string}` }))
  },
  // a holding that ended by itself: the day stays open at the desk, and the minutes say so
  hand: async (tx, ctx, leaving) => (await paymentsHandover.list(tx, ctx, leaving)).map((line) => ({ text: line.text, went: 'Còn mở: quầy thu phí của đơn vị khóa sổ' })),
}
