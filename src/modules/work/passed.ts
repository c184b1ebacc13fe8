// The steps that subjects have passed through, many subjects at a time: for reckoning over the past.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'

/** One visit to a step. Steps of a called process stand under the step that called it; opinions beside a step are part of its time. */
export interface Passed {
  readonly subject: string
  readonly step: string
  readonly name: string
  readonly role: string
  readonly clock: 'runs' | 'stops'
  readonly openedAt: Date
  /** null while it is open */
  readonly doneAt: Date | null
}

/** All visits of these subjects in their order, cancelled ones left out. */
export async function passedSteps(reader: Reader, subjects: readonly string[]): Promise<Passed[]> {
  if (subjects.length === 0) return []
  const rows = await reader
    .selectFrom('work.item as i')
    .innerJoin('work.process as p', 'p.id', 'i.process_id')
    .select(['i.subject', sql<string>`coalesce(p.called_by, i.step)`.as('step'), 'i.name', 'i.role', 'i.clock', 'i.opened_at', 'i.done_at'])
    .where(sql<boolean>`i.subject = any(${[...subjects]}::text[])`)
    .where('i.state', '<>', 'cancelled')
    .where((eb) => eb.or([eb('i.link', 'is', null), eb('i.link', '=', 'call')]))
    .orderBy('i.seq')
    .execute()
  return rows.map((row) => ({ subject: row.subject, step: row.step, name: row.name, role: row.role, clock: row.clock as Passed['clock'], openedAt: row.opened_at, doneAt: row.done_at }))
}
