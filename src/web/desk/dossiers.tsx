// Lists of dossiers the policy lets this officer see: all of the unit by state, and what a search finds.

import type { NamedUnit } from '../units/named.ts'
import { NamedUnits } from '../units/named-units.tsx'
import type { Ctx } from '#core/ctx.ts'
import { formatDate, maskPersonalId } from '#core/text/index.ts'
import { type Dossier, type DossierState, type StateCount, STATES, type UnitCount } from '#modules/dossiers/index.ts'
import { type Column, EmptyState, LinkButton, PageHeading, Pagination, Table } from '#ui/index.ts'
import type { View } from '#modules/views/index.ts'
import { withQuery } from './answers.tsx'
import { Masked } from './ask-reason.tsx'
import { SheetLinks } from './sheet.tsx'
import { ViewsBar } from './views-bar.tsx'
import { Due, dossierHref, dueOfDossier, shortState, StateTag } from './words.tsx'

const clip = (text: string) => <span class="clip" title={text}>{text}</span>

function columns(ctx: Ctx, numbersAt?: string): Column<Dossier>[] {
  return [
    { key: 'due', label: 'Hạn', tight: true, cell: (row) => <Due due={dueOfDossier(row, ctx)} /> },
    { key: 'who', label: 'Người nộp', main: true, cell: (row) => clip(row.applicant.fullName) },
    ...(numbersAt ? [
      {
        key: 'number', label: 'Số định danh, điện thoại', tight: true, cell: (row: Dossier) => (
          <><Masked dossier={row} field="personalId" value={row.applicant.personalId} returnTo={numbersAt} /><br /><Masked dossier={row} field="phone" value={row.applicant.phone} returnTo={numbersAt} /></>
        ),
      },
    ] : []),
    { key: 'what', label: 'Thủ tục', cell: (row) => clip(row.procedureName) },
    { key: 'state', label: 'Trạng thái', cell: (row) => <StateTag state={row.state} short /> },
    { key: 'code', label: 'Mã hồ sơ', tight: true, cell: (row) => row.code ?? 'Bản nháp' },
    { key: 'on', label: 'Ngày nộp', tight: true, cell: (row) => (row.submittedAt ? formatDate(row.submittedAt) : '—') },
  ]
}

export function DossierTable({ ctx, rows, caption, numbersAt, class: className = 'dossiers' }: { ctx: Ctx; rows: readonly Dossier[]; caption: string; numbersAt?: string; class?: string }) {
  return <div class={numbersAt ? 'found' : className}><Table caption={caption} captionHidden columns={columns(ctx, numbersAt)} rows={rows} rowHref={(row) => dossierHref(row)} empty="" /></div>
}

export interface DossiersView {
  readonly ctx: Ctx
  readonly rows: readonly Dossier[]
  readonly next: string | null
  readonly counts: readonly StateCount[]
  /** The tree below, for those who see it. */
  readonly units: readonly (UnitCount & { readonly name: string })[]
  readonly state?: DossierState
  readonly open: boolean
  readonly late: boolean
  readonly unit?: { readonly id: string; readonly name: string }
  readonly cursor?: string
  readonly views: readonly View[]
}

const ORDER = Object.keys(STATES) as DossierState[]

