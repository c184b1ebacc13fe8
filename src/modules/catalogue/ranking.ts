// Which procedure a person means: titles, and the book of sayings read as examples, asked in words of every day. Pure.

import { countsOf, type Examples, examplesOf, likeness, piecesOf } from './examples.ts'
import { bookOf, hear, type Saying, type SayingBook } from './sayings.ts'
import { mended, type Slips, slipsOf } from './slips.ts'
import { isPair, pairs, plainTitle, type Term, termsOf, titleLikeness, type Titles, titlesOf } from './titles.ts'
import { accented, syllables } from './words.ts'

/** One procedure as the index knows it. */
export interface Entry {
  readonly code: string
  readonly name: string
  readonly levels: readonly string[]
  readonly targets: readonly string[]
  /** Whether it can be filed here; else only its title is known. */
  readonly filed: boolean
  /** Whether it is one of the basic, essential services: more people need it. */
  readonly essential: boolean
  /** Everyday names that its record carries. */
  readonly keywords: readonly string[]
}

export interface Hit {
  readonly entry: Entry
  /** 1 and more: as good as named; a tenth: some word in common. */
  readonly score: number
}

interface Named {
  readonly doc: number
  readonly worth: number
}

export interface Index {
  readonly docs: readonly Entry[]
  readonly priors: readonly number[]
  readonly titles: Titles
  readonly book: SayingBook
  readonly examples: Examples
  /** By line of the book: the procedures that its meaning names; null for what this catalogue does not have. */
  readonly named: readonly (readonly Named[] | null)[]
  readonly slips: Slips
  /** Pairs of neighbours in titles and sayings, and how often. */
  readonly neighbours: ReadonlyMap<string, number>
}

/** Said in every question and no help in answering it. */
const FILLERS = new Set(
  syllables(
    'tôi toi mình em anh chị cô chú bác ạ ơi nhé à vậy thế nào sao gì ở đâu nơi chỗ khi thì là mà và của có được không phải cần muốn xin làm cho bị đi đến tới lên về ra vào với những các một cái này kia ấy giờ đã đang sẽ thủ tục giấy tờ hồ sơ hỏi như ai bao nhiêu nhờ giúp nếu để trong tại theo từ',
  ).map((one) => one.plain),
)
const FILLER_PIECE = 0.3

/** A title that begins with what was meant is that thing itself, not something about it. */
const BEGINS_SO = 1.25
/** What all lines of the book together say of a question counts this much beside its titles. */
const EXAMPLES = 3
/** Scores of what is plainly named come out near 1. */
const SCALE = 1 / 2.5
/** Less likeness than this is none. */
const LEAST = 0.35
/** A meaning that is this little like any title names none; one that names many procedures names none in particular. */
const NAMES_FROM = 0.5
/** So much of what a meaning says, weighed by how rare it is in the book, must stand in the title: in a small catalogue the likest may be far off. */
const SAYS_FROM = 0.7
const NEARLY_BEST = 0.93
const MOST_NAMED = 12

function priorOf({ levels, targets, filed, essential }: Entry): number {
  let prior = filed ? 1.12 : 1
  if (levels.includes('xa')) prior *= 1.1
  else if (levels.includes('tinh')) prior *= 1.04
  else prior *= 0.94
  if (essential) prior *= 1.04
  return targets.includes('cong_dan') ? prior * 1.06 : prior
}

/** Procedures that a meaning names: those whose title begins so, else the likest titles. Null when it is none of this catalogue. */
function namedBy(titles: Titles, examples: Examples, mean: string): Named[] | null {
  const plain = plainTitle(mean)
  const said = new Map(plain.split(' ').map((one) => [one, examples.rarity.get(one) ?? 1]))
  const whole = [...said.values()].reduce((sum, one) => sum + one, 0)
  const says = (title: string): boolean => title.split(' ').reduce((sum, one, at, all) => sum + (all.indexOf(one) === at ? said.get(one) ?? 0 : 0), 0) >= whole * SAYS_FROM
  const likes = titleLikeness(titles, new Map([...termsOf(mean)].map(([term, exact]): [string, Term] => [term, { weight: 1, exact }])))
  const best = likes.reduce((most, like) => Math.max(most, like), 0)
  if (best < NAMES_FROM) return null
  const found: Named[] = []
  likes.forEach((like, doc) => {
    const begins = like > 0 && titles.plain[doc]!.startsWith(plain)
    if (begins || (like >= best * NEARLY_BEST && says(titles.plain[doc]!))) found.push({ doc, worth: begins ? 1 : like / best })
  })
  return found.length > MOST_NAMED ? [] : found.length > 0 ? found : null
}

/** Builds the index: about a second for 2,700 titles and 16,000 sayings. Gives the turn away at times, when told how. */
export async function indexSlowly(entries: readonly Entry[], sayings: readonly Saying[], rest: () => Promise<void>): Promise<Index> {
  const titles = titlesOf(entries)
  const named: (Named[] | null)[] = []
  for (const [at, saying] of sayings.entries()) {
    countsOf(saying)
    if (at % 40 === 0) await rest()
  }
  const examples = examplesOf(sayings)
  for (const [at, { mean }] of sayings.entries()) {
    named.push(namedBy(titles, examples, mean))
    if (at % 80 === 0) await rest()
  }
  return assembled(entries, sayings, titles, examples, named)
}

