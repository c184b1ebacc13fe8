// A rule changes: planned by one, confirmed by another, applied on its day, once; old cases keep the rule of their time; what is over is listed, never rewritten.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { previewRule, ruleFindings, ruleOutcome, ruleOn, settleRuleFinding, viewDossier } from '#modules/dossiers/index.ts'
import { getProcedure } from '#modules/procedures/index.ts'
import { confirmChange, findRuleChange, planChange, refreshLaw, withdrawChange } from '#modules/rules/index.ts'
import { react } from '#core/events/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file, walk } from '../support/walk.ts'
import { BASIS, day, golden } from './support.ts'

const clock = new MovableClock('2026-11-02T09:00:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
}, 120_000)
afterAll(() => app.close())

const filing = async (at: string, code = '1.004873') => {
  clock.to(at)
  return file(await app.as('congdan1'), { procedure: code, unit: '14797', channel: 'truc_tuyen', form: golden(code).form })
}
const plan = BASIS

describe('a rule of the register', () => {
  test('is planned by a controller only; a second plan for the same day names the first', async () => {
    const ctx = await app.as('kiemsoat.h56')
    const input = { rule: 'receptionHours', value: 16, validFrom: '2026-12-01', ...plan }
    for (const login of ['motcua.14797', 'lanhdao.14797', 'quantri.14797', 'congdan1']) await expect(planChange(await app.as(login), input), login).rejects.toMatchObject({ status: 403 })
    await expect(planChange(ctx, { ...input, rule: 'khongCo' })).rejects.toMatchObject({ status: 404 })
    await expect(planChange(ctx, { ...input, rule: 'workingHoursPerDay' })).rejects.toMatchObject({ status: 409 })
    await expect(planChange(ctx, { ...input, value: 8 })).rejects.toMatchObject({ status: 422 })
    await expect(planChange(ctx, { ...input, value: 'tám' })).rejects.toMatchObject({ status: 422 })
    await expect(planChange(ctx, { ...input, validFrom: '2026-10-01' })).rejects.toMatchObject({ fields: [expect.objectContaining({ key: 'note' })] })
    await expect(planChange(ctx, { ...input, transition: 'all_open' })).rejects.toMatchObject({ fields: [expect.objectContaining({ key: 'transitionClause' })] })
    const made = await planChange(ctx, input)
    expect(made).toMatchObject({ state: 'planned', was: 8, value: 16, backDated: false })
    const fact = await app.database.pool.query("select id from core.event where name = 'rules.planned' order by id desc limit 1")
    await react(systemCtx(app.env, 'test'), { event: Number(fact.rows[0].id), reaction: 'rules.tell' })
    const { rows: told } = await app.database.pool.query("select officer_id from notify.message where template = 'office.rule_planned'")
    expect(told.map((row) => row.officer_id)).toContain('cb-kiemsoat.h56.01')
    expect(told.map((row) => row.officer_id)).not.toContain('cb-kiemsoat.h56')
    await expect(planChange(await app.as('kiemsoat.h56.01'), input)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('đã lập kế hoạch') })
    expect(ctx.law.on('receptionHours', '2026-12-01').value).toBe(8) // nothing before the second person
    await expect(confirmChange(ctx, { change: made.id })).rejects.toMatchObject({ code: 'rules.same_person' })
    await expect(confirmChange(await app.as('quantriht.h56'), { change: made.id })).rejects.toMatchObject({ status: 403 })
    await withdrawChange(ctx, { change: made.id, why: 'Nhập nhầm số văn bản' })
    await expect(confirmChange(await app.as('kiemsoat.h56.01'), { change: made.id })).rejects.toMatchObject({ code: 'rules.not_planned' })
  })

  test('holds from its day; what was filed before keeps the old hours', async () => {
    const before = await filing('2026-11-30T09:00:00+07:00')
    const made = await planChange(await app.as('kiemsoat.h56'), { rule: 'receptionHours', value: 16, validFrom: '2026-12-01', ...plan })
    const shown = await previewRule(await app.as('kiemsoat.h56'), made)
    expect(shown.cases).toEqual([]) // filed before: not bound
    await confirmChange(await app.as('kiemsoat.h56.01'), { change: made.id })
    const after = await filing('2026-12-01T09:00:00+07:00')
    await day(app, made.id)
    expect(before.receptionDueAt!.toISOString()).toBe('2026-12-01T02:00:00.000Z') // 8 working hours from 09:00
    expect(after.receptionDueAt!.toISOString()).toBe('2026-12-03T02:00:00.000Z') // 16
    expect((await viewDossier(await app.as('congdan1'), before.id)).dossier.receptionDueAt).toEqual(before.receptionDueAt)
    expect((await findRuleChange(app.env.db, made.id))!.state).toBe('applied')
    await day(app, made.id) // again: nothing
    await expect(withdrawChange(await app.as('kiemsoat.h56'), { change: made.id, why: 'Muốn bỏ' })).rejects.toMatchObject({ code: 'rules.in_force' })
  })

  test('with a transition clause it moves what is open, once, later only, with log and fact', async () => {
    const open = await filing('2026-12-14T09:00:00+07:00')
    const made = await planChange(await app.as('kiemsoat.h56'), { rule: 'receptionHours', value: 24, validFrom: '2026-12-15', ...plan, transition: 'all_open', transitionClause: 'Điều 20 Nghị định 01/2027/NĐ-CP' })
    const shown = await previewRule(await app.as('kiemsoat.h56'), made)
    expect(shown.cases.find((one) => one.code === open.code)).toMatchObject({ what: 'reception', how: 'moved', before: open.receptionDueAt!.toISOString(), after: '2026-12-17T02:00:00.000Z' })
    expect(shown.units[0]).toMatchObject({ unitName: expect.stringContaining('Triệu Sơn') })
    await confirmChange(await app.as('kiemsoat.h56.01'), { change: made.id })
    clock.to('2026-12-15T08:00:00+07:00')
    await day(app, made.id)
    await day(app, made.id)
    const { dossier } = await viewDossier(await app.as('congdan1'), open.id)
    expect(dossier.receptionDueAt!.toISOString()).toBe('2026-12-17T02:00:00.000Z')
    const { rows } = await app.database.pool.query("select cause from dossiers.deadline where dossier_id = $1 and cause like '%_rule'", [open.id])
    expect(rows).toHaveLength(1)
    const facts = await app.database.pool.query("select data from core.event where name = 'dossiers.deadline_moved' and subject = $1", [open.id])
    expect(facts.rows).toHaveLength(1)
    expect((await ruleOutcome(app.env.db, made.id)).moved).toBeGreaterThanOrEqual(1)
  })

  test('a shorter one keeps what was promised', async () => {
    const open = await filing('2027-01-11T09:00:00+07:00')
    const made = await planChange(await app.as('kiemsoat.h56'), { rule: 'receptionHours', value: 4, validFrom: '2027-01-12', ...plan, transition: 'all_open', transitionClause: 'Điều 20' })
    await confirmChange(await app.as('kiemsoat.h56.01'), { change: made.id })
    clock.to('2027-01-12T08:00:00+07:00')
    await day(app, made.id)
    expect((await viewDossier(await app.as('congdan1'), open.id)).dossier.receptionDueAt).toEqual(open.receptionDueAt)
    expect(await ruleOutcome(app.env.db, made.id)).toMatchObject({ kept: expect.any(Number), moved: 0 })
  })

  test('another process reads it when asked', async () => {
    const other = await testAppLaw()
    expect(other).toBe(4)
  })
})

