// The shapes of answers that several routes share. Their names are those of the document's components.

import { z } from 'zod'

export const Instant = z.iso.datetime().describe('Thời điểm UTC, ví dụ 2026-11-21T01:00:00.000Z')
export const Day = z.iso.date()
const instant = Instant.nullable()

export const Channel = z.enum(['truc_tuyen', 'truc_tiep', 'bcci'])

export const Named = z.strictObject({ code: z.string(), name: z.string() })

export const Fee = z.strictObject({ code: z.string(), name: z.string(), amount: z.number().int().describe('Đồng'), collectAt: z.string(), note: z.string().nullable() })

export const Applicant = z.strictObject({
  kind: z.enum(['ca_nhan', 'to_chuc']),
  fullName: z.string(),
  personalId: z.string().nullable().describe('Che bớt với người không trực tiếp giải quyết'),
  businessId: z.string().nullable(),
  birthDate: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.unknown(),
})

export const Part = z.strictObject({
  id: z.uuid(),
  part: z.string().describe('Mã giấy tờ của thủ tục'),
  name: z.string(),
  source: z.enum(['file', 'paper']),
  addedAt: Instant,
  file: z.strictObject({ id: z.uuid(), name: z.string(), type: z.string(), size: z.number().int(), sha256: z.string(), href: z.string() }).nullable(),
})

export const Act = z.strictObject({
  act: z.string(),
  method: z.enum(['POST', 'PATCH']),
  href: z.string(),
  allowed: z.boolean(),
  reason: z.string().nullable().describe('Vì sao lúc này không làm được'),
})

const clock = {
  state: z.enum(['not_started', 'running', 'paused', 'stopped']), startedAt: instant, dueAt: instant, stoppedAt: instant, late: z.boolean(),
}
export const Clocks = z.strictObject({
  reception: z.strictObject(clock),
  legal: z.strictObject({ ...clock, firstDueAt: instant, derivation: z.string().nullable(), pausedAt: instant, pauseReason: z.string().nullable() }),
  delivery: z.strictObject(clock),
  lived: z.strictObject({ startedAt: instant, stoppedAt: instant, days: z.number().int() }),
})

/** What every answer about a dossier begins with. */
const head = {
  id: z.uuid(),
  code: z.string().nullable().describe('Mã số hồ sơ; có sau khi nộp, từ đó dùng được thay cho id'),
  state: z.string(),
  stateLabel: z.string(),
  portalStatus: z.number().int().nullable().describe('Mã trạng thái của Cổng dịch vụ công quốc gia'),
  procedure: z.string(),
  procedureName: z.string(),
  channel: Channel,
  createdAt: Instant,
  submittedAt: instant,
  acceptedAt: instant,
  receiptNo: z.string().nullable(),
  dueAt: instant,
  derivation: z.string().nullable().describe('Hạn được tính thế nào, bằng lời'),
  resultNo: z.string().nullable(),
}

export const DossierBrief = z.strictObject(head)

export const DossierRow = z.strictObject({
  ...head,
  receivedByUnit: z.string(),
  receivedByUnitName: z.string(),
  decidedByUnit: z.string().nullable(),
  decidedByUnitName: z.string().nullable(),
  applicant: Applicant.pick({ kind: true, fullName: true, personalId: true }),
})

export const Outcome = z.strictObject({ key: z.string(), label: z.string(), effect: z.string().nullable() })

export const WorkItem = z.strictObject({
  id: z.uuid(),
  dossier: z.string().describe('Mã hồ sơ'),
  dossierId: z.uuid(),
  procedure: z.string(),
  step: z.string(),
  name: z.string(),
  role: z.string(),
  unit: z.string().nullable(),
  unitName: z.string().nullable(),
  openedAt: Instant,
  dueAt: instant,
  state: z.enum(['open', 'claimed', 'done', 'cancelled']),
  claimedByMe: z.boolean(),
  outcomes: z.array(Outcome),
  does: z.array(z.string()),
})

export const Dossier = z.strictObject({
  ...head,
  procedureVersion: z.number().int(),
  receivedByUnit: z.string().describe('Mã đơn vị tiếp nhận'),
  receivedByUnitName: z.string(),
  decidedByUnit: z.string().nullable().describe('Mã đơn vị giải quyết; có sau khi nộp'),
  decidedByUnitName: z.string().nullable(),
  updatedAt: Instant,
  receptionDueAt: instant,
  firstDueAt: instant,
  finishedAt: instant,
  returnedAt: instant,
  closedAt: instant,
  supplements: z.number().int(),
  breach: z.enum(['second_supplement', 'apology']).nullable().describe('Vì sao hồ sơ bị tính là trễ hạn, dù xong lúc nào'),
  apologisedAt: instant,
  extendedAt: instant,
  receptionLateAt: instant.describe('Đã quá 8 giờ làm việc mà chưa trả lời'),
  deliveryDueAt: instant,
  applicant: Applicant,
  form: z.record(z.string(), z.unknown()),
  hiddenAnswers: z.array(z.string()).describe('Khóa những câu trả lời nhạy cảm đang được che với người gọi'),
  parts: z.array(Part),
  fees: z.array(Fee),
  totalFee: z.number().int(),
  clocks: Clocks,
  work: z.array(WorkItem).describe('Việc đang mở mà người gọi làm được'),
  acts: z.array(Act),
  allowedActs: z.array(z.string()),
})

export const Paper = z.strictObject({
  id: z.uuid(), kind: z.string(), label: z.string(), number: z.string().nullable(), createdAt: Instant, href: z.string(),
  /** taken back then, and why; null while it holds */
  cancelledAt: Instant.nullable(), cancelReason: z.string().nullable(),
})

export const Event = z.strictObject({
  id: z.number().int(),
  name: z.string(),
  at: Instant,
  actor: z.string().nullable(),
  role: z.string().nullable(),
  unit: z.string().nullable(),
  unitName: z.string().nullable(),
  sentence: z.string(),
  details: z.array(z.string()),
  data: z.record(z.string(), z.unknown()),
})

export const Unit = z.strictObject({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  level: z.string(),
  kind: z.string(),
  identifier: z.string().nullable().describe('Mã định danh theo QĐ 20/2020/QĐ-TTg'),
  qcvn: z.string().nullable().describe('Mã định danh theo QCVN 102:2016'),
  adminCode: z.string().nullable(),
  validFrom: Day,
  validTo: Day.nullable(),
})

export const UnitResolved = z.strictObject({
  ...Unit.shape,
  inCharge: Named.describe('Đơn vị nay chịu trách nhiệm'),
  successors: z.array(z.strictObject({ ...Named.shape, main: z.boolean(), partial: z.boolean(), on: Day })),
  villages: z.array(z.string()).describe('Thôn, tổ dân phố quyết định phần nào về đơn vị nào; hỏi lại kèm village'),
})

export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('Điều gì sai và làm gì tiếp theo'),
  code: z.string(),
  requestId: z.string().optional(),
  errors: z.array(z.strictObject({ key: z.string(), message: z.string() })).optional(),
})
