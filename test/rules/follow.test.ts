// A changed figure and what stands in its way or follows it: later versions, coming ones, abolition; what waits for acceptance; open appeals; previews that say what they counted.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appealsOf, lodgeAppeal, previewAppeals, ruleOutcomeOfAppeals } from '#modules/appeals/index.ts'
import { accept, type Dossier, previewRule, refuse, ruleOutcome, viewDossier } from '#modules/dossiers/index.ts'
import { Abolished, getProcedure, listComing, listPublished, listVersions, withdrawVersion } from '#modules/procedures/index.ts'
import { findRuleChange, planChange, refreshLaw, retryChange, weighPlan, withdrawChange } from '#modules/rules/index.ts'
import { touchesOf } from '#web/admin/rules/touches.ts'
import { DEMO_PASSWORD } from '#main/seed.ts'
import { Visitor } from '../desk/visitor.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file } from '../support/walk.ts'
import { ALL_OPEN, BASIS, confirmed, day, golden, publish, recordOf } from './support.ts'

const clock = new MovableClock('2027-02-20T09:00:00+07:00')
let app: TestApp
beforeAll(async () => {
  app = await testApp({ clock })
}, 120_000)
afterAll(() => app.close())

const filed = async (code: string, at: string, form = golden(code).form): Promise<Dossier> => {
  clock.to(at)
  return file(await app.as('congdan1'), { procedure: code, unit: '14797', channel: 'truc_tuyen', form })
}
const keeper = () => app.as('kiemsoat.h56')

