// The shapes of moving dossiers from one version of a procedure to another: what an official chooses, what a trial finds, in words and figures.

export const VERDICTS = { moves: 'Chuyển được ngay', choice: 'Cần chọn', stuck: 'Không chuyển được' } as const
export type Verdict = keyof typeof VERDICTS

export const PLAN_STATES = {
  drafting: 'Đang chuẩn bị', waiting: 'Chờ người thứ hai xác nhận', running: 'Đang chuyển', done: 'Đã chuyển xong', undoing: 'Đang hoàn lại', undone: 'Đã hoàn lại', dropped: 'Đã bỏ',
} as const
export type PlanState = keyof typeof PLAN_STATES

export const CASE_STATES = { planned: 'Chưa chuyển', moved: 'Đã chuyển', left: 'Để lại', undone: 'Đã trở lại như cũ', stayed: 'Không hoàn lại' } as const
export type CaseState = keyof typeof CASE_STATES

/** Instead of a step: its work falls away; dossiers that stand there do not move. */
export const FALLS_AWAY = '-'
export const STAYS = '!'

export type StepChoices = Readonly<Record<string, string>>

/** What becomes of an answer that does not fit: goes to another question, is left behind (`to` null), or its choices are exchanged. */
export interface AnswerChoice {
  readonly to: string | null
  /** The answer stays as it was given, though the question would not take it today. */
  readonly keep?: boolean
  readonly values?: Readonly<Record<string, string>>
}
export type AnswerChoices = Readonly<Record<string, AnswerChoice>>

/** Transitional clauses by which something worse reaches those who handed in before; without a clause it does not. */
export interface Clauses {
  readonly longerTerm?: string
  readonly higherFee?: string
  readonly newDemands?: string
}

/** Days after a batch has moved within which it may be taken back, and what the dossiers were is kept for that. */
export const UNDO_DAYS = 30

/** How the due date comes out. `kept`: the promise stands against a longer term; `late`: what is late stays late; `paused`: counted when the clock
 *  goes on; `resumed`: it goes on with the move. */
export type DueHow = 'none' | 'same' | 'earlier' | 'kept' | 'later' | 'late' | 'promised' | 'paused' | 'resumed'

export interface CasePreview {
  readonly state: string
  readonly unit: string
  readonly steps: readonly { readonly from: string; readonly fromWho: string; readonly to: string | null; readonly toWho: string; readonly how: 'same' | 'alike' | 'chosen' | 'dropped' | 'open' }[]
  readonly due: { readonly before: string | null; readonly after: string | null; readonly how: DueHow; readonly paused: boolean }
  readonly fee: { readonly before: number; readonly after: number; readonly paid: number; readonly refund: number }
  /** Labels of questions: answers left behind, taken to another question, newly asked, not asked because nobody must give more. */
  readonly left: readonly string[]
  readonly renamed: readonly string[]
  readonly asked: readonly string[]
  readonly spared: readonly string[]
  /** Why it cannot move, or what is to be chosen; each a sentence. */
  readonly reasons: readonly string[]
  readonly notes: readonly string[]
  /** Steps for which something is to be chosen. */
  readonly open: readonly string[]
}

export interface Plan {
  readonly id: string
  readonly seq: number
  readonly code: string
  readonly fromVersion: string
  readonly toVersion: string
  readonly steps: StepChoices
  readonly answers: AnswerChoices
  readonly clauses: Clauses
  readonly state: PlanState
  readonly revision: number
  readonly tried: number
  readonly triedAt: Date | null
  readonly reason: string | null
  readonly decision: string | null
  readonly madeAt: Date
  readonly madeBy: string
  readonly madeByName: string
  /** Whoever chose steps, answers or clauses of it. */
  readonly editedBy: readonly string[]
  readonly askedAt: Date | null
  readonly askedBy: string | null
  readonly askedByName: string | null
  readonly confirmedAt: Date | null
  readonly confirmedBy: string | null
  readonly confirmedByName: string | null
  readonly doneAt: Date | null
  readonly undoReason: string | null
  readonly undoBy: string | null
  readonly undoByName: string | null
  readonly undoAt: Date | null
  readonly undoConfirmedByName: string | null
}

export interface Case {
  readonly dossierId: string
  readonly code: string
  readonly verdict: Verdict
  readonly preview: CasePreview
  readonly chosen: boolean
  readonly steps: StepChoices
  readonly state: CaseState
  readonly why: string | null
  readonly at: Date | null
}
