// The proposal to give money back, on the order's own page: a fault loses nothing that was typed, a second press proposes nothing more.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept } from '#modules/dossiers/index.ts'
import { collectCash, paymentsOf } from '#modules/payments/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { fileCase, MovableClock, records } from './people.ts'
import { Visitor } from './visitor.ts'

const clock = new MovableClock('2026-07-15T08:30:00+07:00')
let app: TestApp
let visitor: Visitor
let order: { id: string; reference: string; totalVnd: number; subject: string }

beforeAll(async () => {
  app = await testApp({ clock })
  const dossier = await fileCase(app, clock, records.find((one) => one.code === '1.001612')!, '2026-07-15T08:30:00+07:00', 1)
  const counter = async () => ({ ...(await app.as('motcua.14797')), now: clock.now() })
  if (dossier.state === 'MOI_DANG_KY') await accept(await counter(), { dossier: dossier.code! })
  order = (await paymentsOf(app.env.db, dossier.id)).orders[0]!
  await collectCash({ ...(await app.as('thuphi.14797')), now: clock.now() }, { order: order.id, givenVnd: order.totalVnd, key: 'mot-lan' } as never)
  visitor = await Visitor.at(app, 'thuphi.14797')
}, 120_000)
afterAll(() => app.close())

const path = () => `/desk/cash/orders/${order.reference}`
const refunds = async () => (await paymentsOf(app.env.db, order.subject)).refunds

test.each([['mười đồng', 'Hồ sơ bị từ chối', /không phải số tiền/], ['999999999', 'Hồ sơ bị từ chối', /vượt số đã nộp/], ['1000', 'x', /Ghi rõ lý do/]])('%s for “%s” stays on the page with what was typed', async (amount, reason, words) => {
  await visitor.get(path())
  const answer = await visitor.post(`${path()}/refund`, [['amount', amount], ['reason', reason]])
  expect(answer.status).toBe(422)
  expect(answer.html).toMatch(words)
  expect(answer.html).toContain(`value="${amount}"`)
  expect(answer.html).toContain(`value="${reason}"`)
  expect(await refunds()).toEqual([])
})

test('pressed twice it is proposed once', async () => {
  await visitor.get(path())
  await visitor.post(`${path()}/refund`, [['amount', '1000'], ['reason', 'Nộp thừa lệ phí']])
  expect(visitor.page.url).toContain('/desk/cash/suspense')
  expect((await visitor.post(`${path()}/refund`, [['amount', '1000'], ['reason', 'Nộp thừa lệ phí']])).status).toBe(409)
  expect(await refunds()).toMatchObject([{ amountVnd: 1000, state: 'proposed' }])
})
