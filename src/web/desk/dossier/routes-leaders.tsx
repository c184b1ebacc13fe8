// HTTP of what leaders and those who handle money decide: a page that asks, the act, and back to the dossier; nothing typed is ever lost.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid, orThrow } from '#core/errors.ts'
import { apologise, type Dossier, extendTerm, noticeDuty, permitSupplement, settleDuty, stopDossier, viewDossier } from '#modules/dossiers/index.ts'
import type { Staged } from '#modules/files/index.ts'
import { receiveForm } from '../../form/receive.ts'
import { seeOther } from '../../page.tsx'
import { checkCsrf } from '../../session/index.ts'
import { type Body, bodyOf, day, one } from '../answers.tsx'
import { say } from '../flash.ts'
import { sendDesk } from '../frame.tsx'
import { dossierHref } from '../words.tsx'
import { LEADER_ACTS, type LeaderAct, LeaderPage } from './leaders.tsx'
import { readLines, readReasons } from './reasons.tsx'

type Ref = { Params: { ref: string } }

const DONE: Readonly<Record<LeaderAct, string>> = {
  'supplement-permit': 'Đã cho phép yêu cầu bổ sung thêm một lần; lý do được ghi trong hồ sơ.', apology: 'Đã gửi văn bản xin lỗi và hẹn lại.', extension: 'Đã gia hạn; người nộp được báo hẹn trả mới.',
  stop: 'Đã dừng giải quyết; người nộp nhận thông báo cùng lý do.', 'financial-notice': 'Đã thông báo số tiền phải nộp.', 'financial-proof': 'Đã ghi nhận chứng từ; hồ sơ được giải quyết tiếp.',
}

async function carryOut(request: FastifyRequest<Ref>, act: LeaderAct, body: Body, file: Staged | null): Promise<Dossier> {
  const { ctx } = request
  const dossier = request.params.ref
  const note = one(body, 'note') || null
  const reasons = async () => readReasons((await viewDossier(ctx, dossier)).version.record, body).reasons
  switch (act) {
    case 'supplement-permit':
      return permitSupplement(ctx, { dossier, reason: one(body, 'reason') || null })
    case 'apology':
      return apologise(ctx, { dossier, note, newDueOn: day(body, 'newDueOn') || null, reasons: await reasons() })
    case 'extension':
      return extendTerm(ctx, { dossier, note })
    case 'stop':
      return stopDossier(ctx, { dossier, note, reasons: await reasons() })
    case 'financial-notice':
      return noticeDuty(ctx, { dossier, note, lines: readLines(body) })
    case 'financial-proof':
      return settleDuty(ctx, { dossier, number: one(body, 'number') || null, on: day(body, 'on') || null, note, file })
  }
}

async function received(request: FastifyRequest<Ref>): Promise<{ body: Body; file: Staged | null; faults: readonly { key: string; message: string }[] }> {
  if (!request.isMultipart()) {
    const body = bodyOf(request)
    checkCsrf(request, body['_csrf'])
    return { body, file: null, faults: [] }
  }
  let file: Staged | null = null
  const { body, faults } = await receiveForm(request, async (field, staged) => {
    if (field === 'file') file = staged
  })
  return { body, file, faults }
}

async function show(request: FastifyRequest<Ref>, reply: FastifyReply, act: LeaderAct, more: { status?: number; body?: Body; errors?: Invalid['fields']; refused?: string } = {}): Promise<FastifyReply> {
  const view = await viewDossier(request.ctx, request.params.ref)
  const { dossier } = view
  return sendDesk(
    request, reply,
    { title: LEADER_ACTS[act], here: 'work', status: more.status, crumbs: [{ label: 'Việc cần làm', href: '/desk' }, { label: dossier.code ?? '', href: dossierHref(dossier) }, { label: LEADER_ACTS[act] }] },
    <LeaderPage ctx={request.ctx} view={view} act={act} body={more.body} errors={more.errors} refused={more.refused} />,
  )
}

export async function leaderRoutes(app: FastifyInstance): Promise<void> {
  for (const act of Object.keys(LEADER_ACTS) as LeaderAct[]) {
    app.get<Ref>(`/dossiers/:ref/${act}`, async (request, reply) => {
      orThrow((await viewDossier(request.ctx, request.params.ref)).acts[act])
      return show(request, reply, act)
    })
    app.post<Ref>(`/dossiers/:ref/${act}`, act === 'financial-proof' ? { config: { csrf: 'in-body' as const } } : {}, async (request, reply) => {
      const { body, file, faults } = await received(request)
      try {
        if (faults.length > 0) throw new Invalid(faults)
        const after = await carryOut(request, act, body, file)
        say(request, reply, { message: DONE[act] })
        return seeOther(reply, dossierHref(after))
      } catch (error) {
        if (error instanceof Invalid) return show(request, reply, act, { status: 422, body, errors: error.fields })
        if (error instanceof Conflict) return show(request, reply, act, { status: 409, body, refused: error.message })
        throw error
      }
    })
  }
}
