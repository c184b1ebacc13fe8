// HTTP of the catalogue: demand, levels, plans, ways of speaking, the national list.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isDay } from '#core/fields/calendar.ts'
import { Conflict, Forbidden, Invalid, Unavailable } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import {
  addSaying, addTarget, approveRoadmap, confirmIntake, countCatalogue, demand, DemandInput, discardRoadmap, draftRoadmap, dropIntake, dropSaying, dropTarget, entryNews, findProcedures, type IntakeTaken, levelsOn, listIntakes, levelsOverTime, listRoadmaps,
  markEssential, mayKeepCatalogue, readBook, seeChange, syncNational, takeFile, unmarkEssential, viewIntake, viewRoadmap,
} from '#modules/catalogue/index.ts'
import { type Body, bodyOf, day, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { PROCEDURE_KEEPERS } from '../../desk/frame.tsx'
import { seeOther } from '../../page.tsx'
import { received } from '../../received.ts'
import { DemandScreen } from './demand.tsx'
import { EntriesScreen, LARGEST_LIST } from './entries.tsx'
import { sendCatalogue } from './frame.tsx'
import { IntakeScreen, intakeHref } from './intake.tsx'
import { LevelsScreen } from './levels.tsx'
import { RoadmapScreen, RoadmapsScreen, roadmapHref, type Values } from './roadmaps.tsx'
import { SayingsScreen } from './sayings.tsx'

type Id = { Params: { id: string } }
const valuesOf = (body: Body): Values => Object.fromEntries(Object.keys(body).map((name) => [name, one(body, name)]))
const keeps = ({ ctx }: FastifyRequest): Promise<boolean> => mayKeepCatalogue(ctx.db, ctx.actor)

/** Runs an act; faults of the input are shown on the page it came from, with everything that was written. */
async function orShow<T>(run: () => Promise<T>, shown: (fault: Invalid) => Promise<FastifyReply>): Promise<T | FastifyReply> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Invalid) return shown(error)
    throw error
  }
}

