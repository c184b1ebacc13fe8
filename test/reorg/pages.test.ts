// Plans of units by plain forms: drawn without a script, kept though two draw at once, confirmed by a second person, carried out, told to everybody, taken back.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { getPlan } from '#modules/reorg/index.ts'
import { fileCase, MovableClock, records } from '../desk/people.ts'
import { Visitor } from '../desk/visitor.ts'
import { type TestApp, testApp } from '../support/app.ts'

const HOME = '/admin/reorganisations'
const clock = new MovableClock('2026-11-23T08:30:00+07:00')
let app: TestApp
let author: Visitor
let second: Visitor
let dossier: Dossier

beforeAll(async () => {
  app = await testApp({ clock })
  author = await Visitor.at(app, 'quantriht.h56')
  second = await Visitor.at(app, 'quantriht2.h56')
  dossier = await fileCase(app, clock, records.find((one) => one.code === '2.000815')!, '2026-11-23T08:30:00+07:00', 1)
})
afterAll(() => app?.close())

const BASICS: readonly (readonly [string, string])[] = [['title', 'Nhập phường Hạc Thành vào phường Hàm Rồng'], ['decisionNo', '12/NQ-HĐND'], ['decisionOn', '20/11/2026'], ['day', '24/11/2026'], ['windowDays', '30'], ['note', ''], ['follow', '1']]

async function drafted(more: readonly (readonly [string, string])[] = []): Promise<string> {
  await author.get(`${HOME}/new`)
  await author.post(HOME, [...BASICS.filter(([key]) => !more.some(([other]) => other === key)), ...more])
  expect(author.page.status, author.page.text.slice(0, 400)).toBe(200)
  return author.page.url.split('/').pop()!
}

const post = (visitor: Visitor, id: string, path: string, fields: readonly (readonly [string, string])[], status = 200) => visitor.post(`${HOME}/${id}/${path}`, fields).then(() => expect([path, visitor.page.status, visitor.page.text.slice(0, 300)]).toEqual([path, status, expect.any(String)]))
/** A run that takes longer than the page waits goes on by itself. */
const until = async (id: string, state: string) => {
  for (let tries = 0; tries < 1000 && (await getPlan(await app.as('quantriht.h56'), id)).state !== state; tries++) await new Promise((go) => setTimeout(go, 20))
  expect((await getPlan(await app.as('quantriht.h56'), id)).state).toBe(state)
}
const merge: readonly (readonly [string, string])[] = [['from', 'th-14758'], ['from', 'th-14797'], ['into', 'th-14758']]

