// A moment or a day as people here write it, with the machine's form beside it.

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
// Viet Nam keeps +07:00 all year.
const OFFSET = 7 * 3_600_000

/** '2026-11-21' → 21/11/2026; an instant → 21/11/2026 14:05, in Vietnamese time. */
export function whenText(at: Date | string): string {
  const day = typeof at === 'string' && DAY.exec(at)
  if (day) return `${day[3]}/${day[2]}/${day[1]}`
  const local = new Date(new Date(at).getTime() + OFFSET).toISOString()
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11, 16)}`
}

export function Time({ at }: { at: Date | string }) {
  return <time dateTime={typeof at === 'string' ? at : at.toISOString()}>{whenText(at)}</time>
}
