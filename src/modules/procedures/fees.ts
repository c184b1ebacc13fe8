// What a dossier costs: the fee decisions of a version run on one filled-in form.

import { decide, type Decisions, DmnError } from '#core/dmn/index.ts'
import { FEES } from './dmn.ts'
import type { Fee, ProcedureRecord } from './record.ts'

/** Names that the expressions of a record may use. */
export type Scope = Readonly<Record<'form' | 'applicant' | 'channel' | 'receivedOn' | 'parts', unknown>>

/** A record with the decisions its fees are reckoned by; every version is one. */
export interface Published {
  readonly record: ProcedureRecord
  readonly feeTables: Decisions
}

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

const UNKNOWN_AMOUNT = 'Chưa tính được vì tờ khai còn thiếu thông tin.'

/** Whether a line has no amount yet: the form does not say what it is reckoned by. */
export const isUnknownFee = (line: Pick<FeeLine, 'note'>): boolean => line.note === UNKNOWN_AMOUNT

/**
 * The fee lines that apply, in the order of the table (Law on Fees and Charges 97/2015/QH13). A line whose amount the form does not give
 * yet counts 0 and says so. Tables that contradict themselves on this form (a record's own DMN) give every line so: an officer reckons.
 */
export function feeLines({ record, feeTables }: Published, scope: Scope): FeeLine[] {
  const kinds = new Map(record.fees.map((fee) => [fee.code, fee]))
  return decided(feeTables, scope, record).flatMap((line) => {
    const fee = kinds.get(String(line.code))
    if (!fee) return []
    const full = whole(line.fullAmount)
    const amount = Math.min(whole(line.amount) ?? 0, full ?? 0)
    const note = full === null ? UNKNOWN_AMOUNT : typeof line.note === 'string' ? line.note : null
    return [{ code: fee.code, name: fee.name, kind: fee.kind, amount, fullAmount: full ?? 0, collectAt: fee.collectAt, note }]
  })
}

interface Given {
  readonly code?: unknown
  readonly fullAmount?: unknown
  readonly amount?: unknown
  readonly note?: unknown
}

function decided(tables: Decisions, scope: Scope, record: ProcedureRecord): readonly Given[] {
  try {
    const { value } = decide(tables, FEES, scope)
    return Array.isArray(value) ? value : []
  } catch (error) {
    if (!(error instanceof DmnError)) throw error
    return record.fees.map(({ code }) => ({ code, fullAmount: null }))
  }
}

const whole = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(Math.round(value)) ? Math.max(0, Math.round(value)) : null)

export const total = (lines: readonly FeeLine[]): number => lines.reduce((sum, line) => sum + line.amount, 0)
