// Procedures for programs: search, the whole record in plain words and as form schema, deadlines, and what a filing would come to.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { AppError, Invalid } from '#core/errors.ts'
import { toJsonSchema } from '#core/form/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { findProcedures, findPublished } from '#modules/catalogue/index.ts'
import { evaluate, explain, getProcedure, getVersion, listVersions, type Version } from '#modules/procedures/index.ts'
import { FormBody, Moment } from './inputs.ts'
import { byOffset, page, paged } from './paging.ts'
import { route, type Route } from './route.ts'
import * as shapes from './shapes.ts'

const Row = z.strictObject({
  code: z.string(), name: z.string(), version: z.number().int(), field: z.string(), level: z.string().describe('Mức độ trực tuyến'), levels: z.array(z.string()),
  targets: z.array(z.string()), effectiveFrom: shapes.Day, effectiveTo: shapes.Day.nullable(),
})

const loose = z.record(z.string(), z.unknown())
const Reason = z.strictObject({ code: z.string(), text: z.string(), clause: z.string() })
export const TermShape = z.looseObject({ value: z.number(), unit: z.string() })

const Procedure = z.strictObject({
  ...Row.shape,
  summary: z.string(),
  keywords: z.array(z.string()),
  legalBasis: z.array(loose),
  onlineLevel: z.string(),
  term: TermShape,
  channels: z.array(z.strictObject({ channel: shapes.Channel, label: z.string(), term: TermShape, termText: z.string(), note: z.string().nullable() })),
  competence: loose,
  decidedBy: z.string(),
  conditions: z.array(z.string()),
  fees: z.array(z.looseObject({ code: z.string(), name: z.string(), amountText: z.string() })),
  exemptions: z.array(z.string()),
  parts: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  steps: z.array(z.strictObject({
    id: z.string(), name: z.string(), role: z.string(), unit: z.string().nullable(), hours: z.number(), clock: z.string(), status: z.number().int().nullable(),
    outcomes: z.array(shapes.Outcome),
  })),
  route: z.array(z.string()).describe('Các bước khi mọi việc thuận lợi'),
  results: z.array(z.looseObject({ name: z.string() })),
  reasons: z.strictObject({ refusal: z.array(Reason), supplement: z.array(Reason), unresolved: z.array(Reason) }),
  formSchema: loose.describe('JSON Schema 2020-12 của tờ khai'),
  form: loose.describe('Định nghĩa tờ khai như trong bản ghi thủ tục'),
})

export const Code = z.object({ code: z.string().min(1).max(200) })

const row = (version: Pick<Version, 'code' | 'name' | 'number' | 'fieldName' | 'onlineLevel' | 'levels' | 'targets' | 'effectiveFrom' | 'effectiveTo'>): z.input<typeof Row> => ({
  code: version.code, name: version.name, version: version.number, field: version.fieldName, level: version.onlineLevel, levels: [...version.levels],
  targets: [...version.targets], effectiveFrom: version.effectiveFrom, effectiveTo: version.effectiveTo,
})

/** The version in force on the day, else today's, else the newest: to see what a procedure not yet in force would say. Throws NotFound. */
async function versionAt(ctx: Ctx, code: string, at: Date): Promise<Version> {
  for (const on of [localDate(at), localDate(ctx.now)]) {
    try {
      return await getProcedure(ctx.db, code, on)
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 404) throw error
    }
  }
  const [newest] = await listVersions(ctx.db, code)
  return newest ? getVersion(ctx.db, newest.id) : getProcedure(ctx.db, code, localDate(ctx.now))
}

