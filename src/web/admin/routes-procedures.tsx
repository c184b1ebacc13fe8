// HTTP of procedures for those who control and publish them.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { fold } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { essentials } from '#modules/catalogue/index.ts'
import { findUnitByKey, getUnit, type Unit, unitKeys } from '#modules/org/index.ts'
import { buildDmn, checkRecord, getVersion, importProcess, inForceOn, isProcedureAuthor, lifecycleOf, listDrafts, reviewRule, reviewStates, bringRecord, listComing, listSharedProcesses, listVersions, newestOf, searchProcedures, type Version } from '#modules/procedures/index.ts'
import { one, queryOf } from '../desk/answers.tsx'
import { processSvg } from '../desk/dossier/course.tsx'
import { say } from '../desk/flash.ts'
import { PROCEDURE_KEEPERS, sendDesk } from '../desk/frame.tsx'
import { asDownload } from '../download.ts'
import { seeOther } from '../page.tsx'
import { received } from '../received.ts'
import { ImportScreen } from './import.tsx'
import { studioRoutes } from './studio/routes.tsx'
import { draftHref } from './studio/tab-list.ts'
import { type CaseResult, ProceduresScreen, procedureHref, VersionScreen } from './procedures.tsx'

const LARGEST = 4_000_000
const crumb = { label: 'Thủ tục', href: '/admin/procedures' }

/** The same who may write: the platform's administrators and the province's controllers. */
const mayImport = (request: FastifyRequest): Promise<boolean> => isProcedureAuthor(request.ctx.db, request.ctx.actor)

