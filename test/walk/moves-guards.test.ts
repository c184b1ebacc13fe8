// What a move may never do, whatever happens: put off a promise, stop for one faulty dossier, let one person decide what makes others worse off, keep
// for ever what a dossier was.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { listEvents } from '#core/events/index.ts'
import { accept, type Dossier, supplement, viewDossier } from '#modules/dossiers/index.ts'
import { askMove, askUndo, beginPlan, choose, confirmMove, confirmUndo, jobs, listCases, type Plan, reactions, tryAgain } from '#modules/moves/index.ts'
import { listMessages } from '#modules/notify/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { ASKED, caseOf, MARRIAGE, moving } from '../support/moving.ts'

const clock = new MovableClock('2026-11-16T09:00:00+07:00')
let app: TestApp
const { publish, filed, step, rows, whole, mover, second, state, through, move } = moving(() => app)
const third = () => app.as('quantriht2.h56')
const seen = async (dossier: Dossier) => viewDossier(systemCtx(app.env, 'test'), dossier.id)
const now = async (dossier: Dossier): Promise<Dossier> => (await seen(dossier)).dossier
const later = (hours: number): void => clock.to(new Date(clock.at.getTime() + hours * 3_600_000))
/** A plan between two versions, tried on the dossiers as they stand now. */
const planned = async (from: number, to: number): Promise<Plan> => tryAgain(await mover(), { plan: (await beginPlan(await mover(), { code: MARRIAGE, from, to })).id }).then(state)
const forget = () => jobs.find((one) => one.name === 'moves.forget')!.run(systemCtx(app.env, 'Hệ thống'), null as never)

let first: number
let days: number
let long: number

beforeAll(async () => {
  app = await testApp({ clock })
  // three working days (the pack's), four days by the calendar, eight working days
  days = await publish(MARRIAGE, (record) => { record.term = { ...record.term, value: 4, unit: 'ngay' }; record.decision.no = '401/QĐ-BTP' })
  long = await publish(MARRIAGE, (record) => { record.term.value = 8; record.decision.no = '402/QĐ-BTP' })
  first = days - 1
}, 120_000)
afterAll(() => app.close())

test('over real dossiers: there and back no date is later and no waiting smaller than of a twin that never moved', { timeout: 120_000 }, async () => {
  const turn = fc.constantFrom('days', 'first')
  const story = fc.record({
    via: turn, accepted: fc.constantFrom('before', 'between', 'after'), paused: fc.constantFrom('never', 'before', 'between'), resumed: fc.constantFrom('between', 'after'), hours: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 5 }),
  })
  const met = new Set<string>()
  await fc.assert(fc.asyncProperty(story, async ({ via, accepted, paused, resumed, hours }) => {
    const pair = [await filed(MARRIAGE, 'congdan1'), await filed(MARRIAGE, 'congdan1')] as const
    const [one, twin] = pair
    const both = async (act: (dossier: Dossier) => Promise<unknown>) => { for (const dossier of pair) await act(dossier) }
    const check = async () => {
      const [moved, still] = [await seen(one), await seen(twin)]
      expect([moved.dossier.submittedAt, moved.dossier.acceptedAt, moved.dossier.pausedAt]).toEqual([still.dossier.submittedAt, still.dossier.acceptedAt, still.dossier.pausedAt])
      expect(moved.clocks.lived.days).toBeGreaterThanOrEqual(still.clocks.lived.days)
      if (moved.dossier.dueAt) expect(moved.dossier.dueAt.getTime()).toBeLessThanOrEqual(still.dossier.dueAt!.getTime())
      const pauses = async ({ id }: Dossier) => rows('select from_at, to_at from dossiers.pause where dossier_id = $1 order by from_at', [id])
      expect(await pauses(one)).toEqual(await pauses(twin))
    }
    let stopped = false
    const stage = async (at: 'before' | 'between' | 'after', n: number) => {
      later(hours[n]!)
      if (accepted === at) await both(async (dossier) => accept(await app.as('motcua.14797'), { dossier: dossier.code! }))
      const running = (await now(one)).acceptedAt !== null
      if (stopped && resumed === at) { await both(async (dossier) => supplement(await app.as('congdan1'), { dossier: dossier.code! })); stopped = false }
      else if (paused === at && running) { later(1); await both((dossier) => step(dossier, 'yeu_cau_bo_sung')); stopped = true }
      await check()
    }
    await stage('before', 0)
    met.add((await now(one)).acceptedAt === null ? 'new' : stopped ? 'paused' : 'runs')
    later(hours[3]!)
    const there = await move(MARRIAGE, long, via === 'days' ? days : first, [one])
    expect(caseOf(there.cases, one)).toMatchObject({ state: 'moved' })
    await stage('between', 1)
    later(hours[4]!)
    expect(caseOf((await move(MARRIAGE, via === 'days' ? days : first, long, [one])).cases, one)).toMatchObject({ state: 'moved' })
    await stage('after', 2)
    if (stopped) await both(async (dossier) => supplement(await app.as('congdan1'), { dossier: dossier.code! }))
    await check()
    later(24)
  }), { numRuns: 7, examples: [
    [{ via: 'days', accepted: 'before', paused: 'before', resumed: 'after', hours: [1, 20, 30, 2, 3] }], [{ via: 'days', accepted: 'between', paused: 'never', resumed: 'after', hours: [1, 20, 30, 2, 3] }],
    [{ via: 'first', accepted: 'before', paused: 'between', resumed: 'between', hours: [1, 1, 1, 1, 1] }],
  ] })
  expect([...met].sort()).toEqual(expect.arrayContaining(['new', 'paused']))
})

