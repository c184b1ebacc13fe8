// Places in tables where a unit stands: a module names its own, and moving, counting and checking them is one rule for the whole house.

import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { type Journal, update } from '../db/journal.ts'

/** A column that names a unit. Names and conditions are constants of the module's code. */
export interface Spot {
  /** with its schema */
  readonly table: string
  /** Columns of the primary key. */
  readonly key: readonly string[]
  readonly unit: string
  /** The ltree column beside it. */
  readonly path?: string
  /** The column that names the dossier, where things of a divided unit go different ways. */
  readonly subject?: string
  /** SQL of rows that are still somebody's business (the row is `t`): those move. Others are history and keep the unit they were of. */
  readonly open: string
  /** What one is called: “việc đang mở”. */
  readonly noun: string
  /** The row only tells of something and names the unit in passing: it moves while it is open, but never keeps a unit of a plan that is taken back. */
  readonly tells?: true
}

const destination = (run: string, spot: Spot) => {
  const unit = sql.ref(`t.${spot.unit}`)
  return {
    join: sql`left join core.unit_move d on d.run = ${run}::uuid and d.from_id = ${unit} and d.subject = ''
      ${spot.subject ? sql`left join core.unit_move s on s.run = ${run}::uuid and s.from_id = ${unit} and s.subject = ${sql.ref(`t.${spot.subject}`)}::text` : sql``}`,
    id: spot.subject ? sql`coalesce(s.to_id, d.to_id)` : sql`d.to_id`,
    path: spot.subject ? sql`coalesce(s.to_path, d.to_path)` : sql`d.to_path`,
  }
}

/** Moves what is open at units that end, and gives every row of a unit that moved in the tree its new path. Returns how many changed. */
export async function moveSpot(journal: Journal, spot: Spot): Promise<number> {
  const to = destination(journal.run, spot)
  return update(journal, {
    table: spot.table, key: spot.key, join: to.join,
    set: { [spot.unit]: to.id, ...(spot.path ? { [spot.path]: to.path } : {}) },
    where: sql`${to.id} is not null and (${sql.raw(spot.open)} or ${to.id} = ${sql.ref(`t.${spot.unit}`)})`,
  })
}

export interface SpotCount {
  readonly unitId: string
  readonly toId: string
  readonly count: number
}

/** How much lies open at units that end, by unit and heir. Reads only. */
export async function countSpot(reader: Reader, run: string, spot: Spot): Promise<SpotCount[]> {
  const to = destination(run, spot)
  const unit = sql.ref(`t.${spot.unit}`)
  const { rows } = await sql<SpotCount>`select ${unit} as "unitId", ${to.id} as "toId", count(*)::int as count from ${sql.table(spot.table)} t ${to.join}
    where ${to.id} <> ${unit} and (${sql.raw(spot.open)}) group by 1, 2`.execute(reader)
  return rows
}

/** Rows of any age that name one of the units: [unit, how many]. */
export async function namedIn(reader: Reader, spot: Spot, units: readonly string[]): Promise<Map<string, number>> {
  const unit = sql.ref(`t.${spot.unit}`)
  const { rows } = await sql<{ unit: string; n: number }>`select ${unit} as unit, count(*)::int as n from ${sql.table(spot.table)} t where ${unit} = any(${units}::text[]) group by 1`.execute(reader)
  return new Map(rows.map((row) => [row.unit, row.n]))
}

/** Open rows at units that did not come there by a run: what came in since. */
export async function freshAt(reader: Reader, run: string, spot: Spot, units: readonly string[]): Promise<{ unitId: string; count: number }[]> {
  const unit = sql.ref(`t.${spot.unit}`)
  const key = sql`jsonb_build_object(${sql.join(spot.key.flatMap((one) => [sql.lit(one), sql.ref(`t.${one}`)]))})`
  const { rows } = await sql<{ unitId: string; count: number }>`select ${unit} as "unitId", count(*)::int as count from ${sql.table(spot.table)} t where ${unit} = any(${units}::text[]) and (${sql.raw(spot.open)})
    and not exists (select 1 from core.journal j where j.run = ${run}::uuid and j.table_name = ${spot.table} and j.key = ${key} and j.after ->> ${spot.unit} = ${unit}) group by 1`.execute(reader)
  return rows
}

/** Rows that a run moved and that are nobody's open business any more: done, decided, closed since. */
export async function settledSince(reader: Reader, run: string, spot: Spot): Promise<{ unitId: string; count: number }[]> {
  const { rows } = await sql<{ unitId: string; count: number }>`select j.before ->> ${spot.unit} as "unitId", count(*)::int as count from core.journal j
    cross join lateral jsonb_populate_record(null::${sql.table(spot.table)}, j.key) k join ${sql.table(spot.table)} t on ${sql.join(spot.key.map((one) => sql`${sql.ref(`t.${one}`)} = k.${sql.ref(one)}`), sql` and `)}
    where j.run = ${run}::uuid and j.table_name = ${spot.table} and j.after ? ${spot.unit} and j.before ->> ${spot.unit} <> j.after ->> ${spot.unit} and not (${sql.raw(spot.open)}) group by 1`.execute(reader)
  return rows
}

/** The condition under which a row of a spot may come back: still open, or only its path had changed. */
export const mayReturn = (spots: readonly Spot[]) => (table: string, columns: readonly string[]) => {
  const spot = spots.find((one) => one.table === table && columns.includes(one.unit))
  return spot && !spot.tells ? sql`((${sql.raw(spot.open)}) or j.before ->> ${spot.unit} = j.after ->> ${spot.unit})` : null
}
