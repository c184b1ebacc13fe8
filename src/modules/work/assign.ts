// Giving work to a named officer of its desk, taking it from one to another, and what becomes of it when somebody is away or leaves.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader, type Tx } from '#core/db/index.ts'
import { denial, Invalid, orThrow, type Refusal, refusal } from '#core/errors.ts'
import { emit, type Reaction, type RecordedEvent } from '#core/events/index.ts'
import { enqueue, type Job } from '#core/jobs/index.ts'
import type { Actor, Officer, Role } from '#core/policy/actor.ts'
import { formatDate } from '#core/text/index.ts'
import { atLocal, localDate } from '#core/workdays/index.ts'
import { absentOn, findAbsence, getOfficer, LEADERS, listHolders, officerNames, postsHeldBy, scopeCovers } from '#modules/org/index.ts'
import { lockItem } from './actions.ts'
import { assigned, reassigned } from './events.ts'
import { deskOf, ownProposal, rolesFor, stepRolesOf } from './rules.ts'
import type { Item } from './schema.ts'
import * as store from './store.ts'

const under = (path: string, tree: string): boolean => path === tree || path.startsWith(`${tree}.`)

/** Heads give out the work of their unit and of those below (domain reference 1.3: lanh_dao_phong assigns in the unit). */
export function mayAssign(item: Pick<Item, 'unitPath' | 'role'>, actor: Actor): Refusal | null {
  if (actor.kind === 'system') return null
  const head = actor.kind === 'officer' && item.unitPath !== null
    && actor.posts.some((post) => LEADERS.includes(post.role) && under(item.unitPath!, post.unitPath) && scopeCovers(post.onBehalfOf?.scope ?? 'all', false))
  return head ? null : denial('work.not_head', 'Chỉ lãnh đạo của đơn vị đang giữ việc, hoặc cấp trên, mới phân công được việc này.')
}

/** The officer as the desk sees them on a day: with every post they may act in. */
async function candidate(reader: Reader, officer: string, on: string): Promise<Officer> {
  const { id, fullName } = await getOfficer(reader, officer)
  return { kind: 'officer', id, name: fullName, posts: await postsHeldBy(reader, id, on) }
}

function fit(item: Item, officer: Officer, away: string | undefined): Refusal | null {
  if (!deskOf(item, officer)) return refusal('work.not_of_desk', `${officer.name} không giữ chức danh làm được bước “${item.name}” ở đơn vị này. Chọn người khác của bàn.`)
  if (ownProposal(item, officer.id)) return refusal('work.own_proposal', `${officer.name} đã thẩm định hồ sơ này ở bước trước nên không ký, duyệt được. Chọn người khác.`)
  return away ? refusal('work.officer_away', `${officer.name} đang nghỉ đến ${formatDate(away)}. Chọn người khác.`) : null
}

export interface Assignment {
  readonly item: string
  readonly officer: string
}

/** Gives an item that nobody has to an officer of its desk. Throws Forbidden, Conflict when somebody has it or the officer cannot do it. */
export async function assign(tx: Tx, ctx: Ctx, given: Assignment): Promise<Item> {
  const { item } = await lockItem(tx, given.item)
  orThrow(mayAssign(item, ctx.actor))
  if (item.state === 'claimed' && item.claimedBy === given.officer) return item
  if (item.state === 'claimed') orThrow(refusal('work.claimed', 'Việc này đang có người giữ; chuyển việc cần ghi lý do.'))
  return give(tx, ctx, item, given.officer, null)
}

/** Takes an item from whoever has it and gives it to another, with the reason both will read. Throws as `assign`. */
export async function reassign(tx: Tx, ctx: Ctx, given: Assignment & { readonly reason: string }): Promise<Item> {
  const { item } = await lockItem(tx, given.item)
  orThrow(mayAssign(item, ctx.actor))
  if (item.state === 'claimed' && item.claimedBy === given.officer) return item
  return give(tx, ctx, item, given.officer, given.reason)
}

