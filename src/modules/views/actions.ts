// Keeping, listing and dropping one's own views.

import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Conflict, Forbidden } from '#core/errors.ts'
import { compareVi } from '#core/text/index.ts'
import { type ListName, MOST_VIEWS, queryOfList, type View } from './schema.ts'

function own(ctx: Ctx): string {
  if (ctx.actor.kind === 'officer') return ctx.actor.id
  throw new Forbidden('views.officers_only', 'Chỉ cán bộ mới lưu được cách xem danh sách.')
}

export const KeepInput = z.object({
  list: z.enum(['worklist', 'dossiers'], 'Danh sách này không lưu được cách xem.'),
  name: z.string().trim().min(1, 'Đặt tên cho cách xem, ví dụ “Khai sinh quá hạn”.').max(60, 'Tên không dài quá 60 ký tự.').transform((text) => text.normalize('NFC')),
  query: z.string().max(2000, 'Bộ lọc quá dài.'),
})

/** Keeps a list's filters under a name; the same name again replaces them. Throws Conflict past twenty views of a list. */
export const keepView = act(KeepInput, async (ctx, tx, { list, name, query }): Promise<View> => {
  const officer = own(ctx)
  // one after the other for one officer, so that the count below holds
  await sql`select pg_advisory_xact_lock(hashtextextended(${`views:${officer}`}, 0))`.execute(tx)
  const before = await listed(tx, officer, list)
  if (before.length >= MOST_VIEWS && !before.some((one) => one.name === name)) {
    throw new Conflict('views.too_many', `Đã lưu đủ ${MOST_VIEWS} cách xem cho danh sách này. Hãy bỏ bớt một cách xem rồi lưu lại.`)
  }
  const kept = queryOfList(list, query)
  const { id } = await tx
    .insertInto('views.view')
    .values({ officer_id: officer, list, name, query: kept, created_at: ctx.now })
    .onConflict((c) => c.columns(['officer_id', 'list', 'name']).doUpdateSet({ query: kept }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, list, name, query: kept }
})

/** Drops one of one's own views; another's, or one that is gone, is nothing. */
export const dropView = act(z.object({ id: z.uuid('Mã cách xem không đúng.') }), async (ctx, tx, { id }): Promise<void> => {
  await tx.deleteFrom('views.view').where('id', '=', id).where('officer_id', '=', own(ctx)).execute()
})

async function listed(reader: Reader, officer: string, list: ListName): Promise<View[]> {
  const rows = await reader.selectFrom('views.view').select(['id', 'name', 'query']).where('officer_id', '=', officer).where('list', '=', list).execute()
  return rows.map((row) => ({ ...row, list })).sort((a, b) => compareVi(a.name, b.name))
}

/** The actor's views of a list, in the order of their names. */
export const listViews = async (ctx: Pick<Ctx, 'db' | 'actor'>, list: ListName): Promise<View[]> =>
  ctx.actor.kind === 'officer' ? listed(ctx.db, ctx.actor.id, list) : []
