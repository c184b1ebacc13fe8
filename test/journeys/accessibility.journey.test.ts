// Every page met, looked at: axe without violations in both sizes and both colours, nothing wider than 320 px, light to load, usable by keyboard.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { completeStep } from '#modules/dossiers/index.ts'
import { doerOf, file, openItems, saying, walk } from '../support/walk.ts'
import { anotherRecord } from './another-record.ts'
import { caseOf, planOf, recordOf } from './support/cases.ts'
import { dossierOf } from './support/desk.ts'
import { fillForm } from './support/fill.ts'
import { answerPages, beginOnline, handInPapers } from './support/filing.ts'
import { type House, openHouse, press } from './support/house.ts'
import { fillByKeys } from './support/keys.ts'
import { firstLoad, look } from './support/look.ts'
import { citizenNamed } from './support/people.ts'

const plan = planOf(recordOf('1.004194'), caseOf(recordOf('1.004194')))
const birth = planOf(recordOf('1.001193'), caseOf(recordOf('1.001193')))
const WALKER = { script: true }
const CITIZEN = 'congdan1'
const NEXT = { name: 'Tiếp tục', exact: true } as const

let house: House
/** A dossier that waits for its first look, one that waits for the citizen to mend, one that is done. */
let codes = { waiting: '', asked: '', done: '' }

beforeAll(async () => {
  house = await openHouse({ at: birth.golden.receivedAt })
  const { app, clock } = house
  const filed = async ({ record, golden }: typeof plan) =>
    file(await app.as(CITIZEN), { procedure: record.code, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: { fullName: citizenNamed(CITIZEN).fullName } })
  const done = await filed(birth)
  await walk(app, done)
  clock.to(plan.golden.receivedAt)
  const [waiting, asked] = [await filed(plan), await filed(plan)]
  for (const effect of ['accept', 'request_supplement']) {
    const [item] = await openItems(app, asked)
    const outcome = item!.outcomes.find((one) => one.effect === effect)!.key
    await completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome, ...(await saying(app, asked, item!, outcome, 'Ảnh chụp bị mờ, xin chụp lại cho rõ.')) })
  }
  codes = { waiting: waiting.code!, asked: asked.code!, done: done.code! }
})
afterAll(() => house?.close())

async function lookAt(page: Page, pages: readonly (readonly [name: string, path: string])[]): Promise<string[]> {
  const faults: string[] = []
  for (const [name, path] of pages) {
    await page.goto(house.url + path)
    faults.push(...(await look(page, name)))
  }
  return faults
}