describe('a fee of a procedure with other versions', () => {
  const CODE = '1.001612'
  const FEE = `procedure:${CODE}:fee:LP_HKD`
  const on = async (date: string) => {
    const { record, number } = await getProcedure(app.env.db, CODE, date)
    return { fee: record.fees[0]!.amount, summary: record.summary, number }
  }
  const said = (summary: string, amount?: number) => publish(app, CODE, summary, (record) => ({ summary, ...(amount === undefined ? {} : { fees: [{ ...record.fees[0]!, amount }, ...record.fees.slice(1)], cases: record.cases.map((one) => ({ ...one, expect: { valid: one.expect.valid } })) }) }))

  test('a version in force since then keeps its form and steps and takes the figure', async () => {
    await said('2027-03-01')
    clock.to('2027-03-15T09:00:00+07:00')
    const before = await on('2027-03-15')
    expect(before).toMatchObject({ fee: 100_000, summary: '2027-03-01' })
    const made = await planChange(await keeper(), { rule: FEE, value: 50_000, validFrom: '2027-02-20', ...BASIS, note: 'Nghị quyết đến muộn' })
    expect((await touchesOf(await keeper(), made)).versions.map((one) => one.words)).toEqual([expect.stringContaining('Từ 20/02/2027'), expect.stringContaining('Từ 01/03/2027')])
    await withdrawChange(await keeper(), { change: made.id, why: 'Lập lại' })
    const change = await confirmed(app, { rule: FEE, value: 50_000, validFrom: '2027-02-20', ...BASIS, note: 'Nghị quyết đến muộn' })
    await day(app, change.id)
    expect(await on('2027-02-25')).toMatchObject({ fee: 50_000, summary: recordOf(CODE).summary })
    expect(await on('2027-03-15')).toMatchObject({ fee: 50_000, summary: '2027-03-01' })
    expect((await on('2027-02-19')).fee).toBe(100_000)
    const count = (await listVersions(app.env.db, CODE)).length
    await day(app, change.id)
    expect((await listVersions(app.env.db, CODE)).length, 'once').toBe(count)
  })

  test('a version still to come is not hidden, comes with the figure, and taken back leaves the figure', async () => {
    await said('2027-06-01', 50_000)
    clock.to('2027-03-20T09:00:00+07:00')
    await day(app, (await confirmed(app, { rule: FEE, value: 60_000, validFrom: '2027-03-20', ...BASIS })).id)
    expect(await on('2027-03-20')).toMatchObject({ fee: 60_000, summary: '2027-03-01' })
    expect(await on('2027-06-01')).toMatchObject({ fee: 60_000, summary: '2027-06-01' })
    const coming = (await listComing(app.env.db, '2027-03-20')).filter((one) => one.code === CODE)
    expect(coming).toHaveLength(1)
    await withdrawVersion(await keeper(), { version: coming[0]!.id, reason: 'Chưa đủ điều kiện' })
    expect(await on('2027-06-01')).toMatchObject({ fee: 60_000, summary: '2027-03-01' })
  })

  test('a later version that sets the figure itself keeps it, and so do its dossiers', async () => {
    await said('2027-04-10', 90_000)
    const open = await filed(CODE, '2027-04-12T09:00:00+07:00', { ...golden(CODE).form, start_date: '2027-08-01' })
    clock.to('2027-04-15T09:00:00+07:00')
    const made = await confirmed(app, { rule: FEE, value: 70_000, validFrom: '2027-04-01', ...BASIS, note: 'Muộn' })
    const seen = await touchesOf(await keeper(), made)
    expect(seen.versions.at(-1)).toMatchObject({ heed: true, words: expect.stringContaining('đã tự đặt 90.000') })
    expect(seen.impact.cases).toEqual([])
    await day(app, made.id)
    expect([(await on('2027-04-05')).fee, (await on('2027-04-15')).fee]).toEqual([70_000, 90_000])
    expect((await viewDossier(await app.as('congdan1'), open.id)).fees.map((fee) => fee.amount)).toEqual([90_000])
  })

  test('an abolished procedure stays abolished, whether its day has passed or is to come', async () => {
    await publish(app, CODE, '2027-05-20', () => ({ decision: { no: '9/QĐ-UBND', kind: 'bai_bo' } }))
    clock.to('2027-05-10T09:00:00+07:00')
    await day(app, (await confirmed(app, { rule: FEE, value: 80_000, validFrom: '2027-05-10', ...BASIS })).id)
    expect((await on('2027-05-19')).fee).toBe(80_000)
    await expect(on('2027-05-20')).rejects.toBeInstanceOf(Abolished)
    clock.to('2027-05-25T09:00:00+07:00')
    const late = await confirmed(app, { rule: FEE, value: 85_000, validFrom: '2027-05-15', ...BASIS, note: 'Muộn' })
    expect((await touchesOf(await keeper(), late)).versions).toEqual([expect.objectContaining({ heed: false }), expect.objectContaining({ heed: true, words: expect.stringContaining('vẫn bãi bỏ') })])
    await day(app, late.id)
    expect((await findRuleChange(app.env.db, late.id))!.state).toBe('applied')
    expect((await on('2027-05-16')).fee).toBe(85_000)
    await expect(on('2027-05-25')).rejects.toBeInstanceOf(Abolished)
    await expect(planChange(await keeper(), { rule: FEE, value: 1, validFrom: '2027-05-25', ...BASIS })).rejects.toBeInstanceOf(Abolished)
  })
})

