// What officers' lists ask: a page of the worklist with its filters, dossiers of the unit, and their counts; always under the policy.

import { type ExpressionBuilder, sql } from 'kysely'
import type { DB } from '#db/types.ts'
import type { Ctx } from '#core/ctx.ts'
import { compareVi } from '#core/text/index.ts'
import { atLocal, localDate } from '#core/workdays/index.ts'
import { countDesk, type DeskCounts, deskFacets, type Item, listWorklist } from '#modules/work/index.ts'
import type { WorkRow } from './queries.ts'
import type { Dossier, DossierState } from './schema.ts'
import { maskRows } from './reading.ts'
import * as store from './store.ts'

export const pack = (at: Date | null, id: string): string => Buffer.from(`${at?.toISOString() ?? ''} ${id}`).toString('base64url')

export function unpack(cursor: string): { at: Date | null; id: string } | undefined {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const date = at === '' ? null : new Date(at)
  return /^[0-9a-f-]{36}$/i.test(id) && (date === null || !Number.isNaN(date.getTime())) ? { at: date, id } : undefined
}

/** The instant at which the local day of `now` ends. */
export const endOfDay = (now: Date): Date => new Date(atLocal(localDate(now), '00:00').getTime() + 86_400_000)

export interface WorklistInput {
  readonly hand?: 'mine' | 'nobody'
  readonly due?: 'late' | 'today'
  readonly procedure?: string
  readonly step?: string
  readonly cursor?: string
  readonly limit: number
}

export interface WorklistPage {
  readonly rows: readonly WorkRow[]
  readonly next: string | null
  readonly counts: DeskCounts
  readonly procedures: readonly { readonly code: string; readonly name: string; readonly count: number }[]
  /** of the chosen procedure when there is one */
  readonly steps: readonly { readonly name: string; readonly count: number }[]
}

const total = <K extends string>(rows: readonly { key: K; count: number }[]): Map<K, number> =>
  rows.reduce((sums, { key, count }) => sums.set(key, (sums.get(key) ?? 0) + count), new Map<K, number>())

/** A page of the actor's worklist, most urgent first, with what stands above it: counts by hand, and the filters that would find something. */
export async function worklistPage(ctx: Ctx, input: WorklistInput): Promise<WorklistPage> {
  const after = input.cursor ? unpack(input.cursor) : undefined
  const [counts, facets] = await Promise.all([countDesk(ctx.db, ctx.actor, ctx.now, endOfDay(ctx.now)), deskFacets(ctx.db, ctx.actor)])
  const samples = await store.findMany(ctx.db, [...new Map(facets.map((facet) => [facet.definition, facet.sample])).values()])
  const examples = new Map(facets.flatMap((facet) => (samples.has(facet.sample) ? [[facet.definition, samples.get(facet.sample)!] as const] : [])))
  const codeOf = (definition: string): string => examples.get(definition)?.procedureCode ?? ''
  const items = await listWorklist(ctx.db, ctx.actor, {
    claimed: input.hand,
    dueBefore: input.due === 'late' ? ctx.now : input.due === 'today' ? endOfDay(ctx.now) : undefined,
    definitions: input.procedure === undefined ? undefined : [...examples.keys()].filter((digest) => codeOf(digest) === input.procedure),
    step: input.step,
    after: after && { dueAt: after.at, id: after.id },
    limit: input.limit + 1,
  })
  const shown = items.slice(0, input.limit)
  const names = new Map([...examples.values()].map((dossier) => [dossier.procedureCode, dossier.procedureName]))
  const here = facets.filter((facet) => input.procedure === undefined || codeOf(facet.definition) === input.procedure)
  return {
    rows: await withDossiers(ctx, shown),
    next: items.length > input.limit ? pack(shown.at(-1)!.dueAt, shown.at(-1)!.id) : null,
    counts,
    procedures: [...total(facets.map(({ definition, count }) => ({ key: codeOf(definition), count })))]
      .map(([code, count]) => ({ code, name: names.get(code) ?? code, count }))
      .sort((a, b) => compareVi(a.name, b.name)),
    steps: [...total(here.map(({ step, count }) => ({ key: step, count })))].map(([name, count]) => ({ name, count })).sort((a, b) => compareVi(a.name, b.name)),
  }
}