export async function catalogueRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('preHandler', async (request) => {
    if (!holds(request.ctx.actor, PROCEDURE_KEEPERS)) throw new Forbidden('catalogue.not_reader', 'Danh mục quản trị dành cho cán bộ kiểm soát thủ tục hành chính và quản trị hệ thống.')
  })

  app.get('/catalogue', async (request, reply) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const [from, to] = [day(queryOf(request), 'from'), day(queryOf(request), 'to')]
    const whole = { from: addDays(today, -364), to: today }
    const given = DemandInput.safeParse({ from: from || whole.from, to: to || whole.to })
    const fault = given.success ? null : given.error.issues[0]!.message
    return sendCatalogue(request, reply, 'demand', <DemandScreen found={await demand(ctx, given.success ? given.data : whole)} fault={fault} keeps={await keeps(request)} />, { status: fault ? 422 : 200 })
  })

  app.post('/catalogue/essentials', async (request, reply) => {
    const body = bodyOf(request)
    const mark = one(body, 'do') !== 'unmark'
    if (mark) await markEssential(request.ctx, { code: one(body, 'code'), basis: one(body, 'basis') })
    else await unmarkEssential(request.ctx, { code: one(body, 'code') })
    say(request, reply, { message: mark ? `Đã đánh dấu ${one(body, 'code')} là thiết yếu.` : `Đã bỏ dấu thiết yếu của ${one(body, 'code')}.`, tone: 'good' })
    return seeOther(reply, '/admin/catalogue')
  })

  app.get('/catalogue/levels', async (request, reply) => {
    const { ctx } = request
    const asked = day(queryOf(request), 'on')
    const fault = asked && !isDay(asked) ? 'Ghi ngày dạng năm-tháng-ngày, ví dụ 2026-06-30.' : null
    const [found, months] = await Promise.all([levelsOn(ctx, asked && !fault ? asked : localDate(ctx.now)), levelsOverTime(ctx)])
    return sendCatalogue(request, reply, 'levels', <LevelsScreen found={found} months={months} fault={fault} />, { status: fault ? 422 : 200 })
  })

  const plans = async (request: FastifyRequest, reply: FastifyReply, fault?: Invalid) =>
    sendCatalogue(request, reply, 'roadmaps',
      <RoadmapsScreen
        found={await listRoadmaps(request.ctx)} keeps={await keeps(request)} year={Number(localDate(request.ctx.now).slice(0, 4)) + 1}
        {...(fault ? { faults: fault.fields, values: valuesOf(bodyOf(request)) } : {})}
      />, { status: fault ? 422 : 200 })
  app.get('/catalogue/roadmaps', async (request, reply) => plans(request, reply))
  app.post('/catalogue/roadmaps', async (request, reply) =>
    orShow(async () => {
      const body = bodyOf(request)
      return seeOther(reply, roadmapHref(await draftRoadmap(request.ctx, { year: one(body, 'year'), name: one(body, 'name') })))
    }, (fault) => plans(request, reply, fault)))

  const plan = async (request: FastifyRequest, reply: FastifyReply, id: string, fault?: Invalid) => {
    const { ctx } = request
    const view = await viewRoadmap(ctx, id)
    const own = ctx.actor.kind === 'officer' && ctx.actor.id === view.roadmap.madeBy
    return sendCatalogue(request, reply, 'roadmaps',
      <RoadmapScreen view={view} keeps={await keeps(request)} own={own} {...(fault ? { faults: fault.fields, values: valuesOf(bodyOf(request)) } : {})} />, { status: fault ? 422 : 200, title: view.roadmap.name })
  }
  app.get<Id>('/catalogue/roadmaps/:id', async (request, reply) => plan(request, reply, request.params.id))
  app.post<Id>('/catalogue/roadmaps/:id/targets', async (request, reply) => {
    const { id } = request.params
    const body = bodyOf(request)
    return orShow(async () => {
      await addTarget(request.ctx, { roadmap: id, code: one(body, 'code'), agency: one(body, 'agency'), wanted: one(body, 'wanted') || 1, level: one(body, 'level') as never, quarter: one(body, 'quarter') })
      return seeOther(reply, roadmapHref({ id }))
    }, (fault) => plan(request, reply, id, fault))
  })
  app.post<{ Params: { id: string; target: string } }>('/catalogue/roadmaps/:id/targets/:target/removal', async (request, reply) => {
    await dropTarget(request.ctx, { roadmap: request.params.id, target: request.params.target })
    return seeOther(reply, roadmapHref(request.params))
  })
  app.post<Id>('/catalogue/roadmaps/:id/approval', async (request, reply) => {
    const { id } = request.params
    const body = bodyOf(request)
    return orShow(async () => {
      await approveRoadmap(request.ctx, { roadmap: id, decision: one(body, 'decision'), decidedOn: day(body, 'decidedOn') })
      say(request, reply, { message: 'Đã ghi phê duyệt lộ trình.', tone: 'good' })
      return seeOther(reply, roadmapHref({ id }))
    }, (fault) => plan(request, reply, id, fault))
  })
  app.post<Id>('/catalogue/roadmaps/:id/removal', async (request, reply) => {
    await discardRoadmap(request.ctx, { roadmap: request.params.id })
    say(request, reply, { message: 'Đã bỏ bản dự thảo lộ trình.', tone: 'good' })
    return seeOther(reply, '/admin/catalogue/roadmaps')
  })

  const sayings = async (request: FastifyRequest, reply: FastifyReply, fault?: Invalid) => {
    const { ctx } = request
    const q = one(queryOf(request), 'q').slice(0, 200)
    const begun = one(queryOf(request), 'say').slice(0, 200)
    return sendCatalogue(request, reply, 'sayings',
      <SayingsScreen
        book={await readBook(ctx, q)} q={q} tried={q ? await findProcedures(ctx, { q, limit: 5 }) : []} keeps={await keeps(request)}
        {...(fault ? { faults: fault.fields, values: valuesOf(bodyOf(request)) } : { values: { say: begun } })}
      />, { status: fault ? 422 : 200 })
  }
  app.get('/catalogue/sayings', async (request, reply) => sayings(request, reply))
  app.post('/catalogue/sayings', async (request, reply) =>
    orShow(async () => {
      const body = bodyOf(request)
      await addSaying(request.ctx, { say: one(body, 'say'), mean: one(body, 'mean') })
      say(request, reply, { message: 'Đã thêm cách nói; ô tìm kiếm hiểu ngay.', tone: 'good' })
      return seeOther(reply, `/admin/catalogue/sayings?${new URLSearchParams({ q: one(body, 'say').split('\n')[0]! })}`)
    }, (fault) => sayings(request, reply, fault)))
  app.post<Id>('/catalogue/sayings/:id/removal', async (request, reply) => {
    await dropSaying(request.ctx, { id: request.params.id })
    say(request, reply, { message: 'Đã bỏ cách nói.', tone: 'good' })
    return seeOther(reply, '/admin/catalogue/sayings')
  })

  const list = async (request: FastifyRequest, reply: FastifyReply, wrong?: { fileName: string; fault: Invalid }) => {
    const { ctx } = request
    const [news, counted, intakes] = await Promise.all([entryNews(ctx), countCatalogue(ctx), listIntakes(ctx)])
    return sendCatalogue(request, reply, 'entries', <EntriesScreen news={news} intakes={intakes} connected={!!ctx.national} {...counted} keeps={await keeps(request)} {...(wrong ? { fileName: wrong.fileName, faults: wrong.fault.fields } : {})} />, { status: wrong ? 422 : 200 })
  }
  app.get('/catalogue/entries', async (request, reply) => list(request, reply))
  app.post<Id>('/catalogue/changes/:id/seen', async (request, reply) => {
    await seeChange(request.ctx, { id: request.params.id })
    return seeOther(reply, '/admin/catalogue/entries')
  })
  app.post('/catalogue/entries', { config: { csrf: 'in-body' } }, async (request, reply) => {
    const { fields, file } = await received(request, { largest: LARGEST_LIST, tooLarge: 'Tệp lớn hơn 20 MB; danh mục quốc gia không lớn như vậy.' })
    const [fileName, text] = [file?.name ?? '', file?.bytes.toString('utf8') ?? '']
    return orShow(async () => {
      return after(request, reply, await takeFile(request.ctx, jsonOf(text), { source: fields.get('source')?.normalize('NFC').slice(0, 200) || 'Cổng Dịch vụ công quốc gia', whole: fields.get('whole') === '1' }))
    }, (fault) => list(request, reply, { fileName, fault }))
  })
  app.post('/catalogue/sync', async (request, reply) => {
    try {
      return await after(request, reply, await syncNational(request.ctx))
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof Unavailable || error instanceof Invalid)) throw error
      say(request, reply, { message: error instanceof Invalid ? `${error.message} ${error.fields[0]?.message ?? ''}` : error.message, tone: 'bad' })
      return seeOther(reply, '/admin/catalogue/entries')
    }
  })
  app.get<Id>('/catalogue/intakes/:id', async (request, reply) =>
    sendCatalogue(request, reply, 'entries', <IntakeScreen found={await viewIntake(request.ctx, request.params.id)} keeps={await keeps(request)} />, { title: 'Danh mục chờ xác nhận' }))
  app.post<Id>('/catalogue/intakes/:id/confirmation', async (request, reply) => after(request, reply, await confirmIntake(request.ctx, { id: request.params.id, gone: one(bodyOf(request), 'gone') })))
  app.post<Id>('/catalogue/intakes/:id/removal', async (request, reply) => {
    await dropIntake(request.ctx, { id: request.params.id })
    say(request, reply, { message: 'Đã bỏ; danh mục đang có còn nguyên.', tone: 'good' })
    return seeOther(reply, '/admin/catalogue/entries')
  })
}

/** Where a list that was taken in leads: to what it changed, or to the question whether it may. */
async function after(request: FastifyRequest, reply: FastifyReply, taken: IntakeTaken): Promise<FastifyReply> {
  if (taken.kind === 'waits') return seeOther(reply, intakeHref(taken))
  const { report } = taken
  const repeated = report.repeated.length > 0 ? ` ${report.repeated.length} mã ghi hai lần, lấy dòng sau.` : ''
  say(request, reply, { message: `Đã đọc ${report.rows} dòng: ${report.added} mới, ${report.changed} đổi, ${report.gone} không còn, ${report.same} như cũ.${repeated}`, tone: 'good' })
  return seeOther(reply, '/admin/catalogue/entries')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Invalid([{ key: '', message: text.trim() === '' ? 'Chọn tệp danh mục rồi gửi lại.' : 'Tệp không phải JSON đọc được; kiểm tra lại tệp đã tải về trọn vẹn chưa.' }], 'Danh mục chưa dùng được.')
  }
}
