// Being away and lending a post, as officers, heads and administrators see it: what is now, what is coming, and the forms.

import type { Ctx } from '#core/ctx.ts'
import type { Question } from '#core/form/types.ts'
import { type Post, ROLES } from '#core/policy/actor.ts'
import { formatDate } from '#core/text/index.ts'
import { type Absence, type Delegation, isLeader, PREFIXES, type Prefix, SCOPES, type Unmanned } from '#modules/org/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, FieldView, Form, LinkButton, Notice, PageHeading, SearchBox, type ShownError, StatusTag, Table } from '#ui/index.ts'

const span = (one: { from: string; to: string }) => (one.from === one.to ? formatDate(one.from) : `${formatDate(one.from)} – ${formatDate(one.to)}`)
const standing = (one: { from: string; to: string }, today: string) => (one.from > today ? <StatusTag tone="info">Sắp tới</StatusTag> : <StatusTag tone="warn">Đang có hiệu lực</StatusTag>)

export interface AwayView {
  readonly today: string
  readonly me: string
  readonly absences: readonly Absence[]
  readonly delegations: readonly Delegation[]
  readonly unmanned: readonly Unmanned[]
  /** Whether the reader keeps or heads a unit, and so sees others here. */
  readonly tree: string | null
  readonly lendable: readonly Post[]
  readonly mayEndAbsence: (one: Absence) => boolean
  readonly mayRevoke: (one: Delegation) => boolean
}

export function AwayScreen(view: AwayView) {
  const { today, absences, delegations, unmanned, tree } = view
  return (
    <>
      <PageHeading
        title="Nghỉ và ủy quyền" lead={tree ? `Ai vắng, ai làm thay, chức danh nào đang ủy quyền trong ${tree}.` : 'Ghi ngày nghỉ và người làm thay; ủy quyền chức danh trong một thời gian.'}
        action={<span class="row"><LinkButton look="primary" icon="plus" href="/desk/absence/new">Ghi nghỉ</LinkButton>{view.lendable.length > 0 && <LinkButton icon="send" href="/desk/absence/delegations/new">Ủy quyền chức danh</LinkButton>}</span>}
      />
      {unmanned.length > 0 && (
        <Notice tone="bad" title={`Hôm nay ${unmanned.length} đơn vị không có ai ký được`}>
          <ul>{unmanned.slice(0, 8).map((unit) => <li><b>{unit.unitName}</b>: {unit.posts.map((post) => `${post.title} ${post.holder ? (post.until ? `(${post.holder} nghỉ đến ${formatDate(post.until)})` : `(${post.holder})`) : '(chưa có ai giữ)'}`).join('; ')}</li>)}</ul>
          {unmanned.length > 8 && <p>và {unmanned.length - 8} đơn vị khác.</p>}
          <p>Ủy quyền chức danh ký cho người đang có mặt, hoặc giao chức danh còn trống.</p>
        </Notice>
      )}
      <section aria-labelledby="at-away">
        <h2 id="at-away">Nghỉ</h2>
        <Table
          caption="Người nghỉ" captionHidden rows={absences} empty={<p>Không có ai nghỉ từ hôm nay trở đi.</p>}
          columns={[
            { key: 'who', label: 'Người nghỉ', main: true, cell: (one) => one.officerName },
            { key: 'span', label: 'Ngày', tight: true, cell: span },
            { key: 'deputy', label: 'Người làm thay', cell: (one) => one.deputyName ?? <span class="soft">Không có; việc về danh sách chung</span> },
            { key: 'reason', label: 'Lý do', cell: (one) => one.reason },
            { key: 'state', label: 'Nay', tight: true, cell: (one) => standing(one, today) },
            { key: 'act', label: 'Việc', tight: true, cell: (one) => view.mayEndAbsence(one)
              ? <Form action={`/desk/absence/${one.id}/endings`} label={`Kết thúc nghỉ của ${one.officerName}`}><Button>{one.from > today ? 'Hủy' : 'Đã đi làm lại'}</Button></Form>
              : '' },
          ]}
        />
      </section>
      <section aria-labelledby="at-lent">
        <h2 id="at-lent">Ủy quyền</h2>
        <Table
          caption="Chức danh đang ủy quyền" captionHidden rows={delegations} empty={<p>Không có chức danh nào đang ủy quyền.</p>}
          columns={[
            { key: 'post', label: 'Chức danh', main: true, cell: (one) => <>{one.postTitle}<span class="soft clause">{one.unitName}</span></> },
            { key: 'from', label: 'Người ủy quyền', cell: (one) => one.fromName },
            { key: 'to', label: 'Người nhận', cell: (one) => <>{one.prefix && <b>{one.prefix} </b>}{one.toName}</> },
            { key: 'scope', label: 'Phạm vi', cell: (one) => <>{SCOPES[one.scope]}{one.note && <span class="soft clause">{one.note}</span>}</> },
            { key: 'span', label: 'Ngày', tight: true, cell: span },
            { key: 'basis', label: 'Căn cứ', cell: (one) => one.basis },
            { key: 'act', label: 'Việc', tight: true, cell: (one) => view.mayRevoke(one)
              ? <Form action={`/desk/absence/delegations/${one.id}/endings`} label={`Chấm dứt ủy quyền cho ${one.toName}`}><Button>{one.toOfficer === view.me ? 'Trả lại' : 'Chấm dứt'}</Button></Form>
              : '' },
          ]}
        />
      </section>
    </>
  )
}

