// A citizen fills in on a telephone, on a bad line: one question after the other, off line in the middle, photographs, a broken upload, sent.

import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { listDossiers, viewDossier } from '#modules/dossiers/index.ts'
import { caseOf, planOf, recordOf } from './support/cases.ts'
import { dossierOf } from './support/desk.ts'
import { answerPages, beginOnline, checkReview } from './support/filing.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const plan = planOf(recordOf('1.004194'), caseOf(recordOf('1.004194')))
const WALKER = { script: true }
const TELEPHONE: BrowserContextOptions = {
  ...PHONE,
  userAgent: 'Mozilla/5.0 (Linux; Android 13; SM-A146P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
}
const NAME = '[name=applicant_full_name]'
const STATUS = '[data-autosave-status]'
const ON = (button: string) => ({ name: button, exact: true })

let house: House
let page: Page
let id = ''

const formNow = async () => (await dossierOf(house, id)).form
const saysStatus = (what: RegExp) => eventually(`dòng lưu nói ${what}`, async () => what.test((await page.textContent(STATUS)) ?? ''))
const savedAs = (key: string, value: unknown) => eventually(`máy chủ có ${key}`, async () => JSON.stringify((await formNow())[key]) === JSON.stringify(value))

beforeAll(async () => {
  house = await openHouse({ at: plan.golden.receivedAt, window: TELEPHONE, previews: false })
  page = await house.at('congdan1')
  await beginOnline(page, house, plan.record.code)
  id = new URL(page.url()).pathname.split('/')[2]!
})
afterAll(() => house?.close())

describe('question by question', () => {
  test('a telephone is asked one thing after the other; what VNeID knows is there, marked, and confirmed at once', async () => {
    expect(page.url()).toMatch(/khai\/[a-z_]+\.applicant_full_name$/)
    const said = await textOf(page)
    for (const told of ['Bước 1 trên', 'Lấy từ VNeID']) expect(said).toContain(told)
    expect(await page.inputValue('[name=applicant_personal_id]')).toMatch(/^\d{12}$/)
    expect(await look(page, 'forms-single')).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    await press(page, page.getByRole('button', ON('Tiếp tục')).last())
    expect(await page.locator('[data-question]:visible').count()).toBe(1)
    expect(await textOf(page)).toContain('Bước 2 trên')
  })

  test('going back loses nothing, and the whole part may be had on one page', async () => {
    await page.locator('[name=registration_kind]').first().check()
    await press(page, page.getByRole('button', ON('Quay lại bước trước')))
    expect(page.url()).toContain('applicant_full_name')
    expect((await formNow())['registration_kind']).toBeTruthy()
    await press(page, page.getByRole('button', ON('Xem cả phần trên một trang')))
    expect(page.url()).toMatch(/khai\/[a-z_]+$/)
    expect(await page.locator('[data-question]:visible').count()).toBeGreaterThan(5)
    await press(page, page.getByRole('button', ON('Hỏi từng câu một')))
    expect(page.url()).toContain('applicant_full_name')
  })
})

