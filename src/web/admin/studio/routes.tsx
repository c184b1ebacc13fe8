// The workshop under /admin/procedures/drafts: list, beginning, dropping; and every tab's own routes, each in its file.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden, Invalid } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { beginDraft, type BeginDraft, dropDraft, getDraft, isProcedureAuthor, listDrafts, searchProcedures } from '#modules/procedures/index.ts'
import { bodyOf, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { seeOther } from '../../page.tsx'
import { received } from '../../received.ts'
import { partsBuilderRoutes } from './builder/parts-routes.tsx'
import { formBuilderRoutes } from './builder/routes.tsx'
import { textsBuilderRoutes } from './builder/texts-routes.tsx'
import { formTabRoutes } from './form-tabs.tsx'
import { DraftsScreen, type ListView } from './list.tsx'
import { draftPartRoutes } from './parts.ts'
import { feeRoutes } from './fees/routes.tsx'
import { historyRoutes } from './history/routes.tsx'
import { caseRoutes } from './routes-cases.tsx'
import { processTabRoutes } from './process/routes.tsx'
import { publishRoutes } from './routes-publish.tsx'
import { versionRoutes } from './routes-versions.tsx'
import { draftHref } from './tab-list.ts'

const LARGEST = 4_000_000
type Id = { Params: { id: string } }

/** Registered by the routes of procedures; each room's tab is one line here and one in tab-list.ts. */
export async function studioRoutes(app: FastifyInstance): Promise<void> {
  await app.register(draftListRoutes)
  await app.register(draftPartRoutes)
  await app.register(formTabRoutes)
  await app.register(feeRoutes)
  await app.register(historyRoutes)
  await app.register(formBuilderRoutes)
  await app.register(partsBuilderRoutes)
  await app.register(textsBuilderRoutes)
  await app.register(processTabRoutes)
  await app.register(caseRoutes)
  await app.register(publishRoutes)
  await app.register(versionRoutes)
}

async function needAuthor(request: FastifyRequest): Promise<void> {
  if (await isProcedureAuthor(request.ctx.db, request.ctx.actor)) return
  throw new Forbidden('procedures.not_publisher', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống soạn và công bố được thủ tục.')
}

async function listPage(request: FastifyRequest, reply: FastifyReply, more: Pick<ListView, 'typed' | 'faults'> = {}): Promise<FastifyReply> {
  const { ctx } = request
  const q = one(queryOf(request), 'q').slice(0, 200)
  const [drafts, author, found] = await Promise.all([
    listDrafts(ctx.db), isProcedureAuthor(ctx.db, ctx.actor), q ? searchProcedures(ctx.db, { q, on: localDate(ctx.now), limit: 12 }) : [],
  ])
  return sendDesk(request, reply, { title: 'Bản nháp thủ tục', here: 'procedures', status: more.faults ? 422 : 200, crumbs: [{ label: 'Thủ tục', href: '/admin/procedures' }, { label: 'Bản nháp' }] },
    <DraftsScreen drafts={drafts} author={author} q={q} found={found} {...more} />)
}

async function begin(request: FastifyRequest, reply: FastifyReply, input: BeginDraft, typed: ListView['typed'] = {}): Promise<FastifyReply> {
  try {
    const { id, existing } = await beginDraft(request.ctx, input)
    if (existing) say(request, reply, { message: 'Thủ tục này đang có bản nháp; đây là bản đó. Sửa tiếp cùng mọi người, hoặc bỏ bản nháp này trước khi mở bản khác.', tone: 'info' })
    return seeOther(reply, draftHref(id))
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return listPage(request, reply, { typed, faults: error.fields })
  }
}

async function uploaded(request: FastifyRequest): Promise<string> {
  const { file } = await received(request, { largest: LARGEST, tooLarge: 'Tệp lớn hơn 4 MB; bản ghi thủ tục không bao giờ lớn như vậy.' })
  if (!file) throw new Invalid([{ key: 'file', message: 'Chọn một tệp rồi bấm lại.' }])
  return file.bytes.toString('utf8')
}

async function draftListRoutes(app: FastifyInstance): Promise<void> {
  app.get('/procedures/drafts', (request, reply) => listPage(request, reply))

  app.post('/procedures/drafts', { preHandler: needAuthor }, async (request, reply) => {
    const body = bodyOf(request)
    const typed = { code: one(body, 'code'), name: one(body, 'name') }
    const from = one(body, 'from')
    if (from === 'version' || from === 'copy') return begin(request, reply, { from, version: one(body, 'version') })
    if (from === 'abolition') return begin(request, reply, { from, code: typed.code })
    return begin(request, reply, { from: 'scratch', ...typed }, typed)
  })

  app.post('/procedures/drafts/files', { preHandler: needAuthor, config: { csrf: 'in-body' } }, async (request, reply) => {
    try {
      return await begin(request, reply, { from: 'file', text: await uploaded(request) })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return listPage(request, reply, { faults: error.fields })
    }
  })

  app.get<Id>('/procedures/drafts/:id', async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    return reply.redirect(draftHref(draft.id, 'basics'), 303)
  })

  app.post<Id>('/procedures/drafts/:id/dropping', { preHandler: needAuthor }, async (request, reply) => {
    await dropDraft(request.ctx, { draft: request.params.id, note: one(bodyOf(request), 'note') })
    say(request, reply, { message: 'Đã bỏ bản nháp. Nội dung vẫn xem lại được trong danh sách các bản nháp đã xong.', tone: 'good' })
    return seeOther(reply, '/admin/procedures/drafts')
  })
}
