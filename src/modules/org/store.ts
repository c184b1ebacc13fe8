// SQL of the organisation: units, successions, officers, posts and holdings.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Post, Role } from '#core/policy/actor.ts'
import { fold } from '#core/text/index.ts'
import { postsLentTo } from './lent-store.ts'
import type { ProvinceSeed, Unit, UnitLevel, UnitSeed } from './schema.ts'

const columns = ['id', 'code', 'key', 'name', 'short_name', 'kind', 'level', 'parent_id', 'path', 'valid_from', 'valid_to', 'identifier', 'qcvn',
  'admin_code', 'outside'] as const

interface UnitRow {
  id: string
  code: string
  key: string | null
  name: string
  short_name: string
  kind: string
  level: string
  parent_id: string | null
  path: string
  valid_from: string
  valid_to: string | null
  identifier: string | null
  qcvn: string | null
  admin_code: string | null
  outside: boolean
}

const unitOf = (row: UnitRow): Unit => ({
  id: row.id,
  code: row.code,
  key: row.key,
  name: row.name,
  shortName: row.short_name,
  kind: row.kind,
  level: row.level as UnitLevel,
  parentId: row.parent_id,
  path: row.path,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  identifier: row.identifier,
  qcvn: row.qcvn,
  adminCode: row.admin_code,
  outside: row.outside,
})

const units = (reader: Reader) => reader.selectFrom('org.unit').select(columns)
const all = (rows: unknown[]): Unit[] => (rows as UnitRow[]).map(unitOf)
const one = (row: unknown): Unit | null => (row ? unitOf(row as UnitRow) : null)

export const byId = async (reader: Reader, id: string) => one(await units(reader).where('id', '=', id).executeTakeFirst())

export const byIds = async (reader: Reader, ids: readonly string[]) =>
  ids.length === 0 ? [] : all(await units(reader).where('id', 'in', [...new Set(ids)]).execute())

/** In force that day under its present name: what it was called before stands in org.former. */
const bornOn = (on: string) => sql<SqlBool>`valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)
  and not exists (select 1 from org.former f where f.unit_id = org.unit.id and f.valid_to >= ${on}::date)`

/** Live bearers first, then the latest to end. `on` keeps only those in force that day. */
export async function byCode(reader: Reader, code: string, on?: string): Promise<Unit[]> {
  const rows = await units(reader)
    .where((eb) => eb.or([eb('code', '=', code), eb('identifier', '=', code), eb('qcvn', '=', code), eb('admin_code', '=', code)]))
    .$if(on !== undefined, (q) => q.where(bornOn(on!)))
    .orderBy(sql`valid_to desc nulls first`)
    .orderBy(sql`nlevel(path)`)
    .orderBy('id')
    .execute()
  return all(rows)
}

const PLACES = ['xa', 'phuong', 'thi tran', 'huyen', 'thi xa', 'quan', 'thanh pho', 'tinh']

/** The names that the words may stand for: a place, with or without its kind, means its committee. */
export const namesMeant = (folded: string): string[] => [folded, `uy ban nhan dan ${folded}`, ...PLACES.map((kind) => `uy ban nhan dan ${kind} ${folded}`)]

export async function byName(reader: Reader, name: string, on?: string): Promise<Unit[]> {
  const folded = fold(name).replaceAll('|', ' ').replaceAll(/[%_\\]/g, '\\$&')
  const rows = await units(reader)
    .where((eb) => eb.or(namesMeant(folded).map((meant) => eb('search', 'like', `%|${meant}|%`))))
    .$if(on !== undefined, (q) => q.where(bornOn(on!)))
    .orderBy(sql`valid_to desc nulls first`)
    .orderBy('id')
    .limit(50)
    .execute()
  return all(rows)
}

export async function successors(reader: Reader, id: string) {
  const rows = await reader
    .selectFrom('org.succession')
    .innerJoin('org.unit', 'org.unit.id', 'org.succession.to_id')
    .select(columns.map((column) => `org.unit.${column}` as const))
    .select(['partial', 'main', 'on_date', 'rules'])
    .where('from_id', '=', id)
    .orderBy('main', 'desc')
    .orderBy('org.unit.name')
    .execute()
  return rows.map((row) => ({ unit: unitOf(row as unknown as UnitRow), partial: row.partial, main: row.main, on: row.on_date as unknown as string, rules: row.rules as unknown }))
}

