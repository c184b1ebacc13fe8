// Looking at somebody's data: asked why, masked, recorded and shown to the person; the page, the API, the file and the paper decide alike.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCtx } from '#core/ctx.ts'
import { type Actor, type Post, ROLES, type Role } from '#core/policy/actor.ts'
import { maskName } from '#core/text/index.ts'
import { dossierEvents, dossierFile, type Dossier, getPaper, listDossiers, listForDesk, needDossier, ReasonRequired, strangersAmong, viewDossier } from '#modules/dossiers/index.ts'
import { listUnits, type Unit } from '#modules/org/index.ts'
import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { involvedIn, listItems, worksOn } from '#modules/work/index.ts'
import { Visitor } from '../desk/visitor.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { doerOf, file, openItems } from '../support/walk.ts'
import { completeStep } from '#modules/dossiers/index.ts'

const clock = new MovableClock('2026-07-15T09:10:00+07:00')
const CODE = '1.004859'
const record = JSON.parse(procedureTexts().find(({ name }) => name.startsWith(CODE))!.text) as ProcedureRecord
const golden = record.cases.find((one) => one.channel === 'truc_tuyen' && one.expect.valid !== false && one.expect.requiredParts?.includes('giay_to_can_cu'))!

let app: TestApp
let dossier: Dossier
let fileId = ''
/** As VNeID has it. */
let name = ''
let paperId = ''

async function fileAndAccept(login = 'congdan1'): Promise<Dossier> {
  const filed = await file(await app.as(login), { procedure: CODE, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: { fullName: 'Nguyễn Thị Hoa', phone: '0900100001' } })
  const [item] = await openItems(app, filed)
  return completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome: item!.outcomes[0]!.key, note: 'Đủ giấy tờ.' })
}

beforeAll(async () => {
  app = await testApp({ clock })
  dossier = await fileAndAccept()
  name = dossier.applicant.fullName
  const view = await viewDossier(await app.as('motcua.14797'), dossier.id)
  fileId = view.parts.find((part) => part.fileId)!.fileId!
  paperId = view.papers[0]!.id
})
afterAll(() => app.close())

const looks = async (where = '') => (await app.database.pool.query(`select officer_id, what, detail, ground, reason_code, unit_id from dossiers.view where dossier_id = $1 ${where} order by id`, [dossier.id])).rows
const at = (path: string) => path.replace(':code', dossier.code!).replace(':file', fileId).replace(':paper', paperId)

const PAGES = ['/desk/dossiers/:code', '/desk/files/:file', '/desk/dossiers/:code/papers/:paper.pdf', '/desk/dossiers/:code/value/phone', '/tep/:file']
const CALLS = ['/api/v1/dossiers/:code', '/api/v1/files/:file', '/api/v1/dossiers/:code/papers/:paper.pdf', '/api/v1/dossiers/:code/events', '/api/v1/dossiers/:code/papers']

const call = async (login: string, path: string, reason?: string) => {
  const answer = await app.server.inject({ url: at(path), headers: { authorization: `Bearer ${await app.token(login)}`, ...(reason ? { 'access-reason': reason } : {}) } })
  return { status: answer.statusCode, body: /json/.test(String(answer.headers['content-type'])) ? answer.json() : answer.body }
}

