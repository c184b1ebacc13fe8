// Dossiers of one procedure as they went, many at a time and read-only: for reckoning what another text of it would have meant.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import type { Values } from '#core/form/types.ts'
import type { Stretch } from './deadlines.ts'
import { isDue } from './dues.ts'
import type { BreachCause, Dossier } from './schema.ts'
import * as store from './store.ts'

/** A dossier with what time and money it took. */
export interface History {
  readonly id: string
  readonly code: string
  readonly versionId: string
  readonly state: Dossier['state']
  readonly channel: Dossier['channel']
  readonly form: Values
  readonly applicant: Values
  readonly parts: readonly string[]
  readonly unitId: string
  readonly submittedAt: Date
  readonly acceptedAt: Date | null
  /** The end of the legal clock: the result was there, or the dossier ended otherwise. */
  readonly endedAt: Date | null
  readonly finished: boolean
  readonly dueAt: Date | null
  readonly paused: boolean
  readonly breach: BreachCause | null
  readonly extended: boolean
  readonly apology: { readonly at: Date; readonly dueAt: Date } | null
  readonly pauses: readonly Stretch[]
  readonly fees: readonly { readonly code: string; readonly amount: number; readonly collectAt: string }[]
  /** Whether a fee collected at this moment has fallen due. */
  readonly owes: (collectAt: string) => boolean
}

export interface HistoryRange {
  readonly code: string
  readonly from: Date
  /** not included */
  readonly to: Date
}

const within = (reader: Reader, { code, from, to }: HistoryRange) =>
  reader.selectFrom('dossiers.dossier').where('procedure_code', '=', code).where('submitted_at', '>=', from).where('submitted_at', '<', to)

/** Ids of the dossiers handed in within the range, in their order; and when the first and the last of the procedure ever came. */
export async function historyIds(reader: Reader, range: HistoryRange): Promise<string[]> {
  const rows = await within(reader, range).select('id').orderBy('submitted_at').orderBy('id').execute()
  return rows.map((row) => row.id)
}

export async function historySpan(reader: Reader, code: string): Promise<{ first: Date | null; last: Date | null; count: number }> {
  const row = await reader
    .selectFrom('dossiers.dossier')
    .select((eb) => [eb.fn.min('submitted_at').as('first'), eb.fn.max('submitted_at').as('last'), eb.fn.countAll<string>().as('count')])
    .where('procedure_code', '=', code).where('submitted_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return { first: row.first, last: row.last, count: Number(row.count) }
}

/** These dossiers as they went. Sees no actor: whoever shows more than figures of it asks the reading policy first. */
export async function histories(reader: Reader, ids: readonly string[]): Promise<History[]> {
  if (ids.length === 0) return []
  const among = (column: string) => sql<boolean>`${sql.ref(column)} = any(${[...ids]}::uuid[])`
  const [dossiers, pauses, fees, parts] = await Promise.all([
    store.findMany(reader, ids),
    reader.selectFrom('dossiers.pause').selectAll().where(among('dossier_id')).orderBy('from_at').execute(),
    reader.selectFrom('dossiers.fee').select(['dossier_id', 'code', 'amount_vnd', 'collect_at']).where(among('dossier_id')).execute(),
    reader.selectFrom('dossiers.part').select(['dossier_id', 'part']).where(among('dossier_id')).where('removed_at', 'is', null).where('pending', '=', false).execute(),
  ])
  const [pausesOf, feesOf, partsOf] = [Map.groupBy(pauses, (row) => row.dossier_id), Map.groupBy(fees, (row) => row.dossier_id), Map.groupBy(parts, (row) => row.dossier_id)]
  return ids.flatMap((id) => dossiers.get(id) ?? []).map((one): History => ({
    id: one.id, code: one.code ?? one.id, versionId: one.versionId, state: one.state, channel: one.channel, form: one.form, applicant: one.applicant as unknown as Values,
    parts: [...new Set((partsOf.get(one.id) ?? []).map((row) => row.part))], unitId: one.decidedUnitId ?? one.receivedUnitId,
    submittedAt: one.submittedAt!, acceptedAt: one.acceptedAt, endedAt: one.finishedAt ?? one.closedAt, finished: one.finishedAt !== null, dueAt: one.dueAt, paused: one.pausedAt !== null,
    breach: one.breach, extended: one.extendedAt !== null, apology: one.apologisedAt && one.apologyDueAt ? { at: one.apologisedAt, dueAt: one.apologyDueAt } : null,
    pauses: (pausesOf.get(one.id) ?? []).map((row) => ({ from: row.from_at, to: row.to_at, reason: row.reason })),
    fees: (feesOf.get(one.id) ?? []).map((row) => ({ code: row.code, amount: Number(row.amount_vnd), collectAt: row.collect_at })),
    owes: (collectAt) => isDue(one, collectAt),
  }))
}