describe('looked at', { timeout: 300_000 }, () => {
  test('pages of everybody', async () => {
    const page = await house.visitor()
    const faults = await lookAt(page, [
      ['home', '/'], ['search', '/thu-tuc'], ['search-found', '/thu-tuc?q=khai+sinh'], ['search-nothing', '/thu-tuc?q=zzzz'], ['procedure', '/thu-tuc/1.013831'],
      ['procedure-at-counter', '/thu-tuc/2.000884'], ['track', '/tra-cuu'], ['track-empty', '/tra-cuu?ma='], ['track-unknown', '/tra-cuu/H56.01-260101-9999'],
      ['track-found', `/tra-cuu/${codes.waiting}`], ['units', '/don-vi'], ['units-found', '/don-vi?q=hac+thanh'], ['not-found', '/khong-co'],
      ['dev', '/dev'], ['dev-ui', '/dev/ui'], ['dev-outbox', '/dev/outbox'], ['genuine', '/tin-nhan-that'], ['twin-sms', '/twins/sms/'], ['api-docs', '/api/v1/docs'],
    ])
    expect(faults).toEqual([])
  })

  test('signing in, and the twin', async () => {
    const page = await house.visitor()
    const { personalId } = citizenNamed(CITIZEN)
    const faults = await lookAt(page, [['sign-in', '/sign-in'], ['twin-faults', '/twins/vneid/faults']])
    await page.goto(`${house.url}/sign-in`)
    await page.fill('#login', 'motcua.14797')
    await page.fill('#password', 'sai')
    await press(page, page.getByRole('button', { name: 'Đăng nhập', exact: true }))
    faults.push(...(await look(page, 'sign-in-wrong')))
    await press(page, page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }))
    faults.push(...(await look(page, 'twin-people')))
    await press(page, page.locator(`button[name=citizen][value="${personalId}"]`))
    faults.push(...(await look(page, 'twin-code')))
    await page.fill('#otp', (await page.textContent('.otp'))!)
    await press(page, page.locator('button.main'))
    faults.push(...(await look(page, 'twin-consent')))
    expect(faults).toEqual([])
  })

  test('pages of a citizen', async () => {
    const page = await house.at(CITIZEN)
    const { id } = await dossierOf(house, codes.asked)
    const faults = await lookAt(page, [
      ['my-dossiers', '/ho-so'], ['messages', '/tin-nhan'], ['channels', '/nhan-tin'], ['dossier-waiting', `/ho-so/${codes.waiting}`], ['dossier-asked', `/ho-so/${codes.asked}`],
      ['dossier-done', `/ho-so/${codes.done}`], ['dossier-sent', `/ho-so/${codes.waiting}/da-nop`], ['withdraw', `/ho-so/${codes.waiting}/rut`],
      ['mend-review', `/ho-so/${id}/xem-lai`], ['mend-papers', `/ho-so/${id}/giay-to`], ['begin', `/thu-tuc/${plan.record.code}/nop`],
      ['my-sessions', '/account/sessions'], ['not-mine', '/ho-so/H56.01-260101-9999'], ['not-for-me', '/desk'],
    ])
    expect(faults).toEqual([])
  })

  test('filling in, page by page', async () => {
    const page = await house.at(CITIZEN)
    const faults: string[] = []
    await beginOnline(page, house, plan.record.code)
    const draft = new URL(page.url()).pathname.split('/')[2]!
    await page.fill('[name=applicant_phone]', '12')
    await press(page, page.locator('main form').getByRole('button', NEXT).last())
    faults.push(...(await look(page, 'form-errors')))
    for (const { key } of plan.record.form.sections) {
      await page.goto(`${house.url}/ho-so/${draft}/khai/${key}`)
      if (!page.url().includes(`/khai/${key}`)) continue
      await fillForm(page, 'main form:has(button[name=_do])', plan.wanted, WALKER)
      faults.push(...(await look(page, `form-${key}`)))
      await press(page, page.locator('main form').getByRole('button', NEXT).last())
    }
    await page.goto(`${house.url}/ho-so/${draft}/giay-to`)
    faults.push(...(await look(page, 'papers')))
    await press(page, page.getByRole('button', NEXT).last())
    faults.push(...(await look(page, 'papers-missing')))
    await page.goto(`${house.url}/ho-so/${draft}/xem-lai`)
    faults.push(...(await look(page, 'review-not-ready')))
    await page.goto(`${house.url}/ho-so/${draft}/giay-to`)
    await handInPapers(page, plan, WALKER)
    faults.push(...(await look(page, 'review')))
    await page.goto(`${house.url}/ho-so/${draft}/giay-to`)
    faults.push(...(await look(page, 'papers-sent')))
    faults.push(...(await lookAt(page, [['change-place', `/ho-so/${draft}/noi-nop`], ['discard', `/ho-so/${draft}/xoa`]])))
    expect(faults).toEqual([])
  })

  test('the desk', async () => {
    const page = await house.at('motcua.14797')
    const at = `/desk/dossiers/${codes.waiting}`
    const faults = await lookAt(page, [
      ['desk-work', '/desk?hand=all'], ['desk-mine', '/desk?hand=mine'], ['desk-late', '/desk?hand=all&due=late'], ['desk-dossier', at], ['desk-refusal', `${at}/refusal`],
      ['desk-supplement', `${at}/supplement-request`], ['desk-withdrawal', `${at}/withdrawal`], ['desk-done', `/desk/dossiers/${codes.done}`], ['desk-list', '/desk/dossiers'],
      ['desk-search', '/desk/search?q=tạm+trú'], ['desk-search-nothing', '/desk/search?q=zzzz'], ['desk-counter', '/desk/counter'], ['desk-not-found', '/desk/khong-co'],
      ['desk-applicant', `/desk/counter/${plan.record.code}`], ['desk-sessions', '/account/sessions'], ['undelivered', '/desk/undelivered'],
    ])
    await page.goto(`${house.url}/desk/counter/${plan.record.code}`)
    await press(page, page.getByRole('button', { name: 'Sang tờ khai' }))
    faults.push(...(await look(page, 'desk-applicant-errors')))
    await page.fill('input[name=fullName]', 'Lê Thị Hạnh')
    await press(page, page.getByRole('button', { name: 'Sang tờ khai' }))
    faults.push(...(await look(page, 'desk-form')))
    await press(page, page.locator('main form').getByRole('button', NEXT).last())
    faults.push(...(await look(page, 'desk-form-errors')))
    await answerPages(page, plan, WALKER)
    faults.push(...(await look(page, 'desk-papers')))
    await handInPapers(page, plan, WALKER, true)
    faults.push(...(await look(page, 'desk-review')))
    faults.push(...(await lookAt(await house.at('chuyenvien2.14797.vp', {}, 'none'), [['posts', '/account/post']])))
    expect(faults).toEqual([])
  })

  test('the keepers', async () => {
    const page = await house.at('quantriht.h56')
    const faults = await lookAt(page, [
      ['admin-units', '/admin/units'], ['admin-unit', '/admin/units/th-14797'], ['admin-posts', '/admin/posts'], ['admin-procedures', '/admin/procedures'],
      ['admin-procedure', `/admin/procedures/${plan.record.code}`], ['admin-import', '/admin/procedures/imports'],
      ['outbox', '/admin/outbox'], ['message-templates', '/admin/outbox/templates'], ['notices', '/desk/notices'], ['fakes', '/desk/fakes'],
    ])
    await page.goto(`${house.url}/admin/procedures/imports`)
    await page.setInputFiles('#record', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ ...anotherRecord, code: 'x', steps: [] })) })
    await press(page, page.getByRole('button', { name: 'Kiểm tra và nhập' }))
    faults.push(...(await look(page, 'admin-import-faults')))
    expect(faults).toEqual([])
    expect(house.complaints).toEqual([])
  })
})

