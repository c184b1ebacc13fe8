// Money on a real database: every kind of call-back ends right, cash and its closing, suspense and refunds; and through any order of events the books agree.

import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ctx, systemCtx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { listEvents } from '#core/events/index.ts'
import { makeEnv } from '#main/env.ts'
import { MovableClock } from '#test/support/clock.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { cancelReceipt, collectCash, countDay, signDay } from './counter.ts'
import { renewOrder } from './orders.ts'
import { orderOfLink, paymentsOf, payPath, receiptPdf, suspenseAtDesk, vietQrOf } from './queries.ts'
import { reconcile, resolveMismatch } from './reconcile.ts'
import { receiptNo, type Told } from './schema.ts'
import * as aside from './store-aside.ts'
import * as store from './store.ts'
import { matchSuspense, orderRefund, payRefund, proposeOrderRefund, proposeRefund, refuseRefund } from './suspense.ts'
import { at, booksOf, feeLine, knock, owe, PAYEE, PROVIDER, UNIT } from './testing.ts'

let database: TestDatabase
let ctx: Ctx
const clock = new MovableClock('2026-11-23T09:00:00+07:00')
const now = () => systemCtx(ctx, 'test')
const cashier = () => at(now(), 'thu_phi', 'thu')
const desk = () => at(now(), 'mot_cua', 'mot')
const leader = () => at(now(), 'lanh_dao_don_vi', 'sep')

beforeAll(async () => {
  database = await freshDatabase()
  const env = makeEnv(database.db, { publicUrl: 'http://tinhso.test', dataDir: '/nonexistent', secret: 's', bank: PROVIDER }, clock)
  ctx = systemCtx(env, 'test')
  await inTransaction(ctx.db, (tx) => store.setPayees(tx, [PAYEE]))
})
afterAll(() => database.close())

const agreed = async () => {
  const books = await booksOf(ctx)
  expect(books).toMatchObject({ doubled: 0, broken: 0 })
  expect(books.inVnd).toBe(books.receiptsVnd + books.suspenseVnd + books.refundedVnd)
  return books
}
const asked = async (amount = 50_000) => (await owe(now(), randomUUID(), [feeLine('LP', amount)]))[0]!
const stateOf = async (reference: string) => (await store.findOrder(ctx.db, reference))!.state
const openSuspense = async () => aside.suspenseAt(ctx.db, [UNIT], ['open'], 500)
const asideOf = async (order: { reference: string }) => (await openSuspense()).filter((one) => one.description?.includes(order.reference))
const pays = (order: { reference: string; totalVnd: number }, more: Partial<Parameters<typeof knock>[1]> = {}) => knock(now(), { amount: order.totalVnd, description: `${order.reference} chuyen tien`, ...more })

