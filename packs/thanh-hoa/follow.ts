// From a unit of any date to the one unit that does its work now. Pure; the tests and the seeds use the same walk.
import type { Succession, Unit } from './types.ts'

/** The live unit at the end of the main successions, or null when the chain breaks or turns in a circle. */
export function mainSuccessor(id: string, units: ReadonlyMap<string, Unit>, main: ReadonlyMap<string, Succession>): Unit | null {
  const seen = new Set<string>()
  let unit = units.get(id)
  while (unit && unit.validTo !== null && !seen.has(unit.id)) {
    seen.add(unit.id)
    const next = main.get(unit.id)
    unit = next ? units.get(next.to) : undefined
  }
  return unit && unit.validTo === null ? unit : null
}

/** The main succession of each closed unit; throws when a unit has two. */
export function mainRows(successions: readonly Succession[]): Map<string, Succession> {
  const rows = new Map<string, Succession>()
  for (const row of successions) {
    if (!row.main) continue
    if (rows.has(row.from)) throw new Error(`${row.from} has two main successors`)
    rows.set(row.from, row)
  }
  return rows
}
