// Keys of questions: made of their labels, unique in the form, and changed everywhere they are read when somebody renames one.

import { fold } from '../../text/fold.ts'

const LONGEST = 40
const SMALL = new Set(['cua', 'va', 'la', 'co', 'cac', 'nhung', 'duoc', 'o', 'thi', 'ong', 'ba', 'xin', 'cho', 'khong'])

/** `Họ, chữ đệm và tên của cháu` → `ho_chu_dem_ten_chau`; `cau` when nothing is left. */
export function keyFrom(label: string): string {
  const words = fold(label).replaceAll(/[^a-z0-9]+/g, ' ').trim().split(' ').filter(Boolean)
  const telling = words.filter((word) => !SMALL.has(word))
  let key = ''
  for (const word of telling.length > 0 ? telling : words) {
    if (key && key.length + word.length + 1 > LONGEST) break
    key = key ? `${key}_${word}` : word.slice(0, LONGEST)
  }
  return /^[a-z]/.test(key) ? key : key ? `cau_${key}` : 'cau'
}

/** The key, with the first number that makes it unlike all `taken`. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let no = 2; ; no++) if (!taken.has(`${wanted}_${no}`)) return `${wanted}_${no}`
}

export const isKey = (text: string): boolean => /^[a-z][a-z0-9_]{0,59}$/.test(text)

// A text in quotes is an answer, never a name.
const PIECES = /"(?:[^"\\]|\\.)*"|[^"]+|"/g

/** `form.old` → `form.now` in one expression; texts in quotes stay. */
export const renameIn = (expression: string, old: string, now: string): string =>
  expression.replace(PIECES, (piece) => (piece.startsWith('"') ? piece : piece.replaceAll(new RegExp(`(?<![\\w.])form(\\s*)\\.(\\s*)${old}(?!\\w)`, 'g'), `form$1.$2${now}`)))
