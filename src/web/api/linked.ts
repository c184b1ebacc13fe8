// Linked work for programs: opinions of other agencies, hand-overs with the control slip, and who is competent.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { Conflict, Forbidden, NotFound } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import {
  answerConsultation, askable, consult, type ConsultInput, type ConsultationView, controlSlipPdf, CONSULTATION_STATES, dossierOfConsultation, needDossier, openDossier, OPINIONS, remind,
  RESULT_LABELS, type SlipRow, viewDossier, withdrawConsultation,
} from '#modules/dossiers/index.ts'
import { liveUnit } from '#modules/org/index.ts'
import { competence } from '#modules/procedures/index.ts'
import { disposition } from '../download.ts'
import { Ref } from './inputs.ts'
import { fileRoute, route, type Route } from './route.ts'
import * as shapes from './shapes.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const PROBLEMS = { 401: 'chưa đăng nhập', 403: 'không phải việc của vị trí công tác này', 409: 'trạng thái không cho phép, hoặc người khác đã làm trước' }

const Consultation = z.strictObject({
  id: z.uuid(), item: z.uuid().describe('Bước đang hỏi'), answerItem: z.uuid().describe('Việc trả lời ở đơn vị được hỏi'), unitName: z.string(),
  question: z.string().describe('Trống với người nộp hồ sơ'), askedByName: z.string(), askedAt: shapes.Instant, dueAt: shapes.Instant, days: z.number().int(),
  silence: z.enum(['alarm', 'agree']), clause: z.string().nullable(), state: z.enum(['open', 'answered', 'silent', 'withdrawn']), stateLabel: z.string(), late: z.boolean(),
  opinion: z.enum(['agree', 'disagree', 'other']).nullable(), opinionLabel: z.string().nullable(), answer: z.string().nullable(), answeredAt: shapes.Instant.nullable(),
  answeredByName: z.string().nullable(), file: z.uuid().nullable(), remindedAt: shapes.Instant.nullable(), withdrawnReason: z.string().nullable(),
})

const shown = (one: ConsultationView): z.input<typeof Consultation> => ({
  id: one.id, item: one.itemId, answerItem: one.answerItemId, unitName: one.unitName, question: one.question, askedByName: one.askedByName, askedAt: one.askedAt.toISOString(),
  dueAt: one.dueAt.toISOString(), days: one.days, silence: one.silence, clause: one.clause, state: one.state, stateLabel: CONSULTATION_STATES[one.state], late: one.late,
  opinion: one.opinion, opinionLabel: one.opinion && OPINIONS[one.opinion], answer: one.answer, answeredAt: iso(one.answeredAt), answeredByName: one.answeredByName,
  file: one.fileId, remindedAt: iso(one.remindedAt), withdrawnReason: one.withdrawnReason,
})

const Id = z.object({ id: z.string().max(100) })
const noConsultation = () => new NotFound('dossiers.no_consultation', 'Không có yêu cầu lấy ý kiến này, hoặc ông/bà không xem được hồ sơ của nó.')

/** Throws NotFound for a consultation whose dossier the caller may not read. */
async function needConsultation(ctx: Ctx, id: string): Promise<{ id: string; dossier: string }> {
  const dossier = await dossierOfConsultation(ctx.db, id)
  if (!dossier) throw noConsultation()
  await needDossier(ctx.db, ctx, dossier)
  return { id, dossier }
}

async function oneOf(ctx: Ctx, dossier: string, id: string): Promise<z.input<typeof Consultation>> {
  return shown((await viewDossier(ctx, dossier)).consultations.find((one) => one.id === id)!)
}

/** The caller's one step from which opinions may be asked. */
async function askingStep(ctx: Ctx, ref: string): Promise<string> {
  const { dossier, items } = await openDossier(ctx, ref)
  const steps = askable(dossier, items, ctx)
  if (steps.length === 1) return steps[0]!.id
  if (steps.length > 1) throw new Conflict('dossiers.which_step', `Ông/bà có ${steps.length} bước lấy ý kiến được; ghi item là một trong: ${steps.map((one) => `${one.id} (${one.name})`).join(', ')}.`)
  throw new Forbidden('dossiers.no_asking_step', 'Không có bước nào của vị trí công tác này để lấy ý kiến; chỉ người đang xử lý hồ sơ hỏi được.')
}

