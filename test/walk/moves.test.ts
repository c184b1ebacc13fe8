// Dossiers under way move to another version of their procedure and back: by trial, case by case, exactly once, and nothing of them is lost.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { listEvents } from '#core/events/index.ts'
import { releaseJobs, startWorker } from '#main/worker.ts'
import { accept, completeStep, consult, countRunning, answersAt, type Dossier, save, STATES, reactions, supplement, viewDossier, withdraw } from '#modules/dossiers/index.ts'
import { askMove, askUndo, beginPlan, choose, confirmMove, confirmUndo, listCases } from '#modules/moves/index.ts'
import { listMessages } from '#modules/notify/index.ts'
import { claim } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { ASKED, caseOf, type Json, MARRIAGE, moving } from '../support/moving.ts'
import { until } from '../support/platform.ts'
import { doerOf, openItems, saying, walk } from '../support/walk.ts'

const clock = new MovableClock('2026-11-16T09:00:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const { publish, golden, filed, step, rows, whole, mover, second, job, state, through, move } = moving(() => app)
const now = async (dossier: Dossier): Promise<Dossier> => (await viewDossier(systemCtx(app.env, 'test'), dossier.id)).dossier

describe('from one version to another and back', () => {
  let shorter: number
  let longer: number
  /** Handed in while the first version was in force. */
  const pool: Dossier[] = []
  const taken = (n: number): Dossier[] => pool.splice(0, n)
  beforeAll(async () => {
    for (let i = 0; i < 11; i++) pool.push(await filed(MARRIAGE, i % 2 === 0 ? 'congdan1' : 'congdan2'))
    shorter = await publish(MARRIAGE, (record, at) => {
      record.term.value = 2
      record.fees[0].amount = 10_000
      at('tham_tra').name = 'Thẩm tra và đối chiếu dữ liệu hộ tịch'
      at('tham_tra').hours = 6
      at('xac_minh').silence.value = 2
      record.decision.no = '301/QĐ-BTP'
    })
    longer = await publish(MARRIAGE, (record, at) => {
      record.term.value = 8
      record.fees[0].amount = 50_000
      record.decision.no = '302/QĐ-BTP'
      // the draft step has another key, its work is the same; one step is gone
      at('du_thao').id = 'lap_giay'
      for (const one of record.steps) for (const outcome of one.outcomes) if (outcome.next === 'du_thao') outcome.next = 'lap_giay'
      record.steps = record.steps.filter((one: Json) => one.id !== 'xac_minh')
      at('tham_tra').outcomes = at('tham_tra').outcomes.filter((one: Json) => one.next !== 'xac_minh')
      for (const one of record.steps) if (one.id === 'lap_cam_doan') one.outcomes = one.outcomes.filter(() => true)
      at('tham_tra').outcomes.push({ key: 'cam_doan', label: 'Cần văn bản cam đoan', next: 'lap_cam_doan' })
      const marital = record.form.sections.flatMap((section: Json) => section.questions).find((one: Json) => one.key === 'marital_status')
      marital.options = marital.options.filter((one: Json) => one.value !== golden(MARRIAGE).form['marital_status'])
      record.form.sections[0].questions.push({ key: 'applicant_job', label: 'Nghề nghiệp', type: 'text', required: true })
    })
  })

  test('a shorter term and a lower fee are the applicant’s gain; taken back, everything lies there as before, row by row', async () => {
    const old = shorter - 1
    const fresh = taken(1)[0]!
    await accept(await app.as('motcua.14797'), { dossier: fresh.code! })
    await claim(await app.as(await doerOf(app, (await openItems(app, fresh))[0]!)), { item: (await openItems(app, fresh))[0]!.id })
    const before = await whole(fresh.id)
    const was = await now(fresh)

    const { plan, cases } = await move(MARRIAGE, old, shorter, [fresh])
    expect(caseOf(cases, fresh)).toMatchObject({ state: 'moved', preview: { due: { how: 'earlier' }, fee: { before: 15_000, after: 10_000 } } })
    const moved = await now(fresh)
    expect(moved.dueAt!.getTime()).toBeLessThan(was.dueAt!.getTime())
    expect([moved.acceptedAt, moved.submittedAt, moved.firstDueAt, moved.receiptNo]).toEqual([was.acceptedAt, was.submittedAt, was.firstDueAt, was.receiptNo])
    const [item] = await openItems(app, fresh)
    expect(item).toMatchObject({ step: 'tham_tra', name: 'Thẩm tra và đối chiếu dữ liệu hộ tịch', hours: 6, state: 'claimed' })
    const view = await viewDossier(systemCtx(app.env, 'test'), fresh.id)
    expect(view.timeline.some((one) => one.sentence.includes(`theo phiên bản ${shorter} của thủ tục`))).toBe(true)
    expect(view.payments.orders.filter((order) => order.state === 'open').map((order) => order.totalVnd)).toEqual([10_000])
    const fact = (await listEvents(app.env.db, fresh.id)).find((one) => one.name === 'dossiers.version_changed')!
    for (let twice = 0; twice < 2; twice++) await reactions.find((one) => one.name === 'dossiers.tell:dossiers.version_changed')!.run(systemCtx(app.env, 'Hệ thống'), fact)
    const told = (await listMessages(app.env.db, { subject: fresh.id })).filter((one) => one.template.endsWith('version_changed') && one.channel === 'inapp')
    expect(told.map((one) => one.template).sort()).toEqual(['dossiers.version_changed', 'office.version_changed'])
    expect(told.find((one) => one.template === 'dossiers.version_changed')!.body).toMatch(/Hẹn trả .*, trước đây là .*Phí, lệ phí 15\.000 đ nay là 10\.000 đ/)

    await askUndo(await mover(), { plan: plan.id, reason: 'Ban hành nhầm ngày.' })
    expect(await through(plan, 'moves.undo')).toMatchObject({ state: 'undone' })
    expect(await whole(fresh.id)).toEqual(before)
    const after = await viewDossier(systemCtx(app.env, 'test'), fresh.id)
    expect(after.payments.orders.filter((order) => order.state === 'open').map((order) => order.totalVnd)).toEqual([15_000])
    expect((await walk(app, fresh)).last.state).toBe('DA_TRA')
  })

  test('a longer term and a higher fee do not reach who handed in before, unless a clause says so; A → B → A keeps what is better', async () => {
    clock.to('2026-11-16T10:00:00+07:00')
    const [a, b] = taken(2) as [Dossier, Dossier]
    await move(MARRIAGE, shorter - 1, shorter, [a, b])
    for (const one of [a, b]) await accept(await app.as('motcua.14797'), { dossier: one.code! })
    const promised = (await now(a)).dueAt!
    const keep = { answers: { marital_status: { to: null } } }
    const { cases } = await move(MARRIAGE, shorter, longer, [a], keep)
    expect(caseOf(cases, a)).toMatchObject({ state: 'moved', preview: { due: { how: 'kept' }, fee: { before: 10_000, after: 10_000 }, left: ['Tình trạng hôn nhân'].map(() => expect.any(String)) } })
    expect((await now(a)).dueAt).toEqual(promised)
    const clauses = { longerTerm: 'Điều 5 khoản 2 Nghị định 118/2025/NĐ-CP', higherFee: 'Điều 6 Nghị quyết 15/2026/NQ-HĐND' }
    const other = await move(MARRIAGE, shorter, longer, [b], { ...keep, clauses })
    expect(caseOf(other.cases, b)).toMatchObject({ state: 'moved', preview: { due: { how: 'later' }, fee: { after: 50_000 } } })
    expect((await now(b)).dueAt!.getTime()).toBeGreaterThan(promised.getTime())
    expect((await now(b)).derivation).toContain('Điều 5 khoản 2')

    const back = await move(MARRIAGE, longer, shorter, [a])
    expect(caseOf(back.cases, a)).toMatchObject({ state: 'moved' })
    expect((await now(a)).dueAt).toEqual(promised)
    for (const one of [a, b]) expect(STATES[(await walk(app, one)).last.state].final).toBe(true)
  })

  test('steps of another key are found by role and name; a step that is gone waits for a choice; the answer that does not fit too', async () => {
    clock.to('2026-11-16T13:40:00+07:00')
    const [drafting, asking] = taken(2) as [Dossier, Dossier]
    await move(MARRIAGE, shorter - 1, shorter, [drafting, asking])
    for (const one of [drafting, asking]) await accept(await app.as('motcua.14797'), { dossier: one.code! })
    await step(drafting, 'da_ro')
    await step(asking, 'xac_minh')
    let plan = await beginPlan(await mover(), { code: MARRIAGE, from: shorter, to: longer })
    let cases = await listCases(await mover(), plan.id, { limit: 500 })
    expect(caseOf(cases, drafting)).toMatchObject({ verdict: 'choice', preview: { steps: [{ how: 'alike', to: 'Lập Giấy xác nhận, gửi bản thảo nếu nộp trực tuyến' }] } })
    expect(caseOf(cases, asking)).toMatchObject({ verdict: 'choice', preview: { open: ['xac_minh'] } })
    plan = await choose(await mover(), { plan: plan.id, revision: plan.revision, steps: { xac_minh: 'tham_tra' }, answers: { marital_status: { to: null } } })
    cases = await listCases(await mover(), plan.id, { limit: 500 })
    expect([caseOf(cases, drafting).verdict, caseOf(cases, asking).verdict]).toEqual(['moves', 'moves'])
    expect(caseOf(cases, asking).preview.spared).toContain('Nghề nghiệp')
    await expect(choose(await mover(), { plan: plan.id, revision: 0, steps: {} })).rejects.toThrow('vừa được sửa ở nơi khác')
    await askMove(await mover(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: null })
    await confirmMove(await second(), { plan: plan.id, revision: plan.revision + 1 })
    await through(plan, 'moves.run')
    expect((await openItems(app, asking)).map((item) => item.step)).toEqual(['tham_tra'])
    expect((await openItems(app, drafting)).map((item) => item.step)).toEqual(['lap_giay'])
    // the timer of the step that is gone does not fire any more
    expect((await whole(asking.id)).timers).toEqual([])
    for (const one of [drafting, asking]) expect(STATES[(await walk(app, one)).last.state].final).toBe(true)
  })

  test('silence falls sooner by a shorter rule, never by the move itself', async () => {
    clock.to('2026-11-16T14:10:00+07:00')
    const [dossier] = taken(1) as [Dossier]
    await accept(await app.as('motcua.14797'), { dossier: dossier.code! })
    await step(dossier, 'xac_minh')
    const [before] = (await whole(dossier.id)).timers
    await move(MARRIAGE, shorter - 1, shorter, [dossier])
    const [after] = (await whole(dossier.id)).timers
    expect(after.key).toBe(before.key)
    expect(after.run_at.getTime()).toBeLessThan(before.run_at.getTime())
    expect(after.run_at.getTime()).toBeGreaterThan(clock.at.getTime())
  })

  test('a supplement that waits at the citizen: what is half done goes with it, and nothing more is asked than before', async () => {
    clock.to('2026-11-16T14:30:00+07:00')
    const [dossier] = taken(1) as [Dossier]
    const owner = (await app.as('congdan1')).actor.kind === 'citizen' && ((await app.as('congdan1')).actor as { id: string }).id === dossier.citizenId ? 'congdan1' : 'congdan2'
    await move(MARRIAGE, shorter - 1, shorter, [dossier])
    await accept(await app.as('motcua.14797'), { dossier: dossier.code! })
    await step(dossier, 'yeu_cau_bo_sung')
    await save(await app.as(owner), { dossier: dossier.code!, form: { purpose_text: 'Vay vốn ngân hàng' } })
    const paused = (await now(dossier)).pausedAt
    await move(MARRIAGE, shorter, longer, [dossier], { answers: { marital_status: { to: 'marital_status', keep: true } } })
    const waiting = await now(dossier)
    expect([waiting.state, waiting.pausedAt]).toEqual(['YC_BO_SUNG', paused])
    clock.to('2026-11-17T09:00:00+07:00')
    const sent = await supplement(await app.as(owner), { dossier: dossier.code! })
    expect(sent.pausedAt).toBeNull()
    const view = await viewDossier(systemCtx(app.env, 'test'), dossier.id)
    expect(view.fees.map((fee) => fee.amount)).toEqual([10_000])
    // the term of two days with a pause of some hours, not of eight days
    expect(view.dossier.dueAt!.getTime()).toBeLessThan(new Date('2026-11-20T00:00:00+07:00').getTime())
    expect((await walk(app, dossier)).last.state).toBe('DA_TRA')
  })

  test('signed, asked of others, over: not moved, each with its reason', async () => {
    clock.to('2026-11-17T09:30:00+07:00')
    const [gone, signed, asking] = taken(3) as [Dossier, Dossier, Dossier]
    await move(MARRIAGE, shorter - 1, shorter, [signed, asking, gone])
    for (const one of [signed, asking]) await accept(await app.as('motcua.14797'), { dossier: one.code! })
    for (const outcome of ['da_ro', 'trinh_ky', 'ky']) await step(signed, outcome)
    const [item] = await openItems(app, asking)
    await consult(await app.as(await doerOf(app, item!)), { item: item!.id, asks: [{ unit: '14812', question: 'Có đăng ký kết hôn ở nơi đó không?', days: 2 }] })
    const plan = await beginPlan(await mover(), { code: MARRIAGE, from: shorter, to: shorter - 1 })
    const cases = await listCases(await mover(), plan.id, { limit: 500 })
    expect(caseOf(cases, signed)).toMatchObject({ verdict: 'stuck', preview: { reasons: [expect.stringContaining('Kết quả đã ký')] } })
    expect(caseOf(cases, asking)).toMatchObject({ verdict: 'stuck', preview: { reasons: [expect.stringContaining('lấy ý kiến 1 đơn vị')] } })
    await withdraw(await app.as('motcua.14797'), { dossier: gone.code! })
    await askMove(await mover(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: [gone.id] })
    await through(plan, 'moves.run')
    expect(caseOf(await listCases(await mover(), plan.id, { limit: 500 }), gone)).toMatchObject({ state: 'left', why: expect.stringContaining('đã rút') })
  })
})

describe('bad days', () => {
  let other: number
  const CODE = '3.000347'
  beforeAll(async () => {
    clock.to('2026-11-18T08:00:00+07:00')
    other = await publish(CODE, (record) => {
      record.decision.no = '99/QĐ-BCA'
      record.term.value += 1
    })
  })
  const old = () => other - 1
  const many = async (n: number): Promise<Dossier[]> => {
    const found: Dossier[] = []
    for (let i = 0; i < n; i++) found.push(await filed(CODE, 'congdan3'))
    return found
  }
  const events = async (dossier: Dossier) => (await listEvents(app.env.db, dossier.id)).filter((one) => one.name === 'dossiers.version_changed').length

  test('the worker is killed in the middle, pressed twice, confirmed twice: each dossier moves once', async () => {
    const dossiers = await many(6)
    let plan = await beginPlan(await mover(), { code: CODE, from: other, to: old() })
    const ask = { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: dossiers.map((one) => one.id) }
    const twice = await Promise.allSettled([askMove(await mover(), ask), askMove(await mover(), ask)])
    expect(twice.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled'])
    await expect(confirmMove(await mover(), { plan: plan.id, revision: plan.revision + 1 })).rejects.toThrow('không tự xác nhận')
    const confirmations = await Promise.allSettled([confirmMove(await second(), { plan: plan.id, revision: plan.revision + 1 }), confirmMove(await second(), { plan: plan.id, revision: plan.revision + 1 })])
    expect(confirmations.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled'])
    // the worker is killed while it waits for the third dossier, which somebody else holds: two have moved, and surely no more
    const inOrder = [...dossiers].sort((one, other) => (one.code! < other.code! ? -1 : 1))
    const holder = await app.database.pool.connect()
    await holder.query('begin')
    await holder.query('select id from dossiers.dossier where id = $1 for update', [inOrder[2]!.id])
    let killed: unknown = null
    let kills = 0
    const cut = job('moves.run')(systemCtx(app.env, 'Hệ thống'), { plan: plan.id }).then(() => { killed = 'not at all' }, (error: Error) => { killed = error })
    while (killed === null) {
      kills += (await rows("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", [])).length
      await new Promise((wait) => setTimeout(wait, 20))
    }
    await cut
    expect(kills).toBeGreaterThan(0)
    expect(killed).toMatchObject({ code: 'unavailable.database' })
    const half = await listCases(await mover(), plan.id, { limit: 500 })
    expect(inOrder.map((one) => caseOf(half, one).state)).toEqual(['moved', 'moved', 'planned', 'planned', 'planned', 'planned'])
    await holder.query('rollback')
    holder.release()
    // then two workers take it up at once
    await app.database.pool.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-that-was-killed'")
    await releaseJobs(app.database.pool)
    const workers = await Promise.all([startWorker(app.env, app.database.pool), startWorker(app.env, app.database.pool)])
    expect(await until(async () => (await state(plan)).state === 'done')).toBe(true)
    await Promise.all(workers.map((one) => one.stop()))
    plan = await state(plan)
    for (const one of dossiers) {
      expect(await events(one)).toBe(1)
      expect((await now(one)).versionId).toBe(plan.toVersion)
    }
    // and back: one has moved on and is named, the others return
    await accept(await app.as(await doerOf(app, (await openItems(app, dossiers[0]!))[0]!)), { dossier: dossiers[0]!.code! })
    await askUndo(await mover(), { plan: plan.id, reason: 'Quyết định bị bãi bỏ.' })
    await expect(confirmUndo(await mover(), { plan: plan.id })).rejects.toThrow('không tự xác nhận')
    await confirmUndo(await second(), { plan: plan.id })
    await through(plan, 'moves.undo')
    const cases = await listCases(await mover(), plan.id, { limit: 500 })
    expect(caseOf(cases, dossiers[0]!)).toMatchObject({ state: 'stayed', why: expect.stringContaining('Đã được xử lý tiếp sau khi chuyển') })
    for (const one of dossiers.slice(1)) expect(caseOf(cases, one)).toMatchObject({ state: 'undone' })
    expect((await now(dossiers[1]!)).versionId).toBe(plan.fromVersion)
  })

  test('two batches over the same dossiers: the second names what the first has moved', async () => {
    const dossiers = await many(2)
    const first = await beginPlan(await mover(), { code: CODE, from: other, to: old() })
    const rival = await beginPlan(await second(), { code: CODE, from: other, to: old() })
    expect(rival.id).not.toBe(first.id)
    for (const [plan, who, eyes] of [[first, mover, second], [rival, second, mover]] as const) {
      const asked = await askMove(await who(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: dossiers.map((one) => one.id) })
      await confirmMove(await eyes(), { plan: plan.id, revision: asked.revision })
    }
    await Promise.all([through(first, 'moves.run'), through(rival, 'moves.run')])
    const found = [...(await listCases(await mover(), first.id, { limit: 500, chosen: true })), ...(await listCases(await mover(), rival.id, { limit: 500, chosen: true }))].filter((one) => dossiers.some((dossier) => dossier.id === one.dossierId))
    expect(found.filter((one) => one.state === 'moved')).toHaveLength(2)
    expect(found.filter((one) => one.state === 'left').every((one) => one.why!.includes('trong một đợt khác'))).toBe(true)
    for (const one of dossiers) expect(await events(one)).toBe(1)
  })

  test('a leader signs in the same second: either it was signed first and stays, or it moved and is signed after', async () => {
    const dossiers = await many(3)
    for (const one of dossiers) {
      for (let guard = 0; guard < 6; guard++) {
        const [item] = await openItems(app, one)
        if (item!.outcomes.some(({ effect }) => effect === 'sign')) break
        await completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome: item!.outcomes[0]!.key, ...(await saying(app, one, item!, item!.outcomes[0]!.key)) })
      }
    }
    const plan = await beginPlan(await mover(), { code: CODE, from: other, to: old() })
    const asked = await askMove(await mover(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: dossiers.map((one) => one.id) })
    await confirmMove(await second(), { plan: plan.id, revision: asked.revision })
    const signing = dossiers.map(async (one) => {
      const [item] = await openItems(app, one)
      const outcome = item!.outcomes.find(({ effect }) => effect === 'sign')!.key
      return completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome, note: null })
    })
    await Promise.all([through(plan, 'moves.run'), ...signing])
    const cases = await listCases(await mover(), plan.id, { limit: 500 })
    for (const one of dossiers) {
      const found = caseOf(cases, one)
      expect((await now(one)).signedAt).not.toBeNull()
      expect((await now(one)).versionId).toBe(found.state === 'moved' ? plan.toVersion : plan.fromVersion)
      if (found.state === 'left') expect(found.why).toContain('Kết quả đã ký')
      expect(STATES[(await walk(app, one)).last.state].final).toBe(true)
    }
  })
})

