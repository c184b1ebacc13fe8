// Lending a post for a time, and taking it back: the deputy acts in it like in any other post, and signs with the prefix.

import { z } from 'zod'
import { act } from '#core/act.ts'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { formatDate } from '#core/text/dates.ts'
import { localDate } from '#core/workdays/local.ts'
import { recordedBy } from './absences.ts'
import { delegated, delegationRevoked } from './events.ts'
import * as lent from './lent-store.ts'
import { canLend, canRevoke, spanFaults } from './lent-rules.ts'
import { noteUnmanned } from './manning.ts'
import { getOfficer } from './queries.ts'
import * as register from './register.ts'
import { ownPosts } from './store.ts'

const text = (max: number) => z.string().trim().max(max, `Không dài quá ${max} ký tự.`).transform((given) => given.normalize('NFC'))

export const DelegateInput = z.object({
  post: z.string().min(1, 'Chọn chức danh được ủy quyền.'),
  to: z.string().trim().min(1, 'Chọn người nhận ủy quyền.'),
  from: z.iso.date('Ghi ngày bắt đầu, ví dụ 24/11/2026.'),
  until: z.iso.date('Ghi ngày cuối, ví dụ 28/11/2026. Ủy quyền luôn có thời hạn.'),
  prefix: z.enum(['KT.', 'TL.', 'TUQ.']).nullish().transform((given) => given ?? null),
  scope: z.enum(['all', 'sign', 'run'], 'Chọn phạm vi ủy quyền.').default('all'),
  note: text(300).nullish().transform((given) => given || null),
  basis: text(200).refine((given) => given.length >= 3, 'Ghi số, ngày của văn bản ủy quyền hoặc phân công.'),
})

/** Lends a post from a day to a day. Throws Forbidden, Invalid, Conflict: to oneself, a platform post, one held for another, overlapping. */
export const delegate = act(DelegateInput, async (ctx, tx, input): Promise<{ id: string }> => {
  const today = localDate(ctx.now)
  const start = input.from > today ? input.from : today
  const post = await register.lockPost(tx, input.post, start)
  const deputy = await getOfficer(tx, input.to)
  orThrow(canLend({ post, holder: post.holder?.id ?? null, to: deputy.id, deputyPosts: await ownPosts(tx, deputy.id, start), prefix: input.prefix, scope: input.scope }, ctx.actor))
  const faults = spanFaults(input.from, input.until, today).map((fault) => ({ ...fault, key: fault.key === 'to' ? 'until' : fault.key }))
  if (input.from < today) faults.push({ key: 'from', message: 'Ủy quyền có hiệu lực từ hôm nay trở đi: văn bản đã ký trước đó không đổi người ký được.' })
  if (faults.length > 0) throw new Invalid(faults)
  const holder = post.holder!
  if (holder.to !== null && holder.to < input.until) throw new Invalid([{ key: 'until', message: `${holder.name} chỉ giữ chức danh này đến ${formatDate(holder.to)}; ủy quyền không dài hơn.` }])
  const other = (await lent.listDelegations(tx, { within: null, since: input.from, post: post.id })).find((one) => one.from <= input.until)
  if (other) throw new Conflict('org.delegation_overlaps', `Chức danh này đã ủy quyền cho ${other.toName} từ ${formatDate(other.from)} đến ${formatDate(other.to)}. Chấm dứt lần ấy trước, hoặc chọn ngày khác.`)
  const away = (await lent.absentOn(tx, [deputy.id], start)).get(deputy.id)
  if (away) throw new Conflict('org.deputy_absent', `${deputy.fullName} đang nghỉ đến ${formatDate(away.until)}. Chọn người khác.`)
  const id = await lent.addDelegation(tx, { ...input, fromOfficer: holder.id, toOfficer: deputy.id, to: input.until }, recordedBy(ctx))
  await emit(tx, ctx, delegated, `post:${post.id}`, {
    delegation: id, post: post.id, unit: post.unitId, role: post.role, from_officer: holder.id, officer: deputy.id, from: input.from, to: input.until, prefix: input.prefix, scope: input.scope,
    basis: input.basis,
  })
  return { id }
})

/** Ends a delegation this moment: the deputy's next request no longer has the post. Silent when it had ended. Throws Forbidden, NotFound. */
export const revokeDelegation = act(z.object({ id: z.uuid() }), async (ctx, tx, input): Promise<void> => {
  const known = await lent.findDelegation(tx, input.id)
  if (!known) throw new NotFound('org.no_delegation', 'Không có lần ủy quyền này.')
  await register.lockPost(tx, known.postId, localDate(ctx.now))
  orThrow(canRevoke(known, ctx.actor))
  if (known.revokedAt !== null || known.to < localDate(ctx.now)) return
  await lent.revokeDelegation(tx, known.id, recordedBy(ctx))
  await emit(tx, ctx, delegationRevoked, `post:${known.postId}`, { delegation: known.id, post: known.postId, unit: known.unitId, role: known.role, officer: known.toOfficer })
  await noteUnmanned(tx, ctx, [known.unitId], localDate(ctx.now))
})
