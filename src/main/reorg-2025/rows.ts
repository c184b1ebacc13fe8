// The rows of one dossier, wherever the platform keeps them, taken out as text with holes: what differs from copy to copy is a hole, all the rest is copied as it stands.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'

/** Tables that hold rows of a dossier, a table before those that point to it. `of`: which rows, `$` being the dossier's id. */
export interface Holder {
  readonly table: string
  readonly columns: readonly string[]
  readonly of: string
}

const BY_PROCESS = "process_id in (select id from work.process where subject = $)"
const BY_ORDER = 'order_id in (select id from payments.payment_order where subject = $)'
/** Where the rule "has a column that names the dossier" does not say it. */
const OWN: Readonly<Record<string, string>> = {
  'core.event': 'subject = $',
  'work.process': 'subject = $', 'work.token': BY_PROCESS, 'work.item': 'subject = $',
  'dossiers.dossier': 'id = $::uuid',
  'payments.payment_order': 'subject = $', 'payments.line': BY_ORDER,
  'files.file': "subject = 'dossier:' || $",
}

/** Looks up which tables hold rows of dossiers: those of the module that name one, and what other modules keep under its id. */
export async function holders(reader: Reader): Promise<Holder[]> {
  const { rows } = await sql<{ table: string; columns: string[]; named: boolean }>`
    select n.nspname || '.' || c.relname as table,
      array_agg(a.attname::text order by a.attnum) filter (where a.attidentity = '' and a.attgenerated = '') as columns,
      bool_or(a.attname = 'dossier_id') and n.nspname = 'dossiers' as named
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and n.nspname in ('core', 'work', 'dossiers', 'payments', 'files') group by n.nspname, c.relname`.execute(reader)
  const wanted = rows.filter((row) => row.named || row.table in OWN)
  const links = await sql<{ child: string; parent: string }>`
    select cn.nspname || '.' || c.relname as child, pn.nspname || '.' || p.relname as parent
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace
    join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace where k.contype = 'f'`.execute(reader)
  const ordered: string[] = []
  const visit = (table: string): void => {
    if (ordered.includes(table)) return
    for (const { child, parent } of links.rows) if (child === table && parent !== table && wanted.some((row) => row.table === parent)) visit(parent)
    ordered.push(table)
  }
  for (const { table } of wanted.toSorted((a, b) => (a.table < b.table ? -1 : 1))) visit(table)
  return ordered.map((table) => ({ table, columns: wanted.find((row) => row.table === table)!.columns, of: OWN[table] ?? 'dossier_id = $::uuid' }))
}

export interface Timer {
  readonly task: string
  readonly payload: string
  readonly key: string | null
  readonly runAt: string
}

export interface Taken {
  /** rows as JSON text, by table, in the order of `holders` */
  readonly rows: readonly { readonly holder: Holder; readonly text: string }[]
  /** what is to happen by itself at its time */
  readonly timers: readonly Timer[]
  /** ids that each copy must have its own of */
  readonly ids: readonly string[]
}

/** Takes one dossier out. Its history goes with it; messages sent and papers printed in the past do not. */
export async function takeOut(reader: Reader, all: readonly Holder[], dossier: string): Promise<Taken> {
  const rows: { holder: Holder; text: string }[] = []
  const ids = new Set([dossier])
  for (const holder of all) {
    const where = sql.raw(holder.of.replaceAll('$', `'${dossier}'`))
    const { rows: found } = await sql<{ row: Record<string, unknown> }>`select to_jsonb(t) as row from ${sql.table(holder.table)} t where ${where}`.execute(reader)
    if (found.length === 0) continue
    for (const { row } of found) if (typeof row['id'] === 'string') ids.add(row['id'])
    rows.push({ holder, text: JSON.stringify(found.map(({ row }) => Object.fromEntries(holder.columns.map((column) => [column, row[column]])))) })
  }
  const { rows: jobs } = await sql<Timer>`
    select t.identifier as task, j.payload::text as payload, j.key, to_char(j.run_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "runAt"
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload::text ~ ${[...ids].join('|')} and t.identifier <> 'react'`.execute(reader)
  return { rows, timers: jobs, ids: [...ids] }
}
