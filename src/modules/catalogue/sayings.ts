// What people say and what the catalogue calls it: everyday phrases are heard in a query and turned into the words of the titles.

import { z } from 'zod'
import { accented, type Syllable, syllables } from './words.ts'

/** One line of the book: any of `say` means `mean`. A `…` in a phrase stands for up to three other syllables. */
export const sayingRow = z.strictObject({ say: z.array(z.string().min(1)).min(1), mean: z.string().min(1), note: z.string().optional() })
export type Saying = z.infer<typeof sayingRow>

interface Phrase {
  readonly parts: readonly Syllable[][]
  readonly length: number
  readonly mean: string
}

export interface SayingBook {
  /** Longest first, by the plain syllable they begin with. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>
  /** Every plain syllable of the phrases. */
  readonly vocabulary: ReadonlySet<string>
}

const GAP = 3

export function bookOf(rows: readonly Saying[]): SayingBook {
  const phrases = rows.flatMap(({ say, mean }) =>
    say.map((text): Phrase => {
      const parts = text.split('…').map(syllables)
      return { parts, length: parts.flat().length, mean }
    }))
  phrases.sort((a, b) => b.length - a.length)
  const first = (phrase: Phrase): string => phrase.parts[0]?.[0]?.plain ?? ''
  return { phrases: Map.groupBy(phrases, first), vocabulary: new Set(phrases.flatMap((phrase) => phrase.parts.flat().map((one) => one.plain))) }
}

/** A syllable of the query against one of the book: the accents count only where both bear them. */
export function same(asked: Syllable, known: Syllable): boolean {
  return asked.plain === known.plain && (asked.exact === known.exact || !accented(asked) || !accented(known) || loose(asked) === loose(known))
}

/** ký = kí and tuỳ = tùy: the accent may sit elsewhere, the vowel be spelled otherwise. */
const loose = ({ exact }: Syllable): string => [...exact.normalize('NFD').replaceAll('y', 'i')].sort().join('')

export interface Heard {
  readonly mean: string
  /** Places of the query's syllables that the phrase took. */
  readonly took: readonly number[]
}

/** The phrase from this place on, with the rest of its parts after a gap of a few syllables each. */
function matchAt(phrase: Phrase, query: readonly Syllable[], from: number): number[] | null {
  const took: number[] = []
  let at = from
  for (const [i, part] of phrase.parts.entries()) {
    const furthest = i === 0 ? at : at + GAP
    while (at <= furthest && !part.every((known, k) => query[at + k] !== undefined && same(query[at + k]!, known))) at++
    if (at > furthest) return null
    for (let k = 0; k < part.length; k++) took.push(at + k)
    at += part.length
  }
  return took
}

/** What the book hears in a query: the longest phrases first, each syllable taken once. */
export function hear(book: SayingBook, query: readonly Syllable[]): Heard[] {
  const fits = query.flatMap((one, at) => (book.phrases.get(one.plain) ?? []).map((phrase) => ({ phrase, took: matchAt(phrase, query, at) })))
  const taken = new Set<number>()
  const heard: Heard[] = []
  for (const { phrase, took } of fits.sort((a, b) => b.phrase.length - a.phrase.length)) {
    if (!took || took.some((one) => taken.has(one))) continue
    for (const one of took) taken.add(one)
    heard.push({ mean: phrase.mean, took })
  }
  return heard
}
