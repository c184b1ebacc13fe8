// The national list taken in by file and from the national database: nothing ends many procedures without a yes, nothing is lost when a fetch dies midway.

import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ctx, systemCtx } from '#core/ctx.ts'
import { confirmIntake, dropIntake, findEntry, listIntakes, syncJob, syncNational, takeFile, viewIntake } from '#modules/catalogue/index.ts'
import { MovableClock } from '#test/desk/people.ts'
import { Visitor } from '#test/desk/visitor.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { createNationalTwin, mountNational, NATIONAL_PREFIX, NATIONAL_TWIN_KEY, type NationalRow, type NationalTwin } from '#twins/national/index.tsx'

const clock = new MovableClock('2026-11-23T09:00:00+07:00')
let app: TestApp
let twin: NationalTwin
let server: FastifyInstance
let url = ''

const row = (at: number, name = `Việc thứ ${at}`): NationalRow => ({
  code: `9.${String(at).padStart(6, '0')}`, name, ministry: 'Bộ Tư pháp', field: 'Hộ tịch', level: 'Cấp xã', decision: '1/QĐ', type: 'Loại khác', applicants: 'Công dân Việt Nam',
})
const LIST = Array.from({ length: 45 }, (_, at) => row(at + 1))
const living = async () => Number((await app.database.pool.query('select count(*)::int as n from catalogue.entry where gone_at is null')).rows[0].n)
const keeper = async (): Promise<Ctx> => ({ ...(await app.as('kiemsoat.h56')), national: { url, key: NATIONAL_TWIN_KEY, timeoutMs: 400 } })

beforeAll(async () => {
  app = await testApp({ clock })
})
beforeEach(async () => {
  await server?.close()
  await app.database.pool.query('truncate catalogue.intake, catalogue.entry, catalogue.change')
  twin = createNationalTwin(LIST, clock)
  server = Fastify()
  mountNational(server, twin)
  url = `${await server.listen({ port: 0, host: '127.0.0.1' })}${NATIONAL_PREFIX}`
})
afterAll(async () => {
  await server.close()
  await app.close()
})

