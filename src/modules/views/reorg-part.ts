// Saved views under a reorganisation: a list that was filtered by an ended unit is filtered by its heir.

import { sql } from 'kysely'
import { update } from '#core/db/journal.ts'
import type { Reader } from '#core/db/index.ts'
import type { Moving, ReorgPart } from '#modules/org/index.ts'

/** The filter of a list that names a unit, by code or id. */
const filtered = (query: string, moving: Moving): string => {
  const params = new URLSearchParams(query)
  const named = params.get('unit')
  const old = named === null ? undefined : moving.ending.find((one) => one.id === named || one.code === named)
  const heir = old && moving.heir.get(old.id)
  if (!heir) return query
  params.set('unit', named === old!.id ? heir.id : heir.code)
  return params.toString()
}

const changed = async (reader: Reader, moving: Moving) => {
  const rows = await reader.selectFrom('views.view').select(['id', 'name', 'query']).where('query', 'like', '%unit=%').execute()
  return rows.map((row) => ({ ...row, next: filtered(row.query, moving) })).filter((row) => row.next !== row.query)
}

export const viewsReorg: ReorgPart = {
  key: 'views', label: 'Danh sách đã lưu', spots: [],
  async preview(reader, _ctx, moving) {
    const rows = await changed(reader, moving)
    return { count: rows.length, sentences: rows.length === 0 ? [] : [`${rows.length} danh sách đã lưu lọc theo đơn vị cũ sẽ lọc theo đơn vị kế tục.`] }
  },
  async finish(journal, _ctx, moving) {
    for (const row of await changed(journal.tx, moving)) await update(journal, { table: 'views.view', key: ['id'], set: { query: sql`${row.next}::text` }, where: sql`t.id = ${row.id}::uuid` })
  },
}
