// Calendars as their keepers see them: the month, what was changed and by whom, the form of a change, and what it would do before it is done.

import type { Ctx } from '#core/ctx.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { type Entry, ENTRY_KINDS } from '#modules/calendars/index.ts'
import type { CalendarPreview } from '#modules/dossiers/index.ts'
import type { Unit } from '#modules/org/index.ts'
import {
  Actions, Button, Details, EmptyState, ErrorSummary, FieldView, Form, Icon, KeyFigures, LinkButton, Notice, PageHeading, SearchBox, type ShownError, StatusTag, Table,
} from '#ui/index.ts'
import { withQuery } from '../../desk/answers.tsx'
import { type Asked, FORM_KINDS, groupsOf, OFFERED } from './form.ts'
import { monthAfter, monthBefore } from './dates.ts'
import { dayWords, Month, type MonthView } from './month.tsx'

export const unitName = (unit: Pick<Unit, 'name'> | null): string => unit?.name ?? 'Toàn tỉnh'
const span = (entry: Pick<Entry, 'from' | 'to'>) => (entry.to === null ? `từ ${formatDate(entry.from)}` : entry.to === entry.from ? formatDate(entry.from) : `${formatDate(entry.from)} – ${formatDate(entry.to)}`)

export interface CalendarView extends MonthView {
  readonly unit: Unit | null
  /** Why the reader may not change it; null when they may. */
  readonly refused: string | null
  readonly own: readonly Entry[]
  readonly inherited: readonly Entry[]
  readonly history: readonly Entry[]
  readonly moves: ReadonlyMap<string, { readonly moved: number; readonly kept: number }>
  /** Whether the whole province may be looked at as well. */
  readonly province: boolean
  readonly q: string
  readonly found: readonly Unit[]
}

const base = '/admin/calendars'
export const calendarHref = (unit: string | null, more: Record<string, string | undefined> = {}) => withQuery(base, { unit: unit ?? undefined, ...more })

export function CalendarScreen(view: CalendarView) {
  const { unit, month, refused, own, inherited, history } = view
  const days = [...new Set(own.concat(inherited).flatMap((entry) => [entry.from]))]
  const specials = monthDays(view).filter((day) => day.name || day.ours)
  return (
    <>
      <PageHeading
        title="Lịch làm việc" lead={`${unitName(unit)}. Hạn giải quyết, hạn từng bước và giờ làm việc của các quầy tính theo lịch này.`}
        action={refused ? undefined : <LinkButton look="primary" icon="plus" href={withQuery(`${base}/changes/new`, { unit: unit?.id })}>Ghi thay đổi</LinkButton>}
      />
      <div class="filters">
        <SearchBox action={base} label="Xem lịch của đơn vị khác" value={view.q} hidden={{ month }} />
        <nav class="chips" aria-label="Tháng">
          <a href={calendarHref(unit?.id ?? null, { month: monthBefore(month) })}><Icon name="left" />Tháng {Number(monthBefore(month).slice(5))}</a>
          <a href={calendarHref(unit?.id ?? null, { month })} aria-current="true">Tháng {Number(month.slice(5))}/{month.slice(0, 4)}</a>
          <a href={calendarHref(unit?.id ?? null, { month: monthAfter(month) })}>Tháng {Number(monthAfter(month).slice(5))}<Icon name="right" /></a>
          {view.province && unit && <a href={calendarHref(null, { month })}>Toàn tỉnh</a>}
        </nav>
      </div>
      {view.q && (view.found.length === 0
        ? <Notice tone="warn"><p>Không có đơn vị nào khớp “{view.q}” trong phạm vi quản trị của ông/bà.</p></Notice>
        : <nav class="chips" aria-label="Đơn vị khớp">{view.found.map((one) => <a href={calendarHref(one.id, { month })}>{one.name}</a>)}</nav>)}
      <Month {...view} />
      {specials.length > 0 && (
        <ul class="specials">{specials.map((day) => <li><b>{formatDate(day.date).slice(0, 5)}</b> {day.works ? `Làm việc ${day.hours}` : 'Nghỉ'}{day.name ? `: ${day.name}` : ''}{day.ours && <StatusTag tone="info">Tỉnh, đơn vị ghi</StatusTag>}</li>)}</ul>
      )}
      {refused && <p class="soft">{refused}</p>}
      <section aria-labelledby="at-live">
        <h2 id="at-live">Thay đổi đang có hiệu lực</h2>
        {days.length === 0 ? <EmptyState icon="calendar" title="Chưa có thay đổi nào"><p>{unitName(unit)} làm việc theo lịch quốc gia: thứ Hai đến thứ Sáu, 7:30–11:30 và 13:30–17:30.</p></EmptyState> : (
          <Table
            caption="Thay đổi đang có hiệu lực" captionHidden rows={[...own, ...inherited]} empty=""
            columns={[
              { key: 'name', label: 'Thay đổi', main: true, cell: (entry) => entry.name },
              { key: 'kind', label: 'Loại', cell: (entry) => ENTRY_KINDS[entry.kind].label },
              { key: 'span', label: 'Ngày', tight: true, cell: span },
              { key: 'basis', label: 'Căn cứ', cell: (entry) => entry.basis },
              { key: 'who', label: 'Ai ghi', cell: (entry) => <>{entry.madeByName}, {formatDate(entry.madeAt)}{entry.retroactive && <> <StatusTag tone="warn">Ghi muộn</StatusTag></>}</> },
              { key: 'act', label: 'Sửa', tight: true, cell: (entry) => own.includes(entry) && !refused
                ? <a href={`${base}/entries/${entry.id}`}>Sửa hoặc bỏ<span class="sr"> {entry.name}</span></a>
                : <span class="soft">{own.includes(entry) ? '' : entry.unitId === null ? 'Của tỉnh' : 'Của đơn vị trên'}</span> },
            ]}
          />
        )}
      </section>
      <History entries={history} moves={view.moves} />
    </>
  )
}

