// Who may take and finish a piece of work. Pure; the same answers serve buttons, actions, lists and the API.

import { denial, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, type Post, type Role, ROLES } from '#core/policy/actor.ts'
import { doersOf, scopeCovers } from '#modules/org/index.ts'
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

/** Effects by which a leader's step signs, approves or decides; a specialist's `approve` is a proposal. */
export const DECIDING: readonly string[] = ['sign', 'approve']

/** Whether the step judges what others proposed. Equal to `decides` of store. */
export const isDeciding = (item: Pick<Item, 'outcomes' | 'role'>): boolean => item.role !== 'chuyen_vien' && item.outcomes.some((one) => DECIDING.includes(one.effect ?? ''))

/** Two hands on one thing: whoever did a step of these roles does not judge its outcome (Luật Phòng, chống tham nhũng 2018 art. 23 on conflicts
 *  of interest; separation of duties of the domain reference 1.3). Data, so that a province may add pairs. */
export const SEPARATED: readonly { readonly proposes: readonly string[]; readonly judges: readonly string[] }[] = [
  { proposes: ['chuyen_vien'], judges: ['sign', 'approve'] },
]

/** The roles of steps whose doers may not judge this one. A specialist's own step that says yes on the way proposes, it does not judge. */
export const proposingRoles = (item: Pick<Item, 'outcomes' | 'role'>): string[] =>
  SEPARATED.filter((pair) => !pair.proposes.includes(item.role) && item.outcomes.some((one) => pair.judges.includes(one.effect ?? ''))).flatMap((pair) => pair.proposes)

/** The post by which the actor may do the item, or null. A post lent for signing alone, or without signing, covers only such steps. */
export const deskOf = (item: Pick<Item, 'role' | 'unitId' | 'outcomes'>, actor: Actor): Post | null =>
  (item.unitId !== null && actor.kind === 'officer' && actor.posts.find((post) =>
    post.unitId === item.unitId && rolesFor(item.role).includes(post.role) && scopeCovers(post.onBehalfOf?.scope ?? 'all', isDeciding(item)))) || null

/** Why the actor may not judge this step, if they may not. */
export const ownProposal = (item: Pick<Item, 'barred'>, officer: string): Refusal | null => item.barred.includes(officer)
  ? denial('work.own_proposal', 'Ông/bà đã thẩm định, đề xuất hồ sơ này ở bước trước nên không ký, duyệt chính đề xuất của mình. Nhờ lãnh đạo khác của đơn vị, hoặc người được ủy quyền.')
  : null

const barredFrom = (item: Item, actor: Actor): Refusal | null => (actor.kind === 'officer' ? ownProposal(item, actor.id) : null)

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
  const gone = stillOpen(item) ?? barredFrom(item, actor)
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

/** Why a desk that was the actor's is so no more: its unit has ended, and the work lies with the heir. */
export const movedDesk = (item: Pick<Item, 'name'>, ended: { readonly name: string; readonly validTo: string | null }, now: { readonly name: string }): Refusal =>
  refusal('work.unit_reorganised', `${ended.name} đã sắp xếp lại, việc “${item.name}” nay ở ${now.name}. Chưa có gì được ghi; tải lại trang, chọn chức danh mới rồi làm lại ở đó.`)

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
  const gone = stillOpen(item) ?? barredFrom(item, actor)
  if (gone) return gone
  if (item.state === 'claimed' && !(actor.kind === 'officer' && item.claimedBy === actor.id)) {
    return refusal('work.claimed', 'Việc này đang có người khác xử lý. Người đó phải trả lại thì ông/bà mới làm được.')
  }
  return stillAsked(item)
}
