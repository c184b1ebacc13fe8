// SQL of calendar entries.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Draft, Entry, EntryKind, Sessions } from './schema.ts'

const columns = ['id', 'unit_id', 'unit_path', 'kind', 'from_on', 'to_on', 'name', 'sessions', 'basis', 'retroactive', 'replaces', 'made_at', 'made_by_name',
  'ended_at', 'ended_by_name', 'ended_basis'] as const

type Row = Record<(typeof columns)[number], unknown>

const entryOf = (row: Row): Entry => ({
  id: row.id as string, unitId: row.unit_id as string | null, unitPath: row.unit_path as string | null, kind: row.kind as EntryKind,
  from: row.from_on as string, to: row.to_on as string | null, name: row.name as string, sessions: row.sessions as Sessions | null,
  basis: row.basis as string, retroactive: row.retroactive as boolean, replaces: row.replaces as string | null, madeAt: row.made_at as Date,
  madeByName: row.made_by_name as string, endedAt: row.ended_at as Date | null, endedByName: row.ended_by_name as string | null,
  endedBasis: row.ended_basis as string | null,
})

const entries = (reader: Reader) => reader.selectFrom('calendars.entry').select(columns)

/** Live entries of the province as a whole, in the order they were made. */
export async function liveOfProvince(reader: Reader): Promise<Entry[]> {
  return (await entries(reader).where('ended_at', 'is', null).where('unit_id', 'is', null).orderBy('seq').execute()).map(entryOf)
}

/** Live entries of the province and of every unit on the way from the root to `path`, in the order they were made. */
export async function liveAlong(reader: Reader, path: string): Promise<Entry[]> {
  const rows = await entries(reader)
    .where('ended_at', 'is', null)
    .where(sql<SqlBool>`(unit_id is null or unit_path @> ${path}::ltree)`)
    .orderBy('seq')
    .execute()
  return rows.map(entryOf)
}

/** Live entries of exactly this unit, or of the province, the earliest day first. */
export async function liveOwn(reader: Reader, unitId: string | null): Promise<Entry[]> {
  const rows = await entries(reader).where('ended_at', 'is', null).where('unit_id', unitId === null ? 'is' : '=', unitId as never).orderBy('from_on').orderBy('seq').execute()
  return rows.map(entryOf)
}

/** Every entry there ever was of one unit, or of the province, the latest made first. */
export async function historyOf(reader: Reader, unitId: string | null, limit: number): Promise<Entry[]> {
  const rows = await entries(reader)
    .where('unit_id', unitId === null ? 'is' : '=', unitId as never)
    .orderBy(sql`greatest(made_at, ended_at)`, 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

export async function findEntry(reader: Reader, id: string): Promise<Entry | null> {
  const row = await entries(reader).where('id', '=', id).executeTakeFirst()
  return row ? entryOf(row) : null
}

export interface By {
  readonly id: string | null
  readonly name: string
  readonly at: Date
}

export async function endEntry(tx: Tx, id: string, by: By, basis: string): Promise<void> {
  await tx.updateTable('calendars.entry').set({ ended_at: by.at, ended_by: by.id, ended_by_name: by.name, ended_basis: basis }).where('id', '=', id).execute()
}

export interface NewEntry extends Draft {
  readonly unit: { readonly id: string; readonly path: string } | null
  readonly basis: string
  readonly retroactive: boolean
  readonly replaces: string | null
}

export async function addEntry(tx: Tx, entry: NewEntry, by: By): Promise<string> {
  const { id } = await tx
    .insertInto('calendars.entry')
    .values({
      unit_id: entry.unit?.id ?? null, unit_path: entry.unit?.path ?? null, kind: entry.kind, from_on: entry.from, to_on: entry.to, name: entry.name,
      sessions: entry.sessions && JSON.stringify(entry.sessions), basis: entry.basis, retroactive: entry.retroactive, replaces: entry.replaces,
      made_at: by.at, made_by: by.id, made_by_name: by.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Two changes of one unit happen one after the other. */
export async function lockUnit(tx: Tx, unitId: string | null): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`calendars:${unitId ?? ''}`}, 0))`.execute(tx)
}
