// A second reckoner of fees, straight from a record's lines: what the drawn decision tables are held against.

import { feel, holds } from '#core/feel/index.ts'
import type { Channel } from '#core/form/types.ts'
import type { FeeLine, Scope } from '../fees.ts'
import type { Exemption, Fee, ProcedureRecord } from '../record.ts'

const MOST = 1_000_000_000_000

/** The fee lines that apply, in the order of the record; of several exemptions the largest counts alone. */
export function linesOf(record: Pick<ProcedureRecord, 'fees' | 'exemptions'>, scope: Scope): FeeLine[] {
  const granted = (record.exemptions ?? []).filter((exemption) => holds(exemption.when, scope))
  return record.fees
    .filter((fee) => !(fee.until && String(scope.receivedOn) > fee.until) && (fee.when === undefined || holds(fee.when, scope)))
    .map((fee) => {
      const full = amountOf(fee, scope)
      const exemption = largest(granted.filter((one) => !one.fees || one.fees.includes(fee.code)))
      const amount = Math.round(((full ?? 0) * (100 - percentOf(exemption))) / 100)
      const note = full === null ? 'Chưa tính được vì tờ khai còn thiếu thông tin.' : (exemption?.text ?? fee.whenText ?? null)
      return { code: fee.code, name: fee.name, kind: fee.kind, amount, fullAmount: full ?? 0, collectAt: fee.collectAt, note }
    })
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
