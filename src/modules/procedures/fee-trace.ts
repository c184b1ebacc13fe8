// Which row of which table gave each fee line, with its clause: for trying a table out, and for fees as of another day.

import { decide, type Decisions, type Hit } from '#core/dmn/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { feeDecisions, feeTablesOf, FEES } from './dmn.ts'
import { type FeeLine, feeLines, isUnknownFee, type Published, type Scope } from './fees.ts'
import { formKeysIn } from './expressions.ts'
import { RATE_TABLE } from './rates.ts'
import type { ProcedureRecord } from './record.ts'

/** A row that held: of which table, which row, and the clause that stands there. */
export interface TracedRow {
  readonly table: string
  readonly title: string
  /** From 1. */
  readonly row: number
  readonly legal: string | null
}

export interface TracedLine extends FeeLine {
  readonly known: boolean
  readonly rows: readonly TracedRow[]
  /** The clause on which the amount rests. */
  readonly legal: string | null
}

export interface FeeTrace {
  readonly lines: readonly TracedLine[]
  /** Why nothing could be reckoned, when the tables contradict themselves in this case. */
  readonly fault: string | null
}

const lastNote = (tables: Decisions, hit: Hit): string | null => {
  const logic = tables.decisions.find((one) => one.id === hit.decision)?.logic
  const notes = logic?.kind === 'table' ? logic.rules[hit.at - 1]?.notes : undefined
  return notes?.at(-1)?.trim() || null
}

/** The fee lines of one case, each with the rows that gave it. Never throws. */
export function traceFees(published: Published, scope: Scope): FeeTrace {
  const { record, feeTables } = published
  const lines = feeLines(published, scope)
  let hits: readonly Hit[] = []
  let fault: string | null = null
  try {
    hits = decide(feeTables, FEES, scope).hits
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error)
  }
  const row = (hit: Hit): TracedRow => ({ table: hit.decision, title: feeTables.decisions.find((one) => one.id === hit.decision)?.name ?? hit.decision, row: hit.at, legal: lastNote(feeTables, hit) })
  return {
    fault,
    lines: lines.map((line) => {
      const at = record.fees.findIndex((fee) => fee.code === line.code)
      const own = (hit: Hit): boolean =>
        hit.decision === `rates_${at + 1}` || (hit.decision === `exemption_${at + 1}` && line.fullAmount > line.amount) || (hit.decision === 'lines' && !record.fees[at]?.rates && hit.rule.startsWith(`line_${at + 1}_`))
      const rows = (record.feeDmn === undefined ? hits.filter(own) : hits).map(row)
      const priced = rows.find((one) => RATE_TABLE.test(one.table)) ?? rows.find((one) => one.table === 'lines')
      return { ...line, known: !isUnknownFee(line), rows, legal: priced?.legal ?? record.fees[at]?.legal ?? null }
    }),
  }
}

/** `Diện tích trên 500 m²: 500.000 đ` is for pages; this is the sum in a word: `500.000 đ`, `Chưa tính được`. */
export const sayFeeSum = (lines: readonly TracedLine[]): string => (lines.some((line) => !line.known) ? 'Chưa tính được' : formatVnd(lines.reduce((sum, line) => sum + line.amount, 0)))

/** A record with the decisions its fees are reckoned by; its own DMN is read. Throws DmnError. */
export async function published(record: ProcedureRecord): Promise<Published> {
  return { record, feeTables: record.feeDmn === undefined ? feeDecisions(record) : await feeTablesOf(record.feeDmn, record.feeDmn) }
}

/** The fees as they stand on one day, for cases of any day: rows of other days fall away. A record's own DMN is left as it is. */
export function feesAsOf(record: ProcedureRecord, day: string): ProcedureRecord {
  if (record.feeDmn !== undefined) return record
  const fees = record.fees.flatMap((fee) => {
    if (fee.until && fee.until < day) return []
    const { until: _until, rates, ...rest } = fee
    if (!rates) return [rest]
    const now = rates.filter((rate) => (!rate.from || rate.from <= day) && (!rate.until || rate.until >= day)).map(({ from: _from, until: _to, ...rate }) => rate)
    return now.length === 0 ? [] : [{ ...rest, rates: now }]
  })
  return { ...record, fees }
}

/** Keys of the questions by which the fees of a record are reckoned. */
export function feeKeys(record: ProcedureRecord): Set<string> {
  const texts = [
    record.feeDmn ?? '',
    ...record.fees.flatMap((fee) => [fee.when ?? '', fee.formula ?? '', ...(fee.rates ?? []).flatMap((rate) => [rate.when ?? '', rate.formula ?? '', rate.per ? `form.${rate.per.count}` : ''])]),
    ...(record.exemptions ?? []).map((exemption) => exemption.when),
  ]
  return new Set(texts.flatMap(formKeysIn))
}
