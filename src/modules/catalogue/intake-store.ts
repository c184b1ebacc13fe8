// SQL of lists taken in.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { ImportReport } from './entries.ts'
import type { CatalogueEntry } from './schema.ts'
import { live } from './store.ts'

export const INTAKE_STATES = { dang_lay: 'Đang lấy', cho: 'Chờ xác nhận', xong: 'Đã nạp', bo: 'Đã bỏ', hong: 'Không dùng được' } as const
export type IntakeState = keyof typeof INTAKE_STATES

export interface Intake {
  readonly id: string
  readonly how: 'tep' | 'dong_bo'
  readonly state: IntakeState
  readonly source: string
  readonly whole: boolean
  readonly since: string
  readonly revision: string | null
  readonly pagesDone: number
  readonly added: number | null
  readonly changed: number | null
  readonly gone: number | null
  readonly same: number | null
  readonly why: string | null
  readonly begunAt: Date
  readonly endedAt: Date | null
  readonly byName: string
  readonly decidedByName: string | null
}

export interface FullIntake extends Intake {
  readonly rows: readonly { readonly code: string }[]
  readonly ended: readonly string[]
}

const columns = ['id', 'how', 'state', 'source', 'whole', 'since', 'revision', 'pages_done', 'added', 'changed', 'gone', 'same', 'why', 'begun_at', 'ended_at', 'by_name', 'decided_by_name'] as const

const intakes = (reader: Reader) => reader.selectFrom('catalogue.intake').select(columns)
type Row = Awaited<ReturnType<ReturnType<typeof intakes>['executeTakeFirstOrThrow']>>

const intakeOf = (row: Row): Intake => ({
  id: row.id, how: row.how as Intake['how'], state: row.state as IntakeState, source: row.source, whole: row.whole, since: row.since, revision: row.revision, pagesDone: row.pages_done,
  added: row.added, changed: row.changed, gone: row.gone, same: row.same, why: row.why, begunAt: row.begun_at, endedAt: row.ended_at, byName: row.by_name, decidedByName: row.decided_by_name,
})

export const list = async (reader: Reader, limit: number): Promise<Intake[]> => (await intakes(reader).orderBy('begun_at', 'desc').orderBy('id').limit(limit).execute()).map(intakeOf)

export async function find(reader: Reader, id: string): Promise<Intake | null> {
  const row = await intakes(reader).where('id', '=', id).executeTakeFirst()
  return row ? intakeOf(row) : null
}

/** The intake with its rows, held until the transaction ends. */
export async function lock(tx: Tx, id: string): Promise<FullIntake | null> {
  const row = await tx.selectFrom('catalogue.intake').select([...columns, 'rows', 'ended']).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? { ...intakeOf(row), rows: row.rows as unknown as FullIntake['rows'], ended: row.ended as unknown as string[] } : null
}

export async function begin(tx: Tx, one: { how: Intake['how']; state: IntakeState; source: string; whole: boolean; since: string; rows: readonly unknown[]; at: Date; by: string }): Promise<string> {
  const row = await tx.insertInto('catalogue.intake')
    .values({ how: one.how, state: one.state, source: one.source, whole: one.whole, since: one.since, rows: JSON.stringify(one.rows), begun_at: one.at, by_name: one.by })
    .returning('id').executeTakeFirstOrThrow()
  return row.id
}

/** The fetch that is under way, or a new one after the last that was taken in; one that waits for a yes gives way to it. */
export async function beginSync(tx: Tx, one: { source: string; at: Date; by: string }): Promise<{ id: string; since: string }> {
  await sql`select pg_advisory_xact_lock(hashtext('catalogue.sync'))`.execute(tx)
  const open = await tx.selectFrom('catalogue.intake').select(['id', 'since']).where('how', '=', 'dong_bo').where('state', '=', 'dang_lay').executeTakeFirst()
  if (open) return open
  await tx.updateTable('catalogue.intake').set({ state: 'bo', rows: '[]', ended: '[]', ended_at: one.at, why: 'Có lần đồng bộ sau.' }).where('how', '=', 'dong_bo').where('state', '=', 'cho').execute()
  const last = await tx.selectFrom('catalogue.intake').select('revision').where('how', '=', 'dong_bo').where('state', '=', 'xong').orderBy('ended_at', 'desc').limit(1).executeTakeFirst()
  const since = last?.revision ?? ''
  return { id: await begin(tx, { how: 'dong_bo', state: 'dang_lay', source: one.source, whole: since === '', since, rows: [], at: one.at, by: one.by }), since }
}

/** A page more; one that somebody else has put there already is nothing. */
export async function addPage(tx: Tx, id: string, one: { page: number; revision: string; rows: readonly unknown[]; ended: readonly string[] }): Promise<void> {
  await tx.updateTable('catalogue.intake')
    .set({ pages_done: one.page, revision: one.revision, rows: sql`rows || ${JSON.stringify(one.rows)}::jsonb`, ended: sql`ended || ${JSON.stringify(one.ended)}::jsonb`, why: null })
    .where('id', '=', id).where('state', '=', 'dang_lay').where('pages_done', '=', one.page - 1).execute()
}

export const restart = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.updateTable('catalogue.intake').set({ pages_done: 0, revision: null, rows: '[]', ended: '[]' }).where('id', '=', id).where('state', '=', 'dang_lay').execute())

export const noteFault = async (tx: Tx, id: string, why: string): Promise<void> => void (await tx.updateTable('catalogue.intake').set({ why: why.slice(0, 1000) }).where('id', '=', id).where('state', '=', 'dang_lay').execute())

export const wait = async (tx: Tx, id: string, gone: number): Promise<void> => void (await tx.updateTable('catalogue.intake').set({ state: 'cho', gone }).where('id', '=', id).execute())

export async function end(tx: Tx, id: string, one: { state: 'xong' | 'bo' | 'hong'; at: Date; report?: ImportReport; decidedBy?: string | null; why?: string }): Promise<void> {
  const { report } = one
  await tx.updateTable('catalogue.intake')
    .set({
      state: one.state, ended_at: one.at, rows: '[]', ended: '[]', why: one.why ?? null, decided_by_name: one.decidedBy ?? null,
      ...(report ? { added: report.added, changed: report.changed, gone: report.gone, same: report.same } : {}),
    })
    .where('id', '=', id).execute()
}

/** What an intake that waits would end as things are now. */
export async function wouldEnd(reader: Reader, { id, whole }: Intake): Promise<{ known: number; gone: CatalogueEntry[] }> {
  const [known, row] = await Promise.all([live(reader), reader.selectFrom('catalogue.intake').select(['rows', 'ended']).where('id', '=', id).executeTakeFirstOrThrow()])
  const [given, over] = [new Set((row.rows as unknown as { code: string }[]).map((one) => one.code)), new Set(row.ended as unknown as string[])]
  return { known: known.length, gone: known.filter((entry) => !given.has(entry.code) && (whole || over.has(entry.code))) }
}
