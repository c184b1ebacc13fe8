// The turns of a dossier's life with everybody in it: a second supplement by a leader's reason, apology, extension, duty, stop, unanswered filings, appeals;
// two officers at once, the wrong leader, an officer in two posts, the same second, a restart between.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ctx, makeCtx, systemCtx } from '#core/ctx.ts'
import { jobs } from '#main/modules.ts'
import { procedureTexts } from '#main/pack.ts'
import { appealsOf, decideAppeal, lodgeAppeal, viewAppeal } from '#modules/appeals/index.ts'
import {
  accept, apologise, cancelPending, completeStep, type Dossier, extendTerm, listWatched, needDossier, noticeDuty, permitSupplement, reasonCounts, refuse, requestSupplement, save, settleDuty, STATES,
  stopDossier, supplement, viewDossier,
} from '#modules/dossiers/index.ts'
import { addPart, removePart } from '#modules/dossiers/index.ts'
import { stageBytes } from '#modules/files/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import type { Item } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { doerOf, file, openItems, PDF, saying, walk } from '../support/walk.ts'

const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)
const clock = new MovableClock('2026-07-15T09:10:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const at = async (login: string): Promise<Ctx> => ({ ...(await app.as(login)), now: clock.now() })
const reload = (dossier: Dossier) => needDossier(app.env.db, systemCtx(app.env, 'test'), dossier.id)
const run = (name: string, payload: object) => jobs.find((one) => one.name === name)!.run({ ...systemCtx(app.env, 'Hệ thống'), now: clock.now() }, payload as never)

async function filed(code = '1.001193', received = '2026-07-20T08:00:00+07:00'): Promise<Dossier> {
  const record = records.find((one) => one.code === code)!
  const goldens = record.cases.filter((one) => one.expect.valid !== false)
  const golden = goldens.find((one) => one.channel === 'truc_tuyen' && JSON.stringify(one.form).includes('14797')) ?? goldens.find((one) => one.channel === 'truc_tuyen') ?? goldens[0]!
  clock.to(received)
  return file(await at('congdan1'), { procedure: code, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: golden.applicant })
}

async function doer(item: Item): Promise<Ctx> {
  return at(await doerOf(app, item))
}

/** Does the open step with the effect, or its first outcome. */
async function step(dossier: Dossier, effect?: string): Promise<Dossier> {
  const [item] = await openItems(app, dossier)
  const outcome = (effect ? item!.outcomes.find((one) => one.effect === effect) : undefined) ?? item!.outcomes[0]!
  return completeStep(await doer(item!), { item: item!.id, outcome: outcome.key, ...(await saying(app, dossier, item!, outcome.key)) })
}

/** An accepted dossier of three working days whose next step is the specialist's. */
async function accepted(code = '1.001612'): Promise<Dossier> {
  const dossier = await filed(code)
  await step(dossier, 'accept')
  for (let guard = 0; guard < 5; guard++) {
    const [item] = await openItems(app, dossier)
    if (item!.outcomes.some((one) => one.effect === 'request_supplement')) break
    await step(dossier)
  }
  return reload(dossier)
}

/** A login that leads the unit deciding the dossier, or one elsewhere. */
const LEADER = 'chutich.14797'
const reasonOf = (code: string, act: 'refusal' | 'supplement') => records.find((one) => one.code === code)!.reasons[act][0]!.code

describe('supplements in processing', () => {
  test('once; a second by a leader’s reason; late for ever, even when finished in time', async () => {
    const dossier = await accepted()
    const first = dossier.firstDueAt!
    expect((await step(dossier, 'request_supplement')).state).toBe('YC_BO_SUNG')
    clock.to('2026-07-20T09:00:00+07:00')
    await supplement(await at('congdan1'), { dossier: dossier.id })
    await expect(step(dossier, 'request_supplement')).rejects.toMatchObject({ code: 'dossiers.supplement_once' })
    await expect(permitSupplement(await at('chuyenvien.14797'), { dossier: dossier.id, reason: 'Tôi muốn hỏi thêm lần nữa.' })).rejects.toMatchObject({ code: 'dossiers.not_leader' })
    await expect(permitSupplement(await at(LEADER), { dossier: dossier.id, reason: 'Vì thế' })).rejects.toMatchObject({ fields: [{ key: 'reason' }] })
    await permitSupplement(await at(LEADER), { dossier: dossier.id, reason: 'Phát hiện thêm giấy tờ mâu thuẫn khi xác minh thực địa.' })
    await expect(permitSupplement(await at(LEADER), { dossier: dossier.id, reason: 'Thêm một lần nữa cho chắc chắn.' })).rejects.toMatchObject({ code: 'dossiers.permit_open' })
    const asked = await step(dossier, 'request_supplement')
    expect(asked).toMatchObject({ state: 'YC_BO_SUNG', supplements: 2, breach: 'second_supplement' })
    clock.to('2026-07-20T10:00:00+07:00')
    await supplement(await at('congdan1'), { dossier: dossier.id })
    await expect(step(dossier, 'request_supplement'), 'a permit is used up by one request').rejects.toMatchObject({ code: 'dossiers.supplement_once' })
    const { last } = await walk(app, dossier)
    expect(last).toMatchObject({ state: 'DA_TRA', breach: 'second_supplement' })
    expect(last.finishedAt! < first, 'in time by the calendar').toBe(true)
    const view = await viewDossier(systemCtx(app.env, 'test'), dossier.id)
    expect(view.clocks.legal.late).toBe(true)
    const { rows } = await app.database.pool.query("select data from core.event where subject = $1 and name = 'dossiers.finished'", [dossier.id])
    expect(rows[0].data).toMatchObject({ late: true, breach: 'second_supplement' })
  })

  test('after the first third of the term it takes an explanation, which is kept', async () => {
    const dossier = await accepted()
    clock.to('2026-07-22T09:00:00+07:00')
    const [item] = await openItems(app, dossier)
    const ctx = await doer(item!)
    const reasons = [reasonOf('1.001612', 'supplement')]
    await expect(requestSupplement(ctx, { dossier: dossier.id, reasons })).rejects.toMatchObject({ fields: [{ key: 'explanation' }] })
    await requestSupplement(ctx, { dossier: dossier.id, reasons, explanation: 'Cơ quan thuế vừa trả lời hôm nay.' })
    const view = await viewDossier(systemCtx(app.env, 'test'), dossier.id)
    expect(view.around.supplements).toMatchObject([{ before: false, explanation: 'Cơ quan thuế vừa trả lời hôm nay.' }])
  })

  test('handed in at the very second at which the term ends: in time, and the time is given back', async () => {
    const dossier = await accepted()
    const due = dossier.dueAt!
    clock.to(new Date(due.getTime() - 2 * 3_600_000))
    await step(dossier, 'request_supplement')
    clock.to(due)
    await run('dossiers.due_near', { dossier: dossier.id })
    const after = await supplement(await at('congdan1'), { dossier: dossier.id })
    expect(after.state).not.toBe('YC_BO_SUNG')
    expect(after.dueAt! > due).toBe(true)
    expect(after.firstDueAt).toEqual(due)
    expect((await viewDossier(systemCtx(app.env, 'test'), dossier.id)).clocks.legal.late).toBe(false)
  })

  test('what the applicant changes is nobody’s to see until it is sent, and nothing is lost when it is given up', async () => {
    const dossier = await accepted('1.004194')
    await step(dossier, 'request_supplement')
    clock.to('2026-07-20T08:05:00+07:00')
    const citizen = await at('congdan1')
    const key = Object.keys(dossier.form).find((name) => typeof dossier.form[name] === 'string' && !/^\d/.test(String(dossier.form[name])))!
    await save(citizen, { dossier: dossier.id, form: { [key]: 'Đã sửa' } })
    const part = (await viewDossier(citizen, dossier.id)).version.record.parts[0]!.id
    const added = await addPart(citizen, { dossier: dossier.id, part, file: await stageBytes(citizen, PDF, 'moi.pdf') })
    const officer = await doer((await openItems(app, dossier))[0]!)
    const theirs = async () => viewDossier({ ...officer, now: clock.now() }, dossier.id)
    expect((await theirs()).dossier.form[key]).toBe(dossier.form[key])
    expect((await theirs()).parts.map((one) => one.id)).not.toContain(added.id)
    expect((await theirs()).timeline.filter((one) => one.name === 'dossiers.part_added' && one.at >= clock.now())).toEqual([])
    const mine = await viewDossier(citizen, dossier.id)
    expect(mine).toMatchObject({ unsent: true, dossier: { form: { [key]: 'Đã sửa' } } })
    expect(mine.parts.map((one) => one.id)).toContain(added.id)
    const before = (await theirs()).parts
    if (before[0]) await removePart(citizen, { dossier: dossier.id, id: before[0].id })
    await cancelPending(citizen, { dossier: dossier.id })
    const back = await viewDossier(citizen, dossier.id)
    expect([back.unsent, back.dossier.form[key], back.parts.map((one) => one.id)]).toEqual([false, dossier.form[key], before.map((one) => one.id)])
    await save(citizen, { dossier: dossier.id, form: { [key]: dossier.form[key] } })
    await addPart(citizen, { dossier: dossier.id, part, file: await stageBytes(citizen, PDF, 'moi2.pdf') })
    await supplement(citizen, { dossier: dossier.id })
    expect((await theirs()).parts.some((one) => one.file?.name === 'moi2.pdf')).toBe(true)
  })
})

describe('an apology', () => {
  test('once, in time, by a head of the deciding unit; the first date stays, and the dossier counts as late', async () => {
    const dossier = await accepted()
    const give = { dossier: dossier.id, reasons: ['chung_cho_co_quan_khac'], newDueOn: '2026-07-29' }
    await expect(apologise(await at('chutich.15865'), give), 'a leader elsewhere').rejects.toMatchObject({ status: 404 })
    await expect(apologise(await at('chuyenvien.14797'), give)).rejects.toMatchObject({ code: 'dossiers.not_leader' })
    await expect(apologise(await at(LEADER), { ...give, newDueOn: '2026-07-21' })).rejects.toMatchObject({ fields: [{ key: 'newDueOn' }] })
    await expect(apologise(await at(LEADER), { ...give, newDueOn: '2026-07-26' }), 'a Sunday').rejects.toMatchObject({ fields: [{ key: 'newDueOn' }] })
    await expect(apologise(await at(LEADER), { ...give, reasons: [] })).rejects.toMatchObject({ fields: [{ key: 'reasons' }] })
    const both = await Promise.allSettled([apologise(await at(LEADER), give), apologise(await at('lanhdao.14797'), give)])
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'dossiers.apology_once' } })
    const after = await reload(dossier)
    expect(after).toMatchObject({ firstDueAt: dossier.firstDueAt, breach: 'apology' })
    expect(after.dueAt!.toISOString()).toBe('2026-07-29T10:30:00.000Z')
    const view = await viewDossier(systemCtx(app.env, 'test'), dossier.id)
    expect(view.papers.filter((one) => one.kind === 'apology')).toHaveLength(1)
    expect(view.clocks.legal.late).toBe(true)
    // a pause after it moves the promised date, never behind it
    await step(dossier, 'request_supplement')
    clock.to('2026-07-21T08:00:00+07:00')
    const resumed = await supplement(await at('congdan1'), { dossier: dossier.id })
    expect(resumed.dueAt! > after.dueAt!).toBe(true)
  })

  test('is too late on the due date itself', async () => {
    const dossier = await accepted()
    clock.to(new Date(dossier.dueAt!.getTime() - 60_000))
    await expect(apologise(await at(LEADER), { dossier: dossier.id, reasons: ['chung_su_co'], newDueOn: '2026-07-29' })).rejects.toMatchObject({ code: 'dossiers.apology_late' })
  })

  test('leaders are told in time, once, with the dossier on the list they watch', async () => {
    const dossier = await accepted()
    await run('dossiers.due_near', { dossier: dossier.id })
    expect((await listWatched(await at(LEADER))).map((row) => row.dossier.id), 'not yet').not.toContain(dossier.id)
    clock.to('2026-07-22T15:00:00+07:00')
    await run('dossiers.due_near', { dossier: dossier.id })
    await run('dossiers.due_near', { dossier: dossier.id })
    expect((await listWatched(await at(LEADER))).filter((row) => row.dossier.id === dossier.id)).toMatchObject([{ alert: { kind: 'due_near' } }])
    expect((await listWatched(await at('chutich.15865'))).map((row) => row.dossier.id)).not.toContain(dossier.id)
    await walk(app, dossier)
    expect((await listWatched(await at(LEADER))).map((row) => row.dossier.id)).not.toContain(dossier.id)
  })
})