export async function predecessors(reader: Reader, id: string) {
  const rows = await reader
    .selectFrom('org.succession')
    .innerJoin('org.unit', 'org.unit.id', 'org.succession.from_id')
    .select(columns.map((column) => `org.unit.${column}` as const))
    .select(['partial', 'on_date'])
    .where('to_id', '=', id)
    .orderBy('org.unit.name')
    .execute()
  return rows.map((row) => ({ unit: unitOf(row as unknown as UnitRow), partial: row.partial, on: row.on_date as unknown as string }))
}

/** The live unit named by `key` nearest to `around`: inside it, else beside it; never inside another commune. */
export async function byKey(reader: Reader, key: string, around: Unit): Promise<Unit | null> {
  const row = await units(reader)
    .where('valid_to', 'is', null)
    .where((eb) => eb.or([eb('key', '=', key), eb(sql`${key}`, '=', sql`any(aliases)`)]))
    .where(sql<SqlBool>`not exists (select 1 from org.unit c where c.level = 'xa' and c.valid_to is null
      and org.unit.path <@ c.path and not (${around.path}::ltree <@ c.path))`)
    .orderBy(sql`coalesce(nlevel(lca(path || 'x', ${around.path}::ltree || 'x')), 0) desc`)
    .orderBy(sql`nlevel(path)`)
    .orderBy('id')
    .executeTakeFirst()
  return one(row)
}

/** The unit at, below or else above `around` that has a live post of one of the roles. */
export async function nearestWithRole(reader: Reader, around: Unit, roles: readonly string[]): Promise<Unit | null> {
  const row = await units(reader)
    .where('valid_to', 'is', null)
    .where(sql<SqlBool>`(path <@ ${around.path}::ltree or ${around.path}::ltree <@ path)`)
    .where(sql<SqlBool>`exists (select 1 from org.post p where p.unit_id = org.unit.id and p.valid_to is null and p.role = any(${sql.val([...roles])}::text[]))`)
    .orderBy(sql`case when path <@ ${around.path}::ltree then nlevel(path) - nlevel(${around.path}::ltree) else 100 + nlevel(${around.path}::ltree) - nlevel(path) end`)
    .orderBy('id')
    .executeTakeFirst()
  return one(row)
}

export interface UnitFilter {
  readonly q?: string
  readonly parentId?: string
  /** only this part of the tree, by its ltree path */
  readonly within?: string
  readonly level?: UnitLevel
  /** only units in force; default true */
  readonly live?: boolean
  /** only units that receive dossiers: those with a one-stop post */
  readonly receiving?: boolean
  readonly limit?: number
}

export async function list(reader: Reader, filter: UnitFilter): Promise<Unit[]> {
  const rows = await units(reader)
    .$if(filter.live !== false, (q) => q.where('valid_to', 'is', null))
    .$if(filter.parentId !== undefined, (q) => q.where('parent_id', '=', filter.parentId!))
    .$if(filter.within !== undefined, (q) => q.where(sql<SqlBool>`path <@ ${filter.within}::ltree`))
    .$if(filter.level !== undefined, (q) => q.where('level', '=', filter.level!))
    .$if(!!filter.q, (q) => q.where('search', 'like', `%${fold(filter.q!).replaceAll(/[%_\\]/g, '\\$&')}%`))
    .$if(filter.receiving === true, (q) =>
      q.where(sql<SqlBool>`exists (select 1 from org.post p where p.unit_id = org.unit.id and p.role = 'mot_cua' and p.valid_to is null)
        and not exists (select 1 from org.rollout r where r.live_at is null and (r.unit_id = org.unit.id or r.unit_id = org.unit.parent_id))`))
    .orderBy(sql`nlevel(path)`)
    .orderBy('name')
    .orderBy('id')
    .limit(filter.limit ?? 500)
    .execute()
  return all(rows)
}

