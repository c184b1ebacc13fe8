// Posts and who holds them: the list, one post with its whole history, giving it and ending a holding.

import type { Ctx } from '#core/ctx.ts'
import type { Question } from '#core/form/types.ts'
import { ROLES, type Role } from '#core/policy/actor.ts'
import { compareVi, formatDateTime } from '#core/text/index.ts'
import type { Holding, OfficerRow, PostRow } from '#modules/org/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, FieldView, Form, LinkButton, PageHeading, Pagination, SearchBox, type ShownError, StatusTag, Table } from '#ui/index.ts'
import { withQuery } from '../desk/answers.tsx'
import { postHref, PostTable, roleName, span } from './units.tsx'

export interface PostsView {
  readonly q: string
  readonly role?: string
  readonly vacant: boolean
  readonly posts: readonly PostRow[]
  readonly next: string | null
  readonly cursor?: string
}

export function PostsScreen({ q, role, vacant, posts, next, cursor }: PostsView) {
  const current = { q, role, vacant: vacant ? '1' : undefined }
  const roles = (Object.keys(ROLES) as Role[]).sort((a, b) => compareVi(ROLES[a], ROLES[b]))
  return (
    <>
      <PageHeading title="Chức danh" lead="Ai giữ chức danh nào, từ ngày nào đến ngày nào. Quyền làm việc đi theo chức danh, không theo người." />
      <div class="filters">
        <SearchBox action="/admin/posts" label="Tên người hoặc tên đơn vị" value={q} hidden={{ ...(role ? { role } : {}), ...(vacant ? { vacant: '1' } : {}) }} />
        <form class="picks" action="/admin/posts" method="get" aria-label="Lọc chức danh">
          {q && <input type="hidden" name="q" value={q} />}
          <select name="role" aria-label="Vai trò">
            <option value="">Mọi vai trò</option>
            {roles.map((key) => <option value={key} selected={key === role}>{ROLES[key]}</option>)}
          </select>
          <label class="choice"><input type="checkbox" name="vacant" value="1" checked={vacant} /><span>Chưa có ai giữ</span></label>
          <Button>Lọc</Button>
        </form>
      </div>
      {posts.length === 0 ? <EmptyState icon="user" title="Không có chức danh nào khớp" action={<LinkButton href="/admin/posts">Bỏ lọc</LinkButton>} /> : <PostTable posts={posts} />}
      <Pagination olderHref={next ? withQuery('/admin/posts', current, { cursor: next }) : undefined}>
        {cursor && <a href={withQuery('/admin/posts', current)}>Về đầu danh sách</a>}
      </Pagination>
    </>
  )
}

export const DATES: readonly Question[] = [
  { key: 'from', label: 'Giữ từ ngày', type: 'date', required: true },
  { key: 'to', label: 'Đến hết ngày', type: 'date', help: 'Để trống khi chưa định.' },
]
export const END: readonly Question[] = [{ key: 'to', label: 'Ngày cuối cùng giữ chức danh', type: 'date', required: true }]

export interface PostView {
  readonly ctx: Ctx
  readonly post: PostRow
  readonly holdings: readonly Holding[]
  /** 'YYYY-MM-DD' */
  readonly today: string
  /** Why its holders may not be changed here; null when they may. */
  readonly refused: string | null
  readonly officerQuery: string
  readonly officers: readonly OfficerRow[]
  readonly values?: Readonly<Record<string, unknown>>
  readonly errors?: readonly ShownError[]
  /** The form the errors belong to. */
  readonly failed?: 'give' | 'end'
  readonly handovers?: readonly { readonly id: string; readonly name: string; readonly last_on: unknown; readonly made_at: Date }[]
}

const standing = (holding: Holding, today: string) =>
  holding.from > today ? <StatusTag tone="info">Sắp giữ</StatusTag> : (holding.to !== null && holding.to < today) || holding.endedAt ? <StatusTag>Đã thôi</StatusTag> : <StatusTag tone="good">Đang giữ</StatusTag>