async function publisher(request: FastifyRequest): Promise<void> {
  if (await mayImport(request)) return
  throw new Forbidden('procedures.not_publisher', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống công bố được thủ tục.')
}

async function keeper(request: FastifyRequest): Promise<void> {
  if (holds(request.ctx.actor, PROCEDURE_KEEPERS)) return
  throw new Forbidden('procedures.not_keeper', 'Phần này dành cho cán bộ kiểm soát thủ tục hành chính và quản trị hệ thống.')
}

/** Runs the golden cases now, with today's calendar and catalogues. */
async function runCases(request: FastifyRequest, version: Version): Promise<{ cases: CaseResult[]; faults: string[] }> {
  const { calendar, catalogs } = request.ctx
  const { faults } = await checkRecord(version.record, { calendar, catalogs })
  const of = (i: number) => faults.filter((fault) => fault.path.startsWith(`cases[${i}].`)).map((fault) => fault.message.replace(/^ca mẫu "[^"]*": /, ''))
  return {
    cases: version.record.cases.map(({ title, channel, receivedAt }, i) => ({ title, channel, receivedAt, faults: of(i) })),
    faults: faults.filter((fault) => !/^cases\[\d+\]\./.test(fault.path)).map((fault) => `${fault.path}: ${fault.message}`),
  }
}

/** Names of the departments a record mentions by key. */
async function namesFor(request: FastifyRequest, version: Version): Promise<(key: string) => string | null> {
  const { db, actor } = request.ctx
  const { competence, steps } = version.record
  const keys = [...new Set([competence.department, ...steps.map((step) => step.unit)].filter((key): key is string => !!key && /^[a-z][a-z0-9_]*$/.test(key)))]
  const around = actor.kind === 'officer' ? await getUnit(db, actor.posts[0]!.unitId) : null
  const units = await Promise.all(keys.map((key) => (around ? findUnitByKey(db, key, around) : null)))
  const names = new Map(keys.flatMap((key, i) => { const unit: Unit | null = units[i] ?? null; return unit ? [[key, unit.name] as const] : [] }))
  return (key) => names.get(key) ?? null
}

async function uploaded(request: FastifyRequest): Promise<{ name: string; text: string }> {
  const { file } = await received(request, { largest: LARGEST, tooLarge: 'Tệp lớn hơn 4 MB; bản ghi thủ tục không bao giờ lớn như vậy.' })
  return { name: file?.name ?? '', text: file?.bytes.toString('utf8') ?? '' }
}

export async function procedureRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('preHandler', keeper)
  await app.register(studioRoutes)

  app.get('/procedures', async (request, reply) => {
    const { ctx } = request
    const q = one(queryOf(request), 'q').slice(0, 200)
    const [essential, found, coming] = await Promise.all([essentials(ctx), searchProcedures(ctx.db, { q, on: localDate(ctx.now), limit: 500 }), listComing(ctx.db, localDate(ctx.now))])
    const sought = coming.filter((one) => fold(`${one.name} ${one.code}`).includes(fold(q)))
    return sendDesk(request, reply, { title: 'Thủ tục', here: 'procedures' }, <ProceduresScreen q={q} essential={essential} found={found} coming={sought} canImport={await mayImport(request)} />)
  })

  app.get<{ Params: { code: string } }>('/procedures/:code', async (request, reply) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const versions = await listVersions(ctx.db, request.params.code)
    const current = inForceOn(versions, today)
    const asked = Number(one(queryOf(request), 'version')) || (current ?? versions[0])?.number
    const summary = versions.find((one) => one.number === asked)
    if (!summary) throw new NotFound('procedures.none', 'Không có thủ tục hoặc phiên bản này. Xem lại mã ở danh sách thủ tục.')
    const version = await getVersion(ctx.db, summary.id)
    const { cases, faults } = await runCases(request, version)
    const newest = newestOf(versions)?.number === version.number
    const [drafts, author, reviews, rule] = await Promise.all([listDrafts(ctx.db, { code: version.code }), mayImport(request), reviewStates(ctx.db, today, version.code), reviewRule(ctx.db, today)])
    const acts = {
      code: version.code, version, newest, author, rule, life: lifecycleOf(version, versions, today), draft: drafts.find((one) => one.state === 'open')?.id ?? null, review: current?.number === version.number ? (reviews[0] ?? null) : null,
    }
    return sendDesk(request, reply, { title: version.name, here: 'procedures', crumbs: [crumb, { label: version.code }] },
      <VersionScreen
        ctx={ctx} version={version} versions={versions} acts={acts} today={today} cases={cases} faults={faults}
        svg={await processSvg(version, [])} unitName={await namesFor(request, version)}
      />)
  })

  /** The file as it decides: pinned with the version, drawn anew only for one that is older than the tables. */
  app.get<{ Params: { code: string } }>('/procedures/:code/fees.dmn', async (request, reply) => {
    const { ctx } = request
    const versions = await listVersions(ctx.db, request.params.code)
    const asked = Number(one(queryOf(request), 'version')) || versions[0]?.number
    const summary = versions.find((version) => version.number === asked)
    if (!summary) throw new NotFound('procedures.none', 'Không có thủ tục hoặc phiên bản này. Xem lại mã ở danh sách thủ tục.')
    const version = await getVersion(ctx.db, summary.id)
    return reply
      .type('application/xml; charset=utf-8')
      .header('content-disposition', asDownload(`${version.code}-v${version.number}-fees.dmn`))
      .send(version.dmn ?? (await buildDmn(version.record)))
  })

  const importPage = async (request: FastifyRequest, reply: FastifyReply, more: { fileName?: string; faults?: Invalid['fields'] } = {}) =>
    sendDesk(request, reply, { title: 'Nhập bản ghi thủ tục', here: 'procedures', status: more.faults ? 422 : 200, crumbs: [crumb, { label: 'Nhập bản ghi' }] }, <ImportScreen {...more} shared={await listSharedProcesses(request.ctx.db)} />)

  app.get('/procedures/imports', { preHandler: publisher }, async (request, reply) => importPage(request, reply))

  app.post('/procedures/imports', { preHandler: publisher, config: { csrf: 'in-body' } }, async (request, reply) => {
    let name = ''
    try {
      const file = await uploaded(request)
      name = file.name
      if (/\.bpmn$/i.test(name)) {
        const kept = await importProcess(request.ctx, name.replace(/^.*[\\/]/, '').replace(/\.bpmn$/i, ''), file.text)
        say(request, reply, { message: { new: `Đã nhập quy trình dùng chung “${kept.title}”.`, changed: `Đã nhập bản ${kept.number} của quy trình “${kept.title}”; hồ sơ đang giải quyết giữ bản cũ.`, same: 'Quy trình này đã có, không có gì thay đổi.' }[kept.outcome], tone: 'good' })
        return seeOther(reply, '/admin/procedures/imports')
      }
      const done = await bringRecord(request.ctx, file.text, await unitKeys(request.ctx.db))
      if (done.outcome === 'same') {
        say(request, reply, { message: 'Bản ghi này đã có, không có gì thay đổi.', tone: 'info' })
        return seeOther(reply, procedureHref(done.code, done.version))
      }
      say(request, reply, { message: `“${done.name}” không có lỗi và đã thành bản nháp. Bấm “Trình công bố” để một cán bộ khác đọc lại và công bố.`, tone: 'good' })
      return seeOther(reply, draftHref(done.draft, 'publish'))
    } catch (error) {
      if (error instanceof Invalid) return importPage(request, reply, { fileName: name, faults: error.fields })
      throw error
    }
  })
}