describe('call-backs', () => {
  test('the right sum pays once, however often it is told', async () => {
    const order = await asked()
    const id = randomUUID()
    expect(await Promise.all([1, 2, 3, 4].map(() => pays(order, { id })))).toEqual(expect.arrayContaining(['paid', 'known']))
    const { receipts, paidVnd } = await paymentsOf(ctx.db, order.subject)
    expect(receipts).toHaveLength(1)
    expect(paidVnd).toBe(50_000)
    expect((await listEvents(ctx.db, order.subject)).map((event) => event.name)).toEqual(['payments.order_opened', 'payments.receipt_issued', 'payments.order_paid'])
    await agreed()
  })

  test('the same code paid from two banks at one moment: one pays, the other waits for its owner', async () => {
    const order = await asked()
    expect((await Promise.all([pays(order), pays(order)])).sort()).toEqual(['paid', 'suspense'])
    expect(await asideOf(order)).toMatchObject([{ reason: 'already_paid', amountVnd: 50_000, unitId: UNIT }])
    await agreed()
  })

  test.each<[string, Partial<Parameters<typeof knock>[1]>, string, string]>([
    ['less', { amount: 49_000 }, 'suspense', 'open'],
    ['more', { amount: 60_000 }, 'paid', 'paid'],
    ['to another account of ours', { account: '123' }, 'suspense', 'open'],
    ['without a reference', { description: 'nop phi' }, 'suspense', 'open'],
    ['made after the end', { paidAt: new Date('2027-01-01T00:00:00Z') }, 'suspense', 'open'],
  ])('a transfer %s', async (_what, more, outcome, state) => {
    const order = await asked()
    expect(await pays(order, more)).toBe(outcome)
    expect(await stateOf(order.reference)).toBe(state)
    await agreed()
  })

  test('told late, made in time: pays', async () => {
    const order = await asked()
    const paidAt = now().now
    clock.to('2026-12-20T09:00:00+07:00')
    expect(await pays(order, { paidAt })).toBe('paid')
    clock.to('2026-11-23T09:00:00+07:00')
  })

  test('after the dossier has ended: set aside, the order stays fallen', async () => {
    const order = await asked()
    await owe(now(), order.subject, [])
    expect(await pays(order)).toBe('suspense')
    expect(await stateOf(order.reference)).toBe('void')
    expect(await asideOf(order)).toMatchObject([{ reason: 'order_void' }])
  })

  test('forged, stale, broken, from nobody: nothing is taken in, all is on record', async () => {
    const order = await asked()
    const before = await booksOf(ctx)
    await expect(pays(order, { secret: 'y'.repeat(40) })).rejects.toMatchObject({ status: 401, code: 'payments.forged' })
    await expect(pays(order, { sentAt: new Date('2026-11-23T08:50:00+07:00') })).rejects.toMatchObject({ status: 401, code: 'payments.stale' })
    await expect(pays(order, { amount: -5 })).rejects.toMatchObject({ status: 400 })
    await expect(pays(order, { amount: 1.5 })).rejects.toMatchObject({ status: 400 })
    expect(await booksOf(ctx)).toEqual(before)
    const verdicts = await aside.callbackCounts(ctx.db, new Date(0))
    for (const verdict of ['forged', 'stale', 'unreadable']) expect(verdicts.find((one) => one.verdict === verdict)?.n).toBeGreaterThan(0)
  })

  test('one number told with another sum: the first stays, the contradiction gets an owner', async () => {
    const order = await asked()
    const id = randomUUID()
    await pays(order, { id })
    await expect(pays(order, { id, amount: 1_000_000 })).rejects.toMatchObject({ status: 409 })
    const found = (await aside.mismatchesAt(ctx.db, [UNIT])).find((one) => one.providerRef === id)!
    expect(found).toMatchObject({ kind: 'changed', resolvedAt: null })
    await expect(resolveMismatch(desk(), { mismatch: found.id, resolution: 'Ngân hàng xác nhận nhầm' })).rejects.toMatchObject({ status: 403 })
    await resolveMismatch(cashier(), { mismatch: found.id, resolution: 'Ngân hàng xác nhận nhầm' })
    await expect(resolveMismatch(cashier(), { mismatch: found.id, resolution: 'Lần hai' })).rejects.toMatchObject({ status: 409 })
    await agreed()
  })

  test('a code that ran out is renewed with its reference', async () => {
    const order = await asked()
    clock.to('2026-12-25T09:00:00+07:00')
    expect(vietQrOf(order, now().now)).toBe(null)
    const renewed = await renewOrder(now(), { order: order.reference })
    expect(vietQrOf(renewed, now().now)).toContain(order.reference)
    expect(await pays(order)).toBe('paid')
    clock.to('2026-11-23T09:00:00+07:00')
  })
})

