// A clerk who knows no FEEL and no DMN changes a fee: the hole is seen while it is made, a case is tried, the table is drawn as DMN, and a year of dossiers says what it means.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginDraft, feePartOf, getDraft, inForceOn, listVersions } from '#modules/procedures/index.ts'
import { loadPast } from '../support/past.ts'
import { eventually, type House, openHouse, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const CODE = '1.013831'
let house: House
let page: Page
let id = ''
const faults: string[] = []
const see = async (name: string) => void faults.push(...(await look(page, `fee-tables-${name}`)))
const wide = () => page.setViewportSize({ width: 1440, height: 900 })
const url = (path: string) => `${house.url}/admin/procedures/drafts/${id}${path}`
const ratesOf = async (code: string) => feePartOf((await getDraft(house.app.env.db, id)).record).fees.find((fee) => fee.code === code)!.rates!

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-23T09:00:00+07:00' })
  await loadPast(house.app, { procedure: CODE, count: 120, until: '2026-11-19' })
  const version = inForceOn(await listVersions(house.app.env.db, CODE), '2026-11-23')!
  id = (await beginDraft({ ...(await house.app.as('kiemsoat.h56')), now: house.clock.now() }, { from: 'version', version: version.id })).id
  page = await house.at('kiemsoat.h56')
  page.setDefaultTimeout(30_000)
}, 240_000)
afterAll(() => house?.close())

test('a row is changed: the hole is told while it is made, and closed by a further row', async () => {
  await page.goto(url('/basics'))
  await press(page, page.getByRole('navigation', { name: 'Các phần của thủ tục' }).getByRole('link', { name: 'Phí, lệ phí' }))
  expect(await textOf(page)).toContain('Không hở, không chồng')
  await press(page, page.getByRole('link', { name: 'Sửa dòng 1 của Phí thẩm định hồ sơ cấp Giấy chứng nhận, đất ở và đất phi nông nghiệp' }))
  await page.fill('[name="when.0.0.value"]', '400')
  await eventually('chỗ hở hiện ngay', async () => /không có dòng nào/.test((await page.textContent('#row-faults')) ?? ''), 25_000)
  await page.fill('[name=amount]', '320.000')
  await see('row')
  await wide()
  await press(page, page.getByRole('button', { name: 'Lưu dòng' }))
  expect(await textOf(page, '#fee-faults')).toMatch(/diện tích chuyển \d+ m²: không có dòng nào/i)
  await see('hole')
  await wide()
  await press(page, page.getByRole('link', { name: 'Thêm dòng' }).first())
  await page.selectOption('[name="when.0.0.subject"]', 'form.land_area')
  await page.waitForSelector('[name="when.0.0.op"]')
  await page.selectOption('[name="when.0.0.op"]', '>')
  await page.fill('[name="when.0.0.value"]', '400')
  await page.waitForSelector('[name="when.1.0.subject"]')
  await page.selectOption('[name="when.1.0.subject"]', 'form.land_area')
  await page.waitForSelector('[name="when.1.0.op"]')
  await page.selectOption('[name="when.1.0.op"]', '<=')
  await page.fill('[name="when.1.0.value"]', '500')
  await page.fill('[name=amount]', '400000')
  await eventually('không còn chỗ hở', async () => /Không hở, không chồng/.test((await page.textContent('#row-faults')) ?? ''), 25_000)
  await press(page, page.getByRole('button', { name: 'Lưu dòng' }))
  expect(await textOf(page, '#fee-faults')).toContain('Không hở, không chồng')
  expect((await ratesOf('P-TDHS-DAT-O')).map(({ when, amount }) => [when, amount])).toEqual([['form.land_area <= 400', 320_000], ['form.land_area > 500', 500_000], ['form.land_area > 400 and form.land_area <= 500', 400_000]])
}, 120_000)

test('a case is tried: the sum follows the answers, with its row and clause', async () => {
  await page.goto(url('/fees'))
  await page.check('.fee-try [name=land_use][value=dat_o]')
  await page.fill('.fee-try [name=land_area]', '450')
  await page.check('.fee-try [name=new_certificate][value=ghi_so_cu], .fee-try [name=new_certificate]:not([value=cap_moi])')
  await eventually('tổng phí', async () => /415\.000 đ/.test((await page.textContent('#fee-tried')) ?? ''), 25_000)
  expect(await textOf(page, '#fee-tried')).toMatch(/Dòng 3: .*Căn cứ: Nghị quyết của Hội đồng nhân dân tỉnh/)
  await page.evaluate(() => scrollTo(0, 0))
  await see('tried')
  await wide()
}, 60_000)

