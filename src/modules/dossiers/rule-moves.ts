// A rule has come into force: open dossiers it binds are counted anew, each once under its own lock, with log and notice; those that are over are listed, never
// rewritten. In batches that may be killed and begun again.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, isLostConnection, type Reader } from '#core/db/index.ts'
import { AppError, Conflict, orThrow, Unavailable } from '#core/errors.ts'
import { emit, listEvents, type Reaction, type RecordedEvent } from '#core/events/index.ts'
import { enqueue, type Job } from '#core/jobs/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { getVersion, isProcedureAuthor } from '#modules/procedures/index.ts'
import { canPlanRule, findRuleChange, heldUntil, refreshLaw, type RuleChange, underChange } from '#modules/rules/index.ts'
import { reschedule } from '#modules/work/index.ts'
import { settleFees } from './dues.ts'
import * as facts from './events.ts'
import { NOTHING_KEPT } from './kept.ts'
import { deciding } from './lifecycle.ts'
import { type Counted, countFinished, countOpen, type Known, type RuleChangeAsked } from './rule-count.ts'
import * as rows from './rule-store.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'
import { watchDue, watchReception } from './watch.ts'

/** Reads a version as it is and with the new figure, each once. */
export type Versions = (reader: Reader, id: string) => Promise<Pick<Known, 'version' | 'fresh'>>

export function versionsUnder(change: Pick<RuleChange, 'target' | 'value' | 'clause'> | null): Versions {
  const known = new Map<string, Pick<Known, 'version' | 'fresh'>>()
  return async (reader, id) => {
    const version = known.get(id)?.version ?? (await getVersion(reader, id))
    const found = known.get(id) ?? { version, fresh: change && underChange(version, change) }
    known.set(id, found)
    return found
  }
}

/** All that counting needs to know of one dossier. */
export async function knownOf(reader: Reader, ctx: Ctx, dossier: Dossier, versions: Versions): Promise<Known> {
  return {
    dossier, ...(await versions(reader, dossier.versionId)), pauses: await store.pauses(reader, dossier.id), parts: await store.parts(reader, dossier.id), fees: await store.fees(reader, dossier.id),
    calendars: { decided: await deciding(reader, ctx, dossier), received: await calendarOf(reader, ctx, dossier.receivedUnitId) },
  }
}

async function correct(tx: Parameters<typeof store.lock>[0], ctx: Ctx, dossier: Dossier, counted: Counted, change: RuleChangeAsked, event: number): Promise<void> {
  const why = `Quy định thay đổi: ${change.words} (${change.basis})`
  if (counted.what === 'fee') {
    await store.setFees(tx, dossier.id, counted.fees!)
    await settleFees(tx, ctx, dossier)
    await emit(tx, ctx, facts.ruleCorrected, dossier.id, { code: dossier.code!, change: change.id, what: 'fee', wasVnd: Number(counted.before), nowVnd: Number(counted.after), words: change.words, basis: change.basis })
    return
  }
  if (counted.how === 'awaits') return rows.setTerm(tx, dossier.id, { ...(dossier.kept ?? NOTHING_KEPT), term: counted.term, also: [] }, ctx.now)
  const due = counted.due!
  const derivation = `${due.derivation}; ${why}`
  await store.addDeadline(tx, dossier.id, { dueAt: due.dueAt, derivation }, `${counted.what}_rule`, ctx.now)
  await rows.setClock(tx, dossier.id, counted.what, due.dueAt, derivation, counted.term ? { ...(dossier.kept ?? NOTHING_KEPT), term: counted.term, also: [] } : null, ctx.now)
  await emit(tx, ctx, facts.deadlineMoved, dossier.id, {
    code: dossier.code!, which: counted.what, from: counted.before, dueAt: due.dueAt.toISOString(), derivation, words: change.words, basis: change.basis, calendarEvent: event, rule: true,
  })
}

/** Counts one open dossier anew under its lock; a second run finds it done. Returns whether anything was corrected. */
export async function correctOne(ctx: Ctx, id: string, change: RuleChangeAsked, event: number, versions: Versions): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const dossier = await store.lock(tx, id)
    if (!dossier || dossier.closedAt || (await rows.corrected(tx, change.id, id))) return false
    const known = await knownOf(tx, ctx, dossier, versions)
    const counted = countOpen(ctx, known, change)
    if (!counted) {
      await rows.addCorrection(tx, change.id, id, { what: whatOf(change), before: '', after: '', how: 'same' }, ctx.now)
    } else {
      await rows.addCorrection(tx, change.id, id, counted, ctx.now)
      if (counted.how === 'kept') {
        // nothing of the promise moves; that it was looked at, and what the count said, stays on record
        if (counted.due) await store.addDeadline(tx, id, { dueAt: new Date(counted.before), derivation: `Quy định thay đổi: ${change.words} (${change.basis}); tính lại là ${formatDateTime(counted.due.dueAt)}, vẫn giữ hạn đã hẹn vì lời hẹn với người dân không dời sớm lên` }, `${counted.what}_kept`, ctx.now)
      } else await correct(tx, ctx, dossier, counted, change, event)
    }
    const now = (await store.find(tx, id))!
    await reschedule(tx, ctx, id, (item, due) => {
      if (!now.acceptedAt) return item.role === 'mot_cua' && now.receptionDueAt ? now.receptionDueAt : due
      return now.dueAt && !now.finishedAt && due > now.dueAt ? now.dueAt : due
    })
    if (counted?.what === 'reception' && counted.how === 'moved') await watchReception(tx, now)
    if (now.acceptedAt) await watchDue(tx, ctx, now)
    return counted !== null && counted.how !== 'kept'
  })
}

