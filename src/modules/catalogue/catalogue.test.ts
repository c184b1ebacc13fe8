// The catalogue on a real database: lists taken in, sayings, searches counted without the person, levels and plans.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import {
  addSaying, addTarget, approveRoadmap, countedAs, demand, demandJob, draftRoadmap, dropSaying, dropTarget, entryNews, findEntry, findProcedures, importEntries, levelsOn, listFields, markEssential, noteSearch, readBook, seeChange,
  unmarkEssential, viewRoadmap,
} from '#modules/catalogue/index.ts'
import { MovableClock } from '#test/desk/people.ts'
import { type TestApp, testApp } from '#test/support/app.ts'

const clock = new MovableClock('2026-11-23T09:00:00+07:00')
let app: TestApp
beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const keeper = () => app.as('kiemsoat.h56')
const other = () => app.as('quantriht.h56')

const row = (code: string, name: string, more: object = {}) => ({
  code, name, ministry: 'Bộ Tư pháp', field: 'Hộ tịch', level: 'Cấp xã', decision: '1/QĐ', type: 'Loại khác', applicants: 'Công dân Việt Nam', ...more,
})
const LIST = [row('1.001193', 'Thủ tục đăng ký khai sinh'), row('1.004837', 'Thủ tục đăng ký giám hộ'), row('3.000346', 'Cấp giấy phép lái xe', { ministry: 'Bộ Công an', field: 'Sát hạch', level: 'Cấp bộ' })]

describe('the national list', () => {
  test('is taken in once, and its changes are told', async () => {
    const ctx = await keeper()
    expect(await importEntries(ctx, LIST, { source: 'Cổng Dịch vụ công quốc gia', whole: true })).toMatchObject({ rows: 3, added: 3, changed: 0, gone: 0, same: 0 })
    expect(await importEntries(ctx, LIST, { source: 'Cổng Dịch vụ công quốc gia', whole: true })).toMatchObject({ added: 0, changed: 0, gone: 0, same: 3 })
    expect(await entryNews(ctx)).toEqual({ ours: [], others: [] })
    const next = [row('1.001193', 'Đăng ký khai sinh, bản mới'), row('1.004837', 'Thủ tục đăng ký giám hộ'), row('2.000806', 'Thủ tục đăng ký kết hôn có yếu tố nước ngoài')]
    await expect(importEntries(ctx, next, { source: 'Cổng Dịch vụ công quốc gia', whole: true })).rejects.toMatchObject({ code: 'catalogue.many_end', message: expect.stringContaining('1 trong 3') })
    await expect(importEntries(ctx, next, { source: 'Cổng Dịch vụ công quốc gia', whole: true, ends: 2 })).rejects.toMatchObject({ code: 'catalogue.many_end' })
    expect((await findEntry(ctx.db, '1.001193'))!.name).toBe('Thủ tục đăng ký khai sinh')
    expect(await importEntries(ctx, next, { source: 'Cổng Dịch vụ công quốc gia', whole: true, ends: 1 })).toMatchObject({ added: 1, changed: 1, gone: 1, same: 1 })
    const news = await entryNews(ctx)
    expect(news.ours.map((one) => [one.code, one.kind])).toEqual([['1.001193', 'doi']])
    expect(news.others.map((one) => [one.code, one.kind])).toEqual([['3.000346', 'het'], ['2.000806', 'moi']])
    await seeChange(ctx, { id: news.ours[0]!.id })
    await seeChange(ctx, { id: news.ours[0]!.id })
    expect((await entryNews(ctx)).ours).toEqual([])
    expect(await findEntry(ctx.db, '3.000346')).toMatchObject({ goneAt: clock.now() })
  })

  test('in decomposed letters and wild spaces is the same list', async () => {
    const ctx = await keeper()
    const decomposed = [row('1.004837', 'Thủ  tục đăng ký\n giám hộ'.normalize('NFD'), { field: 'Hộ tịch'.normalize('NFD') })]
    expect(await importEntries(ctx, decomposed, { source: 'tệp', whole: false })).toMatchObject({ same: 1, changed: 0 })
  })

  test('with faults is refused whole, every row named', async () => {
    const ctx = await keeper()
    const wrong = importEntries(ctx, [row('1.000001', ''), row('12', 'Tên'), row('1.000002', 'Tên', { level: 'Cấp trời' }), row('1.000003', 'Đúng')], { source: 'tệp', whole: false })
    await expect(wrong).rejects.toMatchObject({ fields: [{ key: '1.name' }, { key: '2.code' }, { key: '3.level' }] })
    expect(await findEntry(ctx.db, '1.000003')).toBeNull()
    await expect(importEntries(ctx, { rows: [] }, { source: 'tệp', whole: false })).rejects.toMatchObject({ fields: [{ key: '' }] })
  })

  test.each([true, false])('without a row is refused, whole or not (%s): the catalogue stays', async (whole) => {
    const ctx = await keeper()
    await expect(importEntries(ctx, [], { source: 'tệp', whole, ends: 3 })).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('không có dòng nào') }] })
    expect(await findEntry(ctx.db, '1.004837')).toMatchObject({ goneAt: null })
  })

  test('two imports at once end as one after the other', async () => {
    const ctx = await keeper()
    const list = [row('1.000101', 'Việc thứ nhất'), row('1.000102', 'Việc thứ hai')]
    const done = await Promise.all(Array.from({ length: 4 }, () => importEntries(ctx, list, { source: 'tệp', whole: false })))
    expect(done.map((one) => one.added).sort()).toEqual([0, 0, 0, 2])
  })

  test.each([['motcua.14797', 'catalogue.not_keeper'], ['quantri.14797', 'catalogue.not_keeper'], ['congdan1', 'catalogue.not_keeper']])('%s takes none in', async (who, code) => {
    await expect(importEntries(await app.as(who), LIST, { source: 'tệp', whole: true })).rejects.toMatchObject({ code })
  })
})