function describe(ctx: Ctx, version: Version): z.input<typeof Procedure> {
  const { record } = version
  const words = explain(record)
  return {
    ...row(version), summary: record.summary, keywords: [...(record.keywords ?? [])], legalBasis: [...record.legalBasis], onlineLevel: words.onlineLevel, term: record.term,
    channels: record.channels.map((one, at) => ({
      channel: one.channel, label: words.channels[at]!.label, term: one.term ?? record.term, termText: words.channels[at]!.term, note: one.note ?? null,
    })),
    competence: record.competence, decidedBy: words.decidedBy, conditions: [...words.conditions],
    fees: record.fees.map((fee, at) => ({ ...fee, amountText: words.fees[at]!.amount })), exemptions: [...words.exemptions], parts: [...record.parts],
    steps: record.steps.map((step) => ({
      id: step.id, name: step.name, role: step.role, unit: step.unit ?? null, hours: step.hours, clock: step.clock ?? 'runs', status: step.status ?? null,
      outcomes: step.outcomes.map(({ key, label, effect }) => ({ key, label, effect: effect ?? null })),
    })),
    route: words.steps.map((step) => step.id), results: [...record.results],
    reasons: { refusal: record.reasons.refusal, supplement: record.reasons.supplement, unresolved: record.reasons.unresolved ?? [] },
    formSchema: toJsonSchema(record.form as never, ctx.catalogs), form: record.form,
  }
}

function channelOf(version: Version, channel: z.output<typeof shapes.Channel> | undefined) {
  const offered = version.record.channels.map((one) => one.channel)
  if (channel === undefined) return offered.includes('truc_tuyen') ? ('truc_tuyen' as const) : offered[0]!
  if (offered.includes(channel)) return channel
  throw new Invalid([{ key: 'channel', message: `Thủ tục này không nhận qua kênh ${channel}; chỉ nhận: ${offered.join(', ')}.` }])
}

const Evaluation = z.strictObject({
  valid: z.boolean(),
  errors: z.array(z.strictObject({ key: z.string(), message: z.string() })),
  values: loose.describe('Câu trả lời đã chuẩn hóa'),
  requiredParts: z.array(z.string()),
  optionalParts: z.array(z.string()),
  shownParts: z.array(z.string()).describe('Giấy tờ chỉ xuất trình'),
  fees: z.array(shapes.Fee),
  totalFee: z.number().int(),
  dueAt: shapes.Instant,
  dueOn: shapes.Day,
  derivation: z.string(),
  decidedBy: z.strictObject({ by: z.string().nullable(), level: z.string(), department: z.string().nullable() }),
  conditions: z.array(z.strictObject({ text: z.string(), met: z.boolean().nullable() })),
  route: z.array(z.string()),
})

