// The worker: runs reactions and timed jobs from the queue; as many as needed may run side by side.

import { Logger, parseCronItems, type Runner, run, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { type Env, systemCtx } from '#core/ctx.ts'
import { react } from '#core/events/index.ts'
import { RECONCILE_CRON } from '#modules/payments/index.ts'
import { refreshLaw } from '#modules/rules/index.ts'
import { jobs } from './modules.ts'

const quiet = new Logger(() => (level, message) => {
  if (level === 'error') console.error(`[việc nền] ${message}`)
})

export async function startWorker(env: Env, pool: pg.Pool, { concurrency = 4 }: { concurrency?: number } = {}): Promise<Runner> {
  const taskList: TaskList = { react: (payload) => react(systemCtx(env, 'Hệ thống'), payload as never) }
  for (const job of jobs) taskList[job.name] = async (payload) => {
    await refreshLaw(env)
    await job.run(systemCtx(env, 'Hệ thống'), payload as never)
  }
  return run({ pgPool: pool, taskList, concurrency, pollInterval: 1000, parsedCronItems: parseCronItems([{ task: 'identity.forget', match: '0 2 * * *' }, { task: 'identity.disable_unused', match: '30 2 * * *' }, RECONCILE_CRON, { task: 'org.go_live', match: '5 23 * * *' }, { task: 'org.leavers', match: '5 17 * * *' }, { task: 'org.signing', match: '0 22 * * *' }, { task: 'files.sweep', match: '17 * * * *' }, { task: 'dossiers.successors', match: '41 * * * *' }, { task: 'reorg.due', match: '11 * * * *' }, { task: 'catalogue.forget', match: '20 19 * * *' }, { task: 'catalogue.sync', match: '50 18 * * *' }, { task: 'moves.forget', match: '40 19 * * *' }, { task: 'notify.sweep', match: '* * * * *' }]), noHandleSignals: true, logger: quiet })
}

/** Takes jobs back from workers that were killed. Only for whoever owns the whole queue: nobody else may be working on it. */
export async function releaseJobs(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ worker: string }>('select distinct locked_by as worker from graphile_worker.jobs where locked_by is not null')
  if (rows.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [rows.map((row) => row.worker)])
}
