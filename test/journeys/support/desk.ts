// Officers at their desks in the browser: find the dossier in the worklist, open it, press an outcome; and the applicant's own steps.

import { expect } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { type Dossier, needDossier } from '#modules/dossiers/index.ts'
import type { Item } from '#modules/work/index.ts'
import { systemCtx } from '#core/ctx.ts'
import { doerOf, openItems } from '../../support/walk.ts'
import { doersOf, getUnit } from '#modules/org/index.ts'
import { type House, press, textOf } from './house.ts'
import { postFor } from './people.ts'

export const dossierOf = (house: House, code: string): Promise<Dossier> => needDossier(house.app.env.db, systemCtx(house.app.env, 'test'), code)

/** From the worklist to the dossier's own page. */
export async function openFromWorklist(page: Page, house: House, code: string): Promise<void> {
  await page.goto(`${house.url}/desk?hand=all`, { waitUntil: 'domcontentloaded' })
  await press(page, page.locator('main table').getByRole('link', { name: code }).or(page.locator(`main table a[href$="/${encodeURIComponent(code)}"]`)).first())
  expect(await textOf(page)).toContain(code)
}

/** Presses an outcome of the step: one button, or a page of reasons before it. */
export async function decide(page: Page, item: Item, outcome = item.outcomes[0]!, note = 'Đã kiểm tra, đúng quy định.'): Promise<void> {
  const form = page.locator(`form[aria-label="Kết quả của bước ${item.name}"]`)
  const button = form.locator(`button[name=outcome][value="${outcome.key}"]`)
  if ((await button.count()) > 0) {
    await form.locator('textarea[name=note]').fill(note)
    await press(page, button)
  } else {
    await press(page, form.getByRole('link', { name: outcome.label }))
    const reason = page.locator('input[name=reasons]')
    if ((await reason.count()) > 0) await reason.first().check()
    await page.fill('#note', note)
    await press(page, page.locator('main form').getByRole('button', { name: outcome.label, exact: true }))
  }
  expect(await textOf(page)).toContain(`${item.name}: ${outcome.label}.`)
}

/** The applicant answers a step of theirs on the dossier's page. */
export async function answerAsCitizen(page: Page, house: House, code: string, item: Item, outcome = item.outcomes[0]!): Promise<void> {
  await page.goto(`${house.url}/ho-so/${encodeURIComponent(code)}`)
  await page.locator(`#tra-loi input[name=outcome][value="${outcome.key}"]`).check()
  await press(page, page.getByRole('button', { name: 'Gửi trả lời' }))
  expect(page.url()).toContain('xong=da-tra-loi')
}

/** The window of somebody whose work the item is, in the post in which it is. */
export async function officerFor(house: House, item: Item, window?: BrowserContextOptions): Promise<Page> {
  const login = await doerOf(house.app, item)
  const unit = await getUnit(house.app.env.db, item.unitId!)
  return house.at(login, window, postFor(login, unit.code, item.role === 'cong_dan' ? ['mot_cua'] : doersOf(item.role)))
}

export async function collectOnline(page: Page, house: House, code: string): Promise<void> {
  await page.goto(`${house.url}/ho-so/${encodeURIComponent(code)}`)
  await press(page, page.getByRole('button', { name: 'Nhận kết quả trực tuyến' }))
  expect(page.url()).toContain('xong=da-nhan')
}

export interface Doers {
  /** Who filed on line; null for what was filed at a counter. */
  readonly citizen: string | null
  readonly window?: BrowserContextOptions
  readonly look?: (page: Page, name: string) => Promise<void>
  /** The applicant takes the result on line instead of the counter handing it over. */
  readonly collects?: boolean
  /** The outcome to choose, else the first. */
  readonly choose?: (item: Item) => string | undefined
}

/** Everybody does their step, until nothing is left to do. Returns the dossier's own steps in their order; those of called processes are done as well. */
export async function workToTheEnd(house: House, code: string, { citizen, window, look, choose, collects }: Doers): Promise<string[]> {
  const route: string[] = []
  for (let guard = 0; guard < 40; guard++) {
    const [item] = await openItems(house.app, await dossierOf(house, code))
    if (!item) return route
    const outcome = item.outcomes.find((one) => one.key === choose?.(item)) ?? item.outcomes[0]!
    if (item.role === 'cong_dan' && citizen) await answerAsCitizen(await house.at(citizen, window), house, code, item, outcome)
    else if (citizen && collects && outcome.effect === 'return') await collectOnline(await house.at(citizen, window), house, code)
    else {
      const page = await officerFor(house, item, window)
      await openFromWorklist(page, house, code)
      await look?.(page, `desk-${item.step}`)
      await decide(page, item, outcome)
    }
    if (item.link === null) route.push(item.step)
  }
  throw new Error(`Hồ sơ ${code} đi mãi không tới: ${route.join(' → ')}`)
}
