// Units that a plan made and that were taken back with it: no register has them any more, but papers, messages and facts still name them.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import type { Unit } from './schema.ts'
import { byIds } from './store.ts'

export interface Gone {
  readonly id: string
  readonly code: string
  readonly name: string
  /** Title of the plan. */
  readonly plan: string
  readonly at: Date
  /** Who does its work, as before the plan. */
  readonly heirs: readonly Unit[]
}

/** The unit that bore this code, id or name under a plan that was taken back; null when there was none. */
export async function takenBack(reader: Reader, text: string): Promise<Gone | null> {
  const { rows: [row] } = await sql<{ id: string; code: string; name: string; parent: string | null; run: string; plan: string; at: Date }>`
    select j.key ->> 'id' as id, j.after ->> 'code' as code, j.after ->> 'name' as name, j.after ->> 'parent_id' as parent, j.run, e.data ->> 'title' as plan, e.at
    from core.journal j join core.event e on e.subject = 'reorg:' || j.run and e.name = 'reorg.plan_rolled_back'
    where j.table_name = 'org.unit' and j.before is null and not exists (select 1 from org.unit u where u.id = j.key ->> 'id')
      and lower(${text.trim()}) in (lower(j.key ->> 'id'), lower(j.after ->> 'code'), lower(j.after ->> 'identifier'), lower(j.after ->> 'admin_code'), lower(j.after ->> 'name'), lower(j.after ->> 'short_name'))
    order by e.at desc, j.n limit 1`.execute(reader)
  if (!row) return null
  const { rows: from } = await sql<{ id: string }>`select from_id as id from core.unit_move where run = ${row.run}::uuid and to_id = ${row.id} and from_id <> to_id group by 1 order by 1`.execute(reader)
  const heirs = (await byIds(reader, from.map((one) => one.id))).filter((unit) => unit.validTo === null)
  return { id: row.id, code: row.code, name: row.name, plan: row.plan, at: row.at, heirs: heirs.length > 0 || !row.parent ? heirs : await byIds(reader, [row.parent]) }
}

/** What a person is told of such a unit, in one sentence. */
export const goneSentence = ({ name, plan, at, heirs }: Gone): string =>
  `${name} được lập theo kế hoạch “${plan}”; kế hoạch ấy đã hoàn tác ngày ${formatDate(localDate(at))} nên đơn vị này không còn${heirs.length > 0 ? `. Việc của đơn vị lại do ${heirs.map((unit) => unit.name).join(', ')} làm như trước` : ''}.`

/** Names of units by id, also of those that were taken back: for lists of what happened. */
export async function unitNames(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)]
  const names = new Map((await byIds(reader, asked)).map((unit) => [unit.id, unit.name]))
  const missing = asked.filter((id) => !names.has(id))
  if (missing.length === 0) return names
  const { rows } = await sql<{ id: string; name: string }>`select distinct on (j.key) j.key ->> 'id' as id, j.after ->> 'name' as name from core.journal j
    where j.table_name = 'org.unit' and j.before is null and j.key = any(${missing.map((id) => JSON.stringify({ id }))}::text[]::jsonb[]) order by j.key, j.n desc`.execute(reader)
  for (const row of rows) names.set(row.id, row.name)
  return names
}