describe('drawing', () => {
  test('a plan without a name or with a wrong day comes back with what was typed', async () => {
    await author.get(`${HOME}/new`)
    await author.post(HOME, [['title', ''], ['decisionNo', '5/QĐ'], ['decisionOn', 'hôm qua'], ['day', ''], ['windowDays', '400'], ['note', '']])
    expect(author.page.status).toBe(422)
    for (const words of ['Đặt tên kế hoạch', 'Chọn ngày ký', 'Chọn ngày có hiệu lực', 'Không quá 90 ngày']) expect(author.page.text).toContain(words)
    expect(author.page.html).toContain('value="5/QĐ"')
  })

  test('units are looked for and ticked, what is ticked stays', async () => {
    const id = await drafted()
    await post(author, id, 'steps/draw?kind=merge', [['from', 'th-14758'], ['q.from', 'hac thanh'], ['looking', 'from']])
    expect(author.page.html).toMatch(/name="from" value="th-14758" checked/)
    expect(author.page.html).toMatch(/name="from" value="th-14797"/)
    await post(author, id, 'steps/draw?kind=merge', [['under', 'from th-14797']])
    expect(author.page.text).toContain('Trung tâm Phục vụ hành chính công phường Hạc Thành')
    await post(author, id, 'steps?kind=merge', [['from', 'th-14758'], ['into', 'th-14758']], 422)
    expect(author.page.text).toContain('Chọn thêm ít nhất một đơn vị')
  })

  test('two who draw at once lose nothing, a double click draws once', async () => {
    const id = await drafted()
    await Promise.all([post(author, id, 'steps?kind=merge', merge), post(second, id, 'steps?kind=rename', [['unit', 'th-14812'], ['name', 'phường Núi Nưa']])])
    await post(author, id, 'steps?kind=merge', merge)
    const plan = await getPlan(await app.as('quantriht.h56'), id)
    expect(plan.steps.map(({ kind }) => kind).sort()).toEqual(['merge', 'rename'])
    await author.get(`${HOME}/${id}`)
    expect(author.page.text).toContain('Nhập phường Hạc Thành vào phường Hàm Rồng')
    expect(author.page.text).toContain('đổi tên thành phường Núi Nưa')
    expect(author.page.html).toContain('class="ribbon main"')
  })

  test('two who change one name are both shown, two who change different things are both kept', async () => {
    const id = await drafted()
    await author.get(`${HOME}/${id}/basics`)
    const seen = /name="seen" value="([^"]+)"/.exec(author.page.html)![1]!.replaceAll('&quot;', '"')
    const changed = (key: string, value: string) => [['seen', seen] as const, ...BASICS.map(([name, was]) => [name, name === key ? value : was] as const)]
    await post(author, id, 'basics', changed('note', 'Ghi chú của người thứ nhất'))
    await post(second, id, 'basics', changed('title', 'Tên của người thứ hai'))
    await post(author, id, 'basics', changed('title', 'Tên của người thứ nhất'), 409)
    expect(author.page.text).toContain('Tên của người thứ hai')
    expect(author.page.html).toContain('Tên của người thứ nhất')
    expect(await getPlan(await app.as('quantriht.h56'), id)).toMatchObject({ title: 'Tên của người thứ hai', note: 'Ghi chú của người thứ nhất' })
  })

  test('a table is read line by line; its good lines are drawn', async () => {
    const id = await drafted()
    const text = '14758;14758;100%;phường Rồng Hạc\n14797;14758\n99999;14758'
    await author.get(`${HOME}/${id}/table`)
    await author.press(/Đọc bảng/, { text })
    expect(author.page.status).toBe(422)
    expect(author.page.text).toContain('Không có đơn vị đang hoạt động nào mang mã 99999')
    await post(author, id, 'table/steps', [['text', text]])
    expect((await getPlan(await app.as('quantriht.h56'), id)).steps.map(({ kind }) => kind)).toEqual(['create', 'merge'])
  })
})

describe('a seat', () => {
  test('is set with its source, and a swapped pair is caught', async () => {
    const keeper = await Visitor.at(app, 'quantri.14797')
    await keeper.get('/admin/units/th-14797')
    expect(keeper.page.text).toContain('vị trí minh họa')
    const given: readonly (readonly [string, string])[] = [['address', '28 Đại lộ Lê Lợi'], ['source', 'đo bằng GPS ngày 20/11/2026'], ['sure', 'measured'], ['people', '197.142'], ['peopleSource', 'thống kê 31/12/2025']]
    await keeper.post('/admin/units/th-14797/seat', [['latitude', '105,7763'], ['longitude', '19,8071'], ...given])
    expect(keeper.page.status).toBe(422)
    expect(keeper.page.text).toContain('Vĩ độ ở Việt Nam từ 6 đến 24')
    expect(keeper.page.html).toContain('value="28 Đại lộ Lê Lợi"')
    await keeper.post('/admin/units/th-14797/seat', [['latitude', '19,8071'], ['longitude', '105,7763'], ...given])
    expect(keeper.page.text).toContain('28 Đại lộ Lê Lợi; 19,80710, 105,77630 (vị trí đo đạc hoặc theo hồ sơ)')
    expect((await keeper.post('/admin/units/th-14758/seat', [['latitude', '19'], ['longitude', '105'], ...given])).status).toBe(404)
  })
})