const monthDays = (view: CalendarView) => {
  const dates: string[] = []
  for (let day = 1; day <= 31; day++) {
    const date = `${view.month}-${String(day).padStart(2, '0')}`
    if (!Number.isNaN(Date.parse(date)) && new Date(`${date}T00:00:00Z`).getUTCDate() === day) dates.push(date)
  }
  return dates.map((date) => dayWords(date, view))
}

function History({ entries, moves }: { entries: readonly Entry[]; moves: CalendarView['moves'] }) {
  if (entries.length === 0) return null
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const lines = entries.flatMap((entry) => [
    { at: entry.madeAt, who: entry.madeByName, what: `Ghi “${entry.name}” (${ENTRY_KINDS[entry.kind].label.toLocaleLowerCase('vi')}, ${span(entry)})`, before: entry.replaces ? byId.get(entry.replaces) : undefined, basis: entry.basis, id: entry.id },
    ...(entry.endedAt && !entries.some((one) => one.replaces === entry.id) ? [{ at: entry.endedAt, who: entry.endedByName ?? '', what: `Bỏ “${entry.name}” (${span(entry)})`, before: undefined, basis: entry.endedBasis ?? '', id: '' }] : []),
  ]).sort((a, b) => b.at.getTime() - a.at.getTime())
  return (
    <section aria-labelledby="at-history" class="tree">
      <h2 id="at-history">Đã thay đổi những gì</h2>
      <Table
        caption="Lịch sử thay đổi" captionHidden rows={lines} empty=""
        columns={[
          { key: 'at', label: 'Lúc', tight: true, cell: (line) => formatDateTime(line.at) },
          { key: 'what', label: 'Việc', main: true, cell: (line) => <>{line.what}{line.before && <span class="soft clause">Trước đó: {line.before.name}, {span(line.before)}</span>}</> },
          { key: 'who', label: 'Người ghi', cell: (line) => line.who },
          { key: 'basis', label: 'Căn cứ', cell: (line) => line.basis },
          { key: 'moves', label: 'Hạn đã dời', num: true, cell: (line) => { const found = moves.get(line.id); return found ? `${found.moved}${found.kept > 0 ? ` (giữ ${found.kept})` : ''}` : '—' } },
        ]}
      />
    </section>
  )
}

export function KindScreen({ unit, on }: { unit: Unit | null; on: string | null }) {
  return (
    <>
      <PageHeading title="Ghi thay đổi lịch làm việc" lead={`${unitName(unit)}${on ? `, ngày ${formatDate(on)}` : ''}. Chọn loại thay đổi.`} />
      <ul class="cards">
        {OFFERED.map((kind) => (
          <li><a class="card" href={withQuery(`${base}/changes/new`, { unit: unit?.id, kind, on: on ?? undefined })}><b>{FORM_KINDS[kind].label}</b><span class="soft">{FORM_KINDS[kind].help}</span></a></li>
        ))}
      </ul>
      <Actions><LinkButton look="quiet" href={calendarHref(unit?.id ?? null)}>Quay lại lịch</LinkButton></Actions>
    </>
  )
}

export interface ChangeView {
  readonly ctx: Ctx
  readonly unit: Unit | null
  readonly asked: Asked
  readonly errors?: readonly ShownError[]
  /** The entry that is changed or ended; null for a new one. */
  readonly entry: Entry | null
}

function Hidden({ unit, asked }: { unit: Unit | null; asked: Asked }) {
  return (
    <>
      <input type="hidden" name="unit" value={unit?.id ?? ''} />
      <input type="hidden" name="kind" value={asked.kind} />
      {asked.end.map((id) => <input type="hidden" name="end" value={id} />)}
    </>
  )
}

const LateBox = ({ checked }: { checked: boolean }) => (
  <div class="q" id="late" tabIndex={-1}>
    <label class="choice"><input type="checkbox" name="late" value="1" checked={checked} /><span>Ghi muộn<small class="soft clause">Chỉ cho việc đóng cửa của những ngày đã qua mà lúc ấy không ghi kịp; lần ghi được đánh dấu hồi tố.</small></span></label>
  </div>
)

