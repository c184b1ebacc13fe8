// SQL of dossiers, their parts, parties, pauses and papers.

import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { DB } from '#db/types.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Channel, Values } from '#core/form/types.ts'
import type { Actor } from '#core/policy/actor.ts'
import { fold } from '#core/text/index.ts'
import type { Kept } from './kept.ts'
import { BLIND_ROLES, type Party, TREE_ROLES } from './rules.ts'
import type { Applicant, BreachCause, Dossier, DossierState } from './schema.ts'

export * from './store-life.ts'
export * from './store-papers.ts'

const columns = ['id', 'code', 'procedure_code', 'procedure_name', 'version_id', 'state', 'channel', 'citizen_id', 'filed_by', 'applicant', 'form', 'revision',
  'received_unit_id', 'received_unit_path', 'decided_unit_id', 'decided_unit_path', 'created_at', 'updated_at', 'submitted_at', 'reception_due_at', 'accepted_at',
  'receipt_no', 'due_at', 'first_due_at', 'derivation', 'paused_at', 'pause_reason', 'supplements', 'signed_at', 'signed_by', 'result_no', 'finished_at',
  'returned_at', 'closed_at', 'answered_at', 'reception_late_at', 'breach', 'apologised_at', 'apology_due_at', 'extended_at', 'rejection', 'delivery_due_at', 'kept', 'registered_unit_id', 'promised_unit_id'] as const

type Row = Record<(typeof columns)[number], unknown>

const dossierOf = (row: Row): Dossier => ({
  id: row.id as string,
  code: row.code as string | null,
  procedureCode: row.procedure_code as string,
  procedureName: row.procedure_name as string,
  versionId: row.version_id as string,
  state: row.state as DossierState,
  channel: row.channel as Channel,
  citizenId: row.citizen_id as string | null,
  filedBy: row.filed_by as string | null,
  applicant: row.applicant as Applicant,
  form: row.form as Values,
  revision: row.revision as number,
  receivedUnitId: row.received_unit_id as string,
  receivedUnitPath: row.received_unit_path as string,
  decidedUnitId: row.decided_unit_id as string | null,
  decidedUnitPath: row.decided_unit_path as string | null,
  createdAt: row.created_at as Date,
  updatedAt: row.updated_at as Date,
  submittedAt: row.submitted_at as Date | null,
  receptionDueAt: row.reception_due_at as Date | null,
  acceptedAt: row.accepted_at as Date | null,
  receiptNo: row.receipt_no as string | null,
  dueAt: row.due_at as Date | null,
  firstDueAt: row.first_due_at as Date | null,
  derivation: row.derivation as string | null,
  pausedAt: row.paused_at as Date | null,
  pauseReason: row.pause_reason as string | null,
  supplements: row.supplements as number,
  signedAt: row.signed_at as Date | null,
  signedBy: row.signed_by as string | null,
  resultNo: row.result_no as string | null,
  finishedAt: row.finished_at as Date | null,
  returnedAt: row.returned_at as Date | null,
  closedAt: row.closed_at as Date | null,
  answeredAt: row.answered_at as Date | null,
  receptionLateAt: row.reception_late_at as Date | null,
  registeredUnitId: row.registered_unit_id as string | null,
  promisedUnitId: row.promised_unit_id as string | null,
  breach: row.breach as BreachCause | null,
  apologisedAt: row.apologised_at as Date | null,
  apologyDueAt: row.apology_due_at as Date | null,
  extendedAt: row.extended_at as Date | null,
  rejection: row.rejection as Dossier['rejection'],
  deliveryDueAt: row.delivery_due_at as Date | null,
  kept: row.kept as Kept | null,
})

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** By id or, once submitted, by code. */
const named = (ref: string) => (eb: ExpressionBuilder<DB, 'dossiers.dossier'>) => (UUID.test(ref) ? eb('id', '=', ref) : eb('code', '=', ref))

export interface NewDossier {
  readonly procedureCode: string
  readonly procedureName: string
  readonly versionId: string
  readonly channel: Channel
  readonly citizenId: string | null
  readonly filedBy: string | null
  readonly applicant: Applicant
  readonly form: Values
  readonly receivedUnit: Party
  readonly clientKey: string | null
  readonly at: Date
}

const searchText = (code: string | null, applicant: Applicant, procedure: string): string =>
  [code, applicant.fullName, applicant.personalId, applicant.phone, procedure].filter(Boolean).map((text) => fold(String(text))).join('|')

