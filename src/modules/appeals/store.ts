// SQL of appeals.

import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { DB } from '#db/types.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { JUDGES } from './rules.ts'
import type { Appeal, AppealState, Decision } from './schema.ts'

const columns = ['id', 'dossier_id', 'dossier_code', 'procedure_code', 'against', 'paper_id', 'acted_at', 'acted_by', 'from_unit_id', 'unit_id', 'unit_path', 'citizen_id', 'words', 'lodged_at',
  'due_at', 'derivation', 'state', 'late_at', 'decided_at', 'decided_by', 'decided_by_name', 'decision'] as const

type Row = Record<(typeof columns)[number], unknown>

const appealOf = (row: Row): Appeal => ({
  id: row.id as string, dossierId: row.dossier_id as string, dossierCode: row.dossier_code as string, procedureCode: row.procedure_code as string, against: row.against as Appeal['against'],
  paperId: row.paper_id as string, actedAt: row.acted_at as Date, actedBy: row.acted_by as string[], fromUnitId: row.from_unit_id as string, unitId: row.unit_id as string,
  unitPath: row.unit_path as string, citizenId: row.citizen_id as string, words: row.words as string | null, lodgedAt: row.lodged_at as Date, dueAt: row.due_at as Date,
  derivation: row.derivation as string, state: row.state as AppealState, lateAt: row.late_at as Date | null, decidedAt: row.decided_at as Date | null, decidedBy: row.decided_by as string | null,
  decidedByName: row.decided_by_name as string | null, decision: row.decision as Decision | null,
})

export type NewAppeal = Omit<Appeal, 'id' | 'state' | 'lateAt' | 'decidedAt' | 'decidedBy' | 'decidedByName' | 'decision'>

/** Null when the paper has been appealed against before. */
export async function insert(tx: Tx, one: NewAppeal): Promise<Appeal | null> {
  const row = await tx
    .insertInto('appeals.appeal')
    .values({
      dossier_id: one.dossierId, dossier_code: one.dossierCode, procedure_code: one.procedureCode, against: one.against, paper_id: one.paperId, acted_at: one.actedAt,
      acted_by: [...one.actedBy], from_unit_id: one.fromUnitId, unit_id: one.unitId, unit_path: one.unitPath, citizen_id: one.citizenId, words: one.words, lodged_at: one.lodgedAt,
      due_at: one.dueAt, derivation: one.derivation, state: 'open',
    })
    .onConflict((c) => c.column('paper_id').doNothing())
    .returning(columns)
    .executeTakeFirst()
  return row ? appealOf(row) : null
}

export async function find(reader: Reader, by: { id: string } | { paper: string }): Promise<Appeal | null> {
  const row = await reader.selectFrom('appeals.appeal').select(columns).where('id' in by ? 'id' : 'paper_id', '=', 'id' in by ? by.id : by.paper).executeTakeFirst()
  return row ? appealOf(row) : null
}

export async function lock(tx: Tx, id: string): Promise<Appeal | null> {
  const row = await tx.selectFrom('appeals.appeal').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? appealOf(row) : null
}

export async function decide(tx: Tx, id: string, how: Exclude<AppealState, 'open'>, by: { id: string; name: string }, decision: Decision, at: Date): Promise<Appeal> {
  const row = await tx
    .updateTable('appeals.appeal')
    .set({ state: how, decided_at: at, decided_by: by.id, decided_by_name: by.name, decision: JSON.stringify(decision) })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return appealOf(row)
}

export async function setLate(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('appeals.appeal').set({ late_at: at }).where('id', '=', id).execute()
}

/** The policy in SQL. Equal to `canSee` of rules. */
const seenBy = (actor: Actor) => (eb: ExpressionBuilder<DB, 'appeals.appeal'>): Expression<SqlBool> => {
  if (actor.kind === 'system') return eb.lit(true)
  if (actor.kind === 'citizen') return eb('citizen_id', '=', actor.id)
  if (actor.kind !== 'officer') return eb.lit(false)
  const units = actor.posts.filter((post) => JUDGES.includes(post.role)).map((post) => post.unitId)
  return sql<SqlBool>`unit_id = any(${units}::text[])`
}

export async function list(reader: Reader, actor: Actor, { dossier, open, limit }: { dossier?: string; open?: boolean; limit: number }): Promise<Appeal[]> {
  const rows = await reader
    .selectFrom('appeals.appeal')
    .select(columns)
    .where(seenBy(actor))
    .$if(dossier !== undefined, (q) => q.where('dossier_id', '=', dossier!))
    .$if(open === true, (q) => q.where('state', '=', 'open'))
    .$if(open === false, (q) => q.where('state', '!=', 'open'))
    .orderBy(sql`state = 'open'`, 'desc')
    .orderBy(sql`case when state = 'open' then due_at end`)
    .orderBy('decided_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(appealOf)
}

/** Appeals about a dossier, for those who may read the dossier itself. */
export async function ofDossier(reader: Reader, dossier: string): Promise<Appeal[]> {
  const rows = await reader.selectFrom('appeals.appeal').select(columns).where('dossier_id', '=', dossier).orderBy('lodged_at').execute()
  return rows.map(appealOf)
}

export async function countOpen(reader: Reader, actor: Actor, now: Date): Promise<{ total: number; late: number }> {
  const row = await reader
    .selectFrom('appeals.appeal')
    .select([sql<number>`count(*)::int`.as('total'), sql<number>`(count(*) filter (where due_at < ${now}))::int`.as('late')])
    .where('state', '=', 'open')
    .where(seenBy(actor))
    .executeTakeFirstOrThrow()
  return { total: row.total, late: row.late }
}
