// HTTP of reading a dossier: its screen, its files and papers, drafts of papers; all under the one policy.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { type Assignable, deskOfficers, elementsNow, mayAssign, listProcesses } from '#modules/work/index.ts'
import { type DossierView, draftOf, dossierFile, getPaper, paperFileName, paperPdf, answersFor, recordView, viewDossier, workItem, worklist } from '#modules/dossiers/index.ts'
import { getFile, openFile, type StoredFile } from '#modules/files/index.ts'
import { officerNames } from '#modules/org/index.ts'
import { seeOther } from '../../page.tsx'
import { bodyOf, many, one, queryOf } from '../answers.tsx'
import { say } from '../flash.ts'
import { sendDesk } from '../frame.tsx'
import { dossierHref } from '../words.tsx'
import { disposition } from '../../download.ts'
import { asked, calledDone, processSvg } from './course.tsx'
import { SHOWN_INLINE } from './matter.tsx'
import { readReasons } from './reasons.tsx'
import { DossierScreen } from './screen.tsx'

type Ref = { Params: { ref: string } }
type Id = { Params: { id: string } }

/** Nothing that was handed in may run as a page of ours. */
async function sendFile(request: FastifyRequest, reply: FastifyReply, file: StoredFile): Promise<FastifyReply> {
  const { stream, size } = await openFile(request.ctx, file)
  const inline = SHOWN_INLINE.includes(file.type)
  reply.header('x-content-type-options', 'nosniff').header('cache-control', 'private, max-age=300')
  if (file.type !== 'application/pdf') reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  return reply
    .type(file.type === 'text/plain' ? 'text/plain; charset=utf-8' : file.type)
    .header('content-length', size)
    .header('content-disposition', disposition(inline ? 'inline' : 'attachment', file.name))
    .send(stream)
}

const sendPdf = (reply: FastifyReply, bytes: Uint8Array, name: string): FastifyReply =>
  reply
    .type('application/pdf')
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', disposition('inline', name))
    .send(Buffer.from(bytes))

/** Whom a head may give the next step to: specialists of the desk on which the head's own step lies. */
async function assigneesOf({ ctx }: FastifyRequest, view: DossierView): Promise<Map<string, Assignable[]>> {
  const steps = view.mine.filter((item) => item.role === 'lanh_dao_phong' && item.unitId !== null && mayAssign(item, ctx.actor) === null && !item.outcomes.some((one) => one.effect === 'approve' || one.effect === 'sign'))
  return new Map(await Promise.all(steps.map(async (item) => [item.id, await deskOfficers(ctx.db, item.unitId!, 'chuyen_vien', localDate(ctx.now))] as const)))
}

export async function dossierRoutes(app: FastifyInstance): Promise<void> {
  app.get<Ref>('/dossiers/:ref', async (request, reply) => {
    const { ctx } = request
    const view = await viewDossier(ctx, request.params.ref)
    const { dossier } = view
    if (dossier.state === 'NHAP') return seeOther(reply, `/desk/counter/filings/${dossier.id}/form`)
    await recordView(ctx, view, 'dossier')
    const answers = await answersFor(ctx, view, many(queryOf(request), 'hien'))
    const [names, lit] = await Promise.all([
      officerNames(ctx.db, [...view.items.map((item) => item.claimedBy), dossier.filedBy]), elementsNow(ctx.db, dossier.id),
    ])
    const done = view.items.filter((item) => item.state === 'done' && item.link === null).map((item) => item.step)
    const processes = await listProcesses(ctx.db, dossier.id)
    const svg = await processSvg(view.version, lit, [...done, ...calledDone(view, processes)], asked(view, lit))
    const pictures = await Promise.all(processes.filter((one) => one.link === 'call').map(async (one) => ({
      id: `process-${one.id}`, title: `${one.name}${one.status === 'ended' ? ' (đã xong)' : ''}`,
      svg: await processSvg({ bpmn: one.bpmn, bpmnDigest: one.definition }, one.now, view.items.filter((item) => item.processId === one.id && item.state === 'done').map((item) => item.step)),
    })))
    return sendDesk(
      request, reply,
      { title: `${dossier.code} ${dossier.applicant.fullName}`, here: 'dossiers', crumbs: [{ label: 'Việc cần làm', href: '/desk' }, { label: dossier.code! }] },
      <DossierScreen ctx={{ ...ctx, calendar: await calendarOf(ctx.db, ctx, dossier.decidedUnitId ?? dossier.receivedUnitId) }} view={view} hidden={new Set(answers.hidden)} names={names} assignees={await assigneesOf(request, view)} filer={dossier.filedBy ? (names.get(dossier.filedBy) ?? dossier.filedBy) : null} svg={svg} pictures={pictures} />,
    )
  })

  app.get<Id>('/files/:id', async (request, reply) => {
    const opened = await dossierFile(request.ctx, request.params.id)
    await recordView(request.ctx, opened, 'file', opened.file.id)
    return sendFile(request, reply, opened.file)
  })

  app.get<{ Params: { ref: string; id: string } }>('/dossiers/:ref/papers/:id', async (request, reply) => {
    const id = request.params.id.replace(/\.pdf$/, '')
    const opened = await getPaper(request.ctx, request.params.ref, { id })
    const { dossier, paper } = opened
    await recordView(request.ctx, opened, 'paper', paper.kind)
    if (paper.fileId) return sendFile(request, reply, { ...(await getFile(request.ctx.db, paper.fileId)), name: paperFileName(dossier, paper) })
    return sendPdf(reply, await paperPdf(request.ctx, paper), paperFileName(dossier, paper))
  })

  app.get<Ref>('/dossiers/:ref/receipt.pdf', async (request, reply) => {
    const { dossier, paper } = await getPaper(request.ctx, request.params.ref, { kind: 'receipt' })
    return seeOther(reply, dossierHref(dossier, `/papers/${paper.id}.pdf`))
  })

  app.get<Id>('/work/:id/draft', async (request, reply) =>
    sendPdf(reply, await draftOf(request.ctx, { item: request.params.id, outcome: one(queryOf(request), 'outcome'), reasons: [], note: null }), 'du-thao.pdf'))

  app.post<Id>('/work/:id/draft', async (request, reply) => {
    const body = bodyOf(request)
    const { dossier } = await workItem(request.ctx, request.params.id)
    const { reasons } = readReasons((await viewDossier(request.ctx, dossier.id)).version.record, body)
    const pdf = await draftOf(request.ctx, { item: request.params.id, outcome: one(body, 'outcome'), reasons, note: one(body, 'note') || null })
    return sendPdf(reply, pdf, 'du-thao.pdf')
  })

  /** The most urgent work that is mine, else that nobody has. */
  app.get('/next', async (request, reply) => {
    const { ctx } = request
    for (const claimed of ['mine', 'nobody'] as const) {
      const [first] = await worklist(ctx, { claimed, limit: 1 })
      if (first) return seeOther(reply, dossierHref(first.dossier))
    }
    say(request, reply, { message: 'Không còn việc nào chờ ở bàn này.' })
    return seeOther(reply, '/desk')
  })
}
