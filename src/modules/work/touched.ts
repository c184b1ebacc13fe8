// Whose desks a change concerns: for telling pages that stand open, not for deciding anything.

import type { Reader } from '#core/db/index.ts'

/** Units and citizens on whose desks these subjects lie, or lay until a moment ago. */
export async function desksTouched(reader: Reader, subjects: readonly string[], since: Date): Promise<{ units: ReadonlySet<string>; citizens: ReadonlySet<string> }> {
  if (subjects.length === 0) return { units: new Set(), citizens: new Set() }
  const rows = await reader
    .selectFrom('work.item')
    .select(['unit_id', 'citizen_id'])
    .distinct()
    .where('subject', 'in', [...subjects])
    .where((eb) => eb.or([eb('state', 'in', ['open', 'claimed']), eb('done_at', '>', since)]))
    .execute()
  return {
    units: new Set(rows.flatMap((row) => row.unit_id ?? [])),
    citizens: new Set(rows.flatMap((row) => row.citizen_id ?? [])),
  }
}