/** Null when this client key already made a dossier. */
export async function insert(tx: Tx, draft: NewDossier): Promise<Dossier | null> {
  const row = await tx
    .insertInto('dossiers.dossier')
    .values({
      procedure_code: draft.procedureCode, procedure_name: draft.procedureName, version_id: draft.versionId, state: 'NHAP', channel: draft.channel,
      citizen_id: draft.citizenId, filed_by: draft.filedBy, applicant: JSON.stringify(draft.applicant), applicant_name: draft.applicant.fullName,
      search: searchText(null, draft.applicant, draft.procedureName), form: JSON.stringify(draft.form), received_unit_id: draft.receivedUnit.unitId,
      received_unit_path: draft.receivedUnit.unitPath, client_key: draft.clientKey, created_at: draft.at, updated_at: draft.at,
    })
    .onConflict((c) => c.doNothing())
    .returning(columns)
    .executeTakeFirst()
  return row ? dossierOf(row) : null
}

export async function findByClientKey(reader: Reader, owner: { citizenId: string | null; filedBy: string | null }, key: string): Promise<Dossier | null> {
  const row = await reader
    .selectFrom('dossiers.dossier')
    .select(columns)
    .where('client_key', '=', key)
    .where(sql<SqlBool>`coalesce(citizen_id::text, filed_by) = ${owner.citizenId ?? owner.filedBy}`)
    .executeTakeFirst()
  return row ? dossierOf(row) : null
}

export async function find(reader: Reader, ref: string): Promise<Dossier | null> {
  const row = await reader.selectFrom('dossiers.dossier').select(columns).where(named(ref)).executeTakeFirst()
  return row ? dossierOf(row) : null
}

export async function findMany(reader: Reader, ids: readonly string[]): Promise<Map<string, Dossier>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.selectFrom('dossiers.dossier').select(columns).where('id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map((row) => [row.id, dossierOf(row)]))
}

/** Holds the dossier until the transaction ends: its acts happen one after the other. */
export async function lock(tx: Tx, ref: string): Promise<Dossier | null> {
  const row = await tx.selectFrom('dossiers.dossier').select(columns).where(named(ref)).forUpdate().executeTakeFirst()
  return row ? dossierOf(row) : null
}

export interface Changes {
  readonly code?: string
  readonly state?: DossierState
  readonly applicant?: Applicant
  readonly form?: Values
  readonly receivedUnit?: Party
  readonly decidedUnit?: Party
  readonly submittedAt?: Date
  readonly receptionDueAt?: Date | null
  readonly acceptedAt?: Date
  readonly receiptNo?: string
  readonly dueAt?: Date
  readonly firstDueAt?: Date
  readonly derivation?: string
  readonly pausedAt?: Date | null
  readonly pauseReason?: string | null
  readonly supplements?: number
  readonly signedAt?: Date | null
  readonly signedBy?: string | null
  readonly resultNo?: string
  readonly finishedAt?: Date | null
  readonly returnedAt?: Date | null
  readonly closedAt?: Date | null
  readonly answeredAt?: Date | null
  readonly receptionLateAt?: Date | null
  readonly breach?: BreachCause
  readonly apologisedAt?: Date
  readonly apologyDueAt?: Date
  readonly extendedAt?: Date
  readonly rejection?: Dossier['rejection']
  readonly deliveryDueAt?: Date | null
  readonly kept?: Kept | null
  /** It goes on by another version of its procedure. */
  readonly version?: { readonly id: string; readonly name: string }
}

