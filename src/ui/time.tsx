// A moment or a day as people here write it, with the machine's form beside it.

import { type DateLike, formatDate, formatDateTime } from '#core/text/index.ts'

/** '2026-11-21' → 21/11/2026; an instant → 14:05 21/11/2026, in Vietnamese time. */
export const whenText = (at: DateLike): string => (typeof at === 'string' ? formatDate(at) : formatDateTime(at))

export function Time({ at }: { at: DateLike }) {
  return <time dateTime={typeof at === 'string' ? at : at.toISOString()}>{whenText(at)}</time>
}