test('paused before, moved, resumed after: of the two terms the one that ends first is the promise, and it says which', async () => {
  clock.to('2027-01-04T09:00:00+07:00') // a Monday
  const dossier = await filed(MARRIAGE, 'congdan2')
  await accept(await app.as('motcua.14797'), { dossier: dossier.code! })
  later(1)
  await step(dossier, 'yeu_cau_bo_sung')
  await move(MARRIAGE, long, days, [dossier])
  await move(MARRIAGE, days, long, [dossier])
  clock.to('2027-01-11T10:00:00+07:00')
  await supplement(await app.as('congdan2'), { dossier: dossier.code! })
  const after = await now(dossier)
  expect(after.versionId).toBe(dossier.versionId)
  // four days from Monday with a pause of seven: 15 January; eight working days would be the 21st
  expect(after.dueAt!.toISOString().slice(0, 10)).toBe('2027-01-15')
  expect(after.derivation).toContain(`theo thời hạn của phiên bản ${days}, hết trước`)
})

describe('one faulty dossier', () => {
  /** The database refuses every change of the dossier's version, as a fault of the software would. */
  const poison = async (dossier: Dossier) => rows(`create or replace function moves.poison() returns trigger language plpgsql as $$ begin raise exception 'hỏng'; end $$;
    create trigger poison before update on dossiers.dossier for each row when (old.id = '${dossier.id}' and old.version_id <> new.version_id) execute function moves.poison()`, [])
  const heal = async () => rows('drop trigger poison on dossiers.dossier', [])
  const batch = async (dossiers: Dossier[], from: number, to: number): Promise<Plan> => {
    const plan = await planned(from, to)
    const asked = await askMove(await mover(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: dossiers.map((one) => one.id) })
    return confirmMove(await second(), { plan: plan.id, revision: asked.revision })
  }

  test('is left with its fault, the others move; the same on the way back', async () => {
    const dossiers = [await filed(), await filed(), await filed()]
    const bad = dossiers[1]!
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    await poison(bad)
    let plan = await through(await batch(dossiers, long, days), 'moves.run')
    expect(plan.state).toBe('done')
    let cases = await listCases(await mover(), plan.id, { limit: 500 })
    expect(dossiers.map((one) => caseOf(cases, one).state)).toEqual(['moved', 'left', 'moved'])
    expect(caseOf(cases, bad).why).toMatch(/lỗi của phần mềm; hồ sơ vẫn như trước.*Mã lỗi: [0-9a-f-]{36}/)
    expect((await now(bad)).versionId).toBe(plan.fromVersion)
    expect(log.mock.calls.map(([line]) => line)).toEqual([expect.stringContaining(`[moves.run] ${plan.id} ${bad.id}`)])
    await heal()
    await poison(dossiers[0]!)
    await askUndo(await mover(), { plan: plan.id, reason: 'Ban hành nhầm.' })
    await confirmUndo(await second(), { plan: plan.id })
    plan = await through(plan, 'moves.undo')
    expect(plan.state).toBe('undone')
    cases = await listCases(await mover(), plan.id, { limit: 500 })
    expect(dossiers.map((one) => caseOf(cases, one).state)).toEqual(['stayed', 'left', 'undone'])
    expect(caseOf(cases, dossiers[0]!).why).toContain('lỗi của phần mềm')
    expect(log).toHaveBeenCalledTimes(2)
    log.mockRestore()
    await heal()
  })

  test('is told at its row of the trial, and the trial ends', async () => {
    const [good, bad] = [await filed(), await filed()]
    await rows(`update dossiers.dossier set kept = '{"term":{},"also":[],"fees":[],"spared":[]}' where id = $1`, [bad.id])
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const plan = await planned(long, first)
    expect(log).toHaveBeenCalled()
    log.mockRestore()
    expect(plan.triedAt).not.toBeNull()
    const cases = await listCases(await mover(), plan.id, { limit: 500 })
    expect([caseOf(cases, good).verdict, caseOf(cases, bad).verdict]).toEqual(['moves', 'stuck'])
    expect(caseOf(cases, bad).preview.reasons.join(' ')).toContain('lỗi của phần mềm')
    await rows('update dossiers.dossier set kept = null where id = $1', [bad.id])
  })
})

