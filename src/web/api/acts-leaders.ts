// What leaders and those who handle money do on a dossier, and the reasons to choose from: nouns under its address.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { localDate } from '#core/workdays/index.ts'
import {
  apologise, type Dossier, extendTerm, listWatched, needDossier, noticeDuty, permitSupplement, reasonCounts, type ReasonAct, reasonsFor, settleDuty, stopDossier, thingsOf,
} from '#modules/dossiers/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { reasonsAndNote } from './acts.ts'
import { ActBody, Ref } from './inputs.ts'
import { route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import * as show from './show.ts'

const text = z.string().nullish()
const PROBLEMS = { 401: 'chưa đăng nhập', 403: 'không phải việc của vị trí công tác này', 409: 'trạng thái hồ sơ không cho phép, hoặc người khác đã làm trước' }

const act = <B extends z.ZodType>(id: string, name: string, summary: string, body: B, deed: (ctx: Ctx, dossier: string, body: z.output<B>, versionId: string) => Promise<Dossier>): Route =>
  route({
    id, method: 'POST', path: `/dossiers/{id}/${name}`, tag: 'Việc của lãnh đạo', access: 'signed-in', summary, params: Ref, body, problems: PROBLEMS, answer: shapes.DossierBrief,
    async handle({ ctx, params, body: given }) {
      const { id: dossier, versionId } = await needDossier(ctx.db, ctx, params.id)
      return show.brief(await deed(ctx, dossier, given as z.output<B>, versionId))
    },
  })

const ACTS = ['refusal', 'supplement', 'stop', 'unresolved', 'financial', 'apology'] as const satisfies readonly ReasonAct[]
const Listed = z.strictObject({ code: z.string(), text: z.string(), clause: z.string(), needsDetail: z.boolean(), common: z.boolean() })

const Span = z.object({ since: z.iso.date().optional().describe('Từ ngày'), until: z.iso.date().optional().describe('Đến hết ngày') })
const startOf = (day: string) => new Date(`${day}T00:00:00+07:00`)

export const leaderRoutes: readonly Route[] = [
  act('permitSupplement', 'supplement-permit', 'Lãnh đạo cho phép yêu cầu bổ sung thêm một lần khi đang giải quyết, có lý do; hồ sơ sẽ bị tính trễ hạn.',
    z.object({ reason: text, note: text }), (ctx, dossier, body) => permitSupplement(ctx, { dossier, reason: body.reason ?? body.note ?? null })),
  act('apologise', 'apology', 'Xin lỗi và hẹn lại ngày trả (Mẫu 04): một lần, trước hạn ít nhất một ngày làm việc; ngày hẹn đầu vẫn giữ.',
    ActBody.extend({ newDueOn: text.describe('Ngày hẹn mới, năm-tháng-ngày') }), async (ctx, dossier, body, versionId) => {
      const { reasons, note } = await reasonsAndNote(ctx, versionId, body)
      return apologise(ctx, { dossier, reasons, note, newDueOn: body.newDueOn ?? null })
    }),
  act('extendTerm', 'extension', 'Gia hạn theo quy định của thủ tục, do lãnh đạo quyết định.', z.object({ note: text, reason: text }),
    (ctx, dossier, body) => extendTerm(ctx, { dossier, note: body.note ?? body.reason ?? null })),
  act('stopDossier', 'stop', 'Dừng giải quyết, có lý do (Mẫu 05); hồ sơ kết thúc.', ActBody, async (ctx, dossier, body, versionId) => {
    const { reasons, note } = await reasonsAndNote(ctx, versionId, body)
    return stopDossier(ctx, { dossier, reasons, note })
  }),
  act('noticeDuty', 'financial-notice', 'Thông báo số tiền phải nộp trước khi hồ sơ được giải quyết tiếp.',
    z.object({ lines: z.array(z.object({ name: z.string(), amountVnd: z.number() })).nullish(), note: text }),
    (ctx, dossier, body) => noticeDuty(ctx, { dossier, lines: body.lines ?? [], note: body.note })),
  act('settleDuty', 'financial-proof', 'Ghi nhận chứng từ đã nộp tiền; đồng hồ giải quyết chạy tiếp.', z.object({ number: text, on: text.describe('Ngày chứng từ'), note: text }),
    (ctx, dossier, body) => settleDuty(ctx, { dossier, ...body })),
  route({
    id: 'listReasons', method: 'GET', path: '/dossiers/{id}/reasons', tag: 'Việc trên hồ sơ', access: 'signed-in',
    summary: 'Các lý do được chọn, của thủ tục và dùng chung toàn tỉnh, mỗi lý do có điều khoản; và những giấy tờ, câu hỏi mà lý do được nói tới.',
    params: Ref, answer: z.strictObject({ ...Object.fromEntries(ACTS.map((one) => [one, z.array(Listed)])), concerns: z.array(z.strictObject({ key: z.string(), name: z.string() })) }),
    async handle({ ctx, params }) {
      const { record } = await getVersion(ctx.db, (await needDossier(ctx.db, ctx, params.id)).versionId)
      return { ...Object.fromEntries(ACTS.map((one) => [one, reasonsFor(record as never, one, localDate(ctx.now))])), concerns: thingsOf(record) } as never
    },
  }),
  route({
    id: 'listAlerts', method: 'GET', path: '/alerts', tag: 'Việc của lãnh đạo', access: 'signed-in',
    summary: 'Hồ sơ cần lãnh đạo để ý: quá 8 giờ chưa trả lời, sắp đến hạn, cấp trên yêu cầu xem lại.',
    answer: z.strictObject({ items: z.array(z.strictObject({ kind: z.string(), dossier: z.string(), procedure: z.string(), raisedAt: shapes.Instant, dueAt: shapes.Instant.nullable(), note: z.string().nullable() })) }),
    async handle({ ctx }) {
      const rows = await listWatched(ctx)
      return { items: rows.map(({ alert, dossier }) => ({
        kind: alert.kind, dossier: dossier.code!, procedure: dossier.procedureCode, raisedAt: alert.raisedAt.toISOString(),
        dueAt: (dossier.dueAt ?? dossier.receptionDueAt)?.toISOString() ?? null, note: alert.note,
      })) }
    },
  }),
  route({
    id: 'countReasons', method: 'GET', path: '/reason-counts', tag: 'Việc của lãnh đạo', access: 'signed-in', query: Span,
    summary: 'Mỗi cán bộ của đơn vị đã nêu lý do nào bao nhiêu lần; trống với người không phải lãnh đạo hay giám sát.',
    answer: z.strictObject({ items: z.array(z.strictObject({ officer: z.string(), act: z.string(), code: z.string(), text: z.string(), count: z.number().int() })) }),
    async handle({ ctx, query }) {
      const until = query.until ? new Date(startOf(query.until).getTime() + 86_400_000) : new Date(ctx.now.getTime() + 1)
      const rows = await reasonCounts(ctx, { since: query.since ? startOf(query.since) : new Date(ctx.now.getTime() - 90 * 86_400_000), until })
      return { items: rows.map(({ officerName, act: one, code, text: words, count }) => ({ officer: officerName, act: one, code, text: words, count })) }
    },
  }),
]
