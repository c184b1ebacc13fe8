// The pages of sign-in, account and simulator in a real browser: at 320 px, light and dark, by axe's rules, and once without JavaScript.

import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { hasChromium, openBrowser } from '#test/support/browser.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCredentials } from '#modules/identity/index.ts'
import { OFFICERS, PASSWORD, seedAgency, stage } from '#modules/identity/testing.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { createVneidTwin, mountVneid, type VneidTwin } from '#twins/vneid/index.ts'
import { loadAssets } from '../../client/assets.ts'
import { sessionPlugin, sessionRoutes } from './index.ts'
import { CITIZENS } from './testing.ts'

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

describe.skipIf(!hasChromium)('in a browser', { timeout: 60_000 }, () => {
  let app: FastifyInstance
  let database: TestDatabase
  let twin: VneidTwin
  let browser: Browser
  let publicUrl = ''

  beforeAll(async () => {
    const port = await freePort()
    publicUrl = `http://127.0.0.1:${port}`
    database = await freshDatabase()
    await seedAgency(database.pool)
    const on = stage(database.db, { publicUrl, dataDir: mkdtempSync(join(tmpdir(), 'tinhso-pages-')) })
    await createCredentials(on.platform(), { password: PASSWORD, officers: OFFICERS })
    twin = createVneidTwin({ publicUrl, dataDir: on.env.dataDir, citizens: CITIZENS, clock: on.clock })
    app = Fastify({ forceCloseConnections: true })
    const assets = await loadAssets()
    for (const file of assets.files)
      app.get(file.url, { config: { session: false } }, (_request, reply) => reply.type(file.type).send(file.body))
    await app.register(formbody)
    await app.register(sessionPlugin, { env: on.env })
    await app.register(sessionRoutes, {
      env: on.env,
      assets: assets.page.vi,
      vneid: { issuer: twin.issuer, clientId: twin.client.id, clientSecret: twin.client.secret, discoveryFor: 0 },
    })
    mountVneid(app, twin)
    await app.listen({ port, host: '127.0.0.1' })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
    await database?.close()
  })

  /** Goes through every page, calling `look` at each. */
  async function journey(page: Page, look: (name: string) => Promise<void>): Promise<void> {
    await page.goto(`${publicUrl}/sign-in?returnTo=/account/sessions`)
    await look('sign-in')
    await page.fill('#login', 'canbo2')
    await page.fill('#password', 'sai')
    await page.click('main form button')
    await look('wrong password')
    await page.fill('#password', PASSWORD)
    await page.click('main form button')
    await look('posts')
    await page.click('button[value=p3]')
    await look('sessions of an officer')
    await page.goto(`${publicUrl}/sign-in/vneid?returnTo=/account/sessions`)
    await look('people')
    await page.click('button[name=citizen]')
    await look('code')
    await page.fill('#otp', '12')
    await page.click('button.main')
    await look('wrong code')
    await page.fill('#otp', (await page.textContent('.otp'))!)
    await page.click('button.main')
    await look('consent')
    await page.click('button.main')
    await look('sessions of a citizen')
    expect(page.url()).toBe(`${publicUrl}/account/sessions`)
    await page.goto(`${twin.issuer}/faults`)
    await look('faults')
    twin.faults.down = true
    await page.goto(`${publicUrl}/sign-in/vneid`)
    await look('VNeID away')
    twin.faults.down = false
  }

  test.each(['light', 'dark'] as const)('%s: nothing to complain about, nothing wider than the screen', async (colorScheme) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme, bypassCSP: true })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    await journey(page, async (name) => {
      await page.evaluate(AXE)
      const found = await page.evaluate(async (rules) => {
        const { axe } = window as unknown as {
          axe: { run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> }
        }
        const { violations } = await axe.run(document, { runOnly: rules })
        return [
          ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`),
          ...(document.documentElement.scrollWidth > 320 ? ['rộng quá'] : []),
        ]
      }, RULES)
      complaints.push(...found.map((fault) => `${name}: ${fault}`))
    })
    await context.close()
    expect(complaints).toEqual([])
  })

  test('the whole way without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    await journey(await context.newPage(), async () => {})
    await context.close()
  })
})
