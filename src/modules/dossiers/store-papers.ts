// SQL of what lies in a dossier: parts handed in, changes not sent yet, fees, papers issued.

import type { Reader, Tx } from '#core/db/index.ts'
import type { Values } from '#core/form/types.ts'
import { bringsOwn } from './prints-own.ts'
import type { Applicant, DossierPart, Paper, PaperKind } from './schema.ts'

// — parts —

export interface NewPart {
  readonly dossierId: string
  readonly part: string
  readonly source: 'file' | 'paper'
  readonly fileId: string | null
  readonly by: string
  readonly at: Date
  /** Not handed in yet: part of a supplement that is still being prepared. */
  readonly pending?: boolean
}

export async function addPart(tx: Tx, part: NewPart): Promise<DossierPart> {
  const { id } = await tx
    .insertInto('dossiers.part')
    .values({ dossier_id: part.dossierId, part: part.part, source: part.source, file_id: part.fileId, added_at: part.at, added_by: part.by, pending: part.pending ?? false })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, part: part.part, source: part.source, fileId: part.fileId, addedAt: part.at }
}

export async function removePart(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('dossiers.part').set({ removed_at: at }).where('id', '=', id).execute()
}

/** A part under another name: its procedure calls it otherwise now. */
export async function renamePart(tx: Tx, id: string, part: string): Promise<void> {
  await tx.updateTable('dossiers.part').set({ part }).where('id', '=', id).execute()
}

/** The parts as handed in, or as they will be when the supplement under way is sent. */
export async function parts(reader: Reader, dossier: string, as: 'sent' | 'pending' = 'sent'): Promise<DossierPart[]> {
  const rows = await reader
    .selectFrom('dossiers.part')
    .select(['id', 'part', 'source', 'file_id', 'added_at'])
    .where('dossier_id', '=', dossier)
    .where('removed_at', 'is', null)
    .where(as === 'sent' ? 'pending' : 'removal_pending', '=', false)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, part: row.part, source: row.source as DossierPart['source'], fileId: row.file_id, addedAt: row.added_at }))
}

/** Takes a part out of the supplement under way: one that was only added there is gone, one handed in before stays until it is sent. */
export async function removePendingPart(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('dossiers.part').set({ removed_at: at }).where('id', '=', id).where('pending', '=', true).execute()
  await tx.updateTable('dossiers.part').set({ removal_pending: true }).where('id', '=', id).where('pending', '=', false).execute()
}

/** Whether a file belongs only to a supplement that is still being prepared. */
export async function isPendingFile(reader: Reader, file: string): Promise<boolean> {
  const row = await reader.selectFrom('dossiers.part').select('id').where('file_id', '=', file).where('pending', '=', true).where('removed_at', 'is', null).executeTakeFirst()
  return row !== undefined
}

/** The changes of parts become part of the dossier. Returns them for the facts. */
export async function sendParts(tx: Tx, dossier: string, at: Date) {
  const added = await tx.updateTable('dossiers.part').set({ pending: false }).where('dossier_id', '=', dossier).where('pending', '=', true).where('removed_at', 'is', null)
    .returning(['part', 'source', 'file_id']).execute()
  const removed = await tx.updateTable('dossiers.part').set({ removed_at: at }).where('dossier_id', '=', dossier).where('removal_pending', '=', true).where('removed_at', 'is', null)
    .returning(['part', 'file_id']).execute()
  return { added, removed }
}

/** The changes of parts are given up; what was handed in before stands. */
export async function dropParts(tx: Tx, dossier: string, at: Date): Promise<void> {
  await tx.updateTable('dossiers.part').set({ removed_at: at }).where('dossier_id', '=', dossier).where('pending', '=', true).where('removed_at', 'is', null).execute()
  await tx.updateTable('dossiers.part').set({ removal_pending: false }).where('dossier_id', '=', dossier).where('removal_pending', '=', true).execute()
}

// — changes not sent yet —

export interface Pending {
  readonly form: Values
  readonly applicant: Applicant
  readonly changedAt: Date
}

