// Words as searched: syllables with and without their accents, and how far two spellings lie apart.

import { fold, nfc } from '#core/text/index.ts'

export interface Syllable {
  /** As written, lower case: 'thuế'. */
  readonly exact: string
  /** Without accents, i and y as one: 'thue', 'ki'. */
  readonly plain: string
}

/** kí and ký, lí and lý are one sound in two spellings; thuỷ and thủy too. */
export const plainOf = (text: string): string => fold(text).replaceAll('y', 'i')

/** Syllables of a text in their order; marks between them count for nothing. */
export const syllables = (text: string): Syllable[] =>
  nfc(text)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((exact) => ({ exact, plain: plainOf(exact) }))

/** Whether a syllable bears an accent: then the writer meant that one. */
export const accented = ({ exact, plain }: Syllable): boolean => exact !== plain && exact.replaceAll('y', 'i') !== plain

/** Whether two plain syllables differ by one slip at most: a letter more, less, other, or two exchanged. */
export function near(one: string, other: string): boolean {
  if (one === other) return true
  if (Math.abs(one.length - other.length) > 1) return false
  let from = 0
  while (from < one.length && one[from] === other[from]) from++
  const restOfOne = one.slice(from)
  const restOfOther = other.slice(from)
  return (
    restOfOne.slice(1) === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther ||
    restOfOne === restOfOther.slice(1) ||
    (restOfOne.length > 1 && restOfOne[0] === restOfOther[1] && restOfOne[1] === restOfOther[0] && restOfOne.slice(2) === restOfOther.slice(2))
  )
}
