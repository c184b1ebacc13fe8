// Who may plan, confirm and take back moves, and when. Pure, except that a post's unit is looked up.

import type { Reader } from '#core/db/index.ts'
import { denial, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, type Post, postOf } from '#core/policy/actor.ts'
import { getUnit } from '#modules/org/index.ts'
import { type Plan, PLAN_STATES } from './schema.ts'

/** The post in which the actor may move dossiers: who publishes for the whole province. Null for everybody else. */
export async function moverPost(reader: Reader, actor: Actor): Promise<Post | null> {
  const keeper = postOf(actor, 'quan_tri_he_thong')
  if (keeper) return keeper
  const post = postOf(actor, 'kiem_soat_tthc')
  return post && (await getUnit(reader, post.unitId)).level === 'tinh' ? post : null
}

export const notMover = denial('moves.not_mover', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống chuyển được hồ sơ sang phiên bản khác.')

const now = (plan: Plan, what: string): Refusal => refusal('moves.state', `Đợt chuyển này ${PLAN_STATES[plan.state].toLocaleLowerCase('vi')} nên không ${what} được nữa. Tải lại trang để xem.`)

export const canChange = (plan: Plan): Refusal | null => (plan.state === 'drafting' ? null : now(plan, 'sửa'))

/** What somebody confirms must be what they saw. */
export const isStale = (plan: Plan, revision: number): Refusal | null =>
  plan.revision === revision ? null : refusal('moves.changed', 'Đợt chuyển vừa được sửa ở nơi khác (người khác, hoặc một thẻ khác của trình duyệt). Đây là bản mới nhất; xem lại rồi làm tiếp.')

export function canAsk(plan: Plan, chosen: number): Refusal | null {
  if (plan.state !== 'drafting') return now(plan, 'đề nghị chuyển')
  if (!plan.triedAt) return refusal('moves.untried', 'Còn đang chạy thử; chờ chạy xong rồi đề nghị chuyển.')
  return chosen > 0 ? null : refusal('moves.none', 'Chưa chọn hồ sơ nào; chọn ít nhất một hồ sơ chuyển được.')
}

/** Four eyes: who planned or asked does not confirm. */
export function canConfirm(plan: Plan, actor: Actor): Refusal | null {
  if (plan.state !== 'waiting') return now(plan, 'xác nhận')
  const me = actor.kind === 'officer' ? actor.id : ''
  return me === plan.askedBy || me === plan.madeBy ? denial('moves.four_eyes', 'Người lập hoặc đề nghị đợt chuyển không tự xác nhận; nhờ người thứ hai có quyền công bố thủ tục.') : null
}

export function canUndo(plan: Plan): Refusal | null {
  if (plan.state !== 'done') return now(plan, 'hoàn lại')
  return plan.undoBy ? refusal('moves.undo_asked', `${plan.undoByName ?? 'Người khác'} đã đề nghị hoàn lại; chờ người thứ hai xác nhận.`) : null
}

export function canConfirmUndo(plan: Plan, actor: Actor): Refusal | null {
  if (plan.state !== 'done' || !plan.undoBy) return now(plan, 'xác nhận hoàn lại')
  return actor.kind === 'officer' && actor.id === plan.undoBy ? denial('moves.four_eyes', 'Người đề nghị hoàn lại không tự xác nhận; nhờ người thứ hai có quyền công bố thủ tục.') : null
}
