// Who decides: by record and by the national list, for old and new names, for several bearers of one name, for days past; the same unit that routing finds.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '#core/ctx.ts'
import { competence } from '#modules/procedures/index.ts'
import { listUnits } from '#modules/org/index.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { importEntries, whatIsMeant, whoDecides } from './index.ts'

let app: TestApp
let ctx: Ctx
const on = '2026-11-23'

beforeAll(async () => {
  app = await testApp()
  ctx = await app.as('congdan1')
  const row = (code: string, name: string, level: string, ministry: string) => ({ code, name, ministry, field: 'Lĩnh vực', level, decision: null, type: null, applicants: 'Công dân Việt Nam' })
  await importEntries(await app.as('kiemsoat.h56'), [
    row('1.004837', 'Thủ tục đăng ký giám hộ', 'Cấp xã', 'bo-tu-phap'), row('2.002516', 'Xác nhận thông tin hộ tịch', 'Cấp tỉnh, Cấp xã', 'Bộ Tư pháp'), row('1.000001', 'Việc của bộ', 'Cấp bộ', 'bo-tu-phap'),
  ], { source: 'thử', whole: false })
})
afterAll(() => app.close())

test('of a record it is the unit that routing finds, with the same clause', async () => {
  const answer = await whoDecides(ctx, { code: '1.001193', place: '14797', on })
  const routed = await competence(ctx.db, { procedure: '1.001193', place: '14797', on })
  expect(answer.deciders.map((one) => [one.unit.id, one.clause])).toEqual([[routed.unit.id, routed.clause]])
})

test('without a place it asks for one; a province-wide matter needs none', async () => {
  expect(await whoDecides(ctx, { code: '1.001193', place: '', on })).toMatchObject({ wantsPlace: true, deciders: [] })
  expect((await whoDecides(ctx, { code: '1.013831', place: '', on })).deciders).toHaveLength(1)
})

test('an old name, a name with the kind of before, a code of before: the unit of today', async () => {
  const today = (await listUnits(ctx.db, { q: 'Hạc Thành', level: 'xa', limit: 1 }))[0]!
  for (const place of ['phường Hạc Thành', 'xã Hạc Thành', 'hac thanh', today.code]) {
    expect((await whoDecides(ctx, { code: '1.004837', place, on })).deciders.map((one) => one.unit.id), place).toEqual([today.id])
  }
})

test('a name borne by several is asked back, and each choice leads to one unit', async () => {
  const { choices, deciders } = await whoDecides(ctx, { code: '1.004837', place: 'Quảng Phú', on: '2025-06-01' })
  const many = choices.length > 1 ? choices : (await whoDecides(ctx, { code: '1.004837', place: 'Quang Trung', on: '2025-06-01' })).choices
  expect(many.length > 1 || deciders.length === 1).toBe(true)
  for (const { asked } of many) {
    const answer = await whoDecides(ctx, { code: '1.004837', place: asked.code, on: '2025-06-01' })
    expect(answer.deciders, asked.name).toHaveLength(1)
    expect(answer.deciders[0]!.unit.validTo).toBeNull()
  }
})

test('a matter of two levels names both; one of the ministry none', async () => {
  expect((await whoDecides(ctx, { code: '2.002516', place: '14797', on })).deciders.map((one) => one.unit.level)).toEqual(['tinh', 'xa'].map((level) => expect.stringMatching(level === 'tinh' ? /tinh|so/ : /xa/)))
  expect(await whoDecides(ctx, { code: '1.000001', place: '14797', on })).toMatchObject({ central: true, deciders: [] })
})

test('no such place, no such matter: in words', async () => {
  expect((await whoDecides(ctx, { code: '1.001193', place: 'Chốn không tên', on })).fault).toMatch(/Không có xã, phường nào/)
  await expect(whoDecides(ctx, { code: '9.999999', place: '', on })).rejects.toMatchObject({ code: 'catalogue.no_matter' })
})

test('a day before its rules began says so, and does not send people to a ministry', async () => {
  const answer = await whoDecides(ctx, { code: '1.001193', place: '14797', on: '1990-01-01' })
  expect(answer).toMatchObject({ central: false, deciders: [] })
  expect(answer.fault).toMatch(/chỉ có quy định về việc này từ ngày/)
  expect((await whoDecides(ctx, { code: '1.001193', place: '14797', on: '9999-12-31' })).central).toBe(false)
})

test('an address as people say it is read down to its commune', async () => {
  const today = (await listUnits(ctx.db, { q: 'Hạc Thành', level: 'xa', limit: 1 }))[0]!
  for (const place of ['số 5 phường Hạc Thành', 'thôn 3, xã Hạc Thành, tỉnh Thanh Hóa', 'Hạc Thành, Thanh Hóa', 'phố 2 phường Hạc Thành tỉnh Thanh Hóa'])
    expect((await whoDecides(ctx, { code: '1.004837', place, on })).deciders.map((one) => one.unit.id), place).toEqual([today.id])
})

test('words that fit nothing well are asked back, plain ones are not', async () => {
  for (const q of ['hộ chiếu', 'làm căn cước', 'nghĩa vụ quân sự']) expect((await whatIsMeant(ctx, q, 5)).sure, q).toBe(false)
  for (const q of ['khai sinh', 'sang tên sổ đỏ', 'lấy vợ', 'chung thuc']) expect((await whatIsMeant(ctx, q, 5)).sure, q).toBe(true)
})

test('a name with its accents is that name, not a like one of today', async () => {
  const asked = async (place: string) => (await whoDecides(ctx, { code: '1.004837', place, on })).deciders[0]!
  expect((await asked('Hoằng Phú')).unit.name).toMatch(/Hoằng Phú$/)
  expect((await asked('xã Hoằng Phụ')).how).toMatch(/Hoằng Phụ .*nay thuộc/)
  expect((await asked('thôn 3 xã Hoằng Phụ')).how).toMatch(/Hoằng Phụ .*nay thuộc/)
})
