// SQL of money set aside and given back: suspense, refunds, closings, call-backs, statements and what does not agree.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Closing, Refund, RefundState, Suspense, SuspenseReason, SuspenseState, Told } from './schema.ts'

const inUnits = (units: readonly string[]) => (units.length > 0 ? [...units] : [''])

// — suspense —

export async function addSuspense(tx: Tx, one: { transactionId: string; unitId: string; amountVnd: number; reason: SuspenseReason; at: Date }): Promise<string> {
  const { id } = await tx
    .insertInto('payments.suspense')
    .values({ transaction_id: one.transactionId, unit_id: one.unitId, amount_vnd: one.amountVnd, reason: one.reason, state: 'open', opened_at: one.at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const suspenseOf = (row: {
  id: string; transaction_id: string; unit_id: string; amount_vnd: number; reason: string; state: string; opened_at: Date; order_id: string | null; provider: string; provider_ref: string
  description: string | null; payer_bank: string | null; paid_at: Date
}): Suspense => ({
  id: row.id, transactionId: row.transaction_id, unitId: row.unit_id, amountVnd: row.amount_vnd, reason: row.reason as SuspenseReason, state: row.state as SuspenseState,
  openedAt: row.opened_at, orderId: row.order_id, provider: row.provider, providerRef: row.provider_ref, description: row.description, payerBank: row.payer_bank, paidAt: row.paid_at,
})

const suspenses = (reader: Reader) =>
  reader
    .selectFrom('payments.suspense as s')
    .innerJoin('payments.transaction as t', 't.id', 's.transaction_id')
    .select(['s.id', 's.transaction_id', 's.unit_id', 's.amount_vnd', 's.reason', 's.state', 's.opened_at', 's.order_id', 't.provider', 't.provider_ref', 't.description', 't.payer_bank', 't.paid_at'])

export async function suspenseAt(reader: Reader, units: readonly string[], states: readonly SuspenseState[], limit = 100): Promise<Suspense[]> {
  const rows = await suspenses(reader).where('s.unit_id', 'in', inUnits(units)).where('s.state', 'in', [...states]).orderBy('s.opened_at', 'desc').orderBy('s.id').limit(limit).execute()
  return rows.map(suspenseOf)
}

export async function lockSuspense(tx: Tx, ids: readonly string[]): Promise<Suspense[]> {
  const rows = await suspenses(tx).where('s.id', 'in', ids.length > 0 ? [...ids] : ['00000000-0000-4000-8000-000000000000']).orderBy('s.id').forUpdate('s').execute()
  return rows.map(suspenseOf)
}

export async function setSuspense(tx: Tx, id: string, changes: { state?: SuspenseState; amountVnd?: number; orderId?: string; closedAt?: Date; closedBy?: string }): Promise<void> {
  await tx
    .updateTable('payments.suspense')
    .set({ state: changes.state, amount_vnd: changes.amountVnd, order_id: changes.orderId, closed_at: changes.closedAt, closed_by: changes.closedBy })
    .where('id', '=', id)
    .execute()
}

// — refunds —

const refundOf = (row: {
  id: string; unit_id: string; subject: string | null; suspense_id: string | null; order_id: string | null; line_code: string | null; amount_vnd: number; reason: string; state: string
  proposed_at: Date; decision_no: string | null; decided_at: Date | null; decided_by: string | null; decided_name: string | null; pay_by: Date | null; paid_at: Date | null; paid_ref: string | null
}): Refund => ({
  id: row.id, unitId: row.unit_id, subject: row.subject, suspenseId: row.suspense_id, orderId: row.order_id, lineCode: row.line_code, amountVnd: row.amount_vnd, reason: row.reason,
  state: row.state as RefundState, proposedAt: row.proposed_at, decisionNo: row.decision_no, decidedAt: row.decided_at, decidedBy: row.decided_by, decidedName: row.decided_name,
  payBy: row.pay_by, paidAt: row.paid_at, paidRef: row.paid_ref,
})

export async function addRefund(
  tx: Tx,
  one: { unitId: string; subject: string | null; suspenseId?: string; orderId?: string; lineCode?: string; amountVnd: number; reason: string; at: Date; by: string | null },
): Promise<Refund> {
  const row = await tx
    .insertInto('payments.refund')
    .values({
      unit_id: one.unitId, subject: one.subject, suspense_id: one.suspenseId ?? null, order_id: one.orderId ?? null, line_code: one.lineCode ?? null, amount_vnd: one.amountVnd,
      reason: one.reason, state: 'proposed', proposed_at: one.at, proposed_by: one.by,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return refundOf(row)
}

export async function lockRefund(tx: Tx, id: string): Promise<Refund | null> {
  const row = await tx.selectFrom('payments.refund').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? refundOf(row) : null
}

export async function setRefund(
  tx: Tx, id: string,
  changes: { state: RefundState; decisionNo?: string; decidedAt?: Date; decidedBy?: string; decidedName?: string; payBy?: Date; paidAt?: Date; paidBy?: string; paidRef?: string; reason?: string },
): Promise<void> {
  await tx
    .updateTable('payments.refund')
    .set({
      state: changes.state, reason: changes.reason, decision_no: changes.decisionNo, decided_at: changes.decidedAt, decided_by: changes.decidedBy, decided_name: changes.decidedName,
      pay_by: changes.payBy, paid_at: changes.paidAt, paid_by: changes.paidBy, paid_ref: changes.paidRef,
    })
    .where('id', '=', id)
    .execute()
}

export async function refundsAt(reader: Reader, units: readonly string[], states: readonly RefundState[], limit = 100): Promise<Refund[]> {
  const rows = await reader.selectFrom('payments.refund').selectAll().where('unit_id', 'in', inUnits(units)).where('state', 'in', [...states]).orderBy('proposed_at').limit(limit).execute()
  return rows.map(refundOf)
}

export async function refundsOf(reader: Reader, subject: string): Promise<Refund[]> {
  const rows = await reader.selectFrom('payments.refund').selectAll().where('subject', '=', subject).orderBy('proposed_at').execute()
  return rows.map(refundOf)
}

// — closings —

const closingOf = (row: {
  unit_id: string; day: unknown; state: string; expected_vnd: number; counted_vnd: number; difference_reason: string | null; receipts: number; cancelled: number; counted_at: Date
  counted_by: string; counted_name: string; signed_at: Date | null; signed_name: string | null
}): Closing => ({
  unitId: row.unit_id, day: row.day as string, state: row.state as Closing['state'], expectedVnd: row.expected_vnd, countedVnd: row.counted_vnd, differenceReason: row.difference_reason,
  receipts: row.receipts, cancelled: row.cancelled, countedAt: row.counted_at, countedBy: row.counted_by, countedName: row.counted_name, signedAt: row.signed_at, signedName: row.signed_name,
})

/** Everything that touches the cash of one day and unit happens one after the other. */
export async function lockDay(tx: Tx, unitId: string, day: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`cash:${unitId}:${day}`}))`.execute(tx)
}

export async function closingOn(reader: Reader, unitId: string, day: string): Promise<Closing | null> {
  const row = await reader.selectFrom('payments.closing').selectAll().where('unit_id', '=', unitId).where(sql<SqlBool>`day = ${day}::date`).executeTakeFirst()
  return row ? closingOf(row) : null
}

export async function closingsAt(reader: Reader, unitId: string, limit = 30): Promise<Closing[]> {
  const rows = await reader.selectFrom('payments.closing').selectAll().where('unit_id', '=', unitId).orderBy('day', 'desc').limit(limit).execute()
  return rows.map(closingOf)
}

/** Of a receipt `r`: nobody has shut its day. */
export const unshut = sql<SqlBool>`not exists (select 1 from payments.closing c where c.unit_id = r.unit_id and c.day = r.issued_on and c.state = 'closed')`

/** Days with cash that nobody has shut, oldest first. */
export async function openDays(reader: Reader, unitId: string, before: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('payments.receipt as r')
    .select('r.issued_on')
    .distinct()
    .where('r.unit_id', '=', unitId)
    .where('r.method', '=', 'cash')
    .where(sql<SqlBool>`r.issued_on < ${before}::date`)
    .where(unshut)
    .orderBy('r.issued_on')
    .execute()
  return rows.map((row) => row.issued_on as unknown as string)
}

export async function setClosing(tx: Tx, one: Omit<Closing, 'signedAt' | 'signedName' | 'state'>): Promise<void> {
  const values = {
    state: 'counted', expected_vnd: one.expectedVnd, counted_vnd: one.countedVnd, difference_reason: one.differenceReason, receipts: one.receipts, cancelled: one.cancelled,
    counted_at: one.countedAt, counted_by: one.countedBy, counted_name: one.countedName,
  }
  await tx.insertInto('payments.closing').values({ unit_id: one.unitId, day: one.day, ...values }).onConflict((c) => c.columns(['unit_id', 'day']).doUpdateSet(values)).execute()
}

export async function signClosing(tx: Tx, unitId: string, day: string, by: { id: string; name: string }, at: Date): Promise<void> {
  await tx
    .updateTable('payments.closing')
    .set({ state: 'closed', signed_at: at, signed_by: by.id, signed_name: by.name })
    .where('unit_id', '=', unitId)
    .where(sql<SqlBool>`day = ${day}::date`)
    .execute()
}

// — call-backs, statements, mismatches —

export async function noteCallback(reader: Reader, one: { provider: string; at: Date; verdict: string; providerRef: string | null; body: string }): Promise<void> {
  await reader.insertInto('payments.callback').values({ provider: one.provider, at: one.at, verdict: one.verdict, provider_ref: one.providerRef, body: one.body.slice(0, 2000) }).execute()
}

export async function forgetCallbacks(reader: Reader, before: Date): Promise<void> {
  await reader.deleteFrom('payments.callback').where('at', '<', before).execute()
}

export async function callbackCounts(reader: Reader, since: Date): Promise<{ verdict: string; n: number }[]> {
  const rows = await reader.selectFrom('payments.callback').select(['verdict', sql<number>`count(*)`.as('n')]).where('at', '>=', since).groupBy('verdict').orderBy('verdict').execute()
  return rows.map((row) => ({ verdict: row.verdict, n: Number(row.n) }))
}

export async function keepStatementLine(tx: Tx, line: Told, at: Date): Promise<void> {
  const values = { amount_vnd: line.amountVnd, account: line.account, description: line.description, paid_at: line.paidAt, fetched_at: at }
  await tx.insertInto('payments.statement_line').values({ provider: line.provider, provider_ref: line.providerRef, ...values }).onConflict((c) => c.columns(['provider', 'provider_ref']).doUpdateSet(values)).execute()
}

/** Transfers a bank told us of in the span, with no line on its statements. */
export async function unstated(reader: Reader, provider: string, from: Date, to: Date) {
  return reader
    .selectFrom('payments.transaction as t')
    .select(['t.id', 't.provider_ref', 't.unit_id', 't.amount_vnd'])
    .where('t.provider', '=', provider)
    .where('t.paid_at', '>=', from)
    .where('t.received_at', '<', to)
    .where(sql<SqlBool>`not exists (select 1 from payments.statement_line s where s.provider = t.provider and s.provider_ref = t.provider_ref)`)
    .execute()
}

/** Orders whose state and receipts contradict each other: never, while the platform is right; looked for all the same. */
export async function brokenOrders(reader: Reader) {
  return reader
    .selectFrom('payments.payment_order as o')
    .select(['o.id', 'o.reference', 'o.unit_id', 'o.state'])
    .where(sql<SqlBool>`(o.state = 'paid') <> exists (select 1 from payments.receipt r where r.order_id = o.id and r.state = 'valid' and r.amount_vnd = o.total_vnd)`)
    .execute()
}

export interface Mismatch {
  readonly id: string
  readonly kind: string
  readonly provider: string
  readonly providerRef: string
  readonly unitId: string
  readonly detail: string
  readonly foundAt: Date
  readonly resolvedAt: Date | null
  readonly resolution: string | null
}

/** Null when it is on the list already. */
export async function addMismatch(
  tx: Tx, one: { kind: string; provider: string; providerRef: string; unitId: string; transactionId: string | null; detail: string; at: Date; resolution?: string },
): Promise<string | null> {
  const row = await tx
    .insertInto('payments.mismatch')
    .values({
      kind: one.kind, provider: one.provider, provider_ref: one.providerRef, unit_id: one.unitId, transaction_id: one.transactionId, detail: one.detail, found_at: one.at,
      resolved_at: one.resolution ? one.at : null, resolved_by: one.resolution ? 'system' : null, resolution: one.resolution ?? null,
    })
    .onConflict((c) => c.columns(['kind', 'provider', 'provider_ref']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

export async function mismatchesAt(reader: Reader, units: readonly string[], limit = 100): Promise<Mismatch[]> {
  const rows = await reader.selectFrom('payments.mismatch').selectAll().where('unit_id', 'in', inUnits(units)).orderBy(sql`resolved_at is null`, 'desc').orderBy('found_at', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    id: row.id, kind: row.kind, provider: row.provider, providerRef: row.provider_ref, unitId: row.unit_id, detail: row.detail, foundAt: row.found_at, resolvedAt: row.resolved_at,
    resolution: row.resolution,
  }))
}

export async function lockMismatch(tx: Tx, id: string) {
  return tx.selectFrom('payments.mismatch').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function resolveMismatch(tx: Tx, id: string, by: string, resolution: string, at: Date): Promise<void> {
  await tx.updateTable('payments.mismatch').set({ resolved_at: at, resolved_by: by, resolution }).where('id', '=', id).execute()
}

/** Transfers that a later statement has after all. */
export async function settleUnstated(tx: Tx, provider: string, at: Date): Promise<void> {
  await sql`update payments.mismatch m set resolved_at = ${at}, resolved_by = 'system', resolution = 'Sao kê về sau đã có giao dịch này'
    where m.kind = 'not_on_statement' and m.provider = ${provider} and m.resolved_at is null
      and exists (select 1 from payments.statement_line s where s.provider = m.provider and s.provider_ref = m.provider_ref)`.execute(tx)
}

export async function noteRun(reader: Reader, provider: string, at: Date, lines: number, fault: string | null): Promise<void> {
  const values = { ran_at: at, lines, fault, ...(fault === null ? { succeeded_at: at } : {}) }
  await reader.insertInto('payments.reconciliation').values({ provider, ...values }).onConflict((c) => c.column('provider').doUpdateSet(values)).execute()
}

export async function runs(reader: Reader) {
  return reader.selectFrom('payments.reconciliation').selectAll().orderBy('provider').execute()
}
