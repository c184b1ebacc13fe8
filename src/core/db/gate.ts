// The gate of the house: every act passes it, many at a time; who rearranges the whole house shuts it and is alone for that while.

import { sql } from 'kysely'
import type { Db, Reader, Tx } from './index.ts'

const GATE = 20_250_701

/** Whether the transaction may go on: false while somebody has the house alone, or waits for it. */
export async function passed(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`select pg_try_advisory_xact_lock_shared(${GATE}) as open`.execute(tx)
  return rows[0]!.open
}

/** Waits until every act under way has ended, and keeps others out until this transaction ends. Throws the database's 55P03 after `seconds`. */
export async function shut(tx: Tx, seconds: number): Promise<void> {
  await sql`select set_config('lock_timeout', ${`${seconds}s`}, true)`.execute(tx)
  await sql`select pg_advisory_xact_lock(${GATE})`.execute(tx)
  await sql`select set_config('lock_timeout', '0', true)`.execute(tx)
}

/** How far whoever has the house alone has come, by the clock of the database. */
export interface Shut {
  readonly elapsedMs: number
  /** Of the whole, as far as it could be foreseen. */
  readonly expectedMs: number | null
  readonly done: number
  readonly of: number | null
  readonly doing: string | null
}

/** Says, for others to read at once, that a run has the house alone. Never within its own transaction. */
export async function announce(db: Db, run: string, expectedMs: number | null): Promise<void> {
  await sql`insert into core.gate (run, expected_ms) values (${run}::uuid, ${expectedMs}) on conflict (run) do update set began_at = clock_timestamp(), expected_ms = excluded.expected_ms, done = 0, of = null, doing = null`.execute(db)
}

export async function progressed(db: Db, run: string, { done, of, doing, expectedMs }: { done: number; of: number; doing: string; expectedMs: number | null }): Promise<void> {
  await sql`update core.gate set done = ${done}, of = ${of}, doing = ${doing}, expected_ms = coalesce(${expectedMs}, expected_ms) where run = ${run}::uuid`.execute(db)
}

export async function withdrawn(db: Db, run: string): Promise<void> {
  await sql`delete from core.gate where run = ${run}::uuid`.execute(db)
}

/** What was said last by whoever has the house alone, or by this run; null when nothing was. A run that died has left its word behind: ask only while the gate is shut. */
export async function atGate(reader: Reader, run: string | null = null): Promise<Shut | null> {
  const { rows } = await sql<Shut>`select (extract(epoch from clock_timestamp() - began_at) * 1000)::bigint as "elapsedMs", expected_ms as "expectedMs", done, of, doing from core.gate
    where ${run}::uuid is null or run = ${run}::uuid order by began_at desc limit 1`.execute(reader)
  return rows[0] ?? null
}

const TURN_MS = 60_000
const LONGEST_MS = 900_000

/** How long it will still take, as far as that can be said. */
export const leftMs = ({ elapsedMs, expectedMs }: Shut): number | null => (expectedMs !== null && expectedMs > elapsedMs ? expectedMs - elapsedMs : null)

/** After how long it is worth asking again. */
export const againMs = (shut: Shut | null): number => Math.min(LONGEST_MS, Math.max(20_000, (shut && leftMs(shut)) ?? TURN_MS))

/** “8 phút”, “40 giây”: rounded up, nobody counts seconds of minutes. */
export const lastingWords = (ms: number): string => (ms < 90_000 ? `${Math.max(10, Math.ceil(ms / 10_000) * 10)} giây` : `${Math.ceil(ms / 60_000)} phút`)

/** What somebody before the shut gate is told: how far it has come, what was not written, when to send again. */
export function shutWords(shut: Shut | null): string {
  const left = shut && leftMs(shut)
  const far = shut && [
    `đã chạy ${lastingWords(shut.elapsedMs)}`, shut.of ? `xong ${shut.done} trên ${shut.of} phần` : null,
    left ? `dự kiến còn nhiều nhất khoảng ${lastingWords(left)}` : shut.expectedMs ? 'lâu hơn dự kiến' : null,
  ].filter(Boolean).join(', ')
  return `Các đơn vị đang được sắp xếp lại${far ? ` (${far})` : ''}. Việc vừa gửi chưa được ghi, những gì đã gửi trước đó không mất; xin gửi lại sau ${lastingWords(againMs(shut))}.`
}

/** Says that the gate was shut when an act came; `inTransaction` waits and tries again. */
export class GateShut extends Error {}
