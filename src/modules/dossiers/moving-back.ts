// A moved dossier returns to what it was: taken down row by row before the move, put back row by row as long as nothing has happened since.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { paymentsOf } from '#modules/payments/index.ts'
import { type Keepsake, markOf, putBack, takeDown, whereStands } from '#modules/work/index.ts'
import { settleFees } from './dues.ts'
import * as facts from './events.ts'
import { handAcross } from './handover.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'
import { watchDue } from './watch.ts'

type Row = Record<string, unknown>

/** A dossier before its move, as rows of JSON; kept with the plan and read only by `restoreDossier`. */
export interface DossierKeepsake {
  readonly work: Keepsake
  readonly dossier: Row
  readonly fees: readonly Row[]
  readonly parts: readonly Row[]
  readonly pauses: readonly Row[]
  readonly pending: readonly Row[]
}

const TABLES = { fees: 'dossiers.fee', parts: 'dossiers.part', pauses: 'dossiers.pause', pending: 'dossiers.pending' } as const

const rowsOf = async (reader: Reader, table: string, dossier: string): Promise<Row[]> =>
  (await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(table)} t where t.dossier_id = ${dossier}::uuid order by to_jsonb(t)::text`.execute(reader)).rows.map((one) => one.row)

/** Takes the dossier down with its process. The caller holds it. */
export async function keepDossier(tx: Tx, id: string): Promise<DossierKeepsake> {
  const { rows } = await sql<{ row: Row }>`select to_jsonb(t) as row from dossiers.dossier t where t.id = ${id}::uuid`.execute(tx)
  const [fees, parts, pauses, pending] = [await rowsOf(tx, TABLES.fees, id), await rowsOf(tx, TABLES.parts, id), await rowsOf(tx, TABLES.pauses, id), await rowsOf(tx, TABLES.pending, id)]
  return { work: await takeDown(tx, id), dossier: rows[0]!.row, fees, parts, pauses, pending }
}

/** A mark of everything an act on the dossier would change; the same mark twice means that nothing has happened in between. */
export async function dossierMark(reader: Reader, id: string): Promise<string> {
  const dossier = (await store.find(reader, id))!
  const { paidVnd } = await paymentsOf(reader, id)
  const rows = await Promise.all(Object.values(TABLES).map((table) => rowsOf(reader, table, id)))
  const whole = [await markOf(reader, id), dossier.revision, dossier.state, dossier.versionId, dossier.dueAt, dossier.receptionDueAt, dossier.deliveryDueAt, paidVnd, rows]
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}

/** Of these dossiers the ones that were written to, or came to an end, after the instant named with each. */
export async function touchedSince(reader: Reader, known: readonly { readonly dossierId: string; readonly at: Date }[]): Promise<string[]> {
  const rows = await reader.selectFrom('dossiers.dossier').select(['id', 'updated_at', 'closed_at']).where('id', 'in', known.map((one) => one.dossierId)).execute()
  const at = new Map(known.map((one) => [one.dossierId, one.at]))
  return rows.filter((row) => row.closed_at !== null || row.updated_at > at.get(row.id)!).map((row) => row.id)
}

/** These never go back: who looks at an older page must be told that it is older. */
const ONWARD = ['id', 'revision', 'updated_at']

/** Puts the dossier back as it was taken down. The caller holds it and knows by its mark that nothing has happened since. History stays: what was
 *  told, every due date it ever had, and that it went there and back. */
export async function restoreDossier(tx: Tx, ctx: Ctx, now: Dossier, keepsake: DossierKeepsake, fact: { readonly move: string; readonly from: number; readonly to: number; readonly reason: string; readonly officers: readonly string[] }): Promise<Dossier> {
  const { id } = now
  const before = (await whereStands(tx, id))!.items
  await putBack(tx, keepsake.work)
  const columns = Object.keys(keepsake.dossier).filter((key) => !ONWARD.includes(key))
  const list = sql.join(columns.map((key) => sql.ref(key)))
  await sql`update dossiers.dossier d set (${list}) = (select ${sql.join(columns.map((key) => sql.ref(`r.${key}`)))} from jsonb_populate_record(null::dossiers.dossier, ${JSON.stringify(keepsake.dossier)}::jsonb) r)
    where d.id = ${id}::uuid`.execute(tx)
  for (const part of keepsake.parts) await store.renamePart(tx, part['id'] as string, part['part'] as string)
  for (const name of ['fees', 'pauses', 'pending'] as const) {
    await sql`delete from ${sql.table(TABLES[name])} where dossier_id = ${id}::uuid`.execute(tx)
    await sql`insert into ${sql.table(TABLES[name])} select * from jsonb_populate_recordset(null::${sql.table(TABLES[name])}, ${JSON.stringify(keepsake[name])}::jsonb)`.execute(tx)
  }
  const after = await store.update(tx, (await store.find(tx, id))!, {}, ctx.now)
  const due = after.dueAt?.getTime() === now.dueAt?.getTime() ? null : after.dueAt
  if (due) await store.addDeadline(tx, id, { dueAt: due, derivation: after.derivation ?? '' }, 'version_restored', ctx.now)
  await emit(tx, ctx, facts.versionRestored, id, { code: after.code!, ...fact, officers: [...fact.officers], dueAt: due?.toISOString() ?? null })
  await handAcross(tx, ctx, after, before, (await whereStands(tx, id))!.items, 'Việc chuyển phiên bản được hoàn lại.')
  if (after.acceptedAt) await watchDue(tx, ctx, after)
  await settleFees(tx, ctx, after)
  return after
}
