// SQL of payees, orders and their lines, transactions and receipts.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { fold } from '#core/text/index.ts'
import type { About, Order, OrderLine, OrderState, Payee, Receipt, ReceiptMethod, Told } from './schema.ts'

// — payees —

export async function setPayees(tx: Tx, payees: readonly Payee[]): Promise<void> {
  for (let at = 0; at < payees.length; at += 500) {
    await tx
      .insertInto('payments.payee')
      .values(payees.slice(at, at + 500).map(({ unitId, bin, bank, account, holder }) => ({ unit_id: unitId, bin, bank, account, holder })))
      .onConflict((c) => c.column('unit_id').doUpdateSet((eb) => ({ bin: eb.ref('excluded.bin'), bank: eb.ref('excluded.bank'), account: eb.ref('excluded.account'), holder: eb.ref('excluded.holder') })))
      .execute()
  }
}

const payeeOf = (row: { unit_id: string; bin: string; bank: string; account: string; holder: string }): Payee => ({
  unitId: row.unit_id, bin: row.bin, bank: row.bank, account: row.account, holder: row.holder,
})

export async function payeeOfUnit(reader: Reader, unitId: string): Promise<Payee | null> {
  const row = await reader.selectFrom('payments.payee').selectAll().where('unit_id', '=', unitId).executeTakeFirst()
  return row ? payeeOf(row) : null
}

export async function payeeOfAccount(reader: Reader, account: string): Promise<Payee | null> {
  const row = await reader.selectFrom('payments.payee').selectAll().where('account', '=', account).executeTakeFirst()
  return row ? payeeOf(row) : null
}

export async function countPayees(reader: Reader): Promise<number> {
  const { n } = await reader.selectFrom('payments.payee').select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()
  return Number(n)
}

// — orders —

const orderColumns = ['id', 'reference', 'subject', 'subject_code', 'unit_id', 'payee', 'payer_name', 'citizen_id', 'about', 'total_vnd', 'state', 'expires_at', 'opened_at', 'closed_at',
  'void_reason'] as const

interface OrderRow {
  id: string
  reference: string
  subject: string
  subject_code: string
  unit_id: string
  payee: unknown
  payer_name: string
  citizen_id: string | null
  about: unknown
  total_vnd: number
  state: string
  expires_at: Date
  opened_at: Date
  closed_at: Date | null
  void_reason: string | null
}

async function withLines(reader: Reader, rows: readonly OrderRow[]): Promise<Order[]> {
  if (rows.length === 0) return []
  const lines = await reader.selectFrom('payments.line').selectAll().where('order_id', 'in', rows.map((row) => row.id)).orderBy('order_id').orderBy('n').execute()
  const byOrder = Map.groupBy(lines, (line) => line.order_id)
  return rows.map((row) => ({
    id: row.id, reference: row.reference, subject: row.subject, subjectCode: row.subject_code, unitId: row.unit_id, payee: row.payee as Payee | null, payerName: row.payer_name,
    citizenId: row.citizen_id, about: row.about as About, totalVnd: row.total_vnd, state: row.state as OrderState, expiresAt: row.expires_at, openedAt: row.opened_at,
    closedAt: row.closed_at, voidReason: row.void_reason,
    lines: (byOrder.get(row.id) ?? []).map((line): OrderLine => ({
      code: line.code, name: line.name, kind: line.kind as OrderLine['kind'], collectAt: line.collect_at, fullVnd: line.full_vnd, amountVnd: line.amount_vnd, note: line.note,
    })),
  }))
}

export interface NewOrder {
  readonly reference: string
  readonly subject: string
  readonly subjectCode: string
  readonly unitId: string
  readonly payee: Payee | null
  readonly payerName: string
  readonly citizenId: string | null
  readonly about: About
  readonly lines: readonly OrderLine[]
  readonly expiresAt: Date
  readonly at: Date
}