describe('what cannot be applied on its day', () => {
  const CODE = '1.004363'
  const input = { rule: `procedure:${CODE}:fee:P-BVTV`, value: 700_000, validFrom: '2027-06-10', ...BASIS }

  test('halts with the sentence why, comes back to both, is tried again or planned anew', async () => {
    clock.to('2027-06-01T09:00:00+07:00')
    const change = await confirmed(app, input)
    await publish(app, CODE, '2027-06-05', () => ({ decision: { no: '10/QĐ-UBND', kind: 'bai_bo' } }))
    clock.to('2027-06-10T00:00:00+07:00')
    await day(app, change.id)
    expect(await findRuleChange(app.env.db, change.id)).toMatchObject({ state: 'halted', haltedWhy: expect.stringContaining('đã bãi bỏ từ ngày 05/06/2027'), appliedAt: null })
    const { rows } = await app.database.pool.query("select officer_id from notify.message where template = 'office.rule_halted' order by officer_id")
    expect(rows.map((row) => row.officer_id)).toEqual(['cb-kiemsoat.h56', 'cb-kiemsoat.h56.01'])
    clock.to('2027-06-10T09:00:00+07:00')
    const page = await Visitor.at(app, 'kiemsoat.h56')
    expect((await page.get(`/admin/rules/changes/${change.id}`)).text).toContain('đã bãi bỏ từ ngày 05/06/2027')
    expect((await page.press('Thử áp dụng lại')).text).toContain('Đang thử áp dụng lại')
    expect((await (await Visitor.at(app, 'motcua.14797')).post(`/admin/rules/changes/${change.id}/retrials`, [])).status).toBe(403)
    await day(app, change.id)
    expect((await findRuleChange(app.env.db, change.id))!.state, 'still in the way').toBe('halted')
    await expect(planChange(await keeper(), input)).rejects.toMatchObject({ status: 404 })
    await publish(app, CODE, '2027-06-08', () => ({ summary: 'Lấy lại' }))
    await retryChange(await keeper(), { change: change.id })
    await expect(retryChange(await keeper(), { change: change.id })).rejects.toMatchObject({ code: 'rules.not_halted' })
    await day(app, change.id)
    expect((await findRuleChange(app.env.db, change.id))!.state).toBe('applied')
    expect((await getProcedure(app.env.db, CODE, '2027-06-10')).record).toMatchObject({ summary: 'Lấy lại', fees: [{ amount: 700_000 }] })
  })

  test('withdrawn before its day nothing of it comes, and its page leads to a new plan', async () => {
    const change = await confirmed(app, { ...input, value: 650_000, validFrom: '2027-07-01' })
    const page = await Visitor.at(app, 'kiemsoat.h56')
    await page.get(`/admin/rules/changes/${change.id}`)
    expect((await page.press('Bỏ kế hoạch', { why: 'Văn bản được đính chính' })).text).toContain('Lập kế hoạch mới từ kế hoạch này')
    const form = await page.get(page.links('/changes/new')[0]!)
    expect([form.status, form.html.includes('650000'), form.html.includes('01/07/2027')]).toEqual([200, true, true])
    clock.to('2027-07-01T09:00:00+07:00')
    await day(app, change.id)
    expect((await getProcedure(app.env.db, CODE, '2027-07-01')).record.fees[0]!.amount).toBe(700_000)
  })
})

describe('a shorter term', () => {
  const CODE = '1.004363'
  const rule = `procedure:${CODE}:term`

  test('back-dated it binds what was filed in the gap and is accepted after', async () => {
    const old = await filed(CODE, '2027-07-02T09:00:00+07:00')
    const gap = await filed(CODE, '2027-07-06T09:00:00+07:00')
    clock.to('2027-07-08T09:00:00+07:00')
    const made = await confirmed(app, { rule, value: '10', unit: 'ngay_lam_viec', validFrom: '2027-07-05', ...BASIS, note: 'Văn bản đến muộn' })
    const shown = await previewRule(await keeper(), made)
    expect(shown.cases).toEqual([expect.objectContaining({ code: gap.code, how: 'awaits', before: '15 ngày làm việc', after: '10 ngày làm việc' })])
    expect(shown.units).toEqual([expect.objectContaining({ moved: 0, awaits: 1 })])
    await day(app, made.id)
    expect((await ruleOutcome(app.env.db, made.id)).awaits).toBe(1)
    const [after, before] = [await accept(await app.as('motcua.14797'), { dossier: gap.id }), await accept(await app.as('motcua.14797'), { dossier: old.id })]
    expect([after.derivation, before.derivation]).toEqual([expect.stringContaining('10 ngày làm việc'), expect.stringContaining('15 ngày làm việc')])
    expect(after.dueAt!.toISOString().slice(0, 10)).toBe('2027-07-22')
    expect(before.dueAt!.toISOString().slice(0, 10)).toBe('2027-07-29')
    expect((await getProcedure(app.env.db, CODE, '2027-07-08')).record.term.value).toBe(10)
  })

  test('for all that is open it binds those not accepted yet', async () => {
    const open = await filed(CODE, '2027-07-09T09:00:00+07:00')
    clock.to('2027-07-12T00:00:00+07:00')
    const made = await confirmed(app, { rule, value: '8', unit: 'ngay_lam_viec', validFrom: '2027-07-12', ...ALL_OPEN })
    await day(app, made.id)
    clock.to('2027-07-12T09:00:00+07:00')
    expect((await accept(await app.as('motcua.14797'), { dossier: open.id })).dueAt!.toISOString().slice(0, 10)).toBe('2027-07-22')
  })
})

