// A record nobody has shown the platform before: uploaded, walked to the end; uploaded changed, while what runs keeps the version it began with.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { anotherRecord, changedRecord } from './another-record.ts'
import { planOf } from './support/cases.ts'
import { dossierOf, workToTheEnd } from './support/desk.ts'
import { checkForCitizen, checkTracking } from './support/ends.ts'
import { answerPages, beginOnline, fileAtCounter, fileOnline } from './support/filing.ts'
import { type House, openHouse, press, textOf } from './support/house.ts'
import { citizenNamed } from './support/people.ts'

const CITIZEN = 'congdan1'
const WALKER = { script: true }
const record = anotherRecord as unknown as ProcedureRecord
const changed = changedRecord() as unknown as ProcedureRecord
const plan = planOf(record, record.cases[0]!)

let house: House

beforeAll(async () => {
  house = await openHouse({ at: plan.golden.receivedAt, previews: false })
})
afterAll(() => house?.close())

async function upload(page: Page, text: string): Promise<string> {
  await page.goto(`${house.url}/admin/procedures`)
  await press(page, page.locator('main a[href="/admin/procedures/imports"]').first())
  await page.setInputFiles('#record', { name: '2.000635.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await press(page, page.getByRole('button', { name: 'Kiểm tra và nhập' }))
  return textOf(page)
}

/** One brings the file, another one reads the draft and publishes it. */
async function publish(text: string): Promise<string> {
  const author = await house.at('kiemsoat.h56')
  expect(await upload(author, text)).toContain('đã thành bản nháp')
  const second = await house.at('quantriht.h56')
  await second.goto(author.url())
  const late = second.locator('#backdated')
  if (await late.count()) await late.fill('Thủ tục đã áp dụng từ ngày của quyết định, Điều 2')
  await press(second, second.getByRole('button', { name: 'Công bố', exact: true }))
  return textOf(second)
}

test('a record with faults is refused with the names of the fields, and nothing is kept', async () => {
  const page = await house.at('quantriht.h56')
  const broken = structuredClone(anotherRecord)
  broken.steps[0]!.role = 'giam_doc'
  broken.fees[0]!.formula = '-1 * form.totall'
  broken.cases[0]!.expect.dueOn = '2026-11-24'
  const text = await upload(page, JSON.stringify(broken))
  expect(text).toContain('Chưa nhập được')
  expect(text).toContain('steps[0].role')
  await page.goto(`${house.url}/thu-tuc/2.000635`)
  expect(await textOf(page)).toContain('Không')
})

test('uploaded, found, filed and walked to the end over both branches and the commune that the answers name', async () => {
  expect(await publish(JSON.stringify(anotherRecord, null, 1))).toContain(record.name)
  const page = await house.at(CITIZEN)
  await page.goto(`${house.url}/thu-tuc?q=ban+sao+trich+luc`)
  expect(await textOf(page)).toContain(record.name)
  const applicant = citizenNamed(CITIZEN).fullName
  const code = await fileOnline(page, house, plan, WALKER)
  expect((await dossierOf(house, code)).decidedUnitId).toContain('16531')
  const route = await workToTheEnd(house, code, { citizen: CITIZEN })
  expect(route).toEqual(plan.golden.expect.route)
  await checkForCitizen(page, house, code, applicant)
  await checkTracking(await house.visitor(), house, code, applicant)
})

test('uploaded again unchanged it stays what it is; changed it becomes a new version, and running dossiers keep theirs', async () => {
  const admin = await house.at('quantriht.h56')
  expect(await upload(admin, JSON.stringify(anotherRecord))).toContain('không có gì thay đổi')
  const page = await house.at(CITIZEN)
  const running = await fileOnline(page, house, plan, WALKER)
  await beginOnline(page, house, record.code)
  const draftAt = new URL(page.url()).pathname

  expect(await publish(JSON.stringify(changed))).toMatch(/phiên bản 2/i)
  const route = await workToTheEnd(house, running, { citizen: CITIZEN })
  expect(route).toEqual(plan.golden.expect.route)
  await page.goto(`${house.url}/ho-so/${running}`)
  expect(await textOf(page)).toContain('32.000 đ')

  await page.goto(house.url + draftAt)
  await answerPages(page, plan, WALKER) // the draft was begun on the first version and asks no purpose

  const fresh = planOf(changed, changed.cases[0]!)
  await beginOnline(page, house, record.code)
  await answerPages(page, fresh, WALKER)
  expect(await textOf(page)).toContain('Giấy tờ gửi kèm')
  await press(page, page.locator('.steps a', { hasText: 'Dùng vào việc gì' }).first())
  expect(await page.inputValue('[name=purpose]')).toBe('Bổ sung hồ sơ')

  const counter = planOf(changed, changed.cases[1]!)
  const code = await fileAtCounter(await house.at('motcua.14797'), house, counter, { fullName: 'Lê Thị Hạnh' }, WALKER)
  expect((await dossierOf(house, code)).versionId).not.toBe((await dossierOf(house, running)).versionId)
  expect(house.complaints).toEqual([])
})
