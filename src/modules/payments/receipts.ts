// Issuing a receipt (biên lai): the next number of its book, its data taken down, the order paid; all in the payment's own transaction.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { amountInWords } from '#core/money/index.ts'
import { nextNumber } from '#core/numbering.ts'
import type { TemplateData } from '#core/print/index.ts'
import { localDate } from '#core/workdays/index.ts'
import * as facts from './events.ts'
import { METHOD_LABELS, type Order, type Receipt, type ReceiptMethod, receiptNo, SERIES } from './schema.ts'
import * as store from './store.ts'

export type FeeReceiptData = TemplateData<'fee-receipt'>

export interface Paying {
  readonly transactionId: string
  readonly method: ReceiptMethod
  readonly givenVnd: number | null
  readonly paidAt: Date
}

function dataOf(ctx: Ctx, order: Order, no: { year: number; series: string; number: number }, paying: Paying): FeeReceiptData {
  const { superiorAgency, issuingAgency, place, dossier, applicant, procedure } = order.about
  return {
    superiorAgency, issuingAgency, place, dossier, applicant, procedure, formNo: null, number: String(no.number).padStart(7, '0'), issuedOn: localDate(ctx.now),
    series: `${no.series}/${no.year}`,
    lines: order.lines.map((line) => ({ name: line.name, amountVnd: line.amountVnd, note: line.note })),
    totalInWords: amountInWords(order.totalVnd), method: METHOD_LABELS[paying.method], paidAt: paying.paidAt.toISOString(), payer: null, recipients: ['Người nộp', 'Lưu: kế toán'],
    signer: { authority: null, title: 'NGƯỜI THU TIỀN', name: ctx.actor.kind === 'officer' ? ctx.actor.name : 'Hệ thống ghi nhận', hint: ctx.actor.kind === 'officer' ? '(Ký, ghi rõ họ tên)' : null },
  }
}

/** Pays the order and gives its one receipt. The caller holds the order's lock and has asked the rules. */
export async function payOrder(tx: Tx, ctx: Ctx, order: Order, paying: Paying): Promise<Receipt> {
  const on = localDate(ctx.now)
  const year = Number(on.slice(0, 4))
  const series = SERIES[paying.method]
  const number = await nextNumber(tx, `fee-receipt:${order.unitId}:${year}:${series}`)
  const by = ctx.actor.kind === 'officer' && paying.method === 'cash' ? { id: ctx.actor.id, name: ctx.actor.name } : null
  const receipt = await store.insertReceipt(tx, {
    unitId: order.unitId, year, series, number, orderId: order.id, transactionId: paying.transactionId, method: paying.method, amountVnd: order.totalVnd, givenVnd: paying.givenVnd,
    data: dataOf(ctx, order, { year, series, number }, paying), at: ctx.now, on, by,
  })
  await store.setOrder(tx, order.id, { state: 'paid', closedAt: ctx.now, voidReason: null })
  const no = receiptNo(receipt)
  await emit(tx, ctx, facts.receiptIssued, order.subject, { order: order.id, number: no, amountVnd: order.totalVnd, method: paying.method }, { unitId: order.unitId })
  await emit(tx, ctx, facts.orderPaid, order.subject, {
    order: order.id, reference: order.reference, code: order.subjectCode, amountVnd: order.totalVnd, method: paying.method, receipt: no, lines: order.lines.map((line) => line.code),
  }, { unitId: order.unitId })
  return receipt
}
