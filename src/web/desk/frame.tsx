// The frame of every desk and administration page: who acts in which post, where one can go from there, search, what was just done.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import { answersQuestions, canSeeFaults, counterPost, countViewQuestions, hasBook, sendsPost, countWatched, watches } from '#modules/dossiers/index.ts'
import { relyingParty, rulesOf } from '#modules/identity/index.ts'
import { canHandleReports, countUndelivered, countUnread } from '#modules/notify/index.ts'
import { canReadPlans, countPlansWaiting } from '#modules/reorg/index.ts'
import { reckoningPost } from '#modules/reconcile/index.ts'
import { countAppeals, judges } from '#modules/appeals/index.ts'
import { CASH_ROLES } from '#modules/payments/index.ts'
import { countWorklist, headedBy } from '#modules/work/index.ts'
import { type Crumb, DeskLayout, type NavItem, SearchBox } from '#ui/index.ts'
import { sendPage } from '../page.tsx'
import { heard } from './flash.ts'

const css = readFileSync(new URL('./desk.css', import.meta.url), 'utf8')
export const deskStyle = { href: `/desk/assets/desk.${createHash('sha256').update(css).digest('base64url').slice(0, 10)}.css`, css }

/** Which entry of the rail this page belongs to. */
export type Place = 'watch' | 'appeals' | 'reconcile' | 'work' | 'dossiers' | 'counter' | 'cash' | 'search' | 'units' | 'posts' | 'calendars' | 'absences' | 'board' | 'procedures' | 'catalogue' | 'rollout' | 'it' | 'book' | 'letters' | 'papers' | 'accounts' | 'access' | 'notices' | 'undelivered' | 'fakes' | 'outbox' | 'reorganisations' | 'rules' | 'none'

/** Posts that keep the platform and handle no cases. */
export const KEEPERS: readonly Role[] = ['quan_tri_don_vi', 'quan_tri_he_thong']
export const UNIT_KEEPERS: readonly Role[] = KEEPERS
/** Posts that see no dossier: no worklist, no search. */
const CASELESS: readonly Role[] = [...KEEPERS, 'an_toan_tt', 'bcci', 'truong_thon']
export const PROCEDURE_KEEPERS: readonly Role[] = ['kiem_soat_tthc', 'quan_tri_he_thong']

/** What the platform has to say to this officer, and what it could not say to citizens. */
async function told({ ctx }: FastifyRequest, here: Place): Promise<NavItem[]> {
  const counter = counterPost(ctx.actor) !== null
  const [unread, dead] = await Promise.all([countUnread(ctx), counter ? countUndelivered(ctx) : 0])
  return [
    { label: 'Tin báo', href: '/desk/notices', icon: 'bell', count: unread || undefined, current: here === 'notices' },
    ...(counter ? [{ label: 'Tin chưa đến', href: '/desk/undelivered', icon: 'alert', count: dead || undefined, hot: dead > 0, current: here === 'undelivered' } as const] : []),
    ...(canHandleReports(ctx.actor) === null ? [{ label: 'Tin giả mạo', href: '/desk/fakes', icon: 'stop', current: here === 'fakes' } as const] : []),
  ]
}

/** What leaders watch over, and appeals that the unit judges. */
async function watchedNav({ ctx }: FastifyRequest, here: Place): Promise<NavItem[]> {
  const [alerts, appeals] = [watches(ctx.actor) ? await countWatched(ctx) : null, judges(ctx.actor) ? await countAppeals(ctx) : null]
  return [
    ...(alerts === null ? [] : [{ label: 'Cần để ý', href: '/desk/watch', icon: 'alert', count: alerts || undefined, hot: alerts > 0, current: here === 'watch' } as const]),
    ...(appeals === null ? [] : [{ label: 'Đề nghị xem xét lại', href: '/desk/appeals', icon: 'hourglass', count: appeals.late || appeals.total || undefined, hot: appeals.late > 0, current: here === 'appeals' } as const]),
  ]
}

