// What a dossier keeps of the versions it came from, where that is better for its applicant: the term it was promised, the fees, what is not asked again.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import type { Extension, Term } from '#core/workdays/index.ts'
import { evaluate, getVersion, type Version } from '#modules/procedures/index.ts'
import type { Dossier, DossierPart } from './schema.ts'

export interface KeptTerm {
  readonly term: Term
  /** At filing, and the one a leader may decide. */
  readonly extension: Extension | null
  readonly decided: Extension | null
  /** Number of the version it stands in. */
  readonly version: number
  /** The transitional clause by which it alone counts, though it may end later than a former one. */
  readonly clause?: string
}

export interface Kept {
  /** Counts instead of the version's own term. */
  readonly term: KeptTerm | null
  /** Terms of versions it came from: counted beside the one it has, and the first to end is the promise. Which that is, a pause may change. */
  readonly also: readonly KeptTerm[]
  /** Versions by whose fee tables no line costs more than it would there. `keys`: the question there by the question here;
   *  `codes`: the line there by the line here, and the one the dossier is asked by. */
  readonly fees: readonly { readonly version: string; readonly number: number; readonly keys: Readonly<Record<string, string>>; readonly codes: Readonly<Record<string, string>> }[]
  /** Faults that are not held against the applicant: questions by key, papers as `parts.id`. */
  readonly spared: readonly string[]
}

export const NOTHING_KEPT: Kept = { term: null, also: [], fees: [], spared: [] }

/** Null when nothing is kept, so that a dossier that came home lies there as it did. */
export const keptOrNull = (kept: Kept): Kept | null => (kept.term === null && kept.also.length === 0 && kept.fees.length === 0 && kept.spared.length === 0 ? null : kept)

/** What a term is, without where it stands. */
const termWords = ({ term, extension, decided }: KeptTerm): string => JSON.stringify([term, extension, decided])
const sameTerm = (one: KeptTerm, other: KeptTerm): boolean => termWords(one) === termWords(other)

/** Whether one term never ends before the other, however the clock is paused: same unit and manner, not a smaller number. */
const outlasts = (one: KeptTerm, other: KeptTerm): boolean =>
  one.term.value >= other.term.value && sameTerm({ ...one, term: { ...one.term, value: 0 } }, { ...other, term: { ...other.term, value: 0 } })

const beside = (own: KeptTerm, terms: readonly KeptTerm[]): KeptTerm[] =>
  terms.filter((one, i) => !outlasts(one, own) && !terms.some((other, j) => j !== i && outlasts(one, other) && (j < i || !outlasts(other, one))))

/** Which terms count after a move. `both`: the new version's and all it had before; `new`: the new one alone, by a clause; `old`: what it had. Pure. */
export function termsAfter(which: 'old' | 'new' | 'both', before: { readonly term: KeptTerm; readonly also: readonly KeptTerm[] }, after: KeptTerm, clause: string | undefined): Pick<Kept, 'term' | 'also'> {
  if (which === 'old') return { term: sameTerm(before.term, after) ? null : before.term, also: beside(before.term, before.also) }
  if (which === 'both') return { term: null, also: beside(after, [before.term, ...before.also]) }
  return beside(after, [before.term, ...before.also]).length === 0 ? { term: null, also: [] } : { term: { ...after, ...(clause ? { clause } : {}) }, also: [] }
}

/** A line of money, as evaluations and rows have it. */
interface Line {
  readonly code: string
  readonly amount: number
  readonly fullAmount: number
}

/** No line above what any of the others asks for it; a line that another does not know costs nothing. Pure. */
export function lowest<L extends Line>(lines: readonly L[], others: readonly (readonly Line[])[]): L[] {
  return lines.flatMap((line) => {
    const likes = others.map((other) => other.find((one) => one.code === line.code))
    if (likes.includes(undefined)) return []
    const least = likes.reduce<Line>((low, one) => (one!.amount < low.amount ? one! : low), line)
    return [least === line ? line : { ...line, amount: least.amount, fullAmount: Math.min(line.fullAmount, least.fullAmount) }]
  })
}

/** Lines under the codes by which they are asked. */
export const recoded = <L extends Line>(lines: readonly L[], codes: Readonly<Record<string, string>>): L[] => lines.map((line) => ({ ...line, code: codes[line.code] ?? line.code }))

/** The answers as another version's questions name them. */
export const underKeys = (form: Dossier['form'], keys: Readonly<Record<string, string>>): Dossier['form'] =>
  ({ ...form, ...Object.fromEntries(Object.entries(keys).map(([here, there]) => [there, form[here] ?? null])) })

/** What the dossier costs by one version, with the answers and parts it has. */
export const feesBy = (ctx: Ctx, dossier: Pick<Dossier, 'form' | 'applicant' | 'channel' | 'submittedAt'>, version: Version, parts: readonly Pick<DossierPart, 'part'>[], keys: Readonly<Record<string, string>> = {}) =>
  evaluate(version, {
    form: underKeys(dossier.form, keys), applicant: dossier.applicant as never, channel: dossier.channel, receivedAt: dossier.submittedAt ?? ctx.now, parts: [...new Set(parts.map((part) => part.part))],
  }, { calendar: ctx.calendar, catalogs: ctx.catalogs }).fees

/** Fees that were found by the dossier's version, as far as what it keeps allows them. */
export async function keptFees<L extends Line>(reader: Reader, ctx: Ctx, dossier: Dossier, found: readonly L[], parts: readonly DossierPart[]): Promise<L[]> {
  if (!dossier.kept || dossier.kept.fees.length === 0) return [...found]
  const others = await Promise.all(dossier.kept.fees.map(async ({ version, keys }) => feesBy(ctx, dossier, await getVersion(reader, version), parts, keys)))
  return lowest(dossier.kept.fees.reduce<L[]>((lines, { codes }) => recoded(lines, codes), [...found]), others)
}
