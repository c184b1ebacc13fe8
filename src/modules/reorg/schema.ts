// The shapes of a reorganisation: steps as people draw them, states of the plan, what its report says.

import { z } from 'zod'
import type { PartReport, ReorgFault, ReorgLine, Unit } from '#modules/org/index.ts'
import { RuleInput, type SplitRule, UNIT_LEVELS, type UnitLevel } from '#modules/org/index.ts'
import { ROLES, type Role } from '#core/policy/actor.ts'

/** `open`: its steps may still be changed. */
export const PLAN_STATES = {
  nhap: { label: 'Đang soạn', open: true },
  cho_xac_nhan: { label: 'Chờ người thứ hai xác nhận', open: false },
  da_xac_nhan: { label: 'Đã xác nhận, chờ đến ngày', open: false },
  dang_chay: { label: 'Đang thi hành', open: false },
  da_thi_hanh: { label: 'Đã thi hành', open: false },
  da_hoan_tac: { label: 'Đã hoàn tác', open: false },
  da_huy: { label: 'Đã hủy', open: false },
} as const
export type PlanState = keyof typeof PLAN_STATES

export const STEP_KINDS = {
  create: 'Thành lập', merge: 'Sáp nhập', split: 'Chia, tách', rename: 'Đổi tên, đổi mã', move: 'Chuyển cấp trên', abolish: 'Giải thể',
} as const
export type StepKind = keyof typeof STEP_KINDS

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$/, 'Mã nội bộ của đơn vị chỉ gồm chữ không dấu, số, gạch ngang.')
const line = (most: number) => z.string().trim().max(most, `Không dài quá ${most} ký tự.`).transform((text) => text.normalize('NFC'))
const needed = (most: number, message: string) => z.string(message).trim().min(1, message).max(most, `Không dài quá ${most} ký tự.`).transform((text) => text.normalize('NFC'))
const maybe = (most: number) => line(most).nullish().transform((text) => text || null)
const levels = Object.keys(UNIT_LEVELS) as [UnitLevel, ...UnitLevel[]]
const roles = Object.keys(ROLES) as [Role, ...Role[]]

export const NewUnitInput = z.object({
  /** Stable key, free today; made of the code when left out. Later steps name the unit by it. */
  id,
  code: needed(40, 'Nhập mã đơn vị.'), name: needed(200, 'Nhập tên đơn vị.'), shortName: maybe(120),
  kind: needed(40, 'Chọn loại đơn vị.'), level: z.enum(levels, 'Chọn cấp của đơn vị.'), parent: id,
  identifier: maybe(35), qcvn: maybe(35), adminCode: maybe(10), key: maybe(60),
  /** A unit whose parts and posts it gets the like of; usually the main one of those merged into it. */
  like: id.nullish().transform((value) => value || null),
  posts: z.array(z.object({ role: z.enum(roles), title: needed(120, 'Nhập tên chức danh.') })).max(60).default([]),
  seat: z.object({ latitude: z.number().min(6).max(24), longitude: z.number().min(102).max(118), address: maybe(300), source: needed(300, 'Ghi vị trí lấy từ đâu.') }).nullish().transform((seat) => seat ?? null),
})

export const StepInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), unit: NewUnitInput }),
  /** `into` may be one of `from`: it lives on and takes the others in. The first of `from` is the main one. */
  z.object({ kind: z.literal('merge'), from: z.array(id).min(1, 'Chọn đơn vị sáp nhập.').max(200), into: id }),
  /** `keeps`: the unit lives on with the rest (a part is cut off); otherwise it ends and `main` is in charge of what no rule names. */
  z.object({ kind: z.literal('split'), unit: id, keeps: z.boolean().default(false), into: z.array(id).min(1, 'Chọn đơn vị nhận.').max(200), main: id.nullish().transform((value) => value || null), rules: z.array(RuleInput).max(800).default([]) }),
  z.object({ kind: z.literal('rename'), unit: id, name: maybe(200), shortName: maybe(120), unitKind: maybe(40), code: maybe(40), identifier: maybe(35), qcvn: maybe(35), adminCode: maybe(10) }),
  z.object({ kind: z.literal('move'), unit: id, parent: id }),
  z.object({ kind: z.literal('abolish'), unit: id, main: id, rules: z.array(RuleInput).max(800).default([]) }),
])

export type Step = z.output<typeof StepInput>
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>

/** Who gets which post in the new order; whoever is not named follows their work (same role at the heir), leaders of others than the main one do not. */
export const AppointmentInput = z.object({ officer: needed(120, 'Chọn cán bộ.'), unit: id, role: z.enum(roles), title: maybe(120) })

