// The shape of a procedure record, tinhso.procedure/1: one schema gives the type, the import check and the Vietnamese message.

import { z } from 'zod'
import { QUESTION_TYPES } from '#core/form/types.ts'

export const FORMAT = 'tinhso.procedure/1'
export const LEVELS = ['bo', 'tinh', 'huyen', 'xa', 'khac'] as const
export const TARGETS = ['cong_dan', 'doanh_nghiep', 'ho_kinh_doanh', 'hop_tac_xa', 'to_chuc', 'co_quan', 'nguoi_nuoc_ngoai'] as const
export const ONLINE_LEVELS = ['thong_tin', 'mot_phan', 'toan_trinh'] as const
export const CHANNELS = ['truc_tuyen', 'truc_tiep', 'bcci'] as const
export const REGISTERS = ['dan_cu', 'ho_tich', 'dat_dai', 'doanh_nghiep', 'bao_hiem', 'thue', 'y_te', 'giao_thong', 'bao_tro'] as const
export const COLLECT_AT = ['tiep_nhan', 'bo_sung', 'tra_ket_qua'] as const
export const ROLES = [
  'mot_cua',
  'chuyen_vien',
  'lanh_dao_phong',
  'lanh_dao_don_vi',
  'chanh_van_phong',
  'van_thu',
  'thu_phi',
  'co_quan_phoi_hop',
  'thue',
  'bcci',
  'cong_dan',
] as const
export const EFFECTS = [
  'accept',
  'refuse',
  'request_supplement',
  'suspend_financial',
  'approve',
  'reject',
  'sign',
  'number',
  'finish',
  'return',
  'return_unresolved',
] as const

/** Printed forms that a procedure may bring in its own wording; the others are the same for every procedure. */
export const OWN_PRINTS = [
  'receipt', 'supplement-request', 'refusal', 'result', 'unresolved-notice', 'apology', 'stop-notice', 'withdrawal-confirmation', 'financial-notice', 'appeal-decision',
] as const

const text = z.string()
const feel = z.string()
const key = z.string().regex(/^[a-z][a-z0-9_]*$/)
const day = z.iso.date()
const coded = z.strictObject({ code: text, name: text })

const term = z.strictObject({
  value: z.number().gt(0),
  unit: z.enum(['ngay_lam_viec', 'ngay', 'gio_lam_viec', 'thang']),
  mode: z.enum(['legal', 'hours', 'same_day']).optional().meta({ default: 'legal' }),
  cutoff: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
})

const question = z.strictObject({
  key,
  label: text,
  official: text.optional(),
  help: text.optional(),
  example: text.optional(),
  type: z.enum(QUESTION_TYPES),
  required: z.boolean().optional().meta({ default: false }),
  visibleWhen: feel.optional(),
  requiredWhen: feel.optional(),
  min: z.unknown().optional(),
  max: z.unknown().optional(),
  maxLength: z.int().optional(),
  pattern: text.optional(),
  check: feel.optional(),
  error: text.optional(),
  options: z.array(z.strictObject({ value: text, label: text })).optional(),
  catalog: text.optional(),
  prefill: text.optional(),
  value: feel.optional(),
  get columns() {
    return z.array(question).optional()
  },
  sensitive: z.enum(['noi_bo', 'co_ban', 'nhay_cam']).optional(),
})

const section = z.strictObject({
  key,
  title: text,
  intro: text.optional(),
  visibleWhen: feel.optional(),
  questions: z.array(question).min(1),
})

const part = z.strictObject({
  id: text,
  name: text,
  help: text.optional(),
  present: z.enum(['nop', 'xuat_trinh']).optional().meta({ default: 'nop' }),
  required: z.boolean().optional().meta({ default: true }),
  requiredWhen: feel.optional(),
  originals: z.int().min(0).optional(),
  copies: z.int().min(0).optional(),
  certified: z.int().min(0).optional(),
  formNo: text.optional(),
  documentType: text.optional(),
  legal: text.optional(),
  blank: z.strictObject({ name: text, file: text }).optional(),
  cases: z.array(key).min(1).optional(),
  reuse: z.strictObject({ register: z.enum(REGISTERS).optional(), vault: z.boolean().optional(), note: text.optional() }).optional(),
})

