// Who may do what with money, and what a payment does: pure decisions that the property tests run through every order of events.

import { denial, refusal, type Refusal } from '#core/errors.ts'
import { formatVnd } from '#core/money/index.ts'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import { formatDateTime } from '#core/text/index.ts'
import type { Closing, Order, OrderLine, Receipt, Refund, Suspense, SuspenseReason, Told } from './schema.ts'

/** Who takes cash and gives receipts (domain reference 1.3). */
export const COLLECTORS: readonly Role[] = ['thu_phi', 'mot_cua']
/** Who decides on money of the unit. */
export const LEADERS: readonly Role[] = ['lanh_dao_don_vi', 'chu_tich']
export const CASH_ROLES: readonly Role[] = [...COLLECTORS, ...LEADERS]

const REFERENCE = /TS[2-9A-HJ-NP-Z]{10}/

/** The order's reference in what banks write around it: capitals, spaces lost or put in. */
export const referenceIn = (description: string): string | null => REFERENCE.exec(description.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''))?.[0] ?? null

export type Settled = { readonly appliedVnd: number; readonly suspense: { readonly amountVnd: number; readonly reason: SuspenseReason } | null }

type Asked = Pick<Order, 'state' | 'totalVnd' | 'expiresAt' | 'payee'>

/**
 * What a transfer does: it pays the order whole, or not at all; what pays nothing goes to suspense, to the đồng. A transfer counts by the
 * moment the payer made it, however late the bank tells of it.
 */
export function settle(order: Asked | null, told: Pick<Told, 'amountVnd' | 'account' | 'paidAt'>): Settled {
  const aside = (reason: SuspenseReason): Settled => ({ appliedVnd: 0, suspense: { amountVnd: told.amountVnd, reason } })
  if (!order) return aside('unknown_reference')
  if (order.payee?.account !== told.account) return aside('wrong_account')
  if (order.state === 'paid') return aside('already_paid')
  if (order.state === 'void') return aside('order_void')
  if (told.paidAt > order.expiresAt) return aside('late')
  if (told.amountVnd < order.totalVnd) return aside('less')
  const over = told.amountVnd - order.totalVnd
  return { appliedVnd: order.totalVnd, suspense: over > 0 ? { amountVnd: over, reason: 'more' } : null }
}

const NOT_CASHIER = denial('payments.not_cashier', 'Chỉ người thu phí hoặc Bộ phận một cửa của đơn vị thu mới thu được khoản này.')

/** Why cash may not be taken now. */
export function canCollect(order: Pick<Order, 'unitId' | 'state' | 'totalVnd' | 'voidReason'>, actor: Actor, today: Pick<Closing, 'state'> | null): Refusal | null {
  if (!holds(actor, COLLECTORS, order.unitId)) return NOT_CASHIER
  if (order.state === 'paid') return refusal('payments.already_paid', 'Khoản này đã được nộp; mở biên lai để in lại, không thu lần nữa.')
  if (order.state === 'void') return refusal('payments.void', `Khoản này không còn hiệu lực${order.voidReason ? ` (${order.voidReason.toLocaleLowerCase('vi')})` : ''}. Mở lại hồ sơ để xem khoản đang phải nộp.`)
  if (today?.state === 'closed') return refusal('payments.day_closed', 'Sổ thu hôm nay đã chốt nên không thu tiền mặt nữa. Mời người nộp quét mã VietQR, hoặc thu vào ngày làm việc sau.')
  return null
}

/** Handing less than the sum is a slip of the hand; handing more means change. */
export function changeOf(order: Pick<Order, 'totalVnd'>, givenVnd: number): number | Refusal {
  if (givenVnd >= order.totalVnd) return givenVnd - order.totalVnd
  return refusal('payments.too_little', `Khách đưa ${formatVnd(givenVnd)}, còn thiếu ${formatVnd(order.totalVnd - givenVnd)}. Nhập lại số tiền khách đưa.`)
}

/** A wrong receipt is cancelled by a leader, with a reason, before the day is shut; never by the hand that took the money. */
export function canCancel(receipt: Pick<Receipt, 'unitId' | 'state' | 'method' | 'issuedBy'>, actor: Actor, day: Pick<Closing, 'state'> | null): Refusal | null {
  if (!holds(actor, LEADERS, receipt.unitId)) return denial('payments.not_leader', 'Chỉ lãnh đạo đơn vị hủy được biên lai; người thu trình lý do để lãnh đạo hủy.')
  if (actor.kind === 'officer' && actor.id === receipt.issuedBy) return denial('payments.own_receipt', 'Người đã thu không tự hủy biên lai của mình; nhờ lãnh đạo khác.')
  if (receipt.state === 'cancelled') return refusal('payments.cancelled', 'Biên lai này đã hủy rồi.')
  if (receipt.method !== 'cash') return refusal('payments.transfer_receipt', 'Biên lai chuyển khoản không hủy; muốn trả lại tiền thì ra quyết định hoàn trả.')
  if (day?.state === 'closed') return refusal('payments.day_closed', 'Sổ thu của ngày này đã chốt nên không hủy được biên lai; muốn trả lại tiền thì ra quyết định hoàn trả.')
  return null
}

