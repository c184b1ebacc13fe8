// The workshop through its pages without a script: every door as every role, every record through its forms unchanged, a draft from first word to publication.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { procedureTexts } from '#main/pack.ts'
import { beginDraft, type DraftRecord, dropDraft, getDraft, importRecord, inForceOn, listDrafts, listVersions, partOf, type ProcedureRecord } from '#modules/procedures/index.ts'
import { readPartForm } from '#ui/part-form.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from './people.ts'
import { formsOf, Visitor } from './visitor.ts'

const clock = new MovableClock('2026-11-23T09:00:00+07:00')
const CODE = '2.000815'
let app: TestApp
let drafter: Visitor
let publisher: Visitor

beforeAll(async () => {
  app = await testApp({ clock })
  drafter = await Visitor.at(app, 'kiemsoat.h56')
  publisher = await Visitor.at(app, 'quantriht.h56')
}, 120_000)
afterAll(() => app.close())

const ctxOf = async (login: string) => ({ ...(await app.as(login)), now: clock.now() })
const versionOf = async (code: string) => inForceOn(await listVersions(app.env.db, code), '2026-11-23')!
const open = async (code: string) => (await beginDraft(await ctxOf('kiemsoat.h56'), { from: 'version', version: (await versionOf(code)).id })).id
const tokenOf = (visitor: Visitor) => /name="_csrf" value="([^"]+)"/.exec(visitor.page.html)![1]!

describe('doors', () => {
  const ROLES = { control: 'kiemsoat.h56', systemAdmin: 'quantriht.h56', counter: 'motcua.14797', chair: 'chutich.14797', unitAdmin: 'quantri.14797', overseer: 'giamsat.h56' } as const
  const TABS = ['basics', 'process', 'form', 'parts', 'fees', 'texts', 'reasons', 'cases', 'cases/0', 'cases/new', 'decision', 'diff', 'history', 'publish', 'parts/basics', 'here']

  test('authors write, the controllers of communes read, everybody else stays outside', async () => {
    const id = await open(CODE)
    const visitors = await Promise.all(Object.entries(ROLES).map(async ([role, login]) => [role, await Visitor.at(app, login)] as const))
    visitors.push(['communeControl', await Visitor.at(app, 'chuyenvien2.14797.vp', /Cán bộ đầu mối kiểm soát/)])
    const inside = ['control', 'systemAdmin', 'communeControl']
    for (const path of ['', '/reviews', '/drafts', ...TABS.map((tab) => `/drafts/${id}/${tab}`)]) {
      const got = await Promise.all(visitors.map(async ([role, visitor]) => [role, (await visitor.get(`/admin/procedures${path}`)).status]))
      expect([path, got]).toEqual([path, visitors.map(([role]) => [role, inside.includes(role) ? 200 : 403])])
    }
    const version = (await versionOf(CODE)).id
    const acts: [string, [string, string][]][] = [
      ['drafts', [['from', 'version'], ['version', version]]], [`drafts/${id}/dropping`, []], [`drafts/${id}/parts/basics`, [['name', 'X'], ['_base', '0']]], [`drafts/${id}/submission`, []], [`drafts/${id}/publication`, [['revision', '0']]],
      [`drafts/${id}/following`, []], [`drafts/${id}/cases/0/removal`, []], [`drafts/${id}/cases/0/outcome`, []], [`${CODE}/withdrawals`, [['version', version], ['reason', 'không được']]], [`${CODE}/reviews`, [['verdict', 'current']]],
    ]
    for (const [role, visitor] of visitors.filter(([role]) => !['control', 'systemAdmin'].includes(role))) {
      await visitor.get('/account/security')
      const token = tokenOf(visitor)
      for (const [path, fields] of acts) {
        const { status } = await visitor.send('POST', `/admin/procedures/${path}`, [['_csrf', token], ...fields], false)
        expect([role, path, status]).toEqual([role, path, 403])
      }
    }
    await drafter.get(`/admin/procedures/drafts/${id}/basics`)
    for (const [path] of acts) expect([path, (await drafter.send('POST', `/admin/procedures/${path}`, [], false)).status]).toEqual([path, 403])
    // The door of the editors' scripts: no token, no right, no part of that name; and with all of them.
    const put = async (visitor: Visitor, part: string, token: string) => (await app.server.inject({
      method: 'PUT', url: `/admin/procedures/drafts/${id}/parts/${part}`, payload: { base: 0, value: part === 'reasons' ? { reasons: { refusal: [], supplement: [] } } : {} },
      headers: { accept: 'application/json', origin: 'http://tinhso.test', cookie: visitor.cookie(), 'x-requested-with': 'studio', ...(token ? { 'x-csrf-token': token } : {}) },
    })).statusCode
    const ownToken = async (visitor: Visitor) => ((await visitor.get('/account/security')), tokenOf(visitor))
    for (const [role, visitor] of visitors.filter(([role]) => !['control', 'systemAdmin'].includes(role))) expect([role, await put(visitor, 'reasons', await ownToken(visitor))]).toEqual([role, 403])
    expect([await put(drafter, 'reasons', ''), await put(drafter, 'khong_co', await ownToken(drafter))]).toEqual([403, 404])
    expect((await getDraft(app.env.db, id)).revision).toBe(0)
    expect([await put(drafter, 'reasons', await ownToken(drafter)), (await getDraft(app.env.db, id)).revision]).toEqual([200, 1])
    expect((await drafter.get('/admin/procedures/drafts/khong-co/basics')).status).toBe(404)
  })
})

