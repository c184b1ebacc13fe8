// Officers of units that end: which post each gets in the new order, and what is written of posts, holdings and delegations.

import { sql } from 'kysely'
import { type Journal, insert, update } from '#core/db/journal.ts'
import type { Reader } from '#core/db/index.ts'
import { localDate } from '#core/workdays/local.ts'
import type { Staffed } from './reorg.ts'

/** Posts of which a unit has one head: whoever comes from another than the main former unit does not follow into them. */
const HEADS = ['chu_tich', 'lanh_dao_don_vi', 'chanh_van_phong', 'lanh_dao_phong']

export interface StaffAsk {
  readonly day: string
  /** The day it is worked out on: later than `day` when a plan is executed after its day. */
  readonly today: string
  readonly run: string
  /** Ending units in the order of the plan, each with its heir; `main` when it is the chief one of those its heir takes in. */
  readonly ending: readonly { readonly unitId: string; readonly heirId: string; readonly main: boolean }[]
  /** Posts of units that the plan creates. */
  readonly planned: readonly { readonly unitId: string; readonly role: string; readonly title: string }[]
  /** new unit → unit whose posts it gets the like of */
  readonly like: ReadonlyMap<string, string>
  readonly appointments: readonly { readonly officer: string; readonly unit: string; readonly role: string; readonly title: string | null }[]
  readonly follow: boolean
}

export interface Staffing {
  readonly staff: readonly Staffed[]
  /** Posts to be made. */
  readonly posts: readonly { readonly id: string; readonly unitId: string; readonly role: string; readonly title: string }[]
  /** Holdings to be given; whoever held a post for a time gets the one that follows for as long. */
  readonly holdings: readonly { readonly postId: string; readonly officer: string; readonly unitId: string; readonly role: string; readonly from: string; readonly to: string | null }[]
  readonly unknown: readonly string[]
}

interface Held {
  readonly post_id: string
  readonly unit_id: string
  readonly role: string
  readonly title: string
  readonly officer_id: string
  readonly full_name: string
  readonly from_on: string
  readonly to_on: string | null
}

/** Who holds a post on the day, or will later; nobody whose time was over by then. */
const held = async (reader: Reader, units: readonly string[], day: string): Promise<Held[]> => {
  const { rows } = await sql<Held>`select p.id as post_id, p.unit_id, p.role, p.title, o.id as officer_id, o.full_name, h.from_on, h.to_on from org.holding h join org.post p on p.id = h.post_id join org.officer o on o.id = h.officer_id
    where p.unit_id = any(${units}::text[]) and p.valid_to is null and h.ended_at is null and (h.to_on is null or h.to_on >= ${day}::date) order by p.id, h.from_on`.execute(reader)
  return rows
}

const latest = (one: string, other: string): string => (one > other ? one : other)

