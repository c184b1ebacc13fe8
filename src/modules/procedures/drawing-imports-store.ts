// SQL of the files that were brought into drafts from other drawing tools.

import type { Reader, Tx } from '#core/db/index.ts'

export interface ImportRow {
  readonly id: string
  readonly fileName: string
  readonly content: string
  readonly at: Date
  readonly byName: string
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

export async function insert(tx: Tx, { draftId, fileName, content, at, who }: { draftId: string; fileName: string; content: string; at: Date; who: { id: string | null; name: string } }): Promise<string> {
  const row = await tx.insertInto('procedures.drawing_import').values({ draft_id: draftId, file_name: fileName, content, at, by_id: who.id, by_name: who.name }).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function find(reader: Reader, draftId: string, id: string): Promise<ImportRow | null> {
  if (!isUuid(id)) return null
  const row = await reader.selectFrom('procedures.drawing_import').selectAll().where('id', '=', id).where('draft_id', '=', draftId).executeTakeFirst()
  return row ? { id: row.id, fileName: row.file_name, content: row.content, at: row.at, byName: row.by_name } : null
}

/** The last files of a draft, newest first, without their text. */
export async function list(reader: Reader, draftId: string): Promise<readonly Omit<ImportRow, 'content'>[]> {
  const rows = await reader.selectFrom('procedures.drawing_import').select(['id', 'file_name', 'at', 'by_name']).where('draft_id', '=', draftId).orderBy('at', 'desc').limit(5).execute()
  return rows.map((row) => ({ id: row.id, fileName: row.file_name, at: row.at, byName: row.by_name }))
}
