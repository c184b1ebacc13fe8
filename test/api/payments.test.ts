// Fees for programs and at the door: what is due, cash by a program once, wrong roles, a paid code told by the simulated bank, links that show no name.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { readVietQr } from '#core/vietqr/index.ts'
import { statementOf } from '#modules/payments/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { freePort } from '../support/platform.ts'
import { MovableClock } from '../support/clock.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file, walk } from '../support/walk.ts'
import { records } from '../desk/people.ts'
import { type Caller, caller } from './caller.ts'

const clock = new MovableClock('2026-11-23T09:00:00+07:00')
let app: TestApp
let call: Caller
let url: string

beforeAll(async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  app = await testApp({ clock, publicUrl: url })
  call = await caller(app)
  await app.server.listen({ host: '127.0.0.1', port })
}, 120_000)
afterAll(() => app.close())

const form = (code: string) => records.find((one) => one.code === code)!.cases.find((one) => one.channel === 'truc_tiep' && one.expect.valid !== false)!.form
const atCounter = async () => (await file(await app.as('motcua.14797'), { procedure: '2.000884', unit: '14797', channel: 'truc_tiep', form: form('2.000884') })).code!
const paymentsOf = async (code: string, login = 'motcua.14797') => (await call(login, 'GET', `/dossiers/${code}/payments`)).body

