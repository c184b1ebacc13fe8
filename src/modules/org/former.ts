// Names and codes that living units bore before: each answers for its days, as the unit was then.

import { type SqlBool, sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import { fold } from '#core/text/index.ts'
import type { Unit, UnitLevel } from './schema.ts'
import { namesMeant } from './store.ts'

const former = (reader: Reader, on: string | undefined) =>
  reader
    .selectFrom('org.former as f')
    .innerJoin('org.unit as u', 'u.id', 'f.unit_id')
    .select(['u.id', 'f.code', 'u.key', 'f.name', 'f.short_name', 'f.kind', 'u.level', 'u.parent_id', 'u.path', 'f.valid_from', 'f.valid_to', 'f.identifier', 'f.qcvn', 'f.admin_code', 'u.outside'])
    .$if(on !== undefined, (q) => q.where(sql<SqlBool>`${on}::date between f.valid_from and f.valid_to`))
    .orderBy('f.valid_to', 'desc')
    .orderBy('u.id')

type Row = Awaited<ReturnType<ReturnType<typeof former>['execute']>>[number]

const unitOf = (row: Row): Unit => ({
  id: row.id, code: row.code, key: row.key, name: row.name, shortName: row.short_name, kind: row.kind, level: row.level as UnitLevel, parentId: row.parent_id, path: row.path as unknown as string,
  validFrom: row.valid_from as unknown as string, validTo: row.valid_to as unknown as string, identifier: row.identifier, qcvn: row.qcvn, adminCode: row.admin_code, outside: row.outside,
})

/** Units by a code they bore before, the latest to give it up first; on a day only those that bore it then. */
export const formerByCode = async (reader: Reader, code: string, on?: string): Promise<Unit[]> =>
  (await former(reader, on).where((eb) => eb.or([eb('f.code', '=', code), eb('f.identifier', '=', code), eb('f.qcvn', '=', code), eb('f.admin_code', '=', code)])).execute()).map(unitOf)

export const formerByName = async (reader: Reader, name: string, on?: string): Promise<Unit[]> => {
  const folded = fold(name).replaceAll('|', ' ').replaceAll(/[%_\\]/g, '\\$&')
  return (await former(reader, on).where((eb) => eb.or(namesMeant(folded).map((meant) => eb('f.search', 'like', `%|${meant}|%`)))).limit(50).execute()).map(unitOf)
}

/** What a unit was called before, the latest first. */
export const formersOf = async (reader: Reader, unitId: string): Promise<Unit[]> => (await former(reader, undefined).where('f.unit_id', '=', unitId).execute()).map(unitOf)
