// The shapes of work: a piece for one desk, and what may come of it.

export interface OutcomeChoice {
  readonly key: string
  readonly label: string
  /** What choosing it does to the subject (accept, refuse, sign …), or undefined for a plain hand-over. */
  readonly effect?: string
}

export const ITEM_STATES = { open: 'Chờ nhận việc', claimed: 'Đang làm', done: 'Đã xong', cancelled: 'Không còn cần' } as const
export type ItemState = keyof typeof ITEM_STATES

export interface Item {
  readonly id: string
  readonly processId: string
  readonly token: string
  /** Id of the thing worked on, e.g. a dossier. */
  readonly subject: string
  /** Element id in the process drawing. */
  readonly step: string
  readonly name: string
  /** Role as the process names it; `cong_dan` is the applicant's own step. */
  readonly role: string
  readonly unitId: string | null
  readonly citizenId: string | null
  /** Working hours of the step's share. */
  readonly hours: number
  readonly clock: 'runs' | 'stops'
  /** Status of the national portal while the subject is here, 1–10. */
  readonly portalStatus: number | null
  readonly outcomes: readonly OutcomeChoice[]
  /** What is looked at here, in the officer's words. */
  readonly does: readonly string[]
  readonly state: ItemState
  readonly openedAt: Date
  readonly dueAt: Date | null
  readonly claimedBy: string | null
  readonly claimedAt: Date | null
  readonly doneAt: Date | null
  readonly doneBy: string | null
  readonly doneByName: string | null
  readonly outcome: string | null
  readonly note: string | null
  /** Null for a step of the subject's own process. */
  readonly link: Link | null
  /** How many processes beside this item still run; it cannot be finished before they have ended. */
  readonly waits: number
  /** The unit's place in the tree; a body outside the province's command stands alone. */
  readonly unitPath: string | null
  /** Officers who may not judge this step: they proposed what is judged. */
  readonly barred: readonly string[]
  /** Who gave the work to whoever has it; null when they took it themselves. */
  readonly assignedByName: string | null
}

/** How a process hangs on its parent: called by a call activity, or standing beside an item (a consultation). */
export type Link = 'call' | 'beside'

/** What a call activity calls, as pinned when the root process began. */
export interface Pin {
  readonly name: string
  readonly definition: string
  readonly places: Readonly<Record<string, string>>
  /** The outcome of the calling step for each outcome of the called process; those not named are the same. */
  readonly outcomes?: Readonly<Record<string, string>>
  readonly calls: Pins
}

/** By the calling step. */
export type Pins = Readonly<Record<string, Pin>>

/** What one move of a process changed. */
export interface Moved {
  readonly processId: string
  /** Items that opened by this move, in whichever process of the subject. */
  readonly opened: readonly Item[]
  /** All items of the subject open after it. */
  readonly open: readonly Item[]
  /** Whether the subject's own process has ended. */
  readonly ended: boolean
  /** The outcome that was chosen and its effect, when the move completed an item. */
  readonly outcome: OutcomeChoice | null
}
