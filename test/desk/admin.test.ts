// Administration through its pages: holders of a post change with dates and a fact, old codes resolve, records are published or refused by field.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEvents } from '#core/events/index.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { procedureTexts } from '#main/pack.ts'
import { endHolding, giveHolding, holdingsOf, postsHeldBy } from '#modules/org/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from './people.ts'
import { Visitor } from './visitor.ts'

const clock = new MovableClock('2026-11-20T09:00:00+07:00')
const POST = 'th-14797/mot_cua/1'
const OTHER = 'cb-chuyenvien.14797'
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const as = async (login: string) => ({ ...(await app.as(login)), now: clock.now() })
const refusalOf = async (act: Promise<unknown>) => act.then(() => 'xong', (error: Error & { code?: string }) => error)

describe('holders of a post', () => {
  test('change hands on a day: ended, given, recorded; the permission follows the post', async () => {
    const admin = await Visitor.at(app, 'quantri.14797')
    await admin.get('/admin/posts?q=hac+thanh&role=mot_cua')
    await admin.get(admin.links('/admin/posts/').find((href) => href.endsWith(encodeURIComponent(POST)))!)
    expect(admin.page.text).toMatch(/Nguyễn Lan Thơ 01\/07\/2025 – nay Đang giữ/)
    await admin.press('Cho thôi giữ', { to: '19/11/2026' })
    expect([admin.page.status, admin.page.text.includes('phải từ hôm nay trở đi')]).toEqual([422, true])
    await admin.press('Cho thôi giữ', { to: '30/11/2026' })
    expect(admin.page.text).toContain('Đã ghi ngày thôi giữ chức danh.')
    await admin.get(`/admin/posts/${encodeURIComponent(POST)}?officer=${OTHER}`)
    await admin.press('Giao chức danh', { officer: OTHER, 'give.from': '30/11/2026' })
    expect([admin.page.status, /Nguyễn Lan Thơ giữ chức danh này từ 01\/07\/2025, đến 30\/11\/2026/.test(admin.page.text)]).toEqual([422, true])
    await admin.press('Giao chức danh', { officer: OTHER, 'give.from': '31/02/2027' })
    expect(admin.page.status).toBe(422)
    await admin.press('Giao chức danh', { officer: OTHER, 'give.from': '01/12/2026' })
    expect(admin.page.text).toContain('Đã giao chức danh.')
    expect((await holdingsOf(app.env.db, POST)).map(({ officerId, from, to }) => [officerId, from, to])).toEqual([[OTHER, '2026-12-01', null], ['cb-motcua.14797', '2025-07-01', '2026-11-30']])
    expect((await listEvents(app.env.db, `post:${POST}`)).map(({ name, actorId, data }) => [name, actorId, data.officer])).toEqual([
      ['org.holding_ended', 'cb-quantri.14797', 'cb-motcua.14797'], ['org.holding_given', 'cb-quantri.14797', OTHER],
    ])
    expect((await postsHeldBy(app.env.db, OTHER, '2026-11-30')).map(({ role }) => role)).toEqual(['chuyen_vien'])
    expect((await postsHeldBy(app.env.db, OTHER, '2026-12-01')).map(({ role }) => role)).toContain('mot_cua')
  })

  test('are refused to strangers, to oneself, outside the tree, and for impossible days', async () => {
    const give = async (login: string, input: Partial<Parameters<typeof giveHolding>[1]>) =>
      refusalOf(giveHolding(await as(login), { post: 'th-14797/van_thu/1', officer: OTHER, from: '2027-01-01', ...input }))
    expect(await give('motcua2.14797', {})).toMatchObject({ code: 'org.not_administrator', status: 403 })
    expect(await give('quantri.14797', { post: 'th/van_thu/1' })).toBeInstanceOf(Forbidden)
    expect(await give('quantri.14797', { officer: 'cb-quantri.14797' })).toMatchObject({ code: 'org.not_yourself' })
    expect(await give('quantriht.h56', { post: 'th/quan_tri_he_thong/2', officer: 'cb-quantriht.h56' })).toMatchObject({ code: 'org.not_yourself' })
    expect(await give('quantri.14797', { officer: 'cb-khong.co' })).toBeInstanceOf(NotFound)
    expect(await give('quantri.14797', { post: 'khong/co/1' })).toBeInstanceOf(NotFound)
    expect(await give('quantri.14797', { from: '2026-02-30' })).toBeInstanceOf(Invalid)
    expect(await give('quantri.14797', { from: '2020-01-01', to: '2020-02-01' })).toBeInstanceOf(Invalid) // before the post began
    expect(await give('quantri.14797', { from: '2027-01-02', to: '2027-01-01' })).toBeInstanceOf(Invalid)
    expect(await give('quantri.14797', {})).toMatchObject({ code: 'org.post_held' })
    const end = async (login: string, input: object) =>
      refusalOf(endHolding(await as(login), { post: 'th-14797/van_thu/1', officer: 'cb-vanthu.14797', from: '2025-07-01', to: '2026-12-31', ...input }))
    expect(await end('vanthu.14797', {})).toBeInstanceOf(Forbidden)
    expect(await end('quantri.14797', { officer: OTHER })).toBeInstanceOf(NotFound)
    expect(await end('quantri.14797', { to: '2026-11-01' })).toBeInstanceOf(Invalid)
  })

  test('given at the same moment to two: one holds it, the other is told', async () => {
    const ctx = await as('quantriht.h56')
    await endHolding(ctx, { post: 'th-14797/van_thu/1', officer: 'cb-vanthu.14797', from: '2025-07-01', to: '2026-11-20' })
    const both = await Promise.all([OTHER, 'cb-chuyenvien2.14797'].map((officer) => refusalOf(giveHolding(ctx, { post: 'th-14797/van_thu/1', officer, from: '2026-11-21' }))))
    expect(both.filter((one) => one === 'xong')).toHaveLength(1)
    expect(both.find((one) => one !== 'xong')).toBeInstanceOf(Conflict)
  })
})

