// A list taken out of the house: as a spreadsheet or on paper, with the same rows the policy shows, and the mark of who took it, when, and what for.

import type { FastifyReply, FastifyRequest } from 'fastify'
import writeXlsx, { type Cell } from 'write-excel-file/node'
import { formatDateTime, slug } from '#core/text/index.ts'
import { Wordmark } from '#ui/index.ts'
import { asDownload } from '../download.ts'
import { renderFor } from '../language/index.ts'

export interface SheetColumn<Row> {
  readonly label: string
  /** In letters. */
  readonly width: number
  readonly value: (row: Row) => string | number | Date | null
}

export interface Sheet<Row> {
  readonly title: string
  /** The filters in words; '' for none. */
  readonly filters: string
  readonly columns: readonly SheetColumn<Row>[]
  readonly rows: readonly Row[]
  /** There are more rows than a sheet holds. */
  readonly cut: boolean
}

/** Rows that a sheet holds at most: what a person still looks through. */
export const MOST_ROWS = 5000

export type SheetForm = 'xlsx' | 'in'
export const sheetForm = (given: string): SheetForm => (given === 'in' ? 'in' : 'xlsx')

/** Who took it out, when, and where to look it up again. */
export function markOf({ ctx }: Pick<FastifyRequest, 'ctx'>): string {
  const { actor } = ctx
  const [post] = actor.kind === 'officer' ? actor.posts : []
  const who = actor.kind === 'officer' ? [actor.name, post?.title, post?.unitName].filter(Boolean).join(', ') : ''
  return `${who} lấy ra lúc ${formatDateTime(ctx.now)}, mã ${ctx.requestId.slice(0, 8)}. Có dữ liệu cá nhân: chỉ dùng cho công vụ, không chuyển cho người khác.`
}

const cutText = (sheet: Sheet<never>): string => (sheet.cut ? `Chỉ có ${MOST_ROWS.toLocaleString('vi-VN')} dòng đầu; lọc hẹp hơn để lấy phần còn lại.` : '')

/** A text that a spreadsheet must not run as a formula stands there as text: the cells are typed, nothing is guessed. */
function cellOf(value: string | number | Date | null): Cell {
  if (value === null || value === '') return null
  if (typeof value === 'number') return { type: Number, value }
  if (value instanceof Date) return { type: Date, value: new Date(value.getTime() + 7 * 3_600_000), format: 'dd/mm/yyyy hh:mm' }
  return { type: String, value, wrap: true, alignVertical: 'top' }
}

async function xlsx(request: FastifyRequest, sheet: Sheet<never>): Promise<Buffer> {
  const line = (value: string, more: object = {}): Cell[] => [{ type: String, value, columnSpan: sheet.columns.length, ...more }]
  const head = [
    line(sheet.title, { fontWeight: 'bold', fontSize: 14 }),
    line(markOf(request), { textColor: '#7f0f13' }),
    ...[sheet.filters, cutText(sheet)].filter(Boolean).map((text) => line(text)),
  ]
  const labels = sheet.columns.map(({ label }): Cell => ({ type: String, value: label, fontWeight: 'bold', backgroundColor: '#f5f2ee', wrap: true }))
  const rows = sheet.rows.map((row) => sheet.columns.map(({ value }) => cellOf(value(row))))
  return writeXlsx([...head, labels, ...rows, line(markOf(request), { textColor: '#7f0f13' })], {
    columns: sheet.columns.map(({ width }) => ({ width })), sheet: sheet.title.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31), stickyRowsCount: head.length + 1,
    orientation: 'landscape', dateFormat: 'dd/mm/yyyy hh:mm',
  }).toBuffer()
}

const shown = (value: string | number | Date | null): string => (value === null ? '' : value instanceof Date ? formatDateTime(value) : typeof value === 'number' ? value.toLocaleString('vi-VN') : value)

function PrintPage({ sheet, mark }: { sheet: Sheet<never>; mark: string }) {
  return (
    <main class="sheet">
      <div class="watermark" aria-hidden="true">{Array.from({ length: 12 }, () => <span data-mark={mark} />)}</div>
      <header class="row"><Wordmark size={32} /><p class="soft push">{mark}</p></header>
      <h1>{sheet.title}</h1>
      <p>{[sheet.filters, `${sheet.rows.length.toLocaleString('vi-VN')} dòng.`, cutText(sheet)].filter(Boolean).join(' ')} <span class="keys">In bằng lệnh in của trình duyệt (Ctrl+P).</span></p>
      <table>
        <caption class="sr">{sheet.title}</caption>
        <thead><tr><th scope="col">TT</th>{sheet.columns.map(({ label }) => <th scope="col">{label}</th>)}</tr></thead>
        <tbody>{sheet.rows.map((row, at) => <tr><td>{at + 1}</td>{sheet.columns.map(({ value }) => <td>{shown(value(row))}</td>)}</tr>)}</tbody>
      </table>
      <p class="soft">{mark}</p>
    </main>
  )
}

/** Sends a list as .xlsx, or as a page to print. What it shows has been recorded as a look by the caller. */
export async function sendSheet<Row>(request: FastifyRequest, reply: FastifyReply, form: SheetForm, given: Sheet<Row>, style: string): Promise<FastifyReply> {
  const sheet = given as unknown as Sheet<never>
  reply.header('cache-control', 'no-store')
  if (form === 'in') {
    const html = renderFor(request, {
      title: sheet.title, body: 'desk', assets: { ...request.server.pageAssets, js: null }, head: <link rel="stylesheet" href={style} />,
      children: <PrintPage sheet={sheet} mark={markOf(request)} />,
    })
    return reply.type('text/html; charset=utf-8').send(html)
  }
  const name = `${slug(sheet.title)}-${request.ctx.now.toISOString().slice(0, 10)}.xlsx`
  return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').header('content-disposition', asDownload(name)).send(await xlsx(request, sheet))
}

/** Links under a list: to take it out as it is filtered now. */
export function SheetLinks({ href }: { href: (form: SheetForm) => string }) {
  return (
    <span class="sheets">
      <a href={href('in')} target="_blank" rel="noopener">Bản in<span class="sr"> (mở trang mới)</span></a>
      <a href={href('xlsx')} download>Tải bảng tính</a>
    </span>
  )
}