export function PostScreen(view: PostView) {
  const { post, holdings, today, refused, errors = [] } = view
  const running = holdings.filter((holding) => (holding.to === null || holding.to >= today) && !holding.endedAt)
  return (
    <>
      <PageHeading title={post.title} lead={post.unitName} meta={<><span>{roleName(post.role)}</span><span class="soft">Chức danh có từ {span(post.validFrom, post.validTo)}</span></>} />
      <ErrorSummary errors={errors} />
      <section aria-labelledby="at-holders" class="tree">
        <h2 id="at-holders">Người giữ</h2>
        <Table
          caption="Người giữ chức danh" captionHidden rows={holdings} empty="Chưa ai từng giữ chức danh này. Giao cho một cán bộ ở dưới."
          columns={[
            { key: 'name', label: 'Cán bộ', main: true, cell: (one) => one.name },
            { key: 'span', label: 'Từ – đến', tight: true, cell: (one) => span(one.from, one.to) },
            { key: 'state', label: 'Nay', tight: true, cell: (one) => standing(one, today) },
          ]}
        />
      </section>
      {(view.handovers ?? []).length > 0 && (
        <section aria-labelledby="at-minutes" class="tree">
          <h2 id="at-minutes">Biên bản bàn giao</h2>
          <ul>{view.handovers!.map((one) => <li><a href={`/admin/handovers/${one.id}`}>{one.name}, {formatDateTime(one.made_at)}</a></li>)}</ul>
        </section>
      )}
      {refused ? <p class="soft">{refused}</p> : (
        <>
          {running.map((holding) => <EndForm view={view} holding={holding} />)}
          <GiveForm view={view} />
        </>
      )}
    </>
  )
}

function EndForm({ view, holding }: { view: PostView; holding: Holding }) {
  const { ctx, post, today, values, errors, failed } = view
  return (
    <section class="card tree">
      <h2>Cho {holding.name} thôi giữ</h2>
      <Form action={`${postHref(post)}/endings`} label={`Cho ${holding.name} thôi giữ chức danh`}>
        <input type="hidden" name="officer" value={holding.officerId} />
        <input type="hidden" name="since" value={holding.from} />
        {END.map((question) => (
          <FieldView question={question} value={failed === 'end' ? values?.[question.key] : (holding.to ?? today)} errors={failed === 'end' ? errors : []} catalogs={ctx.catalogs} required />
        ))}
        <Actions><Button look="danger">Cho thôi giữ</Button>{holding.from <= today && <LinkButton href={`${postHref(post)}/handovers/new?officer=${encodeURIComponent(holding.officerId)}`}>Bàn giao và thôi giữ ngay</LinkButton>}</Actions>
      </Form>
    </section>
  )
}

function GiveForm({ view: { ctx, post, today, officerQuery, officers, values, errors, failed } }: { view: PostView }) {
  const chosen = String(values?.['officer'] ?? (officers.length === 1 ? officers[0]!.id : ''))
  return (
    <section class="card tree" aria-labelledby="at-give">
      <h2 id="at-give">Giao chức danh</h2>
      <SearchBox action={postHref(post)} name="officer" label="Tìm cán bộ theo tên" value={officerQuery} />
      {officerQuery && officers.length === 0 && <EmptyState icon="user" title="Không có cán bộ nào khớp"><p>Gõ một phần tên, có dấu hay không.</p></EmptyState>}
      {officers.length > 0 && (
        <Form action={`${postHref(post)}/holdings`} label="Giao chức danh">
          <input type="hidden" name="q" value={officerQuery} />
          <fieldset class="q" id="officer" tabIndex={-1}>
            <legend class="label">Cán bộ</legend>
            <div class="choices">
              {officers.map((one) => (
                <label class="choice"><input type="radio" name="officer" value={one.id} checked={one.id === chosen} /><span>{one.name}<small class="soft clause">{one.posts.join('; ') || 'Chưa giữ chức danh nào'}</small></span></label>
              ))}
            </div>
          </fieldset>
          <div class="parts">
            {DATES.map((question) => (
              <FieldView
                question={question} name={`give.${question.key}`} catalogs={ctx.catalogs} required={question.required}
                value={failed === 'give' ? values?.[question.key] : question.key === 'from' ? today : null}
                errors={failed === 'give' ? (errors ?? []).map((error) => ({ ...error, key: `give.${error.key}`, path: `give.${error.key}` })) : []}
              />
            ))}
          </div>
          <Actions><Button look="primary">Giao chức danh</Button></Actions>
        </Form>
      )}
    </section>
  )
}
