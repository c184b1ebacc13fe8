// The portal in a real browser: what the script adds.

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listDossiers } from '#modules/dossiers/index.ts'
import { SESSION_COOKIE } from '#web/session/index.ts'
import { openBrowser } from '../support/browser.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { fillIn } from './filling.ts'
import { goldenOf, recordOf } from './golden.ts'
import { mainForm, secretOf, Visitor } from './visitor.ts'

let app: TestApp
let base: string
let browser: Browser
let secret: string
beforeAll(async () => {
  app = await testApp()
  base = await app.server.listen({ port: 0, host: '127.0.0.1' })
  browser = await openBrowser()
  secret = await secretOf(app, 'congdan1')
})
afterAll(async () => {
  await browser?.close()
  await app.close()
})

async function context(signed: boolean, width = 390): Promise<BrowserContext> {
  const made = await browser.newContext({ viewport: { width, height: 844 }, bypassCSP: true })
  if (signed) await made.addCookies([{ name: SESSION_COOKIE, value: secret, url: base }])
  return made
}

async function begun(page: Page, code: string): Promise<void> {
  await page.goto(`${base}/thu-tuc/${code}/nop`)
  await page.getByRole('button', { name: 'Bắt đầu khai' }).click()
  await page.waitForURL(/\/khai\//)
}

describe('with script', () => {
  test('answers are saved while they are written and bring up their questions', async () => {
    const here = await context(true)
    const page = await here.newPage()
    await begun(page, '1.001193')
    await page.getByLabel('Mẹ', { exact: true }).check()
    await page.getByText(/Đã lưu lúc \d\d:\d\d/).waitFor()
    await page.goto(page.url().replace('applicant', 'child'))
    expect(await page.locator('[name="child_birth_facility"]').isVisible()).toBe(false)
    await page.getByRole('radio', { name: 'Bệnh viện, trạm y tế' }).check()
    await page.locator('[name="child_birth_facility"]').waitFor({ state: 'visible' })
    await page.locator('[name="child_birth_facility"]').fill('Bệnh viện Nhi Thanh Hóa')
    await page.getByText(/Đã lưu lúc/).waitFor()
    await page.waitForTimeout(1500)
    await page.reload()
    expect(await page.locator('[name="child_birth_facility"]').inputValue()).toBe('Bệnh viện Nhi Thanh Hóa')
    await here.close()
  })

  test('another province brings its communes', async () => {
    const here = await context(true)
    const page = await here.newPage()
    await begun(page, '1.001193')
    const listed = page.waitForResponse(/lookup\/communes\?province=01/)
    await page.locator('[name="applicant_address.province"]').selectOption('01')
    await listed
    await page.waitForFunction(() => document.querySelectorAll('[name="applicant_address.commune"] option').length > 50)
    expect(await page.locator('[name="applicant_address.commune"]').textContent()).toContain('Hoàn Kiếm')
    await here.close()
  })

  test('the Enter key goes on and removes nothing', async () => {
    const here = await context(true)
    const page = await here.newPage()
    await begun(page, '1.004194')
    await page.locator('[name="applicant_phone"]').press('Enter')
    await page.waitForLoadState()
    expect(page.url()).toMatch(/khai\//)
    expect(await page.locator('[data-error-summary], .steps .current').count()).toBeGreaterThan(0)
    await here.close()
  })

  test('a double click hands in one dossier; a large picture is sent with progress', async () => {
    const visitor = new Visitor(app, secret)
    const record = recordOf('1.004194')
    const first = await visitor.press(mainForm(await visitor.open('/thu-tuc/1.004194/nop')), null)
    const { visit } = await fillIn(visitor, first, record.form, { ...goldenOf('1.004194').form, start_date: '2026-12-01' })
    const here = await context(true)
    const page = await here.newPage()
    await page.goto(base + visit.url.replace('xem-lai', 'giay-to'))
    const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n'), Buffer.alloc(3_000_000, 0x20), Buffer.from('\n%%EOF\n')])
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'hợp đồng thuê nhà.pdf', mimeType: 'application/pdf', buffer: pdf })
    await page.getByText('Đã nhận hợp đồng thuê nhà.pdf').waitFor()
    await page.goto(base + visit.url)
    const before = (await listDossiers(await app.as('congdan1'), { states: ['MOI_DANG_KY'] })).items.length
    await page.getByRole('button', { name: 'Nộp hồ sơ' }).dblclick()
    await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor()
    expect((await listDossiers(await app.as('congdan1'), { states: ['MOI_DANG_KY'] })).items).toHaveLength(before + 1)
    await here.close()
  })
})
