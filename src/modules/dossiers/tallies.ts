// What the dossiers of a part of the province come to in a period, as the rows have it: for holding against facts, papers and money.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'

export interface Period {
  /** Tree of units by where the dossier was handed in; ltree path */
  readonly under: string
  readonly from: Date
  /** not included */
  readonly to: Date
}

/** A dossier as reckoning sees it. */
export interface Tallied {
  readonly id: string
  readonly code: string
}

/** Every dossier of the tree handed in before the end of the period, by id. */
export async function talliedDossiers(reader: Reader, { under, to }: Period): Promise<Map<string, string>> {
  const rows = await reader
    .selectFrom('dossiers.dossier')
    .select(['id', 'code'])
    .where(sql<boolean>`received_unit_path <@ ${under}::ltree`)
    .where('submitted_at', '<', to)
    .execute()
  return new Map(rows.map((row) => [row.id, row.code ?? row.id]))
}

const STAMPS = ['submitted_at', 'accepted_at', 'apologised_at'] as const
export type Stamp = (typeof STAMPS)[number]

/** Dossiers whose row says that something happened to them within the period. */
export async function stamped(reader: Reader, stamp: Stamp, { under, from, to }: Period): Promise<string[]> {
  const rows = await reader
    .selectFrom('dossiers.dossier')
    .select('id')
    .where(sql<boolean>`received_unit_path <@ ${under}::ltree`)
    .where(stamp, '>=', from)
    .where(stamp, '<', to)
    .execute()
  return rows.map((row) => row.id)
}

/** Dossiers of the tree that are open at the end of all that is recorded. */
export async function openDossiers(reader: Reader, under: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('dossiers.dossier')
    .select('id')
    .where(sql<boolean>`received_unit_path <@ ${under}::ltree`)
    .where('submitted_at', 'is not', null)
    .where('closed_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}

/** Dossier of each paper of a kind made within the period; a paper that took another's place is the same paper. */
export async function papersMade(reader: Reader, kind: string, { under, from, to }: Period): Promise<string[]> {
  const rows = await reader
    .selectFrom('dossiers.paper as p')
    .innerJoin('dossiers.dossier as d', 'd.id', 'p.dossier_id')
    .select('d.id')
    .where(sql<boolean>`d.received_unit_path <@ ${under}::ltree`)
    .where('p.kind', '=', kind)
    .where('p.replaces', 'is', null)
    .where('p.created_at', '>=', from)
    .where('p.created_at', '<', to)
    .execute()
  return rows.map((row) => row.id)
}

/** Of these dossiers, those whose notice that nothing is granted has its number, once for each notice: such a number is given to no result. */
export async function numberedNotices(reader: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await reader
    .selectFrom('dossiers.paper')
    .select('dossier_id')
    .where(sql<boolean>`dossier_id = any(${ids}::uuid[])`)
    .where('kind', '=', 'unresolved_notice')
    .where('number', 'is not', null)
    .where('replaces', 'is', null)
    .execute()
  return rows.map((row) => row.dossier_id)
}

/** Papers of the period that have not been set as PDF yet. */
export async function papersUnset(reader: Reader, { under, from, to }: Period): Promise<string[]> {
  const rows = await reader
    .selectFrom('dossiers.paper as p')
    .innerJoin('dossiers.dossier as d', 'd.id', 'p.dossier_id')
    .select('d.code')
    .where(sql<boolean>`d.received_unit_path <@ ${under}::ltree`)
    .where('p.file_id', 'is', null)
    .where('p.created_at', '>=', from)
    .where('p.created_at', '<', to)
    .execute()
  return rows.map((row) => row.code ?? '')
}

/** Requests for a supplement as rows, one for each request. */
export async function supplementsAsked(reader: Reader, { under, from, to }: Period): Promise<string[]> {
  const rows = await reader
    .selectFrom('dossiers.supplement as s')
    .innerJoin('dossiers.dossier as d', 'd.id', 's.dossier_id')
    .select('d.id')
    .where(sql<boolean>`d.received_unit_path <@ ${under}::ltree`)
    .where('s.asked_at', '>=', from)
    .where('s.asked_at', '<', to)
    .execute()
  return rows.map((row) => row.id)
}

/** Series that must have no gap, within the period: receipts of each desk and year, codes of each desk and day. */
export async function numberSeries(reader: Reader, { under, from, to }: Period): Promise<{ name: string; numbers: number[] }[]> {
  const rows = await reader
    .selectFrom('dossiers.dossier')
    .select([sql<string>`coalesce(registered_unit_id, received_unit_id)`.as('register'), 'code', 'receipt_no', 'submitted_at', 'accepted_at'])
    .where(sql<boolean>`received_unit_path <@ ${under}::ltree`)
    .where('submitted_at', '>=', from)
    .where('submitted_at', '<', to)
    .execute()
  const series = new Map<string, number[]>()
  const add = (name: string, number: number) => series.set(name, [...(series.get(name) ?? []), number])
  for (const { code, register: unit, receipt_no: receipt, accepted_at: accepted } of rows) {
    if (code) add(code.slice(0, code.lastIndexOf('-')), Number(code.slice(code.lastIndexOf('-') + 1)))
    // a dossier of the period may be accepted after it: only receipts given within it run on without a gap
    if (receipt && accepted && accepted < to) add(`Giấy tiếp nhận ${unit} năm ${accepted.getFullYear()}`, Number(receipt))
  }
  return [...series].map(([name, numbers]) => ({ name, numbers }))
}

/** Fees set for dossiers, in đồng, by `dossier code-of-fee`. */
export async function feesSet(reader: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.selectFrom('dossiers.fee').select(['dossier_id', 'code', 'amount_vnd']).where(sql<boolean>`dossier_id = any(${ids}::uuid[])`).execute()
  return new Map(rows.map((row) => [`${row.dossier_id} ${row.code}`, Number(row.amount_vnd)]))
}
