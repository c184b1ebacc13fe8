// Units as the register holds them: found by any code or name they ever bore, each with what became of it and who works there.

import type { ComponentChildren } from 'preact'
import { formatDate } from '#core/text/index.ts'
import { ROLES, type Role } from '#core/policy/actor.ts'
import { type PostRow, type Resolution, type Unit, UNIT_LEVELS } from '#modules/org/index.ts'
import { Actions, Button, EmptyState, LinkButton, Notice, PageHeading, SearchBox, StatusTag, SummaryList, Table } from '#ui/index.ts'

export const unitHref = (unit: Pick<Unit, 'id'>): string => `/admin/units/${encodeURIComponent(unit.id)}`
export const postHref = (post: Pick<PostRow, 'id'>): string => `/admin/posts/${encodeURIComponent(post.id)}`
export const roleName = (role: string): string => (role in ROLES ? ROLES[role as Role] : role)
export const span = (from: string, to: string | null): string => `${formatDate(from)} – ${to ? formatDate(to) : 'nay'}`

const Validity = ({ unit }: { unit: Unit }) => (unit.validTo ? <StatusTag>Hết {formatDate(unit.validTo)}</StatusTag> : <StatusTag tone="good">Đang hoạt động</StatusTag>)

const columns = [
  { key: 'name', label: 'Đơn vị', main: true, cell: (unit: Unit) => unit.name },
  { key: 'code', label: 'Mã', tight: true, cell: (unit: Unit) => unit.code },
  { key: 'identifier', label: 'Mã định danh (QĐ 20/2020)', tight: true, cell: (unit: Unit) => unit.identifier ?? '—' },
  { key: 'qcvn', label: 'Mã cũ (QCVN 102)', tight: true, cell: (unit: Unit) => unit.qcvn ?? '—' },
  { key: 'level', label: 'Cấp', cell: (unit: Unit) => UNIT_LEVELS[unit.level] },
  { key: 'valid', label: 'Hiệu lực', tight: true, cell: (unit: Unit) => <Validity unit={unit} /> },
]

export function UnitTable({ units, caption }: { units: readonly Unit[]; caption: string }) {
  return <Table caption={caption} captionHidden columns={columns} rows={units} rowHref={unitHref} empty="Không có đơn vị nào." />
}

export interface UnitsView {
  readonly root: Unit
  readonly q: string
  readonly ended: boolean
  readonly units: readonly Unit[]
  readonly code: string
  readonly on: string
  /** null: nothing was asked; []: nothing bears it. */
  readonly resolved: readonly Resolution[] | null
  readonly fault: string | null
  /** Whether the reader may open a unit's page. */
  readonly mine: (unit: Unit) => boolean
}

export function UnitsScreen({ root, q, ended, units, code, on, resolved, fault, mine }: UnitsView) {
  return (
    <>
      <PageHeading title="Đơn vị" lead={`Phạm vi quản trị: ${root.name} và các đơn vị bên dưới.`} />
      <Actions><LinkButton href="/admin/units/new" icon="plus">Lập đơn vị mới</LinkButton></Actions>
      <div class="two">
        <section aria-labelledby="at-find">
          <h2 id="at-find">Tìm đơn vị</h2>
          <SearchBox action="/admin/units" label="Tên hoặc mã, có dấu hay không" value={q} hidden={ended ? { ended: '1' } : {}} />
        </section>
        <section aria-labelledby="at-resolve">
          <h2 id="at-resolve">Mã này nay là đơn vị nào?</h2>
          <form class="picks" action="/admin/units" method="get" aria-label="Tra mã cũ">
            <input class="w16" name="code" value={code} aria-label="Mã hoặc tên, cũ hay mới" placeholder="Mã hoặc tên, cũ hay mới" />
            <input class="w12" name="on" value={on} aria-label="Vào ngày, có thể bỏ trống" placeholder="vào ngày" data-typing="date" />
            <Button>Tra</Button>
          </form>
        </section>
      </div>
      {fault && <Notice tone="warn"><p>{fault}</p></Notice>}
      {resolved && resolved.length > 0 && <Resolved rows={resolved} mine={mine} />}
      <nav class="chips" aria-label="Hiệu lực">
        <a href={`/admin/units?${new URLSearchParams({ q })}`} aria-current={ended ? undefined : 'true'}>Đang hoạt động</a>
        <a href={`/admin/units?${new URLSearchParams({ q, ended: '1' })}`} aria-current={ended ? 'true' : undefined}>Cả đơn vị đã kết thúc</a>
      </nav>
      {units.length === 0 ? (
        <EmptyState icon="search" title="Không có đơn vị nào khớp" action={<LinkButton href="/admin/units">Xem cây đơn vị</LinkButton>}><p>Đơn vị trước 1/7/2025 chỉ hiện khi chọn “Cả đơn vị đã kết thúc”.</p></EmptyState>
      ) : <UnitTable units={units} caption={q ? `Đơn vị khớp ${q}` : 'Đơn vị trực tiếp bên dưới'} />}
    </>
  )
}

