// Moving dossiers between versions as its tests do it: publish a changed record, file, plan, ask, confirm, carry out; and look at a dossier row by row.

import { systemCtx } from '#core/ctx.ts'
import { procedureTexts } from '#main/pack.ts'
import { completeStep, type Dossier } from '#modules/dossiers/index.ts'
import { askMove, beginPlan, type Case, choose, confirmMove, jobs, listCases, type Plan, viewPlan } from '#modules/moves/index.ts'
import { unitKeys } from '#modules/org/index.ts'
import { importRecord, type ProcedureRecord } from '#modules/procedures/index.ts'
import type { TestApp } from './app.ts'
import { doerOf, file, openItems, saying } from './walk.ts'

// biome-ignore lint/suspicious/noExplicitAny: a record that is about to be changed has no type
export type Json = any
export const MARRIAGE = '1.004873'
export const recordOf = (code: string): Json => JSON.parse(procedureTexts().find(({ name }) => name.startsWith(code))!.text)

export const ASKED = { reason: 'Quyết định mới có hiệu lực.', decision: '301/QĐ-BTP ngày 10/11/2026' }

/** The verbs over one platform, which may begin later than the file is read. */
export function moving(app: () => TestApp) {
  /** Publishes a changed text of the procedure; its number. */
  async function publish(code: string, change: (record: Json, step: (id: string) => Json) => void, from = '2026-11-10'): Promise<number> {
    const record = recordOf(code)
    record.effectiveFrom = from
    for (const one of record.cases) one.expect = {}
    change(record, (id) => record.steps.find((one: Json) => one.id === id))
    const done = await importRecord(systemCtx(app().env, 'test'), JSON.stringify(record), await unitKeys(app().env.db))
    return done.version
  }

  const golden = (code: string): ProcedureRecord['cases'][number] => recordOf(code).cases.find((one: Json) => one.expect.valid !== false && one.channel === 'truc_tuyen')
  const filed = async (code = MARRIAGE, who = 'congdan1'): Promise<Dossier> => {
    const { form, applicant } = golden(code)
    return file(await app().as(who), { procedure: code, unit: '14797', channel: 'truc_tuyen', form, applicant: applicant as object })
  }

  /** Does the first open step with this outcome. */
  async function step(dossier: Dossier, outcome: string): Promise<Dossier> {
    const item = (await openItems(app(), dossier)).find((one) => one.outcomes.some(({ key }) => key === outcome))!
    return completeStep(await app().as(await doerOf(app(), item)), { item: item.id, outcome, ...(await saying(app(), dossier, item, outcome)) })
  }

  const rows = async (text: string, values: unknown[]): Promise<Json[]> => (await app().database.pool.query(text, values)).rows

  /** Everything of a dossier as it lies in the database, but what only ever goes on: its revision and when it was touched. */
  async function whole(id: string): Promise<Json> {
    const of = async (table: string, where: string, less: string[] = []) =>
      (await rows(`select to_jsonb(t) as row from ${table} t where ${where} order by to_jsonb(t)::text`, [id])).map(({ row }) => { for (const key of less) delete row[key]; return row })
    return {
      dossier: await of('dossiers.dossier', 't.id = $1', ['revision', 'updated_at']), processes: await of('work.process', 't.subject = $1::text'),
      tokens: await of('work.token', 't.process_id in (select id from work.process where subject = $1::text)'), items: await of('work.item', 't.subject = $1::text'),
      fees: await of('dossiers.fee', 't.dossier_id = $1'), parts: await of('dossiers.part', 't.dossier_id = $1'), pauses: await of('dossiers.pause', 't.dossier_id = $1'), pending: await of('dossiers.pending', 't.dossier_id = $1'),
      timers: (await rows(`select key, run_at from graphile_worker.jobs where key like 'timer:%' and key like any (select 'timer:' || p.id || ':%' from work.process p where subject = $1::text) order by key`, [id])),
    }
  }

  const mover = () => app().as('kiemsoat.h56')
  const second = () => app().as('quantriht.h56')
  const job = (name: string) => jobs.find((one) => one.name === name)!.run as (ctx: ReturnType<typeof systemCtx>, payload: { plan: string }) => Promise<void>
  const state = async (plan: Plan): Promise<Plan> => (await viewPlan(await mover(), plan.code, plan.id)).plan

  /** The job of a plan until it is through, as the worker would. */
  async function through(plan: Plan, name: 'moves.run' | 'moves.undo'): Promise<Plan> {
    for (let guard = 0; guard < 50; guard++) {
      const now = await state(plan)
      if (now.state !== 'running' && now.state !== 'undoing') return now
      await job(name)(systemCtx(app().env, 'Hệ thống'), { plan: plan.id })
    }
    throw new Error('endless')
  }

  /** Plans, asks and confirms the move of all that can, or of these. */
  async function move(code: string, from: number, to: number, dossiers: Dossier[] | null = null, choices: Partial<Parameters<typeof choose>[1]> = {}): Promise<{ plan: Plan; cases: Case[] }> {
    let plan = await beginPlan(await mover(), { code, from, to })
    plan = await choose(await mover(), { plan: plan.id, revision: plan.revision, ...choices })
    plan = await askMove(await mover(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: dossiers?.map((one) => one.id) ?? null })
    if (plan.state === 'waiting') plan = await confirmMove(await second(), { plan: plan.id, revision: plan.revision })
    plan = await through(plan, 'moves.run')
    return { plan, cases: await listCases(await mover(), plan.id, { limit: 500 }) }
  }

  return { publish, golden, filed, step, rows, whole, mover, second, job, state, through, move }
}

export const caseOf = (cases: Case[], dossier: Dossier): Case => cases.find((one) => one.dossierId === dossier.id)!
