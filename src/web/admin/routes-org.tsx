// HTTP of units and posts, for administrators of a unit within their tree and of the platform everywhere.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { readBody } from '#core/form/index.ts'
import { localDate } from '#core/workdays/index.ts'
import {
  canKeepPost, canPlaceSeat, endHolding, findOfficers, findSeat, getPost, getUnit, giveHolding, handoversOf, holdingsOf, keeps, listPosts, listPredecessors, listSuccessors, listUnits, type PostRow,
  resolveUnit, type Unit,
} from '#modules/org/index.ts'
import { bodyOf, one, queryOf } from '../desk/answers.tsx'
import { say } from '../desk/flash.ts'
import { sendDesk } from '../desk/frame.tsx'
import { seeOther } from '../page.tsx'
import { DATES, END, PostScreen, PostsScreen, type PostView } from './posts.tsx'
import { SeatLine } from './seat-line.tsx'
import { postHref, unitHref, UnitScreen, UnitsScreen } from './units.tsx'

const PAGE = 60
const ROOT = 'H56'

type Id = { Params: { id: string } }

/** The part of the tree the reader keeps. Throws Forbidden. */
function tree(request: FastifyRequest): string | null {
  const kept = keeps(request.ctx.actor)
  if (kept === undefined) throw new Forbidden('org.not_administrator', 'Phần này dành cho quản trị đơn vị và quản trị hệ thống.')
  return kept
}

const inTree = (path: string, kept: string | null): boolean => kept === null || path === kept || path.startsWith(`${kept}.`)

/** A unit of the reader's tree, or one that a part of the tree came from. Throws NotFound. */
export async function unitIn(request: FastifyRequest, id: string): Promise<Unit> {
  const kept = tree(request)
  const unit = await getUnit(request.ctx.db, id)
  if (inTree(unit.path, kept)) return unit
  const heirs = await listSuccessors(request.ctx.db, id)
  if (heirs.some((heir) => inTree(heir.unit.path, kept))) return unit
  throw new NotFound('org.not_in_tree', 'Đơn vị này không thuộc phạm vi quản trị của ông/bà.')
}

async function postIn(request: FastifyRequest, id: string): Promise<PostRow> {
  const kept = tree(request)
  const post = await getPost(request.ctx.db, id, localDate(request.ctx.now))
  if (inTree(post.unitPath, kept)) return post
  throw new NotFound('org.no_post', 'Không có chức danh này trong phạm vi quản trị của ông/bà.')
}

const dayOf = (text: string): string | undefined => {
  const read = readBody([{ key: 'on', label: '', type: 'date' }], { on: text })['on']
  return typeof read === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(read) ? read : undefined
}

