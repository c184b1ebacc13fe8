// Rows of a rule under changes: the day after a change begins nothing of the older value is left, and every day has exactly one. Pure.

import type { LaidChange, RuleRow } from './types.ts'

const DAY = 86_400_000
const before = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10)

/** In order of time, each ending the day before the next begins; of two that begin on one day the later given wins. */
export function inOrder(rows: readonly RuleRow[]): RuleRow[] {
  const byDay = new Map<string, RuleRow>()
  for (const row of rows) byDay.set(row.from, row)
  const sorted = [...byDay.values()].sort((a, b) => (a.from < b.from ? -1 : 1))
  return sorted.map((row, at) => ({ ...row, to: at + 1 < sorted.length ? before(sorted[at + 1]!.from) : null }))
}

/** A change holds from its day until the next row that the law had already set begins. */
export const layChanges = (rows: readonly RuleRow[], changes: readonly LaidChange[]): RuleRow[] =>
  inOrder([
    ...rows,
    ...changes.map((one): RuleRow => ({
      value: one.value, from: one.from, to: null, document: one.document, clause: one.clause, sure: 'found', transition: one.transition, change: one.id,
    })),
  ])

/** The row that holds for what began on `since`; days before the first row have the first. `now`: a later row that binds all that is open by then wins. */
export function rowOn(rows: readonly RuleRow[], since: string, now: string = since): RuleRow {
  let found = rows[0]!
  for (const row of rows) {
    if (row.from <= since) found = row
    else if (row.transition === 'all_open' && row.from <= now) found = row
  }
  return found
}