describe('the time for an answer to an appeal', () => {
  const lodged = async (at: string) => {
    const dossier = await filed('1.004363', at)
    const [reason] = recordOf('1.004363').reasons.refusal!
    await refuse(await app.as('motcua.14797'), { dossier: dossier.id, reasons: [{ code: reason!.code, detail: 'Xem lại giấy tờ.' }] })
    return lodgeAppeal(await app.as('congdan1'), { dossier: dossier.id })
  }
  const now = async (appeal: { dossierId: string }) => (await appealsOf(await app.as('congdan1'), appeal.dossierId)).appeals[0]!

  test('longer by a clause for all that is open: once, later, with log; shorter: what was told stays; filed after: not bound', async () => {
    const open = await lodged('2027-07-20T09:00:00+07:00')
    const value = app.env.law.number('appealWorkingDays', '2027-07-20')
    clock.to('2027-07-22T00:00:00+07:00')
    const after = await confirmed(app, { rule: 'appealWorkingDays', value: value + 1, validFrom: '2027-07-21', ...BASIS, note: 'Muộn' })
    expect(await previewAppeals(await keeper(), after)).toMatchObject({ open: 1, bound: 0, cases: [] })
    await day(app, after.id)
    expect((await now(open)).dueAt).toEqual(open.dueAt)
    const longer = await confirmed(app, { rule: 'appealWorkingDays', value: value + 3, validFrom: '2027-07-22', ...ALL_OPEN })
    const shown = (await touchesOf(await keeper(), longer)).appeals!
    expect(shown.cases).toEqual([expect.objectContaining({ id: open.id, before: open.dueAt, how: 'moved' })])
    await day(app, longer.id)
    await day(app, longer.id)
    const moved = await now(open)
    expect(moved.dueAt).toEqual(shown.cases[0]!.after)
    expect(moved.dueAt.getTime()).toBeGreaterThan(open.dueAt.getTime())
    expect(moved.derivation).toContain('Quy định thay đổi')
    expect((await app.database.pool.query("select 1 from core.event where name = 'appeals.due_moved'")).rows).toHaveLength(1)
    expect((await app.database.pool.query('select run_at from graphile_worker.jobs where key = $1', [`appeals.due:${open.id}`])).rows[0].run_at).toEqual(moved.dueAt)
    expect(await ruleOutcomeOfAppeals(app.env.db, longer.id)).toEqual({ moved: 1, kept: 0 })
    clock.to('2027-07-23T00:00:00+07:00')
    await day(app, (await confirmed(app, { rule: 'appealWorkingDays', value: 2, validFrom: '2027-07-23', ...ALL_OPEN })).id)
    expect((await now(open)).dueAt).toEqual(moved.dueAt)
  })
})