async function nav(request: FastifyRequest, here: Place): Promise<{ title?: string; items: NavItem[] }[]> {
  const { actor, db, now } = request.ctx
  const groups: { title?: string; items: NavItem[] }[] = []
  if (!holds(actor, CASELESS)) {
    const work = await countWorklist(db, actor, now)
    groups.push({
      items: [
        { label: 'Việc cần làm', href: '/desk', key: 'g w', icon: 'inbox', count: work.late || work.total, hot: work.late > 0, current: here === 'work' },
        ...(counterPost(actor) ? [{ label: 'Nhận tại quầy', href: '/desk/counter', key: 'g q', icon: 'plus', current: here === 'counter' } as const] : []),
        ...(headedBy(actor).length > 0 ? [{ label: 'Bảng điều hành', href: '/desk/board', icon: 'chart', current: here === 'board' } as const] : []),
        ...(await watchedNav(request, here)),
        ...(holds(actor, CASH_ROLES) ? [{ label: 'Thu phí', href: '/desk/cash', key: 'g t', icon: 'coin', current: here === 'cash' } as const] : []),
        { label: 'Hồ sơ', href: '/desk/dossiers', key: 'g h', icon: 'folder', current: here === 'dossiers' },
        ...(hasBook(actor) ? [{ label: 'Sổ theo dõi', href: '/desk/book', icon: 'calendar', current: here === 'book' } as const] : []),
        ...(sendsPost(actor) ? [{ label: 'Gửi bưu chính', href: '/desk/letters', icon: 'send', current: here === 'letters' } as const] : []),
        { label: 'Nghỉ, ủy quyền', href: '/desk/absence', icon: 'clock', current: here === 'absences' },
      ],
    })
  }
  if (reckoningPost(actor)) groups.push({ items: [{ label: 'Đối soát', href: '/desk/reconciliation', icon: 'chart', key: 'g d', current: here === 'reconcile' }] })
  const keeping: NavItem[] = []
  if (holds(actor, UNIT_KEEPERS)) {
    keeping.push(
      { label: 'Đơn vị', href: '/admin/units', icon: 'building', current: here === 'units' },
      { label: 'Chức danh', href: '/admin/posts', icon: 'user', current: here === 'posts' },
      { label: 'Tài khoản', href: '/admin/accounts', icon: 'lock', current: here === 'accounts' },
      { label: 'Nghỉ, ủy quyền', href: '/desk/absence', icon: 'clock', current: here === 'absences' },
      { label: 'Lịch làm việc', href: '/admin/calendars', icon: 'calendar', current: here === 'calendars' },
      { label: 'Triển khai', href: '/admin/rollout', icon: 'next', current: here === 'rollout' },
      { label: 'Cán bộ CNTT', href: '/admin/it-staff', icon: 'user', current: here === 'it' },
    )
  }
  if (canReadPlans(actor) === null) {
    const waiting = await countPlansWaiting(request.ctx)
    keeping.push({ label: 'Sắp xếp đơn vị', href: '/admin/reorganisations', icon: 'half', count: waiting || undefined, current: here === 'reorganisations' })
  }
  if (holds(actor, UNIT_KEEPERS)) keeping.push({ label: 'Hộp thư đi', href: '/admin/outbox', icon: 'send', current: here === 'outbox' })
  if (keeping.length > 0) groups.push({ title: 'Đơn vị và người dùng', items: keeping })
  const law: NavItem[] = []
  if (holds(actor, PROCEDURE_KEEPERS)) {
    law.push(
      { label: 'Thủ tục', href: '/admin/procedures', icon: 'file', current: here === 'procedures' }, { label: 'Danh mục', href: '/admin/catalogue', icon: 'search', current: here === 'catalogue' },
      { label: 'Sổ quy định', href: '/admin/rules', icon: 'info', current: here === 'rules' },
    )
  }
  if (canSeeFaults(actor) === null) law.push({ label: 'Mẫu in', href: '/admin/papers', icon: 'copy', current: here === 'papers' })
  if (law.length > 0) groups.push({ title: 'Thủ tục và quy định', items: law })
  const own: NavItem[] = [{ label: 'Bảo mật đăng nhập', href: '/account/security', icon: 'lock' }]
  if (answersQuestions(actor)) {
    const open = await countViewQuestions(request.ctx)
    own.unshift({ label: 'Xem dữ liệu', href: holds(actor, 'an_toan_tt') ? '/desk/access' : '/desk/access/questions', icon: 'info', count: open || undefined, hot: open > 0, current: here === 'access' })
  }
  own.unshift(...(await told(request, here)))
  groups.push({ items: own })
  return groups
}

export interface DeskPage {
  readonly title: string
  readonly here: Place
  readonly status?: number
  readonly crumbs?: readonly Crumb[]
  /** What was searched for, left in the box. */
  readonly q?: string
}

const postText = (actor: Actor) => {
  if (actor.kind !== 'officer') return { post: '', unit: '' }
  const [post] = actor.posts
  const lent = post?.onBehalfOf ? ` (${post.onBehalfOf.prefix ?? 'làm'} thay ${post.onBehalfOf.officerName})` : ''
  return { post: post ? `${post.title}${lent}` : 'Chưa chọn chức danh', unit: post?.unitName ?? '' }
}

const KEYS_COOKIE = 'tinhso_keys'

/** Whether this browser's person has switched the shortcuts off. */
export const keysOff = (request: FastifyRequest): boolean => request.cookies[KEYS_COOKIE] === 'off'

export function setKeys(request: FastifyRequest, reply: FastifyReply, off: boolean): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: request.ctx.publicUrl.startsWith('https:') } as const
  if (off) reply.setCookie(KEYS_COOKIE, 'off', { ...options, maxAge: 31_536_000 })
  else reply.clearCookie(KEYS_COOKIE, options)
}

/** Sends a page in the frame of the desk, for an officer acting in a post. */
export async function sendDesk(request: FastifyRequest, reply: FastifyReply, page: DeskPage, content: ComponentChildren): Promise<FastifyReply> {
  const { actor } = request.ctx
  const said = heard(request, reply)
  const several = (request.session?.posts.length ?? 0) > 1
  const idle = request.session?.idleMinutes
  const searching = !holds(actor, CASELESS)
  return sendPage(
    request, reply, { title: page.title, body: 'desk', status: page.status, shortcuts: !keysOff(request), head: <link rel="stylesheet" href={deskStyle.href} /> },
    <DeskLayout
      homeHref={holds(actor, KEEPERS) ? '/admin' : '/desk'}
      nav={await nav(request, page.here)}
      me={{ name: actor.kind === 'officer' ? actor.name : '', ...postText(actor), changePostHref: several ? '/account/post' : undefined, signOutAction: '/sign-out' }}
      search={searching ? <SearchBox action="/desk/search" label="Mã hồ sơ, tên, số định danh, điện thoại" value={page.q} shortcut /> : undefined}
      crumbs={page.crumbs}
      flash={said && { tone: said.tone, message: <>{said.message}{said.link && <> <a href={said.link.href}>{said.link.label}</a></>}</> }}
    >
      {content}
      {idle && <div hidden data-idle={`${idle},${rulesOf(request.ctx).warnSeconds}`} data-idle-passkey={request.session?.hasFactor && relyingParty(request.ctx).usable ? '' : undefined} />}
    </DeskLayout>,
  )
}