function Resolved({ rows, mine }: { rows: readonly Resolution[]; mine: UnitsView['mine'] }) {
  return (
    <Table
      caption="Đơn vị phụ trách hiện nay" rows={rows} empty=""
      columns={[
        { key: 'asked', label: 'Mã hoặc tên này là của', main: true, cell: ({ asked }) => `${asked.name} (${span(asked.validFrom, asked.validTo)})` },
        { key: 'live', label: 'Nay phụ trách', cell: ({ live }) => (mine(live) ? <a href={unitHref(live)}>{live.name}</a> : <b>{live.name}</b>) },
        { key: 'code', label: 'Mã nay', tight: true, cell: ({ live }) => live.code },
        { key: 'parts', label: 'Các đơn vị kế tục', cell: ({ successors }) => successors.map(({ unit, partial }) => `${unit.name}${partial ? ' (một phần)' : ''}`).join('; ') || '—' },
      ]}
    />
  )
}

export interface UnitView {
  readonly unit: Unit
  readonly parent: Unit | null
  readonly parentHref?: string
  readonly children: readonly Unit[]
  readonly successors: readonly { readonly unit: Unit; readonly partial: boolean; readonly main: boolean; readonly on: string }[]
  readonly predecessors: readonly { readonly unit: Unit; readonly partial: boolean; readonly on: string }[]
  readonly posts: readonly PostRow[]
  /** Where its seat is, as a line; units that sit in another's house have none. */
  readonly seat?: ComponentChildren
}

export function UnitScreen({ unit, parent, parentHref, children, successors, predecessors, posts, seat }: UnitView) {
  return (
    <>
      <PageHeading title={unit.name} meta={<><b>{unit.code}</b><Validity unit={unit} /><span class="soft">{UNIT_LEVELS[unit.level]}{unit.outside ? ', ngành dọc' : ''}</span></>} />
      <div class="two">
        <SummaryList
          rows={[
            { label: 'Mã định danh (QĐ 20/2020/QĐ-TTg)', value: unit.identifier }, { label: 'Mã cũ (QCVN 102:2016)', value: unit.qcvn },
            { label: 'Mã đơn vị hành chính', value: unit.adminCode }, { label: 'Tên ngắn', value: unit.shortName },
          ]}
        />
        <SummaryList
          rows={[
            { label: 'Cấp trên', value: parent ? (parentHref ? <a href={parentHref}>{parent.name}</a> : parent.name) : 'Không có' }, { label: 'Hiệu lực', value: span(unit.validFrom, unit.validTo) },
            ...(seat ? [{ label: 'Trụ sở', value: seat }] : []),
            ...(successors.length > 0 ? [{ label: 'Kế tục bởi', value: successors.map(({ unit: next, partial, on }) => <div><a href={unitHref(next)}>{next.name}</a>{partial ? ', một phần' : ''}, từ {formatDate(on)}</div>) }] : []),
            ...(predecessors.length > 0 ? [{ label: 'Kế tục từ', value: predecessors.map(({ unit: old, partial }) => <div><a href={unitHref(old)}>{old.name}</a>{partial ? ', một phần' : ''} ({old.code})</div>) }] : []),
          ]}
        />
      </div>
      {posts.length > 0 && (
        <section aria-labelledby="at-posts">
          <h2 id="at-posts">Chức danh</h2>
          <PostTable posts={posts} bare />
        </section>
      )}
      {children.length > 0 && (
        <section aria-labelledby="at-children">
          <h2 id="at-children">Đơn vị bên dưới</h2>
          <UnitTable units={children} caption="Đơn vị bên dưới" />
        </section>
      )}
      <Actions>
        {!unit.validTo && <LinkButton href={`${unitHref(unit)}/opening`} icon="user">Chức danh, tài khoản, vận hành</LinkButton>}
        <LinkButton look="quiet" href="/admin/units">Về danh sách đơn vị</LinkButton>
      </Actions>
    </>
  )
}

export function PostTable({ posts, bare }: { posts: readonly PostRow[]; bare?: boolean }) {
  return (
    <Table
      caption="Chức danh" captionHidden rows={posts} rowHref={postHref} empty="Đơn vị chưa có chức danh nào."
      columns={[
        { key: 'title', label: 'Chức danh', main: true, cell: (post) => post.title },
        ...(bare ? [] : [{ key: 'unit', label: 'Đơn vị', cell: (post: PostRow) => post.unitName }]),
        { key: 'role', label: 'Vai trò', cell: (post) => roleName(post.role) },
        { key: 'holder', label: 'Người giữ', cell: (post) => post.holder?.name ?? <StatusTag tone="warn">Chưa có ai</StatusTag> },
        { key: 'from', label: 'Giữ', tight: true, cell: (post) => (post.holder ? span(post.holder.from, post.holder.to) : '—') },
      ]}
    />
  )
}