describe('the counter', () => {
  const key = () => randomUUID()
  test('pressed twice, from two windows, collects once; change is told', async () => {
    const order = await asked()
    const one = key()
    const twice = await Promise.all([1, 2].map(() => collectCash(cashier(), { order: order.reference, givenVnd: 100_000, key: one })))
    expect(new Set(twice.map((found) => found.receipt.id)).size).toBe(1)
    expect(twice[0]!.changeVnd).toBe(50_000)
    await expect(collectCash(desk(), { order: order.reference, givenVnd: 50_000, key: key() })).rejects.toMatchObject({ code: 'payments.already_paid' })
    await agreed()
  })

  test('cash and a transfer at the same moment: one receipt', async () => {
    const order = await asked()
    const [cash, bank] = await Promise.allSettled([collectCash(cashier(), { order: order.reference, givenVnd: 50_000, key: key() }), pays(order)])
    expect((await paymentsOf(ctx.db, order.subject)).receipts).toHaveLength(1)
    expect(bank.status).toBe('fulfilled')
    expect(cash.status === 'fulfilled').toBe(bank.status === 'fulfilled' && bank.value === 'suspense')
    await agreed()
  })

  test('numbers have no gaps; a cancelled one stays used, and the order is open again', async () => {
    const first = await collectCash(cashier(), { order: (await asked()).reference, givenVnd: 50_000, key: key() })
    const order = await asked()
    await expect(collectCash(cashier(), { order: order.reference, givenVnd: 10_000, key: key() })).rejects.toMatchObject({ status: 422 })
    const { receipt } = await collectCash(cashier(), { order: order.reference, givenVnd: 50_000, key: key() })
    expect(receipt.number).toBe(first.receipt.number + 1)
    await expect(cancelReceipt(cashier(), { receipt: receipt.id, reason: 'Thu nhầm hồ sơ' })).rejects.toMatchObject({ status: 403 })
    await expect(cancelReceipt(leader(), { receipt: receipt.id, reason: 'x' })).rejects.toMatchObject({ status: 422 })
    const cancelled = await cancelReceipt(leader(), { receipt: receipt.id, reason: 'Thu nhầm hồ sơ' })
    expect(cancelled).toMatchObject({ state: 'cancelled', cancelReason: 'Thu nhầm hồ sơ' })
    expect(await stateOf(order.reference)).toBe('open')
    const again = await collectCash(desk(), { order: order.reference, givenVnd: 50_000, key: key() })
    expect(again.receipt.number).toBe(receipt.number + 1)
    await agreed()
  })

  test('a stranger to the unit collects nothing', async () => {
    const order = await asked()
    await expect(collectCash(at(now(), 'thu_phi', 'la', 'th-15853'), { order: order.reference, givenVnd: 50_000, key: key() })).rejects.toMatchObject({ status: 403 })
    await expect(collectCash(at(now(), 'chuyen_vien'), { order: order.reference, givenVnd: 50_000, key: key() })).rejects.toMatchObject({ status: 403 })
  })

  test('the day is counted by one, signed by another, then shut', async () => {
    clock.to('2026-11-25T16:30:00+07:00')
    const day = { unit: UNIT, day: '2026-11-25' }
    await collectCash(cashier(), { order: (await asked(12_000)).reference, givenVnd: 20_000, key: key() })
    await expect(signDay(leader(), day)).rejects.toMatchObject({ code: 'payments.not_counted' })
    await expect(countDay(cashier(), { ...day, countedVnd: 11_000 })).rejects.toMatchObject({ fields: [{ key: 'differenceReason', message: expect.stringContaining('thiếu 1.000 đ') }] })
    await expect(countDay(leader(), { ...day, countedVnd: 12_000 })).rejects.toMatchObject({ status: 403 })
    expect(await countDay(cashier(), { ...day, countedVnd: 11_000, differenceReason: 'Trả nhầm tiền lẻ cho khách' })).toMatchObject({ state: 'counted', expectedVnd: 12_000 })
    await expect(signDay(cashier(), day)).rejects.toMatchObject({ code: 'payments.four_eyes' })
    const late = await collectCash(desk(), { order: (await asked(5_000)).reference, givenVnd: 5_000, key: key() })
    await expect(signDay(leader(), day)).rejects.toMatchObject({ code: 'payments.moved' })
    await countDay(cashier(), { ...day, countedVnd: 17_000 })
    expect(await signDay(leader(), day)).toMatchObject({ state: 'closed', expectedVnd: 17_000, receipts: 2, signedName: 'Cán bộ sep' })
    await expect(signDay(leader(), day)).rejects.toMatchObject({ code: 'payments.day_closed' })
    await expect(collectCash(desk(), { order: (await asked()).reference, givenVnd: 50_000, key: key() })).rejects.toMatchObject({ code: 'payments.day_closed' })
    await expect(cancelReceipt(leader(), { receipt: late.receipt.id, reason: 'Thu nhầm hồ sơ' })).rejects.toMatchObject({ code: 'payments.day_closed' })
    await expect(countDay(cashier(), { ...day, countedVnd: 17_000 })).rejects.toMatchObject({ code: 'payments.day_closed' })
    expect(await pays(await asked())).toBe('paid')
    clock.to('2026-11-26T08:00:00+07:00')
    expect((await collectCash(desk(), { order: (await asked()).reference, givenVnd: 50_000, key: key() })).receipt.issuedOn).toBe('2026-11-26')
    clock.to('2026-11-23T09:00:00+07:00')
  })

  test('the receipt is a PDF that stays the same', async () => {
    const { receipt } = await collectCash(cashier(), { order: (await asked(1_250_000)).reference, givenVnd: 1_250_000, key: key() })
    expect(receipt.data).toMatchObject({ totalInWords: 'Một triệu hai trăm năm mươi nghìn đồng', method: 'Tiền mặt' })
    const [one, two] = [await receiptPdf(ctx, receipt), await receiptPdf(ctx, receipt)]
    expect(Buffer.from(one).subarray(0, 5).toString()).toBe('%PDF-')
    expect(Buffer.compare(one, two)).toBe(0)
    expect(receiptNo(receipt)).toMatch(/^2026\/TM-\d{7}$/)
  })
})

