// The whole life of a dossier over HTTP, as other programs live it: on line with a supplement, and at a counter.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Caller, caller, filed, goldenOf, pdfPart, ready, recordOf } from './caller.ts'

const CODE = /^H56\.[A-Z0-9.]+-\d{6}-\d{4}$/

let app: TestApp
let call: Caller
let now = new Date('2026-07-14T02:00:00Z')

beforeAll(async () => {
  app = await testApp({ clock: { now: () => now } })
  call = await caller(app)
})
afterAll(() => app.close())

const clock = (iso: string) => {
  now = new Date(iso)
}

/** Does the caller's open step of the dossier with the outcome, or with its first. */
async function step(login: string, code: string, outcome?: string) {
  const { body } = await call(login, 'GET', `/work?dossier=${code}`)
  const [item] = body.items
  if (!item) throw new Error(`${login} không có việc nào của ${code}`)
  const done = await call(login, 'POST', `/work/${item.id}/completion`, { body: { outcome: outcome ?? item.outcomes[0].key, note: 'Theo quy định.' } })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  return done.body as { state: string; dossier: string; outcome: string; next: { step: string; role: string; unit: string }[] }
}

describe('on line, with one supplement', () => {
  let id: string
  let code: string

  test('a draft, saved on, handed in, received by the desk of the unit', async () => {
    const golden = goldenOf('1.000894', 'truc_tuyen')
    const { partner_full_name: partner, ...some } = golden.form as Record<string, unknown>
    const draft = await call('congdan1', 'POST', '/dossiers', {
      body: { procedure: '1.000894', unit: '14797', channel: 'truc_tuyen', applicant: { full_name: 'Ai Đó Khác', personal_id: '038301001111', phone: 912000111 }, form: some },
    })
    expect(draft).toMatchObject({ status: 201, body: { state: 'NHAP', code: null } })
    id = draft.body.id
    const early = await call('congdan1', 'POST', `/dossiers/${id}/submission`)
    expect(early.status).toBe(422)
    expect(early.body.errors.map((one: { key: string }) => one.key)).toContain('partner_full_name')
    const saved = await call('congdan1', 'PATCH', `/dossiers/${id}`, { body: { form: { partner_full_name: partner }, applicant: { email: 'hoa@example.vn' } } })
    expect(saved.body).toMatchObject({ form: { partner_full_name: partner, ...some }, applicant: { email: 'hoa@example.vn', phone: '912000111', kind: 'ca_nhan' }, allowedActs: ['edit', 'parts', 'submission'] })
    expect(saved.body.applicant.fullName, 'who applies is who signed in').not.toBe('Ai Đó Khác')
    const sent = await call('congdan1', 'POST', `/dossiers/${id}/submission`)
    expect(sent).toMatchObject({ status: 200, body: { id, state: 'MOI_DANG_KY', code: expect.stringMatching(CODE) } })
    code = sent.body.code
    const again = await call('congdan1', 'POST', `/dossiers/${code}/submission`)
    expect(again).toMatchObject({ status: 200, body: { id, code } })
    const seen = await call('motcua.14797', 'GET', `/dossiers/${code}`)
    expect(seen.body).toMatchObject({ id, code, receivedByUnit: '14797', state: 'MOI_DANG_KY', portalStatus: 1 })
    expect(seen.body.allowedActs).toEqual(expect.arrayContaining(['acceptance', 'refusal', 'supplement-request']))
    expect(seen.body.clocks).toMatchObject({ reception: { state: 'running', dueAt: '2026-07-15T02:00:00.000Z' }, legal: { state: 'not_started' } })
    const mine = await call('motcua.14797', 'GET', '/work')
    expect(mine.body.items.map((item: { dossier: string }) => item.dossier)).toContain(code)
  })

  test('no receipt before acceptance; then a PDF, and the legal clock runs', async () => {
    expect((await call('congdan1', 'GET', `/dossiers/${code}/receipt.pdf`)).status).toBe(404)
    expect((await call('congdan1', 'POST', `/dossiers/${code}/acceptance`)).status).toBe(403)
    const accepted = await call('motcua.14797', 'POST', `/dossiers/${code}/acceptance`)
    expect(accepted).toMatchObject({ status: 200, body: { id, code, receiptNo: '0001', dueAt: expect.any(String), derivation: expect.stringMatching(/ngày làm việc/) } })
    const receipt = await call('congdan1', 'GET', `/dossiers/${code}/receipt.pdf`)
    expect(receipt.status).toBe(200)
    expect(receipt.headers['content-type']).toBe('application/pdf')
    expect(receipt.raw.subarray(0, 5).toString()).toBe('%PDF-')
    const twice = await call('motcua.14797', 'POST', `/dossiers/${code}/acceptance`)
    expect(twice.status).toBe(409)
  })

  test('a supplement stops the clock until the citizen has answered', async () => {
    const login = await doer(code)
    expect((await call(login, 'POST', `/dossiers/${code}/supplement-request`)).status, 'reasons are due').toBe(422)
    clock('2026-07-14T03:00:00Z')
    const before = (await call('congdan1', 'GET', `/dossiers/${code}`)).body.dueAt
    const reason = recordOf('1.000894').reasons.supplement[0]!.code
    const asked = await call(login, 'POST', `/dossiers/${code}/supplement-request`, { body: { reasons: [reason], note: 'Xin bổ sung.' } })
    expect(asked).toMatchObject({ status: 200, body: { state: 'YC_BO_SUNG' } })
    const waiting = await call('congdan1', 'GET', `/dossiers/${code}`)
    expect(waiting.body).toMatchObject({ clocks: { legal: { state: 'paused', pausedAt: '2026-07-14T03:00:00.000Z' } }, allowedActs: expect.arrayContaining(['supplement', 'edit', 'parts', 'withdrawal']) })
    const papers = await call('congdan1', 'GET', `/dossiers/${code}/papers`)
    expect(papers.body.items.map((paper: { kind: string }) => paper.kind)).toEqual(['receipt', 'supplement_request'])
    const printed = await call('congdan1', 'GET', papers.body.items[1].href)
    expect(printed).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } })
    clock('2026-07-16T03:00:00Z')
    const answered = await call('congdan1', 'POST', `/dossiers/${code}/supplement`, { body: { form: { copies_count: 1 }, note: 'Đã bổ sung' } })
    expect(answered.status, JSON.stringify(answered.body)).toBe(200)
    expect(new Date(answered.body.dueAt).getTime(), answered.body.derivation).toBeGreaterThan(new Date(before).getTime())
    expect(answered.body.derivation).toMatch(/tạm dừng/i)
    const after = await call('congdan1', 'GET', `/dossiers/${code}`)
    expect(after.body).toMatchObject({ state: 'DANG_XU_LY', clocks: { legal: { state: 'running' } }, form: { copies_count: 1 }, supplements: 1 })
    expect((await call(login, 'POST', `/dossiers/${code}/supplement-request`, { body: { reasons: [reason] } })).status, 'once only').toBe(409)
  })

  test('over the desks to the result, taken on line', async () => {
    let last = { state: '', next: [] as { step: string; role: string }[] }
    for (let guard = 0; guard < 20; guard++) {
      const open = (await call('congdan1', 'GET', `/dossiers/${code}`)).body
      if (open.state === 'DA_CO_KET_QUA') break
      last = await step(await doer(code), code)
    }
    expect(last.next.map((one) => one.step)).toEqual(['tra_ket_qua'])
    const there = await call('congdan1', 'GET', `/dossiers/${code}`)
    expect(there.body).toMatchObject({ state: 'DA_CO_KET_QUA', clocks: { legal: { state: 'stopped' }, delivery: { state: 'running' } }, allowedActs: ['return'] })
    const returned = await call('congdan1', 'POST', `/dossiers/${code}/return`)
    expect(returned).toMatchObject({ status: 200, body: { state: 'DA_TRA', code } })
    expect((await call('congdan1', 'GET', `/dossiers/${code}`)).body.clocks.lived).toMatchObject({ days: 2, stoppedAt: now.toISOString() })
    const papers = (await call('congdan1', 'GET', `/dossiers/${code}/papers`)).body.items
    const result = papers.find((paper: { kind: string }) => paper.kind === 'result')
    expect((await call('congdan1', 'GET', result.href)).raw.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('the events tell it in sentences, without what officers wrote to each other', async () => {
    const { body } = await call('congdan1', 'GET', `/dossiers/${code}/events`)
    expect(body.items[0]).toMatchObject({ name: 'dossiers.drafted' })
    expect(body.items.map((item: { name: string }) => item.name)).toEqual(
      expect.arrayContaining(['dossiers.submitted', 'dossiers.accepted', 'dossiers.clock_paused', 'dossiers.supplemented', 'dossiers.signed', 'dossiers.returned']))
    expect(body.items.filter((item: { name: string; data: object }) => item.name === 'dossiers.step_completed' && 'note' in item.data)).toEqual([])
    expect(JSON.stringify(body)).not.toContain('038')
    expect((await call(null, 'GET', `/track/${code}`)).body).toMatchObject({ code, state: 'DA_TRA', applicant: expect.stringContaining('*') })
  })
})

/** Who may do the open step now, among the demo officers. */
async function doer(code: string): Promise<string> {
  for (const login of OFFICERS) {
    const { status, body } = await call(login, 'GET', `/work?dossier=${code}`)
    if (status === 200 && body.items.length > 0) return login
  }
  throw new Error(`Không ai có việc của ${code}`)
}

const OFFICERS = ['motcua.14797', 'chuyenvien.14797', 'lanhdao.14797', 'vanthu.14797', 'motcua.15865', 'chuyenvien.15865', 'lanhdao.15865', 'vanthu.15865',
  'chutich.14797', 'chutich.15865']

describe('at the counter', () => {
  test('filed by the desk on behalf, on paper; accepted with notes; walked; returned at the counter', async () => {
    const id = await ready(call, 'motcua.14797', { procedure: '1.000894', channel: 'truc_tiep', form: goldenOf('1.000894').form })
    const sent = await call('motcua.14797', 'POST', `/dossiers/${id}/submission`)
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    const { code } = sent.body
    expect((await call('motcua.14797', 'POST', `/dossiers/${code}/acceptance`, { body: { note: 'Đủ giấy tờ.' } })).status).toBe(200)
    for (let guard = 0; guard < 20; guard++) {
      const open = (await call('motcua.14797', 'GET', `/dossiers/${code}`)).body
      if (open.state === 'DA_CO_KET_QUA') break
      await step(await doer(code), code)
    }
    const returned = await call('motcua.14797', 'POST', `/dossiers/${code}/return`, { body: { note: 'Trao tận tay.' } })
    expect(returned).toMatchObject({ status: 200, body: { state: 'DA_TRA' } })
    expect((await call('congdan1', 'GET', `/dossiers/${code}`)).status).toBe(404)
  })

  test('refusal says why; withdrawal with a reason; both are final', async () => {
    const refused = await filed(call, 'congdan2')
    expect((await call('motcua.14797', 'POST', `/dossiers/${refused}/refusal`)).status).toBe(422)
    const [reason] = recordOf('1.000894').reasons.refusal
    const strange = await call('motcua.14797', 'POST', `/dossiers/${refused}/refusal`, { body: { reasons: ['khong_co'] } })
    expect(strange).toMatchObject({ status: 422, body: { errors: [{ key: 'reasons', message: expect.stringContaining(reason!.code) }] } })
    expect((await call('motcua.14797', 'POST', `/dossiers/${refused}/refusal`, { body: { reason: reason!.code } })).body).toMatchObject({ state: 'TU_CHOI' })
    expect((await call('congdan2', 'GET', `/dossiers/${refused}/events`)).body.items.at(-1)).toMatchObject({ name: 'dossiers.refused', data: { reasons: [{ code: reason!.code }] } })
    const withdrawn = await filed(call, 'congdan2')
    expect((await call('congdan2', 'POST', `/dossiers/${withdrawn}/withdrawal`, { body: { reason: 'Tôi nộp nhầm.' } })).body).toMatchObject({ state: 'RUT_HO_SO' })
    expect((await call('motcua.14797', 'POST', `/dossiers/${withdrawn}/acceptance`)).status).toBe(409)
  })

  test('before acceptance the desk may ask for more; parts are added and taken out meanwhile', async () => {
    const code = await filed(call, 'congdan3')
    expect((await call('congdan3', 'POST', `/dossiers/${code}/parts`, pdfPart('to_khai'))).status, 'sent is sent').toBe(409)
    expect((await call('motcua.14797', 'POST', `/dossiers/${code}/supplement-request`, { body: { note: 'Ảnh mờ, xin chụp lại.' } })), 'a bare note is no reason').toMatchObject({ status: 422, body: { errors: [{ key: 'reasons', message: expect.stringContaining('Chọn ít nhất một lý do') }] } })
    expect((await call('motcua.14797', 'POST', `/dossiers/${code}/supplement-request`, { body: { reasons: [{ code: 'form_incomplete', detail: 'Ảnh mờ, xin chụp lại' }] } })).body).toMatchObject({ state: 'YC_BS_TIEP_NHAN' })
    const added = await call('congdan3', 'POST', `/dossiers/${code}/parts`, pdfPart('to_khai', 'đơn.pdf'))
    expect(added).toMatchObject({ status: 201, body: { part: 'to_khai', file: { name: 'đơn.pdf', type: 'application/pdf' } } })
    const got = await call('congdan3', 'GET', added.body.file.href)
    expect(got).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' } })
    expect(got.headers['content-disposition']).toBe("attachment; filename=\"don.pdf\"; filename*=UTF-8''%C4%91%C6%A1n.pdf")
    expect((await call('congdan1', 'GET', added.body.file.href)).status).toBe(404)
    expect((await call('congdan3', 'DELETE', `/dossiers/${code}/parts/${added.body.id}`)).status).toBe(204)
    expect((await call('congdan3', 'DELETE', `/dossiers/${code}/parts/${added.body.id}`)).status).toBe(404)
    expect((await call('congdan3', 'POST', `/dossiers/${code}/supplement`)).body).toMatchObject({ state: 'MOI_DANG_KY' })
  })
})
