// A commune that begins: unit with rooms and posts, people taken on from a pasted list, villages, going live; all or nothing, by the right administrators.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx } from '#core/ctx.ts'
import {
  addItContact, endItContact, getUnit, goLive, itCoverage, listDuty, listItContacts, listPosts, listRollout, listUnits, liveFaults, openUnit, openVillages, orgJobs, planRollout, rolloutCoverage, setDuty,
} from '#modules/org/index.ts'
import { systemCtx } from '#core/ctx.ts'
import { MovableClock } from '#test/desk/people.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { Visitor } from '#test/desk/visitor.ts'
import { beginSignIn, giveAgain, givenPassword, loginFor, notYetIn, readTakenOn, takeOn } from './index.ts'

const clock = new MovableClock('2026-11-23T09:00:00+07:00')
let app: TestApp
let admin: Ctx
beforeAll(async () => {
  app = await testApp({ clock })
  admin = await app.as('quantriht.h56')
})
afterAll(() => app.close())

const input = { template: 'xa', parent: 'th', name: 'Suối Vàng', code: '99901', identifier: 'H56.901', decision: 'NQ 1/2027', from: '2026-11-23' }
const LIST = `Họ và tên\tChức danh\tĐiện thoại\tTên đăng nhập
Nguyễn Thị Ánh Nguyệt\tChủ tịch UBND xã\t0912 345 678
Lò Văn Ỏn\tCông chức Bộ phận một cửa\t0912345679\tlovanon
Trần Thị Ủ\tVăn thư
Cầm Bá Ất\tQuản trị tài khoản đơn vị`

