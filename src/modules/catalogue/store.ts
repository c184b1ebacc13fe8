// SQL of entries and of the book of sayings.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { CatalogueEntry, ChangeKind, EntryLevel, EntryRow } from './schema.ts'
import type { Saying } from './sayings.ts'

const columns = ['code', 'name', 'field', 'ministry', 'levels', 'targets', 'decision', 'kind', 'source', 'changed_at', 'gone_at'] as const

interface Row {
  code: string
  name: string
  field: string
  ministry: string
  levels: string[]
  targets: string[]
  decision: string | null
  kind: string | null
  source: string
  changed_at: Date
  gone_at: Date | null
}

const entryOf = (row: Row): CatalogueEntry => ({
  code: row.code, name: row.name, field: row.field, ministry: row.ministry, levels: row.levels as EntryLevel[], targets: row.targets, decision: row.decision, kind: row.kind,
  source: row.source, changedAt: row.changed_at, goneAt: row.gone_at,
})

export async function find(reader: Reader, code: string): Promise<CatalogueEntry | null> {
  const row = await reader.selectFrom('catalogue.entry').select(columns).where('code', '=', code).executeTakeFirst()
  return row ? entryOf(row) : null
}

export async function live(reader: Reader): Promise<CatalogueEntry[]> {
  return (await reader.selectFrom('catalogue.entry').select(columns).where('gone_at', 'is', null).orderBy('code').execute()).map(entryOf)
}

/** Codes of basic, essential services, with the basis. */
export async function essentialCodes(reader: Reader): Promise<ReadonlyMap<string, string>> {
  return new Map((await reader.selectFrom('catalogue.essential').select(['code', 'basis']).execute()).map((row) => [row.code, row.basis]))
}

/** Changes when an entry, a saying or a mark does. */
export async function stamp(reader: Reader): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat_ws('/', (select count(*) from catalogue.entry where gone_at is null), (select max(changed_at) from catalogue.entry), (select max(gone_at) from catalogue.entry),
      (select count(*) from catalogue.saying), (select count(*) from catalogue.saying where dropped_at is not null), (select string_agg(code, ',' order by code) from catalogue.essential)) as stamp`.execute(reader)
  return rows[0]!.stamp
}

/** One import after the other. */
export const lockEntries = async (tx: Tx): Promise<void> => void (await sql`select pg_advisory_xact_lock(hashtext('catalogue.entries'))`.execute(tx))

export interface EntryChange {
  readonly code: string
  readonly kind: ChangeKind
  readonly was: unknown
  readonly became: unknown
}

const CHUNK = 500

export async function keep(tx: Tx, rows: readonly EntryRow[], source: string, at: Date): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await tx
      .insertInto('catalogue.entry')
      .values(rows.slice(from, from + CHUNK).map((row) => ({
        code: row.code, name: row.name, field: row.field, ministry: row.ministry, levels: row.level, targets: row.applicants, decision: row.decision, kind: row.type, source, first_seen: at, changed_at: at, gone_at: null,
      })))
      .onConflict((on) => on.column('code').doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'), field: eb.ref('excluded.field'), ministry: eb.ref('excluded.ministry'), levels: eb.ref('excluded.levels'), targets: eb.ref('excluded.targets'),
        decision: eb.ref('excluded.decision'), kind: eb.ref('excluded.kind'), source: eb.ref('excluded.source'), changed_at: eb.ref('excluded.changed_at'), gone_at: null,
      })))
      .execute()
  }
}

export async function leave(tx: Tx, codes: readonly string[], at: Date): Promise<void> {
  if (codes.length > 0) await tx.updateTable('catalogue.entry').set({ gone_at: at, changed_at: at }).where('code', 'in', codes).execute()
}

export async function note(tx: Tx, changes: readonly EntryChange[], at: Date): Promise<void> {
  for (let from = 0; from < changes.length; from += CHUNK)
    await tx
      .insertInto('catalogue.change')
      .values(changes.slice(from, from + CHUNK).map(({ code, kind, was, became }) => ({ code, kind, was: was === null ? null : JSON.stringify(was), became: became === null ? null : JSON.stringify(became), at })))
      .execute()
}

export interface ChangeRow extends EntryChange {
  readonly id: string
  readonly at: Date
}

/** What nobody has looked at yet; `codes` keeps to those procedures. */
export async function unseen(reader: Reader, codes: readonly string[] | null, limit: number): Promise<ChangeRow[]> {
  const rows = await reader
    .selectFrom('catalogue.change')
    .select(['id', 'code', 'kind', 'was', 'became', 'at'])
    .where('seen_at', 'is', null)
    .$if(codes !== null, (q) => q.where('code', 'in', codes!.length > 0 ? codes! : ['']))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, id: String(row.id), kind: row.kind as ChangeKind }))
}

export async function see(tx: Tx, id: string, by: string, at: Date): Promise<{ code: string; kind: string } | null> {
  return (await tx.updateTable('catalogue.change').set({ seen_at: at, seen_by: by }).where('id', '=', Number(id)).where('seen_at', 'is', null).returning(['code', 'kind']).executeTakeFirst()) ?? null
}

// — sayings —

export interface SayingRow extends Saying {
  readonly id: string
  readonly addedAt: Date
  readonly addedBy: string
}

export async function sayings(reader: Reader): Promise<SayingRow[]> {
  const rows = await reader.selectFrom('catalogue.saying').select(['id', 'say', 'mean', 'added_at', 'added_by_name']).where('dropped_at', 'is', null).orderBy('added_at', 'desc').orderBy('id').execute()
  return rows.map((row) => ({ id: row.id, say: row.say, mean: row.mean, addedAt: row.added_at, addedBy: row.added_by_name }))
}

export async function addSaying(tx: Tx, saying: { say: readonly string[]; mean: string; at: Date; by: string | null; byName: string }): Promise<string> {
  const row = await tx
    .insertInto('catalogue.saying')
    .values({ say: [...saying.say], mean: saying.mean, added_at: saying.at, added_by: saying.by, added_by_name: saying.byName })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function dropSaying(tx: Tx, id: string, at: Date, byName: string): Promise<boolean> {
  const done = await tx.updateTable('catalogue.saying').set({ dropped_at: at, dropped_by_name: byName }).where('id', '=', id).where('dropped_at', 'is', null).returning('id').executeTakeFirst()
  return done !== undefined
}

/** Some saying of the book already says this phrase. */
export const says = async (reader: Reader, phrase: string): Promise<boolean> =>
  (await reader.selectFrom('catalogue.saying').select('id').where('dropped_at', 'is', null).where(sql<SqlBool>`${phrase} = any(say)`).executeTakeFirst()) !== undefined
