// Money of a dossier for programs: what is due and paid, the code to pay by, receipts; and cash taken at a counter by a program of the desk.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { recordView, viewDossier } from '#modules/dossiers/index.ts'
import { collectCash, isExpired, orderAtDesk, payPath, type Order, type Receipt, receiptNo, receiptPdf, vietQrOf } from '#modules/payments/index.ts'
import { Ref } from './inputs.ts'
import { disposition } from '../download.ts'
import { fileRoute, route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import { BASE } from './show.ts'

const vnd = z.int().min(0).describe('Số đồng nguyên')
const maybeInstant = shapes.Instant.nullable()

const Line = z.strictObject({ code: z.string(), name: z.string(), kind: z.enum(['phi', 'le_phi']), collectAt: z.string(), fullVnd: vnd.describe('Trước miễn, giảm'), amountVnd: vnd, note: z.string().nullable() })

const OrderShape = z.strictObject({
  reference: z.string().describe('Nội dung chuyển khoản'), state: z.enum(['open', 'paid', 'void']), expired: z.boolean(), totalVnd: vnd, lines: z.array(Line), openedAt: shapes.Instant, expiresAt: shapes.Instant,
  closedAt: maybeInstant, voidReason: z.string().nullable(),
  payee: z.strictObject({ bin: z.string(), bank: z.string(), account: z.string(), holder: z.string() }).nullable(),
  vietqr: z.string().nullable().describe('Nội dung mã VietQR (EMVCo); null khi không chuyển khoản được'),
  payHref: z.string().describe('Trang trả tiền, ai có đường dẫn cũng trả được; không hiện tên người nộp'),
})

const ReceiptShape = z.strictObject({
  id: z.uuid(), number: z.string(), state: z.enum(['valid', 'cancelled']), method: z.enum(['cash', 'transfer']), amountVnd: vnd, issuedAt: shapes.Instant, cancelReason: z.string().nullable(), href: z.string(),
})

const RefundShape = z.strictObject({ state: z.enum(['proposed', 'ordered', 'paid', 'refused']), amountVnd: vnd, reason: z.string(), decisionNo: z.string().nullable(), payBy: maybeInstant, paidAt: maybeInstant })

const Payments = z.strictObject({
  state: z.enum(['nothing', 'due', 'paid']).describe('nothing: chưa phải nộp gì; due: còn khoản chưa nộp; paid: đã nộp đủ những gì đến hạn'), dueVnd: vnd, paidVnd: vnd, orders: z.array(OrderShape), receipts: z.array(ReceiptShape), refunds: z.array(RefundShape),
})

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const orderShape = (ctx: Ctx, order: Order): z.input<typeof OrderShape> => ({
  reference: order.reference, state: order.state, expired: isExpired(order, ctx.now), totalVnd: order.totalVnd, lines: order.lines.map((line) => ({ ...line })),
  openedAt: order.openedAt.toISOString(), expiresAt: order.expiresAt.toISOString(), closedAt: iso(order.closedAt), voidReason: order.voidReason,
  payee: order.payee && { bin: order.payee.bin, bank: order.payee.bank, account: order.payee.account, holder: order.payee.holder }, vietqr: vietQrOf(order, ctx.now), payHref: `${ctx.publicUrl}${payPath(ctx, order)}`,
})

const receiptShape = (dossier: { readonly id: string; readonly code: string | null }, receipt: Receipt): z.input<typeof ReceiptShape> => ({
  id: receipt.id, number: receiptNo(receipt), state: receipt.state, method: receipt.method, amountVnd: receipt.amountVnd, issuedAt: receipt.issuedAt.toISOString(), cancelReason: receipt.cancelReason,
  href: `${BASE}/dossiers/${encodeURIComponent(dossier.code ?? dossier.id)}/payments/receipts/${receipt.id}.pdf`,
})

async function paymentsFor(ctx: Ctx, ref: string): Promise<z.input<typeof Payments>> {
  const view = await viewDossier(ctx, ref)
  await recordView(ctx, view, 'dossier')
  const { payments, dossier } = view
  return {
    state: payments.dueVnd > 0 ? 'due' : payments.paidVnd > 0 ? 'paid' : 'nothing', dueVnd: payments.dueVnd, paidVnd: payments.paidVnd, orders: payments.orders.map((order) => orderShape(ctx, order)),
    receipts: payments.receipts.map((receipt) => receiptShape(dossier, receipt)),
    refunds: payments.refunds.map((refund) => ({ state: refund.state, amountVnd: refund.amountVnd, reason: refund.reason, decisionNo: refund.decisionNo, payBy: iso(refund.payBy), paidAt: iso(refund.paidAt) })),
  }
}

export const paymentRoutes: readonly Route[] = [
  route({
    id: 'getPayments', method: 'GET', path: '/dossiers/{id}/payments', tag: 'Phí, lệ phí', access: 'signed-in', summary: 'Phí của hồ sơ: còn phải nộp, đã nộp, mã VietQR, biên lai, hoàn trả.',
    params: Ref, problems: { 401: 'chưa đăng nhập' }, answer: Payments,
    handle: ({ ctx, params }) => paymentsFor(ctx, params.id),
  }),
  fileRoute({
    id: 'getFeeReceipt', method: 'GET', path: '/dossiers/{id}/payments/receipts/{receipt}.pdf', tag: 'Phí, lệ phí', access: 'signed-in', summary: 'Biên lai thu phí, lệ phí, PDF.',
    params: Ref.extend({ receipt: z.string().max(60) }), file: 'application/pdf', problems: { 401: 'chưa đăng nhập' },
    async handle({ ctx, params, reply }) {
      const view = await viewDossier(ctx, params.id)
      const receipt = view.payments.receipts.find((one) => one.id === params.receipt)
      if (!receipt) throw new NotFound('payments.no_receipt', 'Không có biên lai này.')
      await recordView(ctx, view, 'paper', 'fee_receipt')
      const bytes = await receiptPdf(ctx, receipt)
      return reply.type('application/pdf').header('content-disposition', disposition('inline', `bien-lai-${view.dossier.code}.pdf`)).header('cache-control', 'private, no-store').send(Buffer.from(bytes))
    },
  }),
  route({
    id: 'collectCash', method: 'POST', path: '/dossiers/{id}/payments/{order}/collection', tag: 'Phí, lệ phí', access: 'signed-in', status: 201, summary: 'Thu tiền mặt một khoản và cấp biên lai.',
    description: 'Người thu phí hoặc Bộ phận một cửa của đơn vị thu. Cùng Idempotency-Key chỉ thu một lần.',
    params: Ref.extend({ order: z.string().max(60) }), body: z.object({ givenVnd: z.int('Ghi số tiền khách đưa (givenVnd), số đồng nguyên.').min(0).describe('Số tiền khách đưa') }),
    problems: { 401: 'chưa đăng nhập', 403: 'không phải người thu của đơn vị', 409: 'đã nộp, không còn hiệu lực, hoặc sổ hôm nay đã chốt' },
    answer: z.strictObject({ receipt: ReceiptShape, changeVnd: vnd.describe('Tiền thừa trả khách') }),
    async handle({ ctx, params, body, key, request }) {
      const { order } = await orderAtDesk(ctx, params.order)
      if (order.subject !== params.id && order.subjectCode !== params.id) throw new NotFound('payments.no_order', 'Hồ sơ này không có khoản thu ấy.')
      const { receipt, changeVnd } = await collectCash(ctx, { order: order.id, givenVnd: body.givenVnd, key: key ?? request.id })
      return { receipt: receiptShape({ id: order.subject, code: order.subjectCode }, receipt), changeVnd }
    },
  }),
]
