// What screens, papers and programs read of money, each under its policy.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Conflict, Forbidden, NotFound } from '#core/errors.ts'
import { amountInWords } from '#core/money/index.ts'
import { postOf } from '#core/policy/actor.ts'
import { buildVietQr } from '#core/vietqr/index.ts'
import { addDays, localDate, localTime } from '#core/workdays/index.ts'
import { getUnit, heirId, historyOf, listUnitsById } from '#modules/org/index.ts'
import { expectedOf, noReceipt } from './counter.ts'
import { noOrder } from './orders.ts'
import type { FeeReceiptData } from './receipts.ts'
import { CASH_ROLES, cannotTransfer } from './rules.ts'
import { type Closing, type Order, type Receipt, type Refund, SERIES, type Suspense } from './schema.ts'
import * as aside from './store-aside.ts'
import * as store from './store.ts'

/** Money of one dossier, for whoever was let in to the dossier. */
export interface SubjectPayments {
  readonly orders: readonly Order[]
  readonly receipts: readonly Receipt[]
  readonly refunds: readonly Refund[]
  readonly dueVnd: number
  readonly paidVnd: number
}

export async function paymentsOf(reader: Reader, subject: string): Promise<SubjectPayments> {
  const orders = await store.ordersOf(reader, subject)
  const [receipts, refunds] = await Promise.all([store.receiptsOf(reader, orders.map((order) => order.id)), aside.refundsOf(reader, subject)])
  const sum = (state: Order['state']) => orders.filter((order) => order.state === state).reduce((total, order) => total + order.totalVnd, 0)
  return { orders, receipts, refunds, dueVnd: sum('open'), paidVnd: sum('paid') }
}

// — the link that others may pay by —

const sign = (ctx: Ctx, reference: string): string => createHmac('sha256', ctx.secret).update(`pay:${reference}`).digest('base64url').slice(0, 22)

/** Whoever holds the address sees lines and sum, no name, and may pay. */
export const payPath = (ctx: Ctx, order: Pick<Order, 'reference'>): string => `/thanh-toan/${order.reference}/${sign(ctx, order.reference)}`

/** The order of a link. Throws NotFound unless the link is ours. */
export async function orderOfLink(ctx: Ctx, reference: string, token: string): Promise<Order> {
  const wanted = Buffer.from(sign(ctx, reference))
  const given = Buffer.from(token)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw noOrder()
  const order = await store.findOrder(ctx.db, reference)
  if (!order) throw noOrder()
  return order
}

/** The VietQR text of an order; null while it cannot be paid by transfer. */
export const vietQrOf = (order: Order, now: Date): string | null =>
  cannotTransfer(order, now) || !order.payee ? null : buildVietQr({ bin: order.payee.bin, account: order.payee.account, amountVnd: order.totalVnd, purpose: order.reference })

// — the cash desk —

const noDesk = () => new Forbidden('payments.no_desk', 'Việc này dành cho người thu phí, Bộ phận một cửa và lãnh đạo của đơn vị thu.')

/** The unit whose cash this officer sees, in the post acted in. Throws Forbidden. */
export function cashUnit(ctx: Ctx): string {
  const post = postOf(ctx.actor, CASH_ROLES)
  if (!post) throw noDesk()
  return post.unitId
}

export const seesCash = (ctx: Ctx): boolean => postOf(ctx.actor, CASH_ROLES) !== null

export interface FormerDays {
  readonly unitId: string
  readonly name: string
  readonly days: readonly string[]
}

/** Days that units which have ended left open, for the unit that follows them: the day they ended among them. */
async function formerDays(reader: Reader, unitId: string, today: string): Promise<FormerDays[]> {
  const ended = new Map((await historyOf(reader, unitId)).before.flatMap(({ from }) => (from.validTo === null ? [] : [[from.id, from.name] as const])))
  const mine: FormerDays[] = []
  for (const [id, name] of ended) {
    const days = await aside.openDays(reader, id, addDays(today, 1))
    if (days.length > 0 && (await heirId(reader, id)) === unitId) mine.push({ unitId: id, name, days })
  }
  return mine
}

