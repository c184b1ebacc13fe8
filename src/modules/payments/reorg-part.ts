// Money under a reorganisation: what is owed and set aside goes to the heir, receipts keep the unit that gave them, cash not yet signed off is pointed out before.

import { sql } from 'kysely'
import { insert, remove } from '#core/db/journal.ts'
import type { Reader } from '#core/db/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import type { Moving, ReorgPart } from '#modules/org/index.ts'
import { unshut } from './store-aside.ts'

const idsOf = (moving: Moving) => moving.ending.map((one) => one.id)

/** Accounts that go over with their unit: of each heir without one, the first of those it takes in. */
async function accounts(reader: Reader, moving: Moving) {
  const heirs = [...new Set([...moving.heir.values()].map((one) => one.id))]
  const rows = await reader.selectFrom('payments.payee').selectAll().where((eb) => eb.or([eb('unit_id', 'in', [...idsOf(moving), ''] ), eb('unit_id', 'in', [...heirs, ''])])).execute()
  const held = new Set(rows.map((row) => row.unit_id))
  const order = new Map(moving.ending.map((one, at) => [one.id, at]))
  const going = new Map<string, (typeof rows)[number]>()
  const closing: typeof rows = []
  for (const row of rows.filter((one) => order.has(one.unit_id)).toSorted((a, b) => order.get(a.unit_id)! - order.get(b.unit_id)!)) {
    const heir = moving.heir.get(row.unit_id)
    if (heir && !held.has(heir.id) && !going.has(heir.id)) going.set(heir.id, row)
    else closing.push(row)
  }
  return { going, closing }
}

/** Days with cash that nobody has signed off. */
async function openDays(reader: Reader, units: readonly string[]) {
  const { rows } = await sql<{ unit: string; day: string; n: number; sum: number }>`select r.unit_id as unit, r.issued_on as day, count(*)::int as n, sum(r.amount_vnd)::bigint as sum from payments.receipt r
    where r.unit_id = any(${units}::text[]) and r.method = 'cash' and r.state = 'valid'
      and ${unshut} group by 1, 2 order by 2, 1`.execute(reader)
  return rows
}

export const paymentsReorg: ReorgPart = {
  key: 'payments', label: 'Khoản thu, tài khoản, sổ quỹ',
  spots: [
    { table: 'payments.payment_order', key: ['id'], unit: 'unit_id', subject: 'subject', open: `t.state = 'open'`, noun: 'khoản thu chưa nộp' },
    { table: 'payments.suspense', key: ['id'], unit: 'unit_id', open: `t.state in ('open', 'refunding')`, noun: 'khoản tiền treo' },
    { table: 'payments.refund', key: ['id'], unit: 'unit_id', subject: 'subject', open: `t.state in ('proposed', 'ordered')`, noun: 'đề nghị hoàn trả' },
    { table: 'payments.mismatch', key: ['id'], unit: 'unit_id', open: 't.resolved_at is null', noun: 'chênh lệch đối soát' },
  ],
  marks: [
    { table: 'payments.receipt', key: ['id'], unit: 'unit_id', noun: 'biên lai' },
    { table: 'payments.closing', key: ['unit_id', 'day'], unit: 'unit_id', noun: 'lần chốt sổ quỹ' },
    { table: 'payments.transaction', key: ['id'], unit: 'unit_id', noun: 'khoản tiền đến' },
    { table: 'payments.payee', key: ['unit_id'], unit: 'unit_id', noun: 'tài khoản nhận tiền' },
  ],
  async preview(reader, _ctx, moving, { count }) {
    const named = (id: string) => moving.unit(id)?.name ?? id
    const days = await openDays(reader, idsOf(moving))
    const { going, closing } = await accounts(reader, moving)
    return {
      count: count + going.size + days.length,
      sentences: [
        ...(count > 0 ? [`${count} khoản thu, tiền treo, hoàn trả đang mở chuyển sang đơn vị kế tục; mã nộp tiền và mã VietQR đã phát vẫn dùng được.`] : []),
        ...(going.size > 0 ? [`${going.size} tài khoản nhận tiền chuyển cho đơn vị kế tục chưa có tài khoản.`] : []),
        'Biên lai đã lập giữ số và tên đơn vị cũ; đơn vị kế tục mở dãy biên lai riêng từ số 1.',
      ],
      lines: [
        ...[...going].map(([heir, row]) => ({ unitId: row.unit_id, text: `Tài khoản ${row.account} (${row.bank}) của ${named(row.unit_id)}`, went: `Chuyển cho ${named(heir)}`, count: 1 })),
        ...closing.map((row) => ({ unitId: row.unit_id, text: `Tài khoản ${row.account} (${row.bank}) của ${named(row.unit_id)}`, went: `Thôi dùng; tiền còn đến về ${moving.heir.get(row.unit_id)?.name ?? 'đơn vị kế tục'}`, count: 1 })),
        ...days.map((day) => ({ unitId: day.unit, text: `${named(day.unit)}, ngày ${formatDate(day.day)}: ${day.n} biên lai, ${formatVnd(Number(day.sum))} chưa chốt sổ`, went: `Chốt trước ngày thi hành; nếu không, ${moving.heir.get(day.unit)?.name ?? 'đơn vị kế tục'} chốt thay`, count: day.n })),
      ],
      faults: days.length === 0 ? [] : [{ code: 'payments.open_days', severity: 'warns' as const, message: `${days.length} ngày thu tiền mặt của đơn vị kết thúc chưa ký chốt sổ: nhắc thu phí các đơn vị kiểm đếm và ký chốt trước ngày ${formatDate(moving.day)}.` }],
    }
  },
  async finish(journal, _ctx, moving) {
    const { going } = await accounts(journal.tx, moving)
    if (going.size === 0) return
    const rows = [...going].map(([heir, row]) => ({ ...row, unit_id: heir }))
    await remove(journal, { table: 'payments.payee', key: ['unit_id'], where: sql`t.unit_id = any(${[...going.values()].map((row) => row.unit_id)}::text[])` })
    await insert(journal, {
      table: 'payments.payee', key: ['unit_id'], columns: ['unit_id', 'bin', 'bank', 'account', 'holder'],
      from: sql`select r.unit_id, r.bin, r.bank, r.account, r.holder from jsonb_populate_recordset(null::payments.payee, ${JSON.stringify(rows)}::jsonb) r`,
    })
  },
}
