// SQL of the turns in a dossier's life: reasons, requests for supplements and their permits, breaches, duties, alerts.

import { type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { DB } from '#db/types.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Party } from './rules.ts'
import type { BreachCause, Reason, ReasonAct } from './schema.ts'

/** Who did it, as a row keeps it. */
export interface By {
  readonly id: string | null
  readonly name: string
  readonly unitId: string | null
  readonly role: string | null
}

// — reasons —

export async function addReasons(tx: Tx, dossier: string, act: ReasonAct, reasons: readonly Reason[], by: By, at: Date): Promise<void> {
  if (reasons.length === 0) return
  await tx
    .insertInto('dossiers.reason')
    .values(reasons.map((one) => ({
      dossier_id: dossier, act, code: one.code, text: one.text, clause: one.clause!, detail: one.detail ?? null, concerns: one.concerns?.key ?? null,
      given_by: by.id, given_by_name: by.name, unit_id: by.unitId, role: by.role, at,
    })))
    .execute()
}

/** Officers who gave reasons for an act on a dossier: nobody of them may judge it again. */
export async function reasonGivers(reader: Reader, dossier: string, act: ReasonAct): Promise<string[]> {
  const rows = await reader.selectFrom('dossiers.reason').select('given_by').distinct().where('dossier_id', '=', dossier).where('act', '=', act).where('given_by', 'is not', null).execute()
  return rows.map((row) => row.given_by!)
}

/** The reasons last given for an act. */
export async function lastReasons(reader: Reader, dossier: string, act: ReasonAct): Promise<Reason[]> {
  const rows = await reader.selectFrom('dossiers.reason').selectAll().where('dossier_id', '=', dossier).where('act', '=', act).orderBy('id').execute()
  const at = rows.at(-1)?.at.getTime()
  return rows.filter((row) => row.at.getTime() === at).map((row) => ({ code: row.code, text: row.text, clause: row.clause, detail: row.detail }))
}

export interface ReasonCount {
  readonly officerId: string | null
  readonly officerName: string
  readonly unitId: string | null
  readonly act: ReasonAct
  readonly code: string
  readonly text: string
  readonly count: number
}

export interface ReasonFilter {
  readonly units: readonly string[]
  /** every unit under these places of the tree */
  readonly trees: readonly string[]
  readonly since: Date
  readonly until: Date
}

export async function countReasons(reader: Reader, { units, trees, since, until }: ReasonFilter): Promise<ReasonCount[]> {
  const rows = await reader
    .selectFrom('dossiers.reason as r')
    .innerJoin('dossiers.dossier as d', 'd.id', 'r.dossier_id')
    .select(['r.given_by', 'r.given_by_name', 'r.unit_id', 'r.act', 'r.code', sql<string>`min(r.text)`.as('text'), sql<number>`count(*)::int`.as('count')])
    .where('r.at', '>=', since)
    .where('r.at', '<', until)
    .where(sql<SqlBool>`(r.unit_id = any(${units}::text[]) or exists (select 1 from dossiers.party p where p.dossier_id = d.id and p.unit_id = r.unit_id and p.unit_path <@ any(${trees}::ltree[])))`)
    .groupBy(['r.given_by', 'r.given_by_name', 'r.unit_id', 'r.act', 'r.code'])
    .orderBy('count', 'desc')
    .orderBy('r.given_by_name')
    .orderBy('r.code')
    .limit(500)
    .execute()
  return rows.map((row) => ({ officerId: row.given_by, officerName: row.given_by_name, unitId: row.unit_id, act: row.act as ReasonAct, code: row.code, text: row.text, count: row.count }))
}

// — supplements and permits —

export interface Permit {
  readonly id: string
  readonly reason: string
  readonly givenByName: string
  readonly at: Date
  readonly usedAt: Date | null
}

export async function permits(reader: Reader, dossier: string): Promise<Permit[]> {
  const rows = await reader.selectFrom('dossiers.permit').selectAll().where('dossier_id', '=', dossier).orderBy('at').execute()
  return rows.map((row) => ({ id: row.id, reason: row.reason, givenByName: row.given_by_name, at: row.at, usedAt: row.used_at }))
}

export async function addPermit(tx: Tx, dossier: string, reason: string, by: By, at: Date): Promise<void> {
  await tx.insertInto('dossiers.permit').values({ dossier_id: dossier, reason, given_by: by.id!, given_by_name: by.name, unit_id: by.unitId!, at }).execute()
}

export async function usePermit(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('dossiers.permit').set({ used_at: at }).where('id', '=', id).execute()
}

export interface Supplement {
  readonly id: string
  readonly before: boolean
  readonly permitted: boolean
  readonly explanation: string | null
  readonly askedAt: Date
  readonly askedByName: string
  readonly answeredAt: Date | null
  readonly revokedAt: Date | null
}

export async function addSupplement(tx: Tx, dossier: string, one: { before: boolean; permitId: string | null; explanation: string | null }, by: By, at: Date): Promise<void> {
  await tx
    .insertInto('dossiers.supplement')
    .values({ dossier_id: dossier, before: one.before, permit_id: one.permitId, explanation: one.explanation, asked_at: at, asked_by: by.id, asked_by_name: by.name, unit_id: by.unitId })
    .execute()
}

export async function closeSupplement(tx: Tx, dossier: string, how: 'answered' | 'revoked', at: Date): Promise<void> {
  await tx
    .updateTable('dossiers.supplement')
    .set(how === 'answered' ? { answered_at: at } : { revoked_at: at })
    .where('dossier_id', '=', dossier)
    .where('answered_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

export async function supplements(reader: Reader, dossier: string): Promise<Supplement[]> {
  const rows = await reader.selectFrom('dossiers.supplement').selectAll().where('dossier_id', '=', dossier).orderBy('asked_at').execute()
  return rows.map((row) => ({
    id: row.id, before: row.before, permitted: row.permit_id !== null, explanation: row.explanation, askedAt: row.asked_at, askedByName: row.asked_by_name,
    answeredAt: row.answered_at, revokedAt: row.revoked_at,
  }))
}

// — breaches —

export interface Breach {
  readonly cause: BreachCause | 'reception_late'
  readonly note: string | null
  readonly at: Date
}

/** Kept once for each cause: what is against the rules stays so. */
export async function addBreach(tx: Tx, dossier: string, cause: Breach['cause'], note: string | null, byName: string, at: Date): Promise<void> {
  await tx.insertInto('dossiers.breach').values({ dossier_id: dossier, cause, note, by_name: byName, at }).onConflict((c) => c.columns(['dossier_id', 'cause']).doNothing()).execute()
}

export async function breaches(reader: Reader, dossier: string): Promise<Breach[]> {
  const rows = await reader.selectFrom('dossiers.breach').select(['cause', 'note', 'at']).where('dossier_id', '=', dossier).orderBy('id').execute()
  return rows.map((row) => ({ cause: row.cause as Breach['cause'], note: row.note, at: row.at }))
}

// — financial duties —

export interface DutyLine {
  readonly name: string
  readonly amountVnd: number
}

export interface Proof {
  /** number of the document or of the payment order */
  readonly number: string | null
  readonly on: string | null
  readonly fileId: string | null
  readonly note: string | null
}

export interface Duty {
  readonly id: string
  readonly dossierId: string
  readonly lines: readonly DutyLine[]
  readonly totalVnd: number
  readonly askedAt: Date
  readonly settledAt: Date | null
  readonly settledByName: string | null
  readonly proof: Proof | null
}

const total = (lines: readonly DutyLine[]): number => lines.reduce((sum, line) => sum + line.amountVnd, 0)

export async function addDuty(tx: Tx, dossier: string, lines: readonly DutyLine[], by: By, at: Date): Promise<void> {
  await tx.insertInto('dossiers.duty')
    .values({ dossier_id: dossier, lines: JSON.stringify(lines), total_vnd: total(lines), asked_at: at, asked_by: by.id, asked_by_name: by.name })
    .onConflict((c) => c.column('dossier_id').where('settled_at', 'is', null).doNothing())
    .execute()
}

export async function setDutyLines(tx: Tx, id: string, lines: readonly DutyLine[]): Promise<void> {
  await tx.updateTable('dossiers.duty').set({ lines: JSON.stringify(lines), total_vnd: total(lines) }).where('id', '=', id).execute()
}

export async function settleDuty(tx: Tx, id: string, byName: string, proof: Proof, at: Date): Promise<void> {
  await tx.updateTable('dossiers.duty').set({ settled_at: at, settled_by_name: byName, proof: JSON.stringify(proof) }).where('id', '=', id).execute()
}

export async function duties(reader: Reader, by: { dossier: string } | { id: string }): Promise<Duty[]> {
  const rows = await reader.selectFrom('dossiers.duty').selectAll()
    .where('dossier' in by ? 'dossier_id' : 'id', '=', 'dossier' in by ? by.dossier : by.id).orderBy('asked_at').execute()
  return rows.map((row) => ({
    id: row.id, dossierId: row.dossier_id, lines: row.lines as unknown as DutyLine[], totalVnd: row.total_vnd, askedAt: row.asked_at, settledAt: row.settled_at,
    settledByName: row.settled_by_name, proof: row.proof as unknown as Proof | null,
  }))
}

// — alerts —

export const ALERTS = {
  reception_late: 'Quá 8 giờ làm việc chưa trả lời',
  due_near: 'Sắp đến hạn trả',
  instructed: 'Cấp trên yêu cầu xem lại',
} as const
export type AlertKind = keyof typeof ALERTS

export interface Alert {
  readonly id: string
  readonly dossierId: string
  readonly kind: AlertKind
  readonly unitId: string
  readonly note: string | null
  readonly raisedAt: Date
}

/** False when it stands already. */
export async function raiseAlert(tx: Tx, dossier: string, kind: AlertKind, unit: Party, note: string | null, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('dossiers.alert')
    .values({ dossier_id: dossier, kind, unit_id: unit.unitId, unit_path: unit.unitPath, note, raised_at: at })
    .onConflict((c) => c.columns(['dossier_id', 'kind']).where('cleared_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function clearAlerts(tx: Tx, dossier: string, kinds: readonly AlertKind[], at: Date): Promise<void> {
  await tx.updateTable('dossiers.alert').set({ cleared_at: at }).where('dossier_id', '=', dossier).where('kind', 'in', [...kinds]).where('cleared_at', 'is', null).execute()
}

const alertOf = (row: { id: string; dossier_id: string; kind: string; unit_id: string; note: string | null; raised_at: Date }): Alert => ({
  id: row.id, dossierId: row.dossier_id, kind: row.kind as AlertKind, unitId: row.unit_id, note: row.note, raisedAt: row.raised_at,
})

export async function alerts(reader: Reader, dossier: string): Promise<Alert[]> {
  const rows = await reader.selectFrom('dossiers.alert').select(['id', 'dossier_id', 'kind', 'unit_id', 'note', 'raised_at']).where('dossier_id', '=', dossier).where('cleared_at', 'is', null)
    .orderBy('raised_at').execute()
  return rows.map(alertOf)
}

/** Units whose alerts are asked for: these, and all under those places. */
export interface Watched {
  readonly units: readonly string[]
  readonly trees: readonly string[]
}

const watched = ({ units, trees }: Watched) => (_: ExpressionBuilder<DB, 'dossiers.alert'>) =>
  sql<SqlBool>`(unit_id = any(${units}::text[]) or unit_path <@ any(${trees}::ltree[]))`

export async function alertsOf(reader: Reader, where: Watched, limit: number): Promise<Alert[]> {
  const rows = await reader.selectFrom('dossiers.alert').select(['id', 'dossier_id', 'kind', 'unit_id', 'note', 'raised_at'])
    .where('cleared_at', 'is', null).where(watched(where)).orderBy('raised_at').orderBy('id').limit(limit).execute()
  return rows.map(alertOf)
}

export async function countAlerts(reader: Reader, where: Watched): Promise<number> {
  const row = await reader.selectFrom('dossiers.alert').select(sql<number>`count(*)::int`.as('n')).where('cleared_at', 'is', null).where(watched(where)).executeTakeFirstOrThrow()
  return row.n
}
