// Titles and everyday names of procedures as an index: syllables and pairs of neighbours, weighted by rarity. Pure.

import { type Syllable, syllables } from './words.ts'

export interface Term {
  /** Weight in the query. */
  weight: number
  /** The accented form that was asked for; null when any will do. */
  exact: string | null
}

interface Postings {
  readonly bags: number[]
  /** As the titles write it. */
  readonly exacts: string[]
}

export interface Titles {
  /** Plain, without 'Thủ tục'. */
  readonly plain: readonly string[]
  /** Of each title or everyday name: whose it is, and what it counts. */
  readonly docOf: readonly number[]
  readonly worthOf: readonly number[]
  readonly byTerm: ReadonlyMap<string, Postings>
  readonly rarity: ReadonlyMap<string, number>
}

/** Said in titles, they say little of what the procedure is. */
const BARE = new Set(syllables('thủ tục thực hiện đối với trường hợp của các cho theo quy định tại cấp tỉnh xã trung ương huyện và hoặc trong việc là do có thẩm quyền bằng được').map((one) => one.plain))
/** An everyday name of the record counts less than its title: it says what the thing is called, seldom what is done with it. */
const EVERYDAY_NAME = 0.75
/** The same syllable with other accents: another word, or one written carelessly. */
const OTHER_ACCENTS = 0.55
/** Rarity of what no title says. */
const UNKNOWN = 3

const bare = (name: string): string => name.replace(/^\s*thủ tục /i, '')
export const plainTitle = (name: string): string => syllables(bare(name)).map((one) => one.plain).join(' ')
export const isPair = (term: string): boolean => term.includes(' ')
export const pairs = (all: readonly Syllable[]): [string, string][] => all.slice(1).map((one, i) => [`${all[i]!.plain} ${one.plain}`, `${all[i]!.exact} ${one.exact}`])

/** Terms of a text: syllables and pairs of neighbours, plain → exact. */
export function termsOf(text: string): Map<string, string> {
  const all = syllables(text)
  return new Map([...all.map((one): [string, string] => [one.plain, one.exact]), ...pairs(all)])
}

export function titlesOf(entries: readonly { readonly name: string; readonly keywords: readonly string[] }[]): Titles {
  const texts = entries.flatMap((entry, doc) => [bare(entry.name), ...entry.keywords].map((text, at) => ({ doc, terms: termsOf(text), everyday: at > 0 })))
  const byTerm = new Map<string, Postings>()
  for (const [bag, { terms }] of texts.entries())
    for (const [term, exact] of terms) {
      const known = byTerm.get(term)
      if (known) {
        known.bags.push(bag)
        known.exacts.push(exact)
      } else byTerm.set(term, { bags: [bag], exacts: [exact] })
    }
  const rarity = new Map([...byTerm].map(([term, { bags }]) => [term, Math.log(1 + texts.length / bags.length) * (BARE.has(term) ? 0.25 : 1) * (isPair(term) ? 0.7 : 1)]))
  const lengthOf = (terms: Iterable<string>): number => Math.sqrt([...terms].reduce((sum, term) => sum + rarity.get(term)! ** 2, 0))
  return {
    plain: entries.map((entry) => plainTitle(entry.name)), docOf: texts.map((one) => one.doc), byTerm, rarity,
    // a title much longer than the question is held back a little less than a cosine would
    worthOf: texts.map(({ terms, everyday }) => (everyday ? EVERYDAY_NAME : 1) / (lengthOf(terms.keys()) || 1) ** 0.9),
  }
}

/** By procedure: how like its title, or the likest of its everyday names, is to the terms. */
export function titleLikeness(titles: Titles, terms: ReadonlyMap<string, Term>): Float64Array {
  const sums = new Float64Array(titles.docOf.length)
  let square = 0
  for (const [term, { weight, exact }] of terms) {
    const rarity = titles.rarity.get(term)
    square += (weight * (rarity ?? UNKNOWN)) ** 2
    const postings = titles.byTerm.get(term)
    if (!postings) continue
    const worth = weight * rarity! ** 2
    for (const [at, bag] of postings.bags.entries()) sums[bag]! += exact === null || exact === postings.exacts[at] ? worth : worth * OTHER_ACCENTS
  }
  const best = new Float64Array(titles.plain.length)
  const length = Math.sqrt(square) || 1
  sums.forEach((sum, bag) => {
    const like = (sum / length) * titles.worthOf[bag]!
    if (like > best[titles.docOf[bag]!]!) best[titles.docOf[bag]!] = like
  })
  return best
}
