// Every page in a real browser: accessible, never wider than a phone, one primary act, and quick by keyboard.

import { existsSync, readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '#main/seed.ts'
import { begin, type Dossier } from '#modules/dossiers/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { crowd, fileCase, MovableClock, records, stepOn, withPapers } from './people.ts'

const CHROMIUM = '/usr/bin/chromium'
const hasChromium = existsSync(CHROMIUM)
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const clock = new MovableClock('2026-11-09T07:30:00+07:00')
let app: TestApp
let address = ''
let browser: Browser
let pages: Record<string, readonly string[]> = {}
let listed: Dossier[] = []

beforeAll(async () => {
  if (!hasChromium) return
  app = await testApp({ clock })
  listed = await crowd(app, clock, 24)
  const model = await fileCase(app, clock, records.find((one) => one.code === '1.013225')!, '2026-11-20T09:00:00+07:00', 3)
  await stepOn(app, clock, model)
  clock.to('2026-11-20T09:40:00+07:00')
  const papers = await withPapers(app, clock, '1.013225', model)
  const draft = await begin({ ...(await app.as('motcua.14797')), now: clock.now() }, { procedure: '1.001193', unit: '14797', channel: 'truc_tiep', applicant: { fullName: 'Lê Thị Hạnh' } })
  const at = (dossier: Dossier, rest = '') => `/desk/dossiers/${dossier.code}${rest}`
  const filing = `/desk/counter/filings/${draft.id}`
  pages = {
    'motcua.14797': [
      '/desk?hand=all', '/desk?hand=mine&due=today', '/desk/dossiers', '/desk/search?q=khai', '/desk/search?q=zzzz', at(papers), at(model), at(papers, '/refusal'), at(papers, '/withdrawal'), '/desk/counter',
      '/desk/counter/1.001776', `${filing}/form`, `${filing}/papers`, `${filing}/review`, '/desk/khong-co',
    ],
    'chutich.14797': ['/desk', '/desk/dossiers'],
    'quantri.14797': ['/admin/units?code=387', '/admin/units/th-14797', '/admin/posts', `/admin/posts/${encodeURIComponent('th-14797/mot_cua/1')}?officer=lan`],
    'kiemsoat.h56': ['/admin/procedures', '/admin/procedures/1.013225', '/admin/procedures/imports'],
  }
  address = await app.server.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-background-networking'] })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function signIn(login: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${address}/sign-in`)
  await page.fill('#login', login)
  await page.fill('#password', DEMO_PASSWORD)
  await page.press('#password', 'Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return { context, page }
}

describe.skipIf(!hasChromium)(`the desk in a browser${hasChromium ? '' : ` (skipped: no ${CHROMIUM})`}`, () => {
  for (const [width, scheme] of [[1440, 'light'], [390, 'light'], [1440, 'dark']] as const) {
    test(`${width} px, ${scheme}: no fault of WCAG 2.2 AA, one primary act`, { timeout: 240_000 }, async () => {
      const faults: string[] = []
      for (const [login, urls] of Object.entries(pages)) {
        if (scheme === 'dark' && login !== 'motcua.14797') continue // the same components in the same colours
        const { context, page } = await signIn(login, width, scheme)
        for (const url of urls) {
          await page.goto(address + url)
          await page.evaluate(axe)
          const { violations } = (await page.evaluate(
            (tags) => (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({ exclude: ['iframe'] }, { runOnly: tags }), TAGS)) as AxeResults
          faults.push(...violations.map(({ id, nodes }) => `${url} ${id}: ${nodes.slice(0, 2).map(({ html, failureSummary }) => `${html.slice(0, 140)} ${failureSummary}`).join(' | ')}`))
          const primaries = await page.locator('main .btn.primary:visible').count()
          if (primaries > 1) faults.push(`${url}: ${primaries} nút chính`)
        }
        await context.close()
      }
      expect(faults).toEqual([])
    })
  }

  test('nothing sticks out at 320 px', { timeout: 120_000 }, async () => {
    const wide: string[] = []
    for (const [login, urls] of Object.entries(pages)) {
      const { context, page } = await signIn(login, 320)
      for (const url of urls) {
        await page.goto(address + url)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (over > 0) wide.push(`${url} ${over}`)
      }
      await context.close()
    }
    expect(wide).toEqual([])
  })

  test('j, k and Enter walk the list and open a dossier; the drawing begins at the present step', { timeout: 60_000 }, async () => {
    const { context, page } = await signIn('motcua.14797', 1440)
    await page.goto(`${address}/desk?hand=all`)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const second = await page.locator('.row-link').nth(1).getAttribute('href')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${second}`)
    expect(listed.map((dossier) => `/desk/dossiers/${dossier.code}`)).toContain(second)
    const seen = await page.evaluate(() => {
      const box = document.querySelector('.process')!.getBoundingClientRect()
      const lit = document.querySelector('.bpmn-lit')!.getBoundingClientRect()
      return lit.left >= box.left && lit.right <= box.right
    })
    expect(seen).toBe(true)
    await page.keyboard.press('/')
    await page.keyboard.type(listed[0]!.code!)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${listed[0]!.code}`)
    await context.close()
  })
})
