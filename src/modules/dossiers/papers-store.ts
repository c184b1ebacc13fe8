// SQL of what becomes of a paper after it was issued: printed again, taken back, replaced, or not to be set because of its template.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Paper, PaperKind } from './schema.ts'

export interface IssuedPaper extends Paper {
  readonly issuedBy: string
  readonly cancelledAt: Date | null
  readonly cancelledBy: string | null
  readonly cancelReason: string | null
  /** The paper that this one takes the place of */
  readonly replaces: string | null
  /** Why it cannot be set at present */
  readonly fault: string | null
  readonly prints: readonly { readonly at: Date; readonly by: string }[]
}

/** Every paper of a dossier, oldest first, those taken back among them. */
export async function issuedPapers(reader: Reader, dossier: string): Promise<IssuedPaper[]> {
  const rows = await reader.selectFrom('dossiers.paper').selectAll().where('dossier_id', '=', dossier).orderBy('created_at').orderBy(sql`replaces is not null`).orderBy('id').execute()
  if (rows.length === 0) return []
  const prints = await reader.selectFrom('dossiers.paper_print').select(['paper_id', 'at', 'by_name']).where('paper_id', 'in', rows.map((row) => row.id)).orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id, kind: row.kind as PaperKind, number: row.number, data: row.data as Record<string, unknown>, fileId: row.file_id, createdAt: row.created_at,
    versionId: row.version_id, answers: row.answers as Paper['answers'],
    issuedBy: row.created_by, cancelledAt: row.cancelled_at, cancelledBy: row.cancelled_by, cancelReason: row.cancel_reason, replaces: row.replaces, fault: row.fault,
    prints: prints.filter((one) => one.paper_id === row.id).map((one) => ({ at: one.at, by: one.by_name })),
  }))
}

export async function addPrint(tx: Tx, paper: string, by: { id: string; name: string }, at: Date): Promise<void> {
  await tx.insertInto('dossiers.paper_print').values({ paper_id: paper, at, by_id: by.id, by_name: by.name }).execute()
}

/** False when it had been taken back before. */
export async function cancel(tx: Tx, paper: string, by: string, reason: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('dossiers.paper').set({ cancelled_at: at, cancelled_by: by, cancel_reason: reason }).where('id', '=', paper).where('cancelled_at', 'is', null).executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function replaceBy(tx: Tx, old: string, paper: string): Promise<void> {
  await tx.updateTable('dossiers.paper').set({ replaces: old }).where('id', '=', paper).execute()
}

export interface Fault {
  readonly message: string
  readonly template: string
  readonly field: string | null
}

export async function setFault(reader: Reader, paper: string, fault: Fault | null, at: Date): Promise<void> {
  await reader
    .updateTable('dossiers.paper')
    .set({ fault: fault?.message ?? null, fault_template: fault?.template ?? null, fault_field: fault?.field ?? null, faulted_at: fault ? at : null })
    .where('id', '=', paper)
    .$if(fault === null, (query) => query.where('fault', 'is not', null))
    .execute()
}

export interface FaultGroup extends Fault {
  readonly papers: number
  readonly since: Date
  readonly last: Date
}

/** What keeps papers from being set, by template and message. Says nothing of any person. */
export async function faults(reader: Reader): Promise<FaultGroup[]> {
  const rows = await reader
    .selectFrom('dossiers.paper')
    .select(['fault', 'fault_template', 'fault_field', sql<number>`count(*)::int`.as('papers'), sql<Date>`min(created_at)`.as('since'), sql<Date>`max(faulted_at)`.as('last')])
    .where('fault', 'is not', null)
    .groupBy(['fault', 'fault_template', 'fault_field'])
    .orderBy(sql`max(faulted_at)`, 'desc')
    .execute()
  return rows.map((row) => ({ message: row.fault!, template: row.fault_template!, field: row.fault_field, papers: row.papers, since: row.since, last: row.last }))
}

/** Dossiers with papers that could not be set, at most `limit`. */
export async function faultyDossiers(reader: Reader, limit: number): Promise<string[]> {
  const rows = await reader.selectFrom('dossiers.paper').select('dossier_id').distinct().where('fault', 'is not', null).limit(limit).execute()
  return rows.map((row) => row.dossier_id)
}