export function canCount(unitId: string, actor: Actor, day: Pick<Closing, 'state'> | null): Refusal | null {
  if (!holds(actor, COLLECTORS, unitId)) return denial('payments.not_cashier', 'Chỉ người thu phí hoặc Bộ phận một cửa của đơn vị kiểm đếm quỹ.')
  return day?.state === 'closed' ? refusal('payments.day_closed', 'Ngày này đã chốt sổ; số liệu không sửa được nữa.') : null
}

/** Four eyes: who counted does not sign. */
export function canSign(closing: Pick<Closing, 'unitId' | 'state' | 'countedBy'> | null, actor: Actor): Refusal | null {
  if (!closing) return refusal('payments.not_counted', 'Ngày này chưa kiểm đếm nên chưa ký chốt được.')
  if (!holds(actor, CASH_ROLES, closing.unitId)) return denial('payments.not_cashier', 'Chỉ người thu phí, Bộ phận một cửa hoặc lãnh đạo của đơn vị ký chốt sổ.')
  if (closing.state === 'closed') return refusal('payments.day_closed', 'Ngày này đã được ký chốt.')
  if (actor.kind === 'officer' && actor.id === closing.countedBy) return denial('payments.four_eyes', 'Người kiểm đếm không tự ký chốt; nhờ người thứ hai: lãnh đạo hoặc đồng nghiệp thu phí.')
  return null
}

/** Money in suspense belongs to the unit whose account it reached: its cashier or leader sees to it. */
export function canMatch(suspense: Pick<Suspense, 'unitId' | 'state'>, actor: Actor): Refusal | null {
  if (!holds(actor, ['thu_phi', ...LEADERS], suspense.unitId)) return denial('payments.not_owner', 'Chỉ người thu phí hoặc lãnh đạo của đơn vị nhận tiền xử lý được khoản này.')
  return suspense.state === 'open' ? null : refusal('payments.suspense_done', 'Khoản này đã được xử lý; tải lại trang để xem.')
}

/** Why these sums may not pay that order. */
export function cannotPay(order: Pick<Order, 'state' | 'totalVnd' | 'unitId'>, parts: readonly Pick<Suspense, 'amountVnd' | 'unitId'>[]): Refusal | null {
  if (order.state !== 'open') return refusal('payments.not_open', order.state === 'paid' ? 'Khoản thu đã được nộp; tiền này phải hoàn trả.' : 'Khoản thu không còn hiệu lực; tiền này phải hoàn trả.')
  if (parts.some((part) => part.unitId !== order.unitId)) return refusal('payments.other_unit', 'Tiền đang ở đơn vị khác với đơn vị thu; phải hoàn trả rồi nộp lại đúng nơi.')
  const sum = parts.reduce((total, part) => total + part.amountVnd, 0)
  return sum < order.totalVnd ? refusal('payments.not_enough', `Các khoản đã chọn cộng lại ${formatVnd(sum)}, chưa đủ ${formatVnd(order.totalVnd)}. Chọn thêm, hoặc hoàn trả.`) : null
}

/** How the sums chosen pay an order: each wholly, the last one as far as needed. Sums as given; nothing lost. */
export function shares(totalVnd: number, amounts: readonly number[]): { usedVnd: number; leftVnd: number }[] {
  let need = totalVnd
  return amounts.map((amount) => {
    const usedVnd = Math.min(need, amount)
    need -= usedVnd
    return { usedVnd, leftVnd: amount - usedVnd }
  })
}

/** A paid order may be given back by decision, in part or whole: its unit's cashier or leader proposes it. */
export function canProposeRefund(order: Pick<Order, 'unitId' | 'state'>, actor: Actor): Refusal | null {
  if (!holds(actor, ['thu_phi', ...LEADERS], order.unitId)) return denial('payments.not_owner', 'Chỉ người thu phí hoặc lãnh đạo của đơn vị thu đề nghị hoàn trả.')
  return order.state === 'paid' ? null : refusal('payments.nothing_paid', 'Khoản này chưa nộp nên không có gì để hoàn trả.')
}

