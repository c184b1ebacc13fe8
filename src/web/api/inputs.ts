// What programs may send about a dossier: generous in names, so that a client written from the promise alone gets through.

import { z } from 'zod'

export const Ref = z.object({ id: z.string().min(1).max(200).describe('id hoặc, sau khi nộp, mã số hồ sơ') })

const text = z.string().nullish()

const first = (...values: unknown[]): unknown => values.find((value) => value !== undefined)

/** The applicant: fullName, full_name or name; personalId or personal_id; businessId or business_id; birthDate or birth_date. */
export const ApplicantBody = z
  .looseObject({
    kind: z.enum(['ca_nhan', 'to_chuc', 'person', 'organization', 'organisation']).optional(),
    fullName: text, full_name: text, name: text,
    personalId: z.union([z.string(), z.number()]).nullish(), personal_id: z.union([z.string(), z.number()]).nullish(),
    businessId: text, business_id: text,
    birthDate: text, birth_date: text,
    phone: z.union([z.string(), z.number()]).nullish(), email: text, address: z.unknown().optional(),
  })
  .transform((given) => {
    const id = first(given.personalId, given.personal_id)
    const phone = given.phone
    const named = {
      kind: given.kind === undefined ? undefined : given.kind === 'to_chuc' || given.kind.startsWith('organi') ? ('to_chuc' as const) : ('ca_nhan' as const),
      fullName: first(given.fullName, given.full_name, given.name) as string | null | undefined,
      personalId: id == null ? (id as null | undefined) : String(id),
      businessId: first(given.businessId, given.business_id) as string | null | undefined,
      birthDate: first(given.birthDate, given.birth_date) as string | null | undefined,
      phone: phone == null ? phone : String(phone),
      email: given.email, address: given.address,
    }
    return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as Partial<typeof named>
  })

export const FormBody = z.record(z.string(), z.unknown()).describe('Câu trả lời theo khóa câu hỏi')

const Given = z.object({
  code: z.string(), detail: text.describe('Ghi rõ trường hợp này'), concerns: text.describe('Giấy tờ hay câu hỏi có lỗi: parts.<mã> hoặc form.<khóa>'),
})

/** Reasons as codes, as {code, detail, concerns}, or one alone; words to the citizen stand in `note` and are no reason by themselves. */
export const ActBody = z.object({
  note: text,
  reason: text,
  reasons: z
    .union([z.string(), z.array(z.union([z.string(), Given]))])
    .nullish()
    .transform((given) => (given == null ? [] : [given].flat().map((one) => (typeof one === 'string' ? { code: one } : one))))
    .describe('Lý do: mã, hoặc mã kèm chi tiết và giấy tờ, câu hỏi liên quan; xem /dossiers/{id}/reasons'),
  explanation: text.describe('Vì sao đến nay mới yêu cầu bổ sung; cần khi đã quá một phần ba đầu của thời hạn'),
  lines: z.array(z.object({ name: z.string(), amountVnd: z.number() })).nullish().describe('Khoản phải nộp, đồng, khi kết quả là nghĩa vụ tài chính'),
})

const WITH_ZONE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i
const wrong = 'Thời điểm không có thật hoặc sai dạng; hãy ghi như 2026-11-21T08:00:00+07:00 (không ghi múi giờ là giờ Việt Nam).'

/** An instant; without a zone it is Vietnamese time, a bare date is eight in the morning. */
export const Moment = z
  .string()
  .describe('Thời điểm ISO 8601; thiếu múi giờ thì hiểu là +07:00')
  .transform((given, ctx) => {
    const [, date, time = '08:00', seconds = '00', zone = '+07:00'] = WITH_ZONE.exec(given.trim().replace(/ (\d{2}:?\d{2})$/, (whole, tail, at) => (at > 10 && /T/i.test(given) ? `+${tail}` : whole))) ?? []
    const day = z.iso.date().safeParse(date)
    const at = new Date(`${date}T${time}:${seconds}${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()}`)
    const year = at.getUTCFullYear()
    if (day.success && !Number.isNaN(at.getTime()) && year >= 2000 && year < 2100) return at
    ctx.addIssue({ code: 'custom', message: wrong })
    return z.NEVER
  })
