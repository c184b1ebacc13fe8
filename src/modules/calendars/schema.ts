// The shapes of a calendar's changes: what is changed, for whom, on whose decision.

import type { OfficeHours } from '#core/workdays/index.ts'

/** `sessions` gives single days their own hours: half a day, a Saturday morning; `hours` a weekly rota for a stretch of time. */
export const ENTRY_KINDS = {
  holiday: { label: 'Ngày nghỉ lễ', off: true },
  compensatory: { label: 'Nghỉ bù', off: true },
  swap_off: { label: 'Nghỉ hoán đổi', off: true },
  closure: { label: 'Đóng cửa đột xuất', off: true },
  swap_work: { label: 'Làm bù, làm việc ngày nghỉ', off: false },
  sessions: { label: 'Giờ riêng của ngày (nửa ngày, thứ Bảy)', off: false },
  hours: { label: 'Giờ làm việc theo mùa', off: false },
} as const

export type EntryKind = keyof typeof ENTRY_KINDS

export type Sessions = OfficeHours['sessions']

/** A change as somebody wants it. Dates 'YYYY-MM-DD', both ends included; `to` is null only for hours without an end. */
export interface Draft {
  readonly kind: EntryKind
  readonly from: string
  readonly to: string | null
  readonly name: string
  readonly sessions: Sessions | null
}

export interface Entry extends Draft {
  readonly id: string
  /** null: the whole province */
  readonly unitId: string | null
  readonly unitPath: string | null
  /** Number and date of the decision it rests on. */
  readonly basis: string
  /** Entered after its first day had passed. */
  readonly retroactive: boolean
  readonly replaces: string | null
  readonly madeAt: Date
  readonly madeByName: string
  readonly endedAt: Date | null
  readonly endedByName: string | null
  readonly endedBasis: string | null
}

/** A change before it is made: live entries to end, new ones to add. */
export interface Proposal {
  /** null: the whole province */
  readonly unit: { readonly id: string; readonly path: string } | null
  readonly add: readonly Draft[]
  readonly end: readonly string[]
}