describe('extension, stop and duty', () => {
  test('a term is extended by decision, once, where the procedure knows it', async () => {
    const dossier = await filed('1.000894')
    await step(dossier, 'accept')
    const before = await reload(dossier)
    const leader = `chutich.${before.decidedUnitId!.replace('th-', '')}`
    const after = await extendTerm(await at(leader), { dossier: dossier.id, note: 'Cần xác minh tình trạng hôn nhân ở nơi cư trú cũ.' })
    expect(after.dueAt! > before.dueAt!).toBe(true)
    expect(after).toMatchObject({ firstDueAt: before.firstDueAt, breach: null })
    await expect(extendTerm(await at(leader), { dossier: dossier.id, note: 'Lại cần xác minh thêm một lần nữa.' })).rejects.toMatchObject({ code: 'dossiers.extended' })
    await expect(extendTerm(await at(LEADER), { dossier: (await accepted()).id, note: 'Cần thêm thời gian để xác minh.' })).rejects.toMatchObject({ code: 'dossiers.no_extension' })
  })

  test('a stop ends the process, its open work and the clocks, with reasons alone', async () => {
    const dossier = await accepted()
    await step(dossier, 'request_supplement')
    await expect(stopDossier(await at(LEADER), { dossier: dossier.id, note: 'Hồ sơ chưa đạt.' })).rejects.toMatchObject({ fields: [{ key: 'reasons' }] })
    const reasons = [{ code: 'chung_tranh_chap', detail: 'Tòa án nhân dân khu vực 1 đang thụ lý vụ án về tên hộ kinh doanh.' }]
    const both = await Promise.allSettled([stopDossier(await at(LEADER), { dossier: dossier.id, reasons }), supplement(await at('congdan1'), { dossier: dossier.id })])
    expect(both[0]!.status === 'fulfilled' || both[1]!.status === 'fulfilled').toBe(true)
    const stopped = STATES[(await reload(dossier)).state].final ? await reload(dossier) : await stopDossier(await at(LEADER), { dossier: dossier.id, reasons })
    expect(stopped).toMatchObject({ state: 'DUNG_XU_LY', pausedAt: null })
    expect(await openItems(app, dossier)).toEqual([])
    await expect(stopDossier(await at(LEADER), { dossier: dossier.id, reasons })).rejects.toMatchObject({ code: 'dossiers.closed' })
    const view = await viewDossier(await at('congdan1'), dossier.id)
    expect(view.papers.map((one) => one.kind)).toContain('stop_notice')
    const counts = await reasonCounts(await at(LEADER), { since: new Date('2026-07-01T00:00:00Z'), until: new Date('2026-12-31T00:00:00Z') })
    expect(counts.find((one) => one.code === 'chung_tranh_chap')).toMatchObject({ act: 'stop', count: 1 })
  })

  test('a financial duty stops the clock; the amount is told; a document sets it going again', async () => {
    const dossier = await filed('1.013831', '2026-11-02T08:00:00+07:00')
    await step(dossier, 'accept')
    for (let guard = 0; guard < 6 && (await reload(dossier)).state !== 'YC_TAI_CHINH'; guard++) await step(dossier, 'suspend_financial')
    const waiting = await reload(dossier)
    expect(waiting).toMatchObject({ state: 'YC_TAI_CHINH' })
    expect(waiting.pausedAt).not.toBeNull()
    const [item] = await openItems(app, dossier)
    const tax = await doer(item!)
    await expect(noticeDuty(tax, { dossier: dossier.id, lines: [] })).rejects.toMatchObject({ fields: [{ key: 'lines' }] })
    await noticeDuty(tax, { dossier: dossier.id, lines: [{ name: 'Thuế thu nhập cá nhân', amountVnd: 12_500_000 }, { name: 'Lệ phí trước bạ', amountVnd: 3_125_000 }], note: 'Nộp tại Kho bạc hoặc ngân hàng.' })
    await expect(completeStep(tax, { item: item!.id, outcome: item!.outcomes[0]!.key, note: 'Đã nộp' })).rejects.toMatchObject({ code: 'dossiers.proof_due' })
    await expect(settleDuty(await at('chuyenvien.15865'), { dossier: dossier.id, number: 'x', on: '2026-11-02' })).rejects.toMatchObject({ status: 404 })
    await expect(settleDuty(tax, { dossier: dossier.id, number: '', on: '2027-01-01' })).rejects.toMatchObject({ fields: [{ key: 'number' }, { key: 'on' }] })
    clock.to('2026-11-05T08:00:00+07:00')
    const proof = { dossier: dossier.id, number: 'GNT-0042', on: '2026-11-04' }
    const both = await Promise.allSettled([settleDuty({ ...tax, now: clock.now() }, proof), settleDuty(await at('motcua.14797'), proof)])
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const after = await reload(dossier)
    expect(after).toMatchObject({ pausedAt: null })
    expect(after.state).not.toBe('YC_TAI_CHINH')
    expect(after.dueAt! > waiting.dueAt!).toBe(true)
    await run('dossiers.due_near', { dossier: dossier.id })
  })
})

