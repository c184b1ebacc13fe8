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
