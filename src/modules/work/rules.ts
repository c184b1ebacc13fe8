// Who may take and finish a piece of work. Pure; the same answers serve buttons, actions, lists and the API.

import { denial, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, type Post, postOf, type Role, ROLES } from '#core/policy/actor.ts'
import { doersOf } from '#modules/org/index.ts'
import type { Item } from './schema.ts'

/** The applicant's own step may be recorded at the counter on the applicant's behalf. */
const CITIZEN_STEP_RECORDERS: readonly Role[] = ['mot_cua']

export const rolesFor = (stepRole: string): readonly Role[] =>
  stepRole === 'cong_dan' ? CITIZEN_STEP_RECORDERS : (doersOf(stepRole) as readonly Role[])

/** The roles of steps that a post of `role` may do: the inverse of `rolesFor`, for filters in SQL. */
export function stepRolesOf(role: Role): string[] {
  const candidates = [...Object.keys(ROLES), 'co_quan_phoi_hop', 'thue', 'cong_dan']
  return candidates.filter((stepRole) => rolesFor(stepRole).includes(role))
}

/** The post by which the actor may do the item, or null. */
export const deskOf = (item: Pick<Item, 'role' | 'unitId'>, actor: Actor): Post | null =>
  item.unitId === null ? null : postOf(actor, rolesFor(item.role), item.unitId)

const isOwn = (item: Item, actor: Actor): boolean => actor.kind === 'citizen' && item.role === 'cong_dan' && item.citizenId === actor.id

export function canSeeItem(item: Item, actor: Actor): Refusal | null {
  if (isOwn(item, actor) || deskOf(item, actor)) return null
  return denial('work.not_your_desk', 'Việc này thuộc bàn của người khác.')
}

function stillOpen(item: Item): Refusal | null {
  if (item.state === 'done') {
    return refusal('work.already_done', `Việc này đã do ${item.doneByName ?? 'người khác'} làm xong. Tải lại trang để xem bước tiếp theo.`)
  }
  if (item.state === 'cancelled') return refusal('work.cancelled', 'Việc này không còn cần làm vì hồ sơ đã chuyển hướng khác.')
  return null
}

export function canClaim(item: Item, actor: Actor): Refusal | null {
  if (!deskOf(item, actor)) return denial('work.not_your_desk', 'Việc này không thuộc vị trí công tác đang chọn.')
  const gone = stillOpen(item)
  if (gone) return gone
  if (item.state === 'claimed') {
    const mine = actor.kind === 'officer' && item.claimedBy === actor.id
    return mine ? refusal('work.yours', 'Việc này đã ở chỗ ông/bà.') : refusal('work.claimed', 'Việc này đã có người khác nhận.')
  }
  return null
}

export function canRelease(item: Item, actor: Actor): Refusal | null {
  const gone = stillOpen(item)
  if (gone) return gone
  if (item.state !== 'claimed' || actor.kind !== 'officer' || item.claimedBy !== actor.id) {
    return denial('work.not_claimed', 'Chỉ người đã nhận việc mới trả lại được việc.')
  }
  return null
}

/** Other units have been asked beside this step and have not all answered. */
function stillAsked(item: Item): Refusal | null {
  if (item.waits === 0) return null
  return refusal('work.waits', `Bước “${item.name}” đang chờ ý kiến của ${item.waits} đơn vị. Chờ trả lời, nhắc, hoặc rút yêu cầu lấy ý kiến rồi mới làm xong bước này được.`)
}

/** Whether the actor may start a process beside this step, such as asking for an opinion. */
export function canStandBeside(item: Item, actor: Actor): Refusal | null {
  if (item.link === 'beside') return refusal('work.beside_only', 'Việc này là trả lời ý kiến; trả lời xong là hết việc, không hỏi tiếp từ đây được.')
  return canComplete({ ...item, waits: 0 }, actor)
}

export function canComplete(item: Item, actor: Actor): Refusal | null {
  if (actor.kind === 'system') return stillOpen(item) ?? stillAsked(item) // the casework module has decided that it may be done
  if (!isOwn(item, actor) && !deskOf(item, actor)) return denial('work.not_your_desk', 'Việc này không thuộc vị trí công tác đang chọn.')
  const gone = stillOpen(item)
  if (gone) return gone
  if (item.state === 'claimed' && !(actor.kind === 'officer' && item.claimedBy === actor.id)) {
    return refusal('work.claimed', 'Việc này đang có người khác xử lý. Người đó phải trả lại thì ông/bà mới làm được.')
  }
  return stillAsked(item)
}