export function DossiersScreen(view: DossiersView) {
  const { ctx, rows, next, counts, units, state, open, late, unit, cursor, views } = view
  const current = { state, open: open ? '1' : undefined, late: late ? '1' : undefined, unit: unit?.id }
  const href = (changes: Record<string, string | undefined>) => withQuery('/desk/dossiers', { unit: unit?.id }, changes)
  const sum = (list: readonly StateCount[], key: 'count' | 'late' = 'count') => list.reduce((total, one) => total + one[key], 0)
  const lateCount = sum(counts, 'late')
  const unfinished = counts.filter((one) => !STATES[one.state].final)
  return (
    <>
      <PageHeading title={unit ? unit.name : 'Hồ sơ'} lead={unit ? undefined : 'Mọi hồ sơ đã qua bàn của đơn vị, mới nộp trước.'} />
      <ViewsBar list="dossiers" views={views} query={withQuery('', current).slice(1)} here={withQuery('/desk/dossiers', current)} />
      <div data-live data-fresh="list">
        <nav class="chips" aria-label="Theo trạng thái">
          <a href={href({})} aria-current={!state && !late && !open ? 'true' : undefined}>Tất cả <b>{sum(counts)}</b></a>
          <a href={href({ open: '1' })} aria-current={open ? 'true' : undefined}>Chưa xong <b>{sum(unfinished)}</b></a>
          <a class={lateCount > 0 ? 'hot' : undefined} href={href({ late: '1' })} aria-current={late ? 'true' : undefined}>Quá hạn <b>{lateCount}</b></a>
          {ORDER.flatMap((key) => counts.filter((one) => one.state === key)).map((one) => (
            <a href={href({ state: one.state })} aria-current={state === one.state ? 'true' : undefined}>{shortState(one.state)} <b>{one.count}</b></a>
          ))}
        </nav>
        {unit && <p><a href={withQuery('/desk/dossiers', { ...current, unit: undefined })}>Bỏ lọc theo đơn vị</a></p>}
        {rows.length === 0 ? <Nothing filtered={!!state || late || open || !!unit} /> : <DossierTable ctx={ctx} rows={rows} caption="Hồ sơ" />}
        <Pagination olderHref={next ? withQuery('/desk/dossiers', current, { cursor: next }) : undefined}>
          {cursor && <a href={withQuery('/desk/dossiers', current)}>Về đầu danh sách</a>}
        </Pagination>
      </div>
      {rows.length > 0 && <p class="under"><SheetLinks href={(dang) => withQuery('/desk/sheets/dossiers', current, { dang })} /></p>}
      {units.length > 1 && !unit && <Tree units={units} />}
    </>
  )
}

const Nothing = ({ filtered }: { filtered: boolean }) => filtered
  ? <EmptyState icon="tick" title="Không có hồ sơ nào khớp" action={<LinkButton href="/desk/dossiers">Xem tất cả</LinkButton>} />
  : <EmptyState icon="folder" title="Đơn vị chưa có hồ sơ nào"><p>Hồ sơ hiện ở đây từ khi được nộp tại đơn vị hoặc chuyển đến một bước của đơn vị.</p></EmptyState>

function Tree({ units }: { units: DossiersView['units'] }) {
  return (
    <section aria-labelledby="tree" class="tree">
      <h2 id="tree">Theo đơn vị giải quyết</h2>
      <Table
        caption="Hồ sơ theo đơn vị giải quyết" captionHidden rows={units} empty="" rowHref={(row) => withQuery('/desk/dossiers', { unit: row.unitId })}
        columns={[
          { key: 'name', label: 'Đơn vị', main: true, cell: (row) => row.name },
          { key: 'open', label: 'Chưa xong', num: true, cell: (row) => row.open },
          { key: 'late', label: 'Quá hạn', num: true, cell: (row) => (row.late > 0 ? <b class="late">{row.late}</b> : 0) },
          { key: 'closed', label: 'Đã kết thúc', num: true, cell: (row) => row.closed },
        ]}
      />
    </section>
  )
}

export interface SearchView {
  readonly ctx: Ctx
  readonly q: string
  readonly rows: readonly Dossier[]
  readonly next: string | null
  readonly cursor?: string
  /** Units of any time that the words name. */
  readonly units?: readonly NamedUnit[]
}

export function SearchScreen({ ctx, q, rows, next, cursor, units = [] }: SearchView) {
  const digits = /^\d{9,12}$/.test(q.replaceAll(' ', ''))
  return (
    <>
      <PageHeading title={q ? `Tìm “${digits ? maskPersonalId(q) : q}”` : 'Tìm hồ sơ'} lead={q ? undefined : 'Gõ mã hồ sơ, tên người nộp (có dấu hay không), số định danh, điện thoại hoặc tên thủ tục.'} />
      <NamedUnits units={units} />
      {q && rows.length === 0 && units.length === 0 && (
        <EmptyState icon="search" title="Không tìm thấy hồ sơ nào">
          <p>Chỉ tìm trong những hồ sơ ông/bà được xem. Thử bớt chữ, gõ không dấu, hoặc gõ số định danh của người nộp.</p>
        </EmptyState>
      )}
      {rows.length > 0 && <DossierTable ctx={ctx} rows={rows} caption={`Kết quả tìm ${q}`} numbersAt={withQuery('/desk/search', { q, cursor })} />}
      <Pagination olderHref={next ? withQuery('/desk/search', { q, cursor: next }) : undefined}>
        {cursor && <a href={withQuery('/desk/search', { q })}>Về đầu danh sách</a>}
      </Pagination>
      {rows.length > 0 && <p class="under"><SheetLinks href={(dang) => withQuery('/desk/sheets/dossiers', { q, dang })} /></p>}
    </>
  )
}