describe('a line that comes and goes', () => {
  test('off line: kept on the device, sealed; the page stays when one presses on; sent when the line is back', async () => {
    await page.context().setOffline(true)
    await page.fill(NAME, 'Viết Lúc Mất Mạng')
    await saysStatus(/Đã lưu trên máy này, chưa gửi được/)
    const kept = await page.evaluate(() => JSON.stringify(localStorage))
    expect(kept).toContain('draft:')
    expect(kept).not.toMatch(/Viết|Mất Mạng|M%E1/)
    await page.getByRole('button', ON('Tiếp tục')).last().click()
    await saysStatus(/chưa gửi được/)
    expect(page.url()).toContain('applicant_full_name')
    await page.context().setOffline(false)
    await savedAs('applicant_full_name', 'Viết Lúc Mất Mạng')
    await eventually('máy đã quên', async () => !(await page.evaluate(() => JSON.stringify(localStorage))).includes('draft:'))
  })

  test('the tab dies while off line: another page of the draft sends what was kept', async () => {
    const survivor = await page.context().newPage()
    await page.route(/khai\/.*\/luu$/, (route) => route.abort('internetdisconnected'))
    await page.fill(NAME, 'Thẻ Bị Tắt Ngang')
    await saysStatus(/chưa gửi được/)
    const dying = await page.context().newCDPSession(page)
    const gone = page.waitForEvent('crash')
    dying.send('Page.crash').catch(() => undefined)
    await gone
    await page.close()
    page = survivor
    page.setDefaultTimeout(15_000)
    await page.goto(`${house.url}/ho-so/${id}/giay-to`)
    await savedAs('applicant_full_name', 'Thẻ Bị Tắt Ngang')
    await page.goto(`${house.url}/ho-so/${id}/khai/nguoi_dang_ky.applicant_full_name`)
    expect(await page.inputValue(NAME)).toBe('Thẻ Bị Tắt Ngang')
  })

  test('a gateway that answers 502 in between loses nothing', async () => {
    const own = /khai\/.*\/luu$/
    await page.route(own, (route) => route.fulfill({ status: 502, body: 'Bad Gateway' }))
    await page.fill(NAME, 'Cổng Trả 502')
    await saysStatus(/chưa gửi được/)
    await page.reload()
    expect(await page.inputValue(NAME)).toBe('Cổng Trả 502')
    await page.unroute(own)
    await page.reload()
    await savedAs('applicant_full_name', 'Cổng Trả 502')
  })

  test('two tabs: the newer answer is shown, and between two different ones the person chooses', async () => {
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.fill('[name=applicant_phone]', '0911111111')
    await savedAs('applicant_phone', '0911111111')
    await page.fill(NAME, 'Thẻ Thứ Nhất')
    await savedAs('applicant_full_name', 'Thẻ Thứ Nhất')
    await eventually('câu mới hơn đã hiện', async () => (await page.inputValue('[name=applicant_phone]')) === '0911111111')
    await other.fill(NAME, 'Thẻ Thứ Hai')
    await other.locator('[data-conflict]').waitFor()
    expect((await formNow())['applicant_full_name']).toBe('Thẻ Thứ Nhất')
    expect(await other.textContent('[data-conflict]')).toContain('Thẻ Thứ Nhất')
    await other.getByRole('button', { name: 'Giữ câu đang viết ở đây' }).click()
    await savedAs('applicant_full_name', 'Thẻ Thứ Hai')
    await other.close()
  })
})

test('an old address is led to the new one; where it went to several places, the person is asked', async () => {
  await page.goto(`${house.url}/ho-so/${id}/khai`)
  const key = (await page.locator('[data-redraw]').first().getAttribute('data-redraw'))!
  await page.locator(`[data-redraw="${key}"] summary`).click()
  await page.fill(`[name="${key}.old"]`, 'xã Quảng Tâm, huyện Quảng Xương')
  await page.locator(`[data-redraw="${key}"] label:has-text("Phường Quảng Phú") input`).check()
  await eventually('xã mới được điền', async () => (await page.inputValue(`[name="${key}.commune"]`)) === '16522')
  await page.fill(`[name="${key}.old"]`, 'phường Ba Đình')
  await page.locator(`[name="${key}.old_pick"]`).first().waitFor()
  await page.locator(`[data-redraw="${key}"] label:has-text("Bỉm Sơn") input`).check()
  await eventually('xã được chọn', async () => (await page.inputValue(`[name="${key}.commune"]`)) === '14812')
  expect((await formNow())[key]).toMatchObject({ province: '38', commune: '14812', old: { code: '14812', text: 'phường Ba Đình' } })
  await page.fill(`[name="${key}.old"]`, '')
  await eventually('tên cũ đã bỏ', async () => !((await formNow())[key] as { old?: { text?: string } }).old?.text)
})

