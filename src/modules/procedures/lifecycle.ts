// Where each version of a procedure stands on a day, and when the procedure must be read again.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Reader } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { needAuthor, whoIs } from './authors.ts'
import { reviewed } from './events.ts'
import { findInForce, inForce, type VersionSummary } from './store.ts'
import { sql } from 'kysely'

/** Life of a version (requirement S0-173). A draft is no version yet. */
export const LIFECYCLE = {
  cho_hieu_luc: 'Chưa có hiệu lực',
  hieu_luc: 'Đang áp dụng',
  da_sua_doi: 'Đã được sửa đổi',
  het_hieu_luc: 'Hết hiệu lực',
  bai_bo: 'Đã bãi bỏ thủ tục',
  da_rut: 'Đã rút',
} as const
export type Lifecycle = keyof typeof LIFECYCLE

/** Whether a version's day is the later one; of one day, its number. */
const follows = (one: VersionSummary, other: VersionSummary): boolean => one.effectiveFrom === other.effectiveFrom ? one.number > other.number : one.effectiveFrom > other.effectiveFrom
const lastOf = <V extends VersionSummary>(versions: readonly V[]): V | null => versions.reduce<V | null>((best, one) => (best === null || follows(one, best) ? one : best), null)

/** The version whose day is the last, of those not taken back: what a draft must have read. */
export const newestOf = <V extends VersionSummary>(versions: readonly V[]): V | null => lastOf(versions.filter((one) => !one.withdrawn))

/** The version in force on a day among all of one code; null when none is, or the last abolishes. The same rule as the database's. */
export function inForceOn<V extends VersionSummary>(versions: readonly V[], on: string): V | null {
  const newest = holding(versions, on)
  return newest && !newest.abolishes ? newest : null
}

/** The version that speaks on a day, also one that abolishes. */
export const holding = <V extends VersionSummary>(versions: readonly V[], on: string): V | null =>
  lastOf(versions.filter((one) => !one.withdrawn && one.effectiveFrom <= on && (one.effectiveTo === null || one.effectiveTo >= on)))

/** Where a version stands on a day, among all versions of its code. */
export function lifecycleOf(version: VersionSummary, versions: readonly VersionSummary[], on: string): Lifecycle {
  if (version.withdrawn) return 'da_rut'
  if (version.effectiveFrom > on) return 'cho_hieu_luc'
  const now = holding(versions, on)
  if (now?.number === version.number) return version.abolishes ? 'bai_bo' : 'hieu_luc'
  return now && follows(now, version) ? 'da_sua_doi' : 'het_hieu_luc'
}

export interface ReviewState {
  readonly code: string
  readonly name: string
  readonly version: number
  /** When somebody last said that it is right, or published it. */
  readonly confirmedOn: string
  readonly dueOn: string
  /** Past its day, or somebody said that it is stale. */
  readonly stale: boolean
  /** What was found stale. */
  readonly note: string | null
  readonly byName: string | null
}

export interface ReviewRule {
  readonly months: number
  readonly legal: string
  readonly sure: 'found' | 'memory'
}

export async function reviewRule(reader: Reader, on: string): Promise<ReviewRule> {
  const row = await reader.selectFrom('procedures.review_rule').select(['months', 'legal', 'sure']).where('from_on', '<=', sql<never>`${on}::date`).orderBy('from_on', 'desc').limit(1).executeTakeFirst()
  return row ? { months: row.months, legal: row.legal, sure: row.sure as ReviewRule['sure'] } : { months: 12, legal: '', sure: 'memory' }
}

/** Procedures in force with the day by which each must be read again, the most urgent first. */
export async function reviewStates(reader: Reader, on: string, code?: string): Promise<ReviewState[]> {
  const { months } = await reviewRule(reader, on)
  const rows = await reader
    .selectFrom('procedures.version as v')
    .leftJoin((query) => query.selectFrom('procedures.review').select(['version_id', 'verdict', 'note', 'at', 'by_name']).distinctOn('version_id').orderBy('version_id').orderBy('at', 'desc').as('r'), (join) => join.onRef('r.version_id', '=', 'v.id'))
    .select(['v.code', 'v.name', 'v.number', 'r.verdict', 'r.note', 'r.by_name', sql<string>`(coalesce((select max(c.at) from procedures.review c where c.version_id = v.id and c.verdict = 'current'), v.imported_at) at time zone 'Asia/Ho_Chi_Minh')::date`.as('confirmed')])
    .where(sql<boolean>`v.id in (select id from procedures.version where ${inForce(on)})`)
    .$if(code !== undefined, (query) => query.where('v.code', '=', code!))
    .execute()
  return rows
    .map((row): ReviewState => {
      const dueOn = addMonths(row.confirmed, months)
      const said = row.verdict === 'stale'
      return { code: row.code, name: row.name, version: row.number, confirmedOn: row.confirmed, dueOn, stale: said || dueOn < on, note: said ? row.note : null, byName: row.by_name }
    })
    .sort((a, b) => Number(b.stale) - Number(a.stale) || a.dueOn.localeCompare(b.dueOn) || a.name.localeCompare(b.name, 'vi'))
}

/** The same day so many months on; the last of the month when it has no such day (Civil Code art. 148). */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const at = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(date, last))
  return at.toISOString().slice(0, 10)
}

const ReviewInput = z.object({
  code: z.string(),
  verdict: z.enum(['current', 'stale'], 'Chọn thủ tục còn đúng hay có chỗ đã cũ.'),
  note: z.string().trim().max(1000, 'Không dài quá 1.000 ký tự.').optional(),
}).refine(({ verdict, note }) => verdict === 'current' || (note ?? '').length >= 5, { path: ['note'], message: 'Ghi chỗ nào đã cũ, theo văn bản nào.' })

/** Somebody has read the procedure in force again: it still holds, or something in it is stale. Throws NotFound when nothing is in force. */
export const reviewProcedure = act(ReviewInput, async (ctx, tx, { code, verdict, note }) => {
  await needAuthor(tx, ctx)
  const version = await findInForce(tx, code, localDate(ctx.now))
  if (!version) throw new NotFound('procedures.none', `Không có thủ tục mã ${code} đang áp dụng.`)
  const who = whoIs(ctx)
  await tx.insertInto('procedures.review').values({ code, version_id: version.id, verdict, note: note?.normalize('NFC') || null, at: ctx.now, by_id: who.id, by_name: who.name }).execute()
  await emit(tx, ctx, reviewed, `procedure:${code}`, { code, version: version.number, verdict })
})
