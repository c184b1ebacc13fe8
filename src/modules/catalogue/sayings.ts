// What people say and what the catalogue calls it: everyday phrases are heard in a query and turned into the words of the titles.

import { z } from 'zod'
import { near, type Syllable, syllables } from './words.ts'

/** One line of the book: any of `say` means `mean`. A `…` in a phrase stands for up to three other syllables. */
export const sayingRow = z.strictObject({ say: z.array(z.string().min(1)).min(1), mean: z.string().min(1), note: z.string().optional() })
export type Saying = z.infer<typeof sayingRow>

interface Phrase {
  readonly parts: readonly Syllable[][]
  readonly length: number
  readonly mean: string
}

export interface SayingBook {
  readonly phrases: readonly Phrase[]
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
  return { phrases, vocabulary: new Set(phrases.flatMap((phrase) => phrase.parts.flat().map((one) => one.plain))) }
}

/** A syllable of the query against one of the book: the accents count only where both bear them. */
function same(asked: Syllable, known: Syllable): boolean {
  return asked.plain === known.plain && (asked.exact === asked.plain || known.exact === known.plain || asked.exact === known.exact || loose(asked) === loose(known))
}

/** ký = kí and tuỳ = tùy: the accent may sit elsewhere, the vowel be spelled otherwise. */
const loose = ({ exact }: Syllable): string => [...exact.normalize('NFD').replaceAll('y', 'i')].sort().join('')

export interface Heard {
  readonly mean: string
  /** Places of the query's syllables that the phrase took. */
  readonly took: readonly number[]
  /** 1, or less when a slip of the finger was forgiven. */
  readonly sure: number
}

function matchAt(phrase: Phrase, query: readonly Syllable[], from: number, slips: number): Heard | null {
  const took: number[] = []
  let left = slips
  let at = from
  for (const [i, part] of phrase.parts.entries()) {
    let begin = -1
    for (let start = at; start <= (i === 0 ? at : at + GAP) && begin < 0; start++) {
      let spent = 0
      const fits = part.every((known, k) => {
        const asked = query[start + k]
        if (!asked) return false
        if (same(asked, known)) return true
        if (left - spent > 0 && known.plain.length > 2 && asked.plain.length > 1 && near(asked.plain, known.plain)) {
          spent++
          return true
        }
        return false
      })
      if (fits) {
        begin = start
        left -= spent
      }
    }
    if (begin < 0) return null
    for (let k = 0; k < part.length; k++) took.push(begin + k)
    at = begin + part.length
  }
  return { mean: phrase.mean, took, sure: left < slips ? 0.8 : 1 }
}

/** What the book hears in a query: longest phrases first, each syllable taken once; one slip is forgiven in phrases of two syllables and more. */
export function hear(book: SayingBook, query: readonly Syllable[]): Heard[] {
  const found: Heard[] = []
  const taken = new Set<number>()
  for (const slips of [0, 1]) {
    for (const phrase of book.phrases) {
      if (slips > 0 && phrase.length < 2) continue
      for (let at = 0; at < query.length; at++) {
        const heard = matchAt(phrase, query, at, slips)
        if (!heard || heard.took.some((one) => taken.has(one))) continue
        if (slips > 0 && heard.sure === 1) continue
        found.push(heard)
        for (const one of heard.took) taken.add(one)
      }
    }
  }
  return found
}