const partCase = z.strictObject({ key, name: text, when: feel.optional() })

const noticeText = z.strictObject({ title: text, body: text })

const texts = z.strictObject({
  prints: z.array(z.strictObject({ template: z.enum(OWN_PRINTS), source: text })).optional(),
  notices: z
    .array(z.strictObject({ key: z.string().regex(/^dossiers\.[a-z_]+$/), sms: noticeText.optional(), inapp: noticeText.optional(), email: noticeText.optional() }))
    .optional(),
})

/** One row of a fee's table: for whom, by which channel, from when to when, how much. Exactly one row holds for each case. */
const rate = z.strictObject({
  id: key,
  channels: z.array(z.enum(CHANNELS)).min(1).optional(),
  when: feel.optional(),
  whenText: text.optional(),
  from: day.optional(),
  until: day.optional(),
  amount: z.int().min(0).optional(),
  formula: feel.optional(),
  per: z.strictObject({ count: key, word: text, beyond: z.int().min(0).optional(), most: z.int().min(0).optional() }).optional(),
  legal: text.optional(),
})

const fee = z.strictObject({
  code: text,
  name: text,
  kind: z.enum(['phi', 'le_phi']),
  amount: z.int().min(0).optional(),
  formula: feel.optional(),
  when: feel.optional(),
  whenText: text.optional(),
  collectAt: z.enum(COLLECT_AT),
  channelAmounts: z.record(z.string(), z.int()).optional(),
  until: day.optional(),
  legal: text.optional(),
  sure: z.enum(['found', 'memory']).optional(),
  rates: z.array(rate).min(1).optional(),
})

const exemption = z.strictObject({
  text,
  when: feel,
  percent: z.int().min(1).max(100).optional().meta({ default: 100 }),
  fees: z.array(text).optional(),
})

const outcome = z.strictObject({
  key,
  label: text,
  next: z.union([text, z.array(text).min(2)]),
  joins: z.boolean().optional(),
  effect: z.enum(EFFECTS).optional(),
})

const call = z.strictObject({
  process: key.optional(),
  procedure: z
    .string()
    .regex(/^\d\.\d{6}$/)
    .optional(),
  outcomes: z.record(z.string(), text).optional(),
})

const step = z.strictObject({
  id: key,
  name: text,
  role: z.enum(ROLES),
  unit: text.optional(),
  hours: z.number().min(0),
  clock: z.enum(['runs', 'stops']).optional().meta({ default: 'runs' }),
  silence: z.strictObject({ value: z.int(), unit: z.enum(['ngay', 'ngay_lam_viec']), outcome: text }).optional(),
  status: z.int().min(1).max(10).optional(),
  does: z.array(text).optional(),
  prints: z.array(text).optional(),
  call: call.optional(),
  outcomes: z.array(outcome).min(1),
})

const result = z.strictObject({
  code: text.optional(),
  name: text,
  documentType: text.optional(),
  validity: text.optional(),
  fields: z.array(z.strictObject({ label: text, value: feel })).optional(),
})

const reasons = z.array(z.strictObject({ code: key, text, clause: text })).min(1)

const goldenCase = z.strictObject({
  title: text,
  form: z.record(z.string(), z.unknown()),
  applicant: z.record(z.string(), z.unknown()).optional(),
  receivedAt: z.iso.datetime({ offset: true }),
  channel: z.enum(CHANNELS),
  expect: z.strictObject({
    valid: z.boolean().optional(),
    errors: z.array(text).optional(),
    requiredParts: z.array(text).optional(),
    fee: z.int().optional(),
    dueOn: day.optional(),
    route: z.array(text).optional(),
  }),
})