export const PlanInput = z.object({
  title: needed(300, 'Đặt tên kế hoạch, ví dụ: Sắp xếp đơn vị hành chính cấp xã năm 2025.'),
  /** First day of the new order. */
  day: z.iso.date('Chọn ngày có hiệu lực.'),
  decisionNo: needed(60, 'Ghi số nghị quyết, quyết định.'),
  decisionOn: z.iso.date('Chọn ngày ký nghị quyết, quyết định.'),
  note: maybe(2000),
  steps: z.array(StepInput).max(5000),
  appointments: z.array(AppointmentInput).max(20_000).default([]),
  /** Whether staff of units that end follow their work. */
  follow: z.boolean().default(true),
  /** How many days after execution it may be rolled back. */
  windowDays: z.coerce.number().int('Số ngày là số nguyên.').min(1, 'Ít nhất 1 ngày.').max(90, 'Không quá 90 ngày.').default(30),
})
export type PlanContent = z.output<typeof PlanInput>

export interface Plan extends PlanContent {
  readonly id: string
  readonly state: PlanState
  readonly revision: number
  readonly madeAt: Date
  readonly madeBy: string | null
  readonly madeByName: string
  /** Everybody who wrote in it: none of them confirms it. */
  readonly editedBy: readonly string[]
  readonly sentAt: Date | null
  readonly sentBy: string | null
  readonly sentByName: string | null
  readonly confirmedAt: Date | null
  readonly confirmedByName: string | null
  /** Why it was given back for changing, the last time. */
  readonly returnedNote: string | null
  readonly executedAt: Date | null
  readonly executedByName: string | null
  /** Until when it may be rolled back. */
  readonly rollBackUntil: Date | null
  readonly rolledBackAt: Date | null
  readonly rolledBackByName: string | null
  readonly rollBackReason: string | null
  /** Why the last try to execute, or to bring back, stopped. */
  readonly halted: readonly ReorgFault[]
  /** When the last try to execute began, and how many there were since the confirmation. */
  readonly beganAt: Date | null
  readonly tries: number
  /** The report of the execution; null before. */
  readonly report: Preview | null
  readonly undone: Undone | null
  /** When all who are concerned had been told. */
  readonly toldAt: Date | null
}

/** One unit under the plan. */
export interface UnitFate {
  readonly unit: Unit
  readonly fate: 'ends' | 'created' | 'renamed' | 'moved' | 'grows'
  readonly step: number
  /** Heirs of a unit that ends or is cut, the main one first. */
  readonly to: readonly { readonly id: string; readonly name: string; readonly main: boolean; readonly rules: number }[]
  /** What it was called or hung under before. */
  readonly before: string | null
}

export interface Preview {
  readonly day: string
  /** Of the content it was made of; a confirmation names it. */
  readonly digest: string
  readonly fates: readonly UnitFate[]
  readonly parts: readonly PartReport[]
  /** Faults of the plan itself and of all parts; those that stop first. */
  readonly faults: readonly ReorgFault[]
  readonly totals: { readonly ending: number; readonly created: number; readonly renamed: number; readonly moved: number; readonly dossiers: number; readonly officers: number; readonly unposted: number; readonly citizens: number }
  /** Officers without a post in the new order. */
  readonly unposted: readonly { readonly officer: string; readonly name: string; readonly unitId: string; readonly unitName: string; readonly title: string }[]
  readonly tookMs: number
}

/** What stands against bringing a plan back, and what would be kept. */
export interface RollBackPreview {
  readonly until: Date | null
  /** Rows that come back exactly as they were. */
  readonly returns: readonly ReorgLine[]
  /** Changed by somebody since: comes back to the old unit with what was done since. */
  readonly worked: readonly ReorgLine[]
  /** Came in since at units that go again: kept by the keeper named. */
  readonly fresh: readonly (ReorgLine & { readonly keeper: string; readonly keeperName: string })[]
  /** Units of the plan that must stay as ended units, since something was done in their name. */
  readonly remain: readonly { readonly id: string; readonly name: string; readonly keeper: string; readonly keeperName: string; readonly because: string }[]
  /** One question for each unit that goes again and has something new, or must stay: who keeps it. */
  readonly asks: readonly RollBackAsk[]
  readonly faults: readonly ReorgFault[]
  /** Names this very picture whoever keeps what is new; rolling back asks for it, so that nobody decides on another. */
  readonly digest: string
}

export interface RollBackAsk {
  readonly unitId: string
  readonly name: string
  /** What is new there. */
  readonly lines: readonly string[]
  /** Why the unit stays as an ended one; null when it goes. */
  readonly because: string | null
  readonly keeper: string
  readonly keeperName: string
  /** Units that it took over from and that live again: the likely keepers. */
  readonly formers: readonly { readonly id: string; readonly name: string }[]
}

export interface Undone {
  readonly returned: number
  readonly worked: number
  readonly fresh: number
  readonly remain: readonly string[]
  readonly lines: readonly ReorgLine[]
}

export const RollBackInput = z.object({
  plan: z.uuid(),
  reason: needed(1000, 'Ghi căn cứ và lý do hoàn tác.'),
  /** Unit of the plan → living unit (as before the plan) that keeps what is new there; the main former unit when not named. */
  keepers: z.record(z.string(), z.string()).default({}),
  digest: z.string(),
})

export { RuleInput, type SplitRule }
export type { PartReport, ReorgFault, ReorgLine }
