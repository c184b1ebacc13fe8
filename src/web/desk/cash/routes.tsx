// HTTP of the cash desk: collect, print, cancel, close the day, match or give back what is aside, look at the reconciliation.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { parseVnd } from '#core/money/index.ts'
import {
  cancelReceipt, cashDesk, cashUnit, closingPdf, collectCash, countDay, dayAtDesk, matchSuspense, orderAtDesk, orderRefund, payRefund, proposeOrderRefund, proposeRefund, receiptAtDesk, receiptNo, receiptPdf,
  reconciliationAtDesk, refuseRefund, renewOrder, resolveMismatch, signDay, suspenseAtDesk,
} from '#modules/payments/index.ts'
import { seeOther } from '../../page.tsx'
import { bodyOf, many, one, queryOf } from '../answers.tsx'
import { say } from '../flash.ts'
import { disposition } from '../../download.ts'
import { sendDesk } from '../frame.tsx'
import { ReconciliationScreen, SuspenseScreen } from './aside.tsx'
import { DayScreen } from './day.tsx'
import { CASH, CashScreen, dayHref, orderHref, OrderScreen, type OrderScreenProps, receiptHref, ReceiptScreen } from './screens.tsx'

interface Ref { Params: { ref: string } }
interface Id { Params: { id: string } }
interface Day { Params: { day: string } }

const crumb = { label: 'Thu phí', href: CASH }

const pdf = (reply: FastifyReply, bytes: Uint8Array, name: string): FastifyReply =>
  reply.type('application/pdf').header('cache-control', 'no-store').header('content-disposition', disposition('inline', name)).send(Buffer.from(bytes))

