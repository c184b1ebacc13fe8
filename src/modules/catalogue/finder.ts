// Finding a procedure by what people say: one index in memory, built anew when what it was made of changes.

import { setImmediate as turn } from 'node:timers/promises'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Listed, listPublished, publishedStamp, searchProcedures } from '#modules/procedures/index.ts'
import { PACK_SAYINGS } from './book.ts'
import { type Entry, type Index, indexSlowly, rank } from './ranking.ts'
import type { CatalogueEntry } from './schema.ts'
import * as store from './store.ts'

/** A procedure as a list of answers shows it. */
export interface Found {
  readonly code: string
  readonly name: string
  /** In a sentence; null for what is known by name only. */
  readonly about: string | null
  readonly fieldName: string
  readonly levels: readonly string[]
  readonly targets: readonly string[]
  /** toan_trinh, mot_phan, thong_tin */
  readonly onlineLevel: string
  /** Whether it is one of the basic, essential services. */
  readonly essential: boolean
  /** Whether its record is here, or only the nation's entry. */
  readonly published: boolean
}

export interface FindFilter {
  readonly q?: string | undefined
  readonly target?: string | undefined
  readonly level?: string | undefined
  /** Code of a field of the published, or the name of a field. */
  readonly field?: string | undefined
  readonly limit?: number
}

interface Catalogue {
  readonly stamp: string
  readonly index: Index
  readonly found: ReadonlyMap<string, Found>
  /** Fields with their number of procedures; a code where the published have one, else the name. */
  readonly fields: readonly Field[]
}

export interface Field {
  readonly key: string
  readonly name: string
  readonly count: number
}

const ofPublished = (one: Listed, essential: boolean): Found => ({
  essential,
  code: one.code, name: one.name, about: one.about, fieldName: one.fieldName, levels: one.levels, targets: one.targets, onlineLevel: one.onlineLevel, published: true,
})
const ofEntry = (one: CatalogueEntry, essential: boolean): Found => ({
  essential,
  code: one.code, name: one.name, about: null, fieldName: one.field, levels: one.levels, targets: one.targets, onlineLevel: 'thong_tin', published: false,
})

/** One catalogue a database; what a process remembers between requests is only what the database would say again. */
const known = new WeakMap<object, Promise<Catalogue>>()

async function build(reader: Reader, on: string, stamp: string): Promise<Catalogue> {
  const [published, entries, sayings, essential] = await Promise.all([listPublished(reader, on), store.live(reader), store.sayings(reader), store.essentialCodes(reader)])
  const here = new Set(published.map((one) => one.code))
  const found = new Map([...published.map((one) => ofPublished(one, essential.has(one.code))), ...entries.filter((one) => !here.has(one.code)).map((one) => ofEntry(one, essential.has(one.code)))].map((one) => [one.code, one]))
  const keywords = new Map(published.map((one) => [one.code, one.keywords]))
  const asked = [...found.values()].map((one): Entry => ({ code: one.code, name: one.name, levels: one.levels, targets: one.targets, filed: one.published, essential: one.essential, keywords: keywords.get(one.code) ?? [] }))
  const codes = new Map(published.map((one) => [one.fieldName, one.fieldCode]))
  const fields = [...Map.groupBy(found.values(), (one) => one.fieldName)].map(([name, all]) => ({ key: codes.get(name) ?? name, name, count: all.length }))
  // what officials said comes first: it was said because the pack's line misled
  return { stamp, index: await indexSlowly(asked, [...sayings, ...PACK_SAYINGS], turn), found, fields }
}

async function catalogueOf(ctx: Ctx): Promise<Catalogue> {
  const on = localDate(ctx.now)
  const stamp = (await Promise.all([publishedStamp(ctx.db, on), store.stamp(ctx.db)])).join('|')
  const before = known.get(ctx.db)
  if (before && (await before).stamp === stamp) return before
  const next = build(ctx.db, on, stamp)
  known.set(ctx.db, next)
  next.catch(() => known.delete(ctx.db))
  return next
}

/** What is this much less alike than the best answer is no answer. */
const NEAR_ENOUGH = 0.35
/** Likeness from which the best answer may be taken for what was meant; below it the person is asked. */
const SURE = 1.5

const fits = ({ target, level, field }: FindFilter, fields: readonly Field[]) => {
  const fieldName = fields.find((one) => one.key === field || one.name === field)?.name ?? field
  return (one: Found): boolean => (!target || one.targets.includes(target)) && (!level || one.levels.includes(level)) && (!field || one.fieldName === fieldName)
}

/** Best first; without words, everything that fits: the published first, then by name. */
export async function findProcedures(ctx: Ctx, filter: FindFilter): Promise<Found[]> {
  const { index, found, fields } = await catalogueOf(ctx)
  const limit = filter.limit ?? 100
  const fit = fits(filter, fields)
  const q = filter.q?.trim()
  if (q) {
    const hits = rank(index, q, found.size).filter(({ entry }) => fit(found.get(entry.code)!))
    const least = (hits[0]?.score ?? 0) * NEAR_ENOUGH
    return hits.filter((hit) => hit.score >= least).map(({ entry }) => found.get(entry.code)!).slice(0, limit)
  }
  return [...found.values()].filter(fit).sort((a, b) => Number(b.published) - Number(a.published) || a.name.localeCompare(b.name, 'vi') || (a.code < b.code ? -1 : 1)).slice(0, limit)
}

/** What a person means: the best answers, and whether the first may be taken for it without asking back ("hộ chiếu" only sounds like "hộ tịch"). */
export async function whatIsMeant(ctx: Ctx, q: string, limit: number): Promise<{ sure: boolean; found: Found[] }> {
  const { index } = await catalogueOf(ctx)
  return { sure: (rank(index, q, 1)[0]?.score ?? 0) >= SURE, found: await findProcedures(ctx, { q, limit }) }
}

/** Versions in force that can be filed here, in the order of the finding; without words by name. */
export async function findPublished(ctx: Ctx, filter: FindFilter): Promise<Awaited<ReturnType<typeof searchProcedures>>> {
  const { q, target, level, field, limit = 100 } = filter
  const versions = await searchProcedures(ctx.db, { on: localDate(ctx.now), limit: 5000, ...(target ? { target } : {}), ...(level ? { level } : {}), ...(field ? { field } : {}) })
  if (!q?.trim()) return versions.slice(0, limit)
  const byCode = new Map(versions.map((version) => [version.code, version]))
  const order = await findProcedures(ctx, { q, limit: Number.MAX_SAFE_INTEGER })
  return order.flatMap((one) => byCode.get(one.code) ?? []).slice(0, limit)
}

/** Every field with how many procedures it has. */
export const listFields = async (ctx: Ctx): Promise<readonly Field[]> => (await catalogueOf(ctx)).fields

export const countCatalogue = async (ctx: Ctx): Promise<{ published: number; named: number }> => {
  const all = [...(await catalogueOf(ctx)).found.values()]
  return { published: all.filter((one) => one.published).length, named: all.filter((one) => !one.published).length }
}