export const procedureRoutes: readonly Route[] = [
  route({
    id: 'listProcedures', method: 'GET', path: '/procedures', tag: 'Thủ tục', access: 'anyone', summary: 'Tìm thủ tục nộp được ở đây, bằng lời thường ngày, có dấu hoặc không dấu.',
    query: z.object({ q: z.string().max(500).optional(), target: z.string().max(40).optional(), level: z.string().max(40).optional(), field: z.string().max(40).optional(), ...paged }),
    answer: page(Row),
    async handle({ ctx, query: { cursor, limit, ...filter } }) {
      const found = await byOffset({ cursor, limit }, (most) => findPublished(ctx, { ...filter, limit: most }))
      return { items: found.items.map(row), next: found.next }
    },
  }),
  route({
    id: 'listCatalogue', method: 'GET', path: '/catalogue', tag: 'Thủ tục', access: 'anyone', summary: 'Tìm trong cả danh mục, kể cả thủ tục mới biết tên; gần nhất trước.',
    query: z.object({ q: z.string().max(500).optional(), target: z.string().max(40).optional(), level: z.string().max(40).optional(), field: z.string().max(200).optional(), ...paged }),
    answer: page(z.strictObject({
      code: z.string(), name: z.string(), about: z.string().nullable(), field: z.string(), levels: z.array(z.string()), targets: z.array(z.string()), level: z.string().describe('Mức độ trực tuyến'),
      published: z.boolean().describe('Nộp được ở đây; nếu không thì chỉ biết tên'),
    })),
    async handle({ ctx, query: { cursor, limit, ...filter } }) {
      const found = await byOffset({ cursor, limit }, (most) => findProcedures(ctx, { ...filter, limit: most }))
      return {
        items: found.items.map((one) => ({ code: one.code, name: one.name, about: one.about, field: one.fieldName, levels: [...one.levels], targets: [...one.targets], level: one.onlineLevel, published: one.published })),
        next: found.next,
      }
    },
  }),
  route({
    id: 'getProcedure', method: 'GET', path: '/procedures/{code}', tag: 'Thủ tục', access: 'anyone', summary: 'Một thủ tục: thời hạn, phí, giấy tờ, các bước, lý do, tờ khai.',
    params: Code, query: z.object({ on: z.iso.date().optional().describe('Phiên bản có hiệu lực ngày này') }), answer: Procedure,
    handle: async ({ ctx, params, query }) => describe(ctx, await getProcedure(ctx.db, params.code, query.on ?? localDate(ctx.now))),
  }),
  route({
    id: 'evaluateFiling', method: 'POST', path: '/procedures/{code}/evaluation', tag: 'Thủ tục', access: 'anyone', summary: 'Nếu nộp như thế này thì sao: lỗi, giấy tờ, phí, hạn, đường đi. Không ghi gì.',
    params: Code,
    body: z.object({
      form: FormBody.nullish(), applicant: z.record(z.string(), z.unknown()).nullish(), channel: shapes.Channel.nullish(), receivedAt: Moment.nullish(), parts: z.array(z.string()).nullish(),
    }),
    answer: Evaluation,
    async handle({ ctx, params, body }) {
      const receivedAt = body.receivedAt ?? ctx.now
      const version = await versionAt(ctx, params.code, receivedAt)
      const channel = channelOf(version, body.channel ?? undefined)
      const found = evaluate(
        version, { form: body.form ?? {}, applicant: body.applicant ?? null, channel, receivedAt, parts: body.parts ?? [] },
        { calendar: ctx.calendar, catalogs: ctx.catalogs },
      )
      return {
        valid: found.valid, errors: found.errors.map(({ key, message }) => ({ key, message })), values: { ...found.values }, requiredParts: [...found.requiredParts],
        optionalParts: [...found.optionalParts], shownParts: [...found.shownParts],
        fees: found.fees.map(({ code, name, amount, collectAt, note }) => ({ code, name, amount, collectAt, note })), totalFee: found.totalFee,
        dueAt: found.dueAt.toISOString(), dueOn: found.dueOn, derivation: found.derivation, decidedBy: found.decidedBy, conditions: [...found.conditions], route: [...found.route],
      }
    },
  }),
  route({
    id: 'getDeadline', method: 'GET', path: '/deadlines', tag: 'Thủ tục', access: 'anyone', summary: 'Hạn trả của một thủ tục nếu tiếp nhận vào lúc này.',
    query: z.object({
      procedure: z.string('Ghi mã thủ tục (procedure).').min(1, 'Ghi mã thủ tục (procedure).').max(40), channel: shapes.Channel.optional(), receivedAt: Moment.optional(),
    }),
    answer: z.strictObject({ procedure: z.string(), channel: shapes.Channel, receivedAt: shapes.Instant, dueAt: shapes.Instant, dueOn: shapes.Day, derivation: z.string() }),
    async handle({ ctx, query }) {
      const receivedAt = query.receivedAt ?? ctx.now
      const version = await versionAt(ctx, query.procedure, receivedAt)
      const channel = channelOf(version, query.channel)
      const { dueAt, dueOn, derivation } = evaluate(version, { form: {}, channel, receivedAt }, { calendar: ctx.calendar, catalogs: ctx.catalogs })
      return { procedure: version.code, channel, receivedAt: receivedAt.toISOString(), dueAt: dueAt.toISOString(), dueOn, derivation }
    },
  }),
]
