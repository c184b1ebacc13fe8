// A journal of columns before and after: what a long act changes is written down row by row, so that it can be undone to the byte.

import { sql } from 'kysely'
import type { Reader, Tx } from './index.ts'

/** A run of changes that is undone as one. */
export interface Journal {
  readonly tx: Tx
  readonly run: string
  /** Statement within the run; counts up. */
  step: number
}

export const openJournal = (tx: Tx, run: string): Journal => ({ tx, run, step: 0 })

/** All names are constants of our code, never input. */
export interface JournalledUpdate {
  readonly table: string
  /** Columns of the primary key. */
  readonly key: readonly string[]
  /** New value of each column in SQL; the row is `t`. */
  readonly set: Readonly<Record<string, ReturnType<typeof sql>>>
  /** Joins beside the row `t`. */
  readonly join?: ReturnType<typeof sql>
  readonly where: ReturnType<typeof sql>
}

const ref = (alias: string, column: string) => sql.ref(`${alias}.${column}`)
const list = (parts: readonly ReturnType<typeof sql>[], between = sql`, `) => sql.join(parts, between)
const object = (alias: string, columns: readonly string[]) => sql`jsonb_build_object(${list(columns.flatMap((one) => [sql.lit(one) as never, ref(alias, one) as never]))})`
const same = (a: string, b: string, key: readonly string[]) => list(key.map((one) => sql`${ref(a, one)} = ${ref(b, one)}`), sql` and `)
const name = (column: string) => sql.raw(`"n_${column}"`)

const counted = async (tx: Tx, query: ReturnType<typeof sql>): Promise<number> => {
  const { rows } = await (query as ReturnType<typeof sql<{ n: number }>>).execute(tx)
  return Number(rows[0]?.n ?? 0)
}

/** Updates rows and writes each of them down; returns how many. A row that would not change is left alone. */
export async function update(journal: Journal, { table, key, set, join = sql``, where }: JournalledUpdate): Promise<number> {
  const columns = Object.keys(set)
  journal.step += 1
  return counted(journal.tx, sql`
    with found as (
      select ${list(key.map((one) => ref('t', one)))}, ${object('t', columns)} as before, ${list(columns.map((one) => sql`${set[one]!} as ${name(one)}`))}
      from ${sql.table(table)} t ${join} where ${where}
    ), changed as (
      update ${sql.table(table)} t set ${list(columns.map((one) => sql`${sql.ref(one)} = f.${name(one)}`))}
      from found f where ${same('t', 'f', key)} and (${list(columns.map((one) => sql`${ref('t', one)} is distinct from f.${name(one)}`), sql` or `)})
      returning ${list(key.map((one) => ref('t', one)))}, ${object('t', columns)} as after
    ), kept as (
      insert into core.journal (run, step, table_name, key, before, after)
      select ${journal.run}::uuid, ${journal.step}, ${table}, ${object('f', key)}, f.before, c.after from found f join changed c on ${same('f', 'c', key)}
      returning 1
    ) select count(*)::int as n from kept`)
}

/** Inserts what a query gives, its columns being those of the table named, and writes each row down; rows that are there already stay. */
export async function insert(journal: Journal, { table, key, columns, from }: { table: string; key: readonly string[]; columns: readonly string[]; from: ReturnType<typeof sql> }): Promise<number> {
  journal.step += 1
  return counted(journal.tx, sql`
    with made as (
      insert into ${sql.table(table)} (${list(columns.map((one) => sql.ref(one)))}) ${from} on conflict do nothing returning *
    ), kept as (
      insert into core.journal (run, step, table_name, key, before, after)
      select ${journal.run}::uuid, ${journal.step}, ${table}, ${object('t', key)}, null, to_jsonb(t) from made t returning 1
    ) select count(*)::int as n from kept`)
}

/** Deletes rows and writes each of them down whole. */
export async function remove(journal: Journal, { table, key, where }: { table: string; key: readonly string[]; where: ReturnType<typeof sql> }): Promise<number> {
  journal.step += 1
  return counted(journal.tx, sql`
    with gone as (delete from ${sql.table(table)} t where ${where} returning *), kept as (
      insert into core.journal (run, step, table_name, key, before, after)
      select ${journal.run}::uuid, ${journal.step}, ${table}, ${object('t', key)}, to_jsonb(t), null from gone t returning 1
    ) select count(*)::int as n from kept`)
}

interface Group {
  readonly step: number
  readonly table: string
  readonly kind: 'update' | 'insert' | 'delete'
  readonly key: readonly string[]
  readonly columns: readonly string[]
}

