// Papers at the desk: previewed, issued, printed again, replaced; a broken template that loses nothing; the tracking book; letters by post.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { pagesOf, pictureOf, textOf } from '#core/print/inspect.ts'
import { codesIn } from '#core/print/scan.ts'
import { accept, bookPage, type Dossier, getPaper, isPaperHidden, issuedPapers, listForDesk, needDossier, paperPdf, previewPaper } from '#modules/dossiers/index.ts'
import { reactions } from '#main/modules.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file } from '../support/walk.ts'
import { fileCase, goldenOf, MovableClock, records, stepOn } from './people.ts'
import { Visitor } from './visitor.ts'

const clock = new MovableClock('2026-07-15T08:30:00+07:00')
const COPY = records.find((one) => one.code === '2.000815')!
const BIRTH = records.find((one) => one.code === '1.001193')!
let app: TestApp
let dossier: Dossier
let counter: Visitor

beforeAll(async () => {
  app = await testApp({ clock })
  dossier = await fileCase(app, clock, COPY, '2026-07-15T08:30:00+07:00', 1)
  counter = await Visitor.at(app, 'motcua.14797')
}, 120_000)
afterAll(() => app.close())

const as = async (login: string) => ({ ...(await app.as(login)), now: clock.now() })
const at = (path: string) => `/desk/dossiers/${dossier.code}${path}`
const bytes = async (visitor: Visitor, url: string) => {
  const answer = await visitor.raw(url)
  return { status: answer.statusCode, pdf: answer.rawPayload }
}
async function pdfOfPost(visitor: Visitor, url: string, fields: readonly (readonly [string, string])[]): Promise<{ status: number; pdf: Buffer }> {
  const token = /name="csrf-token" content="([^"]*)"/.exec((await visitor.raw('/desk/dossiers')).body)![1]!
  const answer = await app.server.inject({
    method: 'POST', url, payload: new URLSearchParams([...fields, ['_csrf', token]].map(([a, b]) => [a!, b!])).toString(),
    headers: { accept: 'text/html', cookie: visitor.cookie(), origin: 'http://tinhso.test', 'content-type': 'application/x-www-form-urlencoded' },
  })
  return { status: answer.statusCode, pdf: answer.rawPayload }
}
const receipts = async () => (await issuedPapers(app.env.db, dossier.id)).filter((paper) => paper.kind === 'receipt')
const printJob = (event: string) => reactions.find((one) => one.name === `dossiers.print:${event}`)!

describe('a paper before it is issued', () => {
  test('is what will be issued, marked, its number left open, and leaves nothing behind', async () => {
    const shown = await counter.get(at(''))
    expect(shown.text).toContain('Xem trước giấy tiếp nhận')
    const { status, pdf } = await pdfOfPost(counter, at('/papers/preview'), [['kind', 'receipt'], ['note', '']])
    expect(status).toBe(200)
    const before = textOf(pdf)
    expect(before).toContain('BẢN XEM TRƯỚC. Chưa phát hành, chưa có giá trị')
    expect(before).toContain('Số: ………/TNHS')
    expect(await issuedPapers(app.env.db, dossier.id)).toEqual([])
    expect((await needDossier(app.env.db, systemCtx(app.env, 'test'), dossier.id)).state).toBe('MOI_DANG_KY')

    await accept(await as('motcua.14797'), { dossier: dossier.id })
    const { paper } = await getPaper(await as('motcua.14797'), dossier.id, { kind: 'receipt' })
    const plain = (text: string) => text.replace(/B ?Ả ?N ?X ?E ?M ?T ?R ?Ư ?Ớ ?C\.? ?(Chưa phát hành, chưa có giá trị)?/g, '').replace(/Số: \S+/, 'Số:').replaceAll(/\s+/g, ' ').trim()
    expect(plain(textOf(await paperPdf(await as('motcua.14797'), paper)))).toBe(plain(before))
  })

  test('reasons and words of the form stand in it; without any it says so', async () => {
    const specialist = await as('chuyenvien.14797')
    const kind = 'supplement_request'
    const code = COPY.reasons.supplement[0]!
    const said = textOf(await previewPaper(specialist, { dossier: dossier.id, kind, reasons: [{ code: code.code }], note: 'Nộp tại quầy số 3.' }))
    expect(said).toContain(code.text.slice(0, 30))
    expect(said).toContain('Nộp tại quầy số 3.')
    expect(textOf(await previewPaper(specialist, { dossier: dossier.id, kind }))).toContain('(chưa chọn lý do)')
  })

  test.each([
    ['motcua.14797', 'supplement_request', 403], ['chuyenvien.14797', 'apology', 403], ['chuyenvien.14797', 'stop_notice', 403], ['chuyenvien.14797', 'receipt', 409],
    ['lanhdao.14797', 'stop_notice', 200], ['lanhdao.14797', 'apology', 409], ['motcua.14758', 'receipt', 404], ['quantri.14797', 'receipt', 404], ['chuyenvien.14797', 'khong-co', 404],
  ])('%s asks for %s: %s', async (login, kind, status) => {
    const visitor = await Visitor.at(app, login)
    const answer = await visitor.raw(at(`/papers/preview?kind=${kind}&newDueOn=2026-07-30`))
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, status === 200 ? 'application/pdf' : 'text/html; charset=utf-8'])
  })
})

