// The time for an answer has changed by law: open appeals that the change binds are counted anew, each once under its own lock, and never earlier than was told.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader } from '#core/db/index.ts'
import { emit, type Reaction, type RecordedEvent } from '#core/events/index.ts'
import { enqueue, type Job } from '#core/jobs/index.ts'
import { inBook } from '#core/law/index.ts'
import { atLocal, type Deadline, deadline, localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { keepPromise, ruleBinds, ruleOn } from '#modules/dossiers/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { laidOf, refreshLaw, type RuleChange } from '#modules/rules/index.ts'
import { jobKey } from './actions.ts'
import * as facts from './events.ts'
import * as rows from './rule-store.ts'
import type { Appeal } from './schema.ts'
import * as store from './store.ts'

export interface AppealRule {
  readonly id: string
  readonly validFrom: string
  readonly open: boolean
  readonly words: string
  readonly basis: string
}

export interface AppealCount {
  readonly appeal: Appeal
  readonly fresh: Deadline
  readonly how: 'moved' | 'kept' | 'same'
}

const KEY = 'appealWorkingDays'

/** One open appeal by the law of `ctx`; null when the change does not bind it. What is late already stays late by the same day. */
async function count(reader: Reader, ctx: Ctx, appeal: Appeal, change: Pick<AppealRule, 'validFrom' | 'open'>): Promise<AppealCount | null> {
  if (appeal.state !== 'open' || !ruleBinds({ ...change, until: null }, appeal.lodgedAt)) return null
  const rule = ruleOn(ctx, KEY, localDate(appeal.lodgedAt), localDate(ctx.now))
  const fresh = deadline({ term: { value: rule.value, unit: 'ngay_lam_viec' }, receivedAt: appeal.lodgedAt, calendar: await calendarOf(reader, ctx, appeal.unitId) })
  const { how } = keepPromise(appeal.dueAt, fresh.dueAt)
  return { appeal, fresh: { ...fresh, derivation: `${fresh.derivation} (${rule.clause})` }, how: how === 'moved' && appeal.lateAt ? 'kept' : how }
}

/** Counts one open appeal anew; a second run finds it done. Returns whether its day moved. */
export async function moveAppeal(ctx: Ctx, id: string, change: AppealRule): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const appeal = await store.lock(tx, id)
    const counted = appeal && (await count(tx, ctx, appeal, change))
    if (!counted || !(await rows.addDueCorrection(tx, change.id, id, { before: appeal.dueAt, after: counted.fresh.dueAt, how: counted.how }, ctx.now)) || counted.how !== 'moved') return false
    const { dueAt } = counted.fresh
    const derivation = `${counted.fresh.derivation}; Quy định thay đổi: ${change.words} (${change.basis})`
    await rows.setDue(tx, id, dueAt, derivation)
    await enqueue(tx, 'appeals.due', { appeal: id, at: dueAt.toISOString() }, { runAt: dueAt, key: jobKey(id) })
    await emit(tx, ctx, facts.dueMoved, appeal.dossierId, {
      code: appeal.dossierCode, appeal: id, against: appeal.against, unit: appeal.unitId, from: appeal.dueAt.toISOString(), dueAt: dueAt.toISOString(), derivation, words: change.words, basis: change.basis,
    })
    return true
  })
}

/** Job: all that are open; begun again it finds what is done. */
export async function moveAppeals(ctx: Ctx, change: AppealRule): Promise<void> {
  await refreshLaw(ctx)
  for (const id of await rows.openIds(ctx.db, change.id)) await moveAppeal(ctx, id, change)
}

async function onRule(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { change: id, moves, open, validFrom, words, clause } = event.data as { change: string; moves: string | null; open: boolean; validFrom: string; words: string; clause: string }
  if (moves !== 'appeal') return
  await inTransaction(ctx.db, (tx) => enqueue(tx, 'appeals.rule', { id, validFrom, open, words, basis: clause } satisfies AppealRule, { key: `appeals.rule:${id}` }))
}

export interface AppealImpact {
  readonly open: number
  readonly bound: number
  readonly cases: readonly { readonly id: string; readonly code: string; readonly unitName: string; readonly before: Date; readonly after: Date; readonly how: 'moved' | 'kept' }[]
}

/** What a change would do to open appeals, at its first day or now, whichever is later; null when it is about something else. Writes nothing. */
export async function previewAppeals(ctx: Ctx, change: Omit<RuleChange, 'state'>): Promise<AppealImpact | null> {
  if (change.target.kind !== 'register' || change.target.key !== KEY) return null
  const then: Ctx = { ...ctx, now: new Date(Math.max(atLocal(change.validFrom, '00:00').getTime(), ctx.now.getTime())), law: inBook(ctx.law, laidOf(change as RuleChange)) }
  const open = await rows.openOnes(ctx.db)
  const counted = (await Promise.all(open.map((appeal) => count(ctx.db, then, appeal, { validFrom: change.validFrom, open: change.transition === 'all_open' })))).filter((one) => one !== null)
  const names = new Map((await listUnitsById(ctx.db, [...new Set(counted.map((one) => one.appeal.unitId))])).map((unit) => [unit.id, unit.name]))
  return {
    open: open.length, bound: counted.length,
    cases: counted.flatMap(({ appeal, fresh, how }) => (how === 'same' ? [] : [{ id: appeal.id, code: appeal.dossierCode, unitName: names.get(appeal.unitId) ?? appeal.unitId, before: appeal.dueAt, after: fresh.dueAt, how }])),
  }
}

export const ruleReactions: readonly Reaction[] = [{ event: 'rules.changed', name: 'appeals.rule', run: onRule }]
export const ruleJobs: readonly Job<never>[] = [{ name: 'appeals.rule', run: moveAppeals as Job['run'] }]
