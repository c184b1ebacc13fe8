// Makes any text safe to set on paper: composed letters, no invisible tricks, and a box where the typeface has no sign.

// Controls except the line end; signs without a body, among them those that turn the writing direction and let a text show other than it is.
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu
const NO_GLYPH = '□'

/** NFC, line ends as \n, tabs as spaces, invisible signs gone, characters without a glyph as □. */
export function printableText(text: string, has: (codePoint: number) => boolean): string {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(INVISIBLE, '')
  let out = ''
  for (const sign of clean) out += sign === '\n' || has(sign.codePointAt(0)!) ? sign : NO_GLYPH
  return out
}

/** The same for every text inside a value made of objects and arrays. */
export function printable(value: unknown, has: (codePoint: number) => boolean): unknown {
  if (typeof value === 'string') return printableText(value, has)
  if (Array.isArray(value)) return value.map((item) => printable(item, has))
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printable(item, has)]))
  return value
}
