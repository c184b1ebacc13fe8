// The rows behind a figure of the head's board: open work with the dossier it is about, shown without the applicant to those who may not read it.

import type { Ctx } from '#core/ctx.ts'
import { Forbidden } from '#core/errors.ts'
import { atLocal, addDays, localDate } from '#core/workdays/index.ts'
import { type Board, type BoardFilter, boardItems, boardOf, headedBy, type Item } from '#modules/work/index.ts'
import { pack, unpack } from './desk.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'

/** The part of the tree that the reader heads. Throws Forbidden. */
function headed(ctx: Ctx): string[] {
  const paths = headedBy(ctx.actor)
  if (paths.length === 0) throw new Forbidden('work.not_head', 'Bảng điều hành dành cho lãnh đạo đơn vị.')
  return paths
}

const endOfDay = (ctx: Ctx): Date => atLocal(addDays(localDate(ctx.now), 1), '00:00')

/** What the board shows to the head of one or more units. Throws Forbidden. */
export const headsBoard = (ctx: Ctx): Promise<Board> => boardOf(ctx.db, headed(ctx), ctx.now, endOfDay(ctx))

export interface BoardRow {
  readonly item: Item
  readonly code: string
  readonly procedureName: string
  readonly dossier: Pick<Dossier, 'dueAt' | 'state'>
}

/** A page of the work behind a figure; it names procedures and codes, never applicants: that is asked in the dossier itself. */
export async function boardRows(ctx: Ctx, filter: Omit<BoardFilter, 'now' | 'endOfDay' | 'limit' | 'after'>, page: { readonly cursor?: string; readonly limit: number }): Promise<{ rows: BoardRow[]; next: string | null }> {
  const after = page.cursor ? unpack(page.cursor) : undefined
  const found = await boardItems(ctx.db, headed(ctx), { ...filter, now: ctx.now, endOfDay: endOfDay(ctx), limit: page.limit + 1, after: after && { dueAt: after.at, id: after.id } })
  const items = found.slice(0, page.limit)
  const dossiers = await store.findMany(ctx.db, items.map((item) => item.subject))
  const rows = items.flatMap((item) => {
    const dossier = dossiers.get(item.subject)
    return dossier?.code ? [{ item, code: dossier.code, procedureName: dossier.procedureName, dossier: { dueAt: dossier.dueAt, state: dossier.state } }] : []
  })
  const last = items.at(-1)
  return { rows, next: found.length > page.limit && last ? pack(last.dueAt, last.id) : null }
}
