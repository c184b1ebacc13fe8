// Jobs on the month's own clock: what is due at an instant of the simulated month runs when that month gets there, everything else at once.

import { type TaskList, Logger, runOnce } from 'graphile-worker'
import type pg from 'pg'
import { type Env, systemCtx } from '#core/ctx.ts'
import { react } from '#core/events/index.ts'
import { sweep } from '#modules/notify/index.ts'
import { jobs } from '../modules.ts'

const HOLD = `
  create table if not exists simulated_timer (key text primary key, due timestamptz not null);
  create or replace function hold_timer() returns trigger language plpgsql as $$ begin
    if new.run_at <> now() then -- a job for a certain instant, not for now
      insert into simulated_timer values (coalesce(new.key, new.id::text), new.run_at)
        on conflict (key) do update set due = excluded.due;
      new.run_at := 'infinity';
    end if;
    return new;
  end $$;
  create or replace trigger hold_timer before insert on graphile_worker._private_jobs for each row execute function hold_timer()`

const RELEASE = `
  with due as (delete from simulated_timer where due <= $1 returning key)
  update graphile_worker._private_jobs set run_at = now() from due where coalesce(_private_jobs.key, _private_jobs.id::text) = due.key`

const faults: string[] = []
const quiet = new Logger(() => (level, message) => {
  if (level === 'error') faults.push(message)
})

export interface Timers {
  /** Runs all that is due by the clock of the month, until nothing is left. */
  settle(): Promise<void>
  /** Jobs that failed, in the words of the queue. */
  readonly faults: readonly string[]
}

export async function openTimers(env: Env, pool: pg.Pool): Promise<Timers> {
  await pool.query(HOLD)
  const taskList: TaskList = { react: (payload) => react(systemCtx(env, 'Hệ thống'), payload as never) }
  for (const job of jobs) taskList[job.name] = (payload) => job.run(systemCtx(env, 'Hệ thống'), payload as never)
  return {
    faults,
    async settle() {
      const run = () => runOnce({ pgPool: pool, taskList, concurrency: 4, logger: quiet, noHandleSignals: true })
      for (let again = true; again;) {
        const { rowCount } = await pool.query(RELEASE, [env.clock.now()])
        await run()
        again = (rowCount ?? 0) > 0
      }
      // what the worker does every minute: messages whose time has come, by the clock of the month
      await sweep(systemCtx(env, 'Hệ thống'))
      await run()
    },
  }
}
