// What the catalogue asks of the published: one line a procedure in force on a day.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import { inForce } from './store.ts'
import type { ProcedureRecord } from './record.ts'

export interface Listed {
  readonly code: string
  readonly name: string
  readonly about: string
  readonly fieldCode: string
  readonly fieldName: string
  readonly ministryCode: string
  readonly ministryName: string
  readonly levels: readonly string[]
  readonly targets: readonly string[]
  readonly onlineLevel: ProcedureRecord['online']['level']
  /** The four levels of before 2022; null where the record does not say. */
  readonly legacyLevel: number | null
  readonly keywords: readonly string[]
  readonly competence: ProcedureRecord['competence']
  readonly effectiveFrom: string
}

/** Procedures in force on a day, by code. */
export async function listPublished(reader: Reader, on: string): Promise<Listed[]> {
  const rows = await reader
    .selectFrom('procedures.version')
    .select(['code', 'name', 'field_code', 'field_name', 'levels', 'targets', 'online_level', 'effective_from'])
    .select([
      sql<string>`record ->> 'summary'`.as('about'), sql<string[] | null>`record -> 'keywords'`.as('keywords'), sql<{ code: string; name: string }>`record -> 'ministry'`.as('ministry'),
      sql<ProcedureRecord['competence']>`record -> 'competence'`.as('competence'), sql<number | null>`(record -> 'online' ->> 'legacyLevel')::int`.as('legacy'),
    ])
    .where(inForce(on))
    .orderBy('code')
    .execute()
  return rows.map((row) => ({
    code: row.code, name: row.name, about: row.about, fieldCode: row.field_code, fieldName: row.field_name, ministryCode: row.ministry.code, ministryName: row.ministry.name, levels: row.levels, targets: row.targets,
    onlineLevel: row.online_level as Listed['onlineLevel'], legacyLevel: row.legacy, keywords: row.keywords ?? [], competence: row.competence, effectiveFrom: row.effective_from as unknown as string,
  }))
}

/** Differs whenever the procedures in force on a day do. */
export async function publishedStamp(reader: Reader, on: string): Promise<string> {
  const row = await reader.selectFrom('procedures.version').select(sql<string>`md5(coalesce(string_agg(id::text, ',' order by id), ''))`.as('stamp')).where(inForce(on)).executeTakeFirstOrThrow()
  return row.stamp
}
