// Text as it comes from keyboards, phones and files, made one form: NFC, no invisible characters, no ends of space.

// Nothing longer is kept, whatever a form allows: a paste of a megabyte gets its error and is not stored.
export const HARD_LIMIT = 20_000

// Zero-width marks, direction marks, soft hyphen, byte-order mark, variation selectors' cousins: all unseen, all break comparisons.
const INVISIBLE = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/g
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g

/** Clean text of a scalar; null for nothing, for objects and for lists. */
export function cleanText(raw: unknown, lines: 'one' | 'many' = 'one'): string | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? String(raw) : null
  if (typeof raw === 'boolean' || typeof raw === 'bigint') return String(raw)
  if (typeof raw !== 'string') return null
  const cut = raw.length > HARD_LIMIT * 2 ? raw.slice(0, HARD_LIMIT * 2) : raw
  const bare = cut.toWellFormed().replace(CONTROL, '').replace(INVISIBLE, '').normalize('NFC')
  const spaced =
    lines === 'one'
      ? bare.replace(/\s+/g, ' ')
      : bare
          .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
          .replace(/[^\S\n]+/g, ' ')
          .replace(/ ?\n ?/g, '\n')
          .replace(/\n{3,}/g, '\n\n')
  const text = clip(spaced.trim(), HARD_LIMIT + 1)
  return text === '' ? null : text
}

/** The first characters, without half a character at the cut. */
export const clip = (text: string, most: number): string =>
  text.length <= most
    ? text
    : text
        .slice(0, most)
        .toWellFormed()
        .replace(/\ufffd/g, '')
        .trim()

/** Full-width and other Unicode digits as 0–9. */
export const asciiDigits = (text: string): string =>
  text.replace(/[\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = code >= 0xff10 ? 0xff10 : code >= 0x0966 ? 0x0966 : code >= 0x06f0 ? 0x06f0 : 0x0660
    return String(code - zero)
  })

/** A code typed by hand (numbers of papers, phones): digits made ASCII, spaces and the given separators taken out. */
export function cleanCode(raw: unknown, separators: RegExp = /\s+/g): string | null {
  const text = cleanText(raw)
  if (text === null) return null
  return asciiDigits(text).replace(separators, '') || null
}

/** A plain object's own value; nothing of the prototype. */
export const own = (raw: unknown, key: string): unknown =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) && Object.hasOwn(raw, key)
    ? (raw as Record<string, unknown>)[key]
    : undefined

/** Like `own`, first of several names that is there. */
export function ownAny(raw: unknown, keys: readonly string[]): unknown {
  for (const key of keys) {
    const value = own(raw, key)
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

export const isObject = (raw: unknown): raw is Record<string, unknown> => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** The single-input way of writing a scalar. */
export const writeScalar = (value: unknown): Readonly<Record<string, string>> =>
  value === null || value === undefined ? {} : { '': String(value) }
