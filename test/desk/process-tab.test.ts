// The process tab as a browser without a script sees it, and as the wrong person meets it: list, forms, files of other tools, readings of a drawing.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginDraft, getDraft, getProcedure, processOfDraft } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from './people.ts'
import { Visitor } from './visitor.ts'

const clock = new MovableClock('2026-07-15T08:30:00+07:00')
let app: TestApp
let id = ''
let author: Visitor
const at = (path = '') => `/admin/procedures/drafts/${id}/process${path}`
const steps = async () => (await processOfDraft(await getDraft(app.env.db, id))).steps

beforeAll(async () => {
  app = await testApp({ clock })
  const ctx = await app.as('quantriht.h56')
  id = (await beginDraft(ctx, { from: 'version', version: (await getProcedure(app.env.db, '2.000815', '2026-07-15')).id })).id
  author = await Visitor.at(app, 'quantriht.h56')
}, 120_000)
afterAll(() => app.close())

const tokenOf = (visitor: Visitor) => /name="csrf-token" content="([^"]*)"/.exec(visitor.page.html)?.[1] ?? ''

async function upload(visitor: Visitor, name: string, content: string | Buffer) {
  await visitor.get(at())
  const head = `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${tokenOf(visitor)}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/xml\r\n\r\n`
  const answer = await app.server.inject({
    method: 'POST', url: at('/files'), headers: { accept: 'text/html', cookie: visitor.cookie(), origin: 'http://tinhso.test', 'content-type': 'multipart/form-data; boundary=x' },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--x--\r\n')]),
  })
  for (const { name: cookie, value } of answer.cookies as { name: string; value: string }[]) visitor.cookies.set(cookie, value)
  return { status: answer.statusCode, to: String(answer.headers.location ?? '') }
}