describe('a commune in minutes', () => {
  test('begins with rooms and posts, unseen by citizens', async () => {
    const unit = await openUnit(admin, input)
    expect(unit).toMatchObject({ id: 'th-99901', name: 'Ủy ban nhân dân xã Suối Vàng', level: 'xa', adminCode: '99901' })
    const parts = await listUnits(app.env.db, { parentId: unit.id })
    expect(parts.map((one) => one.key).sort()).toEqual(['cong_an_xa', 'phong_kinh_te', 'phong_van_hoa_xa_hoi', 'thon_to_dan_pho', 'trung_tam_phuc_vu_hanh_chinh_cong', 'van_phong_hdnd_ubnd'])
    expect((await listPosts(app.env.db, { within: unit.path, on: '2026-11-23', limit: 100 })).length).toBeGreaterThan(20)
    const receiving = await listUnits(app.env.db, { receiving: true, limit: 5000 })
    expect(receiving.some((one) => one.id === unit.id || one.parentId === unit.id)).toBe(false)
  })

  test.each([
    ['a code that lives', { code: '14797' }, { code: 'org.code_taken' }],
    ['a code that is none', { code: '12' }, { fields: [{ key: 'code' }] }],
    ['the wrong parent', { parent: 'th-14797', code: '99902' }, { fields: [{ key: 'parent' }] }],
    ['no kind', { template: 'lang', code: '99902' }, { fields: [{ key: 'template' }] }],
    ['no decision', { decision: '', code: '99902' }, { fields: [{ key: 'decision' }] }],
  ])('%s is refused', async (_what, more, wanted) => expect(openUnit(admin, { ...input, ...more })).rejects.toMatchObject(wanted))

  test('twice at once is one', async () => {
    const done = await Promise.allSettled(Array.from({ length: 3 }, () => openUnit(admin, { ...input, code: '99905', identifier: 'H56.905', name: 'Khe Ngọc' })))
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })

  test('a unit administrator opens rooms of the own unit only', async () => {
    const own = await app.as('quantri.14797')
    await expect(openUnit(own, { ...input, code: '99906' })).rejects.toMatchObject({ code: 'org.not_opener' })
    await expect(openUnit(own, { ...input, template: 'phong', parent: 'th-14758', code: '14758.X', name: 'Phòng X' })).rejects.toMatchObject({ code: 'org.not_opener' })
    expect(await openUnit(own, { ...input, template: 'phong', parent: 'th-14797', code: '14797.QLDA', identifier: null, name: 'Phòng Quản lý dự án' })).toMatchObject({ level: 'phong', parentId: 'th-14797' })
  })

  test('cannot go live while nobody can receive and sign', async () => {
    expect(await liveFaults(app.env.db, await getUnit(app.env.db, 'th-99901'), '2026-11-23')).toHaveLength(3)
    await expect(goLive(admin, { unit: 'th-99901' })).rejects.toMatchObject({ fields: [{ key: 'unit' }, { key: 'unit' }, { key: 'unit' }] })
  })

  test('people of a list get posts, accounts and passwords of their own, all or nobody', async () => {
    const broken = `${LIST}\nX1\tVăn thư\nHà Văn Đủ\tPhi công\nHà Văn Thừa\tVăn thư`
    const rows = await readTakenOn(admin, { unit: 'th-99901', list: broken })
    expect(rows.filter((row) => row.fault).map((row) => row.line)).toEqual([6, 7])
    await expect(takeOn(admin, { unit: 'th-99901', list: broken })).rejects.toMatchObject({ fields: [{ key: 'list.6' }, { key: 'list.7' }] })
    expect((await listPosts(app.env.db, { within: (await getUnit(app.env.db, 'th-99901')).path, on: '2026-11-23', limit: 100 })).every((post) => post.holder === null)).toBe(true)
    const taken = await takeOn(admin, { unit: 'th-99901', list: LIST })
    expect(taken.map((one) => one.login)).toEqual(['nguyetnta.99901', 'lovanon', 'utt.99901', 'atcb.99901'])
    expect(new Set(taken.map((one) => one.password)).size).toBe(4)
    const ctx = systemCtx(app.env, 'thử')
    await expect(beginSignIn(ctx, { login: 'lovanon', password: taken[1]!.password })).resolves.toBeTruthy()
    const { rows: kept } = await app.database.pool.query("select given_out from identity.credential where login = 'lovanon'")
    expect(kept[0].given_out).toBe(true)
  })

  test('passwords lost before anybody came in are given anew, to those alone', async () => {
    const waiting = await notYetIn(admin, { unit: 'th-99901' })
    expect(waiting.map((one) => one.login).sort()).toEqual(['atcb.99901', 'nguyetnta.99901', 'utt.99901'])
    expect(await notYetIn(await app.as('quantri.14797'), { unit: 'th-99901' })).toEqual([])
    const lo = waiting.find((one) => one.login === 'utt.99901')!
    const first = await giveAgain(admin, { unit: 'th-99901', officers: [lo.officerId] })
    expect(first).toMatchObject([{ fullName: 'Trần Thị Ủ', login: 'utt.99901' }])
    const again = await giveAgain(admin, { unit: 'th-99901', officers: [lo.officerId] })
    const ctx = systemCtx(app.env, 'thử')
    await expect(beginSignIn(ctx, { login: 'utt.99901', password: first[0]!.password })).rejects.toBeTruthy()
    await expect(beginSignIn(ctx, { login: 'utt.99901', password: again[0]!.password })).resolves.toBeTruthy()
    await expect(giveAgain(admin, { unit: 'th-99901', officers: [lo.officerId] })).rejects.toMatchObject({ code: 'identity.nobody_waits' })
    await expect(giveAgain(await app.as('quantri.14797'), { unit: 'th-99901', officers: waiting.map((one) => one.officerId) })).rejects.toMatchObject({ code: 'identity.nobody_waits' })
  })

  test('an administrator of another unit takes nobody on here', async () => {
    await expect(readTakenOn(await app.as('quantri.14758'), { unit: 'th-99901', list: 'Hà Văn Đủ;Chuyên viên' })).rejects.toMatchObject({ code: 'org.not_administrator' })
  })

  test('villages come with their heads, once', async () => {
    const list = 'Đông Thành – Lê Văn Sỹ\nTổ dân phố Quang Trung 1'
    const { added, heads } = await openVillages(admin, { commune: 'th-99901', list })
    expect(added).toEqual(['Thôn Đông Thành', 'Tổ dân phố Quang Trung 1'])
    expect(heads).toMatchObject([{ name: 'Lê Văn Sỹ' }])
    expect(await openVillages(admin, { commune: 'th-99901', list })).toMatchObject({ added: [], known: added })
    const [post] = await listPosts(app.env.db, { within: (await getUnit(app.env.db, heads[0]!.post.split('/')[0]!)).path, on: '2026-11-23', limit: 5 })
    expect(post).toMatchObject({ role: 'truong_thon', title: 'Trưởng thôn', holder: { id: heads[0]!.officer } })
    await expect(openVillages(admin, { commune: 'th', list })).rejects.toMatchObject({ fields: [{ key: 'commune' }] })
  })

  test('a village that stands twice in one list is named by its lines, and nothing of the list is written', async () => {
    const before = (await listUnits(app.env.db, { parentId: 'th-99901' })).length
    await expect(openVillages(admin, { commune: 'th-99901', list: 'Thôn Mới\n\nBản Lát\nmới – Hà Văn Tư\nLÁT' })).rejects.toMatchObject({
      fields: [{ key: 'list', message: expect.stringMatching(/^Dòng 4: .*dòng 1/) }, { key: 'list', message: expect.stringMatching(/^Dòng 5/) }],
    })
    expect(await listUnits(app.env.db, { parentId: 'th-99901' })).toHaveLength(before)
  })

  test.each([
    ['the same name, no telephone', 'Hà Văn Đủ;Văn thư\nHà văn Đủ;Chuyên viên', 2],
    ['the same telephone, however written', 'Hà Văn Đủ;Văn thư;0912 000 111\nHà V. Đủ;Chuyên viên;+84912000111', 2],
    ['the same name, one telephone', 'Hà Văn Đủ;Chuyên viên;0912000111\nHà Văn Đủ;Chuyên viên', 2],
  ])('one person on two lines is refused: %s', async (_what, list, line) => {
    const count = async () => (await app.database.pool.query('select count(*)::int as n from org.officer')).rows[0].n
    const before = await count()
    await expect(takeOn(admin, { unit: 'th-99905', list })).rejects.toMatchObject({ fields: [{ key: `list.${line}`, message: expect.stringContaining('dòng 1') }] })
    expect(await count()).toBe(before)
  })

  test('two people of one name are told apart by their telephones', async () => {
    const rows = await readTakenOn(admin, { unit: 'th-99905', list: 'Hà Văn Đủ;Chuyên viên;0912000111\nHà Văn Đủ;Chuyên viên;0912000222' })
    expect(rows.map((row) => row.fault)).toEqual([null, null])
    expect(new Set(rows.map((row) => row.login)).size).toBe(2)
  })

  test('pressed twice on the page: the second answer says so and offers the passwords anew', async () => {
    const visitor = await Visitor.at(app, 'quantriht.h56')
    const list = 'Hà Thị Bấm\tVăn thư'
    const unit = await getUnit(app.env.db, 'th-99905')
    const take = () => visitor.post(`/admin/units/${unit.id}/opening/people`, [['list', list], ['do', 'take']])
    const [one, other] = await Promise.all([take(), take()])
    const [made, second] = one.text.includes('Mật khẩu lần đầu') ? [one, other] : [other, one]
    expect(made.status).toBe(200)
    expect(second.text).toContain('đã được lập ở lần bấm trước')
    expect(second.text).toContain('bamht.99905')
    visitor.page = second
    const shown = await visitor.press('Đặt lại mật khẩu cho những người đã chọn')
    expect(shown.text).toContain('1 mật khẩu đã đặt lại')
    const password = /([A-Z][a-z]+-){4}\d{4}/.exec(shown.text)![0]
    await expect(beginSignIn(systemCtx(app.env, 'thử'), { login: 'bamht.99905', password })).resolves.toBeTruthy()
  })

  test('goes live on its day by itself, and then receives', async () => {
    await planRollout(admin, { units: ['th-99901', 'th-99905'], wave: 2, plannedOn: '2026-12-01' })
    await expect(planRollout(admin, { units: ['th-99901'], plannedOn: '2020-01-01' })).rejects.toMatchObject({ fields: [{ key: 'plannedOn' }] })
    await expect(planRollout(await app.as('quantri.14797'), { units: ['th-99901'] })).rejects.toMatchObject({ code: 'org.not_planner' })
    const job = orgJobs.find((one) => one.name === 'org.go_live')!
    await job.run(systemCtx(app.env, 'Hệ thống'), undefined as never)
    expect((await listRollout(app.env.db)).filter((one) => one.liveAt)).toEqual([])
    clock.to('2026-12-01T06:00:00+07:00')
    await job.run(systemCtx(app.env, 'Hệ thống'), undefined as never)
    await job.run(systemCtx(app.env, 'Hệ thống'), undefined as never)
    expect((await listRollout(app.env.db)).filter((one) => one.liveAt).map((one) => one.unit.id)).toEqual(['th-99901'])
    expect((await listUnits(app.env.db, { receiving: true, limit: 5000 })).some((one) => one.id === 'th-99901')).toBe(true)
    const communes = (await rolloutCoverage(app.env.db)).find((one) => one.level === 'xa')!
    expect(communes.units - communes.live).toBe(1)
    clock.to('2026-11-23T09:00:00+07:00')
  })
})