describe('one decision', () => {
  test('for any officer: page, paper, file, events and the mask of lists agree; the rule and the SQL of work do too', async () => {
    const units: Unit[] = (await listUnits(app.env.db, { limit: 5000 })).filter((unit) => /^th(-14797|-15499|-so-|$)/.test(unit.id))
    const items = await listItems(app.env.db, dossier.id)
    const ids = ['cb-motcua.14797', 'cb-lanhdao.14797', items.find((item) => item.doneBy)!.doneBy!, 'cb-nobody']
    const post = fc.record({ role: fc.constantFrom(...(Object.keys(ROLES) as Role[])), unit: fc.oneof(fc.constant(units.find((unit) => unit.id === 'th-14797')!), fc.constantFrom(...units)) })
      .map(({ role, unit }): Post => ({ id: `p-${role}-${unit.id}`, role, title: '', unitId: unit.id, unitCode: unit.code, unitName: unit.name, unitPath: unit.path }))
    const seen = { open: 0, reason: 0, none: 0 }
    await fc.assert(fc.asyncProperty(fc.array(post, { maxLength: 3 }), fc.constantFrom(...ids), async (posts, id) => {
      const actor: Actor = { kind: 'officer', id, name: 'y', posts }
      const ctx = makeCtx(app.env, actor)
      const told = (run: Promise<unknown>) => run.then(() => 'open' as const, (error: unknown) => (error instanceof ReasonRequired ? ('reason' as const) : ('none' as const)))
      const [readable, page, paper, kept, events] = await Promise.all([
        told(needDossier(ctx.db, ctx, dossier.id)), told(viewDossier(ctx, dossier.id)), told(getPaper(ctx, dossier.id, { id: paperId })), told(dossierFile(ctx, fileId)), told(dossierEvents(ctx, dossier.id)),
      ])
      expect([paper, kept, events]).toEqual([page, page, page])
      expect(page === 'none').toBe(readable === 'none')
      seen[page]++
      const stranger = (await strangersAmong(ctx, [dossier])).has(dossier.id)
      if (readable === 'open') expect(stranger).toBe(page === 'reason')
      for (const { items: rows } of [await listDossiers(ctx), await listForDesk(ctx, { limit: 50 })]) {
        const row = rows.find((one) => one.id === dossier.id)
        expect(row !== undefined).toBe(readable === 'open')
        if (row) expect([row.applicant.fullName, row.applicant.phone, row.form]).toEqual([stranger ? maskName(name) : name, '090****001', {}])
      }
      expect((await involvedIn(ctx.db, actor, [dossier.id])).has(dossier.id)).toBe(worksOn(items, actor))
    }), { numRuns: 80 })
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(3)
  })

  test('over HTTP: those at work see, those who may read are asked, strangers hear of nothing; pages and calls alike', async () => {
    const expected: Record<string, number> = { 'motcua.14797': 200, 'lanhdao.14797': 403, 'chutich.14797': 403, 'giamsat.h56': 403, 'vanthu.14797': 403, 'motcua.14758': 404, 'antoan.h56': 404, 'quantriht.h56': 404 }
    for (const [login, status] of Object.entries(expected)) {
      const visitor = await Visitor.at(app, login)
      for (const path of PAGES) expect([login, path, (await visitor.get(at(path))).status]).toEqual([login, path, status])
      for (const path of CALLS) {
        const answer = await call(login, path)
        expect([login, path, answer.status, status === 403 ? answer.body.code : null]).toEqual([login, path, status, status === 403 ? 'dossiers.reason_required' : null])
      }
    }
  })
})

describe('the reason', () => {
  test('is asked on the page itself, needs words where the list says so, opens for half an hour, also the files', async () => {
    const visitor = await Visitor.at(app, 'lanhdao.14797')
    await visitor.get(at('/desk/dossiers/:code'))
    expect(visitor.page.text).toContain('Vì sao cần xem hồ sơ này?')
    expect(visitor.page.text).not.toContain(name)
    await visitor.press('Mở hồ sơ')
    expect([visitor.page.status, /Chọn một lý do/.test(visitor.page.text)]).toEqual([422, true])
    await visitor.press('Mở hồ sơ', { code: 'khieu_nai', note: 'ngắn' })
    expect([visitor.page.status, visitor.page.html.includes('value="khieu_nai" checked'), visitor.page.html.includes('>ngắn</textarea>')]).toEqual([422, true, true])
    const answer = { code: 'khieu_nai', note: 'Đơn số 12/2026 của người nộp.' }
    const form = visitor.page
    await visitor.press('Mở hồ sơ', answer)
    expect([visitor.page.status, visitor.page.url, visitor.page.text.includes(name)]).toEqual([200, at('/desk/dossiers/:code'), true])
    visitor.page = form // the back button, and the same press again
    await visitor.press('Mở hồ sơ', answer)
    expect(visitor.page.status).toBe(200)
    expect((await visitor.get(at('/desk/files/:file'))).status).toBe(200)
    const given = await app.database.pool.query("select count(*)::int as n from core.event where name = 'dossiers.access_given' and subject = $1", [dossier.id])
    expect(given.rows[0].n).toBe(1)
    clock.to('2026-07-15T09:20:00+07:00')
    expect((await visitor.get(at('/desk/dossiers/:code'))).status).toBe(200)
    expect(await looks("and officer_id = 'cb-lanhdao.14797'")).toEqual([
      { officer_id: 'cb-lanhdao.14797', what: 'dossier', detail: '', ground: 'reason', reason_code: 'khieu_nai', unit_id: 'th-14797' },
      { officer_id: 'cb-lanhdao.14797', what: 'file', detail: fileId, ground: 'reason', reason_code: 'khieu_nai', unit_id: 'th-14797' },
    ])
    clock.to('2026-07-15T09:40:00+07:00')
    await visitor.send('POST', '/sign-in/officer', [['login', 'lanhdao.14797'], ['password', 'TinhSo@2026']], false)
    expect((await visitor.get(at('/desk/dossiers/:code'))).status).toBe(403)
  })

  test('comes with each call of a program; a reason that is none opens nothing', async () => {
    const path = '/api/v1/dossiers/:code'
    expect((await call('giamsat.h56', path, 'vi_thich')).status).toBe(403)
    expect((await call('giamsat.h56', path, 'giam_sat')).body.detail).toContain('ghi rõ')
    const words = encodeURIComponent('Kế hoạch giám sát quý III, số 45/KH.')
    expect((await call('giamsat.h56', path, `giam_sat; ${words}`)).status).toBe(200)
    const { rows } = await app.database.pool.query("select note from dossiers.view where dossier_id = $1 and officer_id = 'cb-giamsat.h56'", [dossier.id])
    expect(rows).toEqual([{ note: 'Kế hoạch giám sát quý III, số 45/KH.' }])
  })
})

