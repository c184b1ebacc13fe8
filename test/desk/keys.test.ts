// The desk by keyboard in a real browser: from the worklist to a dossier and to another one by its code.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '#main/seed.ts'
import type { Dossier } from '#modules/dossiers/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { crowd, MovableClock } from './people.ts'

const clock = new MovableClock('2026-11-09T07:30:00+07:00')
let app: TestApp
let address = ''
let browser: Browser
let listed: Dossier[] = []

beforeAll(async () => {
  app = await testApp({ clock })
  listed = await crowd(app, clock, 8)
  address = await app.server.listen({ port: 0, host: '127.0.0.1' })
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function signIn(login: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  await page.goto(`${address}/sign-in`)
  await page.fill('#login', login)
  await page.fill('#password', DEMO_PASSWORD)
  await page.press('#password', 'Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return page
}

describe('the desk in a browser', () => {
  test('j, k and Enter walk the list and open a dossier; the drawing begins at the present step', { timeout: 60_000 }, async () => {
    const page = await signIn('motcua.14797')
    await page.goto(`${address}/desk?hand=all`)
    await page.waitForSelector('body[data-keys=on]')
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
    await page.waitForSelector('body[data-keys=on]')
    await page.keyboard.press('/')
    await page.keyboard.type(listed[0]!.code!)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${listed[0]!.code}`)
    await page.close()
  })
})