export interface CashDesk {
  readonly unitId: string
  readonly today: string
  readonly orders: readonly Order[]
  readonly open: { readonly orders: number; readonly vnd: number }
  readonly receipts: readonly Receipt[]
  readonly expected: ReturnType<typeof expectedOf>
  readonly closing: Closing | null
  /** Earlier days with cash that nobody has shut. */
  readonly openDays: readonly string[]
  /** The same of units that have ended and whose drawer this one settles. */
  readonly formerDays: readonly FormerDays[]
  readonly suspense: number
  readonly refunds: number
  readonly mismatches: number
}

export async function cashDesk(ctx: Ctx, q = ''): Promise<CashDesk> {
  const unitId = cashUnit(ctx)
  const today = localDate(ctx.now)
  const [orders, open, receipts, closing, openDays, former, suspense, refunds, mismatches] = await Promise.all([
    store.ordersAt(ctx.db, [unitId], { q }), store.countOpen(ctx.db, [unitId]), store.receiptsOn(ctx.db, unitId, today), aside.closingOn(ctx.db, unitId, today),
    aside.openDays(ctx.db, unitId, today), formerDays(ctx.db, unitId, today), aside.suspenseAt(ctx.db, [unitId], ['open']), aside.refundsAt(ctx.db, [unitId], ['proposed', 'ordered']), aside.mismatchesAt(ctx.db, [unitId]),
  ])
  return {
    unitId, today, orders, open, receipts, expected: expectedOf(receipts), closing, openDays, formerDays: former, suspense: suspense.length, refunds: refunds.length,
    mismatches: mismatches.filter((one) => !one.resolvedAt).length,
  }
}

export interface OrderView {
  readonly order: Order
  readonly receipts: readonly Receipt[]
  readonly day: Closing | null
}

/** One order for the desk of its unit. Throws NotFound for other units. */
export async function orderAtDesk(ctx: Ctx, ref: string): Promise<OrderView> {
  const unitId = cashUnit(ctx)
  const order = await store.findOrder(ctx.db, ref.startsWith('ts') ? ref.toUpperCase() : ref)
  if (!order || order.unitId !== unitId) throw noOrder()
  return { order, receipts: await store.receiptsOf(ctx.db, [order.id]), day: await aside.closingOn(ctx.db, unitId, localDate(ctx.now)) }
}

export interface ReceiptView {
  readonly receipt: Receipt
  readonly order: Order
  /** The closing of the day it was issued on. */
  readonly day: Closing | null
}

/** A receipt for the desk of its unit, or of the one that follows it. Throws NotFound for others. */
export async function receiptAtDesk(ctx: Ctx, id: string): Promise<ReceiptView> {
  const unitId = cashUnit(ctx)
  const receipt = await store.findReceipt(ctx.db, id)
  if (!receipt || (receipt.unitId !== unitId && (await heirId(ctx.db, receipt.unitId)) !== unitId)) throw noReceipt()
  return { receipt, order: (await store.findOrder(ctx.db, receipt.orderId))!, day: await aside.closingOn(ctx.db, receipt.unitId, receipt.issuedOn) }
}

/** The PDF of a receipt; the same bytes whenever it is asked for. A cancelled one says so across the page. */
export const receiptPdf = (ctx: Ctx, receipt: Receipt): Promise<Uint8Array> =>
  ctx.printer.renderPdf('fee-receipt', receipt.data as unknown as FeeReceiptData, { createdAt: receipt.issuedAt, ...(receipt.state === 'cancelled' ? { mark: 'ĐÃ HỦY' } : {}) })

export interface DayView {
  readonly unitId: string
  /** The unit that settles it: the same, or the one that follows a unit that has ended. */
  readonly settledBy: string
  /** What the unit that has ended was called. */
  readonly former: string | null
  readonly day: string
  readonly receipts: readonly Receipt[]
  readonly expected: ReturnType<typeof expectedOf>
  readonly transfersVnd: number
  readonly closing: Closing | null
  readonly closings: readonly Closing[]
  readonly openDays: readonly string[]
}

