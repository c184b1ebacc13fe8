// Fills in whatever form stands on the page, by the names of its inputs, as a person would: what is shown, until nothing new is asked.

import type { Locator, Page } from 'playwright-core'
import { press } from './house.ts'

/** What to answer, by name of input (`flatten` of core/form). */
export type Wanted = Readonly<Record<string, string | readonly string[]>>

interface Control {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly checked: boolean
  /** Waits behind an answer that has not been given yet. */
  readonly hidden: boolean
}

const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const controlsOf = (form: Locator): Promise<Control[]> =>
  form.evaluate((element) =>
    [...(element as HTMLFormElement).elements].flatMap((one) => {
      const input = one as HTMLInputElement
      if (!input.name || input.name.startsWith('_') || input.name.endsWith('__present') || input.type === 'hidden' || input.tagName === 'BUTTON') return []
      return [{ name: input.name, type: input.type, value: input.value, checked: input.checked === true, hidden: input.closest('[hidden]') !== null }]
    }),
  )

/** 2026-07-15 → 15/07/2026, 2026-07 → 07/2026: as one writes it. */
const typed = (value: string): string => (/^\d{4}-\d{2}(-\d{2})?$/.test(value) ? value.split('-').reverse().join('/') : value)

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)

const named = (form: Locator, name: string, value?: string): Locator =>
  form.locator(`[name="${name}"]${value === undefined ? '' : `[value="${value}"]`}:not([type=hidden])`)

/** Answers one control; says whether it had to be touched. */
async function answer(form: Locator, control: Control, wanted: Wanted, script: boolean): Promise<boolean> {
  const { name, type, value, checked } = control
  const given = wanted[name]
  if (type === 'file') {
    if (given === undefined) return false
    await named(form, name).setInputFiles({ name: 'anh-chan-dung.png', mimeType: 'image/png', buffer: PHOTO })
    return true
  }
  if (type === 'radio' || type === 'checkbox') {
    const should = given !== undefined && listOf(given).includes(value)
    if (should === checked || (type === 'radio' && !should)) return false
    await named(form, name, value).setChecked(should)
    return true
  }
  const want = typed(given === undefined ? '' : listOf(given)[0]!)
  if (want === value) return false
  if (type === 'select-one') {
    const select = named(form, name)
    if (script) await form.page().waitForFunction((id) => !document.getElementById(id)?.hasAttribute('aria-busy'), name)
    if ((await select.inputValue()) !== want) await select.selectOption(want)
  } else await named(form, name).fill(want)
  return true
}

export interface FillOptions {
  /** Whether scripts run: hidden questions come up by themselves and the communes of a province are fetched. */
  readonly script: boolean
}

/** Rows that the answers have and the page has not: the first table that is short of one. */
const tableShort = (controls: readonly Control[], wanted: Wanted): string | undefined => {
  const present = new Set(controls.map(({ name }) => name.split('.').slice(0, 2).join('.')))
  const row = Object.keys(wanted).find((name) => /^[a-z]\w*\.\d+\./.test(name) && !present.has(name.split('.').slice(0, 2).join('.')))
  return row?.split('.')[0]
}

/** Without script the communes of another province are loaded by a button. */
async function loadCommunes(page: Page, form: Locator, wanted: Wanted): Promise<boolean> {
  for (const select of await form.locator('select[name$=".commune"]').all()) {
    const name = (await select.getAttribute('name'))!
    const want = wanted[name]
    if (typeof want !== 'string' || want === '' || !(await select.isVisible())) continue
    if ((await select.locator(`option[value="${want}"]`).count()) > 0) continue
    const address = name.replace(/\.commune$/, '')
    await named(form, `${address}.province`).selectOption(String(wanted[`${address}.province`]))
    await press(page, form.locator(`button[name=_refresh][value="${address}"]`))
    return true
  }
  return false
}

/** Fills in the page's form. Only names in `wanted` that this page asks for are used; what it holds otherwise is emptied. */
export async function fillForm(page: Page, selector: string, wanted: Wanted, { script }: FillOptions): Promise<void> {
  for (let round = 0; round < 60; round++) {
    const form = page.locator(selector)
    if (!script && (await loadCommunes(page, form, wanted))) continue
    const mine = new Set((await form.locator('[data-question]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.question ?? ''))))
    const asked = Object.fromEntries(Object.entries(wanted).filter(([name]) => mine.size === 0 || mine.has(name.split('.')[0]!)))
    let controls = await controlsOf(form)
    const seen = new Set<string>()
    for (let again = true; again; ) {
      again = false
      for (const control of controls) {
        const key = `${control.name} ${control.type === 'radio' || control.type === 'checkbox' ? control.value : ''}`
        if (control.hidden || seen.has(key)) continue
        seen.add(key)
        if (await answer(form, control, asked, script)) again = true
      }
      const waiting = controls.filter(({ name, hidden }) => hidden && asked[name] !== undefined && asked[name] !== 'false')
      if (script && waiting.length > 0) {
        await page.waitForFunction((names) => names.some((name) => document.querySelector(`[name="${name}"]`)?.closest('[hidden]') === null),
          waiting.map(({ name }) => name), { timeout: 4000 }).catch(() => undefined)
        again = true
      }
      const before = controls
      controls = await controlsOf(form)
      if (!controls.some((control, i) => control.hidden !== before[i]?.hidden)) again = false
    }
    const table = tableShort(controls, asked)
    if (!table) return
    await press(page, form.locator(`button[name=_addRow][value="${table}"]`))
  }
  throw new Error(`Điền mãi không xong: ${page.url()}`)
}
