// A person without a mouse: goes through a form by Tab, answers with Space, arrows and letters, sends with Enter.

import type { Page } from 'playwright-core'
import type { Wanted } from './fill.ts'

interface Focused {
  readonly tag: string
  readonly type: string
  readonly name: string
  readonly value: string
  readonly checked: boolean
  readonly text: string
  /** Label of the option wanted, for a list. */
  readonly label: string
  /** Whether the focus can be seen at all. */
  readonly seen: boolean
}

const focused = (page: Page, wanted: Wanted): Promise<Focused> =>
  page.evaluate((answers) => {
    const one = document.activeElement as HTMLInputElement
    const style = getComputedStyle(one)
    const box = one.getBoundingClientRect()
    const options = [...((one as unknown as HTMLSelectElement).options ?? [])]
    return {
      tag: one.tagName, type: one.type ?? '', name: one.name ?? '', value: one.value ?? '', checked: one.checked === true, text: (one.textContent ?? '').trim(),
      label: options.find((option) => option.value === answers[one.name])?.text ?? '',
      seen: (parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none') || style.boxShadow !== 'none' || box.width === 0,
    }
  }, wanted as Record<string, string>)

const typed = (value: string): string => (/^\d{4}-\d{2}(-\d{2})?$/.test(value) ? value.split('-').reverse().join('/') : value)

/** From the top of the page to the button named `send`, answering on the way; then Enter. Returns controls whose focus cannot be seen. */
export async function fillByKeys(page: Page, wanted: Wanted, send: string): Promise<string[]> {
  const unseen: string[] = []
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab')
    const at = await focused(page, wanted)
    if (at.tag === 'BODY') continue
    if (!at.seen) unseen.push(`${at.tag} ${at.name} ${at.text.slice(0, 40)}`)
    if (at.tag === 'BUTTON' && at.text === send) {
      await Promise.all([page.waitForNavigation({ waitUntil: 'domcontentloaded' }), page.keyboard.press('Enter')])
      return unseen
    }
    const want = wanted[at.name]
    if (typeof want !== 'string') continue
    if (at.type === 'radio') {
      await page.keyboard.press('Space')
      for (let i = 0; i < 20 && (await focused(page, wanted)).value !== want; i++) await page.keyboard.press('ArrowDown')
    } else if (at.type === 'checkbox') {
      if (at.checked !== (want === 'true')) await page.keyboard.press('Space')
    } else if (at.tag === 'SELECT') {
      if (at.value !== want) await page.keyboard.type(at.label)
    } else if (at.value !== typed(want)) {
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(typed(want))
    }
  }
  throw new Error(`Đi mãi bằng phím Tab không tới nút “${send}”`)
}