/** What a scanner types: the address on the receipt of a dossier, or a VietQR code, stands for its dossier or order. */
function scanned(text: string): string {
  const code = /\/tra-cuu\/([^/?#\s]+)/.exec(text)?.[1]
  return code ? decodeURIComponent(code) : (/^0002\d{2}.*?(TS[2-9A-HJ-NP-Z]{10})/.exec(text)?.[1] ?? text)
}

/** An amount as people type it; what is no amount is a fault of its field. */
function amount(text: string, key: string): number {
  const vnd = parseVnd(text)
  if (vnd === null) throw new Invalid([{ key, message: `“${text}” không phải số tiền. Ghi số đồng, ví dụ 50.000.` }])
  return vnd
}

const dayOf = (request: FastifyRequest<Day>): string => {
  if (/^\d{4}-\d\d-\d\d$/.test(request.params.day) && !Number.isNaN(Date.parse(request.params.day))) return request.params.day
  throw new NotFound('payments.no_day', 'Ngày trong địa chỉ không đúng.')
}

/** A unit that has ended, whose day is looked at or settled; null for one's own. */
const formerOf = (request: FastifyRequest): string | null => one(queryOf(request), 'unit').slice(0, 60) || null

export async function cashRoutes(app: FastifyInstance): Promise<void> {
  app.get(CASH.replace('/desk', ''), async (request, reply) => {
    const q = scanned(one(queryOf(request), 'q').normalize('NFC').slice(0, 400))
    const desk = await cashDesk(request.ctx, q)
    const exact = desk.orders.filter((order) => order.reference === q.toUpperCase() || order.subjectCode === q.toUpperCase())
    if (exact.length === 1) return seeOther(reply, orderHref(exact[0]!))
    return sendDesk(request, reply, { title: 'Thu phí, lệ phí', here: 'cash' }, <CashScreen ctx={request.ctx} desk={desk} q={q} />)
  })

  const orderPage = async (request: FastifyRequest<Ref>, reply: FastifyReply, more: { errors?: Invalid['fields']; given?: string; formKey?: string; back?: OrderScreenProps['back'] } = {}) => {
    const view = await orderAtDesk(request.ctx, request.params.ref)
    return sendDesk(
      request, reply, { title: `Thu ${view.order.subjectCode}`, here: 'cash', status: more.errors || more.back ? 422 : 200, crumbs: [crumb, { label: view.order.subjectCode }] },
      <OrderScreen ctx={request.ctx} view={view} formKey={more.formKey ?? randomUUID()} given={more.given} errors={more.errors} back={more.back} />,
    )
  }

  app.get<Ref>('/cash/orders/:ref', async (request, reply) => orderPage(request, reply))

  app.get<Ref>('/cash/orders/:ref/state', async (request, reply) => {
    const { order } = await orderAtDesk(request.ctx, request.params.ref)
    return reply.header('cache-control', 'no-store').send({ state: order.state })
  })

  app.post<Ref>('/cash/orders/:ref/collection', async (request, reply) => {
    const { ctx } = request
    const { order } = await orderAtDesk(ctx, request.params.ref)
    const body = bodyOf(request)
    const given = one(body, 'given')
    try {
      const { receipt } = await collectCash(ctx, { order: order.id, givenVnd: given === '' ? order.totalVnd : amount(given, 'given'), key: one(body, 'key') })
      say(request, reply, { message: `Đã thu, biên lai số ${receiptNo(receipt)}.`, link: { href: `${receiptHref(receipt)}.pdf`, label: 'In biên lai' } })
      return seeOther(reply, receiptHref(receipt))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return orderPage(request, reply, { errors: error.fields.map((fault) => ({ ...fault, key: 'given' })), given, formKey: one(body, 'key') || undefined })
    }
  })

  app.post<Ref>('/cash/orders/:ref/renewal', async (request, reply) => {
    const { order } = await orderAtDesk(request.ctx, request.params.ref)
    await renewOrder(request.ctx, { order: order.id })
    return seeOther(reply, orderHref(order))
  })

  app.post<Ref>('/cash/orders/:ref/refund', async (request, reply) => {
    const { order } = await orderAtDesk(request.ctx, request.params.ref)
    const body = bodyOf(request)
    try {
      await proposeOrderRefund(request.ctx, { order: order.id, amountVnd: amount(one(body, 'amount'), 'amountVnd'), reason: one(body, 'reason') })
    } catch (error) {
      const errors = error instanceof Invalid ? error.fields : error instanceof Conflict && error.code === 'payments.refund_too_much' ? [{ key: 'amountVnd', message: error.message }] : null
      if (!errors) throw error
      return orderPage(request, reply, { back: { errors: errors.map((fault) => (fault.key === 'amountVnd' ? { ...fault, key: 'amount' } : fault)), amount: one(body, 'amount'), reason: one(body, 'reason') } })
    }
    say(request, reply, { message: 'Đã trình lãnh đạo quyết định hoàn trả.' })
    return seeOther(reply, `${CASH}/suspense`)
  })

  const receiptPage = async (request: FastifyRequest<Id>, reply: FastifyReply, more: { errors?: Invalid['fields']; reason?: string } = {}) => {
    const view = await receiptAtDesk(request.ctx, request.params.id)
    return sendDesk(
      request, reply, { title: `Biên lai ${receiptNo(view.receipt)}`, here: 'cash', status: more.errors ? 422 : 200, crumbs: [crumb, { label: receiptNo(view.receipt) }] },
      <ReceiptScreen ctx={request.ctx} view={view} errors={more.errors} reason={more.reason} />,
    )
  }

  app.get<Id>('/cash/receipts/:id', async (request, reply) => {
    if (!request.params.id.endsWith('.pdf')) return receiptPage(request, reply)
    const { receipt } = await receiptAtDesk(request.ctx, request.params.id.slice(0, -4))
    return pdf(reply, await receiptPdf(request.ctx, receipt), `bien-lai-${receipt.series}-${receipt.number}.pdf`)
  })

  app.post<Id>('/cash/receipts/:id/cancellation', async (request, reply) => {
    const reason = one(bodyOf(request), 'reason')
    await receiptAtDesk(request.ctx, request.params.id)
    try {
      const receipt = await cancelReceipt(request.ctx, { receipt: request.params.id, reason })
      say(request, reply, { message: `Đã hủy biên lai ${receiptNo(receipt)}. Trả lại tiền cho người nộp; khoản thu đã mở lại.`, tone: 'warn' })
      return seeOther(reply, receiptHref(receipt))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return receiptPage(request, reply, { errors: error.fields, reason })
    }
  })

  const dayPage = async (request: FastifyRequest<Day>, reply: FastifyReply, more: { errors?: Invalid['fields']; typed?: { counted: string; reason: string } } = {}) => {
    const view = await dayAtDesk(request.ctx, dayOf(request), formerOf(request))
    return sendDesk(request, reply, { title: 'Chốt sổ', here: 'cash', status: more.errors ? 422 : 200, crumbs: [crumb, { label: 'Chốt sổ' }] }, <DayScreen ctx={request.ctx} view={view} {...more} />)
  }

  app.get<Day>('/cash/days/:day', async (request, reply) => dayPage(request, reply))

  app.get<Day>('/cash/days/:day/report.pdf', async (request, reply) => {
    const view = await dayAtDesk(request.ctx, dayOf(request), formerOf(request))
    return pdf(reply, await closingPdf(request.ctx, view), `so-thu-${view.day}.pdf`)
  })

  app.post<Day>('/cash/days/:day/count', async (request, reply) => {
    const body = bodyOf(request)
    const typed = { counted: one(body, 'counted'), reason: one(body, 'differenceReason') }
    try {
      await countDay(request.ctx, { unit: formerOf(request) ?? cashUnit(request.ctx), day: dayOf(request), countedVnd: amount(typed.counted, 'counted'), differenceReason: typed.reason || null })
      say(request, reply, { message: 'Đã ghi kết quả kiểm đếm. Nhờ người thứ hai ký chốt.' })
      return seeOther(reply, dayHref(dayOf(request), { former: formerOf(request) }))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return dayPage(request, reply, { errors: error.fields.map((fault) => (fault.key === 'countedVnd' ? { ...fault, key: 'counted' } : fault)), typed })
    }
  })

  app.post<Day>('/cash/days/:day/signature', async (request, reply) => {
    await signDay(request.ctx, { unit: formerOf(request) ?? cashUnit(request.ctx), day: dayOf(request) })
    say(request, reply, { message: 'Đã ký chốt sổ.', link: { href: dayHref(dayOf(request), { under: '/report.pdf', former: formerOf(request) }), label: 'In bảng kê' } })
    return seeOther(reply, dayHref(dayOf(request), { former: formerOf(request) }))
  })

  const asidePage = async (request: FastifyRequest, reply: FastifyReply, errors?: Invalid['fields']) =>
    sendDesk(request, reply, { title: 'Tiền chờ xử lý', here: 'cash', status: errors ? 422 : 200, crumbs: [crumb, { label: 'Tiền chờ xử lý' }] }, <SuspenseScreen ctx={request.ctx} view={await suspenseAtDesk(request.ctx)} errors={errors} typed={{ order: one(bodyOf(request), 'order'), reason: one(bodyOf(request), 'reason') }} />)

  /** Runs an act of the page; faults of its fields come back on the page itself. */
  const onAside = async (request: FastifyRequest, reply: FastifyReply, act: () => Promise<string>) => {
    cashUnit(request.ctx)
    try {
      say(request, reply, { message: await act() })
      return seeOther(reply, `${CASH}/suspense`)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return asidePage(request, reply, error.fields)
    }
  }

  app.get('/cash/suspense', async (request, reply) => asidePage(request, reply))

  app.post('/cash/suspense', async (request, reply) =>
    onAside(request, reply, async () => {
      const body = bodyOf(request)
      const chosen = many(body, 'suspense')
      if (one(body, 'do') !== 'refund') {
        const receipt = await matchSuspense(request.ctx, { suspense: chosen, order: one(body, 'order') })
        return `Đã ghép, biên lai số ${receiptNo(receipt)}.`
      }
      if (chosen.length === 0) throw new Invalid([{ key: 'suspense', message: 'Chọn ít nhất một khoản.' }])
      for (const suspense of chosen) await proposeRefund(request.ctx, { suspense, reason: one(body, 'reason') })
      return 'Đã trình lãnh đạo quyết định hoàn trả.'
    }))

  app.post<Id>('/cash/refunds/:id/decision', async (request, reply) =>
    onAside(request, reply, async () => {
      const body = bodyOf(request)
      if (one(body, 'do') === 'refuse') await refuseRefund(request.ctx, { refund: request.params.id, reason: one(body, 'reason') })
      else await orderRefund(request.ctx, { refund: request.params.id, decisionNo: one(body, 'decisionNo') })
      return one(body, 'do') === 'refuse' ? 'Đã ghi: không hoàn trả.' : 'Đã quyết định hoàn trả; kế toán chuyển trả và ghi số chứng từ.'
    }))

  app.post<Id>('/cash/refunds/:id/payment', async (request, reply) =>
    onAside(request, reply, async () => {
      await payRefund(request.ctx, { refund: request.params.id, paidRef: one(bodyOf(request), 'paidRef') })
      return 'Đã ghi nhận chuyển trả.'
    }))

  const reconciliationPage = async (request: FastifyRequest, reply: FastifyReply, errors?: Invalid['fields']) =>
    sendDesk(request, reply, { title: 'Đối soát ngân hàng', here: 'cash', status: errors ? 422 : 200, crumbs: [crumb, { label: 'Đối soát ngân hàng' }] }, <ReconciliationScreen ctx={request.ctx} view={await reconciliationAtDesk(request.ctx)} errors={errors} />)

  app.get('/cash/reconciliation', async (request, reply) => reconciliationPage(request, reply))

  app.post<Id>('/cash/mismatches/:id/resolution', async (request, reply) => {
    try {
      await resolveMismatch(request.ctx, { mismatch: request.params.id, resolution: one(bodyOf(request), 'resolution') })
      say(request, reply, { message: 'Đã ghi cách xử lý.' })
      return seeOther(reply, `${CASH}/reconciliation`)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return reconciliationPage(request, reply, error.fields)
    }
  })
}
