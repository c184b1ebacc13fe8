// Three-way reconciliation: orders, transactions and the bank's statement; what was never told is taken in, what differs gets an owner.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { AppError, Conflict, Forbidden, NotFound, Unavailable } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { holds } from '#core/policy/actor.ts'
import type { BankProvider } from '#core/payments/types.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { type FetchStatement, statementOf } from './bank.ts'
import { officer } from './counter.ts'
import * as facts from './events.ts'
import { reportChanged, takeIn } from './intake.ts'
import { LEADERS } from './rules.ts'
import type { Told } from './schema.ts'
import * as aside from './store-aside.ts'

/** Days of statements looked at each time: a bank may book over a weekend. */
const DAYS_BACK = 3
/** A transfer told of is given so long to come on a statement. */
const LAG_MS = 2 * 3_600_000
/** The log of call-backs is kept so long. */
const LOG_MS = 90 * 86_400_000

export interface Reconciled {
  readonly provider: string
  readonly lines: number
  /** Taken in now because no call-back ever came. */
  readonly missed: number
  readonly differing: number
  readonly fault: string | null
}

/** Compares everything with every bank. Runs again and again to the same end. A bank that does not answer is noted, and the others go on. */
export async function reconcile(ctx: Ctx, fetchStatement: FetchStatement = statementOf(ctx)): Promise<Reconciled[]> {
  await aside.forgetCallbacks(ctx.db, new Date(ctx.now.getTime() - LOG_MS))
  const done: Reconciled[] = []
  for (const provider of ctx.payments.providers) {
    try {
      const told = await linesOf(ctx, provider, fetchStatement)
      const found = await compare(ctx, provider, told)
      await aside.noteRun(ctx.db, provider.id, ctx.now, told.length, null)
      done.push({ provider: provider.id, lines: told.length, ...found, fault: null })
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      await aside.noteRun(ctx.db, provider.id, ctx.now, 0, error.message)
      done.push({ provider: provider.id, lines: 0, missed: 0, differing: 0, fault: error.message })
    }
  }
  await ordersAgainstReceipts(ctx)
  return done
}

async function linesOf(ctx: Ctx, provider: BankProvider, fetchStatement: FetchStatement): Promise<Told[]> {
  const today = localDate(ctx.now)
  const days = Array.from({ length: DAYS_BACK }, (_, back) => addDays(today, -back))
  return (await Promise.all(days.map((day) => fetchStatement(provider, day)))).flat()
}

async function compare(ctx: Ctx, provider: BankProvider, told: readonly Told[]): Promise<{ missed: number; differing: number }> {
  let missed = 0
  let differing = 0
  for (const line of told) {
    try {
      const outcome = await inTransaction(ctx.db, async (tx) => {
        const taken = await takeIn(tx, ctx, line, 'statement')
        await aside.keepStatementLine(tx, line, ctx.now)
        if (taken.outcome === 'known') return taken.outcome
        const detail = `Sao kê có giao dịch ${line.amountVnd} đồng (“${line.description}”) mà ngân hàng chưa báo.`
        const resolution = taken.outcome === 'paid' ? 'Đã tự ghi nhận và nộp vào khoản thu' : 'Đã tự ghi nhận vào tiền chờ xử lý'
        await aside.addMismatch(tx, { kind: 'missed_callback', provider: provider.id, providerRef: line.providerRef, unitId: ctx.payments.fallbackUnit, transactionId: taken.transactionId, detail, at: ctx.now, resolution })
        return taken.outcome
      })
      if (outcome !== 'known') missed++
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      await inTransaction(ctx.db, (tx) => aside.keepStatementLine(tx, line, ctx.now))
      await reportChanged(ctx, line)
      differing++
    }
  }
  differing += await notOnStatement(ctx, provider)
  return { missed, differing }
}

async function notOnStatement(ctx: Ctx, provider: BankProvider): Promise<number> {
  const from = new Date(`${addDays(localDate(ctx.now), 1 - DAYS_BACK)}T00:00:00+07:00`)
  const missing = await aside.unstated(ctx.db, provider.id, from, new Date(ctx.now.getTime() - LAG_MS))
  await inTransaction(ctx.db, async (tx) => {
    await aside.settleUnstated(tx, provider.id, ctx.now)
    for (const one of missing) {
      const detail = `Ngân hàng đã báo ${one.amount_vnd} đồng nhưng sao kê không có giao dịch này.`
      const added = await aside.addMismatch(tx, { kind: 'not_on_statement', provider: provider.id, providerRef: one.provider_ref, unitId: one.unit_id, transactionId: one.id, detail, at: ctx.now })
      if (added) await emit(tx, ctx, facts.mismatchFound, `payment:${one.id}`, { kind: 'not_on_statement', provider: provider.id, providerRef: one.provider_ref, unit: one.unit_id })
    }
  })
  return missing.length
}

/** The third leg: an order is paid exactly when it has one valid receipt of its whole sum. */
async function ordersAgainstReceipts(ctx: Ctx): Promise<void> {
  const broken = await aside.brokenOrders(ctx.db)
  if (broken.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    for (const one of broken) {
      const detail = `Khoản thu ${one.reference} ở trạng thái ${one.state} không khớp với biên lai.`
      const added = await aside.addMismatch(tx, { kind: 'order_receipt', provider: 'tinhso', providerRef: one.reference, unitId: one.unit_id, transactionId: null, detail, at: ctx.now })
      if (added) await emit(tx, ctx, facts.mismatchFound, `order:${one.id}`, { kind: 'order_receipt', provider: 'tinhso', providerRef: one.reference, unit: one.unit_id })
    }
  })
}

/** Somebody has looked into it and says what it was. */
export const resolveMismatch = act(z.object({ mismatch: z.uuid(), resolution: z.string().trim().min(5, 'Ghi rõ đã xử lý thế nào (ít nhất 5 ký tự).').max(1000) }), async (ctx, tx, input): Promise<void> => {
  const found = await aside.lockMismatch(tx, input.mismatch)
  if (!found) throw new NotFound('payments.no_mismatch', 'Không có khoản lệch này.')
  if (!holds(ctx.actor, ['thu_phi', ...LEADERS], found.unit_id)) throw new Forbidden('payments.not_owner', 'Chỉ người thu phí hoặc lãnh đạo của đơn vị xử lý được khoản lệch này.')
  if (found.resolved_at) throw new AppError(409, 'payments.mismatch_done', 'Khoản lệch này đã được xử lý.')
  await aside.resolveMismatch(tx, found.id, `officer:${officer(ctx).id}`, input.resolution.normalize('NFC'), ctx.now)
  await emit(tx, ctx, facts.mismatchResolved, `payment:${found.transaction_id ?? found.id}`, { kind: found.kind, provider: found.provider, providerRef: found.provider_ref, resolution: input.resolution })
})