export const ABSENCE: readonly Question[] = [
  { key: 'from', label: 'Nghỉ từ ngày', type: 'date', required: true }, { key: 'to', label: 'Đến hết ngày', type: 'date', required: true },
  { key: 'reason', label: 'Lý do', type: 'text', required: true, help: 'Ví dụ: nghỉ phép năm, đi công tác, tập huấn, nghỉ ốm.' },
]

export interface Choice {
  readonly id: string
  readonly name: string
  readonly title: string
}

export interface AbsenceFormView {
  readonly ctx: Ctx
  readonly officer: { readonly id: string; readonly name: string }
  readonly colleagues: readonly Choice[]
  /** For heads and administrators: another's absence. */
  readonly others: boolean
  readonly q: string
  readonly found: readonly { readonly id: string; readonly name: string; readonly posts: readonly string[] }[]
  readonly values?: Readonly<Record<string, unknown>>
  readonly errors?: readonly ShownError[]
}

export function AbsenceForm({ ctx, officer, colleagues, others, q, found, values, errors = [] }: AbsenceFormView) {
  return (
    <>
      <PageHeading title={`Ghi nghỉ: ${officer.name}`} lead="Việc đang giữ chuyển sang người làm thay, nếu người ấy làm được, hoặc về danh sách chung của đơn vị khi ngày nghỉ bắt đầu." />
      <ErrorSummary errors={errors} />
      {others && (
        <section class="card">
          <SearchBox action="/desk/absence/new" name="q" label="Ghi nghỉ cho người khác: tìm theo tên" value={q} />
          {q && found.length === 0 && <p class="soft">Không có cán bộ nào khớp.</p>}
          {found.length > 0 && <nav class="chips" aria-label="Cán bộ khớp">{found.map((one) => <a href={`/desk/absence/new?officer=${encodeURIComponent(one.id)}`}>{one.name}<span class="soft">{one.posts[0]}</span></a>)}</nav>}
        </section>
      )}
      <Form action="/desk/absence" label="Ghi nghỉ" class="lots" guard>
        <input type="hidden" name="officer" value={officer.id} />
        <div class="parts">{ABSENCE.map((question) => <FieldView question={question} value={values?.[question.key] ?? null} errors={errors} catalogs={ctx.catalogs} required />)}</div>
        <div class="q">
          <label class="label" for="deputy">Người làm thay</label>
          <select id="deputy" name="deputy">
            <option value="">Không có, việc về danh sách chung</option>
            {colleagues.map((one) => <option value={one.id} selected={values?.['deputy'] === one.id}>{one.name}, {one.title}</option>)}
          </select>
        </div>
        <Actions><Button look="primary" busyText="Đang ghi…">Ghi nghỉ</Button><LinkButton look="quiet" href="/desk/absence">Quay lại, không ghi</LinkButton></Actions>
      </Form>
    </>
  )
}