describe('units', () => {
  test('are found by any code they ever bore, with what became of them', async () => {
    const admin = await Visitor.at(app, 'quantriht.h56')
    await admin.get('/admin/units?code=387')
    expect(admin.page.text).toMatch(/Ủy ban nhân dân huyện Quan Sơn \(01\/01\/2020 – 30\/06\/2025\) Ủy ban nhân dân xã Quan Sơn/)
    await admin.get('/admin/units?code=khong-co-ma-nay')
    expect([admin.page.status, admin.page.text.includes('Không có đơn vị nào mang mã')]).toEqual([200, true])
    await admin.get('/admin/units?q=H56.07')
    expect(admin.page.text).toContain('Sở Nông nghiệp và Môi trường')
    await admin.get('/admin/units/th-14797')
    expect(admin.page.text).toContain('Ủy ban nhân dân phường Điện Biên')
    await admin.get(admin.links('/admin/units/').find((href) => href.includes('cu-') || /14767/.test(href)) ?? '/admin/units/th-14797')
    expect(admin.page.status).toBe(200)
  })
})

describe('a procedure record', () => {
  const upload = async (visitor: Visitor, text: string) => {
    await visitor.get('/admin/procedures/imports')
    const token = /name="_csrf" value="([^"]+)"/.exec(visitor.page.html)![1]!
    const answer = await app.server.inject({
      method: 'POST', url: '/admin/procedures/imports',
      headers: { accept: 'text/html', origin: 'http://tinhso.test', cookie: [...visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'content-type': 'multipart/form-data; boundary=x' },
      payload: `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${token}\r\n--x\r\nContent-Disposition: form-data; name="record"; filename="thu-tuc.json"\r\nContent-Type: application/json\r\n\r\n${text}\r\n--x--\r\n`,
    })
    return { status: answer.statusCode, html: answer.body, location: String(answer.headers.location ?? '') }
  }

  test('is shown whole with its golden cases run now; a changed file becomes a draft that somebody else publishes, of the province only', async () => {
    const control = await Visitor.at(app, 'kiemsoat.h56')
    await control.get('/admin/procedures?q=khai+sinh')
    await control.get(control.links('/admin/procedures/1.001193')[0]!)
    expect(control.page.text).toMatch(/Đang áp dụng \d+ ca mẫu đúng/)
    expect(control.page.html).toContain('<svg')
    const text = procedureTexts().map((one) => one.text).find((one) => one.includes('"1.001193"'))!
    const record = JSON.parse(text)
    expect((await upload(control, text)).location).toBe('/admin/procedures/1.001193?version=1')
    const changed = await upload(control, JSON.stringify({ ...record, summary: `${record.summary} Bản thử.` }))
    expect([changed.status, changed.location]).toEqual([303, expect.stringMatching(/^\/admin\/procedures\/drafts\/[^/]+\/publish$/)])
    await control.get(changed.location)
    expect(control.page.text).toContain('Người soạn không tự công bố')
    const again = await upload(control, JSON.stringify({ ...record, summary: 'Bản khác nữa.' }))
    expect([again.status, again.html.includes('đang có bản nháp dở')]).toEqual([409, true])
    const other = await Visitor.at(app, 'quantriht.h56')
    await other.get(changed.location)
    await other.press('Công bố', { backdated: 'Sửa câu giới thiệu, không đổi nghĩa vụ của ai.' })
    await control.get('/admin/procedures/1.001193')
    expect(control.page.text).toContain('Phiên bản 2 (đang xem)')
    expect((await upload(control, JSON.stringify({ ...record, summary: `${record.summary} Bản thử.` }))).location).toBe('/admin/procedures/1.001193?version=2')
    const wrong = structuredClone(record)
    wrong.fees = [{ code: 'LP', name: 'Lệ phí', kind: 'le_phi', amount: -1, collectAt: 'tiep_nhan' }]
    wrong.steps[0].role = 'vua'
    const refused = await upload(control, JSON.stringify(wrong))
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('<code>fees[0].amount</code>')
    expect(refused.html).toContain('<code>steps[0].role</code>')
    expect((await upload(control, '{ hỏng')).status).toBe(422)
    expect((await upload(control, '')).status).toBe(422)
    const commune = await Visitor.at(app, 'chuyenvien2.14797.vp', /Cán bộ đầu mối kiểm soát/)
    await commune.get('/admin/procedures')
    expect(commune.links('/imports')).toEqual([])
  })
})
