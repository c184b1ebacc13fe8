// The worklist, the dossiers and what a search found, taken out as a spreadsheet or on paper, with the filters of the page they were taken from.

import type { FastifyInstance } from 'fastify'
import { type Dossier, type DossierState, listForDesk, recordRows, STATES, type WorkRow, worklistPage } from '#modules/dossiers/index.ts'
import { officerNames } from '#modules/org/index.ts'
import { one, queryOf } from './answers.tsx'
import { deskStyle } from './frame.tsx'
import { HANDS, type Hand } from './worklist.tsx'
import { MOST_ROWS, type SheetColumn, sendSheet, sheetForm } from './sheet.tsx'
import { shortState } from './words.tsx'

const DOSSIER: readonly SheetColumn<Dossier>[] = [
  { label: 'Mã hồ sơ', width: 26, value: (row) => row.code },
  { label: 'Người nộp', width: 26, value: (row) => row.applicant.fullName },
  { label: 'Thủ tục', width: 44, value: (row) => row.procedureName },
  { label: 'Trạng thái', width: 20, value: (row) => STATES[row.state].label },
  { label: 'Ngày nộp', width: 17, value: (row) => row.submittedAt },
  { label: 'Hạn trả', width: 17, value: (row) => row.dueAt },
  { label: 'Hạn trả ban đầu', width: 17, value: (row) => row.firstDueAt },
  { label: 'Xong lúc', width: 17, value: (row) => row.finishedAt },
]

const OPEN = (Object.keys(STATES) as DossierState[]).filter((state) => !STATES[state].final && state !== 'NHAP')

export async function sheetRoutes(app: FastifyInstance): Promise<void> {
  app.get('/sheets/worklist', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const hand: Hand = one(query, 'hand') in HANDS ? (one(query, 'hand') as Hand) : 'all'
    const due = one(query, 'due')
    const filter = { procedure: one(query, 'procedure') || undefined, step: one(query, 'step') || undefined, due: due === 'late' || due === 'today' ? due : undefined } as const
    const page = await worklistPage(ctx, { ...filter, hand: hand === 'all' ? undefined : hand === 'mine' ? 'mine' : 'nobody', limit: MOST_ROWS })
    const names = await officerNames(ctx.db, page.rows.map(({ item }) => item.claimedBy))
    await recordRows(ctx, page.rows.map(({ dossier }) => dossier), 'export')
    const columns: SheetColumn<WorkRow>[] = [
      { label: 'Hạn của bước', width: 17, value: ({ item }) => item.dueAt },
      { label: 'Bước', width: 30, value: ({ item }) => item.name },
      { label: 'Ở chỗ', width: 22, value: ({ item }) => (item.claimedBy ? (names.get(item.claimedBy) ?? '') : 'Chờ nhận') },
      ...DOSSIER.map(({ value, ...column }) => ({ ...column, value: ({ dossier }: WorkRow) => value(dossier) })),
    ]
    const words = [HANDS[hand], due === 'late' ? 'quá hạn' : due === 'today' ? 'đến hết hôm nay' : '', filter.procedure && `thủ tục ${filter.procedure}`, filter.step && `bước ${filter.step}`]
    return sendSheet(request, reply, sheetForm(one(query, 'dang')), { title: 'Việc cần làm', filters: `${words.filter(Boolean).join('; ')}.`, columns, rows: page.rows, cut: page.next !== null }, deskStyle.href)
  })

  app.get('/sheets/dossiers', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const asked = one(query, 'state')
    const state = asked in STATES && asked !== 'NHAP' ? (asked as DossierState) : undefined
    const [late, open, q, unit] = [one(query, 'late') === '1', one(query, 'open') === '1', one(query, 'q').normalize('NFC').slice(0, 200), one(query, 'unit') || undefined]
    const { items, next } = await listForDesk(ctx, { q: q || undefined, states: state ? [state] : open ? OPEN : undefined, late, unit, limit: MOST_ROWS })
    await recordRows(ctx, items, 'export')
    const words = [state && `Trạng thái: ${shortState(state)}`, open && 'Chưa xong', late && 'Quá hạn', q && `Tìm “${q}”`, unit && `Đơn vị ${unit}`].filter(Boolean)
    const filters = words.length > 0 ? `${words.join('; ')}.` : ''
    return sendSheet(request, reply, sheetForm(one(query, 'dang')), { title: q ? 'Kết quả tìm hồ sơ' : 'Hồ sơ', filters, columns: DOSSIER, rows: items, cut: next !== null }, deskStyle.href)
  })
}