describe('a paper that is out', () => {
  test('is printed again with the hour and the name, and the page says so', async () => {
    const [paper] = await receipts()
    const { status, pdf } = await pdfOfPost(counter, at(`/papers/${paper!.id}/reprints`), [])
    expect(status).toBe(200)
    expect(textOf(pdf)).toMatch(/^Bản in lại lúc \d\d:\d\d ngày 15\/07\/2026, người in: \S/)
    expect((await counter.get(at(''))).text).toMatch(/In lại 1 lần, gần nhất \d\d:\d\d 15\/07\/2026/)
    expect((await pdfOfPost(await Visitor.at(app, 'motcua.14758'), at(`/papers/${paper!.id}/reprints`), [])).status).toBe(404)
    expect((await receipts())[0]!.prints).toHaveLength(1)
  })

  test('is taken back with a reason; the new one has its number, the old one stays and says why; twice is once', async () => {
    const [old] = await receipts()
    const short = await counter.post(at(`/papers/${old!.id}/replacement`), [['reason', 'sai']])
    expect([short.status, short.text.includes('ít nhất 10 ký tự')]).toEqual([422, true])
    expect((await receipts())).toHaveLength(1)
    const done = await counter.post(at(`/papers/${old!.id}/replacement`), [['reason', 'Ghi sai số điện thoại người nộp.']])
    expect([done.status, done.text.includes('đã thu hồi, có bản thay thế')]).toEqual([200, true])
    const [first, second] = await receipts()
    expect([first!.cancelReason, second!.replaces, second!.number]).toEqual(['Ghi sai số điện thoại người nộp.', first!.id, first!.number])
    expect((await counter.post(at(`/papers/${old!.id}/replacement`), [['reason', 'Ghi sai số điện thoại người nộp.']])).status).toBe(409)
    expect(await receipts()).toHaveLength(2)
    const { pdf } = await bytes(counter, at(`/papers/${first!.id}.pdf`))
    expect(textOf(pdf)).toMatch(/ĐÃ HỦY\. Hủy ngày 15\/07\/2026: Ghi sai số điện thoại/)
    expect((await getPaper(await as('motcua.14797'), dossier.id, { kind: 'receipt' })).paper.id).toBe(second!.id)
  })

  test.each([['chuyenvien.14797', 403], ['vanthu.14797', 403], ['motcua.14758', 404]])('%s may not take the receipt back: %s', async (login, status) => {
    const paper = (await receipts()).at(-1)!
    const visitor = await Visitor.at(app, login)
    expect((await visitor.get(at(`/papers/${paper.id}/replacement`))).status).toBe(status)
    expect((await visitor.post(at(`/papers/${paper.id}/replacement`), [['reason', 'Ghi sai số điện thoại.']])).status).toBe(status)
    expect((await receipts()).at(-1)!.cancelledAt).toBeNull()
  })

  test.each([
    ['receipt', false, false], ['apology', false, false], ['stop_notice', false, false], ['control_slip', true, true], ['result', true, false], ['unresolved_notice', true, false],
  ] as const)('the applicant may not see %s before the end: %s, after it: %s', async (kind, before, after) => {
    const citizen = await as('congdan1')
    expect([isPaperHidden(citizen, { finishedAt: null }, { kind }), isPaperHidden(citizen, { finishedAt: clock.now() }, { kind })]).toEqual([before, after])
    expect(isPaperHidden(await as('motcua.14797'), { finishedAt: null }, { kind })).toBe(false)
  })

  test('an old paper keeps its old form for ever', async () => {
    const ctx = await as('motcua.14797')
    const { paper } = await getPaper(ctx, dossier.id, { kind: 'receipt' })
    const text = textOf(await paperPdf(ctx, { ...paper, data: { ...paper.data, formSet: 'tt-01-2018' } }))
    expect(text).toContain('được lập thành 02 liên')
  })
})

