// The book of everyday ways of speaking: the pack's lines and what officials add when a search found nothing.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { Invalid, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { sayingAdded, sayingDropped } from './events.ts'
import { needKeeper, needReader, whoIs } from './rules.ts'
import { type Saying, sayingRow } from './sayings.ts'
import * as store from './store.ts'
import { plainOf } from './words.ts'

const file = z.object({ rows: z.array(sayingRow) })

/** What the pack knows of how people speak. */
export const PACK_SAYINGS: readonly Saying[] = file.parse(JSON.parse(readFileSync(new URL('../../../packs/vn/sayings.json', import.meta.url), 'utf8'))).rows

const phrase = z.string().trim().min(2, 'Mỗi cách nói có ít nhất hai chữ cái.').max(80, 'Mỗi cách nói không dài quá 80 ký tự.').transform((text) => text.normalize('NFC').toLowerCase().replaceAll('...', '…'))

export const SayingInput = z.object({
  say: z.string('Ghi ít nhất một cách nói, mỗi cách một dòng.')
    .transform((text) => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))])
    .pipe(z.array(phrase).min(1, 'Ghi ít nhất một cách nói, mỗi cách một dòng.').max(30, 'Mỗi lần ghi không quá 30 cách nói.')),
  mean: z.string('Ghi lời trong tên thủ tục.').trim().min(3, 'Ghi lời trong tên thủ tục, ví dụ “đăng ký khai tử”.').max(300, 'Lời trong tên thủ tục không dài quá 300 ký tự.').transform((text) => text.normalize('NFC')),
})

/** Adds ways of saying a thing. Throws Forbidden; Invalid for a phrase that the added lines know already. */
export const addSaying = act(SayingInput, async (ctx, tx, { say, mean }): Promise<{ id: string }> => {
  await needKeeper(tx, ctx)
  const known: string[] = []
  for (const one of say) if (await store.says(tx, one)) known.push(one)
  if (known.length > 0) throw new Invalid([{ key: 'say', message: `Đã có cách nói “${known.join('”, “')}”; bỏ dòng cũ trước khi ghi nghĩa khác.` }])
  const who = whoIs(ctx)
  const id = await store.addSaying(tx, { say, mean, at: ctx.now, by: who.id, byName: who.name })
  await emit(tx, ctx, sayingAdded, 'catalogue:sayings', { saying: id, say, mean })
  return { id }
})

/** Takes an added line out of the book; again is nothing. Throws Forbidden, NotFound. */
export const dropSaying = act(z.object({ id: z.uuid('Mã dòng không đúng.') }), async (ctx, tx, { id }): Promise<void> => {
  await needKeeper(tx, ctx)
  if (await store.dropSaying(tx, id, ctx.now, whoIs(ctx).name)) await emit(tx, ctx, sayingDropped, 'catalogue:sayings', { saying: id })
  else if (!(await tx.selectFrom('catalogue.saying').select('id').where('id', '=', id).executeTakeFirst())) throw new NotFound('catalogue.no_saying', 'Không có dòng này trong sổ cách nói.')
})

export interface Book {
  readonly added: readonly store.SayingRow[]
  /** Lines of the pack, or those that touch the words asked for. */
  readonly pack: readonly Saying[]
}

/** The book, or what of it bears the words. Throws Forbidden. */
export async function readBook(ctx: Ctx, q: string): Promise<Book> {
  needReader(ctx)
  const wanted = plainOf(q).trim()
  const bears = (one: Saying) => wanted === '' || [...one.say, one.mean].some((text) => plainOf(text).includes(wanted))
  return { added: (await store.sayings(ctx.db)).filter(bears), pack: PACK_SAYINGS.filter(bears) }
}
