// What units became and what they came from, step by step, for ever: the ground of every page and answer about an old name or code.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import type { Unit } from './schema.ts'
import { byIds } from './store.ts'

/** One row of the register of successions: on a day, a unit or a part of it went over to another. */
export interface Passage {
  readonly from: Unit
  readonly to: Unit
  /** first day of the new one in charge, 'YYYY-MM-DD' */
  readonly on: string
  readonly partial: boolean
  /** the successor to be taken when only one can be */
  readonly main: boolean
  /** the decision, by number, where known */
  readonly act: string | null
  readonly note: string | null
}

interface Row {
  from_id: string
  to_id: string
  on_date: string
  partial: boolean
  main: boolean
  act: string | null
  note: string | null
}

async function walk(reader: Reader, id: string, here: 'from_id' | 'to_id', there: 'from_id' | 'to_id'): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with recursive step as (
      select s.*, 1 as depth from org.succession s where s.${sql.ref(here)} = ${id}
      union
      select s.*, step.depth + 1 from org.succession s join step on s.${sql.ref(here)} = step.${sql.ref(there)} where step.depth < 20
    )
    select from_id, to_id, on_date, partial, main, act, note from step
    group by from_id, to_id, on_date, partial, main, act, note order by on_date, main desc, from_id, to_id`.execute(reader)
  return rows
}

/** Everything a unit came from and became, near and far, the earliest first; within a day the main ones first. */
export async function historyOf(reader: Reader, id: string): Promise<{ readonly before: readonly Passage[]; readonly after: readonly Passage[] }> {
  const [before, after] = await Promise.all([walk(reader, id, 'to_id', 'from_id'), walk(reader, id, 'from_id', 'to_id')])
  const known = new Map((await byIds(reader, [...before, ...after].flatMap((row) => [row.from_id, row.to_id]))).map((unit) => [unit.id, unit]))
  const passage = (row: Row): Passage => ({ from: known.get(row.from_id)!, to: known.get(row.to_id)!, on: row.on_date, partial: row.partial, main: row.main, act: row.act, note: row.note })
  return { before: before.map(passage), after: after.map(passage) }
}