/** Every post that the officer may act in on the day: their own, then those lent to them, marked `onBehalfOf`. */
export async function postsHeldBy(reader: Reader, officerId: string, on: string): Promise<Post[]> {
  const own = await ownPosts(reader, officerId, on)
  return [...own, ...(await postsLentTo(reader, officerId, on, own))]
}

/** Posts held in one's own right on the day. */
export async function ownPosts(reader: Reader, officerId: string, on: string): Promise<Post[]> {
  const rows = await reader
    .selectFrom('org.holding as h')
    .innerJoin('org.post as p', 'p.id', 'h.post_id')
    .innerJoin('org.unit as u', 'u.id', 'p.unit_id')
    .select(['p.id', 'p.role', 'p.title', 'u.id as unit_id', 'u.code', 'u.name', 'u.path'])
    .where('h.officer_id', '=', officerId)
    .where(sql<SqlBool>`org.held_on(h.from_on, h.to_on, h.ended_at, ${on}::date)`)
    .where((eb) => eb.or([eb('p.valid_to', 'is', null), eb('p.valid_to', '>=', on)]))
    .where((eb) => eb.or([eb('u.valid_to', 'is', null), eb('u.valid_to', '>=', on)]))
    .orderBy('h.from_on')
    .orderBy('p.id')
    .execute()
  return rows.map((row) => ({
    id: row.id, role: row.role as Role, title: row.title, unitId: row.unit_id, unitCode: row.code, unitName: row.name, unitPath: row.path as string,
  }))
}

export const officer = async (reader: Reader, id: string) => {
  const row = await reader.selectFrom('org.officer').select(['id', 'full_name', 'phone']).where('id', '=', id).executeTakeFirst()
  return row ? { id: row.id, fullName: row.full_name, phone: row.phone } : null
}

/** Every post of a unit with its holders, present and past, the present first. */
export async function postsOfUnit(reader: Reader, unitId: string) {
  return reader
    .selectFrom('org.post as p')
    .leftJoin('org.holding as h', 'h.post_id', 'p.id')
    .leftJoin('org.officer as o', 'o.id', 'h.officer_id')
    .select(['p.id', 'p.role', 'p.title', 'p.valid_from', 'p.valid_to', 'o.id as officer_id', 'o.full_name', 'h.from_on', 'h.to_on'])
    .where('p.unit_id', '=', unitId)
    .orderBy('p.role')
    .orderBy('p.id')
    .orderBy(sql`h.to_on desc nulls first`)
    .execute()
}

/** Everyone who holds a post of `role` in the unit on the day. */
export async function holders(reader: Reader, unitId: string, role: string, on: string) {
  return reader
    .selectFrom('org.holding as h')
    .innerJoin('org.post as p', 'p.id', 'h.post_id')
    .innerJoin('org.officer as o', 'o.id', 'h.officer_id')
    .select(['o.id', 'o.full_name as fullName', 'p.title'])
    .where('p.unit_id', '=', unitId)
    .where('p.role', '=', role)
    .where(sql<SqlBool>`org.held_on(h.from_on, h.to_on, h.ended_at, ${on}::date)`)
    .orderBy('h.from_on')
    .execute()
}

export async function keepHandover(tx: Tx, one: { post: string; officer: string; lastOn: string; minutes: object; at: Date; by: string | null; byName: string }): Promise<string> {
  const { id } = await tx
    .insertInto('org.handover')
    .values({ post_id: one.post, officer_id: one.officer, last_on: one.lastOn, minutes: JSON.stringify(one.minutes), made_at: one.at, made_by: one.by, made_by_name: one.byName })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The minutes of one hand-over, with the post they are of. */
export async function findHandover(reader: Reader, id: string) {
  return reader.selectFrom('org.handover').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Hand-overs of a post, the latest first. */
export async function handoversOf(reader: Reader, postId: string) {
  return reader.selectFrom('org.handover as h').innerJoin('org.officer as o', 'o.id', 'h.officer_id').select(['h.id', 'o.full_name as name', 'h.last_on', 'h.made_at'])
    .where('h.post_id', '=', postId).orderBy('h.made_at', 'desc').limit(50).execute()
}

/** Holdings over since a day and before `today` of which no hand-over was made. */
export async function leaversOf(reader: Reader, today: string, since: string): Promise<{ post: string; officer: string }[]> {
  const rows = await reader
    .selectFrom('org.holding as h')
    .select(['h.post_id', 'h.officer_id'])
    .where('h.to_on', '<', today)
    .where('h.to_on', '>=', since)
    // posts that a reorganisation ended have handed over within it
    .where((eb) => eb.exists(eb.selectFrom('org.post as p').select('p.id').whereRef('p.id', '=', 'h.post_id').where('p.valid_to', 'is', null)))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('org.handover as v').select('v.id').whereRef('v.post_id', '=', 'h.post_id').whereRef('v.officer_id', '=', 'h.officer_id').whereRef('v.last_on', '>=', 'h.to_on'))))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('org.holding as n').select('n.post_id').whereRef('n.post_id', '=', 'h.post_id').whereRef('n.officer_id', '=', 'h.officer_id').whereRef('n.from_on', '>', 'h.to_on'))))
    .execute()
  return rows.map((row) => ({ post: row.post_id, officer: row.officer_id }))
}

