// What the simulated bank remembers and what can be made to go wrong in it.

import type { Clock } from '#core/clock.ts'
import type { BankProvider } from '#core/payments/types.ts'

/** A transfer that was made: money moved, whatever was told of it. */
export interface Transfer {
  readonly id: string
  readonly amount: number
  readonly account: string
  readonly description: string
  readonly payerBank: string
  readonly paidAt: string
  /** What became of telling the platform. */
  told: string
  /** How the statement shows it. */
  readonly statementAmount: number | null
}

export interface Faults {
  /** Call-backs wait so long, in milliseconds. */
  lateMs: number
  /** Every call-back is sent twice. */
  doubled: boolean
  /** A call-back waits for the next one and is sent after it. */
  reordered: boolean
  /** A forged call-back, with a signature of nobody's, goes before each true one. */
  forged: boolean
  /** Money moves without a word. */
  silent: boolean
  /** đồng more or less than the code says are sent. */
  wrongBy: number
  /** The statement shows 1.000 đồng more than was told. */
  statementDiffers: boolean
  /** The statement leaves the transfer out. */
  statementMissing: boolean
  /** Every question for a statement is answered with 503. */
  down: boolean
}

export const noFaults = (): Faults => ({
  lateMs: 0, doubled: false, reordered: false, forged: false, silent: false, wrongBy: 0, statementDiffers: false, statementMissing: false, down: false,
})

export interface Bank {
  readonly code: string
  readonly bin: string
  readonly shortName: string
}

/** Sends a signed call-back; gives the status of the answer. */
export type Deliver = (body: string, headers: Readonly<Record<string, string>>) => Promise<number>

export interface BankOptions {
  readonly provider: BankProvider
  readonly publicUrl: string
  readonly dataDir: string
  readonly clock: Clock
  /** The banks a payer may pay from. */
  readonly banks: readonly Bank[]
  readonly deliver: Deliver
}
