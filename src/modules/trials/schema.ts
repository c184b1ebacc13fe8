// The shapes of a trial: a draft of a procedure tried on the dossiers of a stretch of time.

export const TRIAL_STATES = { waiting: 'Đang chờ chạy', running: 'Đang chạy', done: 'Xong', failed: 'Chưa chạy được' } as const
export type TrialState = keyof typeof TRIAL_STATES

export interface Trial {
  readonly id: string
  readonly draftId: string
  readonly code: string
  /** Of the draft when it was tried. */
  readonly revision: number
  readonly from: string
  readonly to: string
  /** All fees by the table of this day; null: each by that of its own day. */
  readonly feesAsOf: string | null
  readonly askedAt: Date
  readonly askedByName: string
  readonly state: TrialState
  readonly total: number
  readonly done: number
  readonly tookMs: number | null
  readonly finishedAt: Date | null
  readonly fault: string | null
  readonly result: TrialResult | null
}

/** One dossier by the rules of then and by those of the draft. Money in đồng, hours are working hours. */
export interface CaseData {
  readonly feeThen: number
  /** null: not to be said without answers to new questions; then `feeFrom`, `feeTo` where it lies. */
  readonly feeNow: number | null
  readonly feeFrom: number | null
  readonly feeTo: number | null
  readonly hoursThen: number
  readonly hoursNow: number
  readonly dueThen: string | null
  readonly dueNow: string | null
  readonly endThen: string | null
  readonly endNow: string | null
  readonly lateThen: boolean
  readonly lateNow: boolean
  /** Working hours that passed before the legal clock ended: as it was, as it would be. */
  readonly spanThen: number | null
  readonly spanNow: number | null
  readonly steps: Readonly<Record<string, number>>
  /** Hours of steps that the draft has no more. */
  readonly lost: Readonly<Record<string, number>>
  /** Keys of new questions that this dossier never answered. */
  readonly missing: readonly string[]
  /** Keys of answers that the draft would not take. */
  readonly refused: readonly string[]
}

export interface Reckoned {
  readonly tags: readonly string[]
  readonly data: CaseData
}

export interface TrialCase extends CaseData {
  readonly dossierId: string
  readonly code: string
  readonly submittedAt: Date
}

/** A step of the draft, or one of then that the draft has no more. */
export interface StepResult {
  readonly id: string
  readonly name: string
  readonly role: string
  /** kept: in both; new: only in the draft, reckoned by the role's median; gone: only then */
  readonly kind: 'kept' | 'new' | 'gone'
  readonly waits: boolean
  /** What the draft allows. */
  readonly norm: number | null
  readonly cases: number
  readonly median: number | null
  readonly nine: number | null
  readonly totalThen: number
  readonly totalNow: number
  readonly over: number
}

export interface TrialResult {
  /** Cases by tag: what every figure counts. */
  readonly counts: Readonly<Record<string, number>>
  readonly money: { readonly was: number; readonly now: number; readonly from: number; readonly to: number; readonly comparedWas: number }
  readonly hours: { readonly was: number; readonly now: number }
  readonly span: { readonly medianThen: number | null; readonly medianNow: number | null; readonly nineThen: number | null; readonly nineNow: number | null }
  readonly steps: readonly StepResult[]
  /** Median working hours by role, from which new steps are reckoned. */
  readonly medians: Readonly<Record<string, { readonly hours: number; readonly visits: number }>>
  readonly questions: Readonly<Record<string, string>>
}
