// HTTP of opinions on the desk: the page that asks, the asking, the answer with its file, reminding and taking back; and the control slip.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import {
  answerConsultation, askable, consult, controlSlipPdf, dossierOfConsultation, type DossierView, recordView, remind, unitsToAsk, viewDossier, withdrawConsultation,
} from '#modules/dossiers/index.ts'
import type { Staged } from '#modules/files/index.ts'
import { canStandBeside } from '#modules/work/index.ts'
import { receiveForm } from '../form/receive.ts'
import { seeOther } from '../page.tsx'
import { checkCsrf } from '../session/index.ts'
import { type Body, bodyOf, one, queryOf } from './answers.tsx'
import { AnswerPage, AskPage, type AskPageProps, type AskRow, emptyRow } from './consult.tsx'
import { disposition } from '../download.ts'
import { say } from './flash.ts'
import { sendDesk } from './frame.tsx'
import { SlipPage } from './slip.tsx'
import { dossierHref } from './words.tsx'

type Ref = { Params: { ref: string } }
type Id = { Params: { id: string } }

const crumbs = (view: DossierView, last: string) => [{ label: 'Việc cần làm', href: '/desk' }, { label: view.dossier.code!, href: dossierHref(view.dossier) }, { label: last }]

function rowsOf(body: Body): AskRow[] {
  const count = Math.min(Math.max(Number(one(body, 'rows')) || 1, 1), 20)
  return Array.from({ length: count }, (_, i) => ({
    unit: one(body, `unit-${i}`), question: one(body, `question-${i}`), days: one(body, `days-${i}`) || '3', silence: one(body, `silence-${i}`) || 'alarm', clause: one(body, `clause-${i}`),
  }))
}

const isBlank = (row: AskRow): boolean => row.unit === '' && row.question === ''

async function sendAsk(request: FastifyRequest, reply: FastifyReply, ref: string, item: string, more: Pick<AskPageProps, 'rows' | 'clientKey' | 'errors' | 'refused'>): Promise<FastifyReply> {
  const view = await viewDossier(request.ctx, ref)
  const step = view.items.find((each) => each.id === item) ?? askable(view.dossier, view.items, request.ctx)[0]
  if (!step) throw new NotFound('work.no_item', 'Hồ sơ không có bước nào ở bàn này để lấy ý kiến.')
  if (!more.refused && !more.errors) orThrow(canStandBeside(step, request.ctx.actor))
  const units = await unitsToAsk(request.ctx.db, view.dossier)
  return sendDesk(request, reply, { title: 'Lấy ý kiến', here: 'work', status: more.errors ? 422 : more.refused ? 409 : 200, crumbs: crumbs(view, 'Lấy ý kiến') },
    <AskPage view={view} item={step} units={units} {...more} />)
}

/** Where a consultation stands, for whoever may read its dossier. */
async function found(request: FastifyRequest, id: string, dossierId: string) {
  const view = await viewDossier(request.ctx, dossierId)
  const consultation = view.consultations.find((each) => each.id === id)
  if (!consultation) throw new NotFound('dossiers.no_consultation', 'Không có yêu cầu lấy ý kiến này trong hồ sơ.')
  return { view, consultation }
}

