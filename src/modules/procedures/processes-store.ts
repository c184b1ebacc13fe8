// SQL of shared processes: by name, each changed drawing a further number.

import type { Reader, Tx } from '#core/db/index.ts'

export interface SharedProcess {
  readonly name: string
  readonly number: number
  readonly title: string
  readonly digest: string
  readonly bpmn: string
  readonly ends: readonly string[]
  readonly importedAt: Date
}

export async function latest(reader: Reader, name: string): Promise<SharedProcess | null> {
  const row = await reader.selectFrom('procedures.process').selectAll().where('name', '=', name).orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row ? { name: row.name, number: row.number, title: row.title, digest: row.digest, bpmn: row.bpmn, ends: row.ends, importedAt: row.imported_at } : null
}

export const hasDigest = async (reader: Reader, name: string, digest: string): Promise<boolean> =>
  (await reader.selectFrom('procedures.process').select('number').where('name', '=', name).where('digest', '=', digest).executeTakeFirst()) !== undefined

export async function insert(tx: Tx, row: SharedProcess): Promise<void> {
  await tx
    .insertInto('procedures.process')
    .values({ name: row.name, number: row.number, title: row.title, digest: row.digest, bpmn: row.bpmn, ends: [...row.ends], imported_at: row.importedAt })
    .execute()
}

/** The newest drawing of each name, by title. */
export async function listShared(reader: Reader): Promise<Omit<SharedProcess, 'bpmn'>[]> {
  const rows = await reader
    .selectFrom('procedures.process')
    .select(['name', 'number', 'title', 'digest', 'ends', 'imported_at'])
    .distinctOn('name')
    .orderBy('name')
    .orderBy('number', 'desc')
    .execute()
  return rows.map((row) => ({ name: row.name, number: row.number, title: row.title, digest: row.digest, ends: row.ends, importedAt: row.imported_at }))
}
