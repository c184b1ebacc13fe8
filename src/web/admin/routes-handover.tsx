// HTTP of leaving a post: the list of what is held, the hand-over, its minutes.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { findHandover, getPost, handOver, heldBy, keeps, listPosts, type Minutes, type PostRow } from '#modules/org/index.ts'
import { bodyOf, one, queryOf } from '../desk/answers.tsx'
import { say } from '../desk/flash.ts'
import { sendDesk } from '../desk/frame.tsx'
import { seeOther } from '../page.tsx'
import { HandoverScreen, type HandoverView, MinutesScreen } from './handover.tsx'
import { postHref } from './units.tsx'

type Id = { Params: { id: string } }

const inTree = (path: string, kept: string | null | undefined): boolean => kept === null || (kept !== undefined && (path === kept || path.startsWith(`${kept}.`)))

/** Throws Forbidden for whoever keeps no unit, whatever they ask for. */
function keeper(request: FastifyRequest): void {
  if (keeps(request.ctx.actor) === undefined) throw new Forbidden('org.not_administrator', 'Phần này dành cho quản trị đơn vị và quản trị hệ thống.')
}

async function postIn(request: FastifyRequest, id: string): Promise<PostRow> {
  keeper(request)
  const post = await getPost(request.ctx.db, id, localDate(request.ctx.now))
  if (inTree(post.unitPath, keeps(request.ctx.actor))) return post
  throw new NotFound('org.no_post', 'Không có chức danh này trong phạm vi quản trị của ông/bà.')
}

export async function handoverRoutes(app: FastifyInstance): Promise<void> {
  async function sendForm(request: FastifyRequest, reply: FastifyReply, post: PostRow, officer: string, more: Partial<HandoverView> = {}) {
    const { ctx } = request
    const { leaving, groups } = await heldBy(ctx, { post: post.id, officer })
    const tree = post.unitPath.split('.').slice(0, 2).join('.')
    const held = await listPosts(ctx.db, { within: tree, on: localDate(ctx.now), limit: 400 })
    const colleagues = new Map(held.flatMap((row) => (row.holder && row.holder.id !== officer ? [[row.holder.id, { id: row.holder.id, name: row.holder.name, title: `${row.title}, ${row.unitName}` }] as const] : [])))
    return sendDesk(request, reply, { title: 'Bàn giao', here: 'posts', status: more.errors ? 422 : 200, crumbs: [{ label: 'Chức danh', href: '/admin/posts' }, { label: post.title, href: postHref(post) }, { label: 'Bàn giao' }] },
      <HandoverScreen post={post} leaving={leaving} groups={groups} colleagues={[...colleagues.values()].sort((a, b) => a.name.localeCompare(b.name, 'vi'))} {...more} />)
  }

  app.get<Id>('/posts/:id/handovers/new', async (request, reply) => {
    const post = await postIn(request, request.params.id)
    return sendForm(request, reply, post, one(queryOf(request), 'officer') || (post.holder?.id ?? ''))
  })

  app.post<Id>('/posts/:id/handovers', async (request, reply) => {
    const post = await postIn(request, request.params.id)
    const body = bodyOf(request)
    const officer = one(body, 'officer')
    const values = Object.fromEntries(Object.keys(body).map((key) => [key, one(body, key)]))
    const successors = Object.fromEntries(Object.entries(values).filter(([key, value]) => key.startsWith('to.') && value).map(([key, value]) => [key.slice(3), value]))
    try {
      const { id } = await handOver(request.ctx, { post: post.id, officer, successors, holder: values['holder'] || null, basis: values['basis'] ?? '' })
      say(request, reply, { message: 'Đã bàn giao. Phiên đăng nhập và khóa truy cập của chức danh đã hết hiệu lực.', link: { href: `/admin/handovers/${id}`, label: 'Biên bản bàn giao' } })
      return await seeOther(reply, postHref(post))
    } catch (error) {
      if (!(error instanceof Invalid) && !(error instanceof Conflict)) throw error
      return sendForm(request, reply, post, officer, { values, errors: error instanceof Invalid ? error.fields : [{ key: 'basis', message: error.message }] })
    }
  })

  app.get<Id>('/handovers/:id', async (request, reply) => {
    keeper(request)
    const row = /^[0-9a-f-]{36}$/i.test(request.params.id) ? await findHandover(request.ctx.db, request.params.id) : undefined
    if (!row) throw new NotFound('org.no_handover', 'Không có biên bản bàn giao này.')
    const post = await postIn(request, row.post_id)
    return sendDesk(request, reply, { title: 'Biên bản bàn giao', here: 'posts', crumbs: [{ label: 'Chức danh', href: '/admin/posts' }, { label: post.title, href: postHref(post) }, { label: 'Biên bản' }] },
      <MinutesScreen minutes={row.minutes as unknown as Minutes} madeAt={row.made_at} madeByName={row.made_by_name} lastOn={row.last_on as unknown as string} unitName={post.unitName} post={post} />)
  })
}
