// Dossiers for programs: begin, list, look, mend, hand in, throw a draft away.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { AppError, Invalid } from '#core/errors.ts'
import { answersFor, begin, discard, type DossierState, listDossiers, recordRows, recordView, save, STATES, submit, viewDossier } from '#modules/dossiers/index.ts'
import { ApplicantBody, FormBody, Ref } from './inputs.ts'
import { page, paged } from './paging.ts'
import { patiently } from '#core/db/patience.ts'
import { route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import * as show from './show.ts'

/** A thing named in the body that is not there is a fault of the body, not of the address. */
const FIELD_OF: Readonly<Record<string, string>> = { 'procedures.none': 'procedure', 'org.no_unit': 'unit' }

async function named<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const key = error instanceof AppError && error.status === 404 ? FIELD_OF[error.code] : undefined
    if (key) throw new Invalid([{ key, message: (error as AppError).message }])
    throw error
  }
}

/** Faults of the applicant carry the field's whole path. */
async function ofApplicant<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    const own = new Set(['kind', 'fullName', 'personalId', 'businessId', 'birthDate', 'phone', 'email'])
    throw new Invalid(error.fields.map((fault) => (own.has(fault.key) ? { ...fault, key: `applicant.${fault.key}` } : fault)), error.message, error.status)
  }
}

async function whole(ctx: Ctx, ref: string, reveal: readonly string[] | 'all' = []) {
  const view = await patiently(() => viewDossier(ctx, ref))
  await recordView(ctx, view, 'dossier')
  return show.dossier(ctx, view, await answersFor(ctx, view, reveal))
}

const STATE_NAMES = Object.keys(STATES) as DossierState[]

const States = z
  .union([z.string(), z.array(z.string())])
  .transform((given, ctx) => {
    const names = [given].flat().flatMap((text) => text.split(',')).map((text) => text.trim()).filter(Boolean)
    const strange = names.find((name) => !STATE_NAMES.includes(name as DossierState))
    if (strange === undefined) return names as DossierState[]
    ctx.addIssue({ code: 'custom', message: `Không có trạng thái “${strange}”. Chọn trong: ${STATE_NAMES.join(', ')}.` })
    return z.NEVER
  })
  .describe('Một hoặc nhiều trạng thái, cách nhau bằng dấu phẩy')