/** A second law book over the same database, as another server has it. */
async function testAppLaw(): Promise<number> {
  const { openLaw } = await import('#core/law/index.ts')
  const { loadLaw } = await import('#main/pack.ts')
  const env = { db: app.env.db, law: openLaw(loadLaw()) }
  expect(ruleOn(env, 'receptionHours', '2027-02-01').value).toBe(8)
  await refreshLaw(env)
  return ruleOn(env, 'receptionHours', '2027-02-01').value
}

describe('a term, back-dated by a month', () => {
  test('open cases are corrected once, finished ones listed with their verdict, nothing of them rewritten', async () => {
    const done = await filing('2027-01-18T09:00:00+07:00')
    const { last: closed } = await walk(app, done)
    expect(closed.state).toBe('DA_TRA')
    const open = await filing('2027-02-15T09:00:00+07:00')
    await walkToAcceptance(open.id)
    const was = (await viewDossier(await app.as('congdan1'), open.id)).dossier.dueAt!
    clock.to('2027-02-16T09:00:00+07:00')
    const made = await planChange(await app.as('kiemsoat.h56'), { rule: 'procedure:1.004873:term', value: '5', unit: 'ngay_lam_viec', validFrom: '2027-01-16', ...plan, note: 'Văn bản đến muộn' })
    expect(made).toMatchObject({ backDated: true, was: { value: 3, unit: 'ngay_lam_viec' } })
    await confirmChange(await app.as('kiemsoat.h56.01'), { change: made.id })
    await day(app, made.id)
    await day(app, made.id)
    expect((await getProcedure(app.env.db, '1.004873', '2027-02-16')).record.term.value).toBe(5)
    const now = (await viewDossier(await app.as('congdan1'), open.id)).dossier
    expect(now.dueAt!.getTime()).toBeGreaterThan(was.getTime())
    expect(now.derivation).toContain('Quy định thay đổi')
    const findings = await ruleFindings(app.env.db, made.id)
    expect(findings).toEqual([expect.objectContaining({ code: closed.code, what: 'legal', wasLate: false, wouldBeLate: false, state: 'open' })])
    const untouched = (await viewDossier(await app.as('congdan1'), done.id)).dossier
    expect([untouched.dueAt, untouched.derivation]).toEqual([closed.dueAt, closed.derivation])
    await settleRuleFinding(await app.as('kiemsoat.h56'), { finding: findings[0]!.id, state: 'left', note: 'Kết luận không đổi' })
    await expect(settleRuleFinding(await app.as('kiemsoat.h56.01'), { finding: findings[0]!.id, state: 'settled', note: 'Lần nữa' })).rejects.toMatchObject({ status: 409 })
  })
})

