// Who may write and publish procedures, and who may look at the workshop.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { denial, orThrow, type Refusal } from '#core/errors.ts'
import { type Actor, holds, postOf, type Role } from '#core/policy/actor.ts'
import { getUnit } from '#modules/org/index.ts'

/** Roles that read every draft and version. */
export const PROCEDURE_READERS: readonly Role[] = ['kiem_soat_tthc', 'quan_tri_he_thong']

/** A procedure binds the whole province (NĐ 63/2010/NĐ-CP art. 15): the platform's administrators and the province's controllers write it, a commune's read it. */
export async function isAuthor(reader: Reader, actor: Actor): Promise<boolean> {
  if (holds(actor, 'quan_tri_he_thong')) return true
  const post = postOf(actor, 'kiem_soat_tthc')
  return post !== null && (await getUnit(reader, post.unitId)).level === 'tinh'
}

const NOT_AUTHOR: Refusal = denial('procedures.not_publisher', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống soạn và công bố được thủ tục.')

/** Throws Forbidden for everybody else; the platform itself may. */
export async function needAuthor(reader: Reader, ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'system' && !(await isAuthor(reader, ctx.actor))) orThrow(NOT_AUTHOR)
}

/** Throws Forbidden for whoever may not even look. */
export function needReader(ctx: Ctx): void {
  if (ctx.actor.kind === 'system' || holds(ctx.actor, PROCEDURE_READERS)) return
  orThrow(denial('procedures.not_keeper', 'Phần này dành cho cán bộ kiểm soát thủ tục hành chính và quản trị hệ thống.'))
}

/** Who acts, as rows keep it. */
export const whoIs = (ctx: Ctx): { id: string | null; name: string } =>
  ctx.actor.kind === 'officer' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: null, name: 'Hệ thống' }
