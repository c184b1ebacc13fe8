// The promised date of a dossier that goes on by another version. Time gone by, pauses and lateness stay; the stricter reading wins. Pure.

import type { DueHow } from './schema.ts'

export interface ClockInput {
  readonly now: Date
  /** The date promised; null for a dossier not accepted yet. */
  readonly dueAt: Date | null
  /** Since when the clock stands still; null while it runs. */
  readonly pausedAt: Date | null
  /** The step it goes on at lets a clock that stands still run again. */
  readonly resumes: boolean
  /** Counts as late for ever (an apology, a second request). */
  readonly breached: boolean
  /** A leader extended the term, or apologised and named a new date. */
  readonly decided: boolean
  /** From acceptance with the pauses so far: by what it has, and by the new version's term. For one not accepted, as if accepted now. */
  readonly byOld: Date
  readonly byNew: Date
  /** A transitional clause lets a longer term reach dossiers handed in before. */
  readonly longerAllowed: boolean
}

export interface ClockPlan {
  readonly how: DueHow
  /** The date promised from now on; null while none is. */
  readonly dueAt: Date | null
  /** Which terms count from now on, whenever the date is reckoned again. `both`: whichever ends first, which a pause may change. */
  readonly term: 'old' | 'new' | 'both'
}

/**
 * Never later than promised unless a clause says so; never moved into the past; what is late stays late by the same date; what a leader has
 * decided and told stands. Terms of different kinds cross while the clock stands still, so none is preferred here for good: without a clause both
 * go on counting and the first to end is the promise, on the day the clock resumes, the dossier is accepted, or a calendar changes.
 */
export function planClock({ now, dueAt, pausedAt, resumes, breached, decided, byOld, byNew, longerAllowed }: ClockInput): ClockPlan {
  const term = longerAllowed ? 'new' : 'both'
  if (dueAt === null) return { how: 'none', dueAt: null, term }
  if (breached || dueAt < (pausedAt ?? now)) return { how: 'late', dueAt, term: 'old' }
  if (decided) return { how: 'promised', dueAt, term: 'old' }
  const over = byNew <= now // the new term is used up: the promise stands
  if (pausedAt && !resumes) return { how: 'paused', dueAt, term: over ? 'old' : term }
  if (pausedAt) return { how: 'resumed', dueAt: over || (!longerAllowed && byOld < byNew) ? byOld : byNew, term: over ? 'old' : term }
  if (byNew > byOld) return longerAllowed && byNew > dueAt ? { how: 'later', dueAt: byNew, term } : { how: 'kept', dueAt, term }
  if (byNew.getTime() === byOld.getTime() || byNew >= dueAt) return { how: 'same', dueAt, term }
  return over ? { how: 'kept', dueAt, term: 'old' } : { how: 'earlier', dueAt: byNew, term }
}
