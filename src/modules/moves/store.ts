// SQL of plans and their cases.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { AnswerChoices, Case, CasePreview, CaseState, Clauses, Plan, PlanState, StepChoices, Verdict } from './schema.ts'

type PlanRow = Awaited<ReturnType<typeof rowsOf>>[number]
const rowsOf = (reader: Reader) => reader.selectFrom('moves.plan').selectAll().execute()

const planOf = (row: PlanRow): Plan => ({
  id: row.id, seq: row.seq, code: row.code, fromVersion: row.from_version, toVersion: row.to_version, steps: row.steps as StepChoices, answers: row.answers as unknown as AnswerChoices,
  clauses: row.clauses as Clauses, state: row.state as PlanState, revision: row.revision, tried: row.tried, triedAt: row.tried_at, reason: row.reason, decision: row.decision,
  madeAt: row.made_at, madeBy: row.made_by, madeByName: row.made_by_name, editedBy: row.edited_by as string[], askedAt: row.asked_at, askedBy: row.asked_by, askedByName: row.asked_by_name, confirmedAt: row.confirmed_at,
  confirmedBy: row.confirmed_by, confirmedByName: row.confirmed_by_name, doneAt: row.done_at, undoReason: row.undo_reason, undoBy: row.undo_by, undoByName: row.undo_by_name,
  undoAt: row.undo_at, undoConfirmedByName: row.undo_confirmed_by_name,
})

export async function insertPlan(tx: Tx, plan: { code: string; from: string; to: string; at: Date; by: { id: string; name: string } }): Promise<Plan> {
  const row = await tx.insertInto('moves.plan')
    .values({ code: plan.code, from_version: plan.from, to_version: plan.to, state: 'drafting', made_at: plan.at, made_by: plan.by.id, made_by_name: plan.by.name })
    .returningAll().executeTakeFirstOrThrow()
  return planOf(row)
}

const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)

export async function findPlan(reader: Reader, id: string, hold?: 'lock'): Promise<Plan | null> {
  if (!isId(id)) return null
  const row = await reader.selectFrom('moves.plan').selectAll().where('id', '=', id).$if(hold === 'lock', (q) => q.forUpdate()).executeTakeFirst()
  return row ? planOf(row) : null
}

export async function plansOf(reader: Reader, code: string): Promise<Plan[]> {
  return (await reader.selectFrom('moves.plan').selectAll().where('code', '=', code).orderBy('seq', 'desc').limit(100).execute()).map(planOf)
}

type PlanChange = Partial<Omit<PlanRow, 'id' | 'seq' | 'code' | 'steps' | 'answers' | 'clauses' | 'edited_by'>> & { steps?: string; answers?: string; clauses?: string; edited_by?: string }

export async function changePlan(tx: Tx, id: string, change: PlanChange): Promise<Plan> {
  return planOf(await tx.updateTable('moves.plan').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow())
}

// — cases —

const columns = ['dossier_id', 'code', 'verdict', 'preview', 'chosen', 'steps', 'state', 'why', 'at'] as const

interface CaseRow {
  dossier_id: string
  code: string
  verdict: string
  preview: unknown
  chosen: boolean
  steps: unknown
  state: string
  why: string | null
  at: Date | null
}

const caseOf = (row: CaseRow): Case => ({
  dossierId: row.dossier_id, code: row.code, verdict: row.verdict as Verdict, preview: row.preview as CasePreview, chosen: row.chosen, steps: row.steps as StepChoices, state: row.state as CaseState,
  why: row.why, at: row.at,
})

/** What a trial found; what was chosen for the case before stays chosen as long as it can move. */
export async function saveCase(tx: Tx, plan: string, one: { dossierId: string; code: string; verdict: Verdict; preview: CasePreview }): Promise<void> {
  const found = { code: one.code, verdict: one.verdict, preview: JSON.stringify(one.preview) }
  await tx.insertInto('moves.case').values({ plan_id: plan, dossier_id: one.dossierId, ...found, chosen: one.verdict === 'moves' })
    .onConflict((c) => c.columns(['plan_id', 'dossier_id']).doUpdateSet((eb) => ({ ...found, chosen: sql<boolean>`${one.verdict === 'moves'} and (${eb.ref('moves.case.chosen')} or ${eb.ref('moves.case.verdict')} <> 'moves')` })))
    .execute()
}

/** Cases of dossiers that are not under way any more by this version. */
export async function dropCases(tx: Tx, plan: string, keep: readonly string[]): Promise<void> {
  await tx.deleteFrom('moves.case').where('plan_id', '=', plan).where('state', '=', 'planned').where(sql<SqlBool>`not (dossier_id = any(${[...keep]}::uuid[]))`).execute()
}

export async function findCase(reader: Reader, plan: string, dossier: string, hold?: 'lock'): Promise<(Case & { before: unknown; afterDigest: string | null }) | null> {
  const row = await reader.selectFrom('moves.case').select([...columns, 'before', 'after_digest']).where('plan_id', '=', plan).where('dossier_id', '=', dossier).$if(hold === 'lock', (q) => q.forUpdate()).executeTakeFirst()
  return row ? { ...caseOf(row), before: row.before, afterDigest: row.after_digest } : null
}

export interface CaseFilter {
  readonly verdict?: Verdict
  readonly state?: CaseState
  readonly chosen?: boolean
  readonly q?: string
  readonly limit: number
  readonly after?: string
}

