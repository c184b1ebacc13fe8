// SQL of trials and their cases.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import type { CaseData, Reckoned, Trial, TrialCase, TrialResult, TrialState } from './schema.ts'

const columns = ['id', 'draft_id', 'code', 'revision', 'from_on', 'to_on', 'fees_as_of', 'asked_at', 'asked_by_name', 'state', 'total', 'done', 'took_ms', 'finished_at', 'fault', 'result'] as const
type Row = Record<(typeof columns)[number], unknown>

const trialOf = (row: Row): Trial => ({
  id: row.id as string, draftId: row.draft_id as string, code: row.code as string, revision: row.revision as number, from: row.from_on as string, to: row.to_on as string,
  feesAsOf: row.fees_as_of as string | null, askedAt: row.asked_at as Date, askedByName: row.asked_by_name as string, state: row.state as TrialState, total: row.total as number,
  done: row.done as number, tookMs: row.took_ms as number | null, finishedAt: row.finished_at as Date | null, fault: row.fault as string | null, result: row.result as TrialResult | null,
})

export interface NewTrial {
  readonly draftId: string
  readonly code: string
  readonly revision: number
  readonly record: object
  readonly from: string
  readonly to: string
  readonly feesAsOf: string | null
  readonly at: Date
  readonly by: { readonly id: string | null; readonly name: string }
  readonly total: number
}

export async function insert(tx: Tx, one: NewTrial): Promise<Trial> {
  const row = await tx
    .insertInto('trials.trial')
    .values({
      draft_id: one.draftId, code: one.code, revision: one.revision, record: JSON.stringify(one.record), from_on: one.from, to_on: one.to, fees_as_of: one.feesAsOf,
      asked_at: one.at, asked_by: one.by.id, asked_by_name: one.by.name, total: one.total,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return trialOf(row)
}

/** The same trial, asked for and not yet finished: a double click. */
export async function findUnderWay(tx: Tx, one: Pick<NewTrial, 'draftId' | 'revision' | 'from' | 'to' | 'feesAsOf'>): Promise<Trial | null> {
  await sql`select pg_advisory_xact_lock(hashtext(${`trial:${one.draftId}`}))`.execute(tx)
  const row = await tx
    .selectFrom('trials.trial').select(columns)
    .where('draft_id', '=', one.draftId).where('revision', '=', one.revision).where('from_on', '=', one.from).where('to_on', '=', one.to)
    .where('fees_as_of', 'is not distinct from', one.feesAsOf).where('state', 'in', ['waiting', 'running'])
    .limit(1).executeTakeFirst()
  return row ? trialOf(row) : null
}

export async function find(reader: Reader, id: string): Promise<Trial | null> {
  const row = await reader.selectFrom('trials.trial').select(columns).where(sql<boolean>`id::text = ${id}`).executeTakeFirst()
  return row ? trialOf(row) : null
}

export async function recordOf(reader: Reader, id: string): Promise<ProcedureRecord> {
  return (await reader.selectFrom('trials.trial').select('record').where('id', '=', id).executeTakeFirstOrThrow()).record as ProcedureRecord
}

export async function listOf(reader: Reader, draftId: string): Promise<Trial[]> {
  const rows = await reader.selectFrom('trials.trial').select(columns).where('draft_id', '=', draftId).orderBy('asked_at', 'desc').limit(20).execute()
  return rows.map(trialOf)
}

/** Begins anew, also after a restart in the middle: what a former run wrote goes. */
export async function begin(tx: Tx, id: string, total: number): Promise<void> {
  await tx.deleteFrom('trials.trial_case').where('trial_id', '=', id).execute()
  await tx.updateTable('trials.trial').set({ state: 'running', done: 0, total, fault: null }).where('id', '=', id).execute()
}

export async function addCases(reader: Reader, id: string, cases: readonly (Reckoned & { readonly dossierId: string; readonly code: string; readonly submittedAt: Date })[], done: number): Promise<void> {
  if (cases.length > 0) {
    await reader
      .insertInto('trials.trial_case')
      .values(cases.map((one) => ({ trial_id: id, dossier_id: one.dossierId, code: one.code, submitted_at: one.submittedAt, tags: [...one.tags], data: JSON.stringify(one.data) })))
      .onConflict((c) => c.doNothing())
      .execute()
  }
  await reader.updateTable('trials.trial').set({ done }).where('id', '=', id).execute()
}

export async function countTags(reader: Reader, id: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ tag: string; n: string }>`select tag, count(*) as n from trials.trial_case, unnest(tags) as tag where trial_id = ${id}::uuid group by tag`.execute(reader)
  return Object.fromEntries(rows.map((row) => [row.tag, Number(row.n)]))
}

export async function finish(reader: Reader, id: string, result: TrialResult, tookMs: number, at: Date): Promise<void> {
  await reader.updateTable('trials.trial').set({ state: 'done', result: JSON.stringify(result), took_ms: tookMs, finished_at: at }).where('id', '=', id).execute()
}

export async function fail(reader: Reader, id: string, fault: string, at: Date): Promise<void> {
  await reader.updateTable('trials.trial').set({ state: 'failed', fault: fault.slice(0, 500), finished_at: at, result: null }).where('id', '=', id).execute()
}

/** Cases with a tag in their order, or those that moved most first. */
export async function casesOf(reader: Reader, id: string, tag: string, page: { readonly limit: number; readonly offset: number }): Promise<{ cases: TrialCase[]; total: number }> {
  const where = sql<boolean>`tags @> array[${tag}]::text[]`
  const [rows, counted] = await Promise.all([
    reader.selectFrom('trials.trial_case').selectAll().where('trial_id', '=', id).where(where).orderBy('submitted_at').orderBy('code').limit(page.limit).offset(page.offset).execute(),
    reader.selectFrom('trials.trial_case').select((eb) => eb.fn.countAll<string>().as('n')).where('trial_id', '=', id).where(where).executeTakeFirstOrThrow(),
  ])
  return { total: Number(counted.n), cases: rows.map((row) => ({ ...(row.data as unknown as CaseData), dossierId: row.dossier_id, code: row.code, submittedAt: row.submitted_at })) }
}