const extension = z.strictObject({
  term,
  applies: z.enum(['at_filing', 'by_decision']),
  adds: z.boolean(),
  when: feel.optional(),
  whenText: text,
})

/**
 * One version of one administrative procedure, complete enough to run. Strict: an unknown key is a fault, so that a typing error in a
 * record never passes as "not given". Accepts exactly what packs/<province>/procedures/schema.json accepts (held by record.test.ts) and
 * in addition that dates are real dates. Money is whole đồng, hours are working hours, conditions are FEEL over
 * {form, applicant, channel, receivedOn, parts}. Defaults are stated, not filled in: the record is kept as it was published.
 */
export const procedureRecord = z.strictObject({
  format: z.literal(FORMAT),
  code: z.string().regex(/^\d\.\d{6}$/),
  name: text,
  summary: text,
  keywords: z.array(text).optional(),
  field: coded,
  ministry: coded,
  levels: z.array(z.enum(LEVELS)).min(1),
  targets: z.array(z.enum(TARGETS)).min(1),
  decision: z.strictObject({
    no: text,
    kind: z.enum(['ban_hanh_moi', 'sua_doi_bo_sung', 'thay_the', 'bai_bo']),
    on: day.optional(),
    replacedBy: z
      .string()
      .regex(/^\d\.\d{6}$/)
      .optional(),
  }),
  effectiveFrom: day,
  effectiveTo: day.nullable().optional(),
  legalBasis: z.array(z.strictObject({ no: text, name: text, articles: text.optional() })).min(1),
  online: z.strictObject({ level: z.enum(ONLINE_LEVELS), legacyLevel: z.literal([1, 2, 3, 4]).optional(), note: text.optional() }),
  term,
  channels: z.array(z.strictObject({ channel: z.enum(CHANNELS), term: term.optional(), note: text.optional() })).min(1),
  competence: z.strictObject({ level: z.enum(['tinh', 'huyen', 'xa']), department: text.optional(), by: text, note: text.optional() }),
  conditions: z.array(z.strictObject({ text, check: feel.optional() })).optional(),
  form: z.strictObject({ title: text, formNo: text.optional(), sections: z.array(section).min(1) }),
  parts: z.array(part),
  partCases: z.array(partCase).optional(),
  fees: z.array(fee),
  feeDmn: text.optional(),
  exemptions: z.array(exemption).optional(),
  steps: z.array(step).min(2),
  bpmn: text.optional(),
  results: z.array(result).min(1),
  texts: texts.optional(),
  reasons: z.strictObject({ refusal: reasons, supplement: reasons, unresolved: reasons.optional() }),
  cases: z.array(goldenCase).min(2),
  extension: extension.optional(),
  notes: text.optional(),
  sources: z.array(text).optional(),
})

export type ProcedureRecord = z.infer<typeof procedureRecord>
export type Step = ProcedureRecord['steps'][number]
export type Outcome = Step['outcomes'][number]
export type StepCall = NonNullable<Step['call']>
export type Next = Outcome['next']
export type Role = Step['role']
export type Effect = NonNullable<Outcome['effect']>
export type Fee = ProcedureRecord['fees'][number]
export type Rate = NonNullable<Fee['rates']>[number]
export type Exemption = NonNullable<ProcedureRecord['exemptions']>[number]
export type Part = ProcedureRecord['parts'][number]
export type PartCase = NonNullable<ProcedureRecord['partCases']>[number]
export type Texts = NonNullable<ProcedureRecord['texts']>
export type OwnPrint = (typeof OWN_PRINTS)[number]
export type OwnNotice = NonNullable<Texts['notices']>[number]
export type Condition = NonNullable<ProcedureRecord['conditions']>[number]
export type Extension = NonNullable<ProcedureRecord['extension']>
export type Competence = ProcedureRecord['competence']
export type Result = ProcedureRecord['results'][number]
export type Reason = ProcedureRecord['reasons']['refusal'][number]
export type GoldenCase = ProcedureRecord['cases'][number]
