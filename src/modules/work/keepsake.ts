// A subject's own process taken down row by row, and put back exactly so, with its timers; and a mark by which any change in between is known.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { enqueue, withdraw } from '#core/jobs/index.ts'
import { timerKey } from './engine.ts'
import * as store from './store.ts'

/** Rows as JSON; only `putBack` reads them. */
export interface Keepsake {
  readonly process: Record<string, unknown>
  readonly tokens: readonly Record<string, unknown>[]
  readonly items: readonly Record<string, unknown>[]
  readonly children: readonly { readonly id: string; readonly called_by: string | null }[]
}

/** The subject's own process with its tokens and open items as they lie in the database. The caller holds the subject. */
export async function takeDown(tx: Tx, subject: string): Promise<Keepsake> {
  const row = (await store.lockProcess(tx, { subject }))!
  const rows = async (table: string, where: ReturnType<typeof sql>) => (await sql<{ row: Record<string, unknown> }>`select to_jsonb(t) as row from ${sql.table(table)} t where ${where}`.execute(tx)).rows.map((one) => one.row)
  const children = await tx.selectFrom('work.process').select(['id', 'called_by']).where('parent_id', '=', row.id).where('status', '=', 'active').execute()
  return {
    process: (await rows('work.process', sql`t.id = ${row.id}::uuid`))[0]!,
    tokens: await rows('work.token', sql`t.process_id = ${row.id}::uuid order by t.id`),
    items: await rows('work.item', sql`t.process_id = ${row.id}::uuid and t.state in ('open', 'claimed') order by t.seq`),
    children,
  }
}

/** Puts tokens, open items and timers back as they were taken down. Whoever has taken an item since keeps it, as long as it lies on the same desk. */
export async function putBack(tx: Tx, { process, tokens, items, children }: Keepsake): Promise<void> {
  const id = process['id'] as string
  for (const timer of await store.armedTimers(tx, id)) await withdraw(tx, timerKey(id, timer.token))
  await sql`delete from work.token where process_id = ${id}::uuid`.execute(tx)
  await sql`insert into work.token select * from jsonb_populate_recordset(null::work.token, ${JSON.stringify(tokens)}::jsonb)`.execute(tx)
  await sql`update work.process p set (definition, status, root, scopes, variables, next_token, last_end, places, calls) =
    (select r.definition, r.status, r.root, r.scopes, r.variables, r.next_token, r.last_end, r.places, r.calls from jsonb_populate_record(null::work.process, ${JSON.stringify(process)}::jsonb) r)
    where p.id = ${id}::uuid`.execute(tx)
  await sql`update work.item i set token = r.token, step = r.step, name = r.name, role = r.role, unit_id = r.unit_id, unit_path = r.unit_path, citizen_id = r.citizen_id, hours = r.hours, clock = r.clock,
      portal_status = r.portal_status, outcomes = r.outcomes, does = r.does, due_at = r.due_at, waits = r.waits, barred = r.barred, link = r.link, done_at = r.done_at,
      state = case when same.desk then i.state else r.state end, claimed_by = case when same.desk then i.claimed_by else r.claimed_by end,
      claimed_at = case when same.desk then i.claimed_at else r.claimed_at end, assigned_by_name = case when same.desk then i.assigned_by_name else r.assigned_by_name end
    from jsonb_populate_recordset(null::work.item, ${JSON.stringify(items)}::jsonb) r
      cross join lateral (select o.state in ('open', 'claimed') and o.role = r.role and o.unit_id is not distinct from r.unit_id as desk from work.item o where o.id = r.id) same
    where i.id = r.id`.execute(tx)
  for (const child of children) await tx.updateTable('work.process').set({ called_by: child.called_by }).where('id', '=', child.id).execute()
  for (const timer of await store.armedTimers(tx, id)) {
    await enqueue(tx, process['timer_job'] as string, { process: id, token: timer.token }, { runAt: timer.firesAt, key: timerKey(id, timer.token) })
  }
}

/** Everything of a subject's processes that an act would change, as one text; who has taken an item is left out. */
export async function markOf(reader: Reader, subject: string): Promise<string> {
  const { rows } = await sql<{ mark: string }>`select jsonb_build_array(
    (select jsonb_agg(jsonb_build_array(p.id, p.definition, p.status, p.next_token) order by p.seq) from work.process p where p.subject = ${subject}),
    (select jsonb_agg(jsonb_build_array(t.process_id, t.id, t.element, t.status, t.fires_at) order by t.process_id, t.id) from work.token t join work.process p on p.id = t.process_id where p.subject = ${subject}),
    (select jsonb_agg(jsonb_build_array(i.id, i.step, i.role, i.unit_id, i.due_at, i.waits) order by i.seq) from work.item i where i.subject = ${subject} and i.state in ('open', 'claimed'))
    )::text as mark`.execute(reader)
  return rows[0]!.mark
}