describe('suspense and refunds', () => {
  test('two halves pay one order; what is over stays', async () => {
    const order = await asked(50_000)
    await pays(order, { amount: 30_000 })
    await pays(order, { amount: 25_000 })
    const parts = (await openSuspense()).filter((one) => one.description?.includes(order.reference)).map((one) => one.id)
    await expect(matchSuspense(cashier(), { suspense: [parts[0]!], order: order.reference })).rejects.toMatchObject({ code: 'payments.not_enough' })
    await expect(matchSuspense(desk(), { suspense: parts, order: order.reference })).rejects.toMatchObject({ status: 403 })
    const done = await Promise.allSettled([1, 2].map(() => matchSuspense(cashier(), { suspense: parts, order: order.reference })))
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect((await openSuspense()).filter((one) => one.description?.includes(order.reference))).toMatchObject([{ amountVnd: 5_000, reason: 'more' }])
    await agreed()
  })

  test('goes back by a decision, carried out by another, within its clock', async () => {
    const order = await asked()
    await pays(order)
    await pays(order)
    const mine = (await openSuspense()).find((one) => one.description?.includes(order.reference))!
    const refund = await proposeRefund(cashier(), { suspense: mine.id, reason: 'Người dân nộp hai lần' })
    await expect(matchSuspense(cashier(), { suspense: [mine.id], order: (await asked()).reference })).rejects.toMatchObject({ code: 'payments.suspense_done' })
    await expect(payRefund(cashier(), { refund: refund.id, paidRef: 'CT-01' })).rejects.toMatchObject({ code: 'payments.refund_not_ordered' })
    await expect(orderRefund(cashier(), { refund: refund.id, decisionNo: '12/QĐ-UBND' })).rejects.toMatchObject({ status: 403 })
    const ordered = await orderRefund(leader(), { refund: refund.id, decisionNo: '12/QĐ-UBND' })
    expect(ordered.payBy!.getTime()).toBeGreaterThan(now().now.getTime())
    expect((await suspenseAtDesk(leader())).refunds.map((one) => one.id)).toContain(refund.id)
    expect(await payRefund(cashier(), { refund: refund.id, paidRef: 'CT-01' })).toMatchObject({ state: 'paid' })
    expect(await payRefund(cashier(), { refund: refund.id, paidRef: 'CT-01' })).toMatchObject({ state: 'paid' })
    expect((await agreed()).refundedVnd).toBeGreaterThan(0)
  })

  test('what was paid goes back in part by decision, never more than was paid', async () => {
    const order = await asked()
    await expect(proposeOrderRefund(cashier(), { order: order.id, amountVnd: 10_000, reason: 'Hồ sơ bị từ chối' })).rejects.toMatchObject({ code: 'payments.nothing_paid' })
    await pays(order)
    await expect(proposeOrderRefund(desk(), { order: order.id, amountVnd: 10_000, reason: 'Hồ sơ bị từ chối' })).rejects.toMatchObject({ status: 403 })
    const both = await Promise.allSettled([1, 2].map(() => proposeOrderRefund(cashier(), { order: order.id, amountVnd: 30_000, reason: 'Hồ sơ bị từ chối' })))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [refund] = (await paymentsOf(ctx.db, order.subject)).refunds
    // half of it, pressed twice, is one proposal too: it would fit, and is what is waiting already
    await expect(proposeOrderRefund(cashier(), { order: order.id, amountVnd: 30_000, reason: 'Hồ sơ bị từ chối' })).rejects.toMatchObject({ code: 'payments.refund_waiting' })
    await orderRefund(leader(), { refund: refund!.id, decisionNo: '13/QĐ-UBND' })
    expect(await payRefund(cashier(), { refund: refund!.id, paidRef: 'CT-02' })).toMatchObject({ state: 'paid', amountVnd: 30_000 })
    await agreed()
  })

  test('refused, the money waits again', async () => {
    await pays(await asked(), { description: 'khong ro' })
    const mine = (await openSuspense()).find((one) => one.description === 'khong ro')
    const refund = await proposeRefund(cashier(), { suspense: mine!.id, reason: 'Không rõ người nộp' })
    await refuseRefund(leader(), { refund: refund.id, reason: 'Tìm người nộp trước đã' })
    expect((await openSuspense()).map((one) => one.id)).toContain(mine!.id)
    await agreed()
  })

  test('a sum paid too high after a change of the answers is proposed once, and only the difference is asked for', async () => {
    const subject = randomUUID()
    const [order] = await owe(now(), subject, [feeLine('LP', 50_000)])
    await pays(order!)
    await owe(now(), subject, [feeLine('LP', 30_000)])
    await owe(now(), subject, [feeLine('LP', 30_000)])
    expect((await paymentsOf(ctx.db, subject)).refunds).toMatchObject([{ amountVnd: 20_000, state: 'proposed' }])
    const orders = await owe(now(), subject, [feeLine('LP', 80_000)])
    expect(orders.filter((one) => one.state === 'open')).toMatchObject([{ totalVnd: 50_000 }])
    await agreed()
  })
})