describe('at the counter', () => {
  test('what is due is told with its code; a program collects once, however often it asks', async () => {
    const code = await atCounter()
    const due = await paymentsOf(code)
    expect(due).toMatchObject({ state: 'due', dueVnd: 10_000, orders: [{ state: 'open', totalVnd: 10_000, lines: [{ code: 'P-CTCK', kind: 'phi' }] }] })
    const [order] = due.orders
    expect(readVietQr(order.vietqr)).toMatchObject({ amountVnd: 10_000, purpose: order.reference, account: order.payee.account })
    const path = `/dossiers/${code}/payments/${order.reference}/collection`
    expect(await call('chuyenvien.14797', 'POST', path, { body: { givenVnd: 10_000 } })).toMatchObject({ status: 403, body: { code: 'payments.no_desk' } })
    expect(await call('thuphi.14758', 'POST', path, { body: { givenVnd: 10_000 } })).toMatchObject({ status: 404 })
    expect(await call('motcua.14797', 'POST', path, { body: { givenVnd: 9_000 } })).toMatchObject({ status: 422 })
    const twice = await Promise.all([1, 2].map(() => call('motcua.14797', 'POST', path, { body: { givenVnd: 20_000 }, key: 'thu-1' })))
    expect(twice.map((one) => one.status)).toEqual([201, 201])
    expect(twice[0]!.body).toEqual(twice[1]!.body)
    expect(twice[0]!.body).toMatchObject({ changeVnd: 10_000, receipt: { method: 'cash', amountVnd: 10_000 } })
    expect(await call('motcua.14797', 'POST', path, { body: { givenVnd: 10_000 } })).toMatchObject({ status: 409, body: { code: 'payments.already_paid' } })
    const receipt = await call('motcua.14797', 'GET', twice[0]!.body.receipt.href)
    expect(receipt.raw.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await paymentsOf(code)).toMatchObject({ state: 'paid', dueVnd: 0, paidVnd: 10_000 })
  })

  test('the receipt of the dossier says whether its fee was paid', async () => {
    const [paid, unpaid] = [await atCounter(), await atCounter()]
    const [order] = (await paymentsOf(paid)).orders
    await call('motcua.14797', 'POST', `/dossiers/${paid}/payments/${order.reference}/collection`, { body: { givenVnd: 10_000 } })
    for (const [code, words] of [[paid, /^đã nộp, biên lai số 2026\/TM-/], [unpaid, /^chưa nộp/]] as const) {
      expect((await call('motcua.14797', 'POST', `/dossiers/${code}/acceptance`)).status).toBe(200)
      const { rows } = await app.database.pool.query("select p.data ->> 'feesNote' as note from dossiers.paper p join dossiers.dossier d on d.id = p.dossier_id where d.code = $1 and p.kind = 'receipt'", [code])
      expect(rows[0].note).toMatch(words)
    }
  })

  test('answers changed in a supplement change the fee: only the difference is asked for', async () => {
    const golden = records.find((one) => one.code === '2.000815')!.cases.find((one) => one.channel === 'truc_tiep' && one.expect.valid !== false)!
    const dossier = await file(await app.as('motcua.14797'), { procedure: '2.000815', unit: '14797', channel: 'truc_tiep', form: golden.form })
    const code = dossier.code!
    const [order] = (await paymentsOf(code)).orders
    expect(order.totalVnd).toBe(golden.expect.fee)
    await call('motcua.14797', 'POST', `/dossiers/${code}/payments/${order.reference}/collection`, { body: { givenVnd: order.totalVnd } })
    expect((await call('motcua.14797', 'POST', `/dossiers/${code}/acceptance`)).status).toBe(200)
    const reason = records.find((one) => one.code === '2.000815')!.reasons.supplement[0]!.code
    expect((await call('chuyenvien.14797', 'POST', `/dossiers/${code}/supplement-request`, { body: { reasons: [reason], note: 'Cần thêm bản sao.' } })).status).toBe(200)
    const papers = (golden.form['paper_list'] as { copies: number }[]).map((row, i) => (i === 0 ? { ...row, copies: row.copies + 1 } : row))
    expect((await call('motcua.14797', 'PATCH', `/dossiers/${code}`, { body: { form: { paper_list: papers } } })).status).toBe(200)
    expect((await call('motcua.14797', 'POST', `/dossiers/${code}/supplement`)).status).toBe(200)
    const after = await paymentsOf(code)
    const { rows } = await app.database.pool.query('select sum(f.amount_vnd)::int as sum from dossiers.fee f join dossiers.dossier d on d.id = f.dossier_id where d.code = $1', [code])
    expect(rows[0].sum).toBeGreaterThan(order.totalVnd)
    expect(after).toMatchObject({ state: 'due', paidVnd: order.totalVnd, dueVnd: rows[0].sum - order.totalVnd })
  })

  test('a dossier taken back owes nothing; a fee of the result is asked for with the result', async () => {
    const code = await atCounter()
    expect((await call('motcua.14797', 'POST', `/dossiers/${code}/withdrawal`)).status).toBe(200)
    expect(await paymentsOf(code)).toMatchObject({ state: 'nothing', orders: [{ state: 'void', voidReason: expect.stringContaining('kết thúc') }] })
    const golden = records.find((one) => one.code === '1.000894')!.cases.find((one) => one.channel === 'truc_tiep' && one.expect.valid !== false)!
    const married = await file(await app.as('motcua.14797'), { procedure: '1.000894', unit: '14797', channel: 'truc_tiep', form: { ...golden.form, copies_count: 2 } })
    expect((await paymentsOf(married.code!)).orders).toEqual([])
    await walk(app, married, (item) => (item.outcomes.some((one) => one.effect === 'return') ? undefined : item.outcomes[0]!.key))
    expect((await paymentsOf(married.code!)).orders).toMatchObject([{ totalVnd: 16_000, lines: [{ code: 'PHI_BAN_SAO' }] }])
  })
})

