// What a reorganisation writes about units themselves: endings, beginnings, names, paths, successions. All of it journalled.

import { sql } from 'kysely'
import { type Journal, insert, update } from '#core/db/journal.ts'
import type { Reader } from '#core/db/index.ts'
import { settleCodes } from './codes.ts'
import type { Unit } from './schema.ts'
import { searchText } from './store.ts'

export interface UnitChanges {
  /** First day of the new order, 'YYYY-MM-DD'. */
  readonly day: string
  readonly decision: string
  readonly ending: readonly Unit[]
  readonly created: readonly Unit[]
  readonly renamed: readonly { readonly before: Unit; readonly after: Unit }[]
  /** In this order; each from its path at that moment. */
  readonly paths: readonly { readonly id: string; readonly from: string; readonly to: string; readonly parent: string }[]
  readonly successions: readonly { readonly from: string; readonly to: string; readonly partial: boolean; readonly main: boolean; readonly rules: readonly unknown[] }[]
  readonly seats: readonly { readonly unitId: string; readonly latitude: number; readonly longitude: number; readonly address: string | null; readonly source: string }[]
}

const UNIT = { table: 'org.unit', key: ['id'] } as const
const rows = (table: string, list: readonly object[]) => sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(list)}::jsonb)`

const unitRow = (unit: Unit) => ({
  id: unit.id, code: unit.code, key: unit.key, name: unit.name, short_name: unit.shortName, kind: unit.kind, level: unit.level, parent_id: unit.parentId, path: unit.path, valid_from: unit.validFrom,
  valid_to: unit.validTo, identifier: unit.identifier, qcvn: unit.qcvn, admin_code: unit.adminCode, outside: unit.outside, search: searchText(unit),
})

const COLUMNS = ['id', 'code', 'key', 'aliases', 'name', 'short_name', 'kind', 'level', 'parent_id', 'path', 'valid_from', 'valid_to', 'identifier', 'qcvn', 'admin_code', 'outside', 'search'] as const

/** Writes the new order of units. The rows of core.unit_move for units that only get a new path are made here too. */
export async function changeUnits(journal: Journal, changes: UnitChanges, at: Date): Promise<void> {
  const { tx } = journal
  const ids = changes.ending.map((unit) => unit.id)
  await update(journal, { ...UNIT, set: { valid_to: sql`${changes.day}::date - 1` }, where: sql`t.id = any(${ids}::text[]) and t.valid_to is null` })
  await rename(journal, changes)
  // new units first: others may come to hang under them
  for (const level of byDepth(changes.created)) {
    await insert(journal, {
      ...UNIT, columns: COLUMNS,
      // what others of the same key are also called
      from: sql`select r.id, r.code, r.key, coalesce(m.aliases, '{}'), ${sql.join(COLUMNS.slice(4).map((one) => sql.ref(`r.${one}`)))} from ${rows('org.unit', level.map(unitRow))} r
        left join (select distinct on (key, level) key, level, aliases from org.unit where key is not null order by key, level, valid_to desc nulls first, id) m on m.key = r.key and m.level = r.level`,
    })
  }
  for (const { id, from, to, parent } of changes.paths) {
    await update(journal, {
      ...UNIT, set: { path: sql`case when t.path = ${from}::ltree then ${to}::ltree else ${to}::ltree || subpath(t.path, nlevel(${from}::ltree)) end` }, where: sql`t.path <@ ${from}::ltree`,
    })
    await update(journal, { ...UNIT, set: { parent_id: sql`${parent}::text` }, where: sql`t.id = ${id}` })
    await sql`insert into core.unit_move (run, from_id, to_id, to_path) select ${journal.run}::uuid, id, id, path from org.unit where path <@ ${to}::ltree and not outside
      on conflict (run, from_id, subject) do update set to_path = excluded.to_path where core.unit_move.from_id = core.unit_move.to_id`.execute(tx)
  }
  await succeed(journal, changes)
  await insert(journal, {
    table: 'org.seat', key: ['unit_id'], columns: ['unit_id', 'latitude', 'longitude', 'address', 'source', 'sure', 'updated_at', 'updated_by_name'],
    from: sql`select r.unit_id, r.latitude, r.longitude, r.address, r.source, 'memory', ${at}::timestamptz, 'Kế hoạch sắp xếp' from
      ${rows('org.seat', changes.seats.map((seat) => ({ unit_id: seat.unitId, latitude: seat.latitude, longitude: seat.longitude, address: seat.address, source: seat.source })))} r`,
  })
}

function byDepth(units: readonly Unit[]): Unit[][] {
  const levels = new Map<number, Unit[]>()
  for (const unit of units) {
    const depth = unit.path.split('.').length
    levels.set(depth, [...(levels.get(depth) ?? []), unit])
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, list]) => list)
}

async function rename(journal: Journal, { renamed, day }: UnitChanges): Promise<void> {
  if (renamed.length === 0) return
  const ids = renamed.map((one) => one.before.id)
  await insert(journal, {
    table: 'org.former', key: ['unit_id', 'valid_to'], columns: ['unit_id', 'valid_from', 'valid_to', 'code', 'name', 'short_name', 'kind', 'identifier', 'qcvn', 'admin_code', 'search'],
    from: sql`select u.id, coalesce((select max(f.valid_to) + 1 from org.former f where f.unit_id = u.id), u.valid_from), ${day}::date - 1, u.code, u.name, u.short_name, u.kind, u.identifier, u.qcvn, u.admin_code, u.search
      from org.unit u where u.id = any(${ids}::text[])`,
  })
  const columns = ['code', 'name', 'short_name', 'kind', 'identifier', 'qcvn', 'admin_code', 'search'] as const
  // codes may be exchanged between units: first all out of the way, then each its own
  const stand = renamed.filter((one) => one.before.code !== one.after.code).map((one) => one.before.id)
  if (stand.length > 1) await update(journal, { ...UNIT, set: { code: sql`'~' || t.id` }, where: sql`t.id = any(${stand}::text[])` })
  await update(journal, {
    ...UNIT, set: Object.fromEntries(columns.map((one) => [one, sql.ref(`r.${one}`) as never])), join: sql`join ${rows('org.unit', renamed.map((one) => unitRow(one.after)))} r on r.id = t.id`, where: sql`true`,
  })
}

async function succeed(journal: Journal, { successions, day, decision }: UnitChanges): Promise<void> {
  const given = rows('org.succession', successions.map((one) => ({ from_id: one.from, to_id: one.to, partial: one.partial, main: one.main, rules: one.rules, act: decision, on_date: day })))
  // a unit that gave a part away before and now goes there whole keeps one row
  await update(journal, {
    table: 'org.succession', key: ['from_id', 'to_id'], join: sql`join ${given} r on r.from_id = t.from_id and r.to_id = t.to_id`,
    set: { on_date: sql`r.on_date`, partial: sql`r.partial`, main: sql`r.main`, act: sql`r.act`, rules: sql`r.rules` }, where: sql`true`,
  })
  await insert(journal, {
    table: 'org.succession', key: ['from_id', 'to_id'], columns: ['from_id', 'to_id', 'on_date', 'partial', 'main', 'act', 'note', 'rules'],
    from: sql`select r.from_id, r.to_id, r.on_date, r.partial, r.main, r.act, r.note, r.rules from ${given} r`,
  })
}

/** Units that a plan made and that stay as ended ones when it is taken back: for their days each code is again that of whoever bore it before and bears it after. */
export async function yieldCodes(journal: Journal, units: readonly string[]): Promise<void> {
  const taken = (column: string) => sql`exists (select 1 from org.bearing b where b.code = ${sql.ref(`t.${column}`)} and b.unit_id <> t.id and daterange(b.from_on, b.to_on, '[]') && daterange(t.valid_from, t.valid_to, '[]'))`
  const given = (column: string) => sql`case when not ${taken(column)} then ${sql.ref(`t.${column}`)} end`
  await update(journal, {
    ...UNIT, set: { code: sql`case when ${taken('code')} then t.code || '.HT' || substr(md5(t.id), 1, 4) else t.code end`, identifier: given('identifier'), qcvn: given('qcvn'), admin_code: given('admin_code') },
    where: sql`t.id = any(${units}::text[]) and t.valid_to is not null`,
  })
  await settleCodes(journal.tx)
}

/** Units and posts made by a run on which rows of others hang by now: they cannot be taken away again. */
export async function hangsOn(reader: Reader, run: string, units: readonly string[], posts: readonly string[]): Promise<string[]> {
  const own = (table: string, key: string) => sql`exists (select 1 from core.journal j where j.run = ${run}::uuid and j.table_name = ${table} and j.before is null and j.key = ${sql.raw(key)})`
  const { rows } = await sql<{ id: string }>`
    select u.parent_id as id from org.unit u where u.parent_id = any(${units}::text[]) and not ${own('org.unit', `jsonb_build_object('id', u.id)`)}
      and not exists (select 1 from core.journal j where j.run = ${run}::uuid and j.table_name = 'org.unit' and j.key = jsonb_build_object('id', u.id) and j.after ->> 'parent_id' = u.parent_id)
    union select p.unit_id from org.post p where p.unit_id = any(${units}::text[]) and not ${own('org.post', `jsonb_build_object('id', p.id)`)}
    union select h.post_id from org.holding h where h.post_id = any(${posts}::text[]) and not ${own('org.holding', `jsonb_build_object('post_id', h.post_id, 'officer_id', h.officer_id, 'from_on', h.from_on)`)}
    union select d.post_id from org.delegation d where d.post_id = any(${posts}::text[])
    union select v.post_id from org.handover v where v.post_id = any(${posts}::text[])
    union select s.unit_id from org.seat s where s.unit_id = any(${units}::text[]) and not ${own('org.seat', `jsonb_build_object('unit_id', s.unit_id)`)}
    union select c.to_id from org.succession c where c.to_id = any(${units}::text[]) and not ${own('org.succession', `jsonb_build_object('from_id', c.from_id, 'to_id', c.to_id)`)}
    union select r.unit_id from org.rollout r where r.unit_id = any(${units}::text[])
    union select c.from_id from org.succession c where c.from_id = any(${units}::text[])`.execute(reader)
  return rows.map((row) => row.id)
}

