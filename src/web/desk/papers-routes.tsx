// HTTP of papers at the desk: previewed, printed again, taken back for another, put into envelopes.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Invalid, NotFound, orThrow } from '#core/errors.ts'
import {
  canReplacePaper, getPaper, type LetterForm, lettersPdf, PAPER_LABELS, type PaperKind, paperFileName, postings, previewPaper, replacePaper, reprint,
} from '#modules/dossiers/index.ts'
import { seeOther } from '../page.tsx'
import { bodyOf, day, many, one, queryOf } from './answers.tsx'
import { readLines } from './dossier/reasons.tsx'
import { say } from './flash.ts'
import { sendDesk } from './frame.tsx'
import { LettersScreen, paperHref, ReplaceScreen } from './papers.tsx'
import { sendPdf } from './papers-send.ts'
import { dossierHref } from './words.tsx'

interface Ref { Params: { ref: string } }
interface One { Params: { ref: string; id: string } }

/** The fields of an act's form, as they stand. Reasons: `reasons` (codes), `detail.CODE`, `concerns.CODE`. */
function previewOf(request: FastifyRequest<Ref>) {
  const body = { ...queryOf(request), ...bodyOf(request) }
  const kind = one(body, 'kind')
  if (!(kind in PAPER_LABELS)) throw new NotFound('dossiers.no_paper', 'Không có loại giấy tờ này.')
  const reasons = many(body, 'reasons').map((code) => ({ code, detail: one(body, `detail.${code}`) || null, concerns: one(body, `concerns.${code}`) || null }))
  return {
    dossier: request.params.ref, kind: kind as PaperKind, reasons, note: one(body, 'note') || null, item: one(body, 'item') || undefined,
    lines: readLines(body), newDueOn: day(body, 'newDueOn') || null, requested: one(body, 'requested') === '1',
  }
}

async function preview(request: FastifyRequest<Ref>, reply: FastifyReply): Promise<FastifyReply> {
  return sendPdf(reply, await previewPaper(request.ctx, previewOf(request)), 'ban-xem-truoc.pdf')
}

const crumbs = (dossier: { code: string | null }, last: string) => [{ label: 'Hồ sơ', href: '/desk/dossiers' }, { label: dossier.code ?? '', href: dossierHref(dossier as never) }, { label: last }]

export async function paperRoutes(app: FastifyInstance): Promise<void> {
  app.get<Ref>('/dossiers/:ref/papers/preview', preview)
  app.post<Ref>('/dossiers/:ref/papers/preview', preview)

  app.post<One>('/dossiers/:ref/papers/:id/reprints', async (request, reply) => {
    const { dossier, paper, pdf } = await reprint(request.ctx, { dossier: request.params.ref, paper: request.params.id })
    return sendPdf(reply, pdf, paperFileName(dossier, paper))
  })

  app.get<One>('/dossiers/:ref/papers/:id/replacement', async (request, reply) => {
    const { dossier, paper } = await getPaper(request.ctx, request.params.ref, { id: request.params.id })
    orThrow(canReplacePaper(dossier, paper, request.ctx.actor))
    return sendDesk(request, reply, { title: 'Thu hồi, cấp bản thay thế', here: 'dossiers', crumbs: crumbs(dossier, 'Thu hồi giấy tờ') }, <ReplaceScreen dossier={dossier} paper={paper} />)
  })

  app.post<One>('/dossiers/:ref/papers/:id/replacement', async (request, reply) => {
    const { ref, id } = request.params
    const reason = one(bodyOf(request), 'reason')
    try {
      const { dossier, paper } = await replacePaper(request.ctx, { dossier: ref, paper: id, reason })
      say(request, reply, { message: 'Đã thu hồi bản cũ và cấp bản thay thế.', link: { href: paperHref(dossier, { id: paper }, '.pdf'), label: 'Mở bản mới' } })
      return seeOther(reply, dossierHref(dossier))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const { dossier, paper } = await getPaper(request.ctx, ref, { id })
      return sendDesk(request, reply, { title: 'Thu hồi, cấp bản thay thế', here: 'dossiers', status: 422, crumbs: crumbs(dossier, 'Thu hồi giấy tờ') },
        <ReplaceScreen dossier={dossier} paper={paper} reason={reason} errors={error.fields} />)
    }
  })

  app.get<Ref>('/dossiers/:ref/envelope.pdf', async (request, reply) => {
    const form = (one(queryOf(request), 'form') || 'dl') as LetterForm
    return sendPdf(reply, await lettersPdf(request.ctx, { dossiers: [request.params.ref], form }), `phong-bi-${request.params.ref}.pdf`)
  })

  app.get('/letters', async (request, reply) =>
    sendDesk(request, reply, { title: 'Gửi bưu chính', here: 'letters' }, <LettersScreen rows={await postings(request.ctx)} chosen={[]} form="dl" skip="0" />))

  app.post('/letters', async (request, reply) => {
    const body = bodyOf(request)
    const [dossiers, form, skip] = [many(body, 'dossiers'), one(body, 'form'), one(body, 'skip')]
    try {
      return sendPdf(reply, await lettersPdf(request.ctx, { dossiers, form: form as LetterForm, skip: skip || 0 }), 'phong-bi.pdf')
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return sendDesk(request, reply, { title: 'Gửi bưu chính', here: 'letters', status: 422 },
        <LettersScreen rows={await postings(request.ctx)} chosen={dossiers} form={form} skip={skip} errors={error.fields} />)
    }
  })
}