async function walkToAcceptance(id: string): Promise<void> {
  const { completeStep } = await import('#modules/dossiers/index.ts')
  const { listItems } = await import('#modules/work/index.ts')
  const [item] = (await listItems(app.env.db, id)).filter((one) => one.state === 'open')
  await completeStep(await app.as('motcua.14797'), { item: item!.id, outcome: item!.outcomes.find((one) => one.effect === 'accept')!.key, note: 'Đủ giấy tờ' })
}

describe('a fee, back-dated', () => {
  test('less: the open case owes less, for the finished one a refund is proposed; more: nobody is asked for more', async () => {
    const code = '1.001612'
    const pay = async (at: string) => {
      clock.to(at)
      return file(await app.as('congdan1'), { procedure: code, unit: '14797', channel: 'truc_tuyen', form: { ...golden(code).form, start_date: '2027-08-01' } })
    }
    const done = await pay('2027-05-03T09:00:00+07:00')
    await walk(app, done)
    const open = await pay('2027-05-17T09:00:00+07:00')
    clock.to('2027-05-18T09:00:00+07:00')
    const made = await planChange(await app.as('kiemsoat.h56'), { rule: 'procedure:1.001612:fee:LP_HKD', value: '50.000', validFrom: '2027-04-20', ...plan, note: 'Nghị quyết ban hành muộn' })
    await confirmChange(await app.as('kiemsoat.h56.01'), { change: made.id })
    await day(app, made.id)
    const fees = (await viewDossier(await app.as('congdan1'), open.id)).fees
    expect(fees.map((fee) => fee.amount)).toEqual([50_000])
    expect(await ruleFindings(app.env.db, made.id)).toEqual([expect.objectContaining({ code: done.code, what: 'fee', amountVnd: 50_000, proposal: expect.stringContaining('Đề nghị hoàn 50.000') })])
    const dearer = await planChange(await app.as('kiemsoat.h56'), { rule: 'procedure:1.001612:fee:LP_HKD', value: 200_000, validFrom: '2027-05-10', ...plan, note: 'Lần hai' })
    await confirmChange(await app.as('kiemsoat.h56.01'), { change: dearer.id })
    await day(app, dearer.id)
    expect((await viewDossier(await app.as('congdan1'), open.id)).fees.map((fee) => fee.amount)).toEqual([50_000])
    expect(await ruleOutcome(app.env.db, dearer.id)).toMatchObject({ kept: 1, moved: 0 })
  })
})