describe('a look', () => {
  test('is one within half an hour for the same post, another afterwards; the applicant’s own reading is none', async () => {
    const before = (await looks()).length
    clock.to('2026-07-16T08:00:00+07:00')
    const visitor = await Visitor.at(app, 'motcua.14797')
    await Promise.all([visitor.get(at('/desk/dossiers/:code')), visitor.get(at('/desk/dossiers/:code')), call('motcua.14797', '/api/v1/dossiers/:code')])
    clock.to('2026-07-16T08:14:00+07:00')
    await visitor.get(at('/desk/dossiers/:code'))
    expect((await looks()).length).toBe(before + 1)
    clock.to('2026-07-16T08:28:00+07:00')
    await visitor.get(at('/desk/dossiers/:code'))
    expect((await looks()).length).toBe(before + 1)
    clock.to('2026-07-16T08:30:00+07:00')
    await visitor.get(at('/desk/dossiers/:code'))
    expect((await looks()).slice(before)).toEqual(Array(2).fill({ officer_id: 'cb-motcua.14797', what: 'dossier', detail: '', ground: 'work', reason_code: null, unit_id: 'th-14797' }))
    await call('congdan1', '/api/v1/dossiers/:code')
    expect((await looks()).length).toBe(before + 2)
    const told = await app.database.pool.query("select count(*)::int as n from core.event where name = 'dossiers.viewed' and subject = $1", [dossier.id])
    expect(told.rows[0].n).toBe((await looks("and what not in ('search', 'list', 'export')")).length)
  })

  test('stands although the file behind it is lost', async () => {
    clock.to('2026-07-16T09:30:00+07:00')
    rmSync(join(app.env.dataDir, 'files'), { recursive: true })
    const before = (await looks("and what = 'file'")).length
    expect((await call('motcua.14797', '/api/v1/files/:file')).status).toBeGreaterThanOrEqual(404)
    expect((await looks("and what = 'file'")).length).toBe(before + 1)
  })

  test('at rows of a search is one statement and one fact; masked names showed nobody', async () => {
    clock.to('2026-07-16T10:30:00+07:00')
    const found = await call('motcua.14797', '/api/v1/dossiers?q=quynh%20huong')
    expect(found.body.items[0].applicant).toMatchObject({ fullName: name })
    expect((await looks("and what = 'search'")).map((row) => row.officer_id)).toEqual(['cb-motcua.14797'])
    const masked = await call('chutich.14797', '/api/v1/dossiers?q=quynh%20huong')
    expect(masked.body.items[0].applicant).toMatchObject({ fullName: maskName(name) })
    expect(await looks("and what = 'search'")).toHaveLength(1)
  })
})

describe('sensitive answers', () => {
  const ethnicity = String(golden.form['subject_ethnicity'])
  test('are covered until asked for; each asking is a look', async () => {
    clock.to('2026-07-16T11:00:00+07:00')
    const visitor = await Visitor.at(app, 'motcua.14797')
    await visitor.get(at('/desk/dossiers/:code'))
    const link = visitor.links('?hien=subject_ethnicity')[0]!
    expect(visitor.page.text).toContain('Dữ liệu nhạy cảm')
    await visitor.get(link.split('#')[0]!)
    expect(visitor.links('?hien=subject_ethnicity')).toEqual([])
    expect((await looks("and what = 'value' and detail <> 'phone'")).map((row) => row.detail)).toEqual(['subject_ethnicity'])
    const plain = (await call('motcua.14797', '/api/v1/dossiers/:code')).body
    expect([plain.form.subject_ethnicity, plain.hiddenAnswers.includes('subject_ethnicity')]).toEqual([undefined, true])
    const open = (await call('motcua.14797', '/api/v1/dossiers/:code?reveal=subject_ethnicity')).body
    expect([open.form.subject_ethnicity, open.hiddenAnswers.includes('subject_ethnicity')]).toEqual([ethnicity, false])
    const own = (await call('congdan1', '/api/v1/dossiers/:code')).body
    expect([own.form.subject_ethnicity, own.hiddenAnswers]).toEqual([ethnicity, []])
  })
})

