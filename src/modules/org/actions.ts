// The verbs of the organisation: give a post to an officer, end a holding. Permission, rule, store, event; one transaction.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { formatDate } from '#core/text/dates.ts'
import { localDate } from '#core/workdays/local.ts'
import { holdingEnded, holdingGiven } from './events.ts'
import { getOfficer } from './queries.ts'
import * as register from './register.ts'
import { canGive, canKeepPost, dateFaults } from './rules.ts'

const day = (message: string) => z.iso.date(message)

export const GiveHoldingInput = z.object({
  post: z.string(),
  officer: z.string().trim().min(1, 'Chọn cán bộ nhận chức danh.'),
  from: day('Ghi ngày bắt đầu, ví dụ 21/11/2026.'),
  /** last day held; null while it has no end */
  to: day('Ghi ngày thôi giữ, ví dụ 31/12/2026, hoặc để trống.').nullish(),
})

/** Gives a post to an officer from a day on. Throws Forbidden (not the unit's administrator, or to oneself), Invalid for dates,
 *  Conflict('org.post_held') when another holds it on one of these days. */
export const giveHolding = act(GiveHoldingInput, (ctx, tx, input): Promise<void> => give(ctx, tx, input))

/** The same within another's transaction. */
export async function give(ctx: Ctx, tx: Tx, input: z.output<typeof GiveHoldingInput>): Promise<void> {
  const to = input.to ?? null
  const post = await register.lockPost(tx, input.post, input.from)
  orThrow(canGive(post, input.officer, ctx.actor))
  const faults = dateFaults(post, input.from, to)
  if (faults.length > 0) throw new Invalid(faults)
  await getOfficer(tx, input.officer)
  const other = (await register.holdingsOf(tx, post.id)).find((one) => one.from <= (to ?? '9999-12-31') && (one.to ?? '9999-12-31') >= input.from && !(one.endedAt && one.to === input.from))
  if (other) {
    const until = other.to ? `đến ${formatDate(other.to)}` : 'chưa có ngày thôi giữ'
    throw new Conflict('org.post_held', `${other.name} giữ chức danh này từ ${formatDate(other.from)}, ${until}. Cho thôi giữ trước, hoặc chọn ngày khác.`)
  }
  await register.addHolding(tx, { post: post.id, officer: input.officer, from: input.from, to })
  await emit(tx, ctx, holdingGiven, `post:${post.id}`, { post: post.id, unit: post.unitId, role: post.role, officer: input.officer, from: input.from, to })
}

export const EndHoldingInput = z.object({
  post: z.string(),
  officer: z.string(),
  /** first day of the holding to end */
  from: z.iso.date(),
  /** last day held */
  to: day('Ghi ngày cuối cùng giữ chức danh, ví dụ 30/11/2026.'),
})

/** Ends a holding on a day (the last one held), today or later: what was done in the post stays done. Throws Forbidden, Invalid, NotFound, Conflict. */
export const endHolding = act(EndHoldingInput, async (ctx, tx, input): Promise<void> => {
  const today = localDate(ctx.now)
  const post = await register.lockPost(tx, input.post, today)
  orThrow(canKeepPost(post, ctx.actor))
  const holding = (await register.holdingsOf(tx, post.id)).find((one) => one.officerId === input.officer && one.from === input.from)
  if (!holding) throw new NotFound('org.no_holding', 'Không có lần giữ chức danh này.')
  if (holding.to !== null && holding.to < today) throw new Conflict('org.holding_ended', `${holding.name} đã thôi giữ chức danh từ ${formatDate(holding.to)}.`)
  if (input.to < holding.from) throw new Invalid([{ key: 'to', message: `Ngày thôi giữ phải từ ngày bắt đầu ${formatDate(holding.from)} trở đi.` }])
  if (input.to < today) throw new Invalid([{ key: 'to', message: 'Ngày thôi giữ phải từ hôm nay trở đi: việc đã làm theo chức danh vẫn còn giá trị.' }])
  await register.setHoldingEnd(tx, { post: post.id, officer: input.officer, from: input.from, to: input.to })
  await emit(tx, ctx, holdingEnded, `post:${post.id}`, { post: post.id, unit: post.unitId, role: post.role, officer: input.officer, to: input.to })
})
