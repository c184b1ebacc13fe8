// Whose work a subject is or was: the ground on which an officer looks at it without being asked why.

import { type SqlBool, sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { canSeeItem } from './rules.ts'
import type { Item } from './schema.ts'
import { onDeskOf } from './store.ts'

/** Whether the officer has finished, taken, or has on the desk one of these items. Equal to `involvedIn` (held by a property test). */
export function worksOn(items: readonly Item[], actor: Actor): boolean {
  if (actor.kind !== 'officer') return false
  return items.some((item) => item.doneBy === actor.id || item.claimedBy === actor.id || ((item.state === 'open' || item.state === 'claimed') && canSeeItem(item, actor) === null))
}

/** Which of the subjects are or were work of this officer, by one statement. */
export async function involvedIn(reader: Reader, actor: Actor, subjects: readonly string[]): Promise<Set<string>> {
  if (actor.kind !== 'officer' || subjects.length === 0) return new Set()
  const rows = await reader
    .selectFrom('work.item')
    .select('subject')
    .distinct()
    .where(sql<SqlBool>`subject = any(${[...new Set(subjects)]}::text[])`)
    .where((eb) => eb.or([eb('done_by', '=', actor.id), eb('claimed_by', '=', actor.id), eb.and([eb('state', 'in', ['open', 'claimed']), onDeskOf(actor)(eb)])]))
    .execute()
  return new Set(rows.map((row) => row.subject))
}
