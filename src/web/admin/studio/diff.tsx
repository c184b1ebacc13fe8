// What a draft changes against a version, part by part, and what that saves people: papers, steps, hours, questions, per dossier and per year.

import type { DiffLine, DiffPart, Draft, Effort, VersionSummary } from '#modules/procedures/index.ts'
import { Badge, Button, EmptyState, Icon, Notice, StatusTag, Table } from '#ui/index.ts'
import { draftHref, tabOfPart } from './tab-list.ts'

export interface DiffView {
  readonly draft: Draft
  readonly versions: readonly VersionSummary[]
  /** The version compared with; null: there is none, everything is new. */
  readonly against: VersionSummary | null
  readonly parts: readonly DiffPart[]
  readonly before: Effort | null
  readonly after: Effort
  /** Dossiers handed in within a year up to today. */
  readonly perYear: number
}

const KINDS = { added: { word: 'Thêm', tone: 'good', icon: 'plus' }, removed: { word: 'Bỏ', tone: 'bad', icon: 'cross' }, changed: { word: 'Sửa', tone: 'warn', icon: 'pen' }, moved: { word: 'Đổi thứ tự', tone: 'info', icon: 'right' } } as const

const number = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 1 })

export function DiffScreen(view: DiffView) {
  const { draft, versions, against, parts, before } = view
  const lines = parts.reduce((sum, part) => sum + part.lines.length, 0)
  return (
    <>
      {versions.length > 0 && <form class="diff-pick" method="get" action={draftHref(draft.id, 'diff')}>
        <label for="against">So với</label>
        <select id="against" name="against">
          {versions.map((one) => <option value={String(one.number)} selected={one.number === against?.number}>Phiên bản {one.number}{one.number === versions[0]?.number ? ' (mới nhất)' : ''}</option>)}
        </select>
        <Button>So sánh</Button>
      </form>}
      {against === null && <Notice><p>Thủ tục mới, chưa có phiên bản nào để so. Dưới đây là mọi điều bản nháp đưa vào.</p></Notice>}
      {before && <Saving before={before} after={view.after} perYear={view.perYear} />}
      {before === null && view.after.askedAgain.length > 0 && <AskedAgain after={view.after} />}
      <section aria-labelledby="changes">
        <h2 id="changes">Thay đổi <Badge>{lines}</Badge></h2>
        {parts.length === 0 && <EmptyState icon="check" title="Bản nháp chưa đổi gì">Nội dung giống hệt phiên bản đang so.</EmptyState>}
        {parts.map((part) => <PartDiff draft={draft} part={part} />)}
      </section>
    </>
  )
}

function PartDiff({ draft, part }: { draft: Draft; part: DiffPart }) {
  return (
    <section class="diff-part" aria-labelledby={`diff-${part.part}`}>
      <h3 id={`diff-${part.part}`}><a href={draftHref(draft.id, tabOfPart(part.part))}>{part.label}</a> <Badge>{part.lines.length}</Badge></h3>
      <Table<DiffLine>
        caption={`Thay đổi ở ${part.label}`} captionHidden rows={part.lines} empty=""
        columns={[
          { key: 'kind', label: 'Việc', tight: true, cell: (line) => <StatusTag tone={KINDS[line.kind].tone} icon={KINDS[line.kind].icon}>{KINDS[line.kind].word}</StatusTag> },
          { key: 'what', label: 'Ở đâu', main: true, cell: (line) => line.what },
          { key: 'before', label: 'Trước', cell: (line) => <span class="was">{line.before ?? '—'}</span> },
          { key: 'after', label: 'Nay', cell: (line) => line.after ?? '—' },
        ]}
      />
    </section>
  )
}

interface Row {
  readonly label: string
  readonly before: number
  readonly after: number
  /** What a year makes of the difference, in words; null where a sum means nothing. */
  readonly year: string | null
}

/** As it is and as it is to be (S2-11). */
function Saving({ before, after, perYear }: { before: Effort; after: Effort; perYear: number }) {
  const year = (was: number, is: number, unit: string) => (was === is || perYear === 0 ? null : `${was > is ? 'bớt' : 'thêm'} ${number(Math.abs(was - is) * perYear)} ${unit}`)
  const rows: Row[] = [
    { label: 'Giấy tờ luôn phải nộp', before: before.papers, after: after.papers, year: year(before.papers, after.papers, 'giấy tờ') },
    { label: 'Giấy tờ tùy trường hợp', before: before.papersWhen, after: after.papersWhen, year: null },
    { label: 'Bước trên đường thường', before: before.steps, after: after.steps, year: year(before.steps, after.steps, 'lượt làm việc') },
    { label: 'Giờ làm việc của cán bộ', before: before.hours, after: after.hours, year: year(before.hours, after.hours, 'giờ') },
    { label: 'Câu phải trả lời', before: before.questions - before.known, after: after.questions - after.known, year: year(before.questions - before.known, after.questions - after.known, 'câu trả lời') },
    { label: 'Câu điền sẵn từ dữ liệu đã có', before: before.known, after: after.known, year: null },
  ]
  return (
    <section aria-labelledby="saving">
      <h2 id="saving">Cắt giảm được gì</h2>
      <p class="soft">{perYear > 0 ? `${number(perYear)} hồ sơ đã nộp trong 12 tháng qua.` : 'Chưa có hồ sơ nào nộp trong 12 tháng qua nên chưa tính được cho cả năm.'}</p>
      <Table<Row>
        caption="Trước và nay, mỗi hồ sơ và mỗi năm" captionHidden rows={rows} empty=""
        columns={[
          { key: 'label', label: 'Mỗi hồ sơ', main: true, cell: (row) => row.label },
          { key: 'before', label: 'Trước', num: true, cell: (row) => number(row.before) },
          { key: 'after', label: 'Nay', num: true, cell: (row) => number(row.after) },
          { key: 'change', label: 'Đổi', cell: (row) => <Change row={row} /> },
          { key: 'year', label: 'Cả năm', cell: (row) => row.year ?? '—' },
        ]}
      />
      {after.askedAgain.length > 0 && <AskedAgain after={after} />}
    </section>
  )
}

const Change = ({ row: { before, after, label } }: { row: Row }) => {
  if (before === after) return <span class="soft">như cũ</span>
  const better = label.startsWith('Câu điền sẵn') ? after > before : after < before
  return <StatusTag tone={better ? 'good' : 'warn'} icon={after < before ? 'down' : 'up'}>{`${after < before ? 'bớt' : 'thêm'} ${number(Math.abs(after - before))}`}</StatusTag>
}

/** S2-100: what the State knows is not asked for again. */
const AskedAgain = ({ after }: { after: Effort }) => (
  <Notice tone="warn" title={`${after.askedAgain.length} câu hỏi điều Nhà nước đã có`}>
    <p><Icon name="info" /> Điền sẵn từ VNeID hoặc cơ sở dữ liệu thay vì hỏi: {after.askedAgain.slice(0, 8).join('; ')}{after.askedAgain.length > 8 ? '…' : ''}.</p>
  </Notice>
)