describe('a filing that nobody answers', () => {
  test('escalates after eight working hours, says so, and the late answer stays late', async () => {
    const dossier = await filed()
    await run('dossiers.reception_due', { dossier: dossier.id })
    expect((await reload(dossier)).receptionLateAt, 'not yet').toBeNull()
    clock.to('2026-07-21T08:00:01+07:00')
    await run('dossiers.reception_due', { dossier: dossier.id })
    await run('dossiers.reception_due', { dossier: dossier.id }) // the job runs at least once
    expect((await reload(dossier)).receptionLateAt).not.toBeNull()
    for (const login of [LEADER, 'giamsat.h56']) expect((await listWatched(await at(login))).filter((row) => row.dossier.id === dossier.id)).toMatchObject([{ alert: { kind: 'reception_late' } }])
    await accept(await at('motcua.14797'), { dossier: dossier.id })
    const view = await viewDossier(systemCtx(app.env, 'test'), dossier.id)
    expect(view.around.breaches).toMatchObject([{ cause: 'reception_late' }])
    expect(view.clocks.reception).toMatchObject({ state: 'stopped', late: true })
    expect(view.dossier.breach, 'the term itself is not late').toBeNull()
    expect((await listWatched(await at(LEADER))).map((row) => row.dossier.id)).not.toContain(dossier.id)
  })
})

