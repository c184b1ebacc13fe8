// A rule that gives a figure, as dated data: its values in order of time, each with the clause it stands on.

/** How a value is said: `8 giờ làm việc`, `15:00`, `một phần ba`; `chu` is text that says itself. */
export const RULE_UNITS = ['gio_lam_viec', 'ngay_lam_viec', 'ngay', 'ngay_khong_tinh', 'lan', 'phan', 'gio', 'mau', 'tin', 'dong', 'thang', 'chu'] as const
export type RuleUnit = (typeof RULE_UNITS)[number]

/** Which clock of running dossiers a rule moves. */
export const MOVES = ['reception', 'delivery', 'watch', 'appeal'] as const
export type Moves = (typeof MOVES)[number]

export interface RuleRow {
  readonly value: number | string
  /** first and last day in force, 'YYYY-MM-DD'; `to` null without an end */
  readonly from: string
  readonly to: string | null
  /** number of the legal document, e.g. 118/2025/NĐ-CP */
  readonly document: string
  readonly clause: string
  /** found in a public source, or from memory and to be checked */
  readonly sure: 'found' | 'memory'
  /** whom it binds: what is filed from its first day on, or all that is still open on that day */
  readonly transition: 'filed_after' | 'all_open'
  /** the recorded change that brought it; null: the pack */
  readonly change: string | null
}

export interface Rule {
  /** the name code asks by */
  readonly key: string
  /** the name in addresses */
  readonly id: string
  readonly group: string
  readonly title: string
  /** what it says in plain words; `{value}` stands for the value */
  readonly plain: string
  readonly unit: RuleUnit
  /** null: nothing that runs is counted by it */
  readonly moves: Moves | null
  /** papers and messages that state it */
  readonly feeds: readonly string[]
  readonly usedIn: readonly { readonly text: string; readonly href: string }[]
  /** false: set in a configuration file of the pack, not on the page */
  readonly changeable: boolean
  readonly rows: readonly RuleRow[]
}

/** A change laid over the rows of its rule. */
export interface LaidChange {
  readonly id: string
  readonly rule: string
  readonly value: number | string
  readonly from: string
  readonly document: string
  readonly clause: string
  readonly transition: RuleRow['transition']
}

export interface InForce extends RuleRow {
  readonly id: string
  readonly key: string
  readonly unit: RuleUnit
}

/** All rules as they stand, changes of officials included. */
export interface LawBook {
  list(): readonly Rule[]
  /** By key or id; null when there is none. */
  find(name: string): Rule | null
  /** What holds for something that began on a day. With `now`, a later value that binds all that is still open by then. Throws RangeError for an unknown rule. */
  on(name: string, since: string, now?: string): InForce
  /** The same as a number. Throws RangeError when the rule is text. */
  number(name: string, since: string, now?: string): number
  /** Groups by key, documents by number, and which replaced which. */
  readonly groups: Readonly<Record<string, string>>
  documentName(no: string): string | null
  readonly replaced: readonly { readonly document: string; readonly by: string; readonly on: string }[]
  /** Counts the layings; a process with an older one reads again. */
  revision(): number
  lay(changes: readonly LaidChange[], revision: number): void
  /** True at most once a second: then the database is asked whether there is a newer laying. */
  mayAsk(at: Date): boolean
  /** A book in which these changes held too; this one stays as it is. */
  with(changes: readonly LaidChange[]): LawBook
}