describe('papers', () => {
  test('the rest is answered, page by page', async () => {
    await answerPages(page, plan, WALKER)
    expect(page.url()).toMatch(/giay-to$/)
  })

  const photo = (kind: 'sharp' | 'blurred' | 'blank') =>
    page.evaluate(async (kind) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1400, height: 1900 })
      const draw = canvas.getContext('2d')!
      draw.fillStyle = '#463626'
      draw.fillRect(0, 0, 1400, 1900)
      draw.fillStyle = '#f4f1ea'
      draw.fillRect(140, 190, 1120, 1520)
      draw.fillStyle = '#222'
      draw.font = '28px serif'
      if (kind !== 'blank') for (let i = 0; i < 34; i++) draw.fillText(`Điều ${i}. Hợp đồng thuê nhà, bên cho thuê và bên thuê thỏa thuận`, 200, 270 + i * 42, 1000)
      if (kind === 'blurred') {
        draw.filter = 'blur(7px)'
        draw.drawImage(canvas, 0, 0)
      }
      const blob = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!), 'image/jpeg', 0.9))
      return [...new Uint8Array(await blob.arrayBuffer())]
    }, kind).then((bytes) => ({ name: `${kind}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }))

  test('photographs are warned of, turned, ordered by keys, joined, and nothing leaves before “Gửi”', async () => {
    const posted: string[] = []
    const listen = (request: { method(): string; url(): string }) => void (request.method() !== 'GET' && posted.push(request.url()))
    page.on('request', listen)
    await page.locator('input[type=file]').first().setInputFiles([await photo('blurred'), await photo('sharp'), await photo('blank')])
    await page.locator('.photos li').nth(2).waitFor()
    const rows = await page.locator('.photos li').allTextContents()
    expect(rows[0]).toMatch(/Trang 1 bị mờ.*chụp lại/)
    expect(rows[1]).toContain('Đọc được')
    expect(rows[2]).toMatch(/Trang 3 gần như trống/)
    expect(await look(page, 'forms-photos')).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    // with the keyboard alone: the second page up, and turned
    await page.locator('.photos li').nth(1).locator('[data-act=up]').focus()
    await page.keyboard.press('Enter')
    await eventually('trang đã đổi chỗ', async () => (await page.locator('.photos li').first().textContent())!.includes('Đọc được'))
    await page.locator('.photos li').first().locator('[data-act=right]').focus()
    await page.keyboard.press('Enter')
    await eventually('nói đã quay', async () => /Trang 1 đã quay/.test((await page.textContent('.photos [role=status]')) ?? ''))
    await page.locator('.photos li').nth(2).locator('[data-act=remove]').click()
    await eventually('còn hai trang', async () => (await page.locator('.photos li').count()) === 2)
    expect(posted).toEqual([])
    page.off('request', listen)
    await page.getByRole('button', { name: 'Vẫn gửi 2 trang' }).click()
    await page.locator('[data-sent] .files a').first().waitFor()
    const { parts } = await viewDossier(await house.app.as('congdan1'), id)
    expect(parts.map(({ file }) => file?.type)).toEqual(['application/pdf'])
    expect(parts[0]!.file!.name).toMatch(/\.pdf$/)
  })

  test('a scan of 16 MB on a line that breaks: paused, gone on with, the same bytes, once', async () => {
    const scan = Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n'), randomBytes(16_000_000), Buffer.from('\n%%EOF\n')])
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.enable')
    const speed = (bytes: number) => cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: bytes })
    await speed(4_000_000)
    const path = join(mkdtempSync(join(tmpdir(), 'tinhso-scan-')), 'bản quét dày.pdf')
    writeFileSync(path, scan)
    await page.locator('input[type=file]').first().setInputFiles(path)
    const row = page.locator('.sending').last()
    await eventually('đã gửi được một phần', async () => ((await row.locator('progress').evaluate((bar) => (bar as HTMLProgressElement).value)) as number) > 0.25)
    await row.getByRole('button', { name: 'Tạm dừng' }).click()
    expect(await row.textContent()).toContain('Tạm dừng gửi')
    await row.getByRole('button', { name: 'Gửi tiếp' }).click()
    await page.context().setOffline(true)
    await eventually('nói mất mạng', async () => /Mất mạng, đang giữ chỗ dở/.test((await row.textContent()) ?? ''), 20_000)
    await speed(-1)
    await page.context().setOffline(false)
    await eventually('nhận xong', async () => (await page.textContent('main'))!.includes('Đã nhận bản quét dày.pdf'), 25_000)
    const { parts } = await viewDossier(await house.app.as('congdan1'), id)
    const mine = parts.filter(({ file }) => file?.name === 'bản quét dày.pdf')
    rmSync(dirname(path), { recursive: true })
    expect(mine.map(({ file }) => file!.sha256)).toEqual([createHash('sha256').update(scan).digest('hex')])
  })
})

test('reviewed and sent; nothing stays on the device; the same paper is offered for the next dossier', async () => {
  await press(page, page.getByRole('button', ON('Tiếp tục')).last())
  expect(page.url()).toMatch(/xem-lai$/)
  await checkReview(page, plan)
  await press(page, page.getByRole('button', { name: 'Nộp hồ sơ' }))
  expect(await textOf(page)).toContain('Đã nộp hồ sơ')
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /^(draft:|tus::)/.test(key)))).toEqual([])
  expect((await listDossiers(await house.app.as('congdan1'), { limit: 10 })).items.filter(({ state }) => state !== 'NHAP')).toHaveLength(1)
  // once-only: the next dossier of the kind need not be photographed again
  await beginOnline(page, house, plan.record.code)
  id = new URL(page.url()).pathname.split('/')[2]!
  await answerPages(page, plan, WALKER)
  expect(await textOf(page)).toContain('Ông/bà đã nộp giấy này trước đây')
  await press(page, page.getByRole('button', { name: 'Dùng lại giấy này' }).first())
  expect((await viewDossier(await house.app.as('congdan1'), id)).parts).toHaveLength(1)
  expect(house.complaints.filter((one) => !one.startsWith('502'))).toEqual([])
})
