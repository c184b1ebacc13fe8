// Who judges an appeal and who may not. Pure; the same answers serve buttons, actions, lists and the API.

import { denial, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, type Post, postOf, type Role } from '#core/policy/actor.ts'
import type { Unit } from '#modules/org/index.ts'
import type { Appeal } from './schema.ts'

/** Posts of the unit above that look at appeals: its heads decide, with them those who control procedures. */
export const JUDGES: readonly Role[] = ['chu_tich', 'lanh_dao_don_vi', 'chanh_van_phong', 'kiem_soat_tthc']

/** The post in which the actor sees the appeals of that unit, or null. */
export const judgeOf = (actor: Actor, appeal: Pick<Appeal, 'unitId'>): Post | null => postOf(actor, JUDGES, appeal.unitId)

export const canSee = (appeal: Pick<Appeal, 'unitId' | 'citizenId'>, actor: Actor): boolean =>
  actor.kind === 'system' || (actor.kind === 'citizen' && actor.id === appeal.citizenId) || judgeOf(actor, appeal) !== null

export function canDecide(appeal: Appeal, actor: Actor): Refusal | null {
  if (!judgeOf(actor, appeal)) return denial('appeals.not_yours', 'Đề nghị này do lãnh đạo hoặc cán bộ kiểm soát thủ tục của cơ quan cấp trên xem xét.')
  if (appeal.state !== 'open') return refusal('appeals.decided', `Đề nghị này đã do ${appeal.decidedByName} trả lời. Tải lại trang để xem.`)
  if (actor.kind === 'officer' && appeal.actedBy.includes(actor.id)) return denial('appeals.own_act', 'Ông/bà là người đã ra quyết định bị đề nghị xem xét lại nên không tự xem xét được. Chuyển người khác của cơ quan.')
  return null
}

/** What the unit above could be, found beforehand. */
export interface Candidates {
  /** the department in charge of the procedure's field */
  readonly department: Unit | null
  /** the People's Committee of the province */
  readonly province: Unit | null
}

const related = (a: Pick<Unit, 'path'>, b: Pick<Unit, 'path'>): boolean => a.path === b.path || a.path.startsWith(`${b.path}.`)

/** The unit that judges what `acting` did: above a commune the department in charge, above a department the province; never the acting unit or a part of it. */
export function aboveOf(acting: Unit, { department, province }: Candidates): Unit | null {
  if (department && !related(department, acting) && !related(acting, department)) return department
  return province && province.id !== acting.id ? province : null
}
