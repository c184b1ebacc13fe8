// Passwords given out once and lost before anybody signed in (a page closed, a button pressed twice): given anew, to those who have never come in.

import { z } from 'zod'
import { parseInput } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { getUnit, listPosts, type PostRow, postsHeldBy } from '#modules/org/index.ts'
import { passwordSet } from './events.ts'
import { hashPassword } from './passwords.ts'
import { canAdminister } from './rules.ts'
import { givenPassword, type TakenOn } from './taking-on.ts'
import * as store from './store.ts'

export interface NotYetIn {
  readonly officerId: string
  readonly fullName: string
  readonly title: string
  readonly login: string
  /** When the password that they have was given out. */
  readonly givenAt: Date
}

/** Those of a unit and below whose password was given out and who have never signed in; only accounts that the asker may administer. */
export async function notYetIn(ctx: Ctx, { unit: id }: { unit: string }): Promise<NotYetIn[]> {
  const unit = await getUnit(ctx.db, id)
  const today = localDate(ctx.now)
  const posts = await listPosts(ctx.db, { within: unit.path, on: today, limit: 2000 })
  const held = new Map(posts.flatMap((post) => (post.holder ? [[post.holder.id, post] as [string, PostRow]] : [])))
  const found: NotYetIn[] = []
  for (const row of await store.neverIn(ctx.db, [...held.keys()])) {
    if (canAdminister(ctx.actor, await postsHeldBy(ctx.db, row.officer_id, today))) continue
    const post = held.get(row.officer_id)!
    found.push({ officerId: row.officer_id, fullName: post.holder!.name, title: post.title, login: row.login, givenAt: row.changed_at })
  }
  return found.sort((a, b) => b.givenAt.getTime() - a.givenAt.getTime() || a.fullName.localeCompare(b.fullName, 'vi'))
}

const GiveAgainInput = z.object({ unit: z.string(), officers: z.array(z.string()).min(1, 'Chọn ít nhất một người.').max(1000) })

/** Gives those who have never signed in a new password each, shown once; the one before is void. Who came in meanwhile keeps theirs.
 *  Throws Conflict when there is nobody left whom the asker may administer. */
export async function giveAgain(ctx: Ctx, input: z.input<typeof GiveAgainInput>): Promise<TakenOn[]> {
  const { unit, officers } = parseInput(GiveAgainInput, input)
  const wanted = (await notYetIn(ctx, { unit })).filter((one) => officers.includes(one.officerId))
  if (wanted.length === 0) throw new Conflict('identity.nobody_waits', 'Không còn ai chưa đăng nhập lần nào; không mật khẩu nào được đặt lại.')
  const fresh = wanted.map((one) => ({ ...one, password: givenPassword() }))
  const hashes = await Promise.all(fresh.map((one) => hashPassword(one.password)))
  const given = await inTransaction(ctx.db, async (tx) => {
    const done: typeof fresh = []
    for (const [at, one] of fresh.entries()) {
      if (!(await store.giveOutAgain(tx, one.officerId, hashes[at]!, ctx.now))) continue
      await emit(tx, ctx, passwordSet, one.officerId, { login: one.login })
      done.push(one)
    }
    return done
  })
  return given.map(({ fullName, title, login, password }) => ({ fullName, title, login, password }))
}