describe('the national database', () => {
  test('is read whole once, then only what changed, each time a line with counts', async () => {
    const ctx = await keeper()
    expect(await syncNational(ctx)).toMatchObject({ kind: 'done', report: { added: 45, gone: 0 } })
    twin.put(row(3, 'Việc thứ ba, tên mới'))
    twin.put(row(99))
    twin.end(['9.000007'])
    clock.to('2026-11-24T02:00:00+07:00')
    expect(await syncNational({ ...ctx, now: clock.now() })).toMatchObject({ kind: 'done', report: { rows: 2, added: 1, changed: 1, gone: 1 } })
    expect((await findEntry(ctx.db, '9.000003'))!.name).toBe('Việc thứ ba, tên mới')
    expect((await findEntry(ctx.db, '9.000007'))!.goneAt).not.toBeNull()
    clock.to('2026-11-25T02:00:00+07:00')
    expect(await syncNational({ ...ctx, now: clock.now() })).toMatchObject({ kind: 'done', report: { rows: 0, added: 0, changed: 0, gone: 0 } })
    expect((await listIntakes(ctx)).map((one) => [one.state, one.since === '', one.added, one.changed, one.gone])).toEqual([['xong', false, 0, 0, 0], ['xong', false, 1, 1, 1], ['xong', true, 45, 0, 0]])
    clock.to('2026-11-23T09:00:00+07:00')
  })

  test.each([
    ['down', 'lỗi 500'],
    ['nonsense', 'không đọc được'],
    ['slowMs', 'không trả lời'],
  ] as const)('that fails (%s) changes nothing, says so, and is read when it is well again', async (fault, why) => {
    const ctx = await keeper()
    Object.assign(twin.faults, { [fault]: fault === 'slowMs' ? 900 : true })
    await expect(syncNational(ctx)).rejects.toMatchObject({ status: 503, message: expect.stringContaining(why) })
    expect(await living()).toBe(0)
    expect((await listIntakes(ctx))[0]).toMatchObject({ state: 'dang_lay', why: expect.stringContaining(why) })
    Object.assign(twin.faults, { [fault]: fault === 'slowMs' ? 0 : false })
    expect(await syncNational(ctx)).toMatchObject({ kind: 'done', report: { added: 45 } })
    expect(await listIntakes(ctx)).toHaveLength(1)
  })

  test('that dies midway is read on from where it stopped', async () => {
    const ctx = await keeper()
    twin.faults.diesMidway = true
    await expect(syncNational(ctx)).rejects.toMatchObject({ status: 503 })
    expect((await listIntakes(ctx))[0]).toMatchObject({ state: 'dang_lay', pagesDone: 1 })
    twin.faults.diesMidway = false
    twin.asked.length = 0
    expect(await syncNational(ctx)).toMatchObject({ kind: 'done', report: { added: 45 } })
    expect(twin.asked.map((one) => one.slice(-6))).toEqual(['page=2', 'page=3'])
  })

  test('that changes while it is read is read anew', async () => {
    const ctx = await keeper()
    twin.faults.diesMidway = true
    await expect(syncNational(ctx)).rejects.toMatchObject({ status: 503 })
    twin.faults.diesMidway = false
    twin.put(row(1, 'Việc thứ nhất, sửa giữa chừng'))
    expect(await syncNational(ctx)).toMatchObject({ kind: 'done', report: { added: 45 } })
    expect((await findEntry(ctx.db, '9.000001'))!.name).toBe('Việc thứ nhất, sửa giữa chừng')
  })

  test.each(['wrongRows', 'empty'] as const)('that gives what cannot be used (%s) changes nothing and is a line of the log', async (fault) => {
    const ctx = await keeper()
    twin.faults[fault] = true
    await expect(syncNational(ctx)).rejects.toMatchObject({ status: 422 })
    expect(await living()).toBe(0)
    expect((await listIntakes(ctx))[0]).toMatchObject({ state: 'hong' })
  })

  test('asked twice at once is taken in once', async () => {
    const ctx = await keeper()
    const done = await Promise.allSettled([syncNational(ctx), syncNational(ctx)])
    expect(done.filter((one) => one.status === 'fulfilled' && one.value.kind === 'done' && one.value.report.added === 45)).toHaveLength(1)
    expect(await living()).toBe(45)
    expect((await listIntakes(ctx)).filter((one) => one.state === 'xong')).toHaveLength(1)
  })

  test('that ends many procedures waits for a yes to exactly that number', async () => {
    const ctx = await keeper()
    await syncNational(ctx)
    twin.end(LIST.slice(0, 10).map((one) => one.code))
    const waits = await syncNational(ctx)
    expect(waits).toMatchObject({ kind: 'waits', gone: 10 })
    expect(await living()).toBe(45)
    expect((await viewIntake(ctx, waits.id)).gone).toHaveLength(10)
    expect(await confirmIntake(ctx, { id: waits.id, gone: 9 })).toMatchObject({ kind: 'waits', gone: 10 })
    expect(await confirmIntake(ctx, { id: waits.id, gone: 10 })).toMatchObject({ kind: 'done', report: { gone: 10 } })
    expect(await living()).toBe(35)
    await expect(confirmIntake(ctx, { id: waits.id, gone: 10 })).rejects.toMatchObject({ code: 'catalogue.intake_ended' })
  })

  test('is read nightly where it is configured, and left alone where not; only by those who keep the catalogue', async () => {
    await syncJob.run(systemCtx(app.env, 'Hệ thống'), undefined as never)
    expect(twin.asked).toEqual([])
    await syncJob.run({ ...systemCtx(app.env, 'Hệ thống'), national: { url, key: NATIONAL_TWIN_KEY } }, undefined as never)
    expect(await living()).toBe(45)
    await expect(syncNational(await app.as('kiemsoat.h56'))).rejects.toMatchObject({ code: 'catalogue.no_national' })
    await expect(syncNational({ ...(await app.as('motcua.14797')), national: { url, key: 'x' } })).rejects.toMatchObject({ code: 'catalogue.not_keeper' })
    await expect(syncNational({ ...(await keeper()), national: { url, key: 'sai' } })).rejects.toMatchObject({ message: expect.stringContaining('NATIONAL_KEY') })
  })
})

describe('a file', () => {
  test('that would end many procedures asks first; no leaves all as it was; an older no is no fault', async () => {
    const ctx = await keeper()
    await takeFile(ctx, LIST, { source: 'tệp', whole: true })
    const waits = await takeFile(ctx, LIST.slice(0, 5), { source: 'tệp dở', whole: true })
    expect(waits).toMatchObject({ kind: 'waits', gone: 40 })
    await dropIntake(ctx, { id: waits.id })
    await dropIntake(ctx, { id: waits.id })
    expect(await living()).toBe(45)
    await expect(takeFile(ctx, [], { source: 'tệp', whole: true })).rejects.toMatchObject({ status: 422 })
    expect(await takeFile(ctx, LIST.slice(0, 43), { source: 'tệp', whole: true })).toMatchObject({ kind: 'done', report: { gone: 2 } })
    await expect(dropIntake(await app.as('quantri.14797'), { id: waits.id })).rejects.toMatchObject({ code: 'catalogue.not_keeper' })
  })

  test('on the page: how many, which, and a second step', async () => {
    await takeFile(await keeper(), LIST, { source: 'tệp', whole: true })
    const { id } = await takeFile(await keeper(), LIST.slice(0, 5), { source: 'tệp dở', whole: true })
    const visitor = await Visitor.at(app, 'kiemsoat.h56')
    expect((await visitor.get('/admin/catalogue/entries')).text).toContain('40 thủ tục sẽ không còn')
    const asked = await visitor.get(`/admin/catalogue/intakes/${id}`)
    expect(asked.text).toContain('40 trong 45 thủ tục đang có sẽ không còn')
    expect(asked.text).toContain('Việc thứ 6')
    expect((await visitor.press('Đúng, 40 thủ tục này không còn')).text).toContain('40 không còn')
    expect(await living()).toBe(5)
  })
})
