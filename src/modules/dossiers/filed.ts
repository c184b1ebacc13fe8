// How many dossiers were handed in, by procedure and channel: figures about nobody.

import { type SqlBool, sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'

export interface FiledCount {
  readonly truc_tuyen: number
  readonly truc_tiep: number
  readonly bcci: number
}

/** Dossiers handed in from one day to another, both included, of Vietnam; by procedure code. */
export async function filedByProcedure(reader: Reader, from: string, to: string): Promise<ReadonlyMap<string, FiledCount>> {
  const of = (channel: keyof FiledCount) => sql<number>`(count(*) filter (where channel = ${channel}))::int`
  const rows = await reader
    .selectFrom('dossiers.dossier')
    .select('procedure_code')
    .select([of('truc_tuyen').as('truc_tuyen'), of('truc_tiep').as('truc_tiep'), of('bcci').as('bcci')])
    .where(sql<SqlBool>`submitted_at >= ${`${from}T00:00:00+07:00`}::timestamptz and submitted_at < ${`${to}T00:00:00+07:00`}::timestamptz + interval '1 day'`)
    .groupBy('procedure_code')
    .execute()
  return new Map(rows.map(({ procedure_code, ...count }) => [procedure_code, count]))
}