describe('the citizen', () => {
  const citizen = async (login: string, method: 'GET' | 'POST', url: string, payload = '') => {
    const answer = await app.server.inject({ method, url, headers: { authorization: `Bearer ${await app.token(login)}`, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }, payload })
    return { status: answer.statusCode, html: answer.body, location: answer.headers.location }
  }
  test('sees who, when, what and why; nobody else does', async () => {
    const page = await citizen('congdan1', 'GET', '/tai-khoan/ai-da-xem')
    for (const words of ['Giải quyết phản ánh, kiến nghị', 'Đơn số 12/2026', 'Kế hoạch giám sát quý III', 'Đang hoặc đã giải quyết một bước', dossier.code!]) expect(page.html).toContain(words)
    expect((await citizen('congdan2', 'GET', '/tai-khoan/ai-da-xem')).html).toContain('Chưa ai xem')
    expect((await citizen('congdan2', 'GET', `/tai-khoan/ai-da-xem?ho-so=${dossier.id}`)).status).toBe(404)
    expect((await citizen('motcua.14797', 'GET', '/tai-khoan/ai-da-xem')).status).toBe(403)
    expect((await citizen('congdan1', 'GET', `/tai-khoan/ai-da-xem?ho-so=${dossier.id}&don-vi=th-14797`)).html).toContain('Giải quyết phản ánh')
    expect((await citizen('congdan1', 'GET', '/tai-khoan/ai-da-xem?don-vi=th-khong-co')).html).toContain('Không có lượt xem nào khớp')
  })
  test('asks about a look; the head answers, never about the own look; the answer is shown', async () => {
    clock.to('2026-07-16T13:30:00+07:00')
    const { rows } = await app.database.pool.query("select id from dossiers.view where dossier_id = $1 and officer_id = 'cb-lanhdao.14797' order by id limit 1", [dossier.id])
    const view = rows[0].id as number
    expect((await citizen('congdan2', 'POST', `/tai-khoan/ai-da-xem/${view}/cau-hoi`, 'noi-dung=x')).status).toBe(404)
    for (let n = 0; n < 2; n++) expect((await citizen('congdan1', 'POST', `/tai-khoan/ai-da-xem/${view}/cau-hoi`, `noi-dung=${encodeURIComponent('Tôi không gửi đơn nào.')}`)).status).toBe(303)
    const head = await Visitor.at(app, 'lanhdao.14797')
    expect((await head.get('/desk/access/questions')).text).toContain('Chưa có câu hỏi nào')
    const chair = await Visitor.at(app, 'chutich.14797')
    await chair.get('/desk/access/questions')
    expect(chair.page.text).toContain('Tôi không gửi đơn nào.')
    await chair.press('Gửi trả lời', { answer: 'ngắn' })
    expect([chair.page.status, chair.page.html.includes('>ngắn</textarea>')]).toEqual([422, true])
    await chair.press('Gửi trả lời', { answer: 'Lãnh đạo kiểm tra theo đơn số 12/2026 gửi đến Ủy ban ngày 14/7; đơn đứng tên người khác.' })
    expect(chair.page.text).toContain('Đã gửi trả lời cho người dân')
    expect((await citizen('congdan1', 'GET', '/tai-khoan/ai-da-xem')).html).toContain('đơn đứng tên người khác')
    expect((await citizen('congdan1', 'GET', '/tai-khoan')).html).toContain('Định danh mức 2')
    expect((await citizen('congdan5', 'GET', '/tai-khoan')).html).toContain('Công an xã, phường')
  })
})

test('the access log counts by officer and day, points out the unusual, and names no case', async () => {
  await app.database.pool.query(`insert into dossiers.view (dossier_id, at, officer_id, officer_name, post_id, post_title, role, unit_id, unit_path, what, ground, request_id)
    select $1, '2026-07-16T22:30:00+07:00'::timestamptz + n * interval '1 minute', 'cb-vanthu.14797', 'Người Xem Đêm', 'p', 'Văn thư', 'van_thu', 'th-14797', unit_path, 'dossier', 'reason', 'x'
    from generate_series(1, 7) n, (select unit_path from dossiers.view limit 1) u`, [dossier.id])
  clock.to('2026-07-17T08:00:00+07:00')
  const security = await Visitor.at(app, 'antoan.h56')
  await security.get('/desk/access')
  expect(security.page.text).toMatch(/Người Xem Đêm.*7 lượt ngoài giờ đêm/)
  for (const hidden of [dossier.code!, name]) expect(security.page.text).not.toContain(hidden)
  await security.get('/desk/access/cb-vanthu.14797/2026-07-16')
  expect([security.page.status, security.page.text.includes(dossier.code!)]).toEqual([200, false])
  expect((await security.get('/desk/access?from=2026-01-01&to=2026-07-17')).text).toContain('nhiều nhất 92 ngày')
})
