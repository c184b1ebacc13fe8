// The acts on a filed dossier: each a noun under its address, each answering with where the dossier stands now.

import type { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { localDate } from '#core/workdays/index.ts'
import {
  accept, cancelPending, collect, type Dossier, type DutyLine, type GivenReason, needDossier, type ReasonAct, reasonsFor, refuse, requestSupplement, returnResult, supplement, withdraw,
} from '#modules/dossiers/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { ActBody, FormBody, Ref } from './inputs.ts'
import { route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import * as show from './show.ts'

type Said = z.output<typeof ActBody>

export interface SaidBody {
  readonly reasons: GivenReason[]
  readonly note: string | null
  readonly explanation: string | null
  readonly lines: DutyLine[]
}

/** `reason` may be the code of a reason or free words; words go where notes go, and are no reason by themselves. */
export async function reasonsAndNote(ctx: Ctx, versionId: string, said: Said): Promise<SaidBody> {
  const { reason, reasons, note, explanation, lines } = said
  const rest = { explanation: explanation ?? null, lines: lines ?? [] }
  if (!reason) return { reasons, note: note ?? null, ...rest }
  const { record } = await getVersion(ctx.db, versionId)
  const known = ACTS.some((one) => reasonsFor(record as never, one, localDate(ctx.now)).some(({ code }) => code === reason))
  if (known) return { reasons: [...reasons, { code: reason }], note: note ?? null, ...rest }
  return { reasons, note: [reason, note].filter(Boolean).join('\n') || null, ...rest }
}

const ACTS = ['refusal', 'supplement', 'stop', 'unresolved', 'financial', 'apology'] as const satisfies readonly ReasonAct[]

type Deed = (ctx: Ctx, input: { dossier: string } & SaidBody) => Promise<Dossier>

const PROBLEMS = { 401: 'chưa đăng nhập', 403: 'không phải việc của vị trí công tác này', 409: 'trạng thái hồ sơ không cho phép, hoặc người khác đã làm trước' }

const act = (id: string, name: string, summary: string, deed: Deed): Route =>
  route({
    id, method: 'POST', path: `/dossiers/{id}/${name}`, tag: 'Việc trên hồ sơ', access: 'signed-in', summary, params: Ref, body: ActBody, problems: PROBLEMS,
    answer: shapes.DossierBrief,
    async handle({ ctx, params, body }) {
      const { id: dossier, versionId } = await needDossier(ctx.db, ctx, params.id)
      return show.brief(await deed(ctx, { dossier, ...(await reasonsAndNote(ctx, versionId, body)) }))
    },
  })

export const actRoutes: readonly Route[] = [
  act('acceptDossier', 'acceptance', 'Tiếp nhận: đồng hồ giải quyết bắt đầu chạy, có giấy tiếp nhận (Mẫu 01).', accept),
  act('refuseDossier', 'refusal', 'Từ chối tiếp nhận, nêu lý do người dân hiểu được (Mẫu 03).', refuse),
  act('requestSupplement', 'supplement-request', 'Yêu cầu bổ sung, mọi điểm trong một lần (Mẫu 02); sau tiếp nhận thì đồng hồ dừng.', requestSupplement),
  route({
    id: 'supplementDossier', method: 'POST', path: '/dossiers/{id}/supplement', tag: 'Việc trên hồ sơ', access: 'signed-in',
    summary: 'Người nộp đã bổ sung xong; đồng hồ chạy tiếp. Giấy tờ gửi trước qua /parts.',
    params: Ref, body: ActBody.extend({ form: FormBody.nullish() }), problems: PROBLEMS, answer: shapes.DossierBrief,
    handle: async ({ ctx, params, body }) =>
      show.brief(await supplement(ctx, { dossier: params.id, note: body.note ?? body.reason ?? null, form: body.form ?? undefined })),
  }),
  act('withdrawDossier', 'withdrawal', 'Người nộp rút hồ sơ; được khi kết quả chưa ký.', (ctx, { dossier, note, reasons }) =>
    withdraw(ctx, { dossier, note: note ?? (reasons.length > 0 ? reasons.map(({ code }) => code).join(', ') : null) })),
  act('returnDossier', 'return', 'Trả kết quả: một cửa trả tại quầy; người nộp gọi thì là nhận trực tuyến.', (ctx, input) =>
    ctx.actor.kind === 'citizen' ? collect(ctx, { dossier: input.dossier }) : returnResult(ctx, input)),
  route({
    id: 'cancelSupplementChanges', method: 'POST', path: '/dossiers/{id}/supplement-cancellation', tag: 'Việc trên hồ sơ', access: 'signed-in',
    summary: 'Bỏ các thay đổi chưa gửi của lần bổ sung; những gì đã nộp giữ nguyên.', params: Ref, problems: PROBLEMS, answer: shapes.DossierBrief,
    handle: async ({ ctx, params }) => show.brief(await cancelPending(ctx, { dossier: params.id })),
  }),
]
