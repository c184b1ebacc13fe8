// The alarm of the signature: units with a post that signs and, on a day, nobody there to sign.

import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { emit, listEvents } from '#core/events/index.ts'
import { postsUnmanned } from './events.ts'
import { SIGNERS } from './lent-rules.ts'

export interface Unmanned {
  readonly unitId: string
  readonly unitName: string
  /** the signing posts of the unit, with who holds each and why they are not there */
  readonly posts: readonly { readonly id: string; readonly title: string; readonly holder: string | null; readonly until: string | null }[]
}

interface Row {
  unit_id: string
  unit_name: string
  post_id: string
  title: string
  holder: string | null
  away_until: string | null
}

/** Units in which nobody may sign on the day: every signing post is vacant or its holder away, and none is lent to somebody who is there. */
export async function listUnmanned(reader: Reader, on: string, within: string | null, units: readonly string[] | null = null): Promise<Unmanned[]> {
  const roles = sql.val([...SIGNERS])
  const { rows } = await sql<Row>`
    with signer as (
      select p.id as post_id, p.title, u.id as unit_id, u.name as unit_name, u.path, o.full_name as holder, a.to_on as away_until,
        (o.id is not null and a.id is null) or exists (
          select 1 from org.delegation g
          where g.post_id = p.id and g.from_officer_id = h.officer_id and g.revoked_at is null and g.from_on <= ${on}::date and g.to_on >= ${on}::date and g.scope <> 'run'
            and not exists (select 1 from org.absence d where d.officer_id = g.to_officer_id and d.ended_at is null and d.from_on <= ${on}::date and d.to_on >= ${on}::date)
        ) as there
      from org.post p
      join org.unit u on u.id = p.unit_id and u.valid_to is null
      left join org.holding h on h.post_id = p.id and org.held_on(h.from_on, h.to_on, h.ended_at, ${on}::date)
      left join org.officer o on o.id = h.officer_id
      left join org.absence a on a.officer_id = o.id and a.ended_at is null and a.from_on <= ${on}::date and a.to_on >= ${on}::date
      where p.role = any(${roles}::text[]) and p.valid_to is null
        and ${within === null ? sql<SqlBool>`true` : sql<SqlBool>`u.path <@ ${within}::ltree`}
        and ${units === null ? sql<SqlBool>`true` : sql<SqlBool>`u.id = any(${sql.val([...units])}::text[])`}
    )
    select unit_id, unit_name, post_id, title, holder, away_until from signer s
    where not exists (select 1 from signer t where t.unit_id = s.unit_id and t.there)
    order by path::text, post_id`.execute(reader)
  const found = new Map<string, Unmanned & { posts: Unmanned['posts'][number][] }>()
  for (const row of rows) {
    const unit = found.get(row.unit_id) ?? { unitId: row.unit_id, unitName: row.unit_name, posts: [] }
    unit.posts.push({ id: row.post_id, title: row.title, holder: row.holder, until: row.away_until })
    found.set(row.unit_id, unit)
  }
  return [...found.values()]
}

/** Leaves one fact for each of these units that has nobody to sign on the day; said once a day and unit. */
export async function noteUnmanned(tx: Tx, ctx: Ctx, units: readonly string[] | null, on: string): Promise<number> {
  let told = 0
  for (const unit of await listUnmanned(tx, on, null, units)) {
    const subject = `unit:${unit.unitId}`
    if ((await listEvents(tx, subject)).some((event) => event.name === postsUnmanned.name && event.data['on'] === on)) continue
    await emit(tx, ctx, postsUnmanned, subject, { unit: unit.unitId, on, posts: unit.posts.map((post) => post.id) })
    told++
  }
  return told
}
