// HTTP of absences and delegations: for oneself, for those one heads, and for the administrator of a unit.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Forbidden, Invalid } from '#core/errors.ts'
import { readBody } from '#core/form/index.ts'
import type { Actor, Officer } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import {
  type Absence, canLend, canRecordAbsence, canRevoke, delegate, endAbsence, findOfficers, getOfficer, getPost, isLeader, keeps, listAbsences, listDelegations, listPosts,
  listUnmanned, ownPosts, recordAbsence, revokeDelegation,
} from '#modules/org/index.ts'
import { bodyOf, one, queryOf } from '../answers.tsx'
import { say } from '../flash.ts'
import { sendDesk } from '../frame.tsx'
import { seeOther } from '../../page.tsx'
import { ABSENCE, AbsenceForm, type AbsenceFormView, AwayScreen, type Choice, LENDING, LendingForm, type LendingFormView } from './screens.tsx'

type Id = { Params: { id: string } }
const CRUMB = { label: 'Nghỉ, ủy quyền', href: '/desk/absence' }

function officerOf(request: FastifyRequest): Officer {
  const { actor } = request.ctx
  if (actor.kind !== 'officer') throw new Forbidden('desk.officers_only', 'Phần này dành cho cán bộ.')
  return actor
}

/** The part of the tree that the reader keeps or heads; undefined for others, null for the whole province. */
function treeOf(actor: Actor): string | null | undefined {
  const kept = keeps(actor)
  if (kept !== undefined) return kept
  return actor.kind === 'officer' ? actor.posts.find((post) => isLeader(post.role))?.unitPath : undefined
}

/** The own units of whoever works there, as far as they say where somebody may stand in. */
async function colleagues(request: FastifyRequest, officer: string, within: string | null): Promise<Choice[]> {
  const today = localDate(request.ctx.now)
  const posts = await listPosts(request.ctx.db, { within, on: today, limit: 400 })
  const found = new Map<string, Choice>()
  for (const post of posts) if (post.holder && post.holder.id !== officer && !found.has(post.holder.id)) found.set(post.holder.id, { id: post.holder.id, name: post.holder.name, title: `${post.title}, ${post.unitName}` })
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}

const commonUnit = (path: string): string => path.split('.').slice(0, 2).join('.')

const told = (error: unknown, key: string): Invalid['fields'] => {
  if (error instanceof Invalid) return error.fields
  if (error instanceof Conflict || error instanceof Forbidden) return [{ key, message: error.message }]
  throw error
}