/** A day's cash at the desk of its unit; `unit`: one that has ended and that the desk follows. Throws NotFound for others. */
export async function dayAtDesk(ctx: Ctx, day: string, unit: string | null = null): Promise<DayView> {
  const settledBy = cashUnit(ctx)
  const unitId = unit ?? settledBy
  const [known] = unitId === settledBy ? [] : await listUnitsById(ctx.db, [unitId])
  if (unitId !== settledBy && (!known || (await heirId(ctx.db, unitId)) !== settledBy)) throw new NotFound('payments.no_day', 'Đơn vị này không có sổ thu nào do ông/bà chốt.')
  const [receipts, closing, closings, openDays] = await Promise.all([
    store.receiptsOn(ctx.db, unitId, day), aside.closingOn(ctx.db, unitId, day), aside.closingsAt(ctx.db, unitId), aside.openDays(ctx.db, unitId, localDate(ctx.now)),
  ])
  const transfersVnd = receipts.filter((one) => one.method === 'transfer' && one.state === 'valid').reduce((sum, one) => sum + one.amountVnd, 0)
  return { unitId, settledBy, former: known?.name ?? null, day, receipts, expected: expectedOf(receipts), transfersVnd, closing, closings, openDays }
}

export interface AsideView {
  readonly unitId: string
  readonly open: readonly Suspense[]
  readonly done: readonly Suspense[]
  readonly refunds: readonly Refund[]
  readonly pastRefunds: readonly Refund[]
  /** Open orders that the money may have been meant for. */
  readonly orders: readonly Order[]
}

export async function suspenseAtDesk(ctx: Ctx): Promise<AsideView> {
  const unitId = cashUnit(ctx)
  const [open, done, refunds, pastRefunds, orders] = await Promise.all([
    aside.suspenseAt(ctx.db, [unitId], ['open']), aside.suspenseAt(ctx.db, [unitId], ['matched', 'refunded'], 20), aside.refundsAt(ctx.db, [unitId], ['proposed', 'ordered']),
    aside.refundsAt(ctx.db, [unitId], ['paid', 'refused'], 20), store.ordersAt(ctx.db, [unitId], { limit: 200 }),
  ])
  return { unitId, open, done, refunds, pastRefunds, orders }
}

export async function reconciliationAtDesk(ctx: Ctx) {
  const unitId = cashUnit(ctx)
  const [mismatches, runs, callbacks] = await Promise.all([
    aside.mismatchesAt(ctx.db, [unitId]), aside.runs(ctx.db), aside.callbackCounts(ctx.db, new Date(ctx.now.getTime() - 86_400_000)),
  ])
  return { unitId, mismatches, runs, callbacks, providers: ctx.payments.providers.map(({ id, name }) => ({ id, name })) }
}

/** The day's closing as a paper: for the file, signed by both. */
export async function closingPdf(ctx: Ctx, view: DayView): Promise<Uint8Array> {
  const { closing, receipts } = view
  if (!closing) throw new Conflict('payments.not_counted', 'Ngày này chưa kiểm đếm nên chưa có bảng kê để in.')
  const unit = await getUnit(ctx.db, view.unitId)
  const above = unit.parentId && !unit.outside ? await getUnit(ctx.db, unit.parentId) : null
  const cash = receipts.filter((one) => one.method === 'cash')
  const codes = new Map<string, string>()
  for (const receipt of cash) codes.set(receipt.id, String((receipt.data['dossier'] as { code?: unknown } | undefined)?.code ?? ''))
  return ctx.printer.renderPdf('cash-closing', {
    superiorAgency: above && above.level !== 'tinh' ? above.name : (above?.name.replace(/^Ủy ban nhân dân tỉnh/, 'Tỉnh') ?? null), issuingAgency: unit.name, place: 'Thanh Hóa', issuedOn: view.day, formNo: null,
    number: null, dossier: null, day: view.day, series: `${SERIES.cash}/${view.day.slice(0, 4)}`,
    rows: cash.map((one) => ({ number: String(one.number).padStart(7, '0'), dossier: codes.get(one.id)!, time: localTime(one.issuedAt), amountVnd: one.amountVnd, cancelled: one.state === 'cancelled' })),
    expectedVnd: closing.expectedVnd, countedVnd: closing.countedVnd, countedInWords: amountInWords(closing.countedVnd), differenceVnd: closing.countedVnd - closing.expectedVnd,
    differenceReason: closing.differenceReason, transfersVnd: view.transfersVnd, countedBy: closing.countedName, countedAt: closing.countedAt.toISOString(), signedBy: closing.signedName,
    signedAt: closing.signedAt?.toISOString() ?? null,
  }, { createdAt: closing.signedAt ?? closing.countedAt, ...(closing.state === 'closed' ? {} : { mark: 'CHƯA KÝ CHỐT' }) })
}
