// Money that a bank tells of: each transfer once, however often and in whatever order it is told; it pays an order or is set aside.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { AppError, Conflict, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { checkSignature } from '#core/payments/signature.ts'
import type { BankProvider } from '#core/payments/types.ts'
import { heirId } from '#modules/org/index.ts'
import * as facts from './events.ts'
import { payOrder } from './receipts.ts'
import { referenceIn, settle } from './rules.ts'
import type { SuspenseReason, Told } from './schema.ts'
import * as aside from './store-aside.ts'
import * as store from './store.ts'

export type Outcome = 'paid' | 'suspense' | 'known'

/** Takes one transfer in, inside the caller's transaction. Told again it does nothing; told again with another sum it is a Conflict and goes to reconciliation. */
export async function takeIn(tx: Tx, ctx: Ctx, told: Told, source: 'callback' | 'statement'): Promise<{ outcome: Outcome; transactionId: string }> {
  const reference = referenceIn(told.description)
  const order = reference ? await store.lockOrder(tx, reference) : null
  const found = settle(order, told)
  const owner = await store.payeeOfAccount(tx, told.account)
  const unitId = owner ? await heirId(tx, owner.unitId) : ctx.payments.fallbackUnit // money still comes to accounts of units that have ended
  const pays = found.appliedVnd > 0 && order
  const id = await store.insertTransaction(tx, { ...told, source, orderId: pays ? order.id : null, unitId, appliedVnd: found.appliedVnd, receivedAt: ctx.now })
  if (!id) return { outcome: 'known', transactionId: await sameAsBefore(tx, ctx, told) }
  if (pays) await payOrder(tx, ctx, order, { transactionId: id, method: 'transfer', givenVnd: null, paidAt: told.paidAt })
  if (found.suspense) await setAside(tx, ctx, { transactionId: id, unitId, ...found.suspense, subject: order?.subject ?? null, code: order?.subjectCode ?? null })
  return { outcome: pays ? 'paid' : 'suspense', transactionId: id }
}

async function setAside(
  tx: Tx, ctx: Ctx, one: { transactionId: string; unitId: string; amountVnd: number; reason: SuspenseReason; subject: string | null; code: string | null },
): Promise<void> {
  const suspense = await aside.addSuspense(tx, { transactionId: one.transactionId, unitId: one.unitId, amountVnd: one.amountVnd, reason: one.reason, at: ctx.now })
  await emit(tx, ctx, facts.paymentInSuspense, one.subject ?? `payment:${one.transactionId}`, { suspense, amountVnd: one.amountVnd, reason: one.reason, unit: one.unitId, code: one.code }, { unitId: one.unitId })
}

class Changed extends Conflict {
  readonly told: Told
  constructor(told: Told) {
    super('payments.changed_callback', 'Giao dịch này đã được báo với số tiền hoặc tài khoản khác; lần báo này không được ghi, chuyển đối soát.')
    this.told = told
  }
}

async function sameAsBefore(tx: Tx, _ctx: Ctx, told: Told): Promise<string> {
  const before = (await store.findTransaction(tx, told.provider, told.providerRef))!
  if (before.amountVnd !== told.amountVnd || before.account !== told.account) throw new Changed(told)
  return before.id
}

const CallbackBody = z.object({
  transactionId: z.string().trim().min(1).max(100),
  amount: z.number().int().positive().max(1_000_000_000_000),
  currency: z.literal('VND'),
  account: z.string().trim().min(1).max(40),
  description: z.string().max(500),
  payerBank: z.string().max(100).nullish(),
  paidAt: z.iso.datetime({ offset: true }),
})

export const providerOf = (ctx: Ctx, id: string): BankProvider => {
  const provider = ctx.payments.providers.find((one) => one.id === id)
  if (!provider) throw new NotFound('payments.no_provider', 'Không có đối tác thanh toán này.')
  return provider
}

export interface Knock {
  readonly provider: string
  readonly timestamp: unknown
  readonly signature: unknown
  /** The bytes as they came: the signature is over them. */
  readonly body: string
}

/**
 * A call-back as it came over the wire. Idempotent by the bank's number. Throws NotFound (no such bank), AppError 401 (not signed by it, or
 * long ago), 400 (not our format), Conflict (told before with another sum). Every knock is on record with its verdict.
 */
export async function receiveCallback(ctx: Ctx, knock: Knock): Promise<Outcome> {
  const provider = providerOf(ctx, knock.provider)
  const note = (verdict: string, providerRef: string | null) => aside.noteCallback(ctx.db, { provider: provider.id, at: ctx.now, verdict, providerRef, body: knock.body })
  const signed = checkSignature(provider.secret, knock, ctx.now)
  if (signed !== 'good') {
    await note(signed, null)
    throw new AppError(401, `payments.${signed}`, signed === 'stale' ? 'Chữ ký đã cũ; ký lại với thời điểm gửi rồi gửi lại.' : 'Chữ ký không đúng; lần báo này không được ghi nhận.')
  }
  const read = CallbackBody.safeParse(jsonOf(knock.body))
  if (!read.success) {
    await note('unreadable', null)
    throw new AppError(400, 'payments.unreadable', `Nội dung báo không đúng dạng: ${read.error.issues.map((issue) => issue.path.join('.') || 'JSON').join(', ')}.`)
  }
  const { transactionId, amount, account, description, payerBank, paidAt } = read.data
  const told: Told = { provider: provider.id, providerRef: transactionId, amountVnd: amount, account, description: description.normalize('NFC'), payerBank: payerBank ?? null, paidAt: new Date(paidAt) }
  try {
    const { outcome } = await inTransaction(ctx.db, (tx) => takeIn(tx, ctx, told, 'callback'))
    await note(outcome, transactionId)
    return outcome
  } catch (error) {
    if (!(error instanceof Changed)) throw error
    await note('changed', transactionId)
    await reportChanged(ctx, told)
    throw error
  }
}

/** A bank that contradicts itself: on the list of what does not agree, once for each transfer. */
export async function reportChanged(ctx: Ctx, told: Told): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const before = (await store.findTransaction(tx, told.provider, told.providerRef))!
    const detail = `Đã ghi ${before.amountVnd} đồng vào tài khoản ${before.account}; ngân hàng báo lại ${told.amountVnd} đồng vào tài khoản ${told.account}.`
    const added = await aside.addMismatch(tx, { kind: 'changed', provider: told.provider, providerRef: told.providerRef, unitId: before.unitId, transactionId: before.id, detail, at: ctx.now })
    if (added) await emit(tx, ctx, facts.mismatchFound, `payment:${before.id}`, { kind: 'changed', provider: told.provider, providerRef: told.providerRef, unit: before.unitId })
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
