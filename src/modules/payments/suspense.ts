// Money set aside finds its order, or goes back by a leader's decision that a second person carries out.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { addWorkingTime } from '#core/workdays/index.ts'
import { officer } from './counter.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import * as facts from './events.ts'
import { noOrder } from './orders.ts'
import { payOrder } from './receipts.ts'
import { canDecideRefund, canMatch, cannotPay, canPayRefund, canProposeRefund, referenceIn, shares } from './rules.ts'
import type { Receipt, Refund, Suspense } from './schema.ts'
import * as aside from './store-aside.ts'
import * as store from './store.ts'

const ids = z.array(z.uuid('Khoản đã chọn không đúng.')).min(1, 'Chọn ít nhất một khoản.').max(20)
const none = () => new NotFound('payments.no_suspense', 'Không có khoản này, hoặc khoản thuộc đơn vị khác.')

async function held(tx: Tx, chosen: readonly string[]): Promise<Suspense[]> {
  const found = await aside.lockSuspense(tx, [...new Set(chosen)])
  if (found.length !== new Set(chosen).size) throw none()
  return found
}

/** Pays an open order out of suspense; what is left over stays there as a sum of its own. */
export const matchSuspense = act(z.object({ suspense: ids, order: z.string().trim().min(1, 'Ghi mã khoản thu (TS…).') }), async (ctx, tx, input): Promise<Receipt> => {
  const order = await store.lockOrder(tx, input.order.toUpperCase().startsWith('TS') ? input.order.toUpperCase() : input.order)
  if (!order) throw noOrder()
  const parts = await held(tx, input.suspense)
  for (const part of parts) orThrow(canMatch(part, ctx.actor))
  orThrow(cannotPay(order, parts))
  const me = officer(ctx)
  const by = `officer:${me.id}`
  for (const [i, { usedVnd, leftVnd }] of shares(order.totalVnd, parts.map((part) => part.amountVnd)).entries()) {
    const part = parts[i]!
    if (usedVnd === 0) continue
    await aside.setSuspense(tx, part.id, { state: 'matched', amountVnd: usedVnd, orderId: order.id, closedAt: ctx.now, closedBy: by })
    if (leftVnd > 0) await aside.addSuspense(tx, { transactionId: part.transactionId, unitId: part.unitId, amountVnd: leftVnd, reason: 'more', at: ctx.now })
    await emit(tx, ctx, facts.suspenseMatched, order.subject, { suspense: part.id, order: order.id, amountVnd: usedVnd }, { unitId: part.unitId })
  }
  return payOrder(tx, ctx, order, { transactionId: parts[0]!.transactionId, method: 'transfer', givenVnd: null, paidAt: parts[0]!.paidAt })
})

const why = z.string().trim().min(5, 'Ghi rõ lý do (ít nhất 5 ký tự).').max(1000).transform((text) => text.normalize('NFC'))

async function propose(tx: Tx, ctx: Ctx, suspense: Suspense, reason: string): Promise<Refund> {
  const me = officer(ctx)
  const reference = referenceIn(suspense.description ?? '')
  const meant = reference ? await store.findOrder(tx, reference) : null // whose payer is then told
  await aside.setSuspense(tx, suspense.id, { state: 'refunding' })
  const refund = await aside.addRefund(tx, { unitId: suspense.unitId, subject: meant?.subject ?? null, suspenseId: suspense.id, amountVnd: suspense.amountVnd, reason, at: ctx.now, by: `officer:${me.id}` })
  await emit(tx, ctx, facts.refundProposed, meant?.subject ?? `payment:${suspense.transactionId}`, { refund: refund.id, amountVnd: refund.amountVnd, reason }, { unitId: suspense.unitId })
  return refund
}

/** Asks the leader to give a sum in suspense back. */
export const proposeRefund = act(z.object({ suspense: z.uuid(), reason: why }), async (ctx, tx, input): Promise<Refund> => {
  const [suspense] = await held(tx, [input.suspense])
  orThrow(canMatch(suspense!, ctx.actor))
  return propose(tx, ctx, suspense!, input.reason)
})

const noRefund = () => new NotFound('payments.no_refund', 'Không có đề nghị hoàn trả này.')
const aboutOf = (refund: Refund): string => refund.subject ?? `refund:${refund.id}`

export const DecideInput = z.object({ refund: z.uuid(), decisionNo: z.string().trim().min(2, 'Ghi số quyết định hoàn trả.').max(60) })