describe('a process that calls others', () => {
  const BIRTH = '2.000986'
  /** Residence and insurance are asked before the leader signs, so that a child runs while the dossier may still move. */
  const early = (record: Json, at: (id: string) => Json): void => {
    at('tham_tra').outcomes.find((one: Json) => one.key === 'hop_le').next = ['thuong_tru', 'the_bao_hiem']
    Object.assign(at('tong_hop').outcomes[0], { next: 'ghi_so', effect: undefined })
    at('dong_dau').outcomes[0].next = 'tra_ket_qua'
    record.decision.no = 'QĐ/A'
  }
  test('the children run on under the same steps and come home to the new drawing', async () => {
    clock.to(golden(BIRTH).receivedAt)
    const from = await publish(BIRTH, early, '2025-07-01')
    const dossier = await filed(BIRTH, 'congdan4')
    const to = await publish(BIRTH, (record, at) => {
      early(record, at)
      record.decision.no = 'QĐ/B'
      at('tong_hop').name = 'Tổng hợp kết quả của hai cơ quan'
      at('thuong_tru').name = 'Công an cấp xã đăng ký thường trú cho trẻ'
    }, '2025-07-01')
    await accept(await app.as('motcua.14797'), { dossier: dossier.code! })
    await step(dossier, 'hop_le')
    const children = (await openItems(app, dossier)).map((item) => item.id).sort()
    expect(children.length).toBeGreaterThan(0)
    const before = await whole(dossier.id)
    const { plan, cases } = await move(BIRTH, from, to, [dossier])
    expect(caseOf(cases, dossier)).toMatchObject({ state: 'moved' })
    expect((await openItems(app, dossier)).map((item) => item.id).sort()).toEqual(children)
    await askUndo(await mover(), { plan: plan.id, reason: 'Thử.' })
    await through(plan, 'moves.undo')
    expect(await whole(dossier.id)).toEqual(before)
    await move(BIRTH, from, to, [dossier])
    const { own, last } = await walk(app, dossier)
    expect(own).toContain('tong_hop')
    expect(last.state).toBe('DA_TRA')
  })
})

describe('what is under way', () => {
  test('is counted by version and step, and by answer', async () => {
    const running = await countRunning(app.env.db, MARRIAGE)
    expect(running.flatMap((one) => one.steps).find((one) => one.step === 'tiep_nhan')!.count).toBeGreaterThan(0)
    const answers = (await answersAt(app.env.db, MARRIAGE, 'marital_status')).find((one) => one.answered > 0)!
    expect(answers).toMatchObject({ type: 'radio', kinds: ['string'] })
    expect(answers.choices.reduce((sum, one) => sum + one.count, 0)).toBe(answers.answered)
    expect((await answersAt(app.env.db, MARRIAGE, 'applicant_full_name')).every((one) => one.choices.length === 0)).toBe(true)
  })
})
