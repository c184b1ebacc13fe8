// The roads beside the golden ones: supplement with the clock stopped, refusal, no result, silence, withdrawal; and random walks over all records.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCtx, systemCtx } from '#core/ctx.ts'
import { procedureTexts } from '#main/pack.ts'
import { jobs } from '#main/modules.ts'
import { accept, completeStep, type Dossier, needDossier, STATES, supplement, viewDossier, withdraw } from '#modules/dossiers/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type Item, listItems } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { doerOf, file, openItems, saying, walk } from '../support/walk.ts'

const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)
const goldenOf = (record: ProcedureRecord) => record.cases.find((one) => one.expect.valid !== false)!
const clock = new MovableClock('2026-07-15T09:10:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

async function filed(code: string, login?: string): Promise<Dossier> {
  const record = records.find((one) => one.code === code)!
  const golden = goldenOf(record)
  clock.to(golden.receivedAt)
  const by = login ?? (golden.channel === 'truc_tuyen' ? 'congdan1' : 'motcua.14797')
  return file(await app.as(by), { procedure: code, unit: '14797', channel: golden.channel, form: golden.form, applicant: golden.applicant })
}

const outcomeWith = (item: Item, effect: string) => item.outcomes.find((one) => one.effect === effect)?.key
const reload = (dossier: Dossier) => needDossier(app.env.db, systemCtx(app.env, 'test'), dossier.id)

async function step(dossier: Dossier, choose: (item: Item) => string | undefined): Promise<Dossier> {
  const [item] = await openItems(app, dossier)
  const ctx = await app.as(await doerOf(app, item!))
  const outcome = choose(item!) ?? item!.outcomes[0]!.key
  return completeStep({ ...ctx, now: clock.now() }, { item: item!.id, outcome, ...(await saying(app, dossier, item!, outcome)) })
}

describe('a supplement in processing', () => {
  test('stops the legal clock, is asked once only, and the time is given back', async () => {
    const dossier = await filed('1.004194')
    clock.to('2026-11-16T08:00:00+07:00') // Monday
    let now = await step(dossier, (item) => outcomeWith(item, 'accept'))
    expect(now.state).toBe('DA_TIEP_NHAN')
    const firstDue = now.dueAt!
    for (let guard = 0; guard < 5 && now.state !== 'YC_BO_SUNG'; guard++) now = await step(dossier, (item) => outcomeWith(item, 'request_supplement'))
    expect(now.state).toBe('YC_BO_SUNG')
    expect(now.pausedAt).not.toBeNull()
    clock.to('2026-11-18T08:00:00+07:00') // two working days later
    const owner = dossier.citizenId ? makeCtx(app.env, (await app.as('congdan1')).actor) : await app.as('motcua.14797')
    now = await supplement({ ...owner, now: clock.now() }, { dossier: dossier.code! })
    expect(now.pausedAt).toBeNull()
    expect(now.dueAt!.getTime()).toBeGreaterThan(firstDue.getTime())
    expect(now.firstDueAt).toEqual(firstDue)
    expect(now.derivation).toContain('tạm dừng')
    const again = (await openItems(app, dossier)).find((item) => outcomeWith(item, 'request_supplement'))
    if (again) {
      const ctx = await app.as(await doerOf(app, again))
      await expect(completeStep(ctx, { item: again.id, outcome: outcomeWith(again, 'request_supplement')!, ...(await saying(app, dossier, again, outcomeWith(again, 'request_supplement')!)) })).rejects.toMatchObject({ code: 'dossiers.supplement_once' })
    }
    const { last } = await walk(app, dossier)
    expect(last.state).toBe('DA_TRA')
  })
})

describe('silence', () => {
  test('is taken for the outcome that the law names, and a late timer is no fault', async () => {
    const dossier = await filed('1.001193', 'congdan1')
    await step(dossier, (item) => outcomeWith(item, 'accept'))
    await step(dossier, () => 'gui_ban_thao')
    const [waiting] = await openItems(app, dossier)
    expect(waiting!.step).toBe('xac_nhan_ban_thao')
    const { rows } = await app.database.pool.query("select payload, run_at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'dossiers.timer'")
    expect(rows).toHaveLength(1)
    clock.to(rows[0].run_at.toISOString())
    const timer = jobs.find((one) => one.name === 'dossiers.timer')!
    await timer.run(systemCtx(app.env, 'Hệ thống'), rows[0].payload as never)
    expect((await openItems(app, dossier)).map((item) => item.step)).toEqual(['ghi_so'])
    expect((await listItems(app.env.db, dossier.id)).find((item) => item.id === waiting!.id)).toMatchObject({ state: 'done', outcome: 'dong_y' })
    await timer.run(systemCtx(app.env, 'Hệ thống'), rows[0].payload as never)
    expect((await openItems(app, dossier)).map((item) => item.step)).toEqual(['ghi_so'])
  })
})

describe('withdrawal', () => {
  test('ends the dossier and its open work, until a result is signed', async () => {
    const dossier = await filed('1.001193', 'congdan1')
    await step(dossier, (item) => outcomeWith(item, 'accept'))
    const after = await withdraw(await app.as('congdan1'), { dossier: dossier.code!, note: 'Đổi ý' })
    expect(after.state).toBe('RUT_HO_SO')
    expect(await openItems(app, dossier)).toEqual([])

    const other = await filed('1.001193', 'congdan1')
    for (let guard = 0; guard < 8 && !(await reload(other)).signedAt; guard++) await step(other, () => undefined)
    await expect(withdraw(await app.as('congdan1'), { dossier: other.code! })).rejects.toMatchObject({ code: 'dossiers.signed' })
  })

  test('is not a stranger’s to make', async () => {
    const dossier = await filed('1.001193', 'congdan1')
    await expect(withdraw(await app.as('congdan2'), { dossier: dossier.code! })).rejects.toMatchObject({ status: 404 })
    await expect(withdraw(await app.as('chuyenvien.14797'), { dossier: dossier.code! })).rejects.toMatchObject({ status: 403 })
  })
})

describe('two officers', () => {
  test('accepting at once: one is told that the other was first', async () => {
    const dossier = await filed('1.001193', 'congdan1')
    const both = await Promise.allSettled([accept(await app.as('motcua.14797'), { dossier: dossier.code! }), accept(await app.as('motcua2.14797'), { dossier: dossier.code! })])
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { status: 409 } })
    const view = await viewDossier(await app.as('motcua.14797'), dossier.code!)
    expect(view.papers.filter((paper) => paper.kind === 'receipt')).toHaveLength(1)
  })
})

describe.each(records.map((record) => [record.code, record] as const))('%s at random', (code, _record) => {
  test('every walk ends in a final state with no work left and all clocks stopped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { minLength: 30, maxLength: 30 }), async (choices) => {
        const dossier = await filed(code)
        let at = 0
        let steps = 0
        // after thirty free choices the first outcome is taken, which leads home
        const choose = (item: Item): string => {
          const allowed = item.outcomes.filter((one) => one.effect !== 'request_supplement' || steps === 0)
          const offers = allowed.length > 0 ? allowed : item.outcomes
          const pick = at < 12 ? offers[choices[at++]! % offers.length]! : offers[0]!
          if (pick.effect === 'request_supplement') steps++
          return pick.key
        }
        const { last } = await walk(app, dossier, choose)
        expect(STATES[last.state].final).toBe(true)
        expect(await openItems(app, dossier)).toEqual([])
        expect(last.pausedAt).toBeNull()
        expect(last.closedAt).not.toBeNull()
      }),
      { numRuns: 3 },
    )
  })
})