export async function update(tx: Tx, dossier: Dossier, changes: Changes, at: Date): Promise<Dossier> {
  const code = changes.code ?? dossier.code
  const applicant = changes.applicant ?? dossier.applicant
  const row = await tx
    .updateTable('dossiers.dossier')
    .set({
      updated_at: at,
      revision: dossier.revision + 1,
      code: changes.code,
      state: changes.state,
      applicant: changes.applicant && JSON.stringify(changes.applicant),
      applicant_name: changes.applicant?.fullName,
      search: changes.code || changes.applicant || changes.version ? searchText(code, applicant, changes.version?.name ?? dossier.procedureName) : undefined,
      form: changes.form && JSON.stringify(changes.form),
      received_unit_id: changes.receivedUnit?.unitId,
      received_unit_path: changes.receivedUnit?.unitPath,
      decided_unit_id: changes.decidedUnit?.unitId,
      decided_unit_path: changes.decidedUnit?.unitPath,
      submitted_at: changes.submittedAt,
      reception_due_at: changes.receptionDueAt,
      accepted_at: changes.acceptedAt,
      receipt_no: changes.receiptNo,
      due_at: changes.dueAt,
      first_due_at: changes.firstDueAt,
      derivation: changes.derivation,
      paused_at: changes.pausedAt,
      pause_reason: changes.pauseReason,
      supplements: changes.supplements,
      signed_at: changes.signedAt,
      signed_by: changes.signedBy,
      result_no: changes.resultNo,
      finished_at: changes.finishedAt,
      returned_at: changes.returnedAt,
      closed_at: changes.closedAt,
      answered_at: changes.answeredAt,
      reception_late_at: changes.receptionLateAt,
      breach: changes.breach,
      apologised_at: changes.apologisedAt,
      apology_due_at: changes.apologyDueAt,
      extended_at: changes.extendedAt,
      rejection: changes.rejection,
      delivery_due_at: changes.deliveryDueAt,
      kept: changes.kept && JSON.stringify(changes.kept),
      version_id: changes.version?.id,
      procedure_name: changes.version?.name,
    })
    .where('id', '=', dossier.id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return dossierOf(row)
}

/** Only drafts are ever deleted: nothing was handed in. */
export async function removeDraft(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('dossiers.part').where('dossier_id', '=', id).execute()
  await tx.deleteFrom('dossiers.dossier').where('id', '=', id).where('state', '=', 'NHAP').execute()
}

// — parties —

export async function addParty(tx: Tx, dossier: string, party: Party, at: Date): Promise<void> {
  await tx
    .insertInto('dossiers.party')
    .values({ dossier_id: dossier, unit_id: party.unitId, unit_path: party.unitPath, since: at })
    .onConflict((c) => c.columns(['dossier_id', 'unit_id']).doNothing())
    .execute()
}

export async function parties(reader: Reader, dossier: string): Promise<Party[]> {
  const rows = await reader.selectFrom('dossiers.party').select(['unit_id', 'unit_path']).where('dossier_id', '=', dossier).orderBy('since').execute()
  return rows.map((row) => ({ unitId: row.unit_id, unitPath: row.unit_path as string }))
}

/** The policy of reading in SQL: which dossiers the actor may see. Equal to `canRead` of rules (held by a property test). */
export function readableBy(actor: Actor) {
  return (eb: ExpressionBuilder<DB, 'dossiers.dossier'>): Expression<SqlBool> => {
    if (actor.kind === 'system') return eb.lit(true)
    if (actor.kind === 'citizen') return eb('citizen_id', '=', actor.id)
    if (actor.kind !== 'officer') return eb.lit(false)
    const seeing = actor.posts.filter((post) => !BLIND_ROLES.includes(post.role))
    const units = seeing.map((post) => post.unitId)
    const trees = seeing.filter((post) => TREE_ROLES.includes(post.role)).map((post) => post.unitPath)
    const involved = sql<SqlBool>`exists (select 1 from dossiers.party p where p.dossier_id = dossiers.dossier.id
      and (p.unit_id = any(${units}::text[]) or p.unit_path <@ any(${trees}::ltree[])))`
    return eb.or([
      eb.and([eb('state', '=', 'NHAP'), eb('filed_by', '=', actor.id)]),
      eb.and([eb('state', '!=', 'NHAP'), involved]),
    ])
  }
}

export interface ListFilter {
  readonly q?: string
  readonly states?: readonly DossierState[]
  readonly procedure?: string
  /** a further condition; it narrows what the policy lets through, never widens it */
  readonly where?: (eb: ExpressionBuilder<DB, 'dossiers.dossier'>) => Expression<SqlBool>
  readonly limit: number
  /** continue after this one, newest first */
  readonly after?: { readonly at: Date; readonly id: string }
}

const filtered = (reader: Reader, actor: Actor, filter: Omit<ListFilter, 'limit' | 'after'>) =>
  reader
    .selectFrom('dossiers.dossier')
    .where(readableBy(actor))
    .$if(!!filter.q, (query) => {
      const words = fold(filter.q!).replaceAll(/[|%_\\]/g, ' ').split(' ').filter(Boolean).slice(0, 8)
      return words.reduce((narrowed, word) => narrowed.where('search', 'like', `%${word}%`), query)
    })
    .$if(filter.where !== undefined, (query) => query.where(filter.where!))
    .$if(filter.states !== undefined, (query) => query.where('state', 'in', [...filter.states!]))
    .$if(filter.procedure !== undefined, (query) => query.where('procedure_code', '=', filter.procedure!))

export async function list(reader: Reader, actor: Actor, filter: ListFilter): Promise<Dossier[]> {
  const since = sql<Date>`coalesce(submitted_at, created_at)`
  const rows = await filtered(reader, actor, filter)
    .select(columns)
    .$if(filter.after !== undefined, (query) =>
      query.where(sql<SqlBool>`(coalesce(submitted_at, created_at), id) < (${filter.after!.at}::timestamptz, ${filter.after!.id}::uuid)`))
    .orderBy(since, 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows.map(dossierOf)
}

export async function count(reader: Reader, actor: Actor, filter: Omit<ListFilter, 'limit' | 'after'>): Promise<number> {
  const row = await filtered(reader, actor, filter).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function mostFiled(reader: Reader, since: Date, limit: number): Promise<string[]> {
  const rows = await reader
    .selectFrom('dossiers.dossier')
    .select('procedure_code')
    .where('submitted_at', '>=', since)
    .groupBy('procedure_code')
    .orderBy(sql`count(*) desc`)
    .orderBy('procedure_code')
    .limit(limit)
    .execute()
  return rows.map((row) => row.procedure_code)
}

// — clocks —

export interface Pause {
  readonly id: string
  readonly from: Date
  readonly to: Date | null
  readonly reason: string
}

export async function openPause(tx: Tx, dossier: string, at: Date, reason: string): Promise<void> {
  await tx.insertInto('dossiers.pause').values({ dossier_id: dossier, from_at: at, reason }).execute()
}

/** A stretch that is over already. */
export async function addPause(tx: Tx, dossier: string, from: Date, to: Date, reason: string): Promise<void> {
  await tx.insertInto('dossiers.pause').values({ dossier_id: dossier, from_at: from, to_at: to, reason }).execute()
}

export async function closePause(tx: Tx, dossier: string, at: Date): Promise<void> {
  await tx.updateTable('dossiers.pause').set({ to_at: at }).where('dossier_id', '=', dossier).where('to_at', 'is', null).execute()
}

export async function pauses(reader: Reader, dossier: string): Promise<Pause[]> {
  const rows = await reader.selectFrom('dossiers.pause').select(['id', 'from_at', 'to_at', 'reason']).where('dossier_id', '=', dossier).orderBy('from_at').execute()
  return rows.map((row) => ({ id: row.id, from: row.from_at, to: row.to_at, reason: row.reason }))
}

/** Pauses of several dossiers, each list in order. */
export async function pausesOf(reader: Reader, dossiers: readonly string[]): Promise<Map<string, Pause[]>> {
  const found = new Map<string, Pause[]>()
  if (dossiers.length === 0) return found
  const rows = await reader.selectFrom('dossiers.pause').select(['id', 'dossier_id', 'from_at', 'to_at', 'reason']).where('dossier_id', 'in', [...dossiers]).orderBy('from_at').execute()
  for (const row of rows) found.set(row.dossier_id, [...(found.get(row.dossier_id) ?? []), { id: row.id, from: row.from_at, to: row.to_at, reason: row.reason }])
  return found
}

export async function addDeadline(tx: Tx, dossier: string, deadline: { dueAt: Date; derivation: string }, cause: string, at: Date): Promise<void> {
  await tx.insertInto('dossiers.deadline').values({ dossier_id: dossier, due_at: deadline.dueAt, derivation: deadline.derivation, cause, set_at: at }).execute()
}

/** The due instant that was kept against a changed calendar, below which a resumed term does not fall; null when there is none, or when a move to
 *  another version has promised another date since and still holds. */
export async function keptFloor(reader: Reader, dossier: string): Promise<Date | null> {
  const rows = await reader.selectFrom('dossiers.deadline').select(['due_at', 'cause']).where('dossier_id', '=', dossier)
    .where('cause', 'in', ['legal_kept', 'version', 'version_restored']).orderBy('id', 'desc').execute()
  let takenBack = 0
  for (const { due_at, cause } of rows) {
    if (cause === 'legal_kept') return due_at
    if (cause === 'version_restored') takenBack++
    else if (takenBack-- === 0) return null
  }
  return null
}

export async function deadlines(reader: Reader, dossier: string) {
  return reader.selectFrom('dossiers.deadline').select(['due_at', 'derivation', 'cause', 'set_at']).where('dossier_id', '=', dossier).orderBy('id').execute()
}