describe('the simulated bank, over HTTP', () => {
  const pay = async (code: string) => {
    const [order] = (await paymentsOf(code)).orders
    const fields = new URLSearchParams({ qr: order.vietqr, bank: 'VCB' })
    const page = await fetch(`${url}/twins/bank/transfers`, { method: 'POST', body: fields })
    expect(page.status).toBe(200)
    return { order, page: await page.text() }
  }

  test('pays a code once: doubled, forged, reordered, late and silent', async () => {
    const { faults } = app.bank!
    Object.assign(faults, { doubled: true, forged: true })
    const code = await atCounter()
    const { page } = await pay(code)
    expect(page).toContain('báo giả: 401, báo: 200, báo lần hai: 200')
    expect(await paymentsOf(code)).toMatchObject({ state: 'paid', receipts: [{ method: 'transfer' }] })
    Object.assign(faults, { doubled: false, forged: false, reordered: true })
    const [first, second] = [await atCounter(), await atCounter()]
    await pay(first)
    expect((await paymentsOf(first)).state).toBe('due')
    await pay(second)
    expect([(await paymentsOf(first)).state, (await paymentsOf(second)).state]).toEqual(['paid', 'paid'])
    Object.assign(faults, { reordered: false, lateMs: 60_000 })
    const late = await atCounter()
    await pay(late)
    expect((await paymentsOf(late)).state).toBe('due')
    await app.bank!.flush()
    expect((await paymentsOf(late)).state).toBe('paid')
    faults.lateMs = 0
  })

  test('a wrong sum pays nothing and waits for its owner', async () => {
    app.bank!.faults.wrongBy = -1000
    const code = await atCounter()
    await pay(code)
    app.bank!.faults.wrongBy = 0
    expect((await paymentsOf(code)).state).toBe('due')
  })

  test('the adapter reads its statement as it would a bank’s: the contract', async () => {
    const ctx = systemCtx(app.env, 'test')
    const [provider] = ctx.payments.providers
    app.bank!.faults.silent = true
    const { order } = await pay(await atCounter())
    app.bank!.faults.silent = false
    const today = localDate(clock.now())
    const lines = await statementOf(ctx)(provider!, today)
    expect(lines.find((line) => line.description === order.reference)).toEqual({
      provider: provider!.id, providerRef: expect.stringMatching(/^FT\d{15}$/), amountVnd: 10_000, account: order.payee.account, description: order.reference, payerBank: 'Vietcombank', paidAt: clock.now(),
    })
    expect(await statementOf(ctx)(provider!, '2020-01-01')).toEqual([])
    await expect(statementOf(ctx)({ ...provider!, secret: 'z'.repeat(40) }, today)).rejects.toMatchObject({ status: 503 })
    app.bank!.faults.down = true
    await expect(statementOf(ctx)(provider!, today)).rejects.toMatchObject({ status: 503 })
    app.bank!.faults.down = false
  })

  test('reads no code that is none', async () => {
    const page = await fetch(`${url}/twins/bank?qr=abc`)
    expect(page.status).toBe(422)
    expect(await page.text()).toContain('không phải nội dung mã QR')
  })
})

describe('the door of call-backs', () => {
  test('nobody else is let in', async () => {
    const knock = (path: string, headers: Record<string, string> = {}) => fetch(`${url}/payments/callbacks/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{}' })
    const [provider] = app.env.payments.providers
    expect((await knock('khong-co')).status).toBe(404)
    expect((await knock(provider!.id)).status).toBe(401)
    expect((await knock(provider!.id, { 'x-timestamp': '1', 'x-signature': 'a'.repeat(64) })).status).toBe(401)
    expect((await fetch(`${url}/payments/callbacks/${provider!.id}`)).status).toBe(404)
  })
})

test('a link shows sums and no name; another’s token opens nothing', async () => {
  const code = await atCounter()
  const [order] = (await paymentsOf(code)).orders
  const page = await fetch(order.payHref)
  const html = await page.text()
  expect(page.status).toBe(200)
  expect(html).toContain('10.000 đ')
  expect(html).toContain(order.reference)
  for (const secret of ['Nguyễn Thị Hoa', code, '0900100001']) expect(html).not.toContain(secret)
  expect((await fetch(`${order.payHref.slice(0, -1)}_`)).status).toBe(404)
  expect(await (await fetch(`${order.payHref}/tinh-trang`)).json()).toMatchObject({ state: expect.stringContaining('open') })
  const picture = await fetch(`${order.payHref}/ma.png`)
  expect(picture.headers.get('content-type')).toBe('image/png')
})