export async function insertOrder(tx: Tx, order: NewOrder): Promise<Order> {
  const row = await tx
    .insertInto('payments.payment_order')
    .values({
      reference: order.reference, subject: order.subject, subject_code: order.subjectCode, unit_id: order.unitId, payee: order.payee && JSON.stringify(order.payee),
      payer_name: order.payerName, citizen_id: order.citizenId, about: JSON.stringify(order.about), search: [order.subjectCode, order.reference, order.payerName].map(fold).join('|'),
      total_vnd: order.lines.reduce((sum, line) => sum + line.amountVnd, 0), state: 'open', expires_at: order.expiresAt, opened_at: order.at,
    })
    .returning(orderColumns)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('payments.line')
    .values(order.lines.map((line, n) => ({
      order_id: row.id, n: n + 1, code: line.code, name: line.name, kind: line.kind, collect_at: line.collectAt, full_vnd: line.fullVnd, amount_vnd: line.amountVnd, note: line.note,
    })))
    .execute()
  return (await withLines(tx, [row]))[0]!
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export async function findOrder(reader: Reader, ref: string): Promise<Order | null> {
  const rows = await reader.selectFrom('payments.payment_order').select(orderColumns).where(UUID.test(ref) ? 'id' : 'reference', '=', ref).execute()
  return (await withLines(reader, rows))[0] ?? null
}

/** Holds the order until the transaction ends: what pays it happens one after the other. */
export async function lockOrder(tx: Tx, ref: string): Promise<Order | null> {
  const rows = await tx.selectFrom('payments.payment_order').select(orderColumns).where(UUID.test(ref) ? 'id' : 'reference', '=', ref).forUpdate().execute()
  return (await withLines(tx, rows))[0] ?? null
}

export async function lockOrdersOf(tx: Tx, subject: string): Promise<Order[]> {
  const rows = await tx.selectFrom('payments.payment_order').select(orderColumns).where('subject', '=', subject).orderBy('id').forUpdate().execute()
  return withLines(tx, rows)
}

export async function ordersOf(reader: Reader, subject: string): Promise<Order[]> {
  const rows = await reader.selectFrom('payments.payment_order').select(orderColumns).where('subject', '=', subject).orderBy('opened_at').orderBy('id').execute()
  return withLines(reader, rows)
}

/** Open orders of the units, oldest first; with words, those whose code, reference or payer holds every word, paid ones too. */
export async function ordersAt(reader: Reader, units: readonly string[], { q = '', limit = 50 }: { q?: string; limit?: number } = {}): Promise<Order[]> {
  const words = fold(q).replaceAll(/[|%_\\]/g, ' ').split(' ').filter(Boolean).slice(0, 8)
  const rows = await reader
    .selectFrom('payments.payment_order')
    .select(orderColumns)
    .where('unit_id', 'in', units.length > 0 ? [...units] : [''])
    .$if(words.length === 0, (query) => query.where('state', '=', 'open'))
    .$if(words.length > 0, (query) => words.reduce((narrowed, word) => narrowed.where('search', 'like', `%${word}%`), query.where('state', '!=', 'void')))
    .orderBy(sql`state = 'open'`, 'desc')
    .orderBy('opened_at')
    .limit(limit)
    .execute()
  return withLines(reader, rows)
}

export async function countOpen(reader: Reader, units: readonly string[]): Promise<{ orders: number; vnd: number }> {
  const row = await reader
    .selectFrom('payments.payment_order')
    .select([sql<number>`count(*)`.as('orders'), sql<number>`coalesce(sum(total_vnd), 0)`.as('vnd')])
    .where('unit_id', 'in', units.length > 0 ? [...units] : [''])
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return { orders: Number(row.orders), vnd: Number(row.vnd) }
}

export async function setOrder(tx: Tx, id: string, changes: { state?: OrderState; expiresAt?: Date; closedAt?: Date | null; voidReason?: string | null }): Promise<void> {
  await tx
    .updateTable('payments.payment_order')
    .set({ state: changes.state, expires_at: changes.expiresAt, closed_at: changes.closedAt, void_reason: changes.voidReason })
    .where('id', '=', id)
    .execute()
}

// — transactions —

export interface NewTransaction extends Omit<Told, 'account' | 'description'> {
  readonly source: 'callback' | 'statement' | 'counter'
  readonly account: string | null
  readonly description: string | null
  readonly orderId: string | null
  readonly unitId: string
  readonly appliedVnd: number
  readonly receivedAt: Date
}

/** Null when this transfer is known already: one number, one transaction. */
export async function insertTransaction(tx: Tx, one: NewTransaction): Promise<string | null> {
  const row = await tx
    .insertInto('payments.transaction')
    .values({
      provider: one.provider, provider_ref: one.providerRef, source: one.source, order_id: one.orderId, unit_id: one.unitId, amount_vnd: one.amountVnd, applied_vnd: one.appliedVnd,
      account: one.account, description: one.description, payer_bank: one.payerBank, paid_at: one.paidAt, received_at: one.receivedAt,
    })
    .onConflict((c) => c.columns(['provider', 'provider_ref']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

export interface Transaction {
  readonly id: string
  readonly provider: string
  readonly providerRef: string
  readonly orderId: string | null
  readonly unitId: string
  readonly amountVnd: number
  readonly appliedVnd: number
  readonly account: string | null
  readonly receivedAt: Date
}

export async function findTransaction(reader: Reader, provider: string, providerRef: string): Promise<Transaction | null> {
  const row = await reader.selectFrom('payments.transaction').selectAll().where('provider', '=', provider).where('provider_ref', '=', providerRef).executeTakeFirst()
  return row
    ? { id: row.id, provider: row.provider, providerRef: row.provider_ref, orderId: row.order_id, unitId: row.unit_id, amountVnd: row.amount_vnd, appliedVnd: row.applied_vnd, account: row.account, receivedAt: row.received_at }
    : null
}

export async function reverseTransaction(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('payments.transaction').set({ reversed_at: at }).where('id', '=', id).execute()
}

// — receipts —

interface ReceiptRow {
  id: string
  unit_id: string
  year: number
  series: string
  number: number
  order_id: string
  method: string
  amount_vnd: number
  given_vnd: number | null
  data: unknown
  state: string
  issued_at: Date
  issued_on: unknown
  issued_by: string | null
  issued_name: string | null
  cancelled_at: Date | null
  cancelled_name: string | null
  cancel_reason: string | null
}

const receiptColumns = ['id', 'unit_id', 'year', 'series', 'number', 'order_id', 'method', 'amount_vnd', 'given_vnd', 'data', 'state', 'issued_at', 'issued_on', 'issued_by', 'issued_name',
  'cancelled_at', 'cancelled_name', 'cancel_reason'] as const

const receiptOf = (row: ReceiptRow): Receipt => ({
  id: row.id, unitId: row.unit_id, year: row.year, series: row.series, number: row.number, orderId: row.order_id, method: row.method as ReceiptMethod, amountVnd: row.amount_vnd,
  givenVnd: row.given_vnd, data: row.data as Record<string, unknown>, state: row.state as Receipt['state'], issuedAt: row.issued_at, issuedOn: row.issued_on as string,
  issuedBy: row.issued_by, issuedName: row.issued_name, cancelledAt: row.cancelled_at, cancelledName: row.cancelled_name, cancelReason: row.cancel_reason,
})

export interface NewReceipt {
  readonly unitId: string
  readonly year: number
  readonly series: string
  readonly number: number
  readonly orderId: string
  readonly transactionId: string
  readonly method: ReceiptMethod
  readonly amountVnd: number
  readonly givenVnd: number | null
  readonly data: object
  readonly at: Date
  readonly on: string
  readonly by: { readonly id: string; readonly name: string } | null
}

export async function insertReceipt(tx: Tx, one: NewReceipt): Promise<Receipt> {
  const row = await tx
    .insertInto('payments.receipt')
    .values({
      unit_id: one.unitId, year: one.year, series: one.series, number: one.number, order_id: one.orderId, transaction_id: one.transactionId, method: one.method, amount_vnd: one.amountVnd,
      given_vnd: one.givenVnd, data: JSON.stringify(one.data), state: 'valid', issued_at: one.at, issued_on: one.on, issued_by: one.by?.id ?? null, issued_name: one.by?.name ?? null,
    })
    .returning(receiptColumns)
    .executeTakeFirstOrThrow()
  return receiptOf(row)
}

export async function findReceipt(reader: Reader, id: string, hold?: 'lock'): Promise<(Receipt & { transactionId: string }) | null> {
  if (!UUID.test(id)) return null
  const row = await reader
    .selectFrom('payments.receipt')
    .select([...receiptColumns, 'transaction_id'])
    .where('id', '=', id)
    .$if(hold === 'lock', (query) => query.forUpdate())
    .executeTakeFirst()
  return row ? { ...receiptOf(row), transactionId: row.transaction_id } : null
}

export async function receiptsOf(reader: Reader, orders: readonly string[]): Promise<Receipt[]> {
  if (orders.length === 0) return []
  const rows = await reader.selectFrom('payments.receipt').select(receiptColumns).where('order_id', 'in', [...orders]).orderBy('issued_at').execute()
  return rows.map(receiptOf)
}

export async function receiptsOn(reader: Reader, unitId: string, day: string): Promise<Receipt[]> {
  const rows = await reader
    .selectFrom('payments.receipt')
    .select(receiptColumns)
    .where('unit_id', '=', unitId)
    .where(sql<SqlBool>`issued_on = ${day}::date`)
    .orderBy('series', 'desc')
    .orderBy('number')
    .execute()
  return rows.map(receiptOf)
}

export async function cancelReceipt(tx: Tx, id: string, by: { id: string; name: string }, reason: string, at: Date): Promise<void> {
  await tx.updateTable('payments.receipt').set({ state: 'cancelled', cancelled_at: at, cancelled_by: by.id, cancelled_name: by.name, cancel_reason: reason }).where('id', '=', id).execute()
}
