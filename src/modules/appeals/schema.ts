// The shape of an appeal and its states.

import type { Against, Reason } from '#modules/dossiers/index.ts'

export const APPEAL_STATES = { open: 'Đang xem xét', upheld: 'Giữ nguyên', overturned: 'Chấp nhận đề nghị' } as const
export type AppealState = keyof typeof APPEAL_STATES

/** What was decided, as it is printed. */
export interface Decision {
  readonly reasons: readonly Reason[]
  readonly note: string | null
}

export interface Appeal {
  readonly id: string
  readonly dossierId: string
  readonly dossierCode: string
  readonly procedureCode: string
  readonly against: Against
  readonly paperId: string
  /** When the act appealed against was done. */
  readonly actedAt: Date
  /** Officers who did it: none of them judges. */
  readonly actedBy: readonly string[]
  readonly fromUnitId: string
  readonly unitId: string
  readonly unitPath: string
  readonly citizenId: string
  readonly words: string | null
  readonly lodgedAt: Date
  readonly dueAt: Date
  readonly derivation: string
  readonly state: AppealState
  /** Since when it is late without an answer. */
  readonly lateAt: Date | null
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decidedByName: string | null
  readonly decision: Decision | null
}
