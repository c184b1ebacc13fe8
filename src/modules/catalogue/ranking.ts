// Which procedure a person means: an index in memory of some thousands of titles, asked in words of every day. Pure.

import { bookOf, hear, type Saying, type SayingBook } from './sayings.ts'
import { accented, near, type Syllable, syllables } from './words.ts'

/** One procedure as the index knows it. */
export interface Entry {
  readonly code: string
  readonly name: string
  readonly levels: readonly string[]
  readonly targets: readonly string[]
  /** Whether it can be filed here; else only its title is known. */
  readonly filed: boolean
  /** Everyday names that its record carries. */
  readonly keywords: readonly string[]
}

export interface Hit {
  readonly entry: Entry
  readonly score: number
}

interface Term {
  /** Weight in the query. */
  weight: number
  /** The accented form that was asked for; null when any will do. */
  exact: string | null
}

interface Doc {
  readonly entry: Entry
  readonly prior: number
  /** Plain title without 'Thủ tục'. */
  readonly title: string
}

/** A title, or an everyday name of a record: its length as a vector, and what it counts. */
interface Bag {
  readonly doc: number
  readonly worth: number
}

interface Posting {
  readonly bag: number
  /** As the title writes it. */
  readonly exact: string
}

export interface Index {
  readonly docs: readonly Doc[]
  readonly bags: readonly Bag[]
  readonly byTerm: ReadonlyMap<string, readonly Posting[]>
  readonly rarity: ReadonlyMap<string, number>
  readonly vocabulary: ReadonlySet<string>
  /** Pairs of neighbours in titles and sayings, and how often. */
  readonly neighbours: ReadonlyMap<string, number>
  readonly book: SayingBook
}

/** Said in every question and no help in answering it. */
const FILLERS = new Set(
  syllables(
    'tôi toi mình em anh chị cô chú bác ạ ơi nhé à vậy thế nào sao gì ở đâu nơi chỗ khi thì là mà và của có được không phải cần muốn xin làm cho bị đi đến tới lên về ra vào với những các một cái này kia ấy giờ đã đang sẽ thủ tục giấy tờ hồ sơ hỏi như ai bao nhiêu nhờ giúp nếu để trong tại theo từ',
  ).map((one) => one.plain),
)
/** The same in titles: they say little of what the procedure is. */
const BARE = new Set(syllables('thủ tục thực hiện đối với trường hợp của các cho theo quy định tại cấp tỉnh xã trung ương huyện và hoặc trong việc là do có thẩm quyền bằng được').map((one) => one.plain))

const pairs = (all: readonly Syllable[]): [string, string][] => all.slice(1).map((one, i) => [`${all[i]!.plain} ${one.plain}`, `${all[i]!.exact} ${one.exact}`])

/** Terms of a text: syllables and pairs of neighbours, plain → exact. */
function termsOf(text: string): Map<string, string> {
  const all = syllables(text)
  return new Map([...all.map((one): [string, string] => [one.plain, one.exact]), ...pairs(all)])
}

/** An everyday name of the record counts less than its title: it says what the thing is called, seldom what is done with it. */
const EVERYDAY_NAME = 0.75
/** A title that begins with what was meant is that thing itself, not something about it. */
const BEGINS_SO = 1.25
/** The same syllable with other accents: another word, or one written carelessly. */
const OTHER_ACCENTS = 0.55
/** Less likeness than this is none. */
const LEAST = 0.06

const bare = (name: string): string => name.replace(/^\s*thủ tục /i, '')
const plainTitle = (name: string): string => syllables(bare(name)).map((one) => one.plain).join(' ')

const isPair = (term: string): boolean => term.includes(' ')

function priorOf({ levels, targets, filed }: Entry): number {
  let prior = filed ? 1.12 : 1
  if (levels.includes('xa')) prior *= 1.1
  else if (levels.includes('tinh')) prior *= 1.04
  else prior *= 0.94
  return targets.some((one) => one === 'cong_dan') ? prior * 1.06 : prior
}