describe('a template of the province with a wrong field', () => {
  const own = () => join(app.env.dataDir, 'templates')
  let broken: Dossier

  test('loses no act: the dossier is accepted, the paper is kept and says what is wrong', async () => {
    broken = await fileCase(app, clock, COPY, '2026-07-15T08:30:00+07:00', 2)
    mkdirSync(own(), { recursive: true })
    writeFileSync(join(own(), 'receipt.typ'), '#import "parts.typ": *\n#show: form.with(title: "Giấy tiếp nhận")\n#field("Người nộp", data.aplicant.name)\n')
    await accept(await as('motcua.14797'), { dossier: broken.id })
    await expect(printJob('dossiers.accepted').run(systemCtx(app.env, 'test'), { subject: broken.id } as never)).rejects.toThrow(/«receipt».*«aplicant».*receipt\.typ:3/s)
    const [paper] = await issuedPapers(app.env.db, broken.id)
    expect([paper!.kind, paper!.fileId, paper!.fault?.includes('«aplicant»')]).toEqual(['receipt', null, true])
  })

  test('tells the officer in plain words and the administrator the field, without the case', async () => {
    const page = await counter.get(`/desk/dossiers/${broken.code}/receipt.pdf`)
    expect([page.status, page.text.includes('mẫu in đang có lỗi'), page.text.includes('aplicant')]).toEqual([503, true, false])
    expect((await counter.get(`/desk/dossiers/${broken.code}`)).text).toContain('Mẫu in đang lỗi, chờ sửa')
    const keeper = await Visitor.at(app, 'kiemsoat.h56')
    const faults = await keeper.get('/admin/papers')
    expect(faults.text).toContain('receipt.typ aplicant')
    expect(faults.text).toContain('1 giấy tờ đang chờ')
    expect(faults.html).not.toContain(broken.code!)
    expect((await keeper.press('In lại tất cả')).text).toContain('1 hồ sơ vẫn vướng lỗi mẫu')
  })

  test('is mended in the folder and printed at once', async () => {
    writeFileSync(join(own(), 'receipt.typ'), '#import "parts.typ": *\n#show: form.with(title: "Giấy tiếp nhận của tỉnh")\n#field("Người nộp", data.applicant.name)\n')
    const keeper = await Visitor.at(app, 'kiemsoat.h56')
    await keeper.get('/admin/papers')
    expect((await keeper.press('In lại tất cả')).text).toContain('Mọi giấy tờ đều in được')
    const { status, pdf } = await bytes(counter, `/desk/dossiers/${broken.code}/papers/${(await issuedPapers(app.env.db, broken.id))[0]!.id}.pdf`)
    expect([status, textOf(pdf).includes('GIẤY TIẾP NHẬN CỦA TỈNH')]).toEqual([200, true])
    rmSync(own(), { recursive: true })
  })

  test.each([['motcua.14797', 403], ['quantri.14797', 403], ['kiemsoat.h56', 200], ['quantriht.h56', 200]])('%s opens the page of faults: %s', async (login, status) => {
    expect((await (await Visitor.at(app, login)).get('/admin/papers')).status).toBe(status)
  })
})

