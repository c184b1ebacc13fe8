// Cash of a unit that ended with its drawer still open: the unit that follows it finds the day on its cash page, counts and signs it instead.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectCash, paymentsOf } from '#modules/payments/index.ts'
import { fileCase, MovableClock, records } from '../desk/people.ts'
import { Visitor } from '../desk/visitor.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { carriedOut } from './support.ts'

const clock = new MovableClock('2026-11-23T08:30:00+07:00')
let app: TestApp
let amount = 0
beforeAll(async () => {
  app = await testApp({ clock })
  const dossier = await fileCase(app, clock, records.find((one) => one.code === '2.000815')!, '2026-11-23T08:30:00+07:00', 1)
  const [order] = (await paymentsOf(app.env.db, dossier.id)).orders
  amount = order!.totalVnd
  await collectCash({ ...(await app.as('thuphi.14797')), now: clock.now() }, { order: order!.id, givenVnd: amount, key: 'mot-lan' } as never)
  clock.at = new Date('2026-11-24T08:00:00+07:00')
  await carriedOut(app, { steps: [{ kind: 'merge', from: ['th-14758', 'th-14797'], into: 'th-14758' }] })
})
afterAll(() => app.close())

test('the heir is led to the open day of the ended unit, counts it, and a second person signs; nobody else sees it', async () => {
  const cashier = await Visitor.at(app, 'thuphi.14758')
  await cashier.get('/desk/cash')
  expect(cashier.page.text).toContain('Đơn vị đã kết thúc còn ngày chưa chốt sổ')
  const [href] = cashier.links('/desk/cash/days/2026-11-23?unit=')
  await cashier.get(href!)
  expect(cashier.page.text).toMatch(/Sổ thu ngày 23\/11\/2026 .*Của .*Hạc Thành, đơn vị đã kết thúc/)
  await cashier.get(cashier.links('/desk/cash/receipts/')[0]!)
  expect(cashier.page.status).toBe(200)
  await cashier.get(href!)
  await cashier.press(/Ghi kết quả kiểm đếm/, { counted: String(amount) })
  expect([cashier.page.status, cashier.page.url, cashier.page.text]).toEqual([200, href, expect.stringContaining('Người kiểm đếm không tự ký chốt')])
  const second = await Visitor.at(app, 'motcua.14758')
  await second.get(href!)
  await second.press(/Ký chốt sổ/)
  expect([second.page.status, second.page.text]).toEqual([200, expect.stringContaining('Ngày này đã chốt, không sửa được nữa')])
  expect((await second.raw(second.links('report.pdf')[0]!)).statusCode).toBe(200)
  await cashier.get('/desk/cash')
  expect(cashier.page.text).not.toContain('Đơn vị đã kết thúc còn ngày chưa chốt sổ')
  const stranger = await Visitor.at(app, 'motcua.14812')
  expect((await stranger.get(href!)).status).toBe(404)
  expect((await stranger.post(`/desk/cash/days/2026-11-23/count?unit=${new URL(href!, 'http://x').searchParams.get('unit')}`, [['counted', '1']])).status).toBe(403)
})
