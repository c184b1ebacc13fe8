// Work for later: a job is a row written in the act's own transaction, so it exists exactly when the act does.

import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Reader, Tx } from '../db/index.ts'

/** A named kind of slow or timed work. Runs at least once; must be idempotent. */
export interface Job<P = unknown> {
  readonly name: string
  run(ctx: Ctx, payload: P): Promise<void>
}

export interface EnqueueOptions {
  /** Not before this instant. */
  readonly runAt?: Date
  /** Not before so many milliseconds have passed, by the database's own clock. */
  readonly afterMs?: number
  /** A job with the same key that has not run yet is replaced. */
  readonly key?: string
  readonly maxAttempts?: number
}

export async function enqueue(tx: Tx, task: string, payload: unknown, { runAt, afterMs, key, maxAttempts = 25 }: EnqueueOptions = {}): Promise<void> {
  const at = afterMs === undefined ? sql`core.machine_time(${runAt ?? null}::timestamptz)` : sql`now() + ${afterMs}::float8 * interval '1 millisecond'`
  await sql`select graphile_worker.add_job(${task}::text, payload := ${JSON.stringify(payload)}::json, run_at := ${at},
    job_key := ${key ?? null}::text, max_attempts := ${maxAttempts}::int)`.execute(tx)
}

/** Withdraws a job that has not run yet; silent when there is none. */
export async function withdraw(tx: Tx, key: string): Promise<void> {
  await sql`select graphile_worker.remove_job(${key}::text)`.execute(tx)
}

/** Work for later that has failed and waits to be tried again, or has been given up: name, tries, the last fault's first line. */
export async function troubledJobs(reader: Reader): Promise<{ task: string; attempts: number; fault: string }[]> {
  const { rows } = await sql<{ task: string; attempts: number; fault: string }>`
    select task_identifier as task, attempts, split_part(coalesce(last_error, ''), E'\\n', 1) as fault from graphile_worker.jobs
    where last_error is not null order by id limit 100`.execute(reader)
  return rows
}
