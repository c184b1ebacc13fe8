// Looks at a page as everybody must be able to use it: axe, narrow and wide, light and dark; one primary act; nothing wider than the screen.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { SHOTS } from './house.ts'

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Each size once and each colour once: the kit's gallery is looked at in the other pairs. */
const VIEWS = [{ width: 390, height: 844, colorScheme: 'light' }, { width: 1440, height: 900, colorScheme: 'dark' }] as const
/** Pictures are for people: kept when asked for (SHOTS=1). */
const KEEP = process.env['SHOTS'] === '1'

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> } }
    return (await axe.run(document, { runOnly: rules, iframes: false, resultTypes: ['violations'] })).violations
  }, RULES)
  return found.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 4).map(({ target, failureSummary }) =>
    `${target.join(' ')} – ${(failureSummary ?? '').split('\n').slice(1, 2).join('').trim()}`).join(' | ')}`)
}

/** Looks at the page as it stands. Returns what is wrong with it, each with the name of the page. */
export async function look(page: Page, name: string): Promise<string[]> {
  const faults: string[] = []
  for (const { colorScheme, ...size } of VIEWS) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    faults.push(...(await axe(page)).map((fault) => `${name} ${size.width} ${colorScheme}: ${fault}`))
    const primaries = await page.locator('main .btn.primary:visible').count()
    if (primaries > 1 && page.url().includes('/desk')) faults.push(`${name}: ${primaries} nút chính trên một trang`)
    if (KEEP) await page.screenshot({ path: join(SHOTS, `${name}-${size.width}.png`), fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 320, height: 640 })
  const wide = await page.evaluate(() => {
    const { scrollWidth } = document.documentElement
    if (scrollWidth <= 320) return null
    const widest = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > 321 && !one.closest('.process, .scroll'))
    return `${scrollWidth} px: ${widest.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`).join(', ')}`
  })
  if (wide) faults.push(`${name} 320: rộng ${wide}`)
  return faults
}

/** Bytes that came over the line for one page, its styles, script and letters, in a window that has seen nothing yet. */
export async function firstLoad(page: Page, url: string): Promise<number> {
  const cdp = await page.context().newCDPSession(page)
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(url, { waitUntil: 'networkidle' })
  await cdp.detach()
  return bytes
}