/** A row is needed also where nothing changes: it says that the dossier was looked at. */
const whatOf = (change: RuleChangeAsked) => (change.kind === 'fee' ? 'fee' : change.kind === 'term' ? 'legal' : change.moves === 'delivery' ? 'delivery' : 'reception')

const BATCH = 100

interface Batch {
  readonly event: number
  readonly after: string
  readonly over: boolean
  readonly change: RuleChangeAsked
  readonly subject: string
}

/** One batch: open dossiers first, then, of a back-dated rule, those that are over; the last says what came of it. */
export async function ruleBatch(ctx: Ctx, batch: Batch): Promise<void> {
  await refreshLaw(ctx)
  const recorded = await findRuleChange(ctx.db, batch.change.id)
  if (!recorded) return
  const { target } = recorded
  const ofProcedure = target.kind === 'term' || target.kind === 'fee'
  const change: RuleChangeAsked = { ...batch.change, until: ofProcedure ? await heldUntil(ctx.db, target, batch.change.validFrom) : null }
  const ids = (await rows.touchedBy(ctx.db, change, batch.over).select('id').where('id', '>', batch.after).orderBy('id').limit(BATCH).execute()).map((row) => row.id)
  const versions = versionsUnder(ofProcedure ? recorded : null)
  if (batch.over) await listOver(ctx, ids, change, versions)
  else for (const id of ids) await byItself(ctx, id, change, () => correctOne(ctx, id, change, batch.event, versions))
  await inTransaction(ctx.db, async (tx) => {
    const next = ids.length === BATCH ? { ...batch, after: ids.at(-1)! } : !batch.over && change.backDated ? { ...batch, over: true, after: NONE } : null
    if (next) return enqueue(tx, 'dossiers.rule', next, { key: `rule:${batch.event}:${next.over}` })
    if ((await listEvents(tx, batch.subject)).some((one) => one.name === facts.ruleApplied.name && one.data['event'] === batch.event)) return
    const { moved, kept, findings } = await rows.outcomeOf(tx, change.id)
    await emit(tx, ctx, facts.ruleApplied, batch.subject, { event: batch.event, change: change.id, moved, kept, findings })
  })
}

async function listOver(ctx: Ctx, ids: readonly string[], change: RuleChangeAsked, versions: Versions): Promise<void> {
  const found = await store.findMany(ctx.db, ids)
  for (const id of ids) await byItself(ctx, id, change, async () => {
    const known = await knownOf(ctx.db, ctx, found.get(id)!, versions)
    const finding = countFinished(ctx, known, change)
    if (finding) await inTransaction(ctx.db, (tx) => rows.addFinding(tx, change.id, id, finding, ctx.now))
  })
}

/** What is wrong with one dossier is listed for an official, and the others go on; only a database that is away has the batch tried again. */
async function byItself(ctx: Ctx, id: string, change: RuleChangeAsked, count: () => Promise<unknown>): Promise<void> {
  try {
    await count()
  } catch (error) {
    if (error instanceof Unavailable || isLostConnection(error)) throw error
    console.error(`[dossiers.rule] ${change.id} ${id} ${ctx.requestId}`, error)
    const proposal = `Chưa tính lại được: ${error instanceof AppError ? error.message : `lỗi của phần mềm, báo bộ phận kỹ thuật (mã ${ctx.requestId}).`} Hồ sơ vẫn như trước; xem và tính tay.`
    await inTransaction(ctx.db, (tx) => rows.addFinding(tx, change.id, id, { what: whatOf(change), before: '', after: '', amountVnd: null, wasLate: null, wouldBeLate: null, proposal }, ctx.now))
  }
}

const NONE = '00000000-0000-0000-0000-000000000000'
const CLOCKS = ['reception', 'delivery', 'watch']

async function onRule(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { change: id, kind, moves, procedure, open, backDated, validFrom, words, clause } = event.data as { change: string; kind: string; moves: string | null; procedure: string | null; open: boolean; backDated: boolean; validFrom: string; words: string; clause: string }
  // a term or fee is looked at also when it binds nothing older: something may have been filed between its day's first minute and this one
  if (kind === 'document' || (kind === 'register' && !CLOCKS.includes(moves ?? ''))) return
  const change: RuleChangeAsked = { id, kind: kind as RuleChangeAsked['kind'], moves, procedure, validFrom, until: null, open, backDated, words, basis: clause }
  await inTransaction(ctx.db, (tx) => enqueue(tx, 'dossiers.rule', { event: event.id, after: NONE, over: false, change, subject: event.subject } satisfies Batch, { key: `rule:${event.id}:false` }))
}

const SettleInput = z.object({ finding: z.uuid(), state: z.enum(['settled', 'left']), note: z.string().trim().min(3, 'Ghi đã làm gì, hoặc vì sao để nguyên.').max(300) })

/** An official says what was done about a finding. Once; the second is told. */
export const settleRuleFinding = act(SettleInput, async (ctx, tx, { finding, state, note }): Promise<void> => {
  orThrow(canPlanRule(await isProcedureAuthor(tx, ctx.actor)))
  const done = await rows.settleFinding(tx, finding, state, ctx.actor.kind === 'officer' ? ctx.actor.name : 'Hệ thống', note, ctx.now)
  if (!done) throw new Conflict('rules.finding_settled', 'Mục này vừa được người khác xử lý. Tải lại trang để xem.')
})

export const ruleReactions: readonly Reaction[] = [{ event: 'rules.changed', name: 'dossiers.rule', run: onRule }]
export const ruleMoveJobs: readonly Job<never>[] = [{ name: 'dossiers.rule', run: ruleBatch as Job['run'] }]
