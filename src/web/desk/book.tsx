// The tracking book on the screen: which desk, which days, and the rows as Mẫu số 07 has them.

import { formatDate, formatDateTime } from '#core/text/index.ts'
import { addDays, addMonths } from '#core/workdays/index.ts'
import { type Book, BOOK_DATES, type BookRow } from '#modules/dossiers/index.ts'
import { Button, EmptyState, Icon, LinkButton, PageHeading, Pagination, Table, Toolbar } from '#ui/index.ts'
import { withQuery } from './answers.tsx'
import { dossierHref } from './words.tsx'

export interface BookView {
  readonly book: Book
  readonly today: string
  readonly q: string
  readonly open: boolean
  /** chosen unit as it stands in the address: '' for all */
  readonly unit: string
}

/** The filters as they stand in the address. */
const filters = ({ book, q, open, unit }: BookView) => ({ unit: unit || (book.unit ? book.unit.id : 'all'), by: book.by, from: book.from, to: book.to, q: q || undefined, open: open ? '1' : undefined })

function periods(today: string): { label: string; from: string; to: string }[] {
  const first = `${today.slice(0, 8)}01`
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  return [
    { label: 'Hôm nay', from: today, to: today },
    { label: 'Tuần này', from: addDays(today, -weekday), to: today },
    { label: 'Tháng này', from: first, to: today },
    { label: 'Tháng trước', from: addMonths(first, -1), to: addDays(first, -1) },
    { label: 'Năm nay', from: `${today.slice(0, 4)}-01-01`, to: today },
  ]
}

const moment = (at: Date | null) => (at ? formatDateTime(at) : '—')

const COLUMNS = [
  { key: 'no', label: 'TT', num: true, cell: (row: BookRow) => row.no },
  { key: 'code', label: 'Mã hồ sơ', tight: true, main: true, cell: (row: BookRow) => row.dossier.code },
  {
    key: 'who', label: 'Cá nhân, tổ chức', cell: (row: BookRow) => (
      <div>{row.dossier.applicant.fullName}<div class="soft note">{[row.address, row.dossier.applicant.phone].filter(Boolean).join(' · ')}</div></div>
    ),
  },
  { key: 'what', label: 'Thủ tục, cơ quan chủ trì', cell: (row: BookRow) => <div><span class="two-lines" title={row.dossier.procedureName}>{row.dossier.procedureName}</span><div class="soft note">{row.agency}</div></div> },
  { key: 'received', label: 'Nhận', tight: true, cell: (row: BookRow) => moment(row.dossier.acceptedAt) },
  { key: 'due', label: 'Hẹn trả', rule: 'thoi-han-thu-tuc', tight: true, cell: (row: BookRow) => moment(row.dossier.dueAt) },
  { key: 'returned', label: 'Trả', tight: true, cell: (row: BookRow) => moment(row.dossier.returnedAt) },
  { key: 'how', label: 'Cách nhận', tight: true, cell: (row: BookRow) => row.how },
  { key: 'note', label: 'Ghi chú', cell: (row: BookRow) => row.note ?? '' },
] as const

export function BookScreen(view: BookView) {
  const { book, today, q, open } = view
  const now = filters(view)
  const href = (changes: Record<string, string | undefined>) => withQuery('/desk/book', now, changes)
  const rowsOn = `${book.count.toLocaleString('vi-VN')} hồ sơ, ${BOOK_DATES[book.by].toLowerCase()} từ ${formatDate(book.from)} đến ${formatDate(book.to)}`
  return (
    <>
      <PageHeading title="Sổ theo dõi hồ sơ" lead={`${book.unit?.name ?? 'Mọi nơi nhận ông/bà được xem'}: ${rowsOn}.`} />
      <nav class="chips" aria-label="Kỳ của sổ">
        {periods(today).map(({ label, from, to }) => (
          <a href={href({ from, to })} aria-current={book.from === from && book.to === to ? 'true' : undefined}>{label}</a>
        ))}
      </nav>
      <form method="get" action="/desk/book" class="book-filters">
        <Toolbar label="Lọc sổ">
          {book.units.length > 1 && (
            <label class="book-field"><span class="label">Nơi nhận</span>
              <select name="unit">
                {book.units.map((unit) => <option value={unit.id} selected={unit.id === book.unit?.id}>{unit.name}</option>)}
                <option value="all" selected={book.unit === null}>Mọi nơi nhận</option>
              </select>
            </label>
          )}
          <label class="book-field"><span class="label">Tính theo</span>
            <select name="by">{Object.entries(BOOK_DATES).map(([key, label]) => <option value={key} selected={key === book.by}>{label}</option>)}</select>
          </label>
          <label class="book-field day"><span class="label">Từ ngày</span><input name="from" value={formatDate(book.from)} inputMode="numeric" data-typing="date" autocomplete="off" /></label>
          <label class="book-field day"><span class="label">Đến ngày</span><input name="to" value={formatDate(book.to)} inputMode="numeric" data-typing="date" autocomplete="off" /></label>
          <label class="book-field wide"><span class="label">Mã, tên, thủ tục</span><input name="q" value={q} maxLength={200} /></label>
          <label class="choice"><input type="checkbox" name="open" value="1" checked={open} /><span>Chưa trả</span></label>
          <Button look="primary">Xem sổ</Button>
          <button class="btn secondary" formaction="/desk/book.pdf" formtarget="_blank"><Icon name="file" /> In sổ (PDF)</button>
        </Toolbar>
      </form>
      {book.rows.length === 0
        ? <EmptyState icon="calendar" title="Không có hồ sơ nào trong kỳ này" action={<LinkButton href="/desk/book">Xem tháng này</LinkButton>}><p>Sổ ghi hồ sơ từ khi được tiếp nhận. Đổi kỳ, nơi nhận hoặc bỏ chữ tìm.</p></EmptyState>
        : <div class="book"><Table caption={`Sổ theo dõi hồ sơ, ${rowsOn}`} captionHidden columns={COLUMNS} rows={book.rows} rowHref={(row) => dossierHref(row.dossier)} empty="" /></div>}
      <Pagination
        newerHref={book.page > 1 ? href({ page: String(book.page - 1) }) : undefined} olderHref={book.page < book.pages ? href({ page: String(book.page + 1) }) : undefined}
      >
        {book.pages > 1 && <>Trang {book.page}/{book.pages}</>}
      </Pagination>
    </>
  )
}