export async function absenceRoutes(app: FastifyInstance): Promise<void> {
  app.get('/absence', async (request, reply) => {
    const { ctx } = request
    const me = officerOf(request)
    const today = localDate(ctx.now)
    const tree = treeOf(me)
    const filter = tree === undefined ? { within: null, officer: me.id, since: today } : { within: tree, since: today }
    const [absences, delegations, unmanned, lendable] = await Promise.all([
      listAbsences(ctx.db, filter), listDelegations(ctx.db, filter), tree === undefined ? [] : listUnmanned(ctx.db, today, tree), lendablePosts(request),
    ])
    const [unit] = me.posts
    return sendDesk(request, reply, { title: 'Nghỉ và ủy quyền', here: 'absences' },
      <AwayScreen
        today={today} me={me.id} absences={absences} delegations={delegations} unmanned={unmanned} tree={tree === undefined ? null : tree === null ? 'toàn tỉnh' : (unit?.unitName ?? 'đơn vị')} lendable={lendable}
        mayEndAbsence={(one: Absence) => one.officerId === me.id || tree === null || (tree !== undefined && keeps(me) !== undefined) || me.posts.some((post) => isLeader(post.role))}
        mayRevoke={(one) => canRevoke(one, me) === null}
      />)
  })

  async function lendablePosts(request: FastifyRequest) {
    const me = officerOf(request)
    const today = localDate(request.ctx.now)
    const own = await ownPosts(request.ctx.db, me.id, today)
    return own.filter((post) => {
      const refused = canLend({ post: { role: post.role, unitPath: post.unitPath, validTo: null }, holder: me.id, to: '?', deputyPosts: [post], prefix: isLeader(post.role) ? 'KT.' : null, scope: 'all' }, me)
      return refused === null || refused.code === 'org.prefix_unfit'
    })
  }

  async function sendAbsence(request: FastifyRequest, reply: FastifyReply, officerId: string, more: Partial<AbsenceFormView> = {}) {
    const { ctx } = request
    const me = officerOf(request)
    const today = localDate(ctx.now)
    const officer = await getOfficer(ctx.db, officerId)
    const posts = await ownPosts(ctx.db, officer.id, today)
    const refused = canRecordAbsence({ id: officer.id, paths: posts.map((post) => post.unitPath) }, me)
    if (refused) throw new Forbidden(refused.code, refused.message)
    const tree = treeOf(me)
    const q = one(queryOf(request), 'q')
    const near = tree ?? posts[0]?.unitPath ?? ''
    const found = q && tree !== undefined
      ? (await Promise.all((await findOfficers(ctx.db, q, today, near)).map(async (row) => ({ row, posts: await ownPosts(ctx.db, row.id, today) }))))
          .filter((one) => canRecordAbsence({ id: one.row.id, paths: one.posts.map((post) => post.unitPath) }, me) === null).map((one) => one.row)
      : []
    return sendDesk(request, reply, { title: 'Ghi nghỉ', here: 'absences', status: more.errors ? 422 : 200, crumbs: [CRUMB, { label: 'Ghi nghỉ' }] },
      <AbsenceForm
        ctx={ctx} officer={{ id: officer.id, name: officer.fullName }} others={tree !== undefined} q={q} found={found}
        colleagues={posts[0] ? await colleagues(request, officer.id, commonUnit(posts[0].unitPath)) : []} {...more}
      />)
  }

  app.get('/absence/new', (request, reply) => sendAbsence(request, reply, one(queryOf(request), 'officer') || officerOf(request).id))

  app.post('/absence', async (request, reply) => {
    const body = bodyOf(request)
    const officer = one(body, 'officer') || officerOf(request).id
    const values = { ...readBody(ABSENCE, body), deputy: one(body, 'deputy') } as Record<string, string | null>
    try {
      await recordAbsence(request.ctx, { officer, deputy: values['deputy'], from: values['from'] ?? '', to: values['to'] ?? '', reason: values['reason'] ?? '' })
    } catch (error) {
      if (error instanceof Forbidden) throw error
      return sendAbsence(request, reply, officer, { values, errors: told(error, 'from') })
    }
    say(request, reply, { message: 'Đã ghi nghỉ. Việc đang giữ chuyển cho người làm thay, hoặc về danh sách chung, khi ngày nghỉ bắt đầu.' })
    return seeOther(reply, '/desk/absence')
  })

  app.post<Id>('/absence/:id/endings', async (request, reply) => {
    await endAbsence(request.ctx, { id: request.params.id })
    say(request, reply, { message: 'Đã kết thúc lần nghỉ.' })
    return seeOther(reply, '/desk/absence')
  })

  async function sendLending(request: FastifyRequest, reply: FastifyReply, postId: string, more: Partial<LendingFormView> = {}) {
    const { ctx } = request
    const me = officerOf(request)
    const posts = await lendablePosts(request)
    let post = posts.find((one) => one.id === postId) ?? (postId === '' && posts.length === 1 ? posts[0]! : null)
    if (!post && postId) {
      const row = await getPost(ctx.db, postId, localDate(ctx.now))
      const kept = keeps(me)
      if (kept === undefined || (kept !== null && row.unitPath !== kept && !row.unitPath.startsWith(`${kept}.`))) throw new Forbidden('org.lend_not_yours', 'Chỉ người giữ chức danh, hoặc quản trị của đơn vị theo văn bản, mới ghi được ủy quyền.')
      post = { id: row.id, role: row.role as never, title: row.title, unitId: row.unitId, unitCode: '', unitName: row.unitName, unitPath: row.unitPath }
    }
    const holder = post ? ((await getPost(ctx.db, post.id, localDate(ctx.now))).holder?.id ?? '') : ''
    return sendDesk(request, reply, { title: 'Ủy quyền chức danh', here: 'absences', status: more.errors ? 422 : 200, crumbs: [CRUMB, { label: 'Ủy quyền' }] },
      <LendingForm ctx={ctx} posts={posts} post={post} colleagues={post ? await colleagues(request, holder, isLeader(post.role) ? post.unitPath : commonUnit(post.unitPath)) : []} {...more} />)
  }

  app.get('/absence/delegations/new', (request, reply) => sendLending(request, reply, one(queryOf(request), 'post')))

  app.post('/absence/delegations', async (request, reply) => {
    const body = bodyOf(request)
    const values = { ...readBody(LENDING, body), to: one(body, 'to'), prefix: one(body, 'prefix'), scope: one(body, 'scope') || 'all' } as Record<string, string | null>
    try {
      await delegate(request.ctx, {
        post: one(body, 'post'), to: values['to'] ?? '', from: values['from'] ?? '', until: values['until'] ?? '', prefix: (values['prefix'] || null) as never, scope: values['scope'] as never,
        note: values['note'], basis: values['basis'] ?? '',
      })
    } catch (error) {
      if (error instanceof Forbidden) throw error
      return sendLending(request, reply, one(body, 'post'), { values, errors: told(error, 'to') })
    }
    say(request, reply, { message: 'Đã ủy quyền. Người nhận chọn được chức danh này từ ngày bắt đầu; văn bản ký theo đó mang thể thức đã chọn.' })
    return seeOther(reply, '/desk/absence')
  })

  app.post<Id>('/absence/delegations/:id/endings', async (request, reply) => {
    await revokeDelegation(request.ctx, { id: request.params.id })
    say(request, reply, { message: 'Đã chấm dứt ủy quyền; người nhận không còn dùng được chức danh này.' })
    return seeOther(reply, '/desk/absence')
  })
}