describe('who looks after computers', () => {
  test('stands in the directory of the own unit; turns are listed; coverage counts agencies', async () => {
    const own = await app.as('quantri.14797')
    const before = (await itCoverage(app.env.db)).find((one) => one.level === 'xa')!
    const { id } = await addItContact(own, { unit: 'th-14797', fullName: 'Vũ Đức Ưng', phone: '0912 345 670', email: '', fullTime: true })
    await expect(addItContact(own, { unit: 'th-14758', fullName: 'Vũ Đức Ưng', phone: '0912345670', fullTime: false })).rejects.toMatchObject({ code: 'org.not_administrator' })
    await expect(addItContact(own, { unit: 'th-14797', fullName: 'V', phone: '12', email: 'x', fullTime: false })).rejects.toMatchObject({ fields: [{ key: 'fullName' }, { key: 'phone' }, { key: 'email' }] })
    expect((await itCoverage(app.env.db)).find((one) => one.level === 'xa')).toMatchObject({ covered: before.covered + 1, fullTime: before.fullTime + 1 })
    await setDuty(own, { contact: id, from: '2026-11-23', to: '2026-11-29' })
    await expect(setDuty(own, { contact: id, from: '2026-11-29', to: '2026-11-23' })).rejects.toMatchObject({ fields: [{ key: 'to' }] })
    expect(await listDuty({ db: app.env.db }, '2026-11-24')).toMatchObject([{ fullName: 'Vũ Đức Ưng', from: '2026-11-23', to: '2026-11-29' }])
    await endItContact(own, { id })
    expect((await listItContacts(app.env.db)).some((one) => one.id === id)).toBe(false)
    expect(await listDuty({ db: app.env.db }, '2026-11-24')).toEqual([])
  })
})

test.each([
  ['Nguyễn Thị Ánh Nguyệt', 'nguyetnta.14797'],
  ['Đỗ Ủn', 'und.14797'],
  ["Y'Bhan Êban", 'ebany.14797'],
])('%s signs in as %s', (name, login) => expect(loginFor(name, '14797')).toBe(login))

test('a password given out is long, of several kinds, and never the same', () => {
  const many = Array.from({ length: 200 }, givenPassword)
  expect(new Set(many).size).toBe(200)
  for (const one of many) expect(one).toMatch(/^([A-Z][a-z]+-){4}\d{4}$/)
})
