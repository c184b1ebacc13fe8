// Who keeps the catalogue: the authors of procedures write, their readers look.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { denial, orThrow, type Refusal } from '#core/errors.ts'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import { isProcedureAuthor } from '#modules/procedures/index.ts'

export const CATALOGUE_READERS: readonly Role[] = ['kiem_soat_tthc', 'quan_tri_he_thong']

const NOT_KEEPER: Refusal = denial('catalogue.not_keeper', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống sửa được danh mục.')
const NOT_READER: Refusal = denial('catalogue.not_reader', 'Danh mục quản trị dành cho cán bộ kiểm soát thủ tục hành chính và quản trị hệ thống.')

/** Throws Forbidden; the platform itself may. */
export async function needKeeper(reader: Reader, ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'system' && !(await isProcedureAuthor(reader, ctx.actor))) orThrow(NOT_KEEPER)
}

/** Throws Forbidden for whoever may not look. */
export function needReader(ctx: Ctx): void {
  if (ctx.actor.kind !== 'system' && !holds(ctx.actor, CATALOGUE_READERS)) orThrow(NOT_READER)
}

/** Whether the actor is offered what `needKeeper` lets through. */
export const mayKeep = (reader: Reader, actor: Actor): Promise<boolean> => isProcedureAuthor(reader, actor)

/** Who acts, as rows keep it. */
export const whoIs = (ctx: Ctx): { id: string | null; name: string } =>
  ctx.actor.kind === 'officer' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: null, name: 'Hệ thống' }