/** Builds the index: a tenth of a second for 2,700 titles. */
export function indexOf(entries: readonly Entry[], sayings: readonly Saying[]): Index {
  const docs = entries.map((entry): Doc => ({ entry, prior: priorOf(entry), title: plainTitle(entry.name) }))
  const texts = entries.flatMap((entry, doc) => [bare(entry.name), ...entry.keywords].map((text, at) => ({ doc, terms: termsOf(text), everyday: at > 0 })))
  const byTerm = new Map<string, Posting[]>()
  for (const [bag, { terms }] of texts.entries())
    for (const [term, exact] of terms) {
      const known = byTerm.get(term)
      if (known) known.push({ bag, exact })
      else byTerm.set(term, [{ bag, exact }])
    }
  const rarity = new Map([...byTerm].map(([term, all]) => [term, Math.log(1 + texts.length / all.length) * (BARE.has(term) ? 0.25 : 1) * (isPair(term) ? 0.7 : 1)]))
  const lengthOf = (terms: Iterable<string>): number => Math.sqrt([...terms].reduce((sum, term) => sum + rarity.get(term)! ** 2, 0))
  // A title much longer than the question is held back a little less than a cosine would.
  const bags = texts.map(({ doc, terms, everyday }): Bag => ({ doc, worth: (everyday ? EVERYDAY_NAME : 1) / (lengthOf(terms.keys()) || 1) ** 0.9 }))
  const book = bookOf(sayings)
  const vocabulary = new Set([...[...byTerm.keys()].filter((term) => !isPair(term)), ...book.vocabulary, ...FILLERS])
  const neighbours = new Map([...byTerm].filter(([term]) => isPair(term)).map(([term, all]) => [term, all.length]))
  for (const saying of sayings) for (const text of saying.say) for (const [pair] of pairs(syllables(text))) neighbours.set(pair, (neighbours.get(pair) ?? 0) + 1)
  return { docs, bags, byTerm, rarity, vocabulary, neighbours, book }
}

/** A syllable that nobody knows becomes the known one a slip away: the one that goes best with its neighbours. */
function mended(index: Index, query: readonly Syllable[]): Syllable[] {
  return query.map((one, i) => {
    if (index.vocabulary.has(one.plain) || one.plain.length < 2 || /\d/.test(one.plain)) return one
    let best: { plain: string; worth: number } | null = null
    for (const known of index.vocabulary) {
      if (known.length < 2 || !near(one.plain, known)) continue
      const before = query[i - 1] ? index.neighbours.get(`${query[i - 1]!.plain} ${known}`) ?? 0 : 0
      const after = query[i + 1] ? index.neighbours.get(`${known} ${query[i + 1]!.plain}`) ?? 0 : 0
      const worth = (before ? 10 + before : 0) + (after ? 10 + after : 0) + Math.log(1 + (index.byTerm.get(known)?.length ?? 0))
      if (!best || worth > best.worth) best = { plain: known, worth }
    }
    return best ? { plain: best.plain, exact: best.plain } : one
  })
}

/** A long phrase says more surely what is meant than a short one. */
const sureness = (syllablesTaken: number): number => Math.min(1.5, 0.6 + 0.18 * syllablesTaken)

interface Asked {
  readonly terms: ReadonlyMap<string, Term>
  /** What the book made of it, the surest first. */
  readonly meanings: readonly string[]
}

/** What is looked for: the words as typed, and with more weight what the book makes of them. */
function askedFor(index: Index, text: string): Asked {
  const raw = syllables(text).slice(0, 40)
  const writesAccents = raw.filter(accented).length * 3 >= raw.length
  const query = mended(index, raw)
  const heard = hear(index.book, query)
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
  for (const { mean, took } of heard) {
    const said = syllables(mean)
    for (const one of said) add(one.plain, sureness(took.length), one.exact)
    for (const [plain, exact] of pairs(said)) add(plain, sureness(took.length), exact)
  }
  return { terms, meanings: heard.map((one) => plainTitle(one.mean)) }
}

/** Best first; nothing for words that no title and no saying knows. A code finds its procedure alone. */
export function rank(index: Index, text: string, limit = 100): Hit[] {
  const code = /\b\d\.\d{6}\b/.exec(text)?.[0]
  if (code) return index.docs.filter((doc) => doc.entry.code === code).map((doc) => ({ entry: doc.entry, score: 1 }))
  const { terms, meanings } = askedFor(index, text)
  const length = Math.sqrt([...terms].reduce((sum, [term, { weight }]) => sum + (weight * (index.rarity.get(term) ?? 3)) ** 2, 0)) || 1
  const sums = new Map<number, number>()
  for (const [term, { weight, exact }] of terms) {
    const worth = weight * (index.rarity.get(term) ?? 0) ** 2
    for (const posting of index.byTerm.get(term) ?? []) sums.set(posting.bag, (sums.get(posting.bag) ?? 0) + worth * (exact === null || exact === posting.exact ? 1 : OTHER_ACCENTS))
  }
  const best = new Map<number, number>()
  for (const [bag, sum] of sums) {
    const { doc, worth } = index.bags[bag]!
    best.set(doc, Math.max(best.get(doc) ?? 0, (sum / length) * worth))
  }
  const hits: Hit[] = []
  for (const [doc, likeness] of best) {
    const { entry, prior, title } = index.docs[doc]!
    const begins = meanings.some((mean) => title.startsWith(mean) || mean.startsWith(title)) ? BEGINS_SO : 1
    if (likeness > LEAST) hits.push({ entry, score: likeness * prior * begins })
  }
  return hits.sort((a, b) => b.score - a.score || a.entry.name.length - b.entry.name.length || (a.entry.code < b.entry.code ? -1 : 1)).slice(0, limit)
}
