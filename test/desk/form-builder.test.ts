// The tabs of form, papers and words through their pages: two officials at once, what Word brings, five hundred questions, and who may not.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { readDraftForm } from '#core/form/build/index.ts'
import { keepFile, stageBytes } from '#modules/files/index.ts'
import { beginDraft, getDraft, importRecord, type ProcedureRecord, saveDraftPart } from '#modules/procedures/index.ts'
import { recordTexts } from '#modules/procedures/testing/packs.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file, PDF } from '../support/walk.ts'
import { MovableClock } from './people.ts'
import { Visitor } from './visitor.ts'

const RECORD = JSON.parse(recordTexts.get('1.001193')!) as ProcedureRecord
let app: TestApp
let id = ''
let base = ''
let one: Visitor
let two: Visitor
const clock = new MovableClock('2026-11-23T09:00:00+07:00')

beforeAll(async () => {
  app = await testApp({ clock })
  const [version] = await app.env.db.selectFrom('procedures.version').select('id').where('code', '=', RECORD.code).execute()
  ;({ id } = await beginDraft(systemCtx(app.env, 'test'), { from: 'version', version: version!.id }))
  base = `/admin/procedures/drafts/${id}`
  one = await Visitor.at(app, 'kiemsoat.h56')
  two = await Visitor.at(app, 'quantriht.h56')
})
afterAll(() => app?.close())

const form = async () => readDraftForm((await getDraft(app.env.db, id)).record['form'])
const question = async (key: string) => (await form()).sections.flatMap((section) => section.questions).find((found) => found.key === key)

describe('two officials in one question', () => {
  test('who write different things both stand; the same thing is put before the second, and nothing is lost', async () => {
    const at = `${base}/form?q=copies_count`
    await one.get(at)
    await two.get(at)
    await one.press('Lưu', { label: 'Cần mấy bản sao?' })
    await two.press('Lưu', { help: 'Mỗi bản 8.000 đồng.' })
    expect(await question('copies_count')).toMatchObject({ label: 'Cần mấy bản sao?', help: 'Mỗi bản 8.000 đồng.' })

    await one.get(at)
    await two.get(at)
    await one.press('Lưu', { label: 'Bao nhiêu bản?' })
    await two.press('Lưu', { label: 'Xin mấy bản?' })
    expect([two.page.status, /Bao nhiêu bản\?/.test(two.page.text), /Xin mấy bản\?/.test(two.page.text)]).toEqual([409, true, true])
    await two.press('Lưu lựa chọn')
    expect(await question('copies_count')).toMatchObject({ label: 'Xin mấy bản?' })
  })

  test('of whom one takes the question away: the other is told, with the words just written', async () => {
    await one.post(`${base}/form`, [['_do', 'copy'], ['place', 'copies_count']])
    await one.get(`${base}/form?q=copies_count_2`)
    await two.get(`${base}/form?q=copies_count_2`)
    await one.press('Xóa')
    expect(await question('copies_count_2')).toBeUndefined()
    await two.press('Lưu', { label: 'Bản sao thứ hai?' })
    expect([two.page.status, two.page.text.includes('lời vừa viết: “Bản sao thứ hai?”')]).toEqual([404, true])
  })
})

describe('what is typed and pasted', () => {
  test('Word’s bullets, decomposed accents, unseen marks and emoji; one press added twice is one question', async () => {
    const label = 'Tên tổ chức\u200b 🏢'.normalize('NFD')
    const fields = [['_do', 'add'], ['_key', 'một lần'], ['label', label], ['type', 'radio'], ['section', 'child']] as const
    const section = (await form()).sections[1]!.key
    const send = () => one.post(`${base}/form`, fields.map(([name, value]) => [name, name === 'section' ? section : value] as const))
    await send()
    await send()
    const found = (await form()).sections.flatMap((all) => all.questions).filter((all) => all.label.startsWith('Tên tổ chức'))
    expect(found).toMatchObject([{ key: 'ten_to_chuc', label: 'Tên tổ chức 🏢'.normalize('NFC') }])
    await one.get(`${base}/form?q=ten_to_chuc`)
    await one.press('Lưu', { options: '•\tHộ gia đình\r\n2) Doanh nghiệp' })
    expect((await question('ten_to_chuc'))!.options?.map((option) => option.label)).toEqual(['Hộ gia đình', 'Doanh nghiệp'])
  })

  test('a key that another question has is refused, what else was written stays on the page', async () => {
    await one.get(`${base}/form?q=ten_to_chuc`)
    await one.press('Lưu', { key: 'child_full_name', help: 'x' })
    expect([one.page.status, one.page.text.includes('Khóa “child_full_name” đã là của câu khác')]).toEqual([409, true])
    await one.get(`${base}/form?q=ten_to_chuc`)
    await one.press('Lưu', { key: 'Tên Mới' })
    expect(one.page.text).toContain('không dùng được: chỉ chữ thường không dấu')
  })

  test('a key renamed is renamed in papers, results, golden cases and templates too', async () => {
    await saveDraftPart(systemCtx(app.env, 'test'), { draft: id, part: 'texts', base: (await getDraft(app.env.db, id)).revision, value: { texts: { prints: [{ template: 'result', source: '#answers.birth_proof' }] } } })
    await one.get(`${base}/form?q=birth_proof`)
    await one.press('Lưu', { key: 'giay_chung' })
    const whole = JSON.stringify((await getDraft(app.env.db, id)).record)
    expect(whole).not.toMatch(/form\.birth_proof|answers\.birth_proof|"birth_proof"/)
    expect(whole).toContain('answers.giay_chung')
    expect(whole.match(/form\.giay_chung/g)!.length).toBeGreaterThan(2)
  })

  test('five hundred questions are shown, moved and previewed', async () => {
    const { id: big } = await beginDraft(systemCtx(app.env, 'test'), { from: 'scratch', code: '9.000002', name: 'Năm trăm câu' })
    const questions = Array.from({ length: 500 }, (_, at) => ({ key: `c${at}`, label: `Câu ${at}`, type: 'text', required: true, ...(at > 0 ? { visibleWhen: `form.c${at - 1} != null` } : {}) }))
    await saveDraftPart(systemCtx(app.env, 'test'), { draft: big, part: 'form', base: 0, value: { form: { title: 'Dài', sections: [{ key: 'p', title: 'Phần', questions }] } } })
    const start = performance.now()
    expect((await one.get(`/admin/procedures/drafts/${big}/form?q=c499`)).status).toBe(200)
    await one.press('Lên')
    expect((await one.get(`/admin/procedures/drafts/${big}/form/preview?view=whole`)).text).toContain('Câu 0')
    expect(performance.now() - start).toBeLessThan(20_000)
    expect(readDraftForm((await getDraft(app.env.db, big)).record['form']).sections[0]!.questions[498]!.key).toBe('c499')
  }, 60_000)
})