const act = (id: string, noun: string, summary: string, deed: (ctx: Ctx, input: { consultation: string; reason?: string | null }) => Promise<unknown>): Route =>
  route({
    id, method: 'POST', path: `/consultations/{id}/${noun}`, tag: 'Lấy ý kiến', access: 'signed-in', summary, params: Id, problems: PROBLEMS, answer: Consultation,
    before: async (ctx, params) => void (await needConsultation(ctx, params.id)),
    body: z.object({ reason: z.string().max(1000).nullish().describe('Lý do, nếu có') }),
    async handle({ ctx, params, body }) {
      const { dossier } = await needConsultation(ctx, params.id)
      await deed(ctx, { consultation: params.id, reason: body.reason })
      return oneOf(ctx, dossier, params.id)
    },
  })

const Side = z.strictObject({ agency: z.string(), role: z.string().nullable(), name: z.string().nullable() })
const Handover = z.strictObject({
  no: z.number().int(), kind: z.enum(['transfer', 'step', 'consultation', 'opinion', 'return']), step: z.string().nullable(), from: Side, to: Side, handedAt: shapes.Instant,
  dueAt: shapes.Instant.nullable(), rule: z.string().nullable(), receivedAt: shapes.Instant.nullable(), result: z.enum(['early', 'on_time', 'late']).nullable(),
  resultLabel: z.string().nullable(), note: z.string().nullable(),
})

const side = ({ agency, role, name }: SlipRow['from']) => ({ agency, role, name })

