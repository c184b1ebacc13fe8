// The counter: cash against a numbered receipt, a wrong receipt cancelled, the day counted by one and signed by another.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, Forbidden, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { formatVnd } from '#core/money/index.ts'
import type { Officer } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import * as facts from './events.ts'
import { noOrder } from './orders.ts'
import { payOrder } from './receipts.ts'
import { heirId } from '#modules/org/index.ts'
import { canCancel, canCollect, canCount, canSign, changeOf } from './rules.ts'
import { type Closing, type Receipt, receiptNo } from './schema.ts'
import * as aside from './store-aside.ts'
import * as store from './store.ts'

export const officer = (ctx: Ctx): Officer => {
  if (ctx.actor.kind === 'officer') return ctx.actor
  throw new Forbidden('payments.not_officer', 'Việc này chỉ cán bộ của đơn vị làm được.')
}

const vnd = (what: string) => z.number(`Nhập ${what} bằng số, ví dụ 50.000.`).int(`${what[0]!.toUpperCase()}${what.slice(1)} là số đồng nguyên.`).min(0, 'Số tiền không âm.').max(1_000_000_000_000, 'Số tiền quá lớn; nhập lại.')

export const CollectInput = z.object({
  order: z.string(),
  givenVnd: vnd('số tiền khách đưa'),
  /** Made with the form: pressing twice collects once. */
  key: z.string().min(1).max(255),
})

export interface Collected {
  readonly receipt: Receipt
  readonly changeVnd: number
}

/** Takes cash for an order and gives its receipt. The same form sent again gives the same receipt. Throws Conflict when it was paid another way meanwhile. */
export const collectCash = act(CollectInput, async (ctx, tx, input): Promise<Collected> => {
  const order = await store.lockOrder(tx, input.order)
  if (!order) throw noOrder()
  const me = officer(ctx)
  const providerRef = `${order.unitId}:${input.key}`
  const before = await store.findTransaction(tx, 'counter', providerRef)
  if (before?.orderId === order.id) {
    const receipt = (await store.receiptsOf(tx, [order.id])).find((one) => one.issuedBy === me.id && one.state === 'valid')
    if (receipt) return { receipt, changeVnd: Math.max(0, (receipt.givenVnd ?? 0) - receipt.amountVnd) }
  }
  const today = localDate(ctx.now)
  await aside.lockDay(tx, order.unitId, today)
  orThrow(canCollect(order, ctx.actor, await aside.closingOn(tx, order.unitId, today)))
  const change = changeOf(order, input.givenVnd)
  if (typeof change !== 'number') throw new Invalid([{ key: 'given', message: change.message }], change.message)
  const transactionId = await store.insertTransaction(tx, {
    provider: 'counter', providerRef, source: 'counter', orderId: order.id, unitId: order.unitId, amountVnd: order.totalVnd, appliedVnd: order.totalVnd, account: null, description: null,
    payerBank: null, paidAt: ctx.now, receivedAt: ctx.now,
  })
  if (!transactionId) throw new Conflict('payments.form_used', 'Biểu mẫu này đã dùng cho một lần thu trước. Tải lại trang rồi thu lại.')
  return { receipt: await payOrder(tx, ctx, order, { transactionId, method: 'cash', givenVnd: input.givenVnd, paidAt: ctx.now }), changeVnd: change }
})

const reason = (what: string) => z.string().trim().min(5, `Ghi rõ ${what} (ít nhất 5 ký tự).`).max(1000, 'Không quá 1.000 ký tự.').transform((text) => text.normalize('NFC'))

export const noReceipt = () => new NotFound('payments.no_receipt', 'Không có biên lai này.')

/** Cancels a cash receipt before the day is shut: the money goes back over the counter, the order is open again, the number stays used. */
export const cancelReceipt = act(z.object({ receipt: z.string(), reason: reason('lý do hủy') }), async (ctx, tx, input): Promise<Receipt> => {
  const known = await store.findReceipt(tx, input.receipt)
  if (!known) throw noReceipt()
  const order = (await store.lockOrder(tx, known.orderId))!
  await aside.lockDay(tx, known.unitId, known.issuedOn)
  const receipt = (await store.findReceipt(tx, input.receipt, 'lock'))!
  orThrow(canCancel(receipt, ctx.actor, await aside.closingOn(tx, receipt.unitId, receipt.issuedOn)))
  const me = officer(ctx)
  await store.cancelReceipt(tx, receipt.id, me, input.reason, ctx.now)
  await store.reverseTransaction(tx, receipt.transactionId, ctx.now)
  await store.setOrder(tx, order.id, { state: 'open', closedAt: null })
  await emit(tx, ctx, facts.receiptCancelled, order.subject, {
    order: order.id, reference: order.reference, code: order.subjectCode, amountVnd: receipt.amountVnd, number: receiptNo(receipt), reason: input.reason,
  }, { unitId: receipt.unitId })
  return (await store.findReceipt(tx, receipt.id))!
})