export async function pending(reader: Reader, dossier: string): Promise<Pending | null> {
  const row = await reader.selectFrom('dossiers.pending').selectAll().where('dossier_id', '=', dossier).executeTakeFirst()
  return row ? { form: row.form as Values, applicant: row.applicant as unknown as Applicant, changedAt: row.changed_at } : null
}

export async function setPending(tx: Tx, dossier: string, change: { form: Values; applicant: Applicant }, at: Date): Promise<void> {
  const row = { form: JSON.stringify(change.form), applicant: JSON.stringify(change.applicant), changed_at: at }
  await tx.insertInto('dossiers.pending').values({ dossier_id: dossier, ...row }).onConflict((c) => c.column('dossier_id').doUpdateSet(row)).execute()
}

export async function dropPending(tx: Tx, dossier: string): Promise<void> {
  await tx.deleteFrom('dossiers.pending').where('dossier_id', '=', dossier).execute()
}

// — fees —

export interface FeeRow {
  readonly code: string
  readonly name: string
  readonly kind: 'phi' | 'le_phi'
  readonly amount: number
  /** Before the exemption. */
  readonly fullAmount: number
  readonly collectAt: string
  readonly note: string | null
}

export async function setFees(tx: Tx, dossier: string, fees: readonly FeeRow[]): Promise<void> {
  await tx.deleteFrom('dossiers.fee').where('dossier_id', '=', dossier).execute()
  if (fees.length === 0) return
  await tx
    .insertInto('dossiers.fee')
    .values(fees.map((fee) => ({ dossier_id: dossier, code: fee.code, name: fee.name, kind: fee.kind, amount_vnd: fee.amount, full_amount_vnd: fee.fullAmount, collect_at: fee.collectAt, note: fee.note })))
    .execute()
}

export async function fees(reader: Reader, dossier: string): Promise<FeeRow[]> {
  const rows = await reader.selectFrom('dossiers.fee').selectAll().where('dossier_id', '=', dossier).orderBy('code').execute()
  return rows.map((row) => ({ code: row.code, name: row.name, kind: row.kind as FeeRow['kind'], amount: row.amount_vnd, fullAmount: row.full_amount_vnd, collectAt: row.collect_at, note: row.note }))
}

// — papers —

/** The paper keeps the version that the dossier has now: its words are printed from that version for ever, whatever becomes of the dossier. */
export async function addPaper(tx: Tx, paper: { dossierId: string; kind: PaperKind; number: string | null; data: object; by: string; at: Date }): Promise<string> {
  const { version_id: version, form } = await tx.selectFrom('dossiers.dossier').select(['version_id', 'form']).where('id', '=', paper.dossierId).executeTakeFirstOrThrow()
  const answers = (await bringsOwn(tx, version, paper.kind)) ? JSON.stringify(form) : null
  const { id } = await tx
    .insertInto('dossiers.paper')
    .values({ dossier_id: paper.dossierId, kind: paper.kind, number: paper.number, data: JSON.stringify(paper.data), created_at: paper.at, created_by: paper.by, version_id: version, answers })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function setPaperFile(tx: Tx, id: string, file: string): Promise<void> {
  await tx.updateTable('dossiers.paper').set({ file_id: file }).where('id', '=', id).where('file_id', 'is', null).execute()
}

export async function papers(reader: Reader, dossier: string): Promise<Paper[]> {
  const rows = await reader.selectFrom('dossiers.paper').selectAll().where('dossier_id', '=', dossier).orderBy('created_at').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id, kind: row.kind as PaperKind, number: row.number, data: row.data as Record<string, unknown>, fileId: row.file_id, createdAt: row.created_at,
    versionId: row.version_id, answers: row.answers as Values | null,
  }))
}

/** A paper that nobody outside has seen yet gets its number; it is set again from the data. */
export async function numberPaper(tx: Tx, id: string, number: string, data: object): Promise<void> {
  await tx.updateTable('dossiers.paper').set({ number, data: JSON.stringify(data), file_id: null }).where('id', '=', id).execute()
}
