// The gate of the house: every act passes it, many at a time; who rearranges the whole house shuts it and is alone for that while.

import { sql } from 'kysely'
import type { Tx } from './index.ts'

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

/** Says that the gate was shut when an act came; `inTransaction` waits and tries again. */
export class GateShut extends Error {}