describe('forms of a part', () => {
  test('give back every record of the pack as it was, when nothing is written', async () => {
    for (const { text } of procedureTexts()) {
      const record = JSON.parse(text) as ProcedureRecord
      const id = await open(record.code)
      for (const tab of ['basics', 'reasons', 'decision'] as const) {
        await drafter.get(`/admin/procedures/drafts/${id}/${tab}`)
        // Templates and what is for browsers without script are the one row that may be added.
        const page = drafter.page.html.replaceAll(/<noscript>[\s\S]*?<\/noscript>/g, '').replaceAll(/name="[^"]*__[ij]__[^"]*"/g, '').replaceAll(/="([^"]*)"/g, (whole) => whole.replaceAll('>', '&gt;'))
        const form = formsOf(page).find(({ action }) => action.endsWith(`/parts/${tab}`))!
        expect([record.code, tab, readPartForm(form.fields)]).toEqual([record.code, tab, partOf((await getDraft(app.env.db, id)).record, tab)])
      }
      await dropDraft(await ctxOf('kiemsoat.h56'), { draft: id, note: '' })
    }
  }, 60_000)

  test('without a script: saved, merged, and both sides shown where two have written the same', async () => {
    const id = await open('1.001193')
    const at = `/admin/procedures/drafts/${id}/basics`
    await publisher.get(at)
    await drafter.get(at)
    await drafter.press('Lưu', { summary: 'Lời của người thứ nhất.', notes: 'Chỉ người thứ nhất ghi.' })
    expect(drafter.page.text).toContain('Đã lưu.')
    await publisher.press('Lưu', { summary: 'Lời của người thứ hai.', 'online.note': 'Chỉ người thứ hai ghi.' })
    expect([publisher.page.status, publisher.page.text.includes('Chọn cách viết đúng'), publisher.page.text.includes('Lời của người thứ nhất.')]).toEqual([409, true, true])
    await publisher.press('Lưu lựa chọn', { '_pick.summary': 'theirs' })
    const { record } = await getDraft(app.env.db, id)
    expect(record).toMatchObject({ summary: 'Lời của người thứ nhất.', notes: 'Chỉ người thứ nhất ghi.', online: { note: 'Chỉ người thứ hai ghi.' } })
  })
})

