// Which departments and levels procedures and rules of competence name, for whoever is about to end a department or a level.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'

interface Named {
  readonly name: string
}

/** Keys of departments and levels named from a day on: by versions in force, with the desks of their steps, and by dated rules. */
export async function competenceKeys(reader: Reader, on: string): Promise<{ departments: (Named & { readonly key: string })[]; levels: (Named & { readonly level: string })[] }> {
  const inForce = sql`select distinct on (code) name, record from procedures.version where effective_from <= ${on}::date and (effective_to is null or effective_to >= ${on}::date) and withdrawn_at is null order by code, effective_from desc, number desc`
  const rule = sql`from procedures.competence c where c.valid_to is null or c.valid_to >= ${on}::date`
  const departments = await sql<{ name: string; key: string }>`with v as (${inForce})
    select name, record #>> '{competence,department}' as key from v where record #>> '{competence,department}' is not null
    union select name, s ->> 'unit' from v, jsonb_array_elements(record -> 'steps') s where s ->> 'unit' ~ '^[a-z][a-z0-9_]*$' and s ->> 'unit' not in ('noi_nop', 'tham_quyen')
    union select coalesce(c.note, c.clause), c.department ${rule} and c.department is not null order by 1`.execute(reader)
  const levels = await sql<{ name: string; level: string }>`with v as (${inForce})
    select name, record #>> '{competence,level}' as level from v where record #>> '{competence,level}' is not null
    union select coalesce(c.note, c.clause), c.level ${rule} and c.level is not null order by 1`.execute(reader)
  return { departments: departments.rows, levels: levels.rows }
}

/** The field of each version named: id → code of the field. */
export async function fieldCodes(reader: Reader, versions: readonly string[]): Promise<Map<string, string>> {
  if (versions.length === 0) return new Map()
  const rows = await reader.selectFrom('procedures.version').select(['id', 'field_code']).where('id', 'in', [...versions]).execute()
  return new Map(rows.map((row) => [row.id, row.field_code]))
}
