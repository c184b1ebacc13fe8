// Facts about money. About an order they are facts of its dossier (the subject); names and accounts stay out of them.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const order = { order: z.string(), reference: z.string(), code: z.string(), amountVnd: z.number().int() }

export const orderOpened = defineEvent('payments.order_opened', z.object({ ...order, expiresAt: z.iso.datetime(), lines: z.array(z.string()) }))
export const orderVoided = defineEvent('payments.order_voided', z.object({ ...order, reason: z.string() }))
export const orderRenewed = defineEvent('payments.order_renewed', z.object({ ...order, expiresAt: z.iso.datetime() }))
export const orderPaid = defineEvent('payments.order_paid', z.object({ ...order, method: z.enum(['cash', 'transfer']), receipt: z.string(), lines: z.array(z.string()) }))
export const receiptIssued = defineEvent('payments.receipt_issued', z.object({ order: z.string(), number: z.string(), amountVnd: z.number().int(), method: z.enum(['cash', 'transfer']) }))
export const receiptCancelled = defineEvent('payments.receipt_cancelled', z.object({ ...order, number: z.string(), reason: z.string() }))
export const paymentInSuspense = defineEvent('payments.payment_in_suspense', z.object({ suspense: z.string(), amountVnd: z.number().int(), reason: z.string(), unit: z.string(), code: z.string().nullable() }))
export const suspenseMatched = defineEvent('payments.suspense_matched', z.object({ suspense: z.string(), order: z.string(), amountVnd: z.number().int() }))
export const refundProposed = defineEvent('payments.refund_proposed', z.object({ refund: z.string(), amountVnd: z.number().int(), reason: z.string() }))
export const refundOrdered = defineEvent('payments.refund_ordered', z.object({ refund: z.string(), amountVnd: z.number().int(), decisionNo: z.string(), payBy: z.iso.datetime() }))
export const refundRefused = defineEvent('payments.refund_refused', z.object({ refund: z.string(), amountVnd: z.number().int(), reason: z.string() }))
export const refunded = defineEvent('payments.refunded', z.object({ refund: z.string(), amountVnd: z.number().int(), paidRef: z.string() }))
export const dayCounted = defineEvent('payments.day_counted', z.object({ unit: z.string(), day: z.iso.date(), expectedVnd: z.number().int(), countedVnd: z.number().int() }))
export const dayClosed = defineEvent('payments.day_closed', z.object({ unit: z.string(), day: z.iso.date(), expectedVnd: z.number().int(), countedVnd: z.number().int(), receipts: z.number().int() }))
export const mismatchFound = defineEvent('payments.mismatch_found', z.object({ kind: z.string(), provider: z.string(), providerRef: z.string(), unit: z.string() }))
export const mismatchResolved = defineEvent('payments.mismatch_resolved', z.object({ kind: z.string(), provider: z.string(), providerRef: z.string(), resolution: z.string() }))