describe('finding', () => {
  test('published and named together, by everyday words, by target and field', async () => {
    const ctx = await app.as('congdan1')
    expect((await findProcedures(ctx, { q: 'moi sinh em be' }))[0]).toMatchObject({ code: '1.001193', published: true })
    expect((await findProcedures(ctx, { q: 'trông nom cháu mồ côi' }))[0]).toMatchObject({ code: '1.004837', published: false, onlineLevel: 'thong_tin' })
    expect((await findProcedures(ctx, { q: '1.004837' })).map((one) => one.code)).toEqual(['1.004837'])
    expect(await findProcedures(ctx, { q: 'xyzzy qwrtp' })).toEqual([])
    const fields = await listFields(ctx)
    const civil = fields.find((one) => one.name === 'Hộ tịch')!
    expect((await findProcedures(ctx, { field: civil.key })).length).toBe(civil.count)
    expect((await findProcedures(ctx, { field: civil.key, target: 'doanh_nghiep' })).length).toBe(0)
  })

  test('an added saying is heard at once, and no more when it is dropped', async () => {
    const ctx = await keeper()
    expect(await findProcedures(ctx, { q: 'xyzzy' })).toEqual([])
    const { id } = await addSaying(ctx, { say: 'Xyzzy\nxyzzy con', mean: 'đăng ký giám hộ' })
    expect((await findProcedures(ctx, { q: 'xyzzy' }))[0]!.code).toBe('1.004837')
    await expect(addSaying(ctx, { say: 'xyzzy', mean: 'đăng ký khai tử' })).rejects.toMatchObject({ fields: [{ key: 'say' }] })
    expect((await readBook(ctx, 'giam ho')).added.map((one) => one.id)).toContain(id)
    await dropSaying(ctx, { id })
    await dropSaying(ctx, { id })
    expect(await findProcedures(ctx, { q: 'xyzzy' })).toEqual([])
    await expect(addSaying(await app.as('quantri.14797'), { say: 'abc', mean: 'đăng ký' })).rejects.toMatchObject({ code: 'catalogue.not_keeper' })
  })
})

describe('demand', () => {
  test.each([
    ['Đăng ký khai sinh', 'đăng ký khai sinh'],
    ['hồ sơ 038095001234 của tôi', 'hồ sơ # của tôi'],
    ['038095001234', null],
    ['ten@example.vn', null],
    ['  ', null],
  ])('"%s" is counted as %s', (q, said) => expect(countedAs(q)).toBe(said))

  test('counts by day, shows what nothing answered only when it was asked often, forgets the rest', async () => {
    const ctx = await app.as('congdan1')
    for (let n = 0; n < 3; n++) await noteSearch(ctx, 'thuê sân bóng', null)
    await noteSearch(ctx, 'cháu Nguyễn Văn A bị ốm', null)
    await Promise.all(Array.from({ length: 5 }, () => noteSearch(ctx, 'mới sinh', '1.001193')))
    const on = { from: '2026-11-01', to: '2026-11-30' }
    const before = await demand(await keeper(), on)
    expect(before.nothing).toEqual([{ said: 'thuê sân bóng', asked: 3 }])
    expect(before.searches).toBe(9)
    expect(before.lines.find((one) => one.code === '1.001193')).toMatchObject({ searches: 5, essential: true })
    clock.to('2027-01-05T09:00:00+07:00')
    await demandJob.run(systemCtx(app.env, 'Hệ thống'), undefined as never)
    const after = await demand(await keeper(), on)
    expect(after.searches).toBe(8)
    clock.to('2026-11-23T09:00:00+07:00')
    await expect(demand(await app.as('motcua.14797'), on)).rejects.toMatchObject({ code: 'catalogue.not_reader' })
  })

  test('essential is marked with its basis, for codes that are known', async () => {
    const ctx = await keeper()
    await markEssential(ctx, { code: '1.004837', basis: 'Quyết định của tỉnh' })
    expect((await demand(ctx, { from: '2026-11-01', to: '2026-11-30' })).lines.find((one) => one.code === '1.004837')).toMatchObject({ essential: true })
    expect((await findProcedures(ctx, { q: '1.004837' }))[0]).toMatchObject({ essential: true })
    await unmarkEssential(ctx, { code: '1.004837' })
    await unmarkEssential(ctx, { code: '1.004837' })
    await expect(markEssential(ctx, { code: '9.999999', basis: 'Quyết định' })).rejects.toMatchObject({ fields: [{ key: 'code' }] })
  })
})