export async function casesOf(reader: Reader, plan: string, { verdict, state, chosen, q, limit, after }: CaseFilter): Promise<Case[]> {
  const rows = await reader.selectFrom('moves.case').select(columns).where('plan_id', '=', plan)
    .$if(verdict !== undefined, (query) => query.where('verdict', '=', verdict!)).$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(chosen !== undefined, (query) => query.where('chosen', '=', chosen!)).$if(!!q, (query) => query.where('code', 'like', `%${q!.replaceAll(/[%_\\]/g, '')}%`))
    .$if(after !== undefined, (query) => query.where('code', '>', after!)).orderBy('code').limit(limit).execute()
  return rows.map(caseOf)
}

export interface Counts {
  readonly total: number
  readonly verdicts: Readonly<Record<Verdict, number>>
  readonly chosen: number
  readonly states: Readonly<Record<CaseState, number>>
}

export async function countCases(reader: Reader, plan: string): Promise<Counts> {
  const row = await reader.selectFrom('moves.case').where('plan_id', '=', plan).select([
    sql<number>`count(*)::int`.as('total'), sql<number>`(count(*) filter (where chosen))::int`.as('chosen'),
    ...(['moves', 'choice', 'stuck'] as const).map((key) => sql<number>`(count(*) filter (where verdict = ${sql.lit(key)}))::int`.as(key)),
    ...(['planned', 'moved', 'left', 'undone', 'stayed'] as const).map((key) => sql<number>`(count(*) filter (where chosen and state = ${sql.lit(key)}))::int`.as(key)),
  ]).executeTakeFirstOrThrow() as Record<string, number>
  return {
    total: row['total']!, chosen: row['chosen']!, verdicts: { moves: row['moves']!, choice: row['choice']!, stuck: row['stuck']! },
    states: { planned: row['planned']!, moved: row['moved']!, left: row['left']!, undone: row['undone']!, stayed: row['stayed']! },
  }
}

/** Chooses these of the cases that can move, and no other; all of them when none is named. Returns how many are chosen. */
export async function chooseCases(tx: Tx, plan: string, dossiers: readonly string[] | null): Promise<number> {
  const wanted = dossiers === null ? sql<boolean>`verdict = 'moves'` : sql<boolean>`verdict = 'moves' and dossier_id = any(${dossiers.filter(isId)}::uuid[])`
  await tx.updateTable('moves.case').set({ chosen: wanted }).where('plan_id', '=', plan).where('state', '=', 'planned').execute()
  const { n } = await tx.selectFrom('moves.case').select(sql<number>`count(*)::int`.as('n')).where('plan_id', '=', plan).where('chosen', '=', true).executeTakeFirstOrThrow()
  return n
}

export async function setCaseSteps(tx: Tx, plan: string, dossier: string, steps: StepChoices): Promise<void> {
  await tx.updateTable('moves.case').set({ steps: JSON.stringify(steps) }).where('plan_id', '=', plan).where('dossier_id', '=', dossier).execute()
}

/** Dossiers of a plan in one state that were chosen, the next few. */
export async function todo(reader: Reader, plan: string, state: CaseState, limit: number): Promise<string[]> {
  const rows = await reader.selectFrom('moves.case').select('dossier_id').where('plan_id', '=', plan).where('chosen', '=', true).where('state', '=', state).orderBy('code').limit(limit).execute()
  return rows.map((row) => row.dossier_id)
}

/** What came of a case. What the dossier was before is kept with one that moved, and with no other. */
export async function settleCase(tx: Tx, plan: string, dossier: string, change: { state: CaseState; why: string | null; at: Date; before?: object; afterDigest?: string }): Promise<void> {
  await tx.updateTable('moves.case')
    .set({ state: change.state, why: change.why, at: change.at, before: change.before ? JSON.stringify(change.before) : null, after_digest: change.afterDigest })
    .where('plan_id', '=', plan).where('dossier_id', '=', dossier).execute()
}

// — what dossiers were, kept for the way back —

export interface CaseKey {
  readonly planId: string
  readonly dossierId: string
}
export interface KeptCase extends CaseKey {
  readonly at: Date
  readonly afterDigest: string | null
}

/** Moved cases with what their dossiers were, the next after one of them; not those of a batch that is being taken back. */
export async function keptCases(reader: Reader, after: CaseKey | null, limit: number): Promise<KeptCase[]> {
  const rows = await reader.selectFrom('moves.case as c').innerJoin('moves.plan as p', 'p.id', 'c.plan_id').select(['c.plan_id', 'c.dossier_id', 'c.at', 'c.after_digest'])
    .where('c.before', 'is not', null).where('c.state', '=', 'moved').where('p.state', '<>', 'undoing')
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(c.plan_id, c.dossier_id) > (${after!.planId}::uuid, ${after!.dossierId}::uuid)`))
    .orderBy('c.plan_id').orderBy('c.dossier_id').limit(limit).execute()
  return rows.map((row) => ({ planId: row.plan_id, dossierId: row.dossier_id, at: row.at!, afterDigest: row.after_digest }))
}

/** Returns how many rows were emptied. */
export async function forgetBefore(tx: Tx, plan: string, dossier: string): Promise<number> {
  const done = await tx.updateTable('moves.case').set({ before: null }).where('plan_id', '=', plan).where('dossier_id', '=', dossier).where('state', '=', 'moved').where('before', 'is not', null).executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** All of batches that were done before an instant. */
export async function forgetOld(tx: Tx, doneBefore: Date): Promise<number> {
  const done = await tx.updateTable('moves.case').set({ before: null }).where('before', 'is not', null)
    .where('plan_id', 'in', (plans) => plans.selectFrom('moves.plan').select('id').where('state', '<>', 'undoing').where('done_at', '<', doneBefore)).executeTakeFirst()
  return Number(done.numUpdatedRows)
}