export function ChangeScreen({ ctx, unit, asked, errors = [], entry }: ChangeView) {
  return (
    <>
      <PageHeading title={entry ? `Sửa “${entry.name}”` : FORM_KINDS[asked.kind].label} lead={`${unitName(unit)}. ${FORM_KINDS[asked.kind].help} Bước sau cho xem bao nhiêu hạn sẽ dời, chưa ghi gì.`} />
      <ErrorSummary errors={errors} />
      <Form action={`${base}/changes/preview`} label="Thay đổi lịch" class="lots" guard>
        <Hidden unit={unit} asked={asked} />
        {groupsOf(asked.kind).map((group) => (
          <fieldset class="lot" id={group.title ? 'sessions' : undefined} tabIndex={group.title ? -1 : undefined}>
            {group.title && <legend class="label">{group.title}</legend>}
            {group.help && <p class="soft">{group.help}</p>}
            <div class={group.title || group.questions.every((question) => question.type === 'date') ? 'parts' : undefined}>
              {group.questions.map((question) => <FieldView question={question} value={asked.answers[question.key] ?? null} errors={errors} catalogs={ctx.catalogs} required={question.required} />)}
            </div>
          </fieldset>
        ))}
        {asked.kind === 'closure' && <LateBox checked={asked.late} />}
        <Actions><Button look="primary" busyText="Đang tính…">Xem hạn nào dời</Button><LinkButton look="quiet" href={calendarHref(unit?.id ?? null)}>Quay lại, không ghi</LinkButton></Actions>
      </Form>
      {entry && (
        <section class="card tree">
          <h2>Bỏ hẳn mục này</h2>
          <p>Từ hôm nay lịch trở lại như khi chưa ghi. Hạn đã hẹn với người dân vẫn giữ, không dời sớm lên.</p>
          <Form action={`${base}/changes/preview`} label="Bỏ mục lịch">
            <input type="hidden" name="unit" value={unit?.id ?? ''} /><input type="hidden" name="kind" value={entry.kind} /><input type="hidden" name="end" value={entry.id} /><input type="hidden" name="only_end" value="1" />
            <FieldView question={{ key: 'basis', label: 'Căn cứ bỏ', type: 'text', required: true }} name="basis" value={null} errors={[]} catalogs={ctx.catalogs} required />
            <Actions><Button look="danger" busyText="Đang tính…">Xem rồi bỏ</Button></Actions>
          </Form>
        </section>
      )}
    </>
  )
}

export interface PreviewView {
  readonly unit: Unit | null
  readonly asked: Asked
  readonly onlyEnd: boolean
  readonly basis: string
  readonly preview: CalendarPreview
  /** the posted fields, to be sent again as they are */
  readonly fields: readonly (readonly [string, string])[]
}

export function PreviewScreen({ unit, preview, fields, basis }: PreviewView) {
  const { later, kept, looked, open, groups } = preview
  return (
    <>
      <PageHeading title="Trước khi ghi" lead={`${unitName(unit)}: ${preview.words}. Căn cứ: ${basis}.`} meta={preview.retroactive ? <StatusTag tone="warn">Ghi muộn cho ngày đã qua</StatusTag> : undefined} />
      <KeyFigures items={[
        { label: 'hạn dời muộn hơn', value: String(later) }, { label: 'tính lại sẽ sớm hơn, giữ như đã hẹn', value: String(kept) }, { label: 'hồ sơ đang mở không đổi', value: String(Math.max(open - later - kept, 0)) },
      ]} />
      {looked < open && <Notice tone="warn"><p>Mới tính thử {looked} trong {open} hồ sơ có thể bị ảnh hưởng; phần còn lại tính khi ghi.</p></Notice>}
      {later > 0 && <Notice><p>Người nộp của {later} hồ sơ được báo ngày hẹn mới cùng lý do. Lời hẹn với người dân không dời sớm lên: hồ sơ nào tính lại sớm hơn thì giữ ngày đã hẹn và ghi lại.</p></Notice>}
      {groups.length > 0 && (
        <Details summary="Theo đơn vị và thủ tục" open={groups.length <= 12}>
          <Table
            caption="Hạn sẽ dời, theo đơn vị và thủ tục" captionHidden rows={groups} empty=""
            columns={[
              { key: 'procedure', label: 'Thủ tục', main: true, cell: (group) => group.procedureName }, { key: 'unit', label: 'Cơ quan giải quyết', cell: (group) => group.unitName },
              { key: 'later', label: 'Muộn hơn', num: true, cell: (group) => group.later }, { key: 'kept', label: 'Giữ nguyên', num: true, cell: (group) => group.kept },
              { key: 'far', label: 'Xa nhất', tight: true, cell: (group) => (group.farthest ? formatDateTime(group.farthest) : '—') },
            ]}
          />
        </Details>
      )}
      <Form action={`${base}/changes`} label="Ghi thay đổi lịch">
        {fields.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
        <Actions>
          <Button look="primary" busyText="Đang ghi…">Ghi và dời hạn</Button>
          <Button name="back" value="1" formAction={`${base}/changes/back`}>Sửa lại</Button>
          <LinkButton look="quiet" href={calendarHref(unit?.id ?? null)}>Không ghi</LinkButton>
        </Actions>
      </Form>
    </>
  )
}