describe('levels and plans', () => {
  test('levels by agency add up to the province, on any day', async () => {
    const ctx = await keeper()
    const now = await levelsOn(ctx, '2026-11-23')
    const sum = (pick: (line: (typeof now.lines)[number]) => number) => now.lines.reduce((all, line) => all + pick(line), 0)
    expect(now.all.total).toBeGreaterThan(15)
    expect([sum((one) => one.toanTrinh), sum((one) => one.motPhan), sum((one) => one.thongTin), sum((one) => one.total)]).toEqual([now.all.toanTrinh, now.all.motPhan, now.all.thongTin, now.all.total])
    expect(now.all.legacy.reduce((a, b) => a + b)).toBe(now.all.total)
    expect((await levelsOn(ctx, '2010-01-01')).all.total).toBe(0)
  })

  test('a plan is drafted by one, approved by another, and measured', async () => {
    const ctx = await keeper()
    const { id } = await draftRoadmap(ctx, { year: 2026, name: 'Lộ trình thử năm 2026' })
    await expect(approveRoadmap(await other(), { roadmap: id, decision: '12/QĐ-UBND', decidedOn: '2026-01-10' })).rejects.toMatchObject({ fields: [{ key: 'decision' }] })
    await addTarget(ctx, { roadmap: id, code: '1.001193', level: 'toan_trinh', quarter: 1 })
    await addTarget(ctx, { roadmap: id, code: '1.004837', level: 'mot_phan', quarter: 2 })
    await addTarget(ctx, { roadmap: id, agency: 'xa', wanted: 500, level: 'mot_phan', quarter: 4 })
    await addTarget(ctx, { roadmap: id, agency: 'xa', wanted: 600, level: 'mot_phan', quarter: 4 })
    await expect(addTarget(ctx, { roadmap: id, code: '9.999999', level: 'mot_phan', quarter: 4 })).rejects.toMatchObject({ fields: [{ key: 'code' }] })
    await expect(addTarget(ctx, { roadmap: id, code: '1.001193', agency: 'xa', level: 'mot_phan', quarter: 4 })).rejects.toMatchObject({ fields: [{ key: 'code' }] })
    const { targets, quarters } = await viewRoadmap(ctx, id)
    expect(targets.map((one) => [one.code ?? one.agency, one.wanted, one.progress])).toEqual([['1.001193', 1, 'dat'], ['1.004837', 1, 'cham'], ['xa', 600, 'dang_lam']])
    expect(quarters[1]).toEqual({ quarter: 2, wanted: 2, done: 1 })
    await expect(approveRoadmap(ctx, { roadmap: id, decision: '12/QĐ-UBND', decidedOn: '2026-01-10' })).rejects.toMatchObject({ code: 'catalogue.roadmap_own' })
    await approveRoadmap(await other(), { roadmap: id, decision: '12/QĐ-UBND', decidedOn: '2026-01-10' })
    await expect(dropTarget(ctx, { roadmap: id, target: targets[0]!.id })).rejects.toMatchObject({ code: 'catalogue.roadmap_approved' })
    await expect(approveRoadmap(await other(), { roadmap: id, decision: '13/QĐ-UBND', decidedOn: '2026-01-10' })).rejects.toMatchObject({ code: 'catalogue.roadmap_approved' })
    await expect(viewRoadmap(await app.as('motcua.14797'), id)).rejects.toMatchObject({ code: 'catalogue.not_reader' })
  })
})
