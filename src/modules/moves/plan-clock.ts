// The promised date of a dossier that goes on by another version. Time gone by, pauses and lateness stay; the stricter reading wins. Pure.

import type { DueHow } from './schema.ts'

export interface ClockInput {
  readonly now: Date
  /** The date promised; null for a dossier not accepted yet. */
  readonly dueAt: Date | null
  readonly paused: boolean
  /** The step it goes on at lets a clock that stands still run again. */
  readonly resumes: boolean
  /** Counts as late for ever (an apology, a second request). */
  readonly breached: boolean
  /** A leader extended the term, or apologised and named a new date. */
  readonly decided: boolean
  /** From acceptance with the pauses so far: by the term it has, and by the new version's. For one not accepted, as if accepted now. */
  readonly byOld: Date
  readonly byNew: Date
  /** A transitional clause lets a longer term reach dossiers handed in before. */
  readonly longerAllowed: boolean
}

export interface ClockPlan {
  readonly how: DueHow
  /** The date promised from now on; null while none is. */
  readonly dueAt: Date | null
  /** Which term counts from now on, here and when the clock resumes. */
  readonly term: 'old' | 'new'
}

/**
 * Never later than promised unless a clause says so; never moved into the past; what is late stays late by the same date; what a leader has
 * decided and told stands. While the clock stands still no date is promised anew; the term by which it goes on is settled here. A shorter term is the applicant's gain and counts. Whoever is not accepted yet gets the shorter of both terms.
 */
export function planClock({ now, dueAt, paused, resumes, breached, decided, byOld, byNew, longerAllowed }: ClockInput): ClockPlan {
  if (dueAt === null) return { how: 'none', dueAt: null, term: byNew <= byOld || longerAllowed ? 'new' : 'old' }
  if (breached || (!paused && dueAt < now)) return { how: 'late', dueAt, term: 'old' }
  if (decided) return { how: 'promised', dueAt, term: 'old' }
  const better = byNew <= byOld || longerAllowed
  if (paused) return resumes ? { how: 'resumed', dueAt: better ? byNew : byOld, term: better ? 'new' : 'old' } : { how: 'paused', dueAt, term: better ? 'new' : 'old' }
  if (byNew.getTime() === byOld.getTime()) return { how: 'same', dueAt, term: 'new' }
  if (byNew < byOld) {
    if (byNew >= dueAt) return { how: 'same', dueAt, term: 'new' }
    return byNew > now ? { how: 'earlier', dueAt: byNew, term: 'new' } : { how: 'kept', dueAt, term: 'old' }
  }
  if (longerAllowed && byNew > dueAt) return { how: 'later', dueAt: byNew, term: 'new' }
  return { how: 'kept', dueAt, term: 'old' }
}