async function give(tx: Tx, ctx: Ctx, item: Item, officer: string, reason: string | null): Promise<Item> {
  if (item.state !== 'open' && item.state !== 'claimed') {
    orThrow(refusal('work.already_done', item.state === 'done' ? `Việc này đã do ${item.doneByName ?? 'người khác'} làm xong.` : 'Việc này không còn cần làm.'))
  }
  const on = localDate(ctx.now)
  const to = await candidate(tx, officer, on)
  orThrow(fit(item, to, (await absentOn(tx, [officer], on)).get(officer)?.until))
  const by = ctx.actor.kind === 'officer' && ctx.actor.id !== officer ? ctx.actor.name : null
  await store.setClaim(tx, item.id, to.id, ctx.now, by)
  const fact = { item: item.id, step: item.step, name: item.name, officer: to.id, officerName: to.name }
  if (item.claimedBy === null) await emit(tx, ctx, assigned, item.subject, fact)
  else await emit(tx, ctx, reassigned, item.subject, { ...fact, from: item.claimedBy, fromName: await nameOf(tx, item.claimedBy), reason: reason ?? '' })
  return { ...item, state: 'claimed', claimedBy: to.id, claimedAt: ctx.now, assignedByName: by }
}

const nameOf = async (reader: Reader, id: string): Promise<string> => (await officerNames(reader, [id])).get(id) ?? ''

/** Puts an item back on the common list for a reason that is nobody's choice. */
async function putBack(tx: Tx, ctx: Ctx, item: Item, reason: string): Promise<void> {
  await store.setClaim(tx, item.id, null, null)
  await emit(tx, ctx, reassigned, item.subject, {
    item: item.id, step: item.step, name: item.name, officer: '', officerName: '', from: item.claimedBy!, fromName: await nameOf(tx, item.claimedBy!), reason,
  })
}

export const AssignInput = z.object({
  item: z.uuid('Mã việc không đúng.'),
  officer: z.string().trim().min(1, 'Chọn cán bộ nhận việc.'),
  reason: z.string().trim().max(500, 'Lý do không dài quá 500 ký tự.').transform((text) => text.normalize('NFC')).default(''),
})

/** Gives an item to an officer, from whoever has it. An item somebody has needs a reason. Throws Invalid, Forbidden, Conflict. */
export const assignItem = act(AssignInput, async (ctx, tx, input): Promise<Item> => {
  const { item } = await lockItem(tx, input.item)
  orThrow(mayAssign(item, ctx.actor))
  const taken = item.state === 'claimed' && item.claimedBy !== input.officer
  if (taken && input.reason.length < 3) throw new Invalid([{ key: 'reason', message: 'Ghi lý do chuyển việc; người đang giữ và người nhận đều đọc được.' }])
  return taken ? reassign(tx, ctx, input) : assign(tx, ctx, input)
})

/** Gives the items that just opened to the officer chosen in the same act, as far as they lie on that officer's desk and the actor's tree.
 *  Throws Conflict when none of them does, so that a choice is never lost silently. */
export async function assignNext(tx: Tx, ctx: Ctx, opened: readonly Item[], officer: string): Promise<Item[]> {
  const to = await candidate(tx, officer, localDate(ctx.now))
  const theirs = opened.filter((item) => deskOf(item, to))
  const [first] = theirs.length > 0 ? theirs : opened
  if (theirs.length === 0) orThrow(refusal('work.not_of_desk', first ? `${to.name} không giữ chức danh làm được bước “${first.name}”. Chọn người khác, hoặc để trống cho đơn vị tự nhận.` : 'Không có bước tiếp theo để phân công.'))
  const given: Item[] = []
  for (const item of theirs) given.push(await assign(tx, ctx, { item: item.id, officer }))
  return given
}

export interface Assignable {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly away: { readonly until: string; readonly deputyName: string | null } | null
}