describe('the list', () => {
  test('shows every step with who, how long and where each outcome leads, beside the legal term', async () => {
    await author.get(at())
    expect(author.page.status).toBe(200)
    expect(author.page.text).toMatch(/10 bước/)
    expect(author.page.text).toMatch(/trên thời hạn .*1 ngày làm việc/)
    expect(author.page.text).toMatch(/Tiếp nhận hồ sơ 3\. /)
    expect(author.page.html).toContain('<svg')
    expect(author.page.html).not.toMatch(/<[a-z]+ [^>]*\sstyle="/) // the CSP forbids it
  })

  test('a step is added, written, moved and taken out by plain forms; the ways follow', async () => {
    await author.get(at())
    await author.press(/^Thêm bước sau Ghi số chứng thực/)
    const added = (await steps()).find((step) => step.name === 'Bước mới')!
    expect(author.page.url).toContain(`step=${added.id}`)
    expect(author.page.text).toContain('chưa ghi ai làm')
    await author.press('Lưu bước', { name: 'Vào sổ', role: 'van_thu', 'hours:n': '0,5', 'does:l': 'Ghi số\r\nLưu bản giấy', 'outcomes[0].label': 'Đã vào sổ', 'outcomes[1].label': 'Thiếu dấu', 'outcomes[1].next': 'dong_dau' })
    const now = await steps()
    expect(now.find((step) => step.id === added.id)).toMatchObject({ name: 'Vào sổ', role: 'van_thu', hours: 0.5, does: ['Ghi số', 'Lưu bản giấy'], outcomes: [{ label: 'Đã vào sổ', next: 'chuyen_ket_qua' }, { key: 'thieu_dau', label: 'Thiếu dấu', next: 'dong_dau' }] })
    expect(now.find((step) => step.id === 'dong_dau')!.outcomes[0]!.next).toBe(added.id)
    const place = now.findIndex((step) => step.id === added.id)
    await author.press('Chuyển Vào sổ xuống')
    expect((await steps()).findIndex((step) => step.id === added.id)).toBe(place + 1)
    await author.press('Bỏ Vào sổ')
    expect((await steps()).map((step) => step.id)).not.toContain(added.id)
    expect((await steps()).find((step) => step.id === 'dong_dau')!.outcomes[0]!.next).toBe('chuyen_ket_qua')
    expect(author.page.text).toContain('Chạy được')
  })

  test('what cannot be read stays in the form, with a sentence; nothing is saved', async () => {
    const before = (await getDraft(app.env.db, id)).revision
    await author.get(`${at()}?step=kiem_tra`)
    await author.press('Lưu bước', { name: 'Tên gõ dở', 'hours:n': 'nửa buổi' })
    expect([author.page.status, author.page.text.includes('Số giờ “nửa buổi” không phải là số'), author.page.html.includes('value="Tên gõ dở"')]).toEqual([422, true, true])
    expect((await getDraft(app.env.db, id)).revision).toBe(before)
  })

  test('two forms on one step: different fields both count, the same field is asked about', async () => {
    const colleague = await Visitor.at(app, 'kiemsoat.h56')
    await author.get(`${at()}?step=kiem_tra`)
    await colleague.get(`${at()}?step=kiem_tra`)
    await colleague.press('Lưu bước', { 'hours:n': '2,5' })
    await author.press('Lưu bước', { name: 'Kiểm tra, đối chiếu bản chính' })
    expect((await steps()).find((step) => step.id === 'kiem_tra')).toMatchObject({ hours: 2.5, name: 'Kiểm tra, đối chiếu bản chính' })
    await author.get(`${at()}?step=kiem_tra`)
    await colleague.get(`${at()}?step=kiem_tra`)
    await colleague.press('Lưu bước', { name: 'Tên của người này' })
    await author.press('Lưu bước', { name: 'Tên của người kia' })
    expect(author.page.status).toBe(409)
    expect(author.page.text).toMatch(/Tên của người kia.*Tên của người này/)
    await author.press('Lưu lựa chọn')
    expect((await steps()).find((step) => step.id === 'kiem_tra')!.name).toBe('Tên của người kia')
  })
})

describe('a drawing', () => {
  const reading = async (visitor: Visitor, payload: object) => {
    await visitor.get(at())
    return app.server.inject({ method: 'POST', url: at('/readings'), payload, headers: { cookie: visitor.cookie(), 'x-csrf-token': tokenOf(visitor), 'x-requested-with': 'studio', accept: 'application/json', origin: 'http://tinhso.test' } })
  }

  test('is read without being saved: steps, faults, the page around it', async () => {
    const { revision } = await getDraft(app.env.db, id)
    const file = await author.raw(at('/drawing.bpmn'))
    expect([file.statusCode, file.headers['content-disposition']]).toEqual([200, 'attachment; filename="2.000815.bpmn"'])
    const answer = await reading(author, { bpmn: file.body.replace(/ tinhso:role="van_thu"/, '') })
    const body = answer.json() as { steps: { id: string }[]; faults: { element: string; message: string }[]; list: string; sum: string }
    expect([answer.statusCode, body.steps.length, body.faults.map((one) => one.element)]).toEqual([200, (await steps()).length, ['dong_dau']])
    expect(body.faults[0]!.message).toContain('chưa ghi ai làm')
    expect(body.list).toContain('1 lỗi')
    expect(body.sum).toContain('1 chỗ cần sửa')
    expect((await getDraft(app.env.db, id)).revision).toBe(revision)
  })

  test('that is none is answered in a sentence, never with a fault of ours', async () => {
    for (const bpmn of ['', '%PDF', '<a/>', '<!DOCTYPE a><a/>']) {
      const answer = await reading(author, { bpmn })
      expect([bpmn, answer.statusCode, answer.json().steps, answer.json().faults.length]).toEqual([bpmn, 200, null, 1])
    }
    expect((await reading(author, { bpmn: 7 })).statusCode).toBe(422)
  })
})

describe('a file of another tool', () => {
  const file = (name: string) => readFileSync(new URL(`../../src/modules/procedures/testing/foreign/${name}.bpmn`, import.meta.url), 'utf8')

  test('is read, accounted for, and taken only when asked; the original stays', async () => {
    const { revision } = await getDraft(app.env.db, id)
    const { status, to } = await upload(author, 'quy trình.bpmn', file('signavio'))
    expect([status, to]).toEqual([303, expect.stringContaining('/process/files/')])
    await author.get(to)
    expect(author.page.text).toMatch(/4 bước lấy được.*Tệp có 2 quy trình; lấy quy trình nào\?/)
    expect(author.page.text).toMatch(/Cần gì\? sid-g “Cần gì\?”: Ô rẽ “một hay nhiều nhánh” chưa được dùng/)
    expect((await author.raw(`${to}/original`)).body).toBe(file('signavio'))
    expect((await getDraft(app.env.db, id)).revision).toBe(revision)
    await author.press('Lấy quy trình này vào bản nháp')
    expect((await steps()).map((step) => step.name)).toEqual(['Nhận hồ sơ', 'Kiểm tra', 'Ký', 'Trả'])
    expect(author.page.text).toMatch(/chỗ cần sửa/)
  })

  test.each([['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), /Không đọc được tệp/], ['entities', '<!DOCTYPE a [<!ENTITY x "y">]><a/>', /DOCTYPE/], ['6 MB', Buffer.alloc(6_000_000, 'x'), /Tệp lớn hơn 5 MB/]] as const)('%s is refused in a sentence and changes nothing', async (_what, content, words) => {
    const { revision } = await getDraft(app.env.db, id)
    const { status } = await upload(author, 'a.bpmn', content as string)
    expect(status).toBe(303)
    await author.get(at())
    expect(author.page.text.slice(0, 3000)).toMatch(words)
    expect((await getDraft(app.env.db, id)).revision).toBe(revision)
  })

  test('in UTF-16 is read too', async () => {
    const { to } = await upload(author, 'aris.bpmn', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(file('aris').replace('<?xml version="1.0"?>', ''), 'utf16le')]))
    await author.get(to)
    expect(author.page.text).toContain('Xác minh cư trú')
  })
})

test('others may look if they control procedures, and write only for the province', async () => {
  const { to } = await upload(author, 'a.bpmn', readFileSync(new URL('../../src/modules/procedures/testing/foreign/aris.bpmn', import.meta.url)))
  const commune = await Visitor.at(app, 'chuyenvien2.14797.vp', /Cán bộ đầu mối kiểm soát/)
  for (const url of [at(), at('/drawing.bpmn'), to, `${to}/original`]) expect([url, (await commune.raw(url)).statusCode]).toEqual([url, 200])
  await commune.get(at())
  expect(commune.page.html).not.toMatch(/Thêm bước sau|Lấy quy trình từ tệp/)
  for (const path of ['/steps', '/redrawing', `${to.slice(at().length)}/taking`]) expect([path, (await commune.post(at(path), [['_base', '0'], ['_act', 'add']])).status]).toEqual([path, 403])
  expect((await upload(commune, 'a.bpmn', 'x')).status).toBe(403)
  const clerk = await Visitor.at(app, 'motcua.14797')
  for (const url of [at(), at('/drawing.bpmn'), to, `${to}/original`]) expect([url, (await clerk.raw(url)).statusCode]).toEqual([url, 403])
  const nobody = new Visitor(app)
  expect((await nobody.raw(at())).statusCode).toBe(303)
  expect((await author.raw(at('/files/00000000-0000-4000-8000-000000000000'))).statusCode).toBe(404)
  expect((await author.raw(at('/files/x'))).statusCode).toBe(404)
})
