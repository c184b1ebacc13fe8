// What people ask for: searches counted by day without the person, set beside what was filed, to choose what to offer next.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import type { Job } from '#core/jobs/index.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { filedByProcedure } from '#modules/dossiers/index.ts'
import { findProcedures, type Found } from './finder.ts'
import { needReader } from './rules.ts'
import { essentialCodes } from './store.ts'
import { syllables } from './words.ts'

const MOST_SYLLABLES = 12
/** Asked fewer times than this in all, a search may be somebody's own words: it is not shown, and forgotten after a month. */
export const SHOWN_FROM = 3
const KEPT_DAYS = 30
/** A day's different searches past this are noise of machines. */
const MOST_A_DAY = 20_000

/** A search as it is counted: plain syllables, runs of digits masked; null for what looks like a number, an address of mail or nothing. */
export function countedAs(q: string): string | null {
  if (/@/.test(q)) return null
  const said = syllables(q.slice(0, 200)).map((one) => (/\d{3,}/.test(one.exact) ? '#' : one.exact)).slice(0, MOST_SYLLABLES)
  return said.some((one) => one !== '#' && one.length > 1) ? said.join(' ') : null
}

/** Counts one search and what was answered first. */
export async function noteSearch(ctx: Ctx, q: string, first: string | null): Promise<void> {
  const said = countedAs(q)
  if (!said) return
  const day = localDate(ctx.now)
  await sql`insert into catalogue.search (day, said, first, asked)
    select ${day}::date, ${said}, ${first ?? ''}, 1
    where exists (select 1 from catalogue.search where day = ${day}::date and said = ${said} and first = ${first ?? ''})
      or (select count(*) from catalogue.search where day = ${day}::date) < ${MOST_A_DAY}
    on conflict (day, said, first) do update set asked = search.asked + 1`.execute(ctx.db)
}

export interface Asked {
  readonly said: string
  readonly asked: number
}

export interface DemandLine {
  readonly code: string
  readonly name: string
  readonly fieldName: string
  readonly published: boolean
  readonly onlineLevel: string
  readonly essential: boolean
  readonly searches: number
  readonly online: number
  readonly counter: number
  readonly post: number
  readonly filed: number
}

export interface Demand {
  readonly from: string
  readonly to: string
  readonly searches: number
  /** Most filed first, essential before others of equal number, then most searched. */
  readonly lines: readonly DemandLine[]
  /** What was asked for and nothing answered. */
  readonly nothing: readonly Asked[]
}

export const DemandInput = z.object({ from: z.iso.date('Ngày chưa đúng.'), to: z.iso.date('Ngày chưa đúng.') }).refine((period) => period.from <= period.to, { path: ['to'], message: 'Ngày cuối phải từ ngày đầu trở đi.' })

/** Demand of a period, both days included. Throws Forbidden. */
export async function demand(ctx: Ctx, { from, to }: { from: string; to: string }): Promise<Demand> {
  needReader(ctx)
  const [all, filed, rows, essential] = await Promise.all([
    findProcedures(ctx, { limit: Number.MAX_SAFE_INTEGER }),
    filedByProcedure(ctx.db, from, to),
    ctx.db.selectFrom('catalogue.search').select(['said', 'first', sql<number>`sum(asked)::int`.as('asked')]).where(sql<boolean>`day between ${from}::date and ${to}::date`).groupBy(['said', 'first']).execute(),
    essentials(ctx),
  ])
  const searches = new Map<string, number>()
  for (const row of rows) if (row.first) searches.set(row.first, (searches.get(row.first) ?? 0) + row.asked)
  const line = (one: Found): DemandLine => {
    const { truc_tuyen: online, truc_tiep: counter, bcci: post } = filed.get(one.code) ?? { truc_tuyen: 0, truc_tiep: 0, bcci: 0 }
    return {
      code: one.code, name: one.name, fieldName: one.fieldName, published: one.published, onlineLevel: one.onlineLevel, essential: essential.has(one.code), searches: searches.get(one.code) ?? 0,
      online, counter, post, filed: online + counter + post,
    }
  }
  return {
    from, to,
    searches: rows.reduce((sum, row) => sum + row.asked, 0),
    lines: all.map(line).filter((one) => one.filed > 0 || one.searches > 0 || one.essential)
      .sort((a, b) => b.filed - a.filed || Number(b.essential) - Number(a.essential) || b.searches - a.searches || a.name.localeCompare(b.name, 'vi')),
    nothing: rows.filter((row) => row.first === '' && row.asked >= SHOWN_FROM).map(({ said, asked }) => ({ said, asked })).sort((a, b) => b.asked - a.asked || (a.said < b.said ? -1 : 1)).slice(0, 200),
  }
}

/** Codes of basic, essential services, with the basis. */
export const essentials = (ctx: Pick<Ctx, 'db'>): Promise<ReadonlyMap<string, string>> => essentialCodes(ctx.db)

/** Nightly: rare searches older than a month are forgotten. */
export const demandJob: Job<never> = {
  name: 'catalogue.forget',
  run: (ctx) => inTransaction(ctx.db, async (tx) => {
    const before = addDays(localDate(ctx.now), -KEPT_DAYS)
    await sql`delete from catalogue.search where day < ${before}::date
      and said in (select said from catalogue.search group by said having sum(asked) < ${SHOWN_FROM})`.execute(tx)
  }),
}