/** The same at once. */
export function indexOf(entries: readonly Entry[], sayings: readonly Saying[]): Index {
  const titles = titlesOf(entries)
  const examples = examplesOf(sayings)
  return assembled(entries, sayings, titles, examples, sayings.map(({ mean }) => namedBy(titles, examples, mean)))
}

function assembled(entries: readonly Entry[], sayings: readonly Saying[], titles: Titles, examples: Examples, named: (Named[] | null)[]): Index {
  const book = bookOf(sayings)
  const neighbours = new Map([...titles.byTerm].filter(([term]) => isPair(term)).map(([term, { bags }]) => [term, bags.length]))
  for (const saying of sayings) for (const text of saying.say) for (const [pair] of pairs(syllables(text))) neighbours.set(pair, (neighbours.get(pair) ?? 0) + 1)
  const vocabulary = new Set([...[...titles.byTerm.keys()].filter((term) => !isPair(term)), ...book.vocabulary, ...FILLERS])
  return { docs: entries, priors: entries.map(priorOf), titles, book, examples, named, slips: slipsOf(vocabulary), neighbours }
}

interface Asked {
  readonly terms: ReadonlyMap<string, Term>
  /** What the book made of it, the surest first. */
  readonly meanings: readonly string[]
  /** What is likened to the book's examples. */
  readonly pieces: ReadonlyMap<string, number>
}

/** What is looked for: the words as typed; what the book hears in them, the more the more of the question it took; pieces for the examples. */
function askedFor({ titles, book, examples, slips, neighbours }: Index, text: string): Asked {
  const raw = syllables(text).slice(0, 40)
  const writesAccents = raw.filter(accented).length * 3 >= raw.length
  const together = (one: string | undefined, other: string | undefined): number => neighbours.get(`${one} ${other}`) ?? 0
  const query = mended(slips, raw, (one, before, after) => {
    const [with1, with2] = [together(before, one), together(one, after)]
    return (with1 && 10 + with1) + (with2 && 10 + with2) + Math.log(1 + (titles.byTerm.get(one)?.bags.length ?? 0))
  })
  const heard = hear(book, query)
  const taken = new Set(heard.flatMap((one) => one.took))
  const terms = new Map<string, Term>()
  const add = (term: string, weight: number, exact: string | null) => {
    const known = terms.get(term)
    if (known) known.weight = Math.max(known.weight, weight)
    else terms.set(term, { weight, exact })
  }
  query.forEach((one, i) => {
    const weight = taken.has(i) ? 0.25 : FILLERS.has(one.plain) ? 0.08 : 0.8
    add(one.plain, weight, writesAccents ? one.exact : null)
    const next = query[i + 1]
    if (next && !(FILLERS.has(one.plain) && FILLERS.has(next.plain))) add(`${one.plain} ${next.plain}`, taken.has(i) && taken.has(i + 1) ? 0.25 : 0.6, writesAccents ? `${one.exact} ${next.exact}` : null)
  })
  // a phrase that took little of a long question is a small part of what was meant
  const rareness = query.map(({ plain }) => (FILLERS.has(plain) ? 0.15 : 1) * (examples.rarity.get(plain) ?? 2))
  const whole = rareness.reduce((sum, one) => sum + one, 0) || 1
  for (const { mean, took } of heard) {
    const part = took.reduce((sum, at) => sum + rareness[at]!, 0) / whole
    const sure = Math.min(1.5, 0.6 + 0.18 * took.length) * part ** 0.7
    const said = syllables(mean)
    for (const one of said) add(one.plain, sure, one.exact)
    for (const [plain, exact] of pairs(said)) add(plain, sure, exact)
  }
  return { terms, meanings: heard.map((one) => plainTitle(one.mean)), pieces: piecesOf(query, (at) => (FILLERS.has(query[at]!.plain) ? FILLER_PIECE : 1)) }
}

/** Best first; nothing for words that no title and no saying knows. A code finds its procedure alone. */
export function rank(index: Index, text: string, limit = 100): Hit[] {
  const { docs, titles, priors } = index
  const code = /\b\d\.\d{6}\b/.exec(text)?.[0]
  if (code) return docs.filter((entry) => entry.code === code).map((entry) => ({ entry, score: 1 }))
  const { terms, meanings, pieces } = askedFor(index, text)
  const alike = new Float64Array(docs.length)
  // what is most like something that is not here is less like what is
  let elsewhere = 0
  likeness(index.examples, pieces).forEach((like, line) => {
    const named = index.named[line]!
    if (named === null) elsewhere = Math.max(elsewhere, like)
    else for (const { doc, worth } of named) if (like * worth > alike[doc]!) alike[doc] = like * worth
  })
  const hits: Hit[] = []
  titleLikeness(titles, terms).forEach((title, doc) => {
    if (title + alike[doc]! === 0) return
    const begins = title > 0 && meanings.some((mean) => titles.plain[doc]!.startsWith(mean) || mean.startsWith(titles.plain[doc]!)) ? BEGINS_SO : 1
    const here = elsewhere > alike[doc]! ? alike[doc]! / elsewhere : 1
    const score = (title * begins + alike[doc]! * here * EXAMPLES) * priors[doc]! * SCALE
    if (score > LEAST) hits.push({ entry: docs[doc]!, score })
  })
  return hits.sort((a, b) => b.score - a.score || a.entry.name.length - b.entry.name.length || (a.entry.code < b.entry.code ? -1 : 1)).slice(0, limit)
}
