// An officer's papers in a browser: read before they are issued, issued, printed again, taken back; the book of the month; letters by post.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { pagesOf, textOf as textOfPdf } from '#core/print/inspect.ts'
import { accept, type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { systemCtx } from '#core/ctx.ts'
import { file } from '../support/walk.ts'
import { fileCase, type MovableClock, stepOn } from '../desk/people.ts'
import { recordOf } from './support/cases.ts'
import { type House, openHouse, press, textOf, WIDE } from './support/house.ts'
import { look } from './support/look.ts'

const BIRTH = recordOf('1.001193')
let house: House
let dossier: Dossier
let posted: Dossier
let page: Page

beforeAll(async () => {
  house = await openHouse({ at: '2026-08-31T08:30:00+07:00', previews: false })
  const clock = house.clock as unknown as MovableClock
  const golden = BIRTH.cases.find((one) => one.form['result_delivery'] === 'post' && one.channel === 'truc_tiep')!
  posted = await file(await house.app.as('motcua.14797'), { procedure: BIRTH.code, unit: '14797', channel: 'truc_tiep', form: golden.form, applicant: { ...golden.applicant, fullName: 'Trịnh Thị Ngọc Ẩn' } })
  for (let i = 0; i < 12 && (await needDossier(house.app.env.db, systemCtx(house.app.env, 't'), posted.id)).state !== 'DA_CO_KET_QUA'; i++) await stepOn(house.app, clock, posted)
  for (let n = 0; n < 3; n++) {
    const one = await fileCase(house.app, clock, recordOf('2.000815'), '2026-08-31T08:30:00+07:00', n)
    await accept(await house.app.as('motcua.14797'), { dossier: one.id })
  }
  dossier = await fileCase(house.app, clock, recordOf('2.000815'), '2026-08-31T08:31:00+07:00', 5)
  page = await house.at('motcua.14797')
}, 120_000)
afterAll(() => house?.close())

/** Presses what opens a PDF in a tab of its own, and reads it as the browser received it. */
async function pdfBehind(pressed: () => Promise<void>, address: RegExp): Promise<Uint8Array> {
  const context = page.context()
  const got = new Promise<Uint8Array>((done, failed) => {
    void context.route(address, async (route) => {
      try {
        const answer = await route.fetch()
        done(new Uint8Array(await answer.body()))
        await route.fulfill({ status: 200, contentType: 'text/html', body: '<title>PDF</title>' })
      } catch (error) {
        failed(error as Error)
      }
    })
  })
  const opened = context.waitForEvent('page')
  await pressed()
  const pdf = await got
  await (await opened).close()
  await context.unroute(address)
  return pdf
}

describe('papers', () => {
  test('a receipt is read before it is issued, and nothing has happened yet', async () => {
    await page.goto(`${house.url}/desk/dossiers/${dossier.code}`)
    const draft = await page.getByRole('link', { name: 'Xem trước giấy tiếp nhận' }).getAttribute('href')
    const preview = await (await page.context().request.get(house.url + draft!)).body()
    expect(textOfPdf(preview)).toContain('BẢN XEM TRƯỚC. Chưa phát hành')
    expect((await needDossier(house.app.env.db, systemCtx(house.app.env, 't'), dossier.id)).state).toBe('MOI_DANG_KY')
    await press(page, page.getByRole('button', { name: /^Tiếp nhận|^Đủ|^Hồ sơ đủ/ }).first())
    expect(await textOf(page)).toContain('Giấy tiếp nhận hồ sơ và hẹn trả kết quả')
  })

  test('it is printed again, then taken back for a right one; both stay on the page', async () => {
    const again = await pdfBehind(() => page.getByRole('button', { name: 'In lại' }).first().click(), /\/reprints$/)
    expect(textOfPdf(again)).toMatch(/Bản in lại lúc \d\d:\d\d ngày 31\/08\/2026, người in:/)
    await page.reload()
    expect(await textOf(page)).toContain('In lại 1 lần')
    await press(page, page.getByRole('link', { name: 'Thu hồi, cấp bản thay thế' }).first())
    await press(page, page.getByRole('button', { name: 'Thu hồi và cấp bản mới' }))
    expect(await textOf(page)).toContain('ít nhất 10 ký tự')
    await page.getByLabel('Vì sao thu hồi').fill('Ghi sai số điện thoại của người nộp.')
    await press(page, page.getByRole('button', { name: 'Thu hồi và cấp bản mới' }))
    const text = await textOf(page)
    expect([text.includes('Đã hủy'), text.includes('thay bản đã hủy')]).toEqual([true, true])
    expect(await look(page, 'papers-dossier')).toEqual([])
  })

  test('the book of the month is on the rail, filtered, and printed', async () => {
    await page.setViewportSize(WIDE.viewport!)
    await press(page, page.getByRole('link', { name: 'Sổ theo dõi' }).first())
    expect(await textOf(page)).toContain('5 hồ sơ, ngày nhận từ 01/08/2026 đến 31/08/2026')
    expect(await look(page, 'papers-book')).toEqual([])
    await page.setViewportSize(WIDE.viewport!)
    const pdf = await pdfBehind(() => page.getByRole('button', { name: 'In sổ (PDF)' }).click(), /book\.pdf/)
    expect(pagesOf(pdf)[0]).toContain('SỔ THEO DÕI HỒ SƠ')
    await page.getByLabel('Mã, tên, thủ tục').fill('trinh thi')
    await press(page, page.getByRole('button', { name: 'Xem sổ' }))
    expect(new URL(page.url()).searchParams.get('q')).toBe('trinh thi')
    expect(await textOf(page)).toContain('Trịnh Thị')
  })

  test('a result is put into its envelope, and its bar code finds it', async () => {
    await press(page, page.getByRole('link', { name: 'Gửi bưu chính' }).first())
    expect(await look(page, 'papers-letters')).toEqual([])
    await page.setViewportSize(WIDE.viewport!)
    await page.getByLabel(`Chọn ${posted.code}`).check()
    const pdf = await pdfBehind(() => page.getByRole('button', { name: 'In các hồ sơ đã chọn' }).click(), /\/desk\/letters$/)
    expect(textOfPdf(pdf)).toContain('Trịnh Thị Ngọc Ẩn')
    const box = page.getByRole('searchbox').first()
    await box.fill(posted.code!.toLowerCase())
    await Promise.all([page.waitForURL(/\/desk\/dossiers\//), box.press('Enter')])
    expect(page.url()).toContain(posted.code!)
  })

  test('those who keep the templates see that all is well; nothing complained', async () => {
    const keeper = await house.at('kiemsoat.h56')
    await keeper.goto(`${house.url}/admin/papers`)
    expect(await textOf(keeper)).toContain('Mọi giấy tờ đều in được')
    expect(house.complaints).toEqual([])
  })
})