export function canDecideRefund(refund: Pick<Refund, 'unitId' | 'state'>, actor: Actor): Refusal | null {
  if (!holds(actor, LEADERS, refund.unitId)) return denial('payments.not_leader', 'Chỉ lãnh đạo đơn vị quyết định hoàn trả.')
  return refund.state === 'proposed' ? null : refusal('payments.refund_decided', 'Đề nghị này đã được quyết định.')
}

/** Who decided does not pay out. */
export function canPayRefund(refund: Pick<Refund, 'unitId' | 'state' | 'decidedBy'>, actor: Actor): Refusal | null {
  if (!holds(actor, 'thu_phi', refund.unitId)) return denial('payments.not_cashier', 'Chỉ kế toán, thu phí của đơn vị ghi nhận việc chuyển trả.')
  if (actor.kind === 'officer' && actor.id === refund.decidedBy) return denial('payments.four_eyes', 'Người quyết định hoàn trả không tự chuyển trả.')
  return refund.state === 'ordered' ? null : refusal('payments.refund_not_ordered', refund.state === 'paid' ? 'Khoản này đã chuyển trả.' : 'Chưa có quyết định hoàn trả của lãnh đạo.')
}

export const isExpired = (order: Pick<Order, 'state' | 'expiresAt'>, now: Date): boolean => order.state === 'open' && now > order.expiresAt

/** Why a code cannot be paid by transfer now. */
export function cannotTransfer(order: Pick<Order, 'state' | 'expiresAt' | 'payee'>, now: Date): Refusal | null {
  if (order.state === 'paid') return refusal('payments.already_paid', 'Khoản này đã được nộp; không phải nộp nữa.')
  if (order.state === 'void') return refusal('payments.void', 'Khoản này không còn hiệu lực; không phải nộp.')
  if (!order.payee) return refusal('payments.cash_only', 'Đơn vị chưa có tài khoản nhận tiền; xin nộp tiền mặt tại Bộ phận một cửa.')
  return isExpired(order, now) ? refusal('payments.expired', `Mã thanh toán đã hết hạn lúc ${formatDateTime(order.expiresAt)}; bấm lấy mã còn hạn rồi mới chuyển tiền.`) : null
}

/** What is wanted now against what was paid and asked for before. */
export interface Demand {
  /** Orders that stay as they are. */
  readonly keep: readonly string[]
  /** Orders that no longer ask for the right thing. */
  readonly revoke: readonly string[]
  /** Lines of a further order; none when all is asked for. */
  readonly open: readonly OrderLine[]
  /** What was paid beyond what is due, by line: to be given back by decision. */
  readonly over: readonly GivenBack[]
}

type Known = Pick<Order, 'id' | 'state' | 'lines'>

/** What was given back, or is proposed to be, of a line of a paid order. */
export interface GivenBack {
  readonly orderId: string
  readonly code: string
  readonly amountVnd: number
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0)

/**
 * Compares what is due with what was paid and what is asked for. Only the difference is asked for; an open order stays while each of its
 * lines is still exactly the sum missing; what was paid beyond is over, taken from the latest orders first and from none more than it paid.
 * `known` in the order in which they were opened.
 */
export function demandOf(due: readonly OrderLine[], known: readonly Known[], back: readonly GivenBack[] = []): Demand {
  const wanted = new Map(due.map((line) => [line.code, line]))
  const paidLines = known.filter((one) => one.state === 'paid').flatMap((one) => one.lines.map((line) => ({ orderId: one.id, code: line.code, amountVnd: line.amountVnd })))
  const kept = paidLines.map((line) => ({ ...line, amountVnd: line.amountVnd - sum(back.filter((one) => one.orderId === line.orderId && one.code === line.code).map((one) => one.amountVnd)) }))
  const missing = (code: string): number => (wanted.get(code)?.amountVnd ?? 0) - sum(kept.filter((line) => line.code === code).map((line) => line.amountVnd))
  const asked = new Set<string>()
  const keep: string[] = []
  const revoke: string[] = []
  for (const order of known.filter((one) => one.state === 'open')) {
    const right = order.lines.every((line) => line.amountVnd === missing(line.code) && !asked.has(line.code))
    ;(right ? keep : revoke).push(order.id)
    if (right) for (const line of order.lines) asked.add(line.code)
  }
  const open = due.filter((line) => missing(line.code) > 0 && !asked.has(line.code)).map((line) => ({ ...line, amountVnd: missing(line.code) }))
  const over = [...new Set(kept.map((line) => line.code))].flatMap((code) => {
    const lines = kept.filter((line) => line.code === code && line.amountVnd > 0).toReversed()
    const taken = shares(Math.max(0, -missing(code)), lines.map((line) => line.amountVnd))
    return lines.map((line, i) => ({ ...line, amountVnd: taken[i]!.usedVnd })).filter((line) => line.amountVnd > 0)
  })
  return { keep, revoke, open, over }
}