export const linkedRoutes: readonly Route[] = [
  route({
    id: 'listConsultations', method: 'GET', path: '/dossiers/{id}/consultations', tag: 'Lấy ý kiến', access: 'signed-in', params: Ref,
    summary: 'Các cơ quan được lấy ý kiến: hỏi gì, hạn, trả lời đúng hạn, muộn hay im lặng. Người nộp chỉ thấy hỏi ai và đến khi nào.',
    problems: { 401: 'chưa đăng nhập' }, answer: z.strictObject({ items: z.array(Consultation) }),
    handle: async ({ ctx, params }) => ({ items: (await viewDossier(ctx, params.id)).consultations.map(shown) }),
  }),
  route({
    id: 'consult', method: 'POST', path: '/dossiers/{id}/consultations', tag: 'Lấy ý kiến', access: 'signed-in', params: Ref, status: 201,
    summary: 'Lấy ý kiến nhiều đơn vị cùng lúc, mỗi đơn vị câu hỏi, hạn và quy tắc im lặng riêng.',
    description: 'Bước đang xử lý chỉ làm xong được khi mọi đơn vị đã trả lời, im lặng theo quy định, hoặc yêu cầu được rút. Đơn vị trả lời muộn không kéo dài thời hạn của hồ sơ.',
    problems: PROBLEMS, answer: z.strictObject({ items: z.array(Consultation) }),
    before: async (ctx, params) => void (await needDossier(ctx.db, ctx, params.id)),
    body: z.object({
      item: z.uuid().nullish().describe('Bước đang hỏi; bỏ trống khi chỉ có một'), asks: z.array(z.unknown()).describe('Mỗi đơn vị: unit, question, days, silence (alarm | agree), clause'),
      clientKey: z.string().max(200).nullish().describe('Gửi lại với cùng khóa thì không hỏi lần nữa'),
    }),
    async handle({ ctx, params, body }) {
      const item = body.item ?? (await askingStep(ctx, params.id))
      const asked = await consult(ctx, { item, asks: body.asks, clientKey: body.clientKey } as z.input<typeof ConsultInput>)
      const ids = new Set(asked.map((one) => one.id))
      return { items: (await viewDossier(ctx, params.id)).consultations.filter((one) => ids.has(one.id)).map(shown) }
    },
  }),
  route({
    id: 'answerConsultation', method: 'POST', path: '/consultations/{id}/answer', tag: 'Lấy ý kiến', access: 'signed-in', params: Id, problems: PROBLEMS, answer: Consultation,
    summary: 'Trả lời ý kiến. Sau khi đã hết hạn coi như đồng ý thì được lưu là ý kiến muộn, không tự làm thay đổi gì.',
    before: async (ctx, params) => void (await needConsultation(ctx, params.id)),
    body: z.object({ opinion: z.enum(['agree', 'disagree', 'other'], 'Chọn opinion: agree, disagree hoặc other.'), text: z.string().max(10_000).nullish().describe('Bắt buộc khi không đồng ý hoặc có ý kiến khác') }),
    async handle({ ctx, params, body }) {
      const { dossier } = await needConsultation(ctx, params.id)
      await answerConsultation(ctx, { consultation: params.id, ...body })
      return oneOf(ctx, dossier, params.id)
    },
  }),
  act('remindConsultation', 'reminder', 'Nhắc đơn vị được hỏi; không quá một lần trong bốn giờ.', remind),
  act('withdrawConsultation', 'withdrawal', 'Rút yêu cầu lấy ý kiến; bước đang xử lý không chờ nữa.', withdrawConsultation),
  route({
    id: 'listHandovers', method: 'GET', path: '/dossiers/{id}/handovers', tag: 'Hồ sơ', access: 'signed-in', params: Ref,
    summary: 'Các lần giao nhận của hồ sơ (Mẫu 06), cũ trước; chỉ dành cho cơ quan.', problems: { 401: 'chưa đăng nhập', 403: 'chỉ dành cho cơ quan' },
    answer: z.strictObject({ items: z.array(Handover) }),
    async handle({ ctx, params }) {
      const view = await viewDossier(ctx, params.id)
      if (ctx.actor.kind !== 'officer') throw new Forbidden('dossiers.inside_only', 'Phiếu kiểm soát là giấy tờ nội bộ của cơ quan; ông/bà xem diễn biến của hồ sơ.')
      return {
        items: view.slip.map((row, i) => ({
          no: i + 1, kind: row.kind, step: row.step, from: side(row.from), to: side(row.to), handedAt: row.handedAt.toISOString(), dueAt: iso(row.dueAt), rule: row.rule,
          receivedAt: iso(row.receivedAt), result: row.standing, resultLabel: row.standing && RESULT_LABELS[row.standing], note: row.note,
        })),
      }
    },
  }),
  fileRoute({
    id: 'getControlSlip', method: 'GET', path: '/dossiers/{id}/control-slip.pdf', tag: 'Hồ sơ', access: 'signed-in', params: Ref, file: 'application/pdf',
    summary: 'Phiếu kiểm soát quá trình giải quyết (Mẫu 06) đến lúc này.', problems: { 401: 'chưa đăng nhập', 409: 'chưa giao nhận lần nào' },
    async handle({ ctx, params, reply }) {
      const { pdf, name } = await controlSlipPdf(ctx, params.id)
      return reply.type('application/pdf').header('cache-control', 'no-store').header('content-disposition', disposition('inline', name)).send(Buffer.from(pdf))
    },
  }),
  route({
    id: 'getCompetence', method: 'GET', path: '/competence', tag: 'Thủ tục', access: 'anyone',
    summary: 'Ai có thẩm quyền: thủ tục, nơi và ngày cho một đơn vị, căn cứ và cách xác định. Mã và tên cũ trước 1/7/2025 ra đơn vị của hôm nay.',
    query: z.object({
      procedure: z.string('Ghi mã thủ tục (procedure).').max(20), place: z.string().max(200).optional().describe('Mã hoặc tên xã, phường, đơn vị; cũ hay mới'), village: z.string().max(200).optional().describe('Thôn, tổ dân phố: xã đã chia thì ra đúng nơi kế tục'),
      received: z.string().max(60).optional().describe('Mã nơi nộp, cho thủ tục giải quyết tại nơi nộp'), on: z.iso.date('Ngày có dạng NNNN-TT-NN.').optional().describe('Hôm nay nếu bỏ trống'),
    }),
    answer: z.strictObject({
      unit: z.string(), unitName: z.string(), clause: z.string(), sure: z.enum(['found', 'memory']), how: z.string(), asked: z.string().nullable(), others: z.array(z.strictObject({ unit: z.string(), unitName: z.string() })),
    }),
    async handle({ ctx, query }) {
      const found = await competence(ctx.db, {
        procedure: query.procedure, place: query.place ?? (query.received ? 'noi_nop' : null), ...(query.village ? { words: query.village } : {}), on: query.on ?? localDate(ctx.now),
        ...(query.received ? { received: await liveUnit(ctx.db, query.received) } : {}),
      })
      return {
        unit: found.unit.code, unitName: found.unit.name, clause: found.clause, sure: found.sure, how: found.how, asked: found.asked?.name ?? null,
        others: found.others.map((one) => ({ unit: one.code, unitName: one.name })),
      }
    },
  }),
]
