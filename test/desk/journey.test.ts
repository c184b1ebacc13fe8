// One dossier over six desks through the pages alone, as officers without JavaScript walk it; and what happens when two hands reach for one thing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flatten } from '#core/form/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { fileCase, goldenOf, MovableClock, records } from './people.ts'
import { formsOf, Visitor } from './visitor.ts'

const clock = new MovableClock('2026-07-15T08:30:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const COPY = records.find((one) => one.code === '2.000815')!
const codeOf = (visitor: Visitor): string => /H56\.[\w.]+-\d{6}-\d{4}/.exec(visitor.page.text)![0]

describe('a dossier filed at the counter', () => {
  test('goes over six desks to the person it belongs to', async () => {
    const counter = await Visitor.at(app, 'motcua.14797')
    await counter.get('/desk')
    expect(counter.page.text).toContain('Chưa có việc nào đến bàn này')
    await counter.get(counter.links('/desk/counter')[0]!)
    await counter.get('/desk/counter?q=chung+thuc+ban+sao')
    expect(counter.links('/desk/counter/')[0]).toBe('/desk/counter/2.000815')
    await counter.get('/desk/counter/2.000815')

    await counter.press('Sang tờ khai', { fullName: '', personalId: '12' })
    expect([counter.page.status, counter.page.text.includes('Còn chỗ cần sửa')]).toEqual([422, true])
    await counter.press('Sang tờ khai', { fullName: 'Lê Thị Quỳnh', personalId: '038303002323', birthDate: '04/04/2003', phone: '0915151515' })
    expect(counter.page.url).toMatch(/^\/desk\/counter\/filings\/[0-9a-f-]{36}\/form\//)
    expect(formsOf(counter.page.html).flatMap((form) => form.fields)).toContainEqual(['applicant_full_name', 'Lê Thị Quỳnh']) // typed once

    const questions = COPY.form.sections.flatMap((section) => section.questions)
    await counter.press('Tiếp tục', flatten(questions, goldenOf(COPY).form))
    if (!counter.page.url.endsWith('/papers')) await counter.press('Tiếp tục')
    expect(counter.page.url).toMatch(/\/papers$/)
    while (counter.page.html.includes('name="_paper"')) await counter.press(/^Đã nhận bản giấy/)
    await counter.press('Tiếp tục')
    expect(counter.page.url).toMatch(/\/review$/)
    expect(counter.page.text).toMatch(/Hẹn trả kết quả/)
    await counter.press('Nộp hồ sơ')
    const code = codeOf(counter)
    expect(counter.page.url).toBe(`/desk/dossiers/${code}`)
    expect(counter.page.text).toContain('Nộp thay tại quầy Nguyễn Lan Thơ')

    clock.to('2026-07-15T08:40:00+07:00')
    await counter.press('Tiếp nhận hồ sơ', { note: 'Đã đối chiếu bản chính.' })
    expect(counter.page.text).toContain('In giấy tiếp nhận và hẹn trả')
    const [receipt] = counter.links('/receipt.pdf')
    await counter.get(receipt!)
    expect([counter.page.status, counter.page.html.slice(0, 5)]).toEqual([200, '%PDF-'])
    await counter.get(`/desk/dossiers/${code}`)
    expect(counter.page.text).toContain('Bàn này không có việc với hồ sơ')

    const desks = [
      ['chuyenvien.14797', /^Bản sao đúng bản chính, trình ký/], ['lanhdao.14797', /^Ký chứng thực/], ['vanthu.14797', /^Đã ghi số, đóng dấu/], ['chuyenvien.14797', /^Đã có kết quả/],
    ] as const
    for (const [login, button] of desks) {
      clock.to(new Date(clock.now().getTime() + 1_800_000))
      const officer = await Visitor.at(app, login)
      await officer.get('/desk/next')
      expect(officer.page.url).toBe(`/desk/dossiers/${code}`)
      await officer.press(button)
      expect([login, officer.page.status]).toEqual([login, 200])
    }
    const last = await Visitor.at(app, 'motcua.14797') // the first session has slept for too long
    await last.get('/desk')
    expect(last.page.text).toContain('Lê Thị Quỳnh')
    await last.get(`/desk/search?q=${code.toLowerCase()}`)
    expect(last.page.url).toBe(`/desk/dossiers/${code}`)
    await last.press(/^Đã trả kết quả/)
    expect(last.page.text).toContain('Đã trả kết quả. Không còn việc nào phải làm.')
    expect(last.page.text).toMatch(/Xong đúng hạn/)
    expect(last.page.text.match(/Kết quả giải quyết/)).not.toBeNull()
    expect([...last.page.html.matchAll(/bpmn-done/g)].length).toBeGreaterThan(4)
  })
})

describe('two officers', () => {
  test('on one item: the second is told who and when, and keeps the note', async () => {
    const dossier = await fileCase(app, clock, COPY, '2026-07-16T08:00:00+07:00', 1)
    const [one, two] = [await Visitor.at(app, 'motcua.14797'), await Visitor.at(app, 'motcua2.14797', /một cửa, Ủy ban/)]
    await Promise.all([one.get(`/desk/dossiers/${dossier.code}`), two.get(`/desk/dossiers/${dossier.code}`)])
    clock.to('2026-07-16T08:05:00+07:00')
    await one.press('Tiếp nhận hồ sơ')
    clock.to('2026-07-16T08:06:00+07:00')
    await two.press('Tiếp nhận hồ sơ', { note: 'Thiếu trang 2 "bản chính" <b>' })
    expect(two.page.status).toBe(409)
    expect(two.page.text).toContain('Đã có người làm trước')
    expect(two.page.text).toMatch(/Ai Nguyễn Lan Thơ Khi nào 08:05 16\/07\/2026 Kết quả Đã xong: Tiếp nhận hồ sơ/)
    expect(two.page.html).toContain('Thiếu trang 2 &quot;bản chính&quot; &lt;b>')
    expect(two.links(`/desk/dossiers/${dossier.code}`).length).toBeGreaterThan(0)
  })

  test('on one claim: the second is told, from the list as from the dossier', async () => {
    const dossier = await fileCase(app, clock, COPY, '2026-07-16T08:10:00+07:00', 2)
    const [one, two] = [await Visitor.at(app, 'motcua.14797'), await Visitor.at(app, 'motcua2.14797', /một cửa, Ủy ban/)]
    await one.get('/desk?hand=unit')
    await two.get('/desk?hand=unit')
    await one.press(`Nhận việc ${dossier.code}`)
    expect(one.page.url).toBe('/desk?hand=unit')
    expect(one.page.text).toContain('Đã nhận việc')
    await two.press(`Nhận việc ${dossier.code}`)
    expect([two.page.status, /Ai Nguyễn Lan Thơ Khi nào 08:10 16\/07\/2026/.test(two.page.text)]).toEqual([409, true])
    await two.get(`/desk/dossiers/${dossier.code}`)
    expect(two.page.text).toMatch(/đang ở chỗ Nguyễn Lan Thơ từ 08:10 16\/07\/2026/)
    expect(two.page.html).not.toContain('Tiếp nhận hồ sơ</span></button>')
    await one.get(`/desk/dossiers/${dossier.code}`)
    await one.press('Trả việc lại')
    await two.get(`/desk/dossiers/${dossier.code}`)
    expect(two.page.html).toContain('Nhận việc</span>')
  })

  test('a page that has grown old says what is new and does the same act again with the note', async () => {
    const dossier = await fileCase(app, clock, COPY, '2026-07-16T08:30:00+07:00', 3)
    const one = await Visitor.at(app, 'motcua.14797')
    await one.get(`/desk/dossiers/${dossier.code}`)
    await app.env.db.updateTable('dossiers.dossier').set({ revision: 99 }).where('id', '=', dossier.id).execute()
    await one.press('Tiếp nhận hồ sơ', { note: 'Ghi chú còn nguyên' })
    expect([one.page.status, one.page.text.includes('Hồ sơ vừa có thay đổi'), one.page.html.includes('Ghi chú còn nguyên')]).toEqual([409, true, true])
    await one.press(/^Vẫn thực hiện/)
    expect([one.page.status, one.page.text.includes('In giấy tiếp nhận')]).toEqual([200, true])
    expect(one.page.text).toContain('Ghi chú còn nguyên')
  })
})

describe('a refusal', () => {
  test('needs a reason of the list or words, shows the paper before, and is told to the citizen', async () => {
    const dossier = await fileCase(app, clock, COPY, '2026-07-16T09:00:00+07:00', 4)
    const officer = await Visitor.at(app, 'motcua.14797')
    await officer.get(`/desk/dossiers/${dossier.code}`)
    await officer.get(officer.links('/refusal')[0]!)
    const boxes = COPY.reasons.refusal
    expect(officer.page.text).toContain(boxes[0]!.clause)
    await officer.press('Từ chối tiếp nhận', { note: '' })
    expect([officer.page.status, officer.page.text.includes('Chọn ít nhất một lý do')]).toEqual([422, true])
    const before = officer.page
    await officer.press('Xem trước bản in', { reasons: [boxes[0]!.code] })
    expect([officer.page.status, officer.page.html.slice(0, 5)]).toEqual([200, '%PDF-'])
    officer.page = before
    await officer.press('Từ chối tiếp nhận', { reasons: [boxes[0]!.code, boxes[1]!.code], note: 'Mang bản chính đến.' })
    expect(officer.page.text).toContain('Không được tiếp nhận')
    expect(officer.page.text).toContain('Mang bản chính đến.')
    expect(officer.page.text).toContain(boxes[1]!.text)
    expect(officer.page.text).toContain('Phiếu từ chối tiếp nhận giải quyết hồ sơ')
  })

  test('of a bad item, outcome or dossier is a page, not a fault', async () => {
    const officer = await Visitor.at(app, 'motcua.14797')
    for (const [url, status] of [
      ['/desk/work/khong-phai-ma/completion?outcome=x', 404], ['/desk/work/00000000-0000-4000-8000-000000000000/completion?outcome=x', 404], ['/desk/dossiers/H56.0-000000-0000', 404],
      ['/desk/dossiers/H56.0-000000-0000/refusal', 404], ['/desk/files/00000000-0000-4000-8000-000000000000', 404], ['/desk/xyz', 404], ['/desk/counter/9.999999', 404],
    ] as const) {
      await officer.get(url)
      expect([url, officer.page.status]).toEqual([url, status])
      expect(officer.page.html).toContain('class="rail"')
    }
  })
})

describe('the worklist', () => {
  test('takes several at once, says how many, and pages by cursor without losing or doubling any', async () => {
    for (let n = 0; n < 4; n++) await fileCase(app, clock, COPY, `2026-07-17T08:0${n}:00+07:00`, n)
    const officer = await Visitor.at(app, 'motcua2.14797', /một cửa, Ủy ban/)
    await officer.get('/desk?hand=unit')
    const ids = [...officer.page.html.matchAll(/name="item" value="([^"]+)"/g)].map(([, id]) => id!)
    expect(ids.length).toBeGreaterThanOrEqual(4)
    await officer.press('Nhận các việc đã chọn', { item: ids.slice(0, 3) })
    expect(officer.page.text).toContain('Đã nhận 3 việc.')
    await officer.get('/desk?hand=unit&procedure=9.999999')
    expect(officer.page.text).toContain('Không có việc nào khớp bộ lọc')
    await officer.get('/desk?hand=unit&due=late')
    expect(officer.page.text).toContain('Không có việc nào quá hạn')
    await officer.get('/desk?cursor=rac')
    expect(officer.page.status).toBe(200)
  })
})