describe('an appeal', () => {
  const why = { reasons: [{ code: 'ly_do_khong_dung', detail: 'Giấy chứng sinh đã có trong hồ sơ.' }], note: 'Cơ quan cấp dưới tiếp nhận lại hồ sơ.' }

  test('against a refusal goes to the department above, two taps make one, and overturned it lies before the desk again', async () => {
    const dossier = await filed()
    await refuse(await at('motcua.14797'), { dossier: dossier.id, reasons: [reasonOf('1.001193', 'refusal')] })
    const [one, two] = await Promise.all([lodgeAppeal(await at('congdan1'), { dossier: dossier.id, words: 'Cháu sinh ở phường này.' }), lodgeAppeal(await at('congdan1'), { dossier: dossier.id })])
    expect(two.id).toBe(one.id)
    expect(one).toMatchObject({ unitId: 'th-so-tu-phap', against: 'refusal', state: 'open', derivation: expect.stringContaining('Nghị định') })
    await expect(lodgeAppeal(await at('congdan2'), { dossier: dossier.id })).rejects.toMatchObject({ status: 404 })
    await expect(viewAppeal(await at('chutich.14797'), one.id), 'never the unit that acted').rejects.toMatchObject({ status: 404 })
    const judge = await at('lanhdao.h56.03')
    await expect(decideAppeal(judge, { appeal: one.id, how: 'overturn', reasons: [], note: 'Sai rồi.' })).rejects.toMatchObject({ fields: [{ key: 'reasons' }] })
    const both = await Promise.allSettled([decideAppeal(judge, { appeal: one.id, how: 'overturn', ...why }), decideAppeal(judge, { appeal: one.id, how: 'uphold', reasons: [{ code: 'dung_quy_dinh', detail: 'Đúng quy định.' }] })])
    expect(both.filter((found) => found.status === 'fulfilled')).toHaveLength(1)
    expect(both.find((found) => found.status === 'rejected')).toMatchObject({ reason: { code: 'appeals.decided' } })
    if (both[0]!.status === 'fulfilled') {
      const open = await reload(dossier)
      expect(open).toMatchObject({ state: 'MOI_DANG_KY', closedAt: null, answeredAt: null })
      expect((await openItems(app, dossier)).map((item) => item.step)).toEqual(['tiep_nhan'])
      expect((await listWatched(await at(LEADER))).filter((row) => row.dossier.id === dossier.id)).toMatchObject([{ alert: { kind: 'instructed' } }])
      const { last } = await walk(app, dossier)
      expect(last.state).toBe('DA_TRA')
    }
    expect((await appealsOf(await at('congdan1'), dossier.id)).appeals).toHaveLength(1)
  })

  test('against a request lifts it: the clock goes on, the request does not count', async () => {
    const dossier = await accepted()
    await step(dossier, 'request_supplement')
    const appeal = await lodgeAppeal(await at('congdan1'), { dossier: dossier.id })
    expect(appeal.unitId).toBe('th-so-tai-chinh')
    clock.to('2026-07-21T08:00:00+07:00')
    await decideAppeal(await at('lanhdao.h56.04'), { appeal: appeal.id, how: 'overturn', reasons: [{ code: 'ngoai_thanh_phan' }] })
    const after = await reload(dossier)
    expect(after).toMatchObject({ supplements: 0, pausedAt: null, breach: null })
    expect(after.state).not.toBe('YC_BO_SUNG')
    expect((await step(dossier, 'request_supplement')).state, 'the one request is still there').toBe('YC_BO_SUNG')
  })

  test('against a stop takes the dossier up again: the receipt stands, the time between does not count', async () => {
    const dossier = await accepted()
    await stopDossier(await at(LEADER), { dossier: dossier.id, reasons: [{ code: 'chung_quy_dinh_thay_doi', detail: 'Không còn phải làm thủ tục này.' }] })
    const appeal = await lodgeAppeal(await at('congdan1'), { dossier: dossier.id })
    clock.to('2026-07-23T08:00:00+07:00')
    await decideAppeal(await at('lanhdao.h56.04'), { appeal: appeal.id, how: 'overturn', ...why })
    const open = await reload(dossier)
    expect(open).toMatchObject({ receiptNo: dossier.receiptNo, acceptedAt: dossier.acceptedAt, firstDueAt: dossier.firstDueAt, closedAt: null })
    expect(open.dueAt! > dossier.dueAt!).toBe(true)
    const { last } = await walk(app, dossier)
    expect(last.state).toBe('DA_TRA')
    const { rows } = await app.database.pool.query("select count(*)::int as n from dossiers.paper where dossier_id = $1 and kind = 'receipt'", [dossier.id])
    expect(rows[0].n).toBe(1)
  })

  test('late is told and kept; whoever gave the reasons does not judge, even in a second post', async () => {
    const dossier = await filed()
    await refuse(await at('motcua.14797'), { dossier: dossier.id, reasons: [reasonOf('1.001193', 'refusal')] })
    const appeal = await lodgeAppeal(await at('congdan1'), { dossier: dossier.id })
    await run('appeals.due', { appeal: appeal.id })
    expect((await viewAppeal(await at('lanhdao.h56.03'), appeal.id)).appeal.lateAt).toBeNull()
    clock.to(new Date(appeal.dueAt.getTime() + 1000))
    await run('appeals.due', { appeal: appeal.id })
    expect((await viewAppeal(await at('lanhdao.h56.03'), appeal.id)).appeal.lateAt).not.toBeNull()
    const judge = (await app.as('lanhdao.h56.03')).actor
    const desk = (await app.as('motcua.14797')).actor
    if (judge.kind !== 'officer' || desk.kind !== 'officer') throw new Error('officers')
    const twoPosts = { ...makeCtx(app.env, { ...desk, posts: [...desk.posts, ...judge.posts] }), now: clock.now() }
    await expect(decideAppeal(twoPosts, { appeal: appeal.id, how: 'uphold', reasons: [{ code: 'dung_quy_dinh', detail: 'Đúng.' }] })).rejects.toMatchObject({ code: 'appeals.own_act' })
  })
})

describe('rejection', () => {
  test('proposed by a specialist it waits for the signature; the notice is the leader’s', async () => {
    const dossier = await filed('1.004194')
    await step(dossier, 'accept')
    const proposed = await step(dossier, 'reject')
    expect(proposed.rejection).toBe('proposed')
    expect((await viewDossier(systemCtx(app.env, 'test'), dossier.id)).papers.map((one) => one.kind)).not.toContain('unresolved_notice')
    const signed = await step(dossier)
    expect(signed).toMatchObject({ rejection: 'signed' })
    const { last } = await walk(app, dossier)
    expect(last.state).toBe('TRA_LAI')
    const view = await viewDossier(await at('congdan1'), dossier.id)
    expect(view.papers.filter((one) => one.kind === 'unresolved_notice')).toHaveLength(1)
    expect(view.papers.map((one) => one.kind)).not.toContain('result')
  })
})
