// The job that tries a draft: reads the dossiers of the period in batches, reckons each, adds up. Reads dossiers only.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import type { Job } from '#core/jobs/index.ts'
import { addDays, atLocal, type Calendar } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { histories, type History, historyIds } from '#modules/dossiers/index.ts'
import { feeKeys, feesAsOf, getVersion, published, type ProcedureRecord, type Published } from '#modules/procedures/index.ts'
import { type Passed, passedSteps } from '#modules/work/index.ts'
import { reckonCase, type Rules } from './reckon.ts'
import type { CaseData, Trial } from './schema.ts'
import * as store from './store.ts'
import { addUp } from './sums.ts'
import { type Medians, mediansOf, visitHours } from './times.ts'

const BATCH = 200

/** The period as instants, both days included. */
export const rangeOf = ({ code, from, to }: Pick<Trial, 'code' | 'from' | 'to'>) => ({ code, from: atLocal(from, '00:00'), to: atLocal(addDays(to, 1), '00:00') })

function* batches<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < all.length; at += BATCH) yield all.slice(at, at + BATCH)
}

/** Calendars of units, read once each. */
function calendars(ctx: Ctx): (unit: string) => Promise<Calendar> {
  const known = new Map<string, Promise<Calendar>>()
  return (unit) => {
    const found = known.get(unit) ?? calendarOf(ctx.db, ctx, unit)
    known.set(unit, found)
    return found
  }
}

/** Reads a batch: the dossiers, their visits to steps, the calendar of each. */
async function readBatch(ctx: Ctx, ids: readonly string[], calendar: (unit: string) => Promise<Calendar>) {
  const [all, visits] = await Promise.all([histories(ctx.db, ids), passedSteps(ctx.db, ids)])
  const byDossier = Map.groupBy(visits, (visit) => visit.subject)
  return Promise.all(all.map(async (one) => ({ one, visits: byDossier.get(one.id) ?? ([] as Passed[]), calendar: await calendar(one.unitId) })))
}

type Lived = Awaited<ReturnType<typeof readBatch>>

/** More than this is read twice rather than held. */
const MOST_HELD = 6000

/** Reads each batch once where all of it can be held, else anew. */
function reading(ctx: Ctx, ids: readonly string[]): (batch: readonly string[]) => Promise<Lived> {
  const calendar = calendars(ctx)
  const held = new Map<string, Lived>()
  return async (batch) => {
    const known = held.get(batch[0]!) ?? (await readBatch(ctx, batch, calendar))
    if (ids.length <= MOST_HELD) held.set(batch[0]!, known)
    return known
  }
}

async function medians(ids: readonly string[], read: (batch: readonly string[]) => Promise<Lived>, now: Date): Promise<Medians> {
  const samples = new Map<string, number[]>()
  for (const batch of batches(ids)) {
    for (const { one, visits, calendar: own } of await read(batch)) {
      for (const visit of visits) {
        if (visit.doneAt === null || visit.clock === 'stops') continue
        const hours = visitHours(visit, one, own, now)
        const known = samples.get(visit.role)
        if (known) known.push(hours)
        else samples.set(visit.role, [hours])
      }
    }
  }
  return mediansOf(samples)
}

async function reckonAll(ctx: Ctx, trial: Trial, record: ProcedureRecord): Promise<void> {
  const ids = await historyIds(ctx.db, rangeOf(trial))
  await inTransaction(ctx.db, (tx) => store.begin(tx, trial.id, ids.length))
  const read = reading(ctx, ids)
  const draft = await published(trial.feesAsOf ? feesAsOf(record, trial.feesAsOf) : record)
  const rules: Rules = { draft, feeKeys: feeKeys(draft.record), medians: await medians(ids, read, ctx.now), catalogs: ctx.catalogs, now: ctx.now }
  const versions = new Map<string, Published>()
  const versionOf = async (one: History): Promise<Published> => {
    const known = versions.get(one.versionId) ?? (await getVersion(ctx.db, one.versionId))
    versions.set(one.versionId, known)
    return known
  }
  const sums: { data: CaseData; by: ProcedureRecord; visits: readonly Passed[] }[] = []
  let done = 0
  for (const batch of batches(ids)) {
    const cases = []
    for (const { one, visits, calendar: own } of await read(batch)) {
      const then = await versionOf(one)
      const reckoned = reckonCase(one, visits, then, rules, own)
      sums.push({ data: reckoned.data, by: then.record, visits })
      cases.push({ ...reckoned, dossierId: one.id, code: one.code, submittedAt: one.submittedAt })
    }
    done += cases.length
    await store.addCases(ctx.db, trial.id, cases, done)
  }
  const result = addUp(await store.countTags(ctx.db, trial.id), sums, rules)
  await store.finish(ctx.db, trial.id, result, Math.round(performance.now() - began.get(trial.id)!), ctx.now)
}

/** When this process began each run; only for saying how long it took. */
const began = new Map<string, number>()

/** Runs a trial that waits, or one that a restart cut off. What it cannot reckon it says; it never tries for ever. */
export async function runTrial(ctx: Ctx, { trial: id }: { trial: string }): Promise<void> {
  const trial = await store.find(ctx.db, id)
  if (!trial || trial.state === 'done' || trial.state === 'failed') return
  began.set(id, performance.now())
  try {
    await reckonAll(ctx, trial, await store.recordOf(ctx.db, id))
  } catch (error) {
    if (isPassing(error)) throw error
    console.error('[trials.run]', error)
    await store.fail(ctx.db, id, error instanceof RangeError || error instanceof Error ? error.message : String(error), ctx.now)
  } finally {
    began.delete(id)
  }
}

/** A database that is away comes back: the queue tries again. */
const isPassing = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && /^(?:08|57|53|ECONN)/.test(String((error as { code: unknown }).code))

export const jobs: readonly Job<never>[] = [{ name: 'trials.run', run: runTrial as Job['run'] }]