/** Officers who hold a post that does steps of this role in the unit on the day, those away last. */
export async function deskOfficers(reader: Reader, unitId: string, role: string, on: string): Promise<Assignable[]> {
  const held = (await Promise.all(rolesFor(role).map((one) => listHolders(reader, unitId, one, on)))).flat()
  const away = await absentOn(reader, held.map((one) => one.id), on)
  return [...new Map(held.map((one) => [one.id, { ...one, name: one.fullName, away: away.get(one.id) ?? null }])).values()]
    .map(({ id, name, title, away: gone }) => ({ id, name, title, away: gone && { until: gone.until, deputyName: gone.deputyName } }))
    .sort((a, b) => Number(a.away !== null) - Number(b.away !== null) || a.name.localeCompare(b.name, 'vi'))
}

/** What an absent officer has taken goes to the deputy as far as the deputy may do it, else back to the common list. Idempotent: what lies
 *  elsewhere meanwhile stays there. */
export async function clearAway(ctx: Ctx, payload: { absence: string }): Promise<void> {
  const absence = await findAbsence(ctx.db, payload.absence)
  const today = localDate(ctx.now)
  if (!absence || absence.endedAt || absence.from > today || absence.to < today) return
  const reason = `${absence.officerName} nghỉ từ ${formatDate(absence.from)} đến ${formatDate(absence.to)}`
  for (const { id } of await store.claimedBy(ctx.db, absence.officerId)) {
    await inTransaction(ctx.db, async (tx) => {
      const { item } = await lockItem(tx, id)
      if (item.state !== 'claimed' || item.claimedBy !== absence.officerId) return
      await pass(tx, ctx, item, absence.deputyId, reason)
    })
  }
}

/** To this officer when they can do it today, else to the common list. Says to whom. */
async function pass(tx: Tx, ctx: Ctx, item: Item, officer: string | null, reason: string): Promise<string | null> {
  if (officer) {
    const on = localDate(ctx.now)
    const to = await candidate(tx, officer, on)
    if (!fit(item, to, (await absentOn(tx, [officer], on)).get(officer)?.until)) {
      await store.setClaim(tx, item.id, to.id, ctx.now, ctx.actor.kind === 'officer' ? ctx.actor.name : null)
      await emit(tx, ctx, reassigned, item.subject, {
        item: item.id, step: item.step, name: item.name, officer: to.id, officerName: to.name, from: item.claimedBy!, fromName: await nameOf(tx, item.claimedBy!), reason,
      })
      return to.name
    }
  }
  await putBack(tx, ctx, item, reason)
  return null
}

/** An absence recorded ahead is looked at when its first day begins. */
async function onAbsence(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { absence, from } = event.data as { absence: string; from: string }
  const start = atLocal(from, '00:00')
  if (start <= ctx.now) return clearAway(ctx, { absence })
  await inTransaction(ctx.db, (tx) => enqueue(tx, 'work.away', { absence }, { runAt: start, key: `away:${absence}` }))
}

export const workReactions: readonly Reaction[] = [{ event: 'org.absence_recorded', name: 'work.away', run: onAbsence }]
export const workJobs: readonly Job<never>[] = [{ name: 'work.away', run: clearAway as Job['run'] }]

/** Items that an officer has taken on the desk of a post, which go when the post does. */
export async function heldAt(reader: Reader, officer: string, post: { unitId: string; role: Role }): Promise<Item[]> {
  return (await store.claimedBy(reader, officer)).filter((item) => item.unitId === post.unitId && stepRolesOf(post.role).includes(item.role))
}

/** Hands one taken item on, to this officer when they can do it today, else to the common list. Says to whom; undefined when it lies elsewhere by now. */
export async function handItemOn(tx: Tx, ctx: Ctx, given: { item: string; from: string; to: string | null; reason: string }): Promise<string | null | undefined> {
  const { item } = await lockItem(tx, given.item)
  return item.state === 'claimed' && item.claimedBy === given.from ? pass(tx, ctx, item, given.to, given.reason) : undefined
}
