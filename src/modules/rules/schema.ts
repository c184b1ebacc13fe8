// Shapes of planned changes and of the rules that procedures carry.

import { z } from 'zod'

export const TRANSITIONS = { filed_after: 'Chỉ hồ sơ nộp từ ngày có hiệu lực', all_open: 'Cả hồ sơ đang giải quyết' } as const
export type Transition = keyof typeof TRANSITIONS

export const CHANGE_STATES = { planned: 'Chờ người thứ hai xác nhận', confirmed: 'Đã xác nhận, chờ ngày hiệu lực', halted: 'Chưa áp dụng được', applied: 'Đã có hiệu lực', withdrawn: 'Đã bỏ' } as const
export type ChangeState = keyof typeof CHANGE_STATES

/** What a change is about, out of its rule's name. */
export type Target =
  | { readonly kind: 'register'; readonly key: string }
  | { readonly kind: 'term'; readonly code: string; readonly channel: string | null }
  | { readonly kind: 'fee'; readonly code: string; readonly fee: string }
  | { readonly kind: 'document'; readonly no: string }

export interface Term {
  readonly value: number
  readonly unit: string
}
/** A register value, a term, a sum in đồng, or the number of the document that replaces. */
export type ChangeValue = number | string | Term

export interface Change {
  readonly id: string
  readonly rule: string
  readonly target: Target
  readonly value: ChangeValue
  readonly was: ChangeValue | null
  readonly document: string
  readonly clause: string
  readonly validFrom: string
  readonly transition: Transition
  readonly transitionClause: string | null
  readonly note: string | null
  readonly backDated: boolean
  readonly state: ChangeState
  readonly plannedAt: Date
  readonly plannedBy: string
  readonly plannedByName: string
  readonly confirmedAt: Date | null
  readonly confirmedBy: string | null
  readonly confirmedByName: string | null
  readonly appliedAt: Date | null
  /** Since when it cannot be applied though its day has come, and why. */
  readonly haltedAt: Date | null
  readonly haltedWhy: string | null
  readonly withdrawnAt: Date | null
  readonly withdrawnByName: string | null
  readonly withdrawnWhy: string | null
  /** the fact of its coming into force */
  readonly event: number | null
}

const text = (max: number, empty: string) => z.string().trim().min(1, empty).max(max, `Không dài quá ${max} ký tự.`).transform((said) => said.normalize('NFC'))

export const PlanInput = z.object({
  rule: z.string().min(1),
  value: z.union([z.number(), z.string()]),
  unit: z.string().optional(),
  document: text(80, 'Ghi số, ký hiệu của văn bản, ví dụ 118/2025/NĐ-CP.'),
  clause: text(300, 'Ghi điều, khoản và tên văn bản.'),
  validFrom: z.iso.date('Ghi ngày có hiệu lực, ví dụ 01/01/2027.'),
  transition: z.enum(['filed_after', 'all_open']).default('filed_after'),
  transitionClause: z.string().trim().max(300).default(''),
  note: z.string().trim().max(500).default(''),
})

/** The rule's name taken apart; null when it is none. */
export function targetOf(rule: string): Target | null {
  const [kind, code, what, ...more] = rule.split(':')
  if (kind === 'document' && rule.length > 9) return { kind: 'document', no: rule.slice('document:'.length) }
  if (kind !== 'procedure') return code === undefined && kind ? { kind: 'register', key: kind } : null
  if (!code || !/^\d\.\d{6}$/.test(code)) return null
  if (what === 'term') return { kind: 'term', code, channel: more[0] ?? null }
  return what === 'fee' && more[0] ? { kind: 'fee', code, fee: more.join(':') } : null
}