describe('a template of its own', () => {
  test('is begun, changed with its line ends kept, faulty without loss, and given up', async () => {
    const { id: fresh } = await beginDraft(systemCtx(app.env, 'test'), { from: 'scratch', code: '9.000003', name: 'Mẫu của riêng mình' })
    const at = `/admin/procedures/drafts/${fresh}/texts`
    const kept = async () => (await getDraft(app.env.db, fresh)).record['texts'] as { prints: { source: string }[] } | undefined
    await one.post(at, [['_do', 'begin'], ['place', 'print:result']])
    const before = (await kept())!.prints[0]!.source
    expect(before.endsWith('\n')).toBe(true)
    const shown = await one.post(at, [['_do', 'save'], ['place', 'print:result'], ['_was', before.replaceAll('\n', '\r\n')], ['source', `${before}\r\nCho #answers.khong_co mượn.\r\n`]])
    expect([shown.status, (await kept())!.prints[0]!.source]).toEqual([200, `${before}\nCho #answers.khong_co mượn.\n`])
    expect(shown.text).toContain('không có trường “khong_co”')
    await one.post(at, [['_do', 'remove'], ['place', 'print:result']])
    expect(await kept()).toBeUndefined()
  }, 40_000)
})

describe('what follows', () => {
  test('answers of running dossiers that would mean something else are named', async () => {
    clock.at = new Date(RECORD.cases[0]!.receivedAt)
    await file(await app.as('congdan1'), { procedure: RECORD.code, unit: '14797', channel: 'truc_tuyen', form: RECORD.cases[0]!.form, applicant: { fullName: 'Lê Thị Hạnh' } })
    clock.at = new Date('2026-11-23T09:10:00+07:00')
    await one.get(`${base}/form?q=child_sex`)
    await one.press('Lưu', { type: 'text' })
    expect(await question('child_sex')).toMatchObject({ type: 'text' })
    await one.get(`${base}/form`)
    expect(one.page.text).toContain('Hồ sơ đang chạy đã trả lời theo kiểu khác')
    expect(one.page.text).toContain('trước là “Chọn một, bày hết ra”, nay là “Một dòng chữ” (1 hồ sơ của phiên bản 1)')
    await one.get(`${base}/form?q=child_sex`)
    await one.press('Lưu', { type: 'radio', options: 'Bé trai | male\nBé gái | female' })
  })

  test('a blank form is given out once a version names it, and only then', async () => {
    const ctx = systemCtx(app.env, 'test')
    const staged = await stageBytes(ctx, PDF, 'mau.pdf')
    const { id: blank } = await inTransaction(ctx.db, (tx) => keepFile(tx, ctx, staged, `draft:${id}`))
    const { parts } = RECORD
    await importRecord(systemCtx(app.env, 'test'), JSON.stringify({ ...RECORD, summary: 'Có mẫu.', parts: [{ ...parts[0], blank: { name: 'mau.pdf', file: blank } }, ...parts.slice(1)] }))
    const anyone = new Visitor(app)
    expect((await anyone.get(`/thu-tuc/${RECORD.code}`)).html).toContain(`/thu-tuc/${RECORD.code}/mau/${blank}`)
    expect((await anyone.raw(`/thu-tuc/2.000815/mau/${blank}`)).statusCode).toBe(404)
    expect((await anyone.raw(`/thu-tuc/${RECORD.code}/mau/${id}`)).statusCode).toBe(404)
  })

  test.each(['form', 'parts', 'texts'])('%s: closed to who has nothing to do with it', async (tab) => {
    for (const login of ['motcua.14797', 'quantri.14797']) {
      const other = await Visitor.at(app, login)
      expect([login, (await other.get(`${base}/${tab}`)).status]).toEqual([login, 403])
      expect([login, (await other.post(`${base}/${tab}`, [['_do', 'add'], ['label', 'x'], ['name', 'x'], ['section', 'child']])).status]).toEqual([login, 403])
    }
    expect([303, 401]).toContain((await new Visitor(app).raw(`${base}/${tab}`)).statusCode)
  })

  test('the preview and the PDF are of the workshop alone', async () => {
    const other = await Visitor.at(app, 'motcua.14797')
    for (const path of ['form/preview?view=single', 'texts/prints/result.pdf', `parts/blanks/${id}`]) expect([path, (await other.get(`${base}/${path}`)).status]).toEqual([path, 403])
  })
})
