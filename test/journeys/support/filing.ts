// Handing in, as a citizen from home or by an officer at the counter: from the procedure's page to the code.

import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { formatVnd } from '#core/money/index.ts'
import { PDF } from '../../support/walk.ts'
import type { Plan } from './cases.ts'
import { fillForm, type FillOptions } from './fill.ts'
import { eventually, type House, press, textOf } from './house.ts'

const FORM = 'main form:has(button[name=_do])'
const squash = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

async function mustBeClean(page: Page): Promise<void> {
  const faults = page.locator('[data-error-summary]')
  if ((await faults.count()) > 0) throw new Error(`Trang ${page.url()} báo lỗi: ${squash((await faults.textContent()) ?? '')}`)
}

export interface Walker extends FillOptions {
  /** Called on every page before it is left. */
  readonly look?: (page: Page, name: string) => Promise<void>
}

/** Goes through the pages of questions, answering each from the plan, until the page of papers. */
export async function answerPages(page: Page, plan: Plan, walker: Walker): Promise<void> {
  for (let visits = 0; visits < 40 && /\/(khai|form)\/[^/]+$/.test(new URL(page.url()).pathname); visits++) {
    await fillForm(page, FORM, plan.wanted, walker)
    await walker.look?.(page, `form-${new URL(page.url()).pathname.split('/').at(-1)}`)
    await press(page, page.locator(FORM).getByRole('button', { name: 'Tiếp tục', exact: true }).last())
    await mustBeClean(page)
  }
  expect(new URL(page.url()).pathname).toMatch(/\/(giay-to|papers)$/)
}

/** Sends one PDF for every paper that must be handed in; at a counter the first is taken on paper. */
export async function handInPapers(page: Page, plan: Plan, walker: Walker, atCounter = false): Promise<void> {
  const must = plan.evaluation.requiredParts
  const inputs = page.locator('input[type=file][name^="file."]')
  const asked = await inputs.evaluateAll((all) => all.filter((one) => !one.closest('.q')?.querySelector('.optional')).map((one) => (one as HTMLInputElement).name.slice(5)))
  expect(new Set(asked)).toEqual(new Set(must))
  for (const [i, part] of must.entries()) {
    if (atCounter && i === 0) {
      await press(page, page.locator(`button[name=_paper][value="${part}"]`))
      continue
    }
    const input = page.locator(`input[name="file.${part}"]`)
    await input.setInputFiles({ name: `${part} – bản chụp.pdf`, mimeType: 'application/pdf', buffer: PDF })
    if (walker.script) await eventually(`tệp ${part} gửi xong`, async () => /Đã nhận/.test((await input.locator('xpath=..').textContent()) ?? ''))
  }
  await walker.look?.(page, 'papers')
  await press(page, page.getByRole('button', { name: 'Tiếp tục', exact: true }).last())
  await mustBeClean(page)
  expect(new URL(page.url()).pathname).toMatch(/\/(xem-lai|review)$/)
}

/** The review says what was answered, what it costs, and lets it be sent. */
export async function checkReview(page: Page, plan: Plan): Promise<void> {
  const shown = await page.locator('dl.summary > div').evaluateAll((all) =>
    all.map((row) => [row.querySelector('dt')?.textContent ?? '', row.querySelector('dd')?.textContent ?? '']))
  const told = new Set(shown.map(([label, text]) => `${squash(label!)}: ${squash(text!)}`))
  const photo = new Set(plan.record.form.sections.flatMap((section) => section.questions).filter((question) => question.type === 'file').map((question) => question.label))
  const missing = plan.rows.filter(([label]) => !photo.has(label)).map(([label, text]) => `${squash(label)}: ${squash(text)}`).filter((row) => !told.has(row))
  expect(missing).toEqual([])
  const { fee } = plan.golden.expect
  const money = await textOf(page)
  if (fee === 0) expect(money).toMatch(/Không thu phí|0 đ/)
  else if (fee !== undefined) expect(money).toContain(formatVnd(fee))
}

/** Begins on the procedure's page, as somebody would who has found it. The citizen's window must be signed in. */
export async function beginOnline(page: Page, house: House, code: string, unit = '14797'): Promise<void> {
  await page.goto(`${house.url}/thu-tuc/${code}`)
  await press(page, page.getByRole('link', { name: 'Nộp hồ sơ trực tuyến' }).first())
  await page.selectOption('select[name=unit]', unit)
  const asPerson = page.locator('input[name=as][value=ca_nhan]')
  if ((await asPerson.count()) > 0) await asPerson.check()
  await press(page, page.getByRole('button', { name: 'Bắt đầu khai' }))
}

export async function fileOnline(page: Page, house: House, plan: Plan, walker: Walker): Promise<string> {
  await beginOnline(page, house, plan.record.code)
  await answerPages(page, plan, walker)
  await handInPapers(page, plan, walker)
  await checkReview(page, plan)
  await walker.look?.(page, 'review')
  await press(page, page.getByRole('button', { name: 'Nộp hồ sơ' }))
  expect(await textOf(page)).toContain('Đã nộp hồ sơ')
  await walker.look?.(page, 'sent')
  const code = (await page.textContent('.computed'))!.trim()
  expect(code).toMatch(/^H56\.[\d.]+-\d{6}-\d+$/)
  return code
}

export interface Person {
  readonly fullName: string
  readonly phone?: string
}

export async function fileAtCounter(page: Page, house: House, plan: Plan, person: Person, walker: Walker): Promise<string> {
  await page.goto(`${house.url}/desk/counter`)
  await page.fill('main input[type=search]', plan.record.code)
  await page.press('main input[type=search]', 'Enter')
  await page.waitForURL(/[?&]q=/)
  await press(page, page.locator(`main a[href="/desk/counter/${plan.record.code}"]`).first())
  await page.locator(`input[name=channel][value=${plan.golden.channel}]`).check()
  await page.fill('input[name=fullName]', person.fullName)
  await page.fill('input[name=phone]', person.phone ?? '0900100001')
  await walker.look?.(page, 'counter-applicant')
  await press(page, page.getByRole('button', { name: 'Sang tờ khai' }))
  await mustBeClean(page)
  await answerPages(page, plan, walker)
  await handInPapers(page, plan, walker, true)
  await checkReview(page, plan)
  await walker.look?.(page, 'counter-review')
  await press(page, page.getByRole('button', { name: 'Nộp hồ sơ' }))
  const code = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!)
  expect(code).toMatch(/^H56\.[\d.]+-\d{6}-\d+$/)
  return code
}
