// A changed calendar moves the open deadlines of the units it governs, in batches that may be killed and begun again: each dossier is
// counted anew under its own lock, moved at most once, and says why. A promise made to the citizen never comes earlier (docs/decisions/016).

import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader, type Tx } from '#core/db/index.ts'
import { emit, listEvents, type Reaction, type RecordedEvent } from '#core/events/index.ts'
import { enqueue, type Job } from '#core/jobs/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { addWorkingTime, atLocal, type Calendar, type Deadline, deadline, localDate } from '#core/workdays/index.ts'
import { calendarOf, shareCalendars } from '#modules/calendars/index.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { listItems, reschedule } from '#modules/work/index.ts'
import * as facts from './events.ts'
import { ruleOn } from './law.ts'
import { deciding, reckon } from './lifecycle.ts'
import { type Dossier, STATES } from './schema.ts'
import * as store from './store.ts'
import { watchDue, watchReception } from './watch.ts'

/** What was changed, as the fact says it. */
export interface CalendarChange {
  readonly path: string | null
  /** first day that is worked otherwise */
  readonly from: string
  readonly words: string
  readonly basis: string
}

/** What becomes of a promised instant: later when the count says so, never earlier. Pure; moved twice by the same count it moves once. */
export function keepPromise(promised: Date, fresh: Date): { readonly dueAt: Date; readonly how: 'same' | 'moved' | 'kept' } {
  if (fresh > promised) return { dueAt: fresh, how: 'moved' }
  return { dueAt: promised, how: fresh < promised ? 'kept' : 'same' }
}

/** Dossiers whose deadlines the change may touch, by id: open, of the tree, and not over before the first changed day. */
export function touched(reader: Reader, change: Pick<CalendarChange, 'path' | 'from'>) {
  const start = atLocal(change.from, '00:00')
  return reader
    .selectFrom('dossiers.dossier')
    .where('closed_at', 'is', null)
    .where('submitted_at', 'is not', null)
    .where((eb) => eb.or([eb(eb.fn.coalesce('delivery_due_at', 'due_at', 'reception_due_at'), '>=', start), eb('paused_at', 'is not', null), eb('state', '=', 'LAY_Y_KIEN')]))
    .$if(change.path !== null, (q) => q.where(sql<SqlBool>`(received_unit_path <@ ${change.path}::ltree or decided_unit_path <@ ${change.path}::ltree
      or exists (select 1 from dossiers.party p where p.dossier_id = dossiers.dossier.id and p.unit_path <@ ${change.path}::ltree))`))
}

/** What the deadline that runs now would be by these calendars; null when none runs. `asked`: since when the desk has had to answer. */
export function freshDue(
  ctx: Ctx, dossier: Dossier, version: Version, pauses: readonly store.Pause[], calendars: { readonly decided: Calendar; readonly received: Calendar }, asked: Date | null = null,
): { readonly which: 'reception' | 'legal' | 'delivery'; readonly promised: Date; readonly fresh: Deadline } | null {
  if (STATES[dossier.state].final) return null
  if (dossier.finishedAt) {
    if (!dossier.deliveryDueAt) return null
    const { value } = ruleOn(ctx, 'deliveryWorkingDays', localDate(dossier.finishedAt), localDate(ctx.now))
    return { which: 'delivery', promised: dossier.deliveryDueAt, fresh: deadline({ term: { value, unit: 'ngay_lam_viec' }, receivedAt: dossier.finishedAt, calendar: calendars.received }) }
  }
  if (dossier.acceptedAt) return dossier.dueAt && { which: 'legal', promised: dossier.dueAt, fresh: reckon(ctx, dossier, version, dossier.acceptedAt, pauses, calendars.decided) }
  if (!dossier.receptionDueAt || !dossier.submittedAt || dossier.answeredAt) return null
  const since = asked ?? dossier.submittedAt
  const { value } = ruleOn(ctx, 'receptionHours', localDate(since), localDate(ctx.now))
  const dueAt = addWorkingTime(since, value, calendars.received)
  return { which: 'reception', promised: dossier.receptionDueAt, fresh: { dueAt, dueOn: localDate(dueAt), derivation: `Trả lời trong ${value} giờ làm việc từ ${formatDateTime(since)}: ${formatDateTime(dueAt)}` } }
}

const COLUMNS = { reception: 'reception_due_at', legal: 'due_at', delivery: 'delivery_due_at' } as const

/** Writes a due date without touching the revision: what an officer is typing meanwhile stays good. */
async function setDue(tx: Tx, dossier: Dossier, which: keyof typeof COLUMNS, due: Deadline, at: Date): Promise<void> {
  await tx
    .updateTable('dossiers.dossier')
    .set({ [COLUMNS[which]]: due.dueAt, updated_at: at, ...(which === 'legal' ? { derivation: due.derivation } : {}) })
    .where('id', '=', dossier.id)
    .execute()
}

