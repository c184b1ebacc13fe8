// The register of units, posts and officers as administrators read and keep it.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { fold } from '#core/text/index.ts'
import type { PostInUnit } from './rules.ts'

export interface PostRow extends PostInUnit {
  readonly id: string
  readonly title: string
  readonly unitId: string
  readonly unitName: string
  readonly holder: { readonly id: string; readonly name: string; readonly from: string; readonly to: string | null } | null
}

export interface PostFilter {
  /** ltree path of the part of the tree to look at; null for all */
  readonly within: string | null
  readonly unitId?: string
  readonly q?: string
  readonly role?: string
  /** only posts that nobody holds on the day */
  readonly vacant?: boolean
  /** 'YYYY-MM-DD' */
  readonly on: string
  readonly limit: number
  /** continue after this post */
  readonly after?: { readonly unit: string; readonly id: string }
}

const like = (q: string) => `%${fold(q).replaceAll(/[%_\\]/g, '\\$&')}%`

const posts = (reader: Reader, on: string) =>
  reader
    .selectFrom('org.post as p')
    .innerJoin('org.unit as u', 'u.id', 'p.unit_id')
    .leftJoin('org.holding as h', (join) =>
      join.onRef('h.post_id', '=', 'p.id').on(sql<SqlBool>`org.held_on(h.from_on, h.to_on, h.ended_at, ${on}::date)`))
    .leftJoin('org.officer as o', 'o.id', 'h.officer_id')
    .select([
      'p.id', 'p.role', 'p.title', 'p.valid_from', 'p.valid_to', 'u.id as unit_id', 'u.name as unit_name', 'u.path', 'u.valid_to as unit_valid_to',
      'o.id as officer_id', 'o.full_name', 'h.from_on', 'h.to_on',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof posts>['execute']>>[number]

const day = (value: unknown): string | null => value as string | null

const postOf = (row: Row): PostRow => ({
  id: row.id, role: row.role, title: row.title, validFrom: day(row.valid_from)!, validTo: day(row.valid_to), unitId: row.unit_id, unitName: row.unit_name,
  unitPath: row.path as string, unitValidTo: day(row.unit_valid_to),
  holder: row.officer_id ? { id: row.officer_id, name: row.full_name!, from: day(row.from_on)!, to: day(row.to_on) } : null,
})

/** Posts in force with who holds them on the day, unit by unit. */
export async function listPosts(reader: Reader, filter: PostFilter): Promise<PostRow[]> {
  const rows = await posts(reader, filter.on)
    .where('p.valid_to', 'is', null)
    .where('u.valid_to', 'is', null)
    .$if(filter.within !== null, (q) => q.where(sql<SqlBool>`u.path <@ ${filter.within}::ltree`))
    .$if(filter.unitId !== undefined, (q) => q.where('u.id', '=', filter.unitId!))
    .$if(!!filter.q, (q) => q.where((eb) => eb.or([eb('u.search', 'like', like(filter.q!)), eb('o.search', 'like', like(filter.q!))])))
    .$if(!!filter.role, (q) => q.where('p.role', '=', filter.role!))
    .$if(filter.vacant === true, (q) => q.where('h.officer_id', 'is', null))
    .$if(filter.after !== undefined, (q) => q.where(sql<SqlBool>`(u.path::text, p.id) > (${filter.after!.unit}, ${filter.after!.id})`))
    .orderBy(sql`u.path::text`)
    .orderBy('p.id')
    .limit(filter.limit)
    .execute()
  return rows.map(postOf)
}

/** One post with its holder of the day. Throws NotFound. */
export async function getPost(reader: Reader, id: string, on: string): Promise<PostRow> {
  const row = await posts(reader, on).where('p.id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('org.no_post', 'Không có chức danh này.')
  return postOf(row)
}

/** The post, held still until the transaction ends. */
export async function lockPost(tx: Tx, id: string, on: string): Promise<PostRow> {
  await tx.selectFrom('org.post').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return getPost(tx, id, on)
}

export interface Holding {
  readonly officerId: string
  readonly name: string
  readonly from: string
  readonly to: string | null
  /** Ended at this moment, on its last day. */
  readonly endedAt: Date | null
}

/** Who has held a post and will hold it, the latest first. */
export async function holdingsOf(reader: Reader, postId: string): Promise<Holding[]> {
  const rows = await reader
    .selectFrom('org.holding as h')
    .innerJoin('org.officer as o', 'o.id', 'h.officer_id')
    .select(['o.id', 'o.full_name', 'h.from_on', 'h.to_on', 'h.ended_at'])
    .where('h.post_id', '=', postId)
    .orderBy('h.from_on', 'desc')
    .execute()
  return rows.map((row) => ({ officerId: row.id, name: row.full_name, from: day(row.from_on)!, to: day(row.to_on), endedAt: row.ended_at }))
}

export async function addHolding(tx: Tx, holding: { post: string; officer: string; from: string; to: string | null }): Promise<void> {
  await tx.insertInto('org.holding').values({ post_id: holding.post, officer_id: holding.officer, from_on: holding.from, to_on: holding.to }).execute()
}

export async function setHoldingEnd(tx: Tx, holding: { post: string; officer: string; from: string; to: string; endedAt?: Date }): Promise<void> {
  await tx
    .updateTable('org.holding')
    .set({ to_on: holding.to, ended_at: holding.endedAt })
    .where('post_id', '=', holding.post)
    .where('officer_id', '=', holding.officer)
    .where('from_on', '=', holding.from)
    .execute()
}

/** Names of officers by id. */
export async function officerNames(reader: Reader, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await reader.selectFrom('org.officer').select(['id', 'full_name']).where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row.full_name]))
}

export interface OfficerRow {
  readonly id: string
  readonly name: string
  /** Posts held on the day, in words. */
  readonly posts: readonly string[]
}

/** Officers whose name holds the words, with the posts they hold on the day; those who work at or under `near` first. */
export async function findOfficers(reader: Reader, q: string, on: string, near: string, limit = 20): Promise<OfficerRow[]> {
  const rows = await reader
    .selectFrom('org.officer as o')
    .select(['o.id', 'o.full_name'])
    .select(sql<string[]>`array(select p.title || ', ' || u.name from org.holding h join org.post p on p.id = h.post_id join org.unit u on u.id = p.unit_id
      where h.officer_id = o.id and org.held_on(h.from_on, h.to_on, h.ended_at, ${on}::date) order by p.id)`.as('held'))
    .where((eb) => eb.or([eb('o.search', 'like', like(q)), eb('o.id', '=', q.trim())]))
    .orderBy(sql`exists (select 1 from org.holding h join org.post p on p.id = h.post_id join org.unit u on u.id = p.unit_id
      where h.officer_id = o.id and (h.to_on is null or h.to_on >= ${on}::date) and u.path <@ ${near}::ltree) desc`)
    .orderBy('o.full_name')
    .orderBy('o.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.full_name, posts: row.held }))
}

/** Keys by which procedure records may name a unit of this province. */
export async function unitKeys(reader: Reader): Promise<Set<string>> {
  const rows = await reader.selectFrom('org.unit').select(['key', 'aliases']).where('valid_to', 'is', null).execute()
  return new Set(rows.flatMap((row) => [row.key, ...row.aliases]).filter((key): key is string => key !== null))
}