describe('a preview', () => {
  const of = async (rule: string, value: number | string) => {
    const ctx = await keeper()
    const weighed = await weighPlan(app.env.db, ctx, { rule, value, validFrom: '2027-07-26', note: '', unit: undefined, ...ALL_OPEN })
    return touchesOf(ctx, { ...weighed, id: '00000000-0000-0000-0000-000000000000', plannedAt: ctx.now, plannedBy: '', plannedByName: '', confirmedAt: null, confirmedBy: null, confirmedByName: null, appliedAt: null, haltedAt: null, haltedWhy: null, withdrawnAt: null, withdrawnByName: null, withdrawnWhy: null, event: null })
  }

  test('counts what each rule is read for, or says in words that nothing is', async () => {
    const open = await filed('1.004363', '2027-07-23T09:00:00+07:00')
    await accept(await app.as('motcua.14797'), { dossier: open.id })
    const mine = (touches: Awaited<ReturnType<typeof of>>) => touches.impact.cases.find((one) => one.code === open.code)
    expect(mine(await of('dueAlertWorkingHoursBefore', 32))).toMatchObject({ what: 'alert', how: 'moved' })
    expect(mine(await of('apologyWorkingDaysBefore', 5))).toMatchObject({ what: 'apology' })
    expect(mine(await of('supplementsInProcessing', 2))).toMatchObject({ what: 'supplements', before: '1 lần', after: '2 lần' })
    expect((await of('supplementShare', '0,9')).impact).toMatchObject({ unread: null, open: expect.any(Number) })
    for (const [rule, value] of [['transferCutoffHour', '16:00'], ['appealWithinDays', 120]] as const) expect((await of(rule, value)).impact, rule).toMatchObject({ unread: expect.stringContaining('đọc lúc'), open: 0 })
  })

  test('names the procedures that read the rule and claims no golden case was run', async () => {
    const all = (await listPublished(app.env.db, '2027-07-26')).length
    const [share, delivery, reception] = [await of('supplementShare', '0,9'), await of('deliveryWorkingDays', 3), await of('receptionHours', 4)]
    expect(delivery.procedures).toHaveLength(all)
    for (const { why } of share.procedures) expect(why).toMatch(/bổ sung được ở bước “|được gọi ở bước “/)
    const online = (await Promise.all((await listPublished(app.env.db, '2027-07-26')).map(({ code }) => getProcedure(app.env.db, code, '2027-07-26')))).filter(({ record }) => record.channels.some(({ channel }) => channel === 'truc_tuyen'))
    expect(reception.procedures.map((one) => one.code).sort()).toEqual(online.map((one) => one.code).sort())
    expect(online.length, 'some are at the counter only').toBeLessThan(all)
    for (const touches of [share, delivery, reception]) expect(touches.cases).toMatchObject({ run: 0, unread: expect.stringContaining('không kết quả nào') })
  })
})

test('another process reads a change within a second, this one at once; the database is not asked in between', async () => {
  const law = app.env.law
  const env = { law, db: app.env.db }
  clock.to('2027-07-24T09:00:00+07:00')
  await refreshLaw(env, clock.now())
  const before = law.revision()
  await app.database.pool.query('update rules.stamp set revision = revision + 1') // another process
  await refreshLaw(env, clock.now())
  expect(law.revision()).toBe(before)
  clock.to('2027-07-24T09:00:01+07:00')
  await refreshLaw(env, clock.now())
  expect(law.revision()).toBe(before + 1)
  const made = await confirmed(app, { rule: 'deliveryWorkingDays', value: 4, validFrom: '2027-08-01', ...BASIS })
  expect(law.number('deliveryWorkingDays', '2027-08-01')).toBe(4)
  await withdrawChange(await keeper(), { change: made.id, why: 'Thử' })
  expect(law.number('deliveryWorkingDays', '2027-08-01')).not.toBe(4)
})

describe('a confirmation', () => {
  test('asks who it is once more, and is done in the same press', async () => {
    clock.to('2027-07-24T09:00:00+07:00')
    const made = await planChange(await keeper(), { rule: 'deliveryWorkingDays', value: 5, validFrom: '2027-09-01', ...BASIS })
    const second = await Visitor.at(app, 'kiemsoat.h56.01')
    for (const minutes of [10, 20, 30, 40]) {
      clock.to(new Date(Date.parse('2027-07-24T09:00:00+07:00') + minutes * 60_000))
      await second.get('/admin/rules')
    }
    for (const url of ['/admin/procedures/drafts/00000000-0000-0000-0000-000000000000/publication', '/admin/procedures/1.004873/moves/00000000-0000-0000-0000-000000000000/confirmations', '/admin/procedures/1.004873/moves/00000000-0000-0000-0000-000000000000/undo-confirmations']) {
      expect((await second.post(url, [])).text, url).toContain('Xác nhận lại trước khi làm')
    }
    await second.get(`/admin/rules/changes/${made.id}`)
    expect((await second.press(/^Xác nhận, có hiệu lực/)).text).toContain('Xác nhận lại trước khi làm')
    expect((await findRuleChange(app.env.db, made.id))!.state).toBe('planned')
    await second.press('Xác nhận và làm tiếp', { _proof_password: DEMO_PASSWORD })
    expect((await findRuleChange(app.env.db, made.id))!.state).toBe('confirmed')
  })
})
