// Asking for money: orders open, stay, fall or are renewed as what a dossier owes changes; only ever the difference.

import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { NotFound, orThrow, refusal } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import * as facts from './events.ts'
import { demandOf, isExpired } from './rules.ts'
import type { About, Order, OrderLine } from './schema.ts'
import * as aside from './store-aside.ts'
import * as store from './store.ts'

const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** TS and ten signs that no eye mixes up: 32¹⁰ of them, so that nobody guesses one. */
const newReference = (): string => `TS${Array.from({ length: 10 }, () => SIGNS[randomInt(SIGNS.length)]).join('')}`

/** The end of the last day on which the order may be paid by its code, Vietnam. */
const expiryOf = (ctx: Ctx): Date => {
  const last = new Date(`${localDate(ctx.now)}T23:59:59+07:00`)
  return new Date(last.getTime() + ctx.payments.orderDays * 86_400_000)
}

export interface DueInput {
  /** The dossier; its orders are the only ones looked at. */
  readonly subject: string
  readonly code: string
  /** The collecting unit: whose desk takes the money and gives the receipt. */
  readonly unitId: string
  readonly payerName: string
  readonly citizenId: string | null
  readonly about: About
  /** Everything that is due by now, paid or not; nothing when the dossier ended without it. */
  readonly due: readonly OrderLine[]
  /** Why orders that fall do so, for whoever holds their code. */
  readonly reason: string
}

/**
 * Brings the orders of a dossier in line with what is due: keeps those that still ask for the right sums, revokes the others, opens one for
 * the difference, proposes a refund of what was paid beyond. Idempotent. The caller holds the dossier's lock.
 */
export async function settleDue(tx: Tx, ctx: Ctx, input: DueInput): Promise<void> {
  const known = (await store.lockOrdersOf(tx, input.subject)).sort((one, other) => one.openedAt.getTime() - other.openedAt.getTime())
  const refunds = await aside.refundsOf(tx, input.subject)
  const given = refunds.flatMap((one) => (one.orderId && one.lineCode && one.state !== 'refused' ? [{ orderId: one.orderId, code: one.lineCode, amountVnd: one.amountVnd }] : []))
  const found = demandOf(input.due.filter((line) => line.amountVnd > 0), known, given)
  for (const id of found.revoke) await revoke(tx, ctx, known.find((one) => one.id === id)!, input.reason)
  for (const [, lines] of Map.groupBy(found.open, (line) => line.collectAt)) await open(tx, ctx, input, lines)
  for (const over of found.over) {
    const answered = refunds.some((one) => one.orderId === over.orderId && one.lineCode === over.code && one.amountVnd === over.amountVnd && one.state === 'refused')
    if (answered || input.due.length === 0) continue // a dossier that ended owes nothing back by itself: that is for a decision
    const order = known.find((one) => one.id === over.orderId)!
    const left = order.totalVnd - refunds.filter((one) => one.orderId === order.id && one.state !== 'refused').reduce((sum, one) => sum + one.amountVnd, 0)
    if (left <= 0) continue
    const reason = 'Mức phí giảm sau khi hồ sơ thay đổi; người nộp đã nộp nhiều hơn.'
    const refund = await aside.addRefund(tx, { unitId: input.unitId, subject: input.subject, orderId: over.orderId, lineCode: over.code, amountVnd: Math.min(left, over.amountVnd), reason, at: ctx.now, by: null })
    await emit(tx, ctx, facts.refundProposed, input.subject, { refund: refund.id, amountVnd: refund.amountVnd, reason }, { unitId: input.unitId })
  }
}

async function open(tx: Tx, ctx: Ctx, input: DueInput, lines: readonly OrderLine[]): Promise<Order> {
  // Where no bank tells of transfers nobody would notice one: cash only.
  const payee = ctx.payments.providers.length > 0 ? await store.payeeOfUnit(tx, input.unitId) : null
  const order = await store.insertOrder(tx, {
    reference: newReference(), subject: input.subject, subjectCode: input.code, unitId: input.unitId, payee, payerName: input.payerName,
    citizenId: input.citizenId, about: input.about, lines, expiresAt: expiryOf(ctx), at: ctx.now,
  })
  await emit(tx, ctx, facts.orderOpened, order.subject, {
    order: order.id, reference: order.reference, code: order.subjectCode, amountVnd: order.totalVnd, expiresAt: order.expiresAt.toISOString(), lines: lines.map((line) => line.code),
  }, { unitId: order.unitId })
  return order
}

async function revoke(tx: Tx, ctx: Ctx, order: Order, reason: string): Promise<void> {
  await store.setOrder(tx, order.id, { state: 'void', closedAt: ctx.now, voidReason: reason })
  await emit(tx, ctx, facts.orderVoided, order.subject, { order: order.id, reference: order.reference, code: order.subjectCode, amountVnd: order.totalVnd, reason }, { unitId: order.unitId })
}

export const noOrder = () => new NotFound('payments.no_order', 'Không có khoản thu này. Xem lại mã, hoặc mở từ trang hồ sơ.')

/** A code that ran out is good again, with the same reference: money already on its way still finds it. Anyone who holds the link may ask. */
export const renewOrder = act(z.object({ order: z.string() }), async (ctx, tx, input): Promise<Order> => {
  const order = await store.lockOrder(tx, input.order)
  if (!order) throw noOrder()
  if (!isExpired(order, ctx.now)) return order
  const expiresAt = expiryOf(ctx)
  orThrow(order.state === 'open' ? null : refusal('payments.not_open', 'Khoản này không còn phải nộp.'))
  await store.setOrder(tx, order.id, { expiresAt })
  await emit(tx, ctx, facts.orderRenewed, order.subject, { order: order.id, reference: order.reference, code: order.subjectCode, amountVnd: order.totalVnd, expiresAt: expiresAt.toISOString() }, { unitId: order.unitId })
  return { ...order, expiresAt }
})
