// The platform as its real self for a browser: on a loopback port, with its worker, a clock that can be set, and Chromium before it.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Clock } from '#core/clock.ts'
import { startWorker } from '#main/worker.ts'
import { type TestApp, testApp } from '../../support/app.ts'
import { openBrowser } from '../../support/browser.ts'
import { freePort } from '../../support/platform.ts'
import { signInCitizen, signInOfficer } from './people.ts'

/** Goes on as time does, from where it was last set. */
export class TickingClock implements Clock {
  private from = 0
  private since = 0
  constructor(at: string) {
    this.to(at)
  }
  now(): Date {
    return new Date(this.from + performance.now() - this.since)
  }
  to(at: string | Date): void {
    this.from = new Date(at).getTime()
    this.since = performance.now()
  }
}

export interface House {
  readonly app: TestApp
  readonly url: string
  readonly clock: TickingClock
  readonly browser: Browser
  /** A signed-in window of the login, one per login, kind of window and post; without a post, that of the unit named in the login. */
  at(login: string, options?: BrowserContextOptions, postId?: string): Promise<Page>
  /** A window of nobody. */
  visitor(options?: BrowserContextOptions): Promise<Page>
  /** What pages complained of: scripts that threw, content refused by our own policy, answers of 500. */
  readonly complaints: string[]
  close(): Promise<void>
}

export const SHOTS = join(import.meta.dirname, '..', '..', '..', 'tmp', 'journeys')
export const WIDE: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'vi-VN' }
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, locale: 'vi-VN', hasTouch: true }

export const isCitizen = (login: string): boolean => /^congdan\d+$/.test(login)

// Timers are kept by the database's own clock, which is not the house's: what the law lets happen after days must not happen at once.
const HOLD_TIMERS = `
  create function graphile_worker.hold_timers() returns trigger language plpgsql as $$ begin
    if (select identifier from graphile_worker._private_tasks where id = new.task_id) = 'dossiers.timer' then new.run_at := now() + interval '10 years'; end if;
    return new;
  end $$;
  create trigger hold_timers before insert or update on graphile_worker._private_jobs for each row execute function graphile_worker.hold_timers()`

export interface HouseOptions {
  readonly at?: string
  /** The usual window. */
  readonly window?: BrowserContextOptions
  /** false: papers are not opened beside the dossier; the browser's own PDF viewer takes longer than the whole page. */
  readonly previews?: boolean
  /** Passkeys are not made for addresses that are numbers. */
  readonly host?: '127.0.0.1' | 'localhost'
}

export async function openHouse({ at = '2026-11-20T08:30:00+07:00', window = WIDE, previews = true, host = '127.0.0.1' }: HouseOptions = {}): Promise<House> {
  mkdirSync(SHOTS, { recursive: true })
  const clock = new TickingClock(at)
  const port = await freePort()
  const url = `http://${host}:${port}`
  const app = await testApp({ clock, publicUrl: url })
  await app.server.listen({ port, host: '127.0.0.1' })
  const runner = await startWorker(app.env, app.database.pool)
  await app.database.pool.query(HOLD_TIMERS)
  const browser = await openBrowser()
  const complaints: string[] = []
  const contexts = new Map<string, Promise<BrowserContext>>()

  const listen = (page: Page): Page => {
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
    page.on('console', (message) => /Content Security Policy|Refused to/.test(message.text()) && complaints.push(`${page.url()}: ${message.text()}`))
    page.on('response', (response) => response.status() >= 500 && complaints.push(`${response.status()} ${response.url()}`))
    return page
  }

  async function contextOf(login: string, options: BrowserContextOptions, postId?: string): Promise<BrowserContext> {
    const context = await browser.newContext({ ...window, ...options })
    if (!previews) await context.addInitScript(() => addEventListener('DOMContentLoaded', () => document.querySelector('iframe.preview')?.remove()))
    const page = listen(await context.newPage())
    await (isCitizen(login) ? signInCitizen(page, url, login) : signInOfficer(page, url, login, postId))
    return context
  }

  return {
    app, url, clock, browser, complaints,
    async at(login, options = {}, postId) {
      const key = `${login} ${postId ?? ''} ${JSON.stringify(options)}`
      const known = contexts.get(key) ?? contextOf(login, options, postId)
      contexts.set(key, known)
      const context = await known
      return context.pages()[0] ?? listen(await context.newPage())
    },
    async visitor(options = {}) {
      const context = await browser.newContext({ ...window, ...options })
      return listen(await context.newPage())
    },
    async close() {
      await browser.close()
      await runner.stop()
      await app.close()
    },
  }
}

/** Presses something that leads to another page, and waits until that can be used: papers shown inside it may still be on their way. */
export async function press(page: Page, button: { click(): Promise<void> }): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: 'domcontentloaded' }), button.click()])
}

/** Waits until `test` is true; says `what` was waited for when it never is. */
export async function eventually(what: string, test: () => Promise<boolean>, patience = 8000): Promise<void> {
  for (const end = performance.now() + patience; performance.now() < end; await new Promise((done) => setTimeout(done, 100))) if (await test()) return
  throw new Error(`Chờ mãi không thấy: ${what}`)
}

export const textOf = async (page: Page, selector = 'main'): Promise<string> => ((await page.textContent(selector)) ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
