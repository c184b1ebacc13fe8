// The book read as examples: a question that no line knows word for word is likened, piece by piece, to all that the lines say. Pure.

import { conceptsIn } from './concepts.ts'
import type { Saying } from './sayings.ts'
import { accented, type Syllable, syllables } from './words.ts'

interface Postings {
  readonly lines: Uint16Array
  /** In how many of the line's phrases, saturated: the second says less than the first. */
  readonly worths: Float32Array
}

export interface Examples {
  readonly byPiece: ReadonlyMap<string, Postings>
  readonly rarity: ReadonlyMap<string, number>
  readonly lines: number
}

/** An accent that is borne counts, and the syllable without it counts too: people leave accents out. */
const PLAIN_OF_ACCENTED = 0.6
const PAIR = 0.8
const CONCEPT = 0.8
const PAIR_OF_CONCEPTS = 1
/** How soon another phrase with the same piece says nothing new, and how much a line of many phrases is held back. */
const SATURATION = 1
const LENGTH = 0.35
/** Rarity of a syllable that no line knows. */
const UNKNOWN = 2

const isSyllable = (piece: string): boolean => !piece.includes(' ') && !piece.startsWith('#')

/** Pieces of a text with their weight: syllables, neighbours, concepts, and concepts that come together at any distance. */
export function piecesOf(all: readonly Syllable[], weigh: (at: number) => number = () => 1): Map<string, number> {
  const pieces = new Map<string, number>()
  const add = (piece: string, weight: number) => {
    if (weight > (pieces.get(piece) ?? 0)) pieces.set(piece, weight)
  }
  all.forEach((one, at) => {
    const own = weigh(at)
    add(one.plain, accented(one) ? own * PLAIN_OF_ACCENTED : own)
    if (accented(one)) add(`'${one.exact}`, own * (1 - PLAIN_OF_ACCENTED))
    const next = all[at + 1]
    if (next) add(`${one.plain} ${next.plain}`, Math.max(own, weigh(at + 1)) * PAIR)
  })
  const concepts = conceptsIn(all)
  concepts.forEach((one, at) => {
    add(`#${one}`, CONCEPT)
    for (const other of concepts.slice(at + 1)) add(`#${one}#${other}`, PAIR_OF_CONCEPTS)
  })
  return pieces
}

/** In how many of a line's phrases each piece is. A line never changes: it is counted once in a process. */
const countedBefore = new WeakMap<Saying, ReadonlyMap<string, number>>()

export function countsOf(row: Saying): ReadonlyMap<string, number> {
  const before = countedBefore.get(row)
  if (before) return before
  const counts = new Map<string, number>()
  for (const text of [...row.say, row.mean]) for (const piece of piecesOf(syllables(text)).keys()) counts.set(piece, (counts.get(piece) ?? 0) + 1)
  countedBefore.set(row, counts)
  return counts
}

export function examplesOf(rows: readonly Saying[]): Examples {
  const counted = rows.map(countsOf)
  const average = counted.reduce((sum, one) => sum + one.size, 0) / (counted.length || 1)
  const found = new Map<string, { lines: number[]; worths: number[] }>()
  counted.forEach((counts, line) => {
    const held = 1 - LENGTH + (LENGTH * counts.size) / average
    for (const [piece, count] of counts) {
      const known = found.get(piece) ?? { lines: [], worths: [] }
      known.lines.push(line)
      known.worths.push((count * (1 + SATURATION)) / (count + SATURATION * held))
      found.set(piece, known)
    }
  })
  return {
    byPiece: new Map([...found].map(([piece, { lines, worths }]) => [piece, { lines: Uint16Array.from(lines), worths: Float32Array.from(worths) }])),
    rarity: new Map([...found].map(([piece, { lines }]) => [piece, Math.log(1 + (rows.length - lines.length + 0.5) / (lines.length + 0.5))])),
    lines: rows.length,
  }
}

/** How like the question each line is: 1 would be every piece of the question said in the line once. */
export function likeness(examples: Examples, pieces: ReadonlyMap<string, number>): Float64Array {
  const sums = new Float64Array(examples.lines)
  let whole = 0
  for (const [piece, weight] of pieces) {
    const worth = weight * (examples.rarity.get(piece) ?? 0)
    whole += worth || (isSyllable(piece) ? weight * UNKNOWN : 0)
    const postings = examples.byPiece.get(piece)
    for (const [at, line] of postings?.lines.entries() ?? []) sums[line]! += worth * postings!.worths[at]!
  }
  return whole > 0 ? sums.map((sum) => sum / whole) : sums
}
