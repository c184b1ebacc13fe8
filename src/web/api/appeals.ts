// Appeals for programs: lodged under the dossier, seen and decided under their own address.

import { z } from 'zod'
import { type Appeal, APPEAL_STATES, decideAppeal, listAppeals, lodgeAppeal, viewAppeal } from '#modules/appeals/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import type { Ctx } from '#core/ctx.ts'
import { ActBody, Ref } from './inputs.ts'
import { route, type Route } from './route.ts'
import * as shapes from './shapes.ts'

const Id = z.object({ id: z.string().min(1).max(100).describe('Mã đề nghị') })
const text = z.string().nullish()

const AppealShape = z.strictObject({
  id: z.uuid(), dossier: z.string(), procedure: z.string(), against: z.enum(['refusal', 'supplement', 'stop', 'unresolved']), state: z.enum(['open', 'upheld', 'overturned']), stateLabel: z.string(),
  unit: z.string().nullable(), unitName: z.string().nullable(), words: z.string().nullable(), lodgedAt: shapes.Instant, dueAt: shapes.Instant, derivation: z.string(), late: z.boolean(),
  decidedAt: shapes.Instant.nullable(), decidedBy: z.string().nullable(), reasons: z.array(z.strictObject({ text: z.string(), clause: z.string().nullable() })), note: z.string().nullable(),
})

async function shown(ctx: Ctx, appeals: readonly Appeal[]): Promise<z.input<typeof AppealShape>[]> {
  const units = new Map((await listUnitsById(ctx.db, appeals.map((one) => one.unitId))).map((unit) => [unit.id, unit]))
  return appeals.map((one) => ({
    id: one.id, dossier: one.dossierCode, procedure: one.procedureCode, against: one.against, state: one.state, stateLabel: APPEAL_STATES[one.state], unit: units.get(one.unitId)?.code ?? null,
    unitName: units.get(one.unitId)?.name ?? null, words: one.words, lodgedAt: one.lodgedAt.toISOString(), dueAt: one.dueAt.toISOString(), derivation: one.derivation,
    late: (one.decidedAt ?? ctx.now) > one.dueAt, decidedAt: one.decidedAt?.toISOString() ?? null, decidedBy: one.decidedByName,
    reasons: (one.decision?.reasons ?? []).map(({ text: words, clause }) => ({ text: words, clause })), note: one.decision?.note ?? null,
  }))
}

const first = async (ctx: Ctx, appeal: Appeal) => (await shown(ctx, [appeal]))[0]!

export const appealRoutes: readonly Route[] = [
  route({
    id: 'lodgeAppeal', method: 'POST', path: '/dossiers/{id}/appeal', tag: 'Đề nghị xem xét lại', access: 'signed-in', params: Ref, body: z.object({ note: text, words: text }),
    summary: 'Người nộp đề nghị cơ quan cấp trên xem xét lại việc từ chối, yêu cầu bổ sung, dừng hoặc trả hồ sơ; gửi hai lần vẫn là một đề nghị.',
    problems: { 401: 'chưa đăng nhập', 403: 'không phải người nộp', 409: 'không có quyết định nào để xem xét lại' }, answer: AppealShape,
    handle: async ({ ctx, params, body }) => first(ctx, await lodgeAppeal(ctx, { dossier: params.id, words: body.words ?? body.note ?? null })),
  }),
  route({
    id: 'listAppeals', method: 'GET', path: '/appeals', tag: 'Đề nghị xem xét lại', access: 'signed-in', summary: 'Các đề nghị người gọi được xem: của mình, hoặc do cơ quan mình xem xét; gấp nhất trước.',
    query: z.object({ open: z.enum(['true', 'false']).optional().describe('Chỉ đề nghị đang chờ, hoặc chỉ đề nghị đã trả lời') }), answer: z.strictObject({ items: z.array(AppealShape) }),
    handle: async ({ ctx, query }) => ({ items: await shown(ctx, await listAppeals(ctx, { open: query.open === undefined ? undefined : query.open === 'true' })) }),
  }),
  route({
    id: 'getAppeal', method: 'GET', path: '/appeals/{id}', tag: 'Đề nghị xem xét lại', access: 'signed-in', summary: 'Một đề nghị xem xét lại.', params: Id, answer: AppealShape,
    problems: { 401: 'chưa đăng nhập', 404: 'không có, hoặc không được xem' }, handle: async ({ ctx, params }) => first(ctx, (await viewAppeal(ctx, params.id)).appeal),
  }),
  route({
    id: 'decideAppeal', method: 'POST', path: '/appeals/{id}/decision', tag: 'Đề nghị xem xét lại', access: 'signed-in', params: Id,
    body: ActBody.pick({ reasons: true, note: true }).extend({ how: z.string().nullish().describe('uphold: giữ nguyên; overturn: chấp nhận đề nghị') }),
    summary: 'Cơ quan cấp trên trả lời: giữ nguyên hoặc chấp nhận, có lý do gắn với điều khoản. Chấp nhận thì hồ sơ được mở lại hoặc yêu cầu bổ sung bị hủy.',
    problems: { 401: 'chưa đăng nhập', 403: 'không phải việc của vị trí công tác này', 404: 'không có, hoặc không được xem', 409: 'đã có người trả lời' }, answer: AppealShape,
    async handle({ ctx, params, body }) {
      const { appeal } = await viewAppeal(ctx, params.id)
      return first(ctx, await decideAppeal(ctx, { appeal: appeal.id, how: body.how as 'uphold', reasons: body.reasons, note: body.note ?? null }))
    },
  }),
]