describe('scanned codes', () => {
  test.each([['bar code', (code: string) => code], ['small letters', (code: string) => ` ${code.toLowerCase()} `], ['QR', (code: string) => `http://tinhso.test/tra-cuu/${code}`]])(
    '%s opens the dossier at once', async (_, typed) => {
      expect((await counter.get(`/desk/search?q=${encodeURIComponent(typed(dossier.code!))}`)).url).toBe(at(''))
    })

  test('the receipt carries both, as a scanner reads them', async () => {
    const { pdf } = await bytes(counter, at('/receipt.pdf').replace('/receipt.pdf', `/papers/${(await receipts()).at(-1)!.id}.pdf`))
    expect(await codesIn(pictureOf(pdf))).toEqual([`Code128 ${dossier.code}`, `QRCode http://tinhso.test/tra-cuu/${encodeURIComponent(dossier.code!)}`])
  })
})

describe('the tracking book', () => {
  beforeAll(async () => {
    // Three hundred accepted dossiers more, of one desk, one every hour of a fortnight.
    await sql`with copies as (
      insert into dossiers.dossier select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'client_key', null, 'code', 'H56.14797-260801-' || lpad(n::text, 4, '0'), 'search', 'h56.14797-260801-' || lpad(n::text, 4, '0') || '|' || d.search,
        'accepted_at', '2026-08-01T01:00:00Z'::timestamptz + n * interval '1 hour', 'due_at', '2026-08-20T10:30:00Z'::timestamptz + n * interval '1 hour'))).*
      from dossiers.dossier d, generate_series(1, 300) n where d.id = ${dossier.id} returning id)
      insert into dossiers.party select id, p.unit_id, p.unit_path, p.since from copies, dossiers.party p where p.dossier_id = ${dossier.id}`.execute(app.env.db)
    clock.to('2026-08-31T09:00:00+07:00')
    counter = await Visitor.at(app, 'motcua.14797')
  })

  const PERIOD = '?from=01/08/2026&to=31/08/2026'

  test('has its pages, in the order of acceptance, numbered through; filters in the address', async () => {
    const first = await counter.get(`/desk/book${PERIOD}`)
    expect(first.status).toBe(200)
    expect(first.text).toContain('300 hồ sơ, ngày nhận từ 01/08/2026 đến 31/08/2026')
    expect(first.text).toContain('Trang 1/6')
    expect(first.html).toContain('href="/desk/book"') // on the rail
    const book = await bookPage(await as('motcua.14797'), { from: '2026-08-01', to: '2026-08-31', page: 6 })
    expect([book.rows[0]!.no, book.rows.at(-1)!.no, book.rows.at(-1)!.dossier.code]).toEqual([251, 300, 'H56.14797-260801-0300'])
    expect((await bookPage(await as('motcua.14797'), { from: '2026-08-31', to: '2026-08-01', page: 999 })).page).toBe(6)
    expect((await bookPage(await as('motcua.14797'), { from: '2026-08-01', to: '2026-08-31', q: '260801 0042' })).rows.map((row) => row.dossier.code)).toEqual(['H56.14797-260801-0042'])
    expect((await bookPage(await as('motcua.14797'), { from: '2026-08-20', to: '2026-08-20', by: 'due' })).count).toBe(6)
    expect((await bookPage(await as('motcua.14797'), { from: 'rác', to: '2026-02-31' })).from).toBe('2026-08-01')
  })

  test('masks the telephone, prints in full with its heading on every page', async () => {
    const page = await counter.get(`/desk/book${PERIOD}`)
    expect(page.html).not.toMatch(/09100\d{5}/)
    expect(page.text).toMatch(/091\*\*\*\*\d{3}/)
    const { status, pdf } = await bytes(counter, `/desk/book.pdf${PERIOD}`)
    expect(status).toBe(200)
    const pages = pagesOf(pdf)
    expect(pages.length).toBeGreaterThan(10)
    expect(pages.slice(0, -1).every((text) => text.includes('Mã hồ sơ'))).toBe(true)
    const text = pages.join(' ')
    expect([text.includes('Mẫu số 07'), text.includes('Sổ có 300 hồ sơ.'), text.includes('H56.14797-260801-0300')]).toEqual([true, true, true])
  })

  test('shows what every list shows the reader, and nothing else', async () => {
    for (const login of ['motcua.14797', 'lanhdao.14797', 'vanthu.14797', 'giamsat.h56', 'motcua.14758']) {
      const ctx = await as(login)
      const book = await bookPage(ctx, { unit: '', from: '2026-01-01', to: '2026-12-31' })
      const listed = new Set((await listForDesk(ctx, { limit: 1000 })).items.filter((one) => one.acceptedAt).map((one) => one.id))
      expect([login, book.count]).toEqual([login, login === 'motcua.14758' ? 0 : listed.size])
    }
    const overseer = await bookPage(await as('giamsat.h56'), { unit: '', from: '2026-08-01', to: '2026-08-31' })
    expect(overseer.rows.every((row) => row.dossier.applicant.fullName.includes('*') && row.address === null)).toBe(true)
  })

  test.each([['thuphi.14797', 403], ['quantri.14797', 403], ['antoan.h56', 403], ['lanhdao.14797', 200], ['giamsat.h56', 200]])('%s opens it: %s', async (login, status) => {
    const visitor = await Visitor.at(app, login)
    expect([(await visitor.get('/desk/book')).status, (await visitor.raw('/desk/book.pdf')).statusCode]).toEqual([status, status])
  })
})

