// A run that stops other than by a fault of the plan: the gate that does not shut, an error of our own, a worker that died. Nothing has changed, the page says why and offers what can be done.

import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { announce, progressed } from '#core/db/gate.ts'
import { listUnits, listUnitsById, reorgParts } from '#modules/org/index.ts'
import { draftPlan, executePlan, getPlan, previewPlan } from '#modules/reorg/index.ts'
import { triesByItself } from '#modules/reorg/rules.ts'
import { formsOf, Visitor } from '../desk/visitor.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { jobs } from './deps.ts'
import { broughtBack, confirmed, peopleOf, plan } from './support.ts'

const clock = new MovableClock('2026-11-16T08:10:00+07:00')
let app: TestApp
let admin: Visitor
let communes: string[] = []
beforeAll(async () => {
  app = await testApp({ clock })
  communes = (await listUnits(app.env.db, { level: 'xa' })).map((unit) => unit.code).toSorted().slice(0, 12)
  admin = await Visitor.at(app, 'quantriht.h56')
})
afterAll(() => app.close())
afterEach(() => void vi.restoreAllMocks())

const merger = (id: string) => {
  const [a, b] = [communes.pop()!, communes.pop()!]
  return plan({
    day: '2026-11-16', title: `Kế hoạch ${id}`,
    steps: [{ kind: 'create', unit: { id, code: id.toUpperCase(), name: `Ủy ban nhân dân xã ${id}`, kind: 'xa', level: 'xa', parent: 'th', identifier: `H56.${id.toUpperCase()}`, key: 'ubnd_xa', like: `th-${a}` } }, { kind: 'merge', from: [`th-${a}`, `th-${b}`], into: id }],
  })
}
/** A part of the house that has something of its own to move. */
const moving = () => reorgParts().find((part) => part.prepare)!
const run = (id: string) => `/admin/reorganisations/${id}/run`
const state = async (id: string) => getPlan(await peopleOf(app).drawer(), id)
const offered = () => formsOf(admin.page.html).flatMap(({ buttons }) => buttons.map(({ words }) => words))
const due = () => jobs.find((job) => job.name === 'reorg.due')!.run(systemCtx(app.env, 'Hệ thống') as never, {} as never)
const until = async (true_: () => Promise<boolean>) => {
  for (let tries = 0; tries < 1000 && !(await true_()); tries++) await new Promise((go) => setTimeout(go, 20))
}

describe('the gate does not shut', () => {
  test('an act under way does not end (55P03): the page says so, offers to try again and to cancel; tried again it is carried out', { timeout: 60_000 }, async () => {
    const id = await confirmed(app, merger('ket'))
    const stuck = await app.database.pool.connect()
    await stuck.query('begin')
    await stuck.query('select pg_advisory_xact_lock_shared(20250701)')
    try {
      await admin.get(run(id))
      await admin.press('Thi hành ngay')
      expect(admin.page.text).toContain('Đang thi hành')
      expect(admin.page.html).not.toContain('Hủy kế hoạch')
      await until(async () => (await state(id)).state !== 'dang_chay')
    } finally {
      await stuck.query('rollback')
      stuck.release()
    }
    expect(await state(id)).toMatchObject({ state: 'da_xac_nhan', tries: 1, halted: [{ code: 'reorg.busy', message: expect.stringContaining('Có việc đang ghi dở quá 8 giây') }] })
    await admin.get(run(id))
    expect(admin.page.text).toContain('Lần thi hành trước, bắt đầu lúc 08:10 16/11/2026, đã dừng; chưa có gì thay đổi')
    expect(admin.page.text).toContain('Có việc đang ghi dở quá 8 giây nên chưa bắt đầu được')
    expect(offered()).toEqual(expect.arrayContaining(['Thi hành lại', 'Trả lại', 'Hủy kế hoạch']))
    await admin.press('Thi hành lại')
    await until(async () => (await state(id)).state === 'da_thi_hanh')
    expect(await state(id)).toMatchObject({ state: 'da_thi_hanh', tries: 2, halted: [] })
    await broughtBack(app, id)
  })
})

