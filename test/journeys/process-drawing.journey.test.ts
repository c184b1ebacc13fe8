// An official who knows no BPMN draws a step with the mouse and writes another in the list; what is missing is said on the drawing and in words.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginDraft, getDraft, getProcedure, processOfDraft } from '#modules/procedures/index.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

let house: House
let id = ''
const faults: string[] = []
const see = async (page: Page, name: string) => void faults.push(...(await look(page, `process-${name}`)))
const at = (path = '') => `${house.url}/admin/procedures/drafts/${id}/process${path}`
const steps = async () => (await processOfDraft(await getDraft(house.app.env.db, id))).steps
const saved = (page: Page) => eventually('Đã lưu', async () => /Đã lưu lúc/.test((await page.textContent('[data-part-status]')) ?? ''))

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-23T09:00:00+07:00', previews: false })
  const version = await getProcedure(house.app.env.db, '2.000815', '2026-11-23')
  id = (await beginDraft(await house.app.as('quantriht.h56'), { from: 'version', version: version.id })).id
})
afterAll(() => house?.close())

async function board(page: Page): Promise<void> {
  await page.goto(at())
  await page.waitForSelector('[data-process-ready]')
}

test('a step is drawn, told who and how long, saved and found again; what is missing is said', async () => {
  const page = await house.at('quantriht.h56')
  await board(page)
  const before = (await steps()).length
  // From the list to its box; beside the box the pad.
  await page.locator('#step-dong_dau').getByRole('link', { name: /Sửa/ }).click()
  await page.locator('.djs-context-pad .entry[data-action="append-step"]').click()
  await page.keyboard.type('Lưu sổ theo dõi')
  await page.keyboard.press('Enter')
  await eventually('chỗ cần sửa', async () => /“Lưu sổ theo dõi” chưa ghi ai làm/.test((await page.textContent('#process-faults')) ?? ''))
  expect(await page.locator('.process-fault.bad').count()).toBeGreaterThan(0)
  await see(page, 'board')
  await page.setViewportSize({ width: 1440, height: 900 })

  // A click on the sentence leads to the box; the panel says the rest.
  await page.locator('#process-faults a', { hasText: 'chưa ghi ai làm' }).click()
  expect(await page.inputValue('#panel-name')).toBe('Lưu sổ theo dõi')
  await page.selectOption('#panel-role', 'van_thu')
  await page.fill('#panel-hours', '0,5')
  await page.locator('#panel-hours').blur()
  await page.getByRole('button', { name: 'Thêm kết quả' }).click()
  await page.selectOption('#panel-out-0-to', { label: 'Chuyển kết quả về quầy' })
  await eventually('hết lỗi', async () => /Chạy được/.test((await page.textContent('#process-sum')) ?? ''))
  await saved(page)
  const drawn = (await steps()).find((step) => step.name === 'Lưu sổ theo dõi')!
  expect(drawn).toMatchObject({ role: 'van_thu', hours: 0.5, outcomes: [{ label: 'Xong', next: 'chuyen_ket_qua' }] })

  // Undone and done again; then the page is loaded anew.
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await eventually('lỗi trở lại', async () => /chưa dẫn tới đâu/.test((await page.textContent('#process-faults')) ?? ''))
  await page.getByRole('button', { name: 'Làm lại' }).click()
  await eventually('lại hết lỗi', async () => /Chạy được/.test((await page.textContent('#process-sum')) ?? ''))
  await saved(page)
  await board(page)
  expect(await steps()).toHaveLength(before + 1)
  expect(await page.locator('.djs-shape[data-element-id]', { hasText: 'Lưu sổ' }).count()).toBe(1)
})

test('the same in the list, on a phone without a drawing board; the board then shows it', async () => {
  const phone = await house.at('quantriht.h56', PHONE)
  await phone.goto(at())
  expect(await phone.locator('.process-canvas').count()).toBe(0)
  await press(phone, phone.locator('#step-kiem_tra').getByRole('button', { name: /Thêm bước sau/ }))
  await phone.fill('#name', 'Hỏi ý kiến Công an xã')
  await phone.selectOption('#role', 'co_quan_phoi_hop')
  await phone.fill('[name="hours:n"]', '1')
  await phone.evaluate(() => scrollTo(0, 0)) // what the sticky bar covers is no fault of the form
  await see(phone, 'form')
  await phone.setViewportSize({ width: 390, height: 844 })
  await press(phone, phone.getByRole('button', { name: 'Lưu bước' }))
  expect(await textOf(phone)).toContain('Chạy được')
  const page = await house.at('quantriht.h56')
  await page.setViewportSize({ width: 1440, height: 900 })
  await board(page)
  expect(await page.locator('.djs-shape[data-element-id]', { hasText: 'Hỏi ý kiến' }).count()).toBe(1)
  expect(await textOf(page, '.process-list')).toMatch(/Hỏi ý kiến Công an xã.*Cơ quan phối hợp/)
})

test('a file of another tool is read before it is taken', async () => {
  const page = await house.at('quantriht.h56')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(at())
  await page.getByText('Lấy quy trình từ tệp BPMN').click()
  await page.setInputFiles('#bpmn-file', new URL('../../src/modules/procedures/testing/foreign/camunda.bpmn', import.meta.url).pathname)
  await press(page, page.getByRole('button', { name: 'Đọc tệp' }))
  expect(await textOf(page)).toMatch(/Không nhận vì an toàn.*execution\.setVariable/)
  await see(page, 'report')
  await page.setViewportSize({ width: 1440, height: 900 })
  await press(page, page.getByRole('button', { name: 'Lấy quy trình này vào bản nháp' }))
  await page.waitForSelector('[data-process-ready]')
  expect(await textOf(page, '#process-faults')).toContain('Sinh số')
  expect((await steps()).map((step) => step.name)).toEqual(['Tiếp nhận', 'Thẩm định'])
})

test('nobody was shown anything broken', () => {
  expect(faults).toEqual([])
  expect(house.complaints).toEqual([])
})
