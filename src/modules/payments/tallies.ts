// What came in, what it paid, what lies aside: sums of the money of a part of the province, for holding against each other.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'

export interface MoneyPeriod {
  readonly units: readonly string[]
  readonly from: Date
  /** not included */
  readonly to: Date
}

/** All in đồng. */
export interface MoneyTallies {
  /** Money that came in and was not taken back: from banks, and over the counter. */
  readonly transfers: number
  readonly cash: number
  /** How much of it pays orders. */
  readonly applied: number
  /** How much of it ever lay aside, less what was matched since. */
  readonly aside: number
  /** Valid receipts. */
  readonly receipts: number
  readonly cashReceipts: number
  /** Closings of days: what they expected, what was counted, what the differences with a reason come to. */
  readonly expected: number
  readonly counted: number
  /** Cash receipts of days that have been closed. */
  readonly closedCash: number
  /** What the banks' own statements say came in. */
  readonly statements: number
  readonly statementTransfers: number
  readonly refunded: number
}

export async function moneyTallies(reader: Reader, { units, from, to }: MoneyPeriod): Promise<MoneyTallies> {
  const { rows } = await sql<Record<keyof MoneyTallies, string>>`
    with moved as (select * from payments.transaction where unit_id = any(${units}) and received_at >= ${from} and received_at < ${to} and reversed_at is null),
    written as (select r.* from payments.receipt r where r.unit_id = any(${units}) and r.issued_at >= ${from} and r.issued_at < ${to} and r.state = 'valid'),
    shut as (select * from payments.closing where unit_id = any(${units}) and day >= (${from} at time zone '+07')::date and day < (${to} at time zone '+07')::date and state = 'closed')
    select
      (select coalesce(sum(amount_vnd), 0) from moved where source <> 'counter') as transfers,
      (select coalesce(sum(amount_vnd), 0) from moved where source = 'counter') as cash,
      (select coalesce(sum(applied_vnd), 0) from moved) as applied,
      (select coalesce(sum(s.amount_vnd), 0) from payments.suspense s join moved on moved.id = s.transaction_id where s.state <> 'matched') as aside,
      (select coalesce(sum(amount_vnd), 0) from written) as receipts,
      (select coalesce(sum(amount_vnd), 0) from written where method = 'cash') as "cashReceipts",
      (select coalesce(sum(expected_vnd), 0) from shut) as expected,
      (select coalesce(sum(counted_vnd), 0) from shut) as counted,
      (select coalesce(sum(w.amount_vnd), 0) from written w join shut on shut.unit_id = w.unit_id and shut.day = w.issued_on where w.method = 'cash') as "closedCash",
      (select coalesce(sum(l.amount_vnd), 0) from payments.statement_line l join moved on moved.provider = l.provider and moved.provider_ref = l.provider_ref) as statements,
      (select coalesce(sum(moved.amount_vnd), 0) from payments.statement_line l join moved on moved.provider = l.provider and moved.provider_ref = l.provider_ref) as "statementTransfers",
      (select coalesce(sum(amount_vnd), 0) from payments.refund where unit_id = any(${units}) and state = 'paid' and paid_at >= ${from} and paid_at < ${to}) as refunded
  `.execute(reader)
  return Object.fromEntries(Object.entries(rows[0]!).map(([name, value]) => [name, Number(value)])) as unknown as MoneyTallies
}

/** What is asked in orders that stand, in đồng, by `subject code-of-line`. */
export async function ordersOf(reader: Reader, subjects: readonly string[]): Promise<Map<string, number>> {
  if (subjects.length === 0) return new Map()
  const { rows } = await sql<{ subject: string; code: string; total: string }>`
    select o.subject, l.code, sum(l.amount_vnd) as total from payments.payment_order o join payments.line l on l.order_id = o.id
    where o.subject = any(${subjects}) and o.state <> 'void' group by o.subject, l.code`.execute(reader)
  return new Map(rows.map((row) => [`${row.subject} ${row.code}`, Number(row.total)]))
}

/** Subjects whose orders were paid within the period, once for each order. */
export async function paidWithin(reader: Reader, { units, from, to }: MoneyPeriod): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    select subject from payments.payment_order where unit_id = any(${units}) and state = 'paid' and closed_at >= ${from} and closed_at < ${to}`.execute(reader)
  return rows.map((row) => row.subject)
}

/** Numbers of receipts of each unit, year and series, all of them: a cancelled one keeps its number. */
export async function receiptSeries(reader: Reader, { units, from, to }: MoneyPeriod): Promise<{ name: string; numbers: number[] }[]> {
  const { rows } = await sql<{ unit: string; year: number; series: string; numbers: number[] }>`
    select unit_id as unit, year, series, array_agg(number order by number) as numbers from payments.receipt
    where unit_id = any(${units}) and issued_at >= ${from} and issued_at < ${to} group by unit_id, year, series`.execute(reader)
  return rows.map((row) => ({ name: `Biên lai ${row.series} ${row.unit} năm ${row.year}`, numbers: row.numbers }))
}
