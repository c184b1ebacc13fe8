// What must be there when it is over: the state in words, what happened, the papers in print, and a public page that tells no names.

import { execFileSync } from 'node:child_process'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { maskName } from '#core/text/index.ts'
import { eventually, type House, press, textOf } from './house.ts'

export async function pdfText(page: Page, url: string): Promise<string> {
  const answer = await page.context().request.get(url)
  expect(answer.status(), url).toBe(200)
  expect(answer.headers()['content-type']).toContain('application/pdf')
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: await answer.body(), encoding: 'utf8' }).normalize('NFC').replace(/\s+/g, ' ')
}

async function linksNamed(page: Page, words: RegExp): Promise<string[]> {
  return page.locator('main a').evaluateAll((all, [source]) =>
    // the basis of a figure (căn cứ) speaks of the figure it stands beside
    all.filter((one) => new RegExp(source!, 'i').test(one.textContent ?? '') && !(one as HTMLAnchorElement).pathname.startsWith('/can-cu')).map((one) => (one as HTMLAnchorElement).href), [words.source])
}

/** Receipt and result of the dossier whose page stands open, read as text. */
export async function checkPrints(page: Page, code: string, applicant: string): Promise<void> {
  const [receipt] = await linksNamed(page, /tiếp nhận.*hẹn trả|giấy tiếp nhận/)
  expect(receipt, 'giấy tiếp nhận và hẹn trả').toBeDefined()
  const receiptText = await pdfText(page, receipt!)
  expect(receiptText).toContain(code)
  expect(receiptText.toLocaleUpperCase('vi')).toContain(applicant.toLocaleUpperCase('vi'))
  const [result] = await linksNamed(page, /^(?!.*(thông báo|giấy tiếp nhận)).*kết quả(?!.*trực tuyến)/)
  expect(result, 'kết quả').toBeDefined()
  expect(await pdfText(page, result!)).toContain(code)
}

/** As the citizen sees it in the end. */
export async function checkForCitizen(page: Page, house: House, code: string, applicant: string): Promise<void> {
  await page.goto(`${house.url}/ho-so/${encodeURIComponent(code)}`)
  const text = await textOf(page)
  expect(text).toContain('Đã trả kết quả')
  for (const happened of ['Đã nộp hồ sơ', 'được tiếp nhận', 'đã được ký', 'Đã trả kết quả']) expect(text).toContain(happened)
  await checkPrints(page, code, applicant)
  await eventually('tin nhắn cho người nộp', async () => {
    await page.goto(`${house.url}/tin-nhan`)
    return (await textOf(page)).includes(code)
  })
}

/** As the counter sees it in the end. */
export async function checkAtDesk(page: Page, house: House, code: string, applicant: string): Promise<void> {
  await page.goto(`${house.url}/desk/dossiers/${encodeURIComponent(code)}`, { waitUntil: 'domcontentloaded' })
  const text = await textOf(page)
  expect(text).toContain('Không còn việc nào phải làm')
  for (const happened of ['Đã nộp hồ sơ', 'được tiếp nhận', 'đã được ký']) expect(text).toContain(happened)
  await checkPrints(page, code, applicant)
}

/** As anybody sees it who has the code. */
export async function checkTracking(page: Page, house: House, code: string, applicant: string): Promise<void> {
  await page.goto(`${house.url}/tra-cuu`)
  await page.fill('#ma', code.toLowerCase())
  await press(page, page.getByRole('button', { name: 'Tra cứu', exact: true }))
  const text = await textOf(page)
  expect(text).toContain(code)
  expect(text).toContain(maskName(applicant))
  expect(text).not.toContain(applicant)
}
