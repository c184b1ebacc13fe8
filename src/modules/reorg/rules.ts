// Who may draw, confirm, execute and undo a plan, and when. Pure; buttons and actions ask the same.

import { denial, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, holds } from '#core/policy/actor.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { type Plan, PLAN_STATES } from './schema.ts'

/** Administrators of the platform draw plans; nobody else sees them. */
export function canPlan(actor: Actor): Refusal | null {
  return actor.kind === 'system' || holds(actor, 'quan_tri_he_thong') ? null : denial('reorg.not_administrator', 'Chỉ quản trị hệ thống lập và thi hành được kế hoạch sắp xếp đơn vị.')
}

/** The head of the province's committee and of its office confirm, and other administrators: whoever did not write it. */
const confirms = (actor: Actor): boolean =>
  actor.kind === 'officer' && actor.posts.some((post) => post.role === 'quan_tri_he_thong' || (['chu_tich', 'chanh_van_phong'].includes(post.role) && !post.unitPath.includes('.')))

export const canRead = (actor: Actor): Refusal | null => (canPlan(actor) === null || confirms(actor) ? null : canPlan(actor))

type Stated = Pick<Plan, 'state' | 'day' | 'editedBy' | 'sentBy' | 'rollBackUntil' | 'executedAt'>

const notNow = (plan: Pick<Plan, 'state'>, what: string) => refusal('reorg.not_now', `Kế hoạch ở trạng thái “${PLAN_STATES[plan.state].label}” nên không ${what} được; tải lại trang để xem.`)

export function canEdit(plan: Pick<Stated, 'state'>, actor: Actor): Refusal | null {
  return canPlan(actor) ?? (PLAN_STATES[plan.state].open ? null : notNow(plan, 'sửa'))
}

export function canConfirm(plan: Pick<Stated, 'state' | 'editedBy' | 'sentBy'>, actor: Actor): Refusal | null {
  if (!confirms(actor)) return denial('reorg.not_confirmer', 'Người xác nhận là Chủ tịch, Chánh Văn phòng Ủy ban nhân dân tỉnh hoặc một quản trị hệ thống khác.')
  if (plan.state !== 'cho_xac_nhan') return notNow(plan, 'xác nhận')
  if (actor.kind === 'officer' && (plan.editedBy.includes(actor.id) || plan.sentBy === actor.id)) return denial('reorg.four_eyes', 'Người soạn hoặc gửi kế hoạch không tự xác nhận; nhờ người thứ hai xem và xác nhận.')
  return null
}

export function canReturn(plan: Pick<Stated, 'state'>, actor: Actor): Refusal | null {
  const refused = canRead(actor)
  return refused ?? (plan.state === 'cho_xac_nhan' || plan.state === 'da_xac_nhan' ? null : notNow(plan, 'trả lại'))
}

export function canCancel(plan: Pick<Stated, 'state'>, actor: Actor): Refusal | null {
  return canPlan(actor) ?? (['nhap', 'cho_xac_nhan', 'da_xac_nhan'].includes(plan.state) ? null : notNow(plan, 'hủy'))
}

export function canExecute(plan: Pick<Stated, 'state' | 'day'>, actor: Actor, today: string): Refusal | null {
  const refused = canPlan(actor)
  if (refused) return refused
  if (plan.state !== 'da_xac_nhan' && plan.state !== 'dang_chay') return notNow(plan, 'thi hành')
  return today < plan.day ? refusal('reorg.too_early', `Kế hoạch có hiệu lực từ ${formatDate(plan.day)}; thi hành từ ngày ấy trở đi.`) : null
}

/** Faults that may be gone by themselves a while later; any other waits for people. */
const PASSING: readonly string[] = ['reorg.busy', 'reorg.stopped', 'reorg.lost']
const MOST_TRIES = 4

/** Whether the platform may try a plan by itself: on its day and after what passes, a few times; a fault that people must see to is not tried again, the house is not shut for it. */
export function triesByItself(plan: Pick<Plan, 'state' | 'day' | 'halted' | 'tries'>, today: string): boolean {
  return plan.state === 'da_xac_nhan' && plan.day <= today && plan.tries < MOST_TRIES && plan.halted.every(({ code }) => PASSING.includes(code))
}

export function canRollBack(plan: Pick<Stated, 'state' | 'rollBackUntil'>, actor: Actor, now: Date): Refusal | null {
  const refused = canPlan(actor)
  if (refused) return refused
  if (plan.state !== 'da_thi_hanh') return notNow(plan, 'hoàn tác')
  return plan.rollBackUntil && now > plan.rollBackUntil
    ? refusal('reorg.window_over', `Thời hạn hoàn tác đã hết lúc ${formatDateTime(plan.rollBackUntil)}; muốn đổi lại thì lập một kế hoạch mới.`) : null
}
