// Who may plan and confirm changes of rules, and what a plan must say. Pure.

import { denial, type FieldError, refusal, type Refusal } from '#core/errors.ts'
import type { Actor } from '#core/policy/actor.ts'
import type { Change, Transition } from './schema.ts'

/** How far back a change may reach. */
export const BACK_DAYS = 366

const NOT_YOURS = denial('rules.not_keeper', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống lập được kế hoạch đổi quy định.')
export const canPlan = (author: boolean): Refusal | null => (author ? null : NOT_YOURS)

/** A second person: another controller of the province. Whoever planned it may not. */
export function canConfirm(change: Pick<Change, 'state' | 'plannedBy'>, actor: Actor, may: { readonly controller: boolean }): Refusal | null {
  if (actor.kind !== 'officer' || !may.controller) return denial('rules.not_second', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh xác nhận được thay đổi quy định.')
  if (change.state !== 'planned') return refusal('rules.not_planned', change.state === 'withdrawn' ? 'Kế hoạch này đã bỏ; lập kế hoạch mới nếu vẫn cần.' : 'Kế hoạch này đã được xác nhận rồi.')
  return change.plannedBy === actor.id ? refusal('rules.same_person', 'Người lập kế hoạch không tự xác nhận được; nhờ người thứ hai xem và xác nhận.') : null
}

export function canWithdraw(change: Pick<Change, 'state'>, author: boolean): Refusal | null {
  if (!author) return NOT_YOURS
  if (change.state === 'applied') return refusal('rules.in_force', 'Quy định đã có hiệu lực thì không bỏ được; lập thay đổi mới với ngày hiệu lực của nó.')
  return change.state === 'withdrawn' ? refusal('rules.withdrawn', 'Kế hoạch này đã bỏ.') : null
}

/** A change that could not be applied is tried again by whoever may plan: what was decided stays as it was confirmed. */
export function canRetry(change: Pick<Change, 'state'>, author: boolean): Refusal | null {
  if (!author) return NOT_YOURS
  return change.state === 'halted' ? null : refusal('rules.not_halted', 'Thay đổi này không vướng gì nên không cần thử lại. Tải lại trang để xem.')
}

const days = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Faults of a plan beside its value. */
export function planFaults(plan: { readonly validFrom: string; readonly transition: Transition; readonly transitionClause: string; readonly note: string }, today: string): FieldError[] {
  const back = days(plan.validFrom, today)
  return [
    ...(back > BACK_DAYS ? [{ key: 'validFrom', message: `Không ghi lùi quá ${BACK_DAYS} ngày; hồ sơ cũ hơn xử lý theo quyết định riêng.` }] : []),
    ...(back < -3 * 366 ? [{ key: 'validFrom', message: 'Ngày hiệu lực xa quá ba năm; kiểm tra lại năm.' }] : []),
    ...(back > 0 && !plan.note ? [{ key: 'note', message: 'Ngày hiệu lực đã qua: ghi vì sao nay mới nhập.' }] : []),
    ...(plan.transition === 'all_open' && !plan.transitionClause ? [{ key: 'transitionClause', message: 'Áp dụng cho cả hồ sơ đang giải quyết thì ghi điều khoản chuyển tiếp cho phép.' }] : []),
  ]
}
