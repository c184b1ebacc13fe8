// Slips of the finger: a syllable that nobody knows becomes the known one that was meant. Pure.

import { near, type Syllable } from './words.ts'

export interface Slips {
  readonly known: ReadonlySet<string>
  /** Known syllables by what is left of each without one letter: where a slip is looked up. */
  readonly byRest: ReadonlyMap<string, readonly string[]>
}

const rests = (one: string): Set<string> => new Set([one, ...Array.from(one, (_, at) => one.slice(0, at) + one.slice(at + 1))])

export function slipsOf(known: ReadonlySet<string>): Slips {
  const byRest = new Map<string, string[]>()
  for (const one of known) {
    if (one.length < 2) continue
    for (const rest of rests(one)) byRest.set(rest, [...(byRest.get(rest) ?? []), one])
  }
  return { known, byRest }
}

/** Keys of the Telex way of typing that were left standing: 'chieeus' is 'chieu', 'cuw' is 'cu'. Null when there are none. */
export function telex(plain: string): string | null {
  const meant = plain.replaceAll(/([aeod])\1/g, '$1').replaceAll('w', '').replace(/(?<=[aeiou][a-z]*)[sfrxj]$/, '')
  return meant !== plain && meant.length > 1 ? meant : null
}

/** The query with its slips mended: the known syllable a letter away that goes best with its neighbours. A known word is never mended: *ra* is no slip for *rạp*. */
export function mended({ known, byRest }: Slips, query: readonly Syllable[], worthOf: (one: string, before: string | undefined, after: string | undefined) => number): Syllable[] {
  return query.map((one, at) => {
    if (known.has(one.plain) || one.plain.length < 2 || /\d/.test(one.plain)) return one
    const typed = telex(one.plain)
    if (typed && known.has(typed)) return { plain: typed, exact: typed }
    const meant = [...new Set([...rests(one.plain)].flatMap((rest) => byRest.get(rest) ?? []))]
      .filter((other) => near(one.plain, other))
      .map((other) => ({ other, worth: worthOf(other, query[at - 1]?.plain, query[at + 1]?.plain) }))
      .reduce<{ other: string; worth: number } | null>((best, next) => (!best || next.worth > best.worth ? next : best), null)
    return meant ? { plain: meant.other, exact: meant.other } : one
  })
}
