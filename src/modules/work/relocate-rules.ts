// What becomes of a share, a desk and a timer when a step goes on by another drawing: time gone by stays gone by, and the stricter reading wins. Pure.

import type { Item } from './schema.ts'

/** The work stays on its desk when both drawings give it to the same role at the same place; a unit that took it over since keeps it. */
export const deskStays = (before: { readonly role: string; readonly place: string | null }, after: { readonly role: string; readonly place: string | null }): boolean =>
  before.role === after.role && before.place === after.place

export interface Share {
  readonly hours: number
  readonly clock: 'runs' | 'stops'
  dueAt(now: Date, count: (since: Date, hours: number) => Date): Date | null
}

/**
 * The share of an open step by the new drawing. A clock that runs goes on running: no step is brought to a standstill by a move. What is late stays
 * late; what is in time is counted anew from when it opened, and keeps its old end where the new one has passed already. A step whose clock stood
 * still begins its share now.
 */
export function shareAnew(item: Pick<Item, 'clock' | 'dueAt' | 'openedAt'>, drawn: { readonly hours: number; readonly clock: 'runs' | 'stops' }): Share {
  const clock = item.clock === 'runs' ? 'runs' : drawn.clock
  return {
    hours: drawn.hours, clock,
    dueAt(now, count) {
      if (clock === 'stops') return null
      if (item.dueAt && item.dueAt <= now) return item.dueAt
      if (drawn.hours === 0) return item.dueAt
      const counted = count(item.clock === 'stops' ? now : item.openedAt, drawn.hours)
      return counted > now ? counted : item.dueAt
    },
  }
}

/**
 * When a timer fires after the move; null: not at all. One that waits for the applicant never fires sooner than was said; one by which an
 * agency's silence is taken for consent never later. None falls by the move alone: an instant that has passed by the new count is not taken.
 */
export function timerAnew({ now, was, counted, fromNow, waitsForApplicant }: {
  readonly now: Date
  readonly was: Date | null
  /** From when it was armed, or its step opened. */
  readonly counted: Date | null
  readonly fromNow: Date | null
  readonly waitsForApplicant: boolean
}): Date | null {
  if (!counted) return was
  if (!was) return counted > now ? counted : fromNow
  if (waitsForApplicant) return counted > was ? counted : was
  return counted < was && counted > now ? counted : was
}