async function groups(reader: Reader, run: string): Promise<Group[]> {
  const { rows } = await sql<{ step: number; table: string; kind: Group['kind']; key: string[]; columns: string[] }>`
    select distinct on (step) step, table_name as table, case when before is null then 'insert' when after is null then 'delete' else 'update' end as kind,
      array(select jsonb_object_keys(key)) as key, array(select jsonb_object_keys(coalesce(before, after))) as columns
    from core.journal where run = ${run}::uuid order by step desc`.execute(reader)
  return rows
}

const rowsOf = (run: string, { step, table }: Group) => sql`(
    select j.key as k, j.before, j.after, b.* from core.journal j cross join lateral jsonb_populate_record(null::${sql.table(table)}, j.key) b
    where j.run = ${run}::uuid and j.step = ${step})`

/** What stands against undoing: rows that are no longer as the run left them. */
export interface Drift {
  readonly step: number
  readonly table: string
  readonly kind: Group['kind']
  readonly key: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>> | null
  readonly now: Readonly<Record<string, unknown>> | null
}

/** Rows of a run that somebody has changed since, column by column; a column changed twice within the run is looked at as it was left. Reads only. */
export async function drifted(reader: Reader, run: string): Promise<Drift[]> {
  const found: Drift[] = []
  const later = new Map<string, Set<string>>()
  for (const group of await groups(reader, run)) {
    const shown = group.kind === 'update' ? object('t', group.columns) : sql`to_jsonb(t)`
    const { rows } = await sql<{ k: Record<string, unknown>; mark: string; after: Record<string, unknown> | null; now: Record<string, unknown> | null; there: boolean }>`
      select j.k, j.k::text as mark, j.after, ${shown} as now, ${ref('t', group.key[0]!)} is not null as there
      from ${rowsOf(run, group)} j left join ${sql.table(group.table)} t on ${same('t', 'j', group.key)}
      where ${group.kind === 'delete' ? sql`true` : sql`${ref('t', group.key[0]!)} is null or ${shown} is distinct from j.after`}`.execute(reader)
    for (const row of rows) {
      const seen = later.get(`${group.table} ${row.mark}`)
      const drift = { step: group.step, table: group.table, kind: group.kind, key: row.k, after: row.after, now: row.there ? row.now : null }
      if (group.kind === 'delete') {
        if (row.there && !seen?.has('*')) found.push(drift)
      } else if (!row.there) {
        if (!seen?.has('*')) found.push(drift)
      } else if (Object.keys(row.after ?? {}).some((column) => !seen?.has(column) && JSON.stringify(row.after![column]) !== JSON.stringify(row.now![column]))) found.push(drift)
    }
    for (const mark of await marksOf(reader, run, group)) later.set(mark, new Set([...(later.get(mark) ?? []), ...(group.kind === 'update' ? group.columns : ['*'])]))
  }
  return found
}

async function marksOf(reader: Reader, run: string, group: Group): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select key::text as key from core.journal where run = ${run}::uuid and step = ${group.step}`.execute(reader)
  return rows.map((row) => `${group.table} ${row.key}`)
}

export interface UndoOptions {
  /** Rows made by the run that must stay, by table and key. */
  readonly except?: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>
  /** Only changes of these tables. */
  readonly only?: (table: string) => boolean
  /** Further condition on an updated row `t` (with the journal's row `j`) for it to come back: what is history by now stays. */
  readonly guard?: (table: string, columns: readonly string[]) => ReturnType<typeof sql> | null
}

/** Brings back all that is still as the run left it, last change first; what was changed since stays as it is. Returns how many rows came back. */
export async function undo(tx: Tx, run: string, { except = new Map(), only = () => true, guard = () => null }: UndoOptions = {}): Promise<number> {
  let count = 0
  for (const group of await groups(tx, run)) {
    if (!only(group.table)) continue
    const table = sql.table(group.table)
    const from = rowsOf(run, group)
    const kept = sql`j.k <> all(${(except.get(group.table) ?? []).map((key) => JSON.stringify(key))}::text[]::jsonb[])`
    const query = group.kind === 'update'
      ? sql`with back as (update ${table} t set ${list(group.columns.map((one) => sql`${sql.ref(one)} = o.${sql.ref(one)}`))}
          from ${from} j cross join lateral jsonb_populate_record(null::${table}, j.before) o
          where ${same('t', 'j', group.key)} and ${object('t', group.columns)} = j.after and ${guard(group.table, group.columns) ?? sql`true`} returning 1) select count(*)::int as n from back`
      : group.kind === 'insert'
        ? sql`with back as (delete from ${table} t using ${from} j where ${same('t', 'j', group.key)} and to_jsonb(t) = j.after and ${kept} returning 1) select count(*)::int as n from back`
        : sql`with back as (insert into ${table} overriding system value select o.* from ${from} j cross join lateral jsonb_populate_record(null::${table}, j.before) o on conflict do nothing returning 1)
            select count(*)::int as n from back`
    count += await counted(tx, query)
  }
  return count
}