/** The leader's decision: from here a clock runs until the money is back. */
export const orderRefund = act(DecideInput, async (ctx, tx, input): Promise<Refund> => {
  const refund = await aside.lockRefund(tx, input.refund)
  if (!refund) throw noRefund()
  orThrow(canDecideRefund(refund, ctx.actor))
  const me = officer(ctx)
  const payBy = addWorkingTime(ctx.now, ctx.payments.refundHours, await calendarOf(tx, ctx, refund.unitId))
  await aside.setRefund(tx, refund.id, { state: 'ordered', decisionNo: input.decisionNo, decidedAt: ctx.now, decidedBy: me.id, decidedName: me.name, payBy })
  await emit(tx, ctx, facts.refundOrdered, aboutOf(refund), { refund: refund.id, amountVnd: refund.amountVnd, decisionNo: input.decisionNo, payBy: payBy.toISOString() }, { unitId: refund.unitId })
  return (await aside.lockRefund(tx, refund.id))!
})

/** Nothing is given back: the sum returns to suspense, or stays with the unit, with the reason on record. */
export const refuseRefund = act(z.object({ refund: z.uuid(), reason: why }), async (ctx, tx, input): Promise<Refund> => {
  const refund = await aside.lockRefund(tx, input.refund)
  if (!refund) throw noRefund()
  orThrow(canDecideRefund(refund, ctx.actor))
  const me = officer(ctx)
  await aside.setRefund(tx, refund.id, { state: 'refused', decidedAt: ctx.now, decidedBy: me.id, decidedName: me.name, reason: input.reason })
  if (refund.suspenseId) await aside.setSuspense(tx, refund.suspenseId, { state: 'open' })
  await emit(tx, ctx, facts.refundRefused, aboutOf(refund), { refund: refund.id, amountVnd: refund.amountVnd, reason: input.reason }, { unitId: refund.unitId })
  return (await aside.lockRefund(tx, refund.id))!
})

/** The money is back with the payer: the bank's number of the transfer is the proof. */
export const payRefund = act(z.object({ refund: z.uuid(), paidRef: z.string().trim().min(3, 'Ghi số chứng từ hoặc mã giao dịch chuyển trả.').max(100) }), async (ctx, tx, input): Promise<Refund> => {
  const refund = await aside.lockRefund(tx, input.refund)
  if (!refund) throw noRefund()
  if (refund.state === 'paid' && refund.paidRef === input.paidRef) return refund
  orThrow(canPayRefund(refund, ctx.actor))
  const me = officer(ctx)
  await aside.setRefund(tx, refund.id, { state: 'paid', paidAt: ctx.now, paidBy: me.id, paidRef: input.paidRef })
  if (refund.suspenseId) await aside.setSuspense(tx, refund.suspenseId, { state: 'refunded', closedAt: ctx.now, closedBy: `officer:${me.id}` })
  await emit(tx, ctx, facts.refunded, aboutOf(refund), { refund: refund.id, amountVnd: refund.amountVnd, paidRef: input.paidRef }, { unitId: refund.unitId })
  return (await aside.lockRefund(tx, refund.id))!
})

/** A leader or cashier proposes that a paid order be given back, in part or whole: a dossier refused, a service not rendered. */
export const proposeOrderRefund = act(z.object({ order: z.string(), amountVnd: z.number().int().positive('Ghi số tiền hoàn trả.'), reason: why }), async (ctx, tx, input): Promise<Refund> => {
  const order = await store.lockOrder(tx, input.order)
  if (!order) throw noOrder()
  orThrow(canProposeRefund(order, ctx.actor))
  const proposals = (await aside.refundsOf(tx, order.subject)).filter((one) => one.orderId === order.id && one.state !== 'refused')
  // pressed twice
  if (proposals.some((one) => one.state === 'proposed' && one.amountVnd === input.amountVnd && one.reason === input.reason)) throw new Conflict('payments.refund_waiting', 'Đề nghị hoàn trả này đã được trình và đang chờ lãnh đạo quyết định.')
  const before = proposals.reduce((sum, one) => sum + one.amountVnd, 0)
  if (before + input.amountVnd > order.totalVnd) throw new Conflict('payments.refund_too_much', 'Số tiền hoàn trả cộng với các đề nghị trước vượt số đã nộp.')
  const refund = await aside.addRefund(tx, { unitId: order.unitId, subject: order.subject, orderId: order.id, amountVnd: input.amountVnd, reason: input.reason, at: ctx.now, by: `officer:${officer(ctx).id}` })
  await emit(tx, ctx, facts.refundProposed, order.subject, { refund: refund.id, amountVnd: refund.amountVnd, reason: input.reason }, { unitId: order.unitId })
  return refund
})
