// Which procedure a person means: an index in memory of some thousands of titles, asked in words of every day. Pure.

import { bookOf, hear, type Saying, type SayingBook } from './sayings.ts'
import { accented, near, type Syllable, syllables } from './words.ts'

/** One procedure as the index knows it. */
export interface Entry {
  readonly code: string
  readonly name: string
  readonly field: string
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
  /** The title, and each everyday name, as bags: the best of them counts. */
  readonly bags: readonly Bag[]
}

interface Bag {
  readonly terms: ReadonlyMap<string, string>
  readonly norm: number
}

export interface Index {
  readonly docs: readonly Doc[]
  readonly byTerm: ReadonlyMap<string, readonly number[]>
  readonly rarity: ReadonlyMap<string, number>
  readonly vocabulary: ReadonlySet<string>
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

const isPair = (term: string): boolean => term.includes(' ')

function priorOf({ levels, targets, filed }: Entry): number {
  let prior = filed ? 1.12 : 1
  if (levels.includes('xa')) prior *= 1.1
  else if (levels.includes('tinh')) prior *= 1.04
  else prior *= 0.94
  return targets.some((one) => one === 'cong_dan') ? prior * 1.06 : prior
}

/** Builds the index; 2,700 titles take about 60 ms. */
export function indexOf(entries: readonly Entry[], sayings: readonly Saying[]): Index {
  const texts = entries.map((entry) => [entry.name.replace(/^\s*thủ tục /i, ''), ...entry.keywords].map(termsOf))
  const seen = new Map<string, number>()
  for (const bags of texts) for (const term of new Set(bags.flatMap((bag) => [...bag.keys()]))) seen.set(term, (seen.get(term) ?? 0) + 1)
  const rarity = new Map([...seen].map(([term, count]) => [term, Math.log(1 + entries.length / count) * (BARE.has(term) ? 0.25 : 1) * (isPair(term) ? 0.7 : 1)]))
  const docs = entries.map((entry, i): Doc => ({
    entry,
    prior: priorOf(entry),
    bags: texts[i]!.map((terms) => ({ terms, norm: Math.sqrt([...terms.keys()].reduce((sum, term) => sum + (rarity.get(term) ?? 0) ** 2, 0)) })),
  }))
  const byTerm = new Map<string, number[]>()
  for (const [i, { bags }] of docs.entries())
    for (const term of new Set(bags.flatMap((bag) => [...bag.terms.keys()]))) {
      const known = byTerm.get(term)
      if (known) known.push(i)
      else byTerm.set(term, [i])
    }
  const book = bookOf(sayings)
  const vocabulary = new Set([...[...seen.keys()].filter((term) => !isPair(term)), ...book.vocabulary, ...FILLERS])
  return { docs, byTerm, rarity, vocabulary, book }
}

/** A syllable that nobody knows becomes the known one a slip away, the one that goes best with its neighbours. */
function mended(index: Index, query: readonly Syllable[]): Syllable[] {
  return query.map((one, i) => {
    if (index.vocabulary.has(one.plain) || one.plain.length < 2 || /\d/.test(one.plain)) return one
    let best: { plain: string; worth: number } | null = null
    for (const known of index.vocabulary) {
      if (known.length < 2 || !near(one.plain, known)) continue
      const before = query[i - 1] && index.byTerm.get(`${query[i - 1]!.plain} ${known}`)
      const after = query[i + 1] && index.byTerm.get(`${known} ${query[i + 1]!.plain}`)
      const worth = (before ? 10 + before.length : 0) + (after ? 10 + after.length : 0) + Math.log(1 + (index.byTerm.get(known)?.length ?? 0))
      if (!best || worth > best.worth) best = { plain: known, worth }
    }
    return best ? { plain: best.plain, exact: best.plain } : one
  })
}

/** What is looked for: the words as typed, and with more weight what the book makes of them. */
function askedFor(index: Index, text: string): Map<string, Term> {
  const raw = syllables(text).slice(0, 40)
  const writesAccents = raw.filter(accented).length * 3 >= raw.length
  const heard = hear(index.book, raw)
  const taken = new Set(heard.flatMap((one) => one.took))
  const query = mended(index, raw)
  const again = raw.some((one, i) => one !== query[i]) ? hear(index.book, query).filter((one) => !one.took.some((at) => taken.has(at))) : []
  for (const one of again) for (const at of one.took) taken.add(at)
  const terms = new Map<string, Term>()
  const add = (term: string, weight: number, exact: string | null) => {
    const known = terms.get(term)
    if (known) known.weight = Math.max(known.weight, weight)
    else terms.set(term, { weight, exact })
  }
  const exactOf = (one: Syllable) => (writesAccents ? one.exact : null)
  query.forEach((one, i) => {
    const weight = taken.has(i) ? 0.3 : FILLERS.has(one.plain) ? 0.08 : 0.8
    add(one.plain, weight, exactOf(one))
    const next = query[i + 1]
    if (next && !(FILLERS.has(one.plain) && FILLERS.has(next.plain))) add(`${one.plain} ${next.plain}`, taken.has(i) && taken.has(i + 1) ? 0.3 : 0.6, writesAccents ? `${one.exact} ${next.exact}` : null)
  })
  for (const { mean, sure } of [...heard, ...again]) {
    const said = syllables(mean)
    for (const one of said) add(one.plain, 1.2 * sure, one.exact)
    for (const [plain, exact] of pairs(said)) add(plain, 1.2 * sure, exact)
  }
  return terms
}

/** Best first; nothing for words that no title and no saying knows. A code finds its procedure alone. */
export function rank(index: Index, text: string, limit = 100): Hit[] {
  const code = /\b\d\.\d{6}\b/.exec(text)?.[0]
  if (code) return index.docs.filter((doc) => doc.entry.code === code).map((doc) => ({ entry: doc.entry, score: 1 }))
  const terms = askedFor(index, text)
  const length = Math.sqrt([...terms].reduce((sum, [term, { weight }]) => sum + (weight * (index.rarity.get(term) ?? 3)) ** 2, 0)) || 1
  const touched = new Set<number>()
  for (const [term, { weight }] of terms) if (weight > 0.1) for (const i of index.byTerm.get(term) ?? []) touched.add(i)
  const hits: Hit[] = []
  for (const i of touched) {
    const { entry, prior, bags } = index.docs[i]!
    const score = Math.max(...bags.map((bag, at) => likeness(index, terms, length, bag) * (at === 0 ? 1 : 0.95)))
    if (score > 0.06) hits.push({ entry, score: score * prior })
  }
  return hits.sort((a, b) => b.score - a.score || a.entry.name.length - b.entry.name.length || (a.entry.code < b.entry.code ? -1 : 1)).slice(0, limit)
}

/** Cosine of the query and a title, with titles much longer than the question held back a little less than they should be. */
function likeness(index: Index, terms: ReadonlyMap<string, Term>, length: number, { terms: own, norm }: Bag): number {
  let sum = 0
  for (const [term, { weight, exact }] of terms) {
    const bears = own.get(term)
    if (bears === undefined) continue
    const rarity = index.rarity.get(term) ?? 0
    sum += weight * rarity * rarity * (exact === null || exact === bears ? 1 : 0.55)
  }
  return norm === 0 ? 0 : sum / (length * norm ** 0.9)
}