test('the first load of a citizen’s page is at most 100 kB', async () => {
  const { cookies } = await (await house.at(CITIZEN)).context().storageState()
  const { id } = await dossierOf(house, codes.asked)
  const paths = ['/', '/thu-tuc', '/thu-tuc/1.013831', '/tra-cuu', `/tra-cuu/${codes.done}`, '/sign-in', '/ho-so', `/ho-so/${codes.done}`, `/thu-tuc/${plan.record.code}/nop`,
    ...plan.record.form.sections.map(({ key }) => `/ho-so/${id}/khai/${key}`), `/ho-so/${id}/giay-to`, `/ho-so/${id}/xem-lai`]
  const heavy: string[] = []
  for (const path of paths) {
    const page = await house.visitor({ storageState: { cookies, origins: [] } })
    const bytes = await firstLoad(page, house.url + path)
    console.log(`${Math.round(bytes / 1000)} kB ${path}`)
    if (bytes > 100_000) heavy.push(`${path}: ${bytes}`)
    await page.context().close()
  }
  expect(heavy).toEqual([])
})

test('the first page of a form is filled in and sent with the keyboard alone, the focus always to be seen', async () => {
  const page = await house.at(CITIZEN)
  await page.setViewportSize({ width: 1280, height: 800 })
  await beginOnline(page, house, birth.record.code)
  const first = page.url()
  const unseen = await fillByKeys(page, birth.wanted, 'Tiếp tục')
  expect(unseen).toEqual([])
  expect(await page.locator('[data-error-summary]').allTextContents()).toEqual([])
  expect(page.url()).not.toBe(first)
})
