// Leaving a post: what is held is listed, every group goes to a successor or back to the common list, the holding ends; one transaction.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader, type Tx } from '#core/db/index.ts'
import { Conflict, type FieldError, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import type { Post } from '#core/policy/actor.ts'
import { formatDate } from '#core/text/dates.ts'
import { addDays, localDate } from '#core/workdays/local.ts'
import { recordedBy } from './absences.ts'
import { handedOver, holdingEnded, holdingGiven } from './events.ts'
import * as lent from './lent-store.ts'
import { noteUnmanned } from './manning.ts'
import { getOfficer } from './queries.ts'
import * as register from './register.ts'
import { canGive, canKeepPost } from './rules.ts'
import { keepHandover, leaversOf, ownPosts } from './store.ts'

/** Who leaves which post. */
export interface Leaving {
  readonly officer: { readonly id: string; readonly name: string }
  readonly post: Pick<Post, 'id' | 'role' | 'title' | 'unitId' | 'unitName' | 'unitPath'>
  /** The posts the officer keeps; empty when they leave the administration. */
  readonly stays: readonly Post[]
}

/** One thing held, in words. */
export interface HeldLine {
  readonly text: string
  readonly href?: string
}

/** A kind of thing that the holder of a post may hold; each module that has such things names one (src/main/modules.ts). */
export interface HandoverPart {
  readonly key: string
  readonly label: string
  /** `hand`: goes to a successor, or to the common list; `needs`: must have a successor; `ends`: ends with the holding; `blocks`: must be settled first. */
  readonly way: 'hand' | 'needs' | 'ends' | 'blocks'
  /** What to do before, for `blocks`. */
  readonly advice?: string
  list(reader: Reader, ctx: Ctx, leaving: Leaving): Promise<HeldLine[]>
  /** Hands all of it over; returns what became of each thing. `to` null: the common list. */
  hand(tx: Tx, ctx: Ctx, leaving: Leaving, to: { readonly id: string; readonly name: string } | null): Promise<{ readonly text: string; readonly went: string }[]>
}

let parts: readonly HandoverPart[] = []

/** Called once by `main` with the parts of all modules. */
export function registerHandovers(given: readonly HandoverPart[]): void {
  const keys = new Set(given.map((part) => part.key))
  if (keys.size !== given.length) throw new Error('Hai phần bàn giao cùng tên')
  parts = given
}

export interface HeldGroup {
  readonly key: string
  readonly label: string
  readonly way: HandoverPart['way']
  readonly advice: string | null
  readonly lines: readonly HeldLine[]
}

const all = (): readonly HandoverPart[] => [delegationsPart, deputiesPart, ...parts]

async function leavingOf(reader: Reader, post: register.PostRow & { readonly unitPath: string }, officer: { id: string; name: string }, today: string): Promise<Leaving> {
  const stays = (await ownPosts(reader, officer.id, today)).filter((one) => one.id !== post.id)
  return { officer, stays, post: { id: post.id, role: post.role as Post['role'], title: post.title, unitId: post.unitId, unitName: post.unitName, unitPath: post.unitPath } }
}

const needHolding = async (reader: Reader, post: string, officer: string, today: string) => {
  const holding = (await register.holdingsOf(reader, post)).find((one) => one.officerId === officer && (one.to === null || one.to >= today) && !one.endedAt)
  if (!holding) throw new NotFound('org.no_holding', 'Người này không còn giữ chức danh nên không còn gì để bàn giao.')
  return holding
}

/** Everything the holder of a post holds now, group by group. Throws NotFound, Forbidden. */
export async function heldBy(ctx: Ctx, input: { post: string; officer: string }): Promise<{ leaving: Leaving; groups: HeldGroup[] }> {
  const today = localDate(ctx.now)
  const post = await register.getPost(ctx.db, input.post, today)
  orThrow(canKeepPost(post, ctx.actor))
  const holding = await needHolding(ctx.db, post.id, input.officer, today)
  const leaving = await leavingOf(ctx.db, post, { id: holding.officerId, name: holding.name }, today)
  const groups: HeldGroup[] = []
  for (const part of all()) groups.push({ key: part.key, label: part.label, way: part.way, advice: part.advice ?? null, lines: await part.list(ctx.db, ctx, leaving) })
  return { leaving, groups }
}

export const HandOverInput = z.object({
  post: z.string(),
  officer: z.string(),
  /** who takes each group; missing or empty: the common list */
  successors: z.record(z.string(), z.string()).default({}),
  /** who holds the post from now on, if that is decided */
  holder: z.string().nullish().transform((id) => id || null),
  basis: z.string().trim().min(3, 'Ghi số, ngày của quyết định làm căn cứ bàn giao.').max(300).transform((text) => text.normalize('NFC')),
})

/** What the minutes say. */
export interface Minutes {
  readonly officer: string
  readonly post: string
  readonly unit: string
  readonly basis: string
  readonly holder: string | null
  readonly groups: readonly { readonly label: string; readonly lines: readonly { readonly text: string; readonly went: string }[] }[]
}

/** Ends a holding this moment and hands over all that was held. Throws Forbidden, NotFound, Invalid (a group that needs a successor has none),
 *  Conflict (something must be settled first). */
export const handOver = act(HandOverInput, (ctx, tx, input) => carryOut(tx, ctx, input, true))

async function carryOut(tx: Tx, ctx: Ctx, input: z.output<typeof HandOverInput>, asked: boolean): Promise<{ id: string }> {
  const today = localDate(ctx.now)
  const post = await register.lockPost(tx, input.post, today)
  if (asked) orThrow(canKeepPost(post, ctx.actor))
  const holding = asked ? await needHolding(tx, post.id, input.officer, today) : { officerId: input.officer, ...(await byId(tx, input.officer)), from: today, to: addDays(today, -1) }
  const leaving = await leavingOf(tx, post, { id: holding.officerId, name: holding.name }, today)
  if (input.holder) {
    orThrow(canGive(post, input.holder, ctx.actor))
    if (input.holder === leaving.officer.id) throw new Invalid([{ key: 'holder', message: 'Người nhận chức danh phải là người khác.' }])
  }
  const faults: FieldError[] = []
  const groups: Minutes['groups'][number][] = []
  const counts: Record<string, number> = {}
  if (asked) await register.setHoldingEnd(tx, { post: post.id, officer: leaving.officer.id, from: holding.from, to: today, endedAt: ctx.now })
  if (input.holder) await giveNow(tx, ctx, post, input.holder, today)
  for (const part of all()) {
    const lines = await part.list(tx, ctx, leaving)
    if (lines.length === 0) continue
    if (part.way === 'blocks' && asked) throw new Conflict('org.handover_blocked', `${part.label}: ${part.advice ?? 'phải giải quyết xong trước khi bàn giao.'}`)
    const chosen = input.successors[part.key] || null
    if (chosen === leaving.officer.id) faults.push({ key: `to.${part.key}`, message: `${part.label}: người nhận phải là người khác.` })
    else if (part.way === 'needs' && !chosen && asked) faults.push({ key: `to.${part.key}`, message: `${part.label}: chọn người nhận, không để lại cho ai được.` })
    if (faults.length > 0) continue
    const to = chosen ? { id: chosen, name: (await getOfficer(tx, chosen)).fullName } : null
    const handed = await part.hand(tx, ctx, leaving, to)
    counts[part.key] = handed.length
    groups.push({ label: part.label, lines: handed })
  }
  if (faults.length > 0) throw new Invalid(faults)
  const minutes: Minutes = {
    officer: leaving.officer.name, post: post.title, unit: post.unitName, basis: input.basis, groups,
    holder: input.holder ? (await getOfficer(tx, input.holder)).fullName : null,
  }
  const id = await keepHandover(tx, { post: post.id, officer: leaving.officer.id, lastOn: asked ? today : addDays(today, -1), minutes, ...recordedBy(ctx) })
  const fact = { post: post.id, unit: post.unitId, role: post.role, officer: leaving.officer.id }
  if (asked) await emit(tx, ctx, holdingEnded, `post:${post.id}`, { ...fact, to: today })
  await emit(tx, ctx, handedOver, `post:${post.id}`, { ...fact, handover: id, to: today, groups: counts })
  await noteUnmanned(tx, ctx, [post.unitId], today)
  return { id }
}

const byId = async (reader: Reader, id: string) => ({ name: (await getOfficer(reader, id)).fullName })

async function giveNow(tx: Tx, ctx: Ctx, post: register.PostRow, officer: string, today: string): Promise<void> {
  const later = (await register.holdingsOf(tx, post.id)).find((one) => (one.to === null || one.to >= today) && !one.endedAt)
  if (later) throw new Conflict('org.post_held', `${later.name} đã được giao chức danh này từ ${formatDate(later.from)}; bỏ trống người nhận chức danh.`)
  await getOfficer(tx, officer)
  await register.addHolding(tx, { post: post.id, officer, from: today, to: null })
  await emit(tx, ctx, holdingGiven, `post:${post.id}`, { post: post.id, unit: post.unitId, role: post.role, officer, from: today, to: null })
}

/** Holdings that ended without a hand-over: what is left goes to the common list, so that nothing lies with somebody who has gone. */
export async function handOverLeavers(ctx: Ctx): Promise<number> {
  const today = localDate(ctx.now)
  const leavers = await leaversOf(ctx.db, today, addDays(today, -30))
  for (const one of leavers) {
    await inTransaction(ctx.db, (tx) => carryOut(tx, ctx, { post: one.post, officer: one.officer, successors: {}, holder: null, basis: 'Hết thời gian giữ chức danh' }, false))
  }
  return leavers.length
}

const span = (one: { from: string; to: string }) => `${formatDate(one.from)} – ${formatDate(one.to)}`

/** Delegations end with the post they are of; those received end when the officer keeps no post at all. */
const delegationsPart: HandoverPart = {
  key: 'delegations', label: 'Ủy quyền', way: 'ends',
  list: async (reader, ctx, leaving) => (await mine(reader, ctx, leaving)).map((one) => ({ text: `${one.postTitle}: ${one.fromName} ủy quyền cho ${one.toName}, ${span(one)}` })),
  hand: async (tx, ctx, leaving) => {
    const handed: { text: string; went: string }[] = []
    for (const one of await mine(tx, ctx, leaving)) {
      await lent.revokeDelegation(tx, one.id, recordedBy(ctx))
      handed.push({ text: `${one.postTitle}: ${one.fromName} ủy quyền cho ${one.toName}, ${span(one)}`, went: 'Chấm dứt' })
    }
    return handed
  },
}

const mine = async (reader: Reader, ctx: Ctx, { officer, post, stays }: Leaving): Promise<lent.Delegation[]> =>
  (await lent.listDelegations(reader, { within: null, officer: officer.id, since: localDate(ctx.now) })).filter((one) => (one.fromOfficer === officer.id ? one.postId === post.id : stays.length === 0))

/** Absences in which the leaver was to stand in for somebody. */
const deputiesPart: HandoverPart = {
  key: 'deputies', label: 'Làm thay người nghỉ', way: 'hand',
  list: async (reader, ctx, leaving) => (await standingIn(reader, ctx, leaving)).map((one) => ({ text: `Thay ${one.officerName}, ${span(one)}` })),
  hand: async (tx, ctx, leaving, to) => {
    const handed: { text: string; went: string }[] = []
    for (const one of await standingIn(tx, ctx, leaving)) {
      const next = to && to.id !== one.officerId ? to : null
      await lent.setDeputy(tx, one.id, next?.id ?? null)
      handed.push({ text: `Thay ${one.officerName}, ${span(one)}`, went: next ? next.name : 'Không có người làm thay' })
    }
    return handed
  },
}

const standingIn = async (reader: Reader, ctx: Ctx, { officer, stays }: Leaving): Promise<lent.Absence[]> =>
  stays.length > 0 ? [] : (await lent.listAbsences(reader, { within: null, officer: officer.id, since: localDate(ctx.now) })).filter((one) => one.deputyId === officer.id)
