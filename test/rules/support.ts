// What tests of changed rules share: a change planned by one and confirmed by another, its day, and the jobs that follow from it.

import { systemCtx } from '#core/ctx.ts'
import { react } from '#core/events/index.ts'
import { jobs } from '#main/modules.ts'
import { procedureTexts } from '#main/pack.ts'
import { importRecord, type ProcedureRecord } from '#modules/procedures/index.ts'
import { applyChange, confirmChange, planChange, type RuleChange } from '#modules/rules/index.ts'
import type { TestApp } from '../support/app.ts'

export const recordOf = (code: string) => JSON.parse(procedureTexts().find(({ name }) => name.startsWith(code))!.text) as ProcedureRecord
export const golden = (code: string) => recordOf(code).cases.find((one) => one.channel === 'truc_tuyen' && one.expect.valid !== false)!
export const BASIS = { document: '01/2027/NĐ-CP', clause: 'Khoản 1 Điều 5 Nghị định 01/2027/NĐ-CP', transition: 'filed_after' as const }
export const ALL_OPEN = { ...BASIS, transition: 'all_open' as const, transitionClause: 'Điều 20 Nghị định 01/2027/NĐ-CP' }

export async function drain(app: TestApp): Promise<void> {
  for (let round = 0; round < 10; round++) {
    const { rows } = await app.database.pool.query("select j.id, t.identifier as task, p.payload from graphile_worker._private_jobs p join graphile_worker.jobs j on j.id = p.id join graphile_worker._private_tasks t on t.id = p.task_id where t.identifier in ('react', 'dossiers.rule', 'appeals.rule') and j.run_at <= now() order by p.id")
    const mine = rows.filter((row) => row.task !== 'react' || /(dossiers|appeals)\.rule|rules\.tell/.test(JSON.stringify(row.payload)))
    if (mine.length === 0) return
    for (const row of mine) {
      await app.database.pool.query('delete from graphile_worker._private_jobs where id = $1', [row.id])
      const ctx = systemCtx(app.env, 'test')
      if (row.task === 'react') await react(ctx, row.payload)
      else await jobs.find((job) => job.name === row.task)!.run(ctx, row.payload as never)
    }
  }
}

/** The day's job: applies, and runs what the fact has queued until nothing is left. */
export async function day(app: TestApp, change: string): Promise<void> {
  await applyChange(systemCtx(app.env, 'test'), { change })
  await drain(app)
}

/** Planned by one, confirmed by the other. */
export async function confirmed(app: TestApp, input: Parameters<typeof planChange>[1]): Promise<RuleChange> {
  const made = await planChange(await app.as('kiemsoat.h56'), input)
  return confirmChange(await app.as('kiemsoat.h56.01'), { change: made.id })
}

/** A version as the workshop would publish it, from a day on. */
export async function publish(app: TestApp, code: string, effectiveFrom: string, more: (record: ProcedureRecord) => Partial<ProcedureRecord>): Promise<void> {
  const record = recordOf(code)
  await importRecord(systemCtx(app.env, 'test'), JSON.stringify({ ...record, effectiveFrom, ...more(record) }))
}