describe('letters by post', () => {
  let posted: Dossier

  beforeAll(async () => {
    clock.to('2026-08-31T09:00:00+07:00')
    counter = await Visitor.at(app, 'motcua.14797')
    const golden = BIRTH.cases.find((one) => one.form['result_delivery'] === 'post' && one.channel === 'truc_tiep') ?? goldenOf(BIRTH)
    const applicant = { ...golden.applicant, fullName: 'Trịnh Thị Ngọc Ẩn', phone: '0912345678', address: undefined }
    posted = await file(await as('motcua.14797'), { procedure: BIRTH.code, unit: '14797', channel: 'truc_tiep', form: golden.form, applicant })
    for (let i = 0; i < 12 && (await needDossier(app.env.db, systemCtx(app.env, 't'), posted.id)).state !== 'DA_CO_KET_QUA'; i++) await stepOn(app, clock, posted)
  })

  test('the desk sees what waits, prints envelopes whose bar code leads back', async () => {
    const page = await counter.get('/desk/letters')
    expect(page.text).toContain(posted.code!)
    for (const [form, expected] of [['dl', 1], ['labels', 1]] as const) {
      const { status, pdf } = await pdfOfPost(counter, '/desk/letters', [['dossiers', posted.id], ['form', form], ['skip', '2']])
      expect(status).toBe(200)
      expect(textOf(pdf)).toContain('Trịnh Thị Ngọc Ẩn')
      expect(await codesIn(pictureOf(pdf))).toEqual(Array.from({ length: expected }, () => `Code128 ${posted.code}`))
    }
    expect((await bytes(counter, `/desk/dossiers/${posted.code}/envelope.pdf?form=c5`)).status).toBe(200)
  })

  test('nothing chosen, and a wrong form, are said; others’ dossiers are not there', async () => {
    const nothing = await counter.post('/desk/letters', [['form', 'dl']])
    expect([nothing.status, nothing.text.includes('Chọn ít nhất một hồ sơ')]).toEqual([422, true])
    expect((await counter.post('/desk/letters', [['dossiers', posted.id], ['form', 'a7'], ['skip', '99']])).status).toBe(422)
    const stranger = await Visitor.at(app, 'motcua.14758')
    expect((await stranger.post('/desk/letters', [['dossiers', posted.id], ['form', 'dl']])).status).toBe(404)
    expect((await stranger.get('/desk/letters')).text).not.toContain(posted.code!)
    expect((await (await Visitor.at(app, 'chuyenvien.14797')).get('/desk/letters')).status).toBe(403)
    expect((await (await Visitor.at(app, 'chuyenvien.14797')).raw(`/desk/dossiers/${posted.code}/envelope.pdf`)).statusCode).toBe(403)
  })
})