/** Works out who holds what in the new order; writes nothing. */
export async function planStaff(reader: Reader, ask: StaffAsk): Promise<Staffing> {
  const units = ask.ending.map((one) => one.unitId)
  const heirs = new Map(ask.ending.map((one) => [one.unitId, one]))
  const order = new Map(units.map((id, at) => [id, at]))
  const now = latest(ask.day, ask.today)
  const leaving = (await held(reader, units, now)).toSorted((a, b) => order.get(a.unit_id)! - order.get(b.unit_id)!)
  const targets = [...new Set([...ask.ending.map((one) => one.heirId), ...ask.appointments.map((one) => one.unit)])]
  const { rows: vacant } = await sql<{ id: string; unit_id: string; role: string; title: string }>`select p.id, p.unit_id, p.role, p.title from org.post p where p.unit_id = any(${targets}::text[]) and p.valid_to is null
    and not exists (select 1 from org.holding h where h.post_id = p.id and h.ended_at is null and (h.to_on is null or h.to_on >= ${ask.day}::date)) order by p.id`.execute(reader)
  const patterns = [...new Set(ask.like.values())]
  const { rows: models } = await sql<{ unit_id: string; role: string; title: string }>`select unit_id, role, title from org.post where unit_id = any(${patterns}::text[]) and valid_to is null order by id`.execute(reader)
  const posts: { id: string; unitId: string; role: string; title: string }[] = []
  const make = (unitId: string, role: string, title: string) => {
    const post = { id: `r-${ask.run.slice(0, 8)}-${String(posts.length + 1).padStart(5, '0')}`, unitId, role, title }
    posts.push(post)
    return post
  }
  const free = new Map<string, { id: string; unitId: string; role: string; title: string }[]>()
  const offer = (post: { id: string; unitId: string; role: string; title: string }) => free.set(`${post.unitId} ${post.role}`, [...(free.get(`${post.unitId} ${post.role}`) ?? []), post])
  for (const post of vacant) offer({ id: post.id, unitId: post.unit_id, role: post.role, title: post.title })
  for (const post of ask.planned) offer(make(post.unitId, post.role, post.title))
  for (const [unit, model] of ask.like) for (const post of models.filter((one) => one.unit_id === model)) offer(make(unit, post.role, post.title))

  const holdings: { postId: string; officer: string; unitId: string; role: string; from: string; to: string | null }[] = []
  const next = new Map<string, { id: string; unitId: string; role: string; title: string }>()
  const appointed = new Map<string, { id: string; unitId: string; role: string; title: string }[]>()
  for (const one of ask.appointments) {
    const post = free.get(`${one.unit} ${one.role}`)?.shift() ?? make(one.unit, one.role, one.title ?? leaving.find((row) => row.role === one.role)?.title ?? one.role)
    holdings.push({ postId: post.id, officer: one.officer, unitId: post.unitId, role: post.role, from: ask.day, to: null })
    appointed.set(one.officer, [...(appointed.get(one.officer) ?? []), post])
  }
  const after = new Map<string, { id: string; unitId: string; role: string; title: string }>()
  for (const row of leaving) {
    const own = appointed.get(row.officer_id)
    if (own) {
      next.set(`${row.post_id} ${row.officer_id}`, own.find((post) => post.role === row.role) ?? own[0]!)
      continue
    }
    if (!ask.follow) continue
    const { heirId, main } = heirs.get(row.unit_id)!
    const head = HEADS.includes(row.role)
    // those who hold one post one after the other do so in the one that follows
    const post = after.get(row.post_id) ?? (head && !main ? undefined : (free.get(`${heirId} ${row.role}`)?.shift() ?? (head ? undefined : make(heirId, row.role, row.title))))
    if (!post) continue
    after.set(row.post_id, post)
    next.set(`${row.post_id} ${row.officer_id}`, post)
    holdings.push({ postId: post.id, officer: row.officer_id, unitId: post.unitId, role: post.role, from: latest(ask.day, row.from_on), to: row.to_on })
  }
  const { rows: others } = await sql<{ officer_id: string }>`select distinct h.officer_id from org.holding h join org.post p on p.id = h.post_id where h.officer_id = any(${leaving.map((row) => row.officer_id)}::text[])
    and p.unit_id <> all(${units}::text[]) and p.valid_to is null and h.ended_at is null and (h.to_on is null or h.to_on >= ${now}::date)`.execute(reader)
  const posted = new Set([...others.map((row) => row.officer_id), ...holdings.map((one) => one.officer)])
  const { rows: known } = await sql<{ id: string }>`select id from org.officer where id = any(${ask.appointments.map((one) => one.officer)}::text[])`.execute(reader)
  const names = new Set(known.map((row) => row.id))
  return {
    posts, holdings, unknown: [...new Set(ask.appointments.map((one) => one.officer))].filter((id) => !names.has(id)),
    staff: leaving.map((row) => ({
      officer: row.officer_id, name: row.full_name, postId: row.post_id, role: row.role, title: row.title, unitId: row.unit_id, next: next.get(`${row.post_id} ${row.officer_id}`) ?? null, posted: posted.has(row.officer_id),
    })),
  }
}