test('a link is ours or nobody’s', async () => {
  const order = await asked()
  const [, , reference, token] = payPath(ctx, order).split('/')
  expect((await orderOfLink(ctx, reference!, token!)).id).toBe(order.id)
  await expect(orderOfLink(ctx, reference!, `${token!.slice(0, -1)}_`)).rejects.toMatchObject({ status: 404 })
  await expect(orderOfLink(ctx, reference!, '')).rejects.toMatchObject({ status: 404 })
})

describe('reconciliation', () => {
  test('what was never told is taken in from the statement, once; what is not on it gets an owner; a bank that is down is noted', async () => {
    const [silent, told, unstated] = [await asked(), await asked(), await asked()]
    const line = (order: { reference: string; totalVnd: number }, providerRef: string): Told => ({
      provider: PROVIDER.id, providerRef, amountVnd: order.totalVnd, account: PAYEE.account, description: order.reference, payerBank: null, paidAt: now().now,
    })
    await pays(told, { id: 'bank-told' })
    await pays(unstated, { id: 'bank-unstated' })
    clock.to('2026-11-23T13:00:00+07:00')
    const lines = [{ ...line(silent, 'bank-silent'), paidAt: new Date('2026-11-23T09:00:00+07:00') }, line(told, 'bank-told')]
    const statement = async (_: unknown, day: string) => (day === '2026-11-23' ? lines : [])
    expect(await reconcile(now(), statement)).toMatchObject([{ missed: 1, fault: null }])
    expect(await stateOf(silent.reference)).toBe('paid')
    expect(await reconcile(now(), statement)).toMatchObject([{ missed: 0 }])
    const found = await aside.mismatchesAt(ctx.db, [UNIT, ctx.payments.fallbackUnit], 500)
    expect(found.find((one) => one.providerRef === 'bank-silent')).toMatchObject({ kind: 'missed_callback', resolution: expect.stringContaining('Đã tự ghi nhận') })
    expect(found.find((one) => one.providerRef === 'bank-unstated')).toMatchObject({ kind: 'not_on_statement', resolvedAt: null })
    lines.push(line(unstated, 'bank-unstated'))
    await reconcile(now(), statement)
    expect((await aside.mismatchesAt(ctx.db, [UNIT], 500)).find((one) => one.providerRef === 'bank-unstated')!.resolution).toContain('Sao kê về sau')
    expect(await reconcile(now())).toMatchObject([{ fault: expect.stringContaining('không trả lời') }])
    await agreed()
    clock.to('2026-11-23T09:00:00+07:00')
  })
})