export const dossierRoutes: readonly Route[] = [
  route({
    id: 'beginDossier', method: 'POST', path: '/dossiers', tag: 'Hồ sơ', access: 'signed-in', status: 201, summary: 'Lập bản nháp hồ sơ.',
    description: 'Công dân lập cho mình; công chức một cửa lập thay tại quầy của đơn vị mình. Cùng Idempotency-Key cho cùng một bản nháp.',
    body: z.object({
      procedure: z.string('Ghi mã thủ tục.').trim().min(1, 'Ghi mã thủ tục.').max(40).describe('Mã thủ tục, ví dụ 1.000894'),
      unit: z.string('Ghi mã đơn vị nơi nộp.').trim().min(1, 'Ghi mã đơn vị nơi nộp.').max(200).describe('Mã bất kỳ, cũ hay mới, của đơn vị nơi nộp'),
      channel: shapes.Channel,
      applicant: ApplicantBody.nullish(),
      form: FormBody.nullish(),
      clientKey: z.string().max(200).nullish().describe('Thay cho đầu đề Idempotency-Key'),
    }),
    problems: { 401: 'chưa đăng nhập', 403: 'không phải người nộp hay công chức một cửa của nơi nộp', 409: 'thủ tục không nộp trực tuyến được' },
    answer: shapes.DossierBrief,
    async handle({ ctx, body, key }) {
      const { procedure, unit, channel, form } = body
      const applicant = { ...body.applicant }
      if (!applicant.fullName && ctx.actor.kind === 'citizen') applicant.fullName = ctx.actor.name
      if (!applicant.fullName) throw new Invalid([{ key: 'applicant.fullName', message: 'Ghi họ và tên người nộp hồ sơ (applicant.fullName).' }])
      const input = { procedure, unit, channel, form: form ?? {}, clientKey: key ?? body.clientKey, applicant: applicant as { fullName: string } }
      return show.brief(await ofApplicant(() => named(() => begin(ctx, input))))
    },
  }),
  route({
    id: 'listDossiers', method: 'GET', path: '/dossiers', tag: 'Hồ sơ', access: 'signed-in', summary: 'Hồ sơ mà người gọi được xem, mới nhất trước.',
    query: z.object({ q: z.string().max(500).optional(), state: States.optional(), procedure: z.string().max(40).optional(), ...paged }),
    problems: { 401: 'chưa đăng nhập' },
    answer: page(shapes.DossierRow),
    async handle({ ctx, query: { q, state, procedure, cursor, limit } }) {
      const { items, next } = await listDossiers(ctx, { q, states: state?.length ? state : undefined, procedure, cursor, limit })
      if (q) await recordRows(ctx, items, 'search')
      return { items: await show.dossierRows(ctx, items), next }
    },
  }),
  route({
    id: 'getDossier', method: 'GET', path: '/dossiers/{id}', tag: 'Hồ sơ', access: 'signed-in', summary: 'Một hồ sơ: trạng thái, đồng hồ, giấy tờ, phí, việc được phép làm.',
    description: 'Cán bộ không có việc ở hồ sơ gửi kèm đầu đề access-reason (mã lý do; lời ghi thêm sau dấu chấm phẩy), nếu không sẽ nhận 403 dossiers.reason_required. Câu trả lời nhạy cảm được che, tên khóa ở hiddenAnswers; reveal mở từng câu, mỗi câu là một lượt xem được ghi lại.',
    params: Ref, query: z.object({ reveal: z.string().max(500).optional().describe('Khóa các câu nhạy cảm cần mở, cách nhau bằng dấu phẩy; all là tất cả') }),
    problems: { 401: 'chưa đăng nhập', 403: 'không có việc ở hồ sơ và chưa nêu lý do xem (access-reason)' }, answer: shapes.Dossier,
    handle: ({ ctx, params, query }) => whole(ctx, params.id, query.reveal === 'all' ? 'all' : (query.reveal ?? '').split(',').map((key) => key.trim()).filter(Boolean)),
  }),
  route({
    id: 'changeDossier', method: 'PATCH', path: '/dossiers/{id}', tag: 'Hồ sơ', access: 'signed-in', summary: 'Lưu câu trả lời của bản nháp hoặc của hồ sơ đang chờ bổ sung.',
    description: 'Câu trả lời được nhập thêm theo khóa; null xóa một câu. Những câu khác giữ nguyên.',
    params: Ref,
    body: z.object({ form: FormBody.nullish(), applicant: ApplicantBody.nullish(), unit: z.string().max(200).nullish() }),
    problems: { 401: 'chưa đăng nhập', 403: 'không phải hồ sơ của người gọi', 409: 'hồ sơ đã nộp' },
    answer: shapes.Dossier,
    async handle({ ctx, params, body }) {
      const applicant = body.applicant && { ...body.applicant, fullName: body.applicant.fullName ?? undefined }
      const saved = await ofApplicant(() => named(() => save(ctx, { dossier: params.id, form: body.form ?? {}, applicant: applicant ?? undefined, unit: body.unit ?? undefined })))
      return whole(ctx, saved.id)
    },
  }),
  route({
    id: 'discardDossier', method: 'DELETE', path: '/dossiers/{id}', tag: 'Hồ sơ', access: 'signed-in', status: 204, summary: 'Xóa bản nháp chưa nộp.',
    params: Ref, problems: { 401: 'chưa đăng nhập', 403: 'không phải hồ sơ của người gọi', 409: 'hồ sơ đã nộp' }, answer: z.undefined(),
    handle: async ({ ctx, params }) => discard(ctx, { dossier: params.id }) as Promise<undefined>,
  }),
  route({
    id: 'submitDossier', method: 'POST', path: '/dossiers/{id}/submission', tag: 'Hồ sơ', access: 'signed-in', summary: 'Nộp hồ sơ: cấp mã số, chuyển đến Bộ phận một cửa.',
    description: 'Nộp lại hồ sơ đã nộp trả về chính hồ sơ đó. Thiếu câu trả lời hay giấy tờ thì 422 nêu mọi lỗi một lần.',
    params: Ref, problems: { 401: 'chưa đăng nhập', 403: 'không phải hồ sơ của người gọi' }, answer: shapes.DossierBrief,
    handle: async ({ ctx, params }) => show.brief(await submit(ctx, { dossier: params.id })),
  }),
]
