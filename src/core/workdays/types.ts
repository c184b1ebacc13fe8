// The shapes of time: terms as the law writes them, calendars as dated data, deadlines with their derivation.

export type TermUnit = 'gio_lam_viec' | 'ngay_lam_viec' | 'ngay' | 'thang'

/** A legal term. Modes (domain reference, section 3.4): legal = the first day is not counted (Civil Code art. 147); hours = N×8 working
 *  hours from the moment of receipt; same_day = in by `cutoff` is due the same working day. */
export interface Term {
  readonly value: number
  readonly unit: TermUnit
  readonly mode?: 'legal' | 'hours' | 'same_day'
  /** 'HH:MM', for same_day */
  readonly cutoff?: string
}

export type DayKind = 'holiday' | 'compensatory' | 'swap_off' | 'swap_work' | 'closure'

export interface CalendarDay {
  /** 'YYYY-MM-DD' */
  readonly date: string
  readonly type: DayKind
  readonly name: string
  /** Expected but not yet decided (the official notice is still to come); the derivation says so. */
  readonly provisional?: boolean
}

/** Office hours in force from a date: per weekday (1 = Monday … 7 = Sunday) the sessions as 'HH:MM' pairs. */
export interface OfficeHours {
  readonly from: string
  readonly to?: string | null
  readonly sessions: Readonly<Record<number, readonly (readonly [string, string])[]>>
}

export interface Calendar {
  readonly days: readonly CalendarDay[]
  readonly hours: readonly OfficeHours[]
}

/** A longer term: `adds` = on top of the term, otherwise instead of it. `reason` is shown to the citizen. */
export interface Extension {
  readonly term: Term
  readonly adds: boolean
  readonly reason: string
}

/** A stretch during which the legal clock stands still. */
export interface Suspension {
  readonly from: Date
  /** null while it still lasts */
  readonly to: Date | null
  readonly reason: string
}

export interface Deadline {
  readonly dueAt: Date
  /** local date of dueAt */
  readonly dueOn: string
  /** How it was reckoned, in Vietnamese, one readable sentence or two. */
  readonly derivation: string
  /** Only for terms in calendar days or months: where the term ends before days off push it on. Pauses move this instant, so that a
   *  day off is never counted twice; store it with dueAt. */
  readonly nominalAt?: Date
}