type Step = { kind: 'callback' | 'again' | 'cash' | 'cancel' | 'expire' | 'end' | 'match' | 'refund' | 'change'; amount: number; order: number; both: boolean }

test('through any order of events the books agree, to the đồng, and no line has two receipts', async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom('callback', 'callback', 'callback', 'again', 'cash', 'cash', 'cancel', 'expire', 'end', 'match', 'refund', 'change'), amount: fc.constantFrom(0, 0, 0, -1_000, 1_000, 50_000),
    order: fc.nat(1), both: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      clock.to('2026-11-27T09:00:00+07:00')
      const subjects = [randomUUID(), randomUUID()]
      for (const subject of subjects) await owe(now(), subject, [feeLine('LP', 20_000), feeLine('PHI', 8_000)])
      const told: Parameters<typeof knock>[1][] = []
      const attempt = async (act: () => Promise<unknown>): Promise<void> => void (await act().catch((error: { status?: number }) => {
        if (!error.status || error.status >= 500) throw error
      }))
      const one = async ({ kind, amount, order: at_ }: Step): Promise<void> => {
        const subject = subjects[at_]!
        const { orders, receipts } = await paymentsOf(ctx.db, subject)
        const order = orders.at(-1)!
        const waiting = (await openSuspense()).filter((part) => orders.some((known) => part.description?.includes(known.reference)))
        if (kind === 'callback') {
          const knocking = { id: randomUUID(), amount: Math.max(1, order.totalVnd + amount), description: order.reference, paidAt: now().now }
          told.push(knocking)
          return attempt(() => knock(now(), knocking))
        }
        if (kind === 'again' && told.length > 0) return attempt(() => knock(now(), told[at_ % told.length]!))
        if (kind === 'cash') return attempt(() => collectCash(cashier(), { order: order.id, givenVnd: order.totalVnd + Math.max(0, amount), key: randomUUID() }))
        if (kind === 'cancel' && receipts.length > 0) return attempt(() => cancelReceipt(leader(), { receipt: receipts.at(-1)!.id, reason: 'Thu nhầm hồ sơ' }))
        if (kind === 'expire') return clock.to(new Date(clock.now().getTime() + 86_400_000 * 20))
        if (kind === 'end') return attempt(() => owe(now(), subject, []))
        if (kind === 'change') return attempt(() => owe(now(), subject, [feeLine('LP', 20_000 + amount)]))
        if (kind === 'match' && waiting.length > 0) return attempt(() => matchSuspense(cashier(), { suspense: waiting.map((part) => part.id), order: order.id }))
        if (kind === 'refund' && waiting.length > 0) {
          return attempt(async () => {
            const refund = await proposeRefund(cashier(), { suspense: waiting[0]!.id, reason: 'Nộp thừa, trả lại' })
            await orderRefund(leader(), { refund: refund.id, decisionNo: '1/QĐ' })
            await payRefund(cashier(), { refund: refund.id, paidRef: 'CT-1' })
          })
        }
      }
      for (let i = 0; i < steps.length; i++) {
        const next = steps[i + 1]
        if (steps[i]!.both && next) {
          await Promise.all([one(steps[i]!), one(next)])
          i++
        } else await one(steps[i]!)
        await agreed()
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)
