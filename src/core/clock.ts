// The only place where the wall clock is read; everything else is handed a Clock.

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** Another clock moved by so many milliseconds: a demo that lives in another year. */
export const shiftedClock = (clock: Clock, ms: number): Clock => (ms === 0 ? clock : { now: () => new Date(clock.now().getTime() + ms) })

/** A clock that stands still, for tests and for recomputing the past. */
export const fixedClock = (at: string | Date): Clock => ({ now: () => new Date(at) })
