// Whether somebody is at a plan right now: a lock that ends with the transaction that runs it, so that a worker that died leaves nothing behind.

import { sql } from 'kysely'
import type { Db, Reader, Tx } from '#core/db/index.ts'
import { announce, progressed, shut, withdrawn } from '#core/db/gate.ts'
import { Conflict, Unavailable } from '#core/errors.ts'

const RUN = 20_250_702

/** Waiting for acts under way gives up after so long and is tried again; nobody waits longer before the gate than an act itself may take. */
const GATE_SECONDS = 8

const timedOut = (thrown: unknown): boolean => (thrown as { code?: unknown }).code === '55P03'

/** Has the plan to itself until the transaction ends, unless somebody else has it. */
export async function take(tx: Tx, plan: string): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${RUN}, hashtext(${plan})) as mine`.execute(tx)
  return rows[0]!.mine
}

/** Which of the plans somebody is at. */
export async function underWay(reader: Reader, plans: readonly string[]): Promise<Set<string>> {
  if (plans.length === 0) return new Set()
  const { rows } = await sql<{ plan: string }>`select p.plan from unnest(${[...plans]}::text[]) as p (plan) where exists (
    select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
      and l.classid = ${RUN}::oid and l.objsubid = 2 and l.objid::bigint = (hashtext(p.plan)::bigint & 4294967295))`.execute(reader)
  return new Set(rows.map((row) => row.plan))
}

/** Has the plan to itself; waits a while for whoever is at it. Throws Conflict('reorg.running'). */
export async function takePatiently(tx: Tx, plan: string): Promise<void> {
  try {
    await sql`select set_config('lock_timeout', ${`${GATE_SECONDS}s`}, true)`.execute(tx)
    await sql`select pg_advisory_xact_lock(${RUN}, hashtext(${plan}))`.execute(tx)
    await sql`select set_config('lock_timeout', '0', true)`.execute(tx)
  } catch (thrown) {
    throw timedOut(thrown) ? new Conflict('reorg.running', 'Kế hoạch này đang chạy; trang này cho biết khi xong.') : thrown
  }
}

/** The most a run takes on a small machine: measured on two busy cores 478 s for 50,000 open dossiers and 10,252 officers, 54 s for 2,000 and as many officers. */
export const expectedMs = (totals: { readonly dossiers: number; readonly officers: number }): number => 10_000 + totals.dossiers * 10 + totals.officers * 4

/** Says how far the run has come; whatever cannot be said does not stop it. */
export type Progress = (doing: string, whole?: { readonly of: number; readonly expectedMs?: number }) => Promise<void>

export function progressOf(db: Db, plan: string): Progress {
  let [done, of] = [0, 0]
  return async (doing, whole) => {
    of = whole?.of ?? of
    await progressed(db, plan, { done: Math.min(done++, of), of, doing, expectedMs: whole?.expectedMs ?? null }).catch(() => undefined)
  }
}

/** Shuts the gate and says so. Throws Unavailable('reorg') while acts under way do not end. */
export async function shutHouse(tx: Tx, db: Db, plan: string, expected: number | null): Promise<void> {
  try {
    await shut(tx, GATE_SECONDS)
  } catch (thrown) {
    if (!timedOut(thrown)) throw thrown
    throw new Unavailable('reorg', `Có việc đang ghi dở quá ${GATE_SECONDS} giây nên chưa bắt đầu được; không có gì thay đổi. Thử lại sau ít phút.`, { cause: thrown as Error, afterS: 60 })
  }
  await announce(db, plan, expected)
}

export const openHouse = (db: Db, plan: string): Promise<void> => withdrawn(db, plan).catch(() => undefined)