describe('from the first word to the public page', () => {
  test('a changed procedure: case added, compared, handed over, published by another, taken back', async () => {
    const id = await open(CODE)
    await drafter.get(`/admin/procedures/drafts/${id}/basics`)
    await drafter.press('Lưu', { 'term.value:n': '2' })
    await drafter.get(`/admin/procedures/drafts/${id}/cases`)
    expect(drafter.page.text).toContain('Sai')
    while (drafter.page.text.includes('Ghi kết quả nay ra làm kết quả phải ra')) await drafter.press('Ghi kết quả nay ra làm kết quả phải ra')
    expect(drafter.page.text).not.toMatch(/\d ca sai/)
    await drafter.get(`/admin/procedures/drafts/${id}/cases/0`)
    const rows = () => (drafter.page.html.match(/class="card line"/g) ?? []).length
    const before = rows()
    await drafter.press('Thêm dòng')
    expect(rows()).toBe(before + 1)
    await drafter.press('Cập nhật câu hỏi và kết quả') // what was left empty goes
    await drafter.press('Lưu ca mẫu', { _title: 'Ca đổi tên', _on: '31/02/2026' })
    expect([drafter.page.status, drafter.page.text.includes('Ghi ngày có thật')]).toEqual([422, true])
    await drafter.press('Lưu ca mẫu', { _on: '24/11/2026' })
    expect(drafter.page.text).toContain('Đã lưu ca “Ca đổi tên”.')
    await drafter.get(`/admin/procedures/drafts/${id}/publish`)
    expect(drafter.page.text).toMatch(/Quyết định công bố › Số, ký hiệu ?: còn trống/)
    await drafter.get(`/admin/procedures/drafts/${id}/decision`)
    await drafter.press('Lưu', { 'decision.no': '99/QĐ-UBND', 'decision.on:d': '20/11/2026', 'effectiveFrom:d': '1/12/2026' })
    await drafter.get(`/admin/procedures/drafts/${id}/diff`)
    expect(drafter.page.text).toMatch(/Thời hạn giải quyết .*2 ngày/)
    await drafter.get(`/admin/procedures/drafts/${id}/publish`)
    expect(drafter.page.text).not.toContain('Phải sửa trước khi công bố')
    await drafter.press('Trình công bố')
    await drafter.get('/admin/procedures/drafts')
    expect(drafter.page.text).toContain('Chờ công bố')
    await publisher.get(`/admin/procedures/drafts/${id}/publish`)
    const form = publisher.page.html
    await publisher.press('Công bố')
    expect(publisher.page.text).toContain('Đã công bố phiên bản 2.')
    expect(publisher.page.text).toContain('Chưa có hiệu lực')
    const token = /name="_csrf" value="([^"]+)"/.exec(form)![1]!
    await publisher.send('POST', `/admin/procedures/drafts/${id}/publication`, [['_csrf', token], ['revision', /name="revision" value="(\d+)"/.exec(form)![1]!]])
    expect(publisher.page.text).toContain('không công bố thêm lần nữa')
    expect((await listVersions(app.env.db, CODE)).map(({ number }) => number)).toEqual([2, 1])
    await publisher.get(`/admin/procedures/${CODE}?version=2`)
    await publisher.press('Rút phiên bản 2', { reason: 'Bộ hoãn thi hành' })
    expect([publisher.page.text.includes('Đã rút phiên bản 2'), publisher.page.text.includes('Bộ hoãn thi hành')]).toEqual([true, true])
  })

  test('an abolished procedure: the portal says since when and what instead, and nobody can begin it', async () => {
    await drafter.get('/admin/procedures/1.004194')
    await drafter.press('Soạn bản nháp bãi bỏ')
    const [draft] = (await listDrafts(app.env.db, { code: '1.004194' })).filter(({ state }) => state === 'open')
    await drafter.get(`/admin/procedures/drafts/${draft!.id}/decision`)
    await drafter.press('Lưu', { 'decision.no': '100/QĐ-UBND', 'decision.replacedBy': '1.001193', 'effectiveFrom:d': '23/11/2026' })
    await publisher.get(`/admin/procedures/drafts/${draft!.id}/publish`)
    await publisher.press('Công bố việc bãi bỏ')
    const citizen = new Visitor(app)
    await citizen.get('/thu-tuc/1.004194')
    expect([citizen.page.status, citizen.page.text.includes('đã bãi bỏ từ ngày 23/11/2026'), citizen.links('/thu-tuc/1.001193').length > 0]).toEqual([410, true, true])
    await drafter.get('/admin/procedures/1.004194')
    expect(drafter.page.text).toContain('Thủ tục đã bãi bỏ từ 23/11/2026')
  })

  test('a new one, and one from a file; a file that is none is told so and nothing is begun', async () => {
    await drafter.get('/admin/procedures/drafts')
    await drafter.press('Soạn thủ tục mới', { code: '1.1', name: 'Xin phép chợ đêm' })
    expect([drafter.page.status, drafter.page.text.includes('Ghi mã thủ tục quốc gia'), drafter.page.html.includes('value="Xin phép chợ đêm"')]).toEqual([422, true, true])
    await drafter.press('Soạn thủ tục mới', { code: '1.999001' })
    expect(drafter.page.text).toContain('Bản nháp, soạn mới')
    for (const tab of ['basics', 'reasons', 'cases', 'cases/new', 'decision', 'diff', 'publish']) expect([tab, (await drafter.get(drafter.page.url.replace(/[^/]+$/, '').replace(/cases\/$/, '') + tab)).status]).toEqual([tab, 200])
    const count = (await listDrafts(app.env.db)).length
    const send = async (text: string) => {
      await drafter.get('/admin/procedures/drafts')
      const body = `--g\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${tokenOf(drafter)}\r\n--g\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n${text}\r\n--g--\r\n`
      const cookie = [...drafter.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      return app.server.inject({ method: 'POST', url: '/admin/procedures/drafts/files', headers: { accept: 'text/html', cookie, 'content-type': 'multipart/form-data; boundary=g', origin: 'http://tinhso.test' }, payload: body })
    }
    for (const text of ['', 'không phải JSON', '[]', '{"code":"1.000001","la":1}']) expect([text, (await send(text)).statusCode]).toEqual([text, 422])
    expect((await listDrafts(app.env.db)).length).toBe(count)
    const unfinished: DraftRecord = { code: '1.999002', name: 'Bản viết dở', steps: [] }
    expect((await send(JSON.stringify(unfinished))).statusCode).toBe(303)
    expect((await listDrafts(app.env.db, { code: '1.999002' }))[0]).toMatchObject({ name: 'Bản viết dở', origin: 'file' })
  })

  test('who imports while a draft is written is not overwritten: its changes are taken in first', async () => {
    const id = await open('1.001776')
    const record = JSON.parse(procedureTexts().find(({ name }) => name.startsWith('1.001776'))!.text) as Record<string, unknown>
    await importRecord(await ctxOf('quantriht.h56'), JSON.stringify({ ...record, notes: 'Chen vào giữa' }))
    await drafter.get(`/admin/procedures/drafts/${id}/publish`)
    expect(drafter.page.text).toContain('Phiên bản 2 vừa được công bố')
    await drafter.press('Lấy thay đổi của phiên bản 2 vào')
    expect((await getDraft(app.env.db, id)).record.notes).toBe('Chen vào giữa')
  })
})
