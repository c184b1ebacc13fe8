// SQL of units that begin.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import { needFreeCodes, settleCodes } from './codes.ts'
import type { Unit } from './schema.ts'
import { searchText } from './store.ts'

export interface NewUnit extends Unit {
  readonly aliases: readonly string[]
  readonly posts: readonly { readonly id: string; readonly role: string; readonly title: string }[]
}

/** Writes units, their posts, and for the first of them that it is not live yet. Throws Conflict when an id or a code of any scheme is another's on one of their days. */
export async function addUnits(tx: Tx, ctx: Ctx, units: readonly NewUnit[], waits: boolean): Promise<void> {
  if (units.length === 0) return
  const taken = await tx.selectFrom('org.unit').select(['code', 'name']).where('id', 'in', units.map((unit) => unit.id)).limit(1).executeTakeFirst()
  if (taken) throw new Conflict('org.code_taken', `Mã ${taken.code} đang hoặc đã là của ${taken.name}. Xem lại mã, hoặc mở đơn vị ấy ở danh sách đơn vị.`)
  await needFreeCodes(tx, units)
  try {
    await tx.insertInto('org.unit').values(units.map((unit) => ({
      id: unit.id, code: unit.code, key: unit.key, aliases: [...unit.aliases], name: unit.name, short_name: unit.shortName, kind: unit.kind, level: unit.level, parent_id: unit.parentId, path: unit.path,
      valid_from: unit.validFrom, valid_to: null, identifier: unit.identifier, qcvn: unit.qcvn, admin_code: unit.adminCode, outside: unit.outside, search: searchText(unit),
    }))).execute()
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    throw new Conflict('org.code_taken', 'Vừa có người khác lập đơn vị mang mã này. Xem lại danh sách đơn vị rồi làm lại.')
  }
  await settleCodes(tx)
  const posts = units.flatMap((unit) => unit.posts.map((post) => ({ ...post, unit })))
  if (posts.length > 0) await tx.insertInto('org.post').values(posts.map(({ id, role, title, unit }) => ({ id, unit_id: unit.id, role, title, valid_from: unit.validFrom, valid_to: null }))).execute()
  if (waits) await tx.insertInto('org.rollout').values({ unit_id: units[0]!.id, wave: null, planned_on: null, live_at: null, live_by_name: null, note: null, updated_at: ctx.now, updated_by_name: whoIs(ctx) }).execute()
}

export const whoIs = (ctx: Ctx): string => (ctx.actor.kind === 'anonymous' ? '' : ctx.actor.kind === 'system' ? 'Hệ thống' : ctx.actor.name)