async function withDossiers(ctx: Ctx, items: readonly Item[]): Promise<WorkRow[]> {
  const found = await store.findMany(ctx.db, items.map((item) => item.subject))
  const dossiers = new Map((await maskRows(ctx, [...found.values()])).map((dossier) => [dossier.id, dossier]))
  return items.flatMap((item) => (dossiers.has(item.subject) ? [{ item, dossier: dossiers.get(item.subject)! }] : []))
}

type In = ExpressionBuilder<DB, 'dossiers.dossier'>

/** Past its legal deadline, or unanswered past the reception deadline, and not finished. */
const late = (now: Date) => (eb: In) =>
  eb.and([
    eb('closed_at', 'is', null), eb('finished_at', 'is', null), eb('paused_at', 'is', null),
    eb.or([eb('due_at', '<', now), eb.and([eb('state', '=', 'MOI_DANG_KY'), eb('reception_due_at', '<', now)])]),
  ])

const inUnit = (unit: string) => (eb: In) => eb.or([eb('received_unit_id', '=', unit), eb('decided_unit_id', '=', unit)])

export interface DeskListInput {
  readonly q?: string
  readonly states?: readonly DossierState[]
  readonly late?: boolean
  /** received or decided there */
  readonly unit?: string
  readonly cursor?: string
  readonly limit: number
}

/** Dossiers the actor may see, newest first. Drafts are left out: they are nobody's work yet. */
export async function listForDesk(ctx: Ctx, input: DeskListInput): Promise<{ items: Dossier[]; next: string | null }> {
  const after = input.cursor ? unpack(input.cursor) : undefined
  const rows = await store.list(ctx.db, ctx.actor, {
    q: input.q, states: input.states, limit: input.limit + 1, after: after?.at ? { at: after.at, id: after.id } : undefined,
    where: (eb) => eb.and([eb('state', '!=', 'NHAP'), ...(input.late ? [late(ctx.now)(eb)] : []), ...(input.unit ? [inUnit(input.unit)(eb)] : [])]),
  })
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return { items: await maskRows(ctx, items), next: rows.length > input.limit && last ? pack(last.submittedAt ?? last.createdAt, last.id) : null }
}

export interface StateCount {
  readonly state: DossierState
  readonly count: number
  readonly late: number
}

/** How many dossiers the actor may see stand in each state, and how many of them are late. */
export async function countByState(ctx: Ctx, unit?: string): Promise<StateCount[]> {
  const rows = await ctx.db
    .selectFrom('dossiers.dossier')
    .select((eb) => ['state', sql<number>`count(*)::int`.as('count'), sql<number>`(count(*) filter (where ${late(ctx.now)(eb)}))::int`.as('late')])
    .where(store.readableBy(ctx.actor))
    .where('state', '!=', 'NHAP')
    .$if(unit !== undefined, (q) => q.where(inUnit(unit!)))
    .groupBy('state')
    .execute()
  return rows.map((row) => ({ state: row.state as DossierState, count: row.count, late: row.late }))
}

export interface UnitCount {
  readonly unitId: string
  readonly open: number
  readonly late: number
  readonly closed: number
}

/** The same by the unit that decides: what a head sees of the tree below. */
export async function countByUnit(ctx: Ctx): Promise<UnitCount[]> {
  const rows = await ctx.db
    .selectFrom('dossiers.dossier')
    .select((eb) => [
      sql<string>`coalesce(decided_unit_id, received_unit_id)`.as('unit'),
      sql<number>`(count(*) filter (where closed_at is null))::int`.as('open'),
      sql<number>`(count(*) filter (where closed_at is not null))::int`.as('closed'),
      sql<number>`(count(*) filter (where ${late(ctx.now)(eb)}))::int`.as('late'),
    ])
    .where(store.readableBy(ctx.actor))
    .where('state', '!=', 'NHAP')
    .groupBy('unit')
    .orderBy(sql`4 desc, 2 desc`)
    .execute()
  return rows.map((row) => ({ unitId: row.unit, open: row.open, late: row.late, closed: row.closed }))
}

/** Drafts that this officer has begun at the counter, the latest first. */
export async function counterDrafts(ctx: Ctx, limit = 20): Promise<Dossier[]> {
  if (ctx.actor.kind !== 'officer') return []
  const me = ctx.actor.id
  return store.list(ctx.db, ctx.actor, { states: ['NHAP'], limit, where: (eb) => eb('filed_by', '=', me) })
}
