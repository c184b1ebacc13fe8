// Bad input: each with a clear answer, nothing lost, nothing broken.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Caller, caller, filed, goldenOf, multipart, pdfPart, ready } from './caller.ts'

let app: TestApp
let call: Caller

beforeAll(async () => {
  app = await testApp()
  call = await caller(app)
})
afterAll(() => app.close())

const golden = goldenOf('1.000894', 'truc_tuyen').form as Record<string, unknown>
const draft = (body: object = {}) => ({ procedure: '1.000894', unit: '14797', channel: 'truc_tuyen', applicant: { fullName: 'Nguyễn Thị Hoa' }, form: golden, ...body })
const begin = (body: object = {}, login = 'congdan1') => call(login, 'POST', '/dossiers', { body: draft(body) })
const raw = (payload: string | Buffer, type: string | null = 'application/json', path = '/dossiers') =>
  call('congdan1', 'POST', path, { payload, headers: type === null ? {} : { 'content-type': type } })

describe('bodies', () => {
  test.each([
    ['broken JSON', '{"procedure":', 400], ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400], ['a list', '[]', 422], ['a text', '"x"', 422],
    ['null', 'null', 422], ['nothing', '', 422], ['__proto__', '{"__proto__":{"admin":true},"procedure":"1.000894"}', 400],
    ['a deep __proto__', '{"form":{"a":{"__proto__":1}}}', 400], ['100,000 levels', `{"form":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['a thousand levels of objects', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, 400], ['5 MB', JSON.stringify({ x: 'a'.repeat(5_000_000) }), 413],
  ])('%s → a clear answer', async (_what, payload, status) => {
    const answer = await raw(payload)
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    expect(answer.body.detail).toMatch(/[àáạảãâăđêôơưếốồệ]/i)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test('kinds of content: JSON under its several names, else 415', async () => {
    for (const type of ['application/json; charset=utf-8', 'application/vnd.api+json', 'APPLICATION/JSON', null]) {
      expect((await raw(JSON.stringify(draft()), type)).status, String(type)).toBe(201)
    }
    for (const type of ['text/xml', 'application/octet-stream', 'text/plain']) expect((await raw(JSON.stringify(draft()), type)).status, type).toBe(415)
  })

  test('acts need no body, no content type, or an empty object', async () => {
    for (const sent of [{}, { headers: { 'content-type': 'application/json' } }, { body: {} }, { body: null }, { headers: { 'content-type': 'text/plain' } }]) {
      const id = await ready(call, 'congdan1')
      expect((await call('congdan1', 'POST', `/dossiers/${id}/submission`, sent)).status, JSON.stringify(sent)).toBe(200)
    }
  })
})

describe('a draft', () => {
  test.each([
    [{ procedure: undefined }, 'procedure'], [{ procedure: '9.999999' }, 'procedure'], [{ unit: undefined }, 'unit'], [{ unit: 'khong-co' }, 'unit'], [{ channel: 'fax' }, 'channel'],
    [{ channel: undefined }, 'channel'], [{ procedure: 1 }, 'procedure'], [{ form: [] }, 'form'], [{ form: 'x' }, 'form'], [{ applicant: 'Hoa' }, 'applicant'],
    [{ applicant: { fullName: 5 } }, 'applicant.fullName'], [{ applicant: { fullName: 'a'.repeat(201) } }, 'applicant.fullName'],
    [{ applicant: { name: 'Hoa', personalId: '123456789012' } }, 'applicant.personalId'], [{ applicant: { name: 'Hoa', personal_id: '038999' } }, 'applicant.personalId'],
    [{ applicant: { name: 'Hoa', personal_id: '038912001111' } }, 'applicant.personalId'], [{ applicant: { name: 'Hoa', birthDate: '1990-02-30' } }, 'applicant.birthDate'],
    [{ form: { applicant_full_name: 'a\u0000b' } }, 'form.applicant_full_name'], [{ applicant: { name: 'a\u0000b' } }, 'applicant.name'],
  ])('%j names the field %s', async (body, key) => {
    const answer = await begin(body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(422)
    expect(answer.body.errors.map((one: { key: string }) => one.key)).toContain(key)
  })

  test('takes the names that other programs use, and an applicant signed in needs none', async () => {
    for (const applicant of [{ fullName: 'Hoa' }, { full_name: 'Hoa', personal_id: '038 301 001 111' }, { name: 'Hoa', phone: 912000111, kind: 'person' }, undefined, null]) {
      expect((await begin({ applicant })).status, JSON.stringify(applicant)).toBe(201)
    }
    expect((await begin({ applicant: undefined, channel: 'truc_tiep' }, 'motcua.14797'))).toMatchObject({ status: 422, body: { errors: [{ key: 'applicant.fullName' }] } })
    expect((await begin({ applicant: { name: 'Trần Văn Nam', passport: 1, personalId: 'B1234567' }, channel: 'truc_tiep' }, 'motcua.14797')).status).toBe(201)
  })

  test('a unit by its old name or code is the unit in charge today', async () => {
    const { body } = await begin({ unit: '000.15.23.H56' })
    const [resolved] = (await call(null, 'GET', '/units?code=000.15.23.H56')).body.items
    expect((await call('congdan1', 'GET', `/dossiers/${body.id}`)).body.receivedByUnit).toBe(resolved.inCharge.code)
  })

  test('decomposed Unicode comes back composed, in name and form', async () => {
    const { body } = await begin({ form: { ...golden, partner_full_name: 'Phạm Quốc Huy'.normalize('NFD') }, applicant: { fullName: 'Nguyễn Thị Hoa'.normalize('NFD') } })
    const seen = (await call('congdan1', 'GET', `/dossiers/${body.id}`)).body
    expect(seen.form.partner_full_name).toBe('Phạm Quốc Huy'.normalize('NFC'))
    const counter = await begin({ channel: 'truc_tiep', applicant: { fullName: 'Nguyễn Thị Hoà'.normalize('NFD') } }, 'motcua.14797')
    expect((await call('motcua.14797', 'GET', `/dossiers/${counter.body.id}`)).body.applicant.fullName).toBe('Nguyễn Thị Hoà'.normalize('NFC'))
  })

  test('faults of the form come all at once: 30 February, an impossible number, a megabyte, a stranger to the list', async () => {
    const { body } = await begin({ form: { ...golden, applicant_birth_date: '2001-02-30', applicant_personal_id: '999912345678', partner_full_name: 'a'.repeat(1_000_000), result_delivery: 'chim bồ câu' } })
    const answer = await call('congdan1', 'POST', `/dossiers/${body.id}/submission`)
    expect(answer.status).toBe(422)
    const keys = answer.body.errors.map((one: { key: string }) => one.key)
    expect(keys).toEqual(expect.arrayContaining(['applicant_birth_date', 'applicant_personal_id', 'partner_full_name', 'result_delivery']))
    for (const one of answer.body.errors) expect(one.message.length).toBeLessThan(500)
    const mended = await call('congdan1', 'PATCH', `/dossiers/${body.id}`, { body: { form: golden } })
    expect(mended.status).toBe(200)
    expect((await call('congdan1', 'POST', `/dossiers/${body.id}/submission`)).status).toBe(200)
  })

  test('an organisation stays one when only its telephone is mended', async () => {
    const { body } = await begin({ applicant: { kind: 'to_chuc', fullName: 'Công ty Hạc Thành', businessId: '0101234567' } })
    const saved = await call('congdan1', 'PATCH', `/dossiers/${body.id}`, { body: { applicant: { phone: '0912000111' } } })
    expect(saved.body.applicant).toMatchObject({ kind: 'to_chuc', fullName: 'Công ty Hạc Thành', phone: '0912000111', businessId: '0101234567' })
  })

  test('thrown away is gone; a filed one cannot be', async () => {
    const id = await ready(call, 'congdan1')
    expect((await call('congdan1', 'DELETE', `/dossiers/${id}`)).status).toBe(204)
    expect((await call('congdan1', 'GET', `/dossiers/${id}`)).status).toBe(404)
    expect((await call('congdan1', 'DELETE', `/dossiers/${await filed(call, 'congdan1')}`)).status).toBe(409)
  })
})

describe('addresses', () => {
  test.each(['%00', '%27%20or%201=1', '..%2f..%2fetc%2fpasswd', 'a'.repeat(250), '00000000-0000-0000-0000-000000000000', '%F0%9F%99%82', 'undefined'])('/dossiers/%s is not there', async (ref) => {
    for (const path of [`/dossiers/${ref}`, `/dossiers/${ref}/events`, `/dossiers/${ref}/receipt.pdf`, `/files/${ref}`, `/track/${ref}`, `/units/${ref}`, `/procedures/${ref}`]) {
      const answer = await call('congdan1', 'GET', path)
      expect([400, 404, 422], `${path}: ${JSON.stringify(answer.body)}`).toContain(answer.status)
    }
    expect([400, 404, 422]).toContain((await call('congdan1', 'POST', `/dossiers/${ref}/submission`)).status)
  })

  test.each([['cursor=xx', 400], [`cursor=${Buffer.from('2026-01-01T00:00:00Z x').toString('base64url')}`, 400], ['state=XONG', 422], ['limit=-1', 422], ['state=NHAP,MOI_DANG_KY', 200], ['state=', 200]])(
    '/dossiers?%s → %i', async (query, status) => {
      expect((await call('congdan1', 'GET', `/dossiers?${query}`)).status).toBe(status)
    })

  test('/work with a cursor that is not ours', async () => {
    expect((await call('motcua.14797', 'GET', '/work?cursor=abc')).status).toBe(400)
    expect((await call('motcua.14797', 'GET', '/work?dossier=khong-co')).status).toBe(404)
  })
})

describe('search in my dossiers', () => {
  test('signs are letters, accents do not matter, pages do not repeat', async () => {
    for (let i = 0; i < 5; i++) await begin({}, 'congdan7')
    const search = async (q: string) => (await call('congdan7', 'GET', `/dossiers?q=${encodeURIComponent(q)}`)).body.items.length
    expect(await search('ket hon')).toBe(5)
    expect(await search('KẾT HÔN')).toBe(5)
    for (const q of ["'", "' or 1=1 --", 'zzz', '%zzz%', '\\zzz']) expect(await search(q), q).toBe(0)
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { body: { items: { id: string }[]; next: string | null } } = await call('congdan7', 'GET', `/dossiers?limit=2${next ? `&cursor=${next}` : ''}`)
      seen.push(...page.body.items.map((item) => item.id))
      next = page.body.next
    }
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })
})

describe('work', () => {
  test('an outcome that the step does not have names those it has; pages of work do not repeat', async () => {
    const code = await filed(call, 'congdan9', { unit: '15889' })
    for (let i = 0; i < 4; i++) await filed(call, 'congdan9', { unit: '15889' })
    const item = (await call('motcua.15889', 'GET', `/work?dossier=${code}`)).body.items[0]
    const wrong = await call('motcua.15889', 'POST', `/work/${item.id}/completion`, { body: { outcome: 'bay_len' } })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ key: 'outcome', message: expect.stringContaining('tiep_nhan_ho_so') }] } })
    expect((await call('motcua.15889', 'POST', `/work/${item.id}/completion`, { body: {} })).status).toBe(422)
    expect((await call('motcua.15889', 'POST', `/work/${item.id}/completion`, { body: { outcome: 'tiep_nhan_ho_so', note: 'a'.repeat(4001) } })).status).toBe(422)
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { body: { items: { id: string }[]; next: string | null } } = await call('motcua.15889', 'GET', `/work?limit=2${next ? `&cursor=${next}` : ''}`)
      seen.push(...page.body.items.map((one) => one.id))
      next = page.body.next
    }
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
  })
})

describe('parts', () => {
  const send = async (id: string, sent: ReturnType<typeof multipart>) => call('congdan1', 'POST', `/dossiers/${id}/parts`, sent)
  const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
  const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4000, 0x90)])

  test('file first or part first, both are one part', async () => {
    const id = await ready(call, 'congdan1')
    const { file, part } = { file: { name: 'file', file: PNG, filename: 'x.pdf' }, part: { name: 'part', value: 'to_khai' } }
    for (const pieces of [[file, part], [part, file]] as const) {
      expect(await send(id, multipart(...pieces))).toMatchObject({ status: 201, body: { part: 'to_khai', file: { name: 'x.png', type: 'image/png' } } })
    }
  })

  test.each([
    ['0 bytes', { file: Buffer.alloc(0), filename: 'a.pdf' }, 422, /rỗng/], ['a program named .pdf', { file: EXE, filename: 'a.pdf' }, 415, /Loại tệp/],
    ['a page', { file: Buffer.from('<!doctype html><script>alert(1)</script>'), filename: 'a.txt' }, 415, /Loại tệp/],
    ['a broken PDF', { file: Buffer.from('%PDF-1.7\n1 0 obj <<'), filename: 'a.pdf' }, 422, /hỏng/],
    ['an SVG', { file: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), filename: 'a.svg' }, 415, /Loại tệp/],
  ])('%s is refused with what to do', async (_what, given, status, words) => {
    const id = await ready(call, 'congdan1')
    const answer = await send(id, multipart({ name: 'part', value: 'to_khai' }, { name: 'file', ...given }))
    expect(answer.status).toBe(status)
    expect(answer.body.errors).toEqual([{ key: 'file', message: expect.stringMatching(words) }])
    expect((await call('congdan1', 'GET', `/dossiers/${id}`)).body.parts).toEqual([])
  })

  test.each([
    ['../../etc/passwd', 'passwd.png'], ['..\\..\\windows\\cmd.exe', 'cmd.png'], ['đơn 🙂 xin.PDF', 'đơn 🙂 xin.png'], ['đơn'.normalize('NFD'), 'đơn.png'],
    ['a\u202egnp.exe', 'agnp.png'], ['.htaccess', 'htaccess.png'], ['x'.repeat(400), `${'x'.repeat(120)}.png`],
  ])('the name %j is kept as %j', async (filename, name) => {
    const id = await ready(call, 'congdan1')
    const answer = await send(id, multipart({ name: 'part', value: 'to_khai' }, { name: 'file', file: PNG, filename }))
    expect(answer).toMatchObject({ status: 201, body: { file: { name } } })
    const got = await call('congdan1', 'GET', answer.body.file.href)
    expect(got.status).toBe(200)
    expect(got.raw.equals(PNG)).toBe(true)
    expect(String(got.headers['content-disposition'])).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w%.!~*'()-]+$/)
  })

  test('no file, no part, a part of another procedure, two files, broken multipart', async () => {
    const id = await ready(call, 'congdan1')
    const file = { name: 'file', file: PNG, filename: 'a.png' }
    expect(await send(id, multipart({ name: 'part', value: 'to_khai' }))).toMatchObject({ status: 422, body: { errors: [{ key: 'file' }] } })
    expect(await send(id, multipart(file))).toMatchObject({ status: 422, body: { errors: [{ key: 'part' }] } })
    for (const pieces of [[{ name: 'part', value: 'la' }, file], [file, { name: 'part', value: 'la' }]]) {
      expect(await send(id, multipart(...pieces))).toMatchObject({ status: 422, body: { errors: [{ key: 'part', message: expect.stringContaining('to_khai') }] } })
    }
    expect(await send(id, multipart({ name: 'part', value: 'to_khai' }, file, file))).toMatchObject({ status: 422, body: { errors: [{ key: 'file' }] } })
    const whole = pdfPart('to_khai')
    const cut = await call('congdan1', 'POST', `/dossiers/${id}/parts`, { headers: whole.headers, payload: whole.payload.subarray(0, whole.payload.length - 60) })
    expect([400, 422]).toContain(cut.status)
    expect((await call('congdan1', 'POST', `/dossiers/${id}/parts`, { headers: { 'content-type': 'multipart/form-data' }, payload: 'x' })).status).toBeLessThan(500)
    expect((await call('congdan1', 'POST', `/dossiers/${id}/parts`, { body: { part: 'to_khai', source: 'paper' } })).status, 'paper is for the counter').toBe(403)
    expect((await call('congdan1', 'GET', `/dossiers/${id}`)).body.parts).toEqual([])
  })

  test('one content is stored once, whoever sends it', async () => {
    const [a, b] = [await ready(call, 'congdan1'), await ready(call, 'congdan1')]
    const same = [await send(a, pdfPart('to_khai')), await send(b, pdfPart('to_khai', 'khác.pdf'))].map((one) => one.body.file.sha256)
    expect(same[0]).toBe(same[1])
    expect((await app.database.pool.query('select count(*) from files.blob where sha256 = $1', [same[0]])).rows[0].count).toBe(1)
  })
})
