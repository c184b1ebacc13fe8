// What each module tells of a unit that ends or changes: what it keeps there, where it goes, what stands in the way, what was left (module reorg asks).

import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Journal } from '#core/db/journal.ts'
import type { Spot } from '#core/units/spots.ts'
import type { Unit } from './schema.ts'

/** How sure it is that something must be seen to: `stops` keeps the plan from being executed, `warns` is told and decided by people. */
export interface ReorgFault {
  readonly code: string
  readonly severity: 'stops' | 'warns'
  /** A Vietnamese sentence that says what to do. */
  readonly message: string
  /** Unit it is about, and step of the plan (from 0), where there is one. */
  readonly unitId?: string
  readonly step?: number
  readonly href?: string
}

/** One line of a report: a thing or a sum of things at one unit, and where it goes. */
export interface ReorgLine {
  readonly unitId: string | null
  readonly text: string
  /** What becomes of it, in words; null while it stays as it is. */
  readonly went: string | null
  readonly count: number
  readonly href?: string
}

/** What one part of the house finds under a plan. */
export interface PartReport {
  readonly key: string
  readonly label: string
  /** Things that move or change. */
  readonly count: number
  readonly sentences: readonly string[]
  /** By unit, the most first; at most 1,000. */
  readonly lines: readonly ReorgLine[]
  readonly faults: readonly ReorgFault[]
}

/** What happens to units under a plan, worked out; the table core.unit_move says the same to SQL, under `run`. */
export interface Moving {
  /** Of the rows of core.unit_move and core.journal. */
  readonly run: string
  /** First day of the new order, 'YYYY-MM-DD'. */
  readonly day: string
  readonly decision: string
  /** Units that end, with all their parts. */
  readonly ending: readonly Unit[]
  /** Units the plan creates; before execution they are in no table yet. */
  readonly created: readonly Unit[]
  /** Main heir of an ending unit or part. */
  readonly heir: ReadonlyMap<string, Unit>
  /** Living units whose name or code changes, as they will be. */
  readonly renamed: readonly Unit[]
  /** Living units whose place in the tree changes, with everything below them, as they will be. */
  readonly moved: readonly Unit[]
  /** Every unit of the plan by id, as it will be. */
  readonly unit: (id: string) => Unit | undefined
  /** Who holds which post at units that end, and what they hold in the new order; worked out before anything is written. */
  readonly staff: readonly Staffed[]
  /** Roles that somebody gets by this, by unit. */
  readonly given: readonly { readonly unitId: string; readonly role: string }[]
}

/** A holding at a unit that ends. */
export interface Staffed {
  readonly officer: string
  readonly name: string
  readonly postId: string
  readonly role: string
  readonly title: string
  readonly unitId: string
  /** The post that follows; null: none, unless the officer holds others. */
  readonly next: { readonly id: string; readonly unitId: string; readonly role: string; readonly title: string } | null
  /** Whether the officer holds any post in the new order. */
  readonly posted: boolean
}

/** One module's answer; listed in src/main/modules.ts, run in that order (and after one another when moving). */
export interface ReorgPart {
  readonly key: string
  readonly label: string
  /** Columns that name units: moved, checked and brought back by the same rows (core/units/spots.ts). */
  readonly spots: readonly Spot[]
  /** Columns that never move but say that somebody did something in the unit's name: such a unit stays known when its plan is taken back. */
  readonly marks?: readonly Pick<Spot, 'table' | 'key' | 'unit' | 'noun'>[]
  /** What the report says beside the counts of `spots`. Writes nothing. */
  preview?(reader: Reader, ctx: Ctx, moving: Moving, found: { readonly count: number; readonly lines: readonly ReorgLine[] }): Promise<Partial<Pick<PartReport, 'sentences' | 'lines' | 'faults' | 'count'>>>
  /** What must be written before units change and `spots` move; through the journal, so that it can be undone. */
  prepare?(journal: Journal, ctx: Ctx, moving: Moving): Promise<void>
  /** What must be written after `spots` have moved; through the journal. */
  finish?(journal: Journal, ctx: Ctx, moving: Moving): Promise<void>
  /** Sentences on what is not right after the move; anything but [] undoes the whole execution. */
  check?(tx: Tx, ctx: Ctx, moving: Moving): Promise<readonly string[]>
}

let parts: readonly ReorgPart[] = []

/** Called once by `main` with the parts of all modules. */
export function registerReorgParts(given: readonly ReorgPart[]): void {
  if (new Set(given.map((part) => part.key)).size !== given.length) throw new Error('Hai phần sắp xếp cùng tên')
  parts = given
}

/** The parts of all modules, in order. */
export const reorgParts = (): readonly ReorgPart[] => parts