test('the same table as DMN: drawn, changed in a cell, and the plain table follows', async () => {
  await press(page, page.getByRole('link', { name: 'Dưới dạng DMN' }))
  const cell = page.locator('.dmn-decision-table-container td', { hasText: /^400000$/ }).first()
  await cell.waitFor({ timeout: 30_000 })
  await cell.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('410000')
  await press(page, page.getByRole('button', { name: 'Lưu bảng DMN' }))
  expect(await textOf(page)).toContain('bảng thường cũng đổi theo')
  expect((await ratesOf('P-TDHS-DAT-O'))[2]!.amount).toBe(410_000)
}, 60_000)

const FOREIGN = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Phí đo đạc" namespace="x" exporter="Camunda Modeler">
  <decision id="Do" name="Phí đo đạc"><decisionTable id="T" hitPolicy="FIRST">
    <input id="i1" label="Diện tích"><inputExpression id="e1"><text>dienTich</text></inputExpression></input><output id="o1" name="muc" label="Mức thu" />
    <rule id="r1"><inputEntry id="a1"><text>&lt;= 100</text></inputEntry><outputEntry id="b1"><text>50000</text></outputEntry></rule>
    <rule id="r2"><inputEntry id="a2"><text>-</text></inputEntry><outputEntry id="b2"><text>90000</text></outputEntry></rule>
  </decisionTable></decision>
  <businessKnowledgeModel id="bkm" name="Bảng giá đất" />
</definitions>`

test('a table of another tool: a report first, then taken as rows, its overlap told', async () => {
  await page.setInputFiles('[name=dmn]', { name: 'phi-do-dac.dmn', mimeType: 'application/xml', buffer: Buffer.from(FOREIGN) })
  await press(page, page.getByRole('button', { name: 'Xem tệp này nhận được gì' }))
  expect(await textOf(page)).toMatch(/viết bởi Camunda Modeler.*Nhận được.*FIRST.*Mô hình tri thức \(BKM\) “Bảng giá đất”/)
  await see('report')
  await wide()
  await page.selectOption('[name="column.0"]', 'land_area')
  await press(page, page.getByRole('button', { name: 'Nhận bảng này' }))
  expect(await textOf(page, '#fee-faults')).toContain('dòng 1 và dòng 2 cùng khớp')
  await press(page, page.getByRole('link', { name: 'Sửa khoản Phí đo đạc' }))
  await press(page, page.getByRole('button', { name: 'Bỏ khoản này' }))
  expect(await textOf(page, '#fee-faults')).toContain('Không hở, không chồng')
}, 60_000)

test('the draft on the year that was: a job, figures, and every figure down to its dossiers', async () => {
  await page.goto(url('/basics'))
  await press(page, page.getByRole('navigation', { name: 'Các phần của thủ tục' }).getByRole('link', { name: 'Thử trên hồ sơ cũ' }))
  await see('history')
  await wide()
  await press(page, page.getByRole('button', { name: 'Chạy thử' }))
  await eventually('kết quả', async () => /Nếu bản nháp này đã áp dụng/.test((await page.textContent('main').catch(() => '')) ?? ''), 40_000)
  expect(await textOf(page)).toMatch(/Với 1[12]\d hồ sơ đã nộp/)
  await see('result')
  await wide()
  await press(page, page.locator('.trial-card', { hasText: 'Phí, lệ phí' }).locator('dd a').first())
  expect(await textOf(page)).toMatch(/(Nộp nhiều hơn|Nộp ít hơn|Phí như cũ): \d+ hồ sơ/)
  await see('cases')
  await wide()
  await press(page, page.locator('a.row-link').first())
  expect(await textOf(page, 'body')).toContain('Vì sao cần x')
}, 120_000)

test('nothing was wrong on the way', () => {
  expect(faults).toEqual([])
  // dmn-js sets styles on its own elements, which our policy refuses and its picture does without
  expect(house.complaints.filter((one) => !one.includes('/fees/dmn:'))).toEqual([])
})