const label = (id: string) => id.replaceAll(/[^A-Za-z0-9_]/g, '_')

function paths(seeds: readonly UnitSeed[]): Map<string, string> {
  const byId = new Map(seeds.map((seed) => [seed.id, seed]))
  const found = new Map<string, string>()
  const pathOf = (seed: UnitSeed): string => {
    const known = found.get(seed.id)
    if (known) return known
    const parent = seed.parent ? byId.get(seed.parent) : undefined
    if (seed.parent && !parent) throw new Error(`Đơn vị ${seed.id} có cấp trên ${seed.parent} không tồn tại`)
    const path = parent ? `${pathOf(parent)}.${label(seed.id)}` : label(seed.id)
    found.set(seed.id, path)
    return path
  }
  for (const seed of seeds) pathOf(seed)
  return found
}

export const searchText = (seed: Pick<UnitSeed, 'name' | 'shortName' | 'code' | 'identifier' | 'qcvn' | 'adminCode'>): string =>
  `|${[seed.name, seed.shortName, seed.code, seed.identifier, seed.qcvn, seed.adminCode].filter(Boolean).map((text) => fold(String(text))).join('|')}|`

const bulk = async (tx: Tx, table: 'org.unit' | 'org.succession' | 'org.officer' | 'org.post' | 'org.holding', rows: object[]) => {
  if (rows.length === 0) return
  await sql`insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
}

/** Loads a whole province in five statements; the tables must be empty. */
export async function load(tx: Tx, seed: ProvinceSeed): Promise<void> {
  const path = paths(seed.units)
  const depth = (id: string) => path.get(id)!.split('.').length
  const ordered = [...seed.units].sort((a, b) => depth(a.id) - depth(b.id))
  await bulk(tx, 'org.unit', ordered.map((u) => ({
    id: u.id, code: u.code, key: u.key ?? null, aliases: u.aliases ?? [], name: u.name, short_name: u.shortName, kind: u.kind, level: u.level,
    parent_id: u.parent, path: path.get(u.id), valid_from: u.validFrom, valid_to: u.validTo ?? null, identifier: u.identifier ?? null,
    qcvn: u.qcvn ?? null, admin_code: u.adminCode ?? null, outside: u.outside ?? false, search: searchText(u),
  })))
  await bulk(tx, 'org.succession', seed.successions.map((s) => ({
    from_id: s.from, to_id: s.to, on_date: s.on, partial: s.partial, main: s.main, act: s.act ?? null, note: s.note ?? null, rules: [],
  })))
  await bulk(tx, 'org.officer', seed.officers.map((o) => ({ id: o.id, full_name: o.fullName, phone: o.phone ?? null, search: fold(o.fullName) })))
  await bulk(tx, 'org.post', seed.posts.map((p) => ({ id: p.id, unit_id: p.unitId, role: p.role, title: p.title, valid_from: p.from, valid_to: null })))
  await bulk(tx, 'org.holding', seed.posts.flatMap((p) =>
    p.holders.map((h) => ({ post_id: p.id, officer_id: h.officer, from_on: h.from, to_on: h.to ?? null, ended_at: null }))))
}

export const count = async (reader: Reader): Promise<number> => {
  const row = await reader.selectFrom('org.unit').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}