/** One row a change, dossier and clock: a second run finds it and does nothing. */
async function log(tx: Tx, dossier: Dossier, due: { dueAt: Date; derivation: string }, cause: string, event: number, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('dossiers.deadline')
    .values({ dossier_id: dossier.id, due_at: due.dueAt, derivation: due.derivation, cause, set_at: at, calendar_event: event })
    .onConflict((c) => c.columns(['dossier_id', 'calendar_event', 'cause']).where('calendar_event', 'is not', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Counts one dossier anew under its lock. Returns whether its running deadline moved. */
export async function moveOne(ctx: Ctx, id: string, event: number, change: CalendarChange, versions = new Map<string, Version>()): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    shareCalendars(tx, versions)
    const dossier = await store.lock(tx, id)
    if (!dossier || dossier.closedAt || STATES[dossier.state].final) return false
    if (await logged(tx, id, event)) return false // done before the worker was killed
    const version = versions.get(dossier.versionId) ?? (await getVersion(tx, dossier.versionId))
    versions.set(dossier.versionId, version)
    const calendars = { decided: await deciding(tx, ctx, dossier), received: await calendarOf(tx, ctx, dossier.receivedUnitId) }
    const desk = dossier.acceptedAt ? undefined : (await listItems(tx, id)).findLast((item) => item.role === 'mot_cua' && (item.state === 'open' || item.state === 'claimed'))
    const found = freshDue(ctx, dossier, version, await store.pauses(tx, dossier.id), calendars, desk?.openedAt ?? null)
    const moved = found !== null && (await settleOne(tx, ctx, dossier, found, event, change))
    const now = (await store.find(tx, id))!
    await reschedule(tx, ctx, id, (item, counted) => {
      if (!now.acceptedAt) return item.role === 'mot_cua' && now.receptionDueAt ? now.receptionDueAt : counted
      return now.dueAt && !now.finishedAt && counted > now.dueAt ? now.dueAt : counted
    })
    if (moved && found.which === 'reception') await watchReception(tx, now)
    if (now.acceptedAt) await watchDue(tx, ctx, now)
    return moved
  })
}

const logged = async (tx: Tx, dossier: string, event: number): Promise<boolean> =>
  (await tx.selectFrom('dossiers.deadline').select('id').where('dossier_id', '=', dossier).where('calendar_event', '=', event).limit(1).executeTakeFirst()) !== undefined

async function settleOne(tx: Tx, ctx: Ctx, dossier: Dossier, found: NonNullable<ReturnType<typeof freshDue>>, event: number, change: CalendarChange): Promise<boolean> {
  const { which, promised, fresh } = found
  const { how, dueAt } = keepPromise(promised, fresh.dueAt)
  if (how === 'same') return false
  const why = `Lịch làm việc thay đổi: ${change.words} (${change.basis})`
  if (how === 'kept') {
    const derivation = `${why}; tính lại là ${formatDateTime(fresh.dueAt)}, vẫn giữ hạn đã hẹn ${formatDateTime(promised)} vì lời hẹn với người dân không dời sớm lên`
    await log(tx, dossier, { dueAt: promised, derivation }, `${which}_kept`, event, ctx.now)
    return false
  }
  const derivation = `${fresh.derivation}; ${why}`
  if (!(await log(tx, dossier, { dueAt, derivation }, `${which}_moved`, event, ctx.now))) return false
  await setDue(tx, dossier, which, { ...fresh, dueAt, derivation }, ctx.now)
  await emit(tx, ctx, facts.deadlineMoved, dossier.id, {
    code: dossier.code!, which, from: promised.toISOString(), dueAt: dueAt.toISOString(), derivation, words: change.words, basis: change.basis, calendarEvent: event,
  })
  return true
}

const BATCH = 100
/** Transactions under way at once. */
const HANDS = 4

interface Batch {
  readonly event: number
  readonly after: string
  readonly change: CalendarChange
  readonly subject: string
}

/** Counts one batch anew and queues the next one; the last says what came of it. Killed in the middle it begins again, and finds what is done. */
export async function moveBatch(ctx: Ctx, batch: Batch): Promise<void> {
  const rows = await touched(ctx.db, batch.change).where((eb) => eb.not(eb.exists(eb.selectFrom('dossiers.deadline as d').select('d.id').whereRef('d.dossier_id', '=', 'dossiers.dossier.id').where('d.calendar_event', '=', batch.event)))).select('id').where('id', '>', batch.after).orderBy('id').limit(BATCH).execute()
  const versions = new Map<string, Version>()
  const left = rows.map((row) => row.id)
  await Promise.all(Array.from({ length: HANDS }, async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) await moveOne(ctx, id, batch.event, batch.change, versions)
  }))
  const last = rows.at(-1)
  await inTransaction(ctx.db, async (tx) => {
    if (rows.length === BATCH && last) await enqueue(tx, 'dossiers.calendar', { ...batch, after: last.id }, { key: `calendar:${batch.event}` })
    else if (!(await listEvents(tx, batch.subject)).some((one) => one.name === facts.calendarApplied.name && one.data['event'] === batch.event)) {
      await emit(tx, ctx, facts.calendarApplied, batch.subject, { event: batch.event, ...(await movesOf(tx, batch.event)) })
    }
  })
}

/** How many deadlines a change has moved, and how many it would have moved earlier. */
export async function movesOf(reader: Reader, event: number): Promise<{ moved: number; kept: number }> {
  const row = await reader
    .selectFrom('dossiers.deadline')
    .select([sql<number>`(count(*) filter (where cause like '%\\_moved'))::int`.as('moved'), sql<number>`(count(*) filter (where cause like '%\\_kept'))::int`.as('kept')])
    .where('calendar_event', '=', event)
    .executeTakeFirstOrThrow()
  return row
}

const NONE = '00000000-0000-0000-0000-000000000000'

async function onChange(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { path, from, words, basis } = event.data as unknown as CalendarChange
  const batch: Batch = { event: event.id, after: NONE, change: { path, from, words, basis }, subject: event.subject }
  await inTransaction(ctx.db, (tx) => enqueue(tx, 'dossiers.calendar', batch, { key: `calendar:${event.id}` }))
}

export const calendarReactions: readonly Reaction[] = [{ event: 'calendars.changed', name: 'dossiers.calendar', run: onChange }]
export const calendarJobs: readonly Job<never>[] = [{ name: 'dossiers.calendar', run: moveBatch as Job['run'] }]
