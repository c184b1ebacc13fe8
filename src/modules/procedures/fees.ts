// What a dossier costs: the fee lines of a record as they fall on one filled-in form, less what the applicant is exempt from.

import { feel, holds } from '#core/feel/index.ts'
import type { Channel } from '#core/form/types.ts'
import type { Exemption, Fee, ProcedureRecord } from './record.ts'

/** Names that the expressions of a record may use. */
export type Scope = Readonly<Record<'form' | 'applicant' | 'channel' | 'receivedOn' | 'parts', unknown>>

/** One amount to collect. Whole đồng, never negative. */
export interface FeeLine {
  readonly code: string
  readonly name: string
  readonly kind: Fee['kind']
  /** What is to be paid, in đồng. */
  readonly amount: number
  /** Before the exemption, in đồng. */
  readonly fullAmount: number
  readonly collectAt: Fee['collectAt']
  /** Why this line is here or why it is lower, in words for the citizen; null when there is nothing to say. */
  readonly note: string | null
}

/** đồng. More than any fee: an answer such as 10¹⁷⁷ copies must not become an amount that no number holds exactly. */
const MOST = 1_000_000_000_000

const UNKNOWN_AMOUNT = 'Chưa tính được vì tờ khai còn thiếu thông tin.'

/**
 * The fee lines that apply, in the order of the record (Law on Fees and Charges 97/2015/QH13; amounts by the record's `legal`).
 * A line applies while `receivedOn` ≤ `until` and its `when` is true. Its amount is the channel's own, else the formula's (rounded to the
 * whole đồng, not below 0; 0 with a note while the form does not say enough), else the fixed one. Of several exemptions that hold for
 * a line the largest one counts: they are not added up.
 */
export function feeLines(record: Pick<ProcedureRecord, 'fees' | 'exemptions'>, scope: Scope): FeeLine[] {
  const granted = (record.exemptions ?? []).filter((exemption) => holds(exemption.when, scope))
  return record.fees
    .filter((fee) => applies(fee, scope))
    .map((fee) => {
      const full = amountOf(fee, scope)
      const exemption = largest(granted.filter((one) => !one.fees || one.fees.includes(fee.code)))
      const amount = Math.round(((full ?? 0) * (100 - percentOf(exemption))) / 100)
      const note = full === null ? UNKNOWN_AMOUNT : (exemption?.text ?? fee.whenText ?? null)
      return { code: fee.code, name: fee.name, kind: fee.kind, amount, fullAmount: full ?? 0, collectAt: fee.collectAt, note }
    })
}

export const total = (lines: readonly FeeLine[]): number => lines.reduce((sum, line) => sum + line.amount, 0)

function applies(fee: Fee, scope: Scope): boolean {
  if (fee.until && String(scope.receivedOn) > fee.until) return false
  return fee.when === undefined || holds(fee.when, scope)
}

function amountOf(fee: Fee, scope: Scope): number | null {
  const own = fee.channelAmounts?.[scope.channel as Channel]
  if (own !== undefined) return Math.max(0, own)
  if (fee.formula === undefined) return fee.amount ?? null
  const { value } = feel(fee.formula, scope)
  return typeof value === 'number' && value <= MOST ? Math.max(0, Math.round(value)) : null
}

const percentOf = (exemption: Exemption | null): number => (exemption ? (exemption.percent ?? 100) : 0)

const largest = (exemptions: readonly Exemption[]): Exemption | null =>
  exemptions.reduce<Exemption | null>((most, one) => (percentOf(one) > percentOf(most) ? one : most), null)