/** Ends posts, holdings and delegations of the units, and writes the new ones. Returns how many officers it touched. */
export async function changeStaff(journal: Journal, { day, ending, staffing, at, by }: { day: string; ending: readonly string[]; staffing: Staffing; at: Date; by: string }): Promise<number> {
  const posts = sql`(select p.id from org.post p where p.unit_id = any(${ending}::text[]))`
  // whoever left between the day and now did hold the post until then
  const open = sql`t.post_id in ${posts} and t.ended_at is null and (t.to_on is null or t.to_on >= ${latest(day, localDate(at))}::date)`
  // a holding that began on the very day never was: it ends the moment it began
  await update(journal, {
    table: 'org.holding', key: ['post_id', 'officer_id', 'from_on'],
    set: { to_on: sql`greatest(${day}::date - 1, t.from_on)`, ended_at: sql`case when t.from_on > ${day}::date - 1 then ${at}::timestamptz end` }, where: open,
  })
  await update(journal, { table: 'org.post', key: ['id'], set: { valid_to: sql`${day}::date - 1` }, where: sql`t.unit_id = any(${ending}::text[]) and t.valid_to is null` })
  await update(journal, { table: 'org.delegation', key: ['id'], set: { revoked_at: sql`${at}::timestamptz`, revoked_by_name: sql`${by}::text` }, where: sql`t.post_id in ${posts} and t.revoked_at is null and t.to_on >= ${day}::date` })
  await insert(journal, {
    table: 'org.post', key: ['id'], columns: ['id', 'unit_id', 'role', 'title', 'valid_from'],
    from: sql`select r.id, r.unit_id, r.role, r.title, ${day}::date from jsonb_to_recordset(${JSON.stringify(staffing.posts.map((one) => ({ id: one.id, unit_id: one.unitId, role: one.role, title: one.title })))}::jsonb)
      as r (id text, unit_id text, role text, title text)`,
  })
  return insert(journal, {
    table: 'org.holding', key: ['post_id', 'officer_id', 'from_on'], columns: ['post_id', 'officer_id', 'from_on', 'to_on'],
    from: sql`select r.post_id, r.officer_id, r.from_on, r.to_on from jsonb_to_recordset(${JSON.stringify(staffing.holdings.map((one) => ({ post_id: one.postId, officer_id: one.officer, from_on: one.from, to_on: one.to })))}::jsonb)
      as r (post_id text, officer_id text, from_on date, to_on date)`,
  })
}

/** Posts that a run ended and those that it gave instead, by officer: what coming back means for each. Read before or after the run is undone. */
export interface Return {
  readonly officer: string
  readonly name: string
  readonly before: readonly PostOf[]
  readonly given: readonly PostOf[]
}

interface PostOf {
  readonly id: string
  readonly unitId: string
  readonly role: string
  readonly title: string
}

export async function returnsOf(reader: Reader, run: string): Promise<Return[]> {
  const { rows } = await sql<{ officer: string; name: string; made: boolean; id: string; unit: string; role: string; title: string }>`
    select distinct j.key ->> 'officer_id' as officer, o.full_name as name, j.before is null as made, p.id, p.unit_id as unit, p.role, p.title from core.journal j join org.officer o on o.id = j.key ->> 'officer_id'
      join org.post p on p.id = j.key ->> 'post_id' where j.run = ${run}::uuid and j.table_name = 'org.holding' order by 1, p.id`.execute(reader)
  return [...Map.groupBy(rows, (row) => row.officer)].map(([officer, own]) => {
    const posts = (made: boolean) => own.filter((row) => row.made === made).map((row) => ({ id: row.id, unitId: row.unit, role: row.role, title: row.title }))
    return { officer, name: own[0]!.name, before: posts(false), given: posts(true) }
  })
}

export interface Seated {
  readonly officer: string
  readonly unitId: string
  readonly role: string
}

/** Who holds which role at the units on a day, in their own right. */
export async function seatedAt(reader: Reader, units: readonly string[], day: string): Promise<Seated[]> {
  const { rows } = await sql<Seated>`select h.officer_id as officer, p.unit_id as "unitId", p.role from org.post p join org.holding h on h.post_id = p.id
    where p.unit_id = any(${units}::text[]) and p.valid_to is null and org.held_on(h.from_on, h.to_on, h.ended_at, ${day}::date) order by h.from_on, p.id`.execute(reader)
  return rows
}

/** Roles that units have living posts of: unit → roles. */
export async function rolesAt(reader: Reader, units: readonly string[]): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ unit: string; roles: string[] }>`select unit_id as unit, array_agg(distinct role) as roles from org.post where unit_id = any(${units}::text[]) and valid_to is null group by 1`.execute(reader)
  return new Map(rows.map((row) => [row.unit, new Set(row.roles)]))
}
