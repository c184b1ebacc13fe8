// The only place where the wall clock is read; everything else is handed a Clock.

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still, for tests and for recomputing the past. */
export const fixedClock = (at: string | Date): Clock => ({ now: () => new Date(at) })
