// Basic, essential services: marked with the basis, put first in every list of what to offer next.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Tx } from '#core/db/index.ts'
import { Invalid } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { essentialMarked, essentialUnmarked } from './events.ts'
import { findProcedures } from './finder.ts'
import { needKeeper, whoIs } from './rules.ts'

const file = z.object({ basis: z.string(), sure: z.enum(['found', 'memory']), codes: z.array(z.string()) })

/** Marks those of the pack, when a province begins. Returns how many. */
export async function loadEssentials(tx: Tx, at: Date): Promise<number> {
  const { basis, codes } = file.parse(JSON.parse(readFileSync(new URL('../../../packs/vn/essential.json', import.meta.url), 'utf8')))
  const done = await tx.insertInto('catalogue.essential').values(codes.map((code) => ({ code, basis, marked_at: at, marked_by_name: 'Gói dữ liệu' }))).onConflict((on) => on.doNothing()).returning('code').execute()
  return done.length
}

export const MarkInput = z.object({
  code: z.string().trim().regex(/^\d\.\d{6}$/, 'Mã thủ tục có dạng 1.001193.'),
  basis: z.string().trim().min(3, 'Ghi căn cứ: số quyết định, đề án.').max(300, 'Căn cứ không dài quá 300 ký tự.').transform((text) => text.normalize('NFC')),
})

/** Marks a procedure as essential. Throws Forbidden; Invalid for a code that nobody knows. */
export const markEssential = act(MarkInput, async (ctx, tx, { code, basis }): Promise<void> => {
  await needKeeper(tx, ctx)
  if (!(await findProcedures(ctx, { limit: Number.MAX_SAFE_INTEGER })).some((one) => one.code === code)) throw new Invalid([{ key: 'code', message: `Không có thủ tục mã ${code} trong danh mục.` }])
  await tx.insertInto('catalogue.essential').values({ code, basis, marked_at: ctx.now, marked_by_name: whoIs(ctx).name }).onConflict((on) => on.column('code').doUpdateSet({ basis, marked_at: ctx.now, marked_by_name: whoIs(ctx).name })).execute()
  await emit(tx, ctx, essentialMarked, `procedure:${code}`, { code, basis })
})

/** Takes the mark off; one that is not marked is nothing. */
export const unmarkEssential = act(MarkInput.pick({ code: true }), async (ctx, tx, { code }): Promise<void> => {
  await needKeeper(tx, ctx)
  const gone = await tx.deleteFrom('catalogue.essential').where('code', '=', code).returning('code').executeTakeFirst()
  if (gone) await emit(tx, ctx, essentialUnmarked, `procedure:${code}`, { code })
})
