// Deadlines that are watched: a filing nobody answers in the reception hours, a dossier nearly due. Leaders see them until they are no longer so.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader, type Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { enqueue, withdraw } from '#core/jobs/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { alertAt, apologyUntil } from './deadlines.ts'
import * as facts from './events.ts'
import { ruleOn } from './law.ts'
import { leaderUnitOf } from './around.ts'
import { partyOf } from './rules.ts'
import { type Dossier, STATES } from './schema.ts'
import * as life from './store-life.ts'
import * as store from './store.ts'

const key = (name: string, dossier: Pick<Dossier, 'id'>) => `dossiers.${name}:${dossier.id}`
const calendarFor = (reader: Reader, ctx: Ctx, dossier: Dossier) => calendarOf(reader, ctx, dossier.decidedUnitId ?? dossier.receivedUnitId)

const SKEW = 5 * 60_000

/**
 * When a timed job that woke before its time is to be woken again; null: not at all. The queue keeps the database's clock, which may run a little
 * ahead of ours: then a little later. Far ahead with the deadline unchanged, it is another clock altogether (a simulated one), and would wake for ever.
 */
export function wakeAgain(now: Date, at: Date, armed: string | undefined): Date | null {
  const ahead = at.getTime() - now.getTime()
  if (ahead <= SKEW) return new Date(at.getTime() + ahead)
  return armed === at.toISOString() ? null : at
}

/** The reception clock runs: somebody must answer by its end. */
export const watchReception = (tx: Tx, dossier: Dossier, runAt: Date = dossier.receptionDueAt!): Promise<void> =>
  enqueue(tx, 'dossiers.reception_due', { dossier: dossier.id, at: dossier.receptionDueAt!.toISOString() }, { runAt, key: key('reception_due', dossier) })

/** Somebody has answered: late answers stay on record as late. */
export async function receptionAnswered(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<Dossier> {
  if (dossier.answeredAt || !dossier.receptionDueAt) return dossier
  await withdraw(tx, key('reception_due', dossier))
  await life.clearAlerts(tx, dossier.id, ['reception_late', 'instructed'], ctx.now)
  if (ctx.now > dossier.receptionDueAt) {
    await life.addBreach(tx, dossier.id, 'reception_late', null, ctx.actor.kind === 'anonymous' ? '' : ctx.actor.name, ctx.now)
    await emit(tx, ctx, facts.breached, dossier.id, { code: dossier.code!, cause: 'reception_late' })
  }
  return store.update(tx, dossier, { answeredAt: ctx.now }, ctx.now)
}

/** Job: the reception hours are over. */
export async function receptionDue(ctx: Ctx, { dossier: id, at }: { dossier: string; at?: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const dossier = await store.lock(tx, id)
    if (dossier?.state !== 'MOI_DANG_KY' || dossier.answeredAt || dossier.receptionLateAt || !dossier.receptionDueAt) return
    if (ctx.now < dossier.receptionDueAt) {
      const again = wakeAgain(ctx.now, dossier.receptionDueAt, at)
      return again ? watchReception(tx, dossier, again) : undefined
    }
    const unit = await getUnit(tx, dossier.receivedUnitId)
    await life.raiseAlert(tx, dossier.id, 'reception_late', partyOf(unit), null, ctx.now)
    await emit(tx, ctx, facts.receptionLate, dossier.id, { code: dossier.code!, receivedUnit: unit.id, dueAt: dossier.receptionDueAt.toISOString() })
    await store.update(tx, dossier, { receptionLateAt: ctx.now }, ctx.now)
  })
}

export const ticking = (dossier: Dossier): boolean => dossier.acceptedAt !== null && dossier.dueAt !== null && !dossier.pausedAt && !dossier.finishedAt && !STATES[dossier.state].final

/** What warns of a due date, by the law of the day the dossier was handed in and what binds all that is open since. */
export function watchRules(ctx: Pick<Ctx, 'law' | 'now'>, dossier: Pick<Dossier, 'submittedAt'>) {
  const [since, now] = [localDate(dossier.submittedAt ?? ctx.now), localDate(ctx.now)]
  return { apologyDays: ruleOn(ctx, 'apologyWorkingDaysBefore', since, now).value, hours: ruleOn(ctx, 'dueAlertWorkingHoursBefore', since, now).value }
}

/** The due date came about, moved, stopped or ended: the warning before it follows. */
export async function watchDue(tx: Tx, ctx: Ctx, dossier: Dossier, wake?: Date): Promise<void> {
  if (!ticking(dossier)) {
    await withdraw(tx, key('due_near', dossier))
    await life.clearAlerts(tx, dossier.id, STATES[dossier.state].final || dossier.finishedAt ? ['due_near', 'instructed', 'reception_late'] : ['due_near'], ctx.now)
    return
  }
  const at = alertAt(dossier.dueAt!, dossier.acceptedAt!, watchRules(ctx, dossier), await calendarFor(tx, ctx, dossier))
  if (at > ctx.now) await life.clearAlerts(tx, dossier.id, ['due_near'], ctx.now)
  await enqueue(tx, 'dossiers.due_near', { dossier: dossier.id, at: at.toISOString() }, { runAt: wake ?? (at > ctx.now ? at : ctx.now), key: key('due_near', dossier) })
}

/** Job: tells the leader that a dossier is nearly due, while an apology is still in time. */
export async function dueNear(ctx: Ctx, { dossier: id, at: armed }: { dossier: string; at?: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const dossier = await store.lock(tx, id)
    if (!dossier || !ticking(dossier)) return
    const calendar = await calendarFor(tx, ctx, dossier)
    const rules = watchRules(ctx, dossier)
    const at = alertAt(dossier.dueAt!, dossier.acceptedAt!, rules, calendar)
    if (ctx.now < at) {
      const again = wakeAgain(ctx.now, at, armed)
      return again ? watchDue(tx, ctx, dossier, again) : undefined
    }
    const unit = await getUnit(tx, await leaderUnitOf(tx, dossier))
    if (!(await life.raiseAlert(tx, dossier.id, 'due_near', partyOf(unit), null, ctx.now))) return
    const until = apologyUntil(dossier.dueAt!, rules.apologyDays, calendar)
    await emit(tx, ctx, facts.dueNear, dossier.id, {
      code: dossier.code!, dueAt: dossier.dueAt!.toISOString(), unit: unit.id, apologyUntil: until >= ctx.now && !dossier.apologisedAt ? until.toISOString() : null,
    })
  })
}