export const LENDING: readonly Question[] = [
  { key: 'from', label: 'Từ ngày', type: 'date', required: true }, { key: 'until', label: 'Đến hết ngày', type: 'date', required: true },
  { key: 'basis', label: 'Văn bản ủy quyền, phân công', type: 'text', required: true, help: 'Số, ngày. Ví dụ: Giấy ủy quyền 12/GUQ-UBND ngày 20/11/2026.' },
  { key: 'note', label: 'Nội dung ủy quyền', type: 'text', help: 'Ghi rõ việc được giao nếu không phải toàn bộ; với TUQ. nên ghi đủ.' },
]

export interface LendingFormView {
  readonly ctx: Ctx
  readonly posts: readonly Post[]
  readonly post: Post | null
  readonly colleagues: readonly Choice[]
  readonly values?: Readonly<Record<string, unknown>>
  readonly errors?: readonly ShownError[]
}

export function LendingForm({ ctx, posts, post, colleagues, values, errors = [] }: LendingFormView) {
  if (!post) {
    return (
      <>
        <PageHeading title="Ủy quyền chức danh" lead="Chọn chức danh." />
        {posts.length === 0 ? <EmptyState title="Ông/bà không có chức danh nào ủy quyền được"><p>Chức danh quản trị, giám sát và chức danh đang giữ thay không ủy quyền lại.</p></EmptyState> : (
          <ul class="cards">{posts.map((one) => <li><a class="card" href={`/desk/absence/delegations/new?post=${encodeURIComponent(one.id)}`}><b>{one.title}</b><span class="soft">{one.unitName}</span></a></li>)}</ul>
        )}
      </>
    )
  }
  const leader = isLeader(post.role)
  return (
    <>
      <PageHeading title={`Ủy quyền: ${post.title}`} lead={`${post.unitName}, ${ROLES[post.role].toLocaleLowerCase('vi')}. Người nhận dùng chức danh này như của mình trong thời gian ủy quyền; hết ngày thì hết ngay.`} />
      <ErrorSummary errors={errors} />
      <Form action="/desk/absence/delegations" label="Ủy quyền chức danh" class="lots" guard>
        <input type="hidden" name="post" value={post.id} />
        <div class="q">
          <label class="label" for="to">Người nhận</label>
          <select id="to" name="to" required>
            <option value="">Chọn người nhận</option>
            {colleagues.map((one) => <option value={one.id} selected={values?.['to'] === one.id}>{one.name}, {one.title}</option>)}
          </select>
        </div>
        <div class="parts">{LENDING.slice(0, 2).map((question) => <FieldView question={question} value={values?.[question.key] ?? null} errors={errors} catalogs={ctx.catalogs} required={question.required} />)}</div>
        {leader && (
          <fieldset class="q" id="prefix" tabIndex={-1}>
            <legend class="label">Thể thức ký (Điều 13 NĐ 30/2020/NĐ-CP)</legend>
            <div class="choices">{(Object.keys(PREFIXES) as Prefix[]).map((key) => (
              <label class="choice"><input type="radio" name="prefix" value={key} checked={values?.['prefix'] === key} /><span>{PREFIXES[key].label}<small class="soft clause">{PREFIXES[key].who}</small></span></label>
            ))}</div>
          </fieldset>
        )}
        <fieldset class="q" id="scope" tabIndex={-1}>
          <legend class="label">Phạm vi</legend>
          <div class="choices">{(Object.keys(SCOPES) as (keyof typeof SCOPES)[]).map((key) => (
            <label class="choice"><input type="radio" name="scope" value={key} checked={(values?.['scope'] ?? 'all') === key} /><span>{SCOPES[key]}</span></label>
          ))}</div>
        </fieldset>
        {LENDING.slice(2).map((question) => <FieldView question={question} value={values?.[question.key] ?? null} errors={errors} catalogs={ctx.catalogs} required={question.required} />)}
        <Actions><Button look="primary" busyText="Đang ghi…">Ủy quyền</Button><LinkButton look="quiet" href="/desk/absence">Quay lại, không ghi</LinkButton></Actions>
      </Form>
    </>
  )
}