describe('a merge of two wards', () => {
  let id = ''

  test('is looked at, sent, and not confirmed by whoever wrote it', async () => {
    id = await drafted()
    await post(author, id, 'steps?kind=merge', merge)
    await author.get(`${HOME}/${id}/report`)
    expect(author.page.text).toContain('Đường đi của người dân')
    expect(author.page.text).toMatch(/1 hồ sơ đang mở chuyển sang đơn vị kế tục/)
    await author.get(`${HOME}/${id}/report/dossiers?unit=th-14797`)
    expect(author.page.text).toContain(dossier.code!)
    expect(author.page.text).not.toContain(dossier.applicant.fullName)
    await author.get(`${HOME}/${id}/run`)
    await author.press(/Gửi xác nhận/)
    expect(author.page.text).toContain('Người soạn hoặc gửi kế hoạch không tự xác nhận')
    await author.get(`${HOME}/${id}/report.xlsx`)
    expect(author.page.status).toBe(200)
  })

  test('a second person confirms; it waits for its day', async () => {
    await second.get(`${HOME}/${id}/run`)
    await second.press(/Xác nhận kế hoạch/)
    expect(second.page.text).toContain('Đã xác nhận kế hoạch')
    expect(second.page.text).toContain('thi hành từ ngày ấy trở đi')
    await post(author, id, 'run/execution', [], 422)
    expect(author.page.text).toContain('24/11/2026')
  })

  test('on its day it is carried out; the old ward says what became of it everywhere', async () => {
    clock.at = new Date('2026-11-24T08:00:00+07:00')
    author = await Visitor.at(app, 'quantriht.h56')
    await author.get(`${HOME}/${id}/run`)
    await author.press(/Thi hành ngay/)
    await until(id, 'da_thi_hanh')
    expect((await needDossier(app.env.db, await app.as('quantriht.h56').then((ctx) => ({ ...ctx, actor: { kind: 'system', name: 'test' } }) as typeof ctx), dossier.code!)).receivedUnitId).toMatch(/^th-14758/)
    const visitor = new Visitor(app)
    await visitor.get('/don-vi/14797')
    expect(visitor.page.text).toContain('Từ ngày 24/11/2026, phường Hạc Thành nhập về phường Hàm Rồng')
    expect(visitor.page.text).toContain('Trung tâm Phục vụ hành chính công phường Hàm Rồng')
    for (const path of ['/tra-cuu?ma=ph%C6%B0%E1%BB%9Dng+H%E1%BA%A1c+Th%C3%A0nh', '/thu-tuc?q=phuong+hac+thanh', '/don-vi?q=14797']) {
      await visitor.get(path)
      expect(visitor.page.text, path).toContain('phường Hàm Rồng')
    }
    const api = await app.server.inject({ url: '/api/v1/units/14797' })
    expect(api.json()).toMatchObject({ inCharge: { code: '14758' } })
    const clerk = await Visitor.at(app, 'motcua.14758')
    await clerk.get('/desk/search?q=phuong%20hac%20thanh')
    expect(clerk.page.text).toContain('nhập về phường Hàm Rồng')
  })

  test('it is taken back within its window', async () => {
    await author.get(`${HOME}/${id}/rollback`)
    expect(author.page.text).toContain('Trở về đúng như cũ')
    const digest = /name="digest" value="([^"]+)"/.exec(author.page.html)![1]!
    await post(author, id, 'rollback', [['digest', digest], ['reason', '']], 422)
    expect(author.page.text).toContain('Ghi căn cứ và lý do hoàn tác')
    await post(author, id, 'rollback', [['digest', digest], ['reason', 'Nghị quyết 13/NQ-HĐND bãi bỏ.']])
    await until(id, 'da_hoan_tac')
    const visitor = new Visitor(app)
    await visitor.get('/don-vi/14797')
    expect(visitor.page.text).toContain('Đang hoạt động')
  })

  test('whoever heads the province may confirm and sees nothing else of administration', async () => {
    const chair = await Visitor.at(app, 'chutich.h56')
    await chair.get(HOME)
    expect(chair.page.status).toBe(200)
    expect((await chair.get('/admin/units')).status).toBe(403)
    expect((await chair.get(`${HOME}/new`)).status).toBe(403)
  })
})