/** What the drawer should hold, from the receipts. */
export function expectedOf(receipts: readonly Receipt[]): { vnd: number; receipts: number; cancelled: number } {
  const cash = receipts.filter((one) => one.method === 'cash')
  const valid = cash.filter((one) => one.state === 'valid')
  return { vnd: valid.reduce((sum, one) => sum + one.amountVnd, 0), receipts: valid.length, cancelled: cash.length - valid.length }
}

const dayField = z.iso.date('Ngày không đúng.')
export const CountInput = z.object({ unit: z.string(), day: dayField, countedVnd: vnd('số tiền đếm được'), differenceReason: z.string().trim().max(1000).nullish() })

async function expected(tx: Tx, unitId: string, day: string) {
  return expectedOf(await store.receiptsOn(tx, unitId, day))
}

/** Counts the drawer. A difference needs its reason. May be counted again until it is signed. */
export const countDay = act(CountInput, async (ctx, tx, input): Promise<Closing> => {
  await aside.lockDay(tx, input.unit, input.day)
  orThrow(canCount(await heirId(tx, input.unit), ctx.actor, await aside.closingOn(tx, input.unit, input.day))) // the heir settles the drawer of a unit that has ended
  if (input.day > localDate(ctx.now)) throw new Invalid([{ key: 'day', message: 'Không chốt sổ cho ngày chưa đến.' }])
  const found = await expected(tx, input.unit, input.day)
  const difference = input.countedVnd - found.vnd
  const why = input.differenceReason?.normalize('NFC') || null
  if (difference !== 0 && (why?.length ?? 0) < 5) {
    const words = difference > 0 ? `thừa ${formatVnd(difference)}` : `thiếu ${formatVnd(-difference)}`
    throw new Invalid([{ key: 'differenceReason', message: `Quỹ ${words} so với biên lai. Đếm lại, hoặc ghi lý do chênh lệch.` }])
  }
  const me = officer(ctx)
  await aside.setClosing(tx, {
    unitId: input.unit, day: input.day, expectedVnd: found.vnd, countedVnd: input.countedVnd, differenceReason: difference === 0 ? null : why, receipts: found.receipts,
    cancelled: found.cancelled, countedAt: ctx.now, countedBy: me.id, countedName: me.name,
  })
  await emit(tx, ctx, facts.dayCounted, `cash:${input.unit}:${input.day}`, { unit: input.unit, day: input.day, expectedVnd: found.vnd, countedVnd: input.countedVnd }, { unitId: input.unit })
  return (await aside.closingOn(tx, input.unit, input.day))!
})

/** Signs the day off; from here on nothing of it changes. Throws Conflict when money moved after the counting. */
export const signDay = act(z.object({ unit: z.string(), day: dayField }), async (ctx, tx, input): Promise<Closing> => {
  await aside.lockDay(tx, input.unit, input.day)
  const closing = await aside.closingOn(tx, input.unit, input.day)
  orThrow(canSign(closing && { ...closing, unitId: await heirId(tx, closing.unitId) }, ctx.actor))
  const found = await expected(tx, input.unit, input.day)
  if (found.vnd !== closing!.expectedVnd || found.receipts !== closing!.receipts || found.cancelled !== closing!.cancelled) {
    throw new Conflict('payments.moved', 'Sau khi kiểm đếm đã có biên lai mới hoặc biên lai bị hủy. Đề nghị người thu kiểm đếm lại rồi ký.')
  }
  const me = officer(ctx)
  await aside.signClosing(tx, input.unit, input.day, me, ctx.now)
  await emit(tx, ctx, facts.dayClosed, `cash:${input.unit}:${input.day}`, {
    unit: input.unit, day: input.day, expectedVnd: found.vnd, countedVnd: closing!.countedVnd, receipts: found.receipts,
  }, { unitId: input.unit })
  return (await aside.closingOn(tx, input.unit, input.day))!
})