export async function orgRoutes(app: FastifyInstance): Promise<void> {
  app.get('/units', async (request, reply) => {
    const { ctx } = request
    const kept = tree(request)
    const query = queryOf(request)
    const [q, code, on] = [one(query, 'q'), one(query, 'code'), one(query, 'on')]
    const ended = one(query, 'ended') === '1'
    const root = kept === null ? (await resolveUnit(ctx.db, ROOT))[0]!.live : await getUnit(ctx.db, ctx.actor.kind === 'officer' ? ctx.actor.posts[0]!.unitId : '')
    const units = q || ended
      ? await listUnits(ctx.db, { q, live: ended ? false : undefined, within: kept ?? undefined, limit: 300 })
      : [root, ...(await listUnits(ctx.db, { parentId: root.id }))]
    let fault: string | null = null
    const resolved = code === '' ? null : await resolveUnit(ctx.db, code, dayOf(on)).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error
      fault = error.message
      return []
    })
    return sendDesk(request, reply, { title: 'Đơn vị', here: 'units' }, <UnitsScreen root={root} q={q} ended={ended} units={units} code={code} on={on} resolved={resolved} fault={fault} mine={(unit) => inTree(unit.path, kept)} />)
  })

  app.get<Id>('/units/:id', async (request, reply) => {
    const { ctx } = request
    const kept = tree(request)
    const unit = await unitIn(request, request.params.id)
    const seated = unit.level !== 'phong'
    const [parent, children, successors, predecessors, posts, seat] = await Promise.all([
      unit.parentId ? getUnit(ctx.db, unit.parentId) : null, listUnits(ctx.db, { parentId: unit.id, live: unit.validTo ? false : undefined }),
      listSuccessors(ctx.db, unit.id), listPredecessors(ctx.db, unit.id), listPosts(ctx.db, { within: kept, unitId: unit.id, on: localDate(ctx.now), limit: 200 }),
      findSeat(ctx.db, unit.id),
    ])
    return sendDesk(request, reply, { title: unit.name, here: 'units', crumbs: [{ label: 'Đơn vị', href: '/admin/units' }, { label: unit.shortName }] },
      <UnitScreen unit={unit} parent={parent} parentHref={parent && inTree(parent.path, kept) ? unitHref(parent) : undefined} children={children} successors={successors} predecessors={predecessors} posts={posts} seat={seated ? <SeatLine seat={seat} href={canPlaceSeat(unit, ctx.actor) === null ? `${unitHref(unit)}/seat` : null} /> : undefined} />)
  })

  app.get('/posts', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const [q, role, cursor] = [one(query, 'q'), one(query, 'role') || undefined, one(query, 'cursor') || undefined]
    const vacant = one(query, 'vacant') === '1'
    const [unit, id] = cursor ? Buffer.from(cursor, 'base64url').toString().split(' ') : []
    const found = await listPosts(ctx.db, { within: tree(request), q, role, vacant, on: localDate(ctx.now), limit: PAGE + 1, after: unit && id ? { unit, id } : undefined })
    const posts = found.slice(0, PAGE)
    const last = posts.at(-1)
    const next = found.length > PAGE && last ? Buffer.from(`${last.unitPath} ${last.id}`).toString('base64url') : null
    return sendDesk(request, reply, { title: 'Chức danh', here: 'posts' }, <PostsScreen q={q} role={role} vacant={vacant} posts={posts} next={next} cursor={cursor} />)
  })

  const sendPost = async (request: FastifyRequest, reply: FastifyReply, post: PostRow, officerQuery: string, more: Partial<PostView> = {}) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const refused = canKeepPost(post, ctx.actor)?.message ?? null
    const [holdings, handovers, officers] = await Promise.all([holdingsOf(ctx.db, post.id), handoversOf(ctx.db, post.id), officerQuery && !refused ? findOfficers(ctx.db, officerQuery, today, post.unitPath) : []])
    return sendDesk(
      request, reply, { title: post.title, here: 'posts', status: more.errors ? 422 : 200, crumbs: [{ label: 'Chức danh', href: '/admin/posts' }, { label: post.title }] },
      <PostScreen ctx={ctx} post={post} holdings={holdings} today={today} refused={refused} officerQuery={officerQuery} officers={officers} handovers={handovers} {...more} />,
    )
  }

  app.get<Id>('/posts/:id', async (request, reply) => sendPost(request, reply, await postIn(request, request.params.id), one(queryOf(request), 'officer')))

  const told = (error: unknown): Invalid['fields'] => {
    if (error instanceof Invalid) return error.fields
    if (error instanceof Conflict) return [{ key: 'from', message: error.message }]
    throw error
  }

  app.post<Id>('/posts/:id/holdings', { config: { confirm: true } }, async (request, reply) => {
    const post = await postIn(request, request.params.id)
    const body = bodyOf(request)
    const dates = readBody(DATES, { from: body['give.from'], to: body['give.to'] }) as Record<string, string | null>
    const officer = one(body, 'officer')
    try {
      await giveHolding(request.ctx, { post: post.id, officer, from: dates['from'] ?? '', to: dates['to'] ?? null })
    } catch (error) {
      return sendPost(request, reply, post, one(body, 'q'), { errors: told(error), values: { ...dates, officer }, failed: 'give' })
    }
    say(request, reply, { message: 'Đã giao chức danh. Người nhận thấy chức danh này từ lần đăng nhập hoặc chọn chức danh tiếp theo.' })
    return seeOther(reply, postHref(post))
  })

  app.post<Id>('/posts/:id/endings', { config: { confirm: true } }, async (request, reply) => {
    const post = await postIn(request, request.params.id)
    const body = bodyOf(request)
    const dates = readBody(END, { to: body['to'] }) as Record<string, string | null>
    try {
      await endHolding(request.ctx, { post: post.id, officer: one(body, 'officer'), from: one(body, 'since'), to: dates['to'] ?? '' })
    } catch (error) {
      return sendPost(request, reply, post, '', { errors: told(error).map((fault) => ({ ...fault, key: 'to' })), values: dates, failed: 'end' })
    }
    say(request, reply, { message: 'Đã ghi ngày thôi giữ chức danh.' })
    return seeOther(reply, postHref(post))
  })
}