describe('an error of our own', () => {
  test('in the middle: nothing has changed, the page has the words for those who mend it, the clock does not shut the house for it again', async () => {
    const id = await confirmed(app, merger('hong'))
    const broken = vi.spyOn(moving(), 'prepare').mockImplementation(async () => {
      throw new Error('cột không có trong bảng')
    })
    await admin.get(run(id))
    await admin.press('Thi hành ngay')
    await until(async () => (await state(id)).state !== 'dang_chay')
    await admin.get(run(id))
    expect(await state(id)).toMatchObject({ state: 'da_xac_nhan', halted: [{ code: 'reorg.failed', message: expect.stringContaining('“cột không có trong bảng”') }] })
    expect(await listUnitsById(app.env.db, ['hong'])).toEqual([])
    expect(admin.page.text).toContain('Gửi bộ phận kỹ thuật câu này')
    expect(admin.page.text).toContain('Hệ thống không tự thử lại: xử lý xong thì bấm Thi hành lại.')
    expect(offered()).toEqual(expect.arrayContaining(['Thi hành lại', 'Hủy kế hoạch']))
    const tries = broken.mock.calls.length
    await due()
    expect(broken.mock.calls.length).toBe(tries)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from core.gate`.execute(app.env.db)
    expect(rows[0]!.n).toBe(0)
    await admin.press('Hủy kế hoạch', { note: 'Chờ sửa phần mềm.' })
    expect((await state(id)).state).toBe('da_huy')
  })

  test('while it is brought back: kept with the plan, offered again', async () => {
    const id = await confirmed(app, merger('lui'))
    await executePlan(await peopleOf(app).drawer(), { plan: id })
    vi.spyOn(moving(), 'prepare').mockRejectedValueOnce(new Error('đĩa đầy'))
    await expect(broughtBack(app, id)).rejects.toThrow('đĩa đầy')
    await admin.get(run(id))
    expect(admin.page.text).toMatch(/Lần hoàn tác trước đã dừng; chưa có gì thay đổi.*“đĩa đầy”/)
    expect(admin.page.text).toContain('Xem trước việc hoàn tác')
    await broughtBack(app, id)
    expect((await state(id)).halted).toEqual([])
  })
})

describe('a worker that died', () => {
  const stranded = async (name: string) => {
    const id = await confirmed(app, merger(name))
    await sql`update reorg.plan set state = 'dang_chay', tries = 1 where id = ${id}::uuid`.execute(app.env.db)
    return id
  }

  test('leaves a plan that is offered again, and may be cancelled', async () => {
    const id = await stranded('mat')
    await admin.get('/admin/reorganisations')
    expect(admin.page.text).not.toContain('Đang thi hành')
    await admin.get(run(id))
    expect(admin.page.text).toContain('bị ngắt giữa chừng (máy chủ dừng hoặc mất kết nối); không có gì thay đổi')
    expect(offered()).toEqual(expect.arrayContaining(['Thi hành lại', 'Trả lại', 'Hủy kế hoạch']))
    await admin.press('Hủy kế hoạch', { note: 'Dời sang năm sau.' })
    expect((await state(id)).state).toBe('da_huy')
  })

  test.each([
    ['on its day', {}, true], ['before its day', { day: '2026-11-17' }, false], ['after what passes', { halted: [{ code: 'reorg.busy' }] }, true], ['after a fault', { halted: [{ code: 'reorg.unposted' }] }, false],
    ['after an error of our own', { halted: [{ code: 'reorg.failed' }] }, false], ['four times in vain', { halted: [{ code: 'reorg.stopped' }], tries: 4 }, false], ['under way', { state: 'dang_chay' }, false],
  ] as const)('by itself %s: %o → %s', (_what, more, expected) => {
    expect(triesByItself({ state: 'da_xac_nhan', day: '2026-11-16', halted: [], tries: 1, ...more } as never, '2026-11-16')).toBe(expected)
  })
})

describe('while it runs', () => {
  test('the page says which part of how many; another hand is told that it runs and stops nothing', { timeout: 60_000 }, async () => {
    const id = await confirmed(app, merger('dang'))
    let go = () => {}
    const there = new Promise<void>((came) => {
      vi.spyOn(moving(), 'prepare').mockImplementationOnce(() => new Promise<void>((let_) => {
        go = () => let_()
        came()
      }))
    })
    const executing = executePlan(await peopleOf(app).drawer(), { plan: id })
    await there
    await admin.get(run(id))
    expect(admin.page.text).toMatch(/Đang thi hành .+: phần [1-9]\d* trên \d+ đã chạy \d+ giây, còn nhiều nhất khoảng \d+ giây/)
    expect(admin.page.text).toContain('không mất gì đã gửi')
    expect(offered()).not.toEqual(expect.arrayContaining(['Hủy kế hoạch']))
    await expect(executePlan(await peopleOf(app).drawer(), { plan: id })).rejects.toMatchObject({ code: 'reorg.running' })
    expect((await state(id)).state).toBe('dang_chay')
    go()
    expect((await executing).state).toBe('da_thi_hanh')
    await broughtBack(app, id)
  })

  test('a word left by a run that died is overwritten by the next', async () => {
    const id = '00000000-0000-4000-8000-000000000001'
    await announce(app.env.db, id, 60_000)
    await progressed(app.env.db, id, { done: 9, of: 10, doing: 'Hồ sơ', expectedMs: null })
    await announce(app.env.db, id, null)
    const { rows } = await sql<{ done: number; of: number | null; expected_ms: number | null }>`select done, of, expected_ms from core.gate where run = ${id}::uuid`.execute(app.env.db)
    expect(rows).toEqual([{ done: 0, of: null, expected_ms: null }])
    await sql`delete from core.gate`.execute(app.env.db)
  })
})

test('a look at a plan keeps nobody from shutting the gate, and its page does not look twice', async () => {
  const drawer = await peopleOf(app).drawer()
  const { id } = await draftPlan(drawer, merger('xem'))
  const preview = vi.spyOn(reorgParts().find((part) => part.preview)!, 'preview')
  let free: boolean | null = null
  preview.mockImplementationOnce(async () => {
    free = (await app.database.pool.query('select pg_try_advisory_lock(20250701) as free, pg_advisory_unlock(20250701)')).rows[0].free
    return {}
  })
  await previewPlan(drawer, { plan: id })
  expect(free).toBe(true)
  preview.mockClear()
  for (let again = 0; again < 2; again++) await admin.get(run(id))
  expect(preview).toHaveBeenCalledTimes(1)
  expect(admin.page.text).toContain('Xem trước lúc 08:10 16/11/2026.')
  await admin.get(`${run(id)}?anew=1`)
  expect(preview).toHaveBeenCalledTimes(2)
})