export async function consultRoutes(app: FastifyInstance): Promise<void> {
  app.get<Ref>('/dossiers/:ref/consultations/new', (request, reply) =>
    sendAsk(request, reply, request.params.ref, one(queryOf(request), 'item'), { rows: [emptyRow], clientKey: randomUUID() }))

  app.post<Ref>('/dossiers/:ref/consultations/rows', (request, reply) => {
    const body = bodyOf(request)
    return sendAsk(request, reply, request.params.ref, one(body, 'item'), { rows: [...rowsOf(body), emptyRow], clientKey: one(body, 'clientKey') || randomUUID() })
  })

  app.post<Ref>('/dossiers/:ref/consultations', async (request, reply) => {
    const body = bodyOf(request)
    const all = rowsOf(body)
    const rows = all.some((row) => !isBlank(row)) ? all.filter((row) => !isBlank(row)) : all.slice(0, 1)
    const clientKey = one(body, 'clientKey') || randomUUID()
    const item = one(body, 'item')
    try {
      const asked = await consult(request.ctx, {
        item, clientKey, asks: rows.map((row) => ({ ...row, days: /^\d{1,3}$/.test(row.days) ? Number(row.days) : Number.NaN, silence: row.silence as 'alarm' | 'agree', clause: row.clause || null })),
      })
      say(request, reply, { message: asked.length === 1 ? 'Đã gửi lấy ý kiến.' : `Đã gửi lấy ý kiến ${asked.length} đơn vị.`, tone: 'good' })
      return seeOther(reply, dossierHref({ id: asked[0]!.dossierId, code: request.params.ref }, '#consultations'))
    } catch (error) {
      if (error instanceof Invalid) return sendAsk(request, reply, request.params.ref, item, { rows, clientKey, errors: error.fields })
      if (error instanceof Conflict) return sendAsk(request, reply, request.params.ref, item, { rows, clientKey, refused: error.message })
      throw error
    }
  })

  app.post<Id>('/consultations/:id/answer', { config: { csrf: 'in-body' } }, async (request, reply) => {
    let file: Staged | null = null
    const { body, faults } = request.isMultipart()
      ? await receiveForm(request, async (_field, staged) => void (file = staged))
      : receivePlain(request)
    const { id } = request.params
    try {
      if (faults.length > 0) throw new Invalid(faults)
      const answered = await answerConsultation(request.ctx, { consultation: id, opinion: one(body, 'opinion') as never, text: one(body, 'text') || null, file })
      say(request, reply, { message: answered.state === 'silent' ? 'Đã lưu ý kiến muộn; nơi hỏi đọc được.' : 'Đã gửi trả lời ý kiến.', tone: 'good', link: { href: '/desk/next', label: 'Việc kế tiếp' } })
      return seeOther(reply, `/desk/dossiers/${answered.dossierId}`)
    } catch (error) {
      const known = error instanceof Invalid ? await dossierOfConsultation(request.ctx.db, id) : null
      if (!(error instanceof Invalid) || !known) throw error
      const { view, consultation } = await found(request, id, known)
      return sendDesk(request, reply, { title: 'Trả lời ý kiến', here: 'work', status: 422, crumbs: crumbs(view, 'Trả lời ý kiến') },
        <AnswerPage view={view} one={consultation} text={one(body, 'text')} opinion={one(body, 'opinion')} message={error.fields.map((fault) => fault.message).join(' ')} />)
    }
  })

  app.post<Id>('/consultations/:id/reminder', async (request, reply) => {
    const reminded = await remind(request.ctx, { consultation: request.params.id })
    say(request, reply, { message: 'Đã nhắc cơ quan được hỏi.', tone: 'good' })
    return seeOther(reply, `/desk/dossiers/${reminded.dossierId}#consultations`)
  })

  app.post<Id>('/consultations/:id/withdrawal', async (request, reply) => {
    const taken = await withdrawConsultation(request.ctx, { consultation: request.params.id, reason: one(bodyOf(request), 'reason') || null })
    say(request, reply, { message: 'Đã rút yêu cầu lấy ý kiến.' })
    return seeOther(reply, `/desk/dossiers/${taken.dossierId}#consultations`)
  })

  app.get<Ref>('/dossiers/:ref/slip', async (request, reply) => {
    const view = await viewDossier(request.ctx, request.params.ref)
    return sendDesk(request, reply, { title: `Phiếu kiểm soát ${view.dossier.code}`, here: 'dossiers', crumbs: crumbs(view, 'Phiếu kiểm soát') }, <SlipPage view={view} />)
  })

  app.get<Ref>('/dossiers/:ref/slip.pdf', async (request, reply) => {
    const view = await viewDossier(request.ctx, request.params.ref)
    const { pdf, name } = await controlSlipPdf(request.ctx, view.dossier.id)
    await recordView(request.ctx, view, 'paper', 'control_slip')
    return reply.type('application/pdf').header('cache-control', 'no-store').header('content-disposition', disposition('inline', name)).send(Buffer.from(pdf))
  })
}

/** A form without a file. */
function receivePlain(request: FastifyRequest): { body: Body; faults: readonly { key: string; message: string }[] } {
  const body = bodyOf(request)
  checkCsrf(request, body['_csrf'])
  return { body, faults: [] }
}