describe('two people', () => {
  const CLAUSES = { longerTerm: 'Điều 5 khoản 2 Nghị định 118/2025/NĐ-CP' }

  test('whoever chose anything does not confirm it, also when another asked', async () => {
    const dossiers = [await filed(), await filed()]
    let plan = await planned(long, days)
    plan = await choose(await second(), { plan: plan.id, revision: plan.revision, clauses: CLAUSES })
    plan = await askMove(await mover(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: dossiers.map((one) => one.id) })
    await expect(confirmMove(await second(), { plan: plan.id, revision: plan.revision })).rejects.toThrow('không tự xác nhận')
    await expect(confirmMove(await mover(), { plan: plan.id, revision: plan.revision })).rejects.toThrow('không tự xác nhận')
    expect((await state(plan)).state).toBe('waiting')
    // nobody who had a hand in it is asked to confirm
    const asked = (await listEvents(app.env.db, plan.id)).find((one) => one.name === 'moves.asked')!
    await reactions.find((one) => one.name === 'moves.tell:moves.asked')!.run(systemCtx(app.env, 'Hệ thống'), asked)
    const told = (await listMessages(app.env.db, { subject: plan.id })).map((one) => one.officerId)
    const idOf = async (ctx: ReturnType<typeof mover>) => ((await ctx).actor as { id: string }).id
    expect(told).toContain(await idOf(third()))
    for (const hand of [mover(), second()]) expect(told).not.toContain(await idOf(hand))
    expect((await confirmMove(await third(), { plan: plan.id, revision: plan.revision })).state).toBe('running')
  })

  test('a clause needs a second person for one dossier as well; without one it goes at once', async () => {
    const [one, other] = [await filed(), await filed()]
    let plan = await planned(long, days)
    plan = await choose(await mover(), { plan: plan.id, revision: plan.revision, clauses: CLAUSES })
    plan = await askMove(await mover(), { plan: plan.id, revision: plan.revision, ...ASKED, dossiers: [one.id] })
    expect(plan.state).toBe('waiting')
    expect((await now(one)).versionId).toBe(plan.fromVersion)
    expect((await confirmMove(await second(), { plan: plan.id, revision: plan.revision })).state).toBe('running')
    const free = await planned(long, first)
    expect((await askMove(await mover(), { plan: free.id, revision: free.revision, ...ASKED, dossiers: [other.id] })).state).toBe('running')
  })

  test('a clause that names no document is refused with a sentence, and so is one question for two', async () => {
    const plan = await planned(long, days)
    for (const text of ['x', 'Điều 5 khoản 2', 'theo chỉ đạo ngày 5/11/2026', 'nghị định mới']) {
      await expect(choose(await mover(), { plan: plan.id, revision: plan.revision, clauses: { longerTerm: text } })).rejects.toMatchObject({ fields: [{ key: 'clause.longerTerm', message: expect.stringContaining('Ghi số, ký hiệu văn bản') }] })
    }
    const doubled = { purpose_text: { to: 'marital_status' } }
    await expect(choose(await mover(), { plan: plan.id, revision: plan.revision, answers: doubled })).rejects.toMatchObject({ fields: [{ key: 'answer.marital_status' }, { key: 'answer.purpose_text' }] })
    expect((await state(plan)).revision).toBe(plan.revision)
    let at = plan.revision
    for (const text of ['Điều 5 khoản 2 Nghị định 118/2025/NĐ-CP', 'Khoản 1 Điều 3 Quyết định 301/QĐ-BTP', 'Điều 12 Nghị quyết số 15/NQ-HĐND', 'Điều 9 Luật Phí và lệ phí']) at = (await choose(await mover(), { plan: plan.id, revision: at, clauses: { higherFee: text } })).revision
  })
})

describe('what a dossier was before its move', () => {
  const kept = async (plan: Plan): Promise<string[]> => (await rows('select code from moves.case where plan_id = $1 and before is not null order by code', [plan.id])).map((row) => row.code)

  test('is forgotten when the dossier is taken up, when it has returned, and when the time for taking back is over', async () => {
    const dossiers = [await filed(), await filed(), await filed()]
    const { plan } = await move(MARRIAGE, long, days, dossiers)
    expect(await kept(plan)).toHaveLength(3)
    later(1)
    await accept(await app.as('motcua.14797'), { dossier: dossiers[0]!.code! })
    await forget()
    expect(await kept(plan)).toEqual([dossiers[1]!.code, dossiers[2]!.code].sort())
    // whoever is taken up stays, with the reason, though nothing is kept of it any more
    later(24 * 29)
    await forget()
    expect(await kept(plan)).toHaveLength(2)
    later(24 * 2)
    await expect(askUndo(await mover(), { plan: plan.id, reason: 'Quá muộn.' })).rejects.toThrow('quá 30 ngày')
    await forget()
    expect(await kept(plan)).toEqual([])
  })

  test('and at once by those that return', async () => {
    const dossier = await filed()
    const before = await whole(dossier.id)
    const { plan } = await move(MARRIAGE, long, days, [dossier])
    await forget()
    expect(await kept(plan)).toEqual([dossier.code])
    await askUndo(await mover(), { plan: plan.id, reason: 'Nhầm.' })
    await through(plan, 'moves.undo')
    expect(await kept(plan)).toEqual([])
    expect(await whole(dossier.id)).toEqual(before)
  })
})
