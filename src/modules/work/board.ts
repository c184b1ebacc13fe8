// The head's board: who has what, due and late, waiting for whom, step by step; a few statements over the open work of a part of the tree.

import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { DB } from '#db/types.ts'
import type { Reader } from '#core/db/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { LEADERS, scopeCovers } from '#modules/org/index.ts'
import type { Item } from './schema.ts'
import * as store from './store.ts'

/** Whom an open step waits for, as its head sees it. */
export const WAITING = {
  officer: 'Cán bộ của đơn vị', applicant: 'Người nộp', agency: 'Cơ quan khác', leader: 'Lãnh đạo ký, duyệt',
} as const
export type Waiting = keyof typeof WAITING

export interface Tally {
  readonly open: number
  readonly late: number
  /** due before the end of the day, late ones not included */
  readonly today: number
  readonly oldest: Date | null
}

export interface OfficerTally extends Tally {
  /** null: nobody has taken these */
  readonly officer: string | null
  /** elsewhere by this officer's proposal: with the applicant, another agency, a leader */
  readonly applicant: number
  readonly agency: number
  readonly leader: number
}

export interface StepTally extends Tally {
  readonly step: string
  readonly unassigned: number
}

export interface Board {
  readonly total: Tally & { readonly unassigned: number } & Readonly<Record<Waiting, number>>
  readonly officers: readonly OfficerTally[]
  readonly steps: readonly StepTally[]
}

/** The paths of the units that the actor heads; empty for those who head none. */
export const headedBy = (actor: Actor): string[] => (actor.kind === 'officer'
  ? actor.posts.filter((post) => LEADERS.includes(post.role) && scopeCovers(post.onBehalfOf?.scope ?? 'all', false)).map((post) => post.unitPath)
  : [])

type Items = ExpressionBuilder<DB, 'work.item'>

/** The open work of these parts of the tree, with what is asked of others on their behalf. */
const under = (paths: readonly string[]) => sql<SqlBool>`unit_path <@ any(${sql.val([...paths])}::ltree[])`

const open = ['open', 'claimed']

const waiting = sql<Waiting>`case when role = 'cong_dan' then 'applicant' when role in ('co_quan_phoi_hop', 'thue') or link = 'beside' then 'agency'
  when role in ('lanh_dao_don_vi', 'chu_tich', 'lanh_dao_phong', 'chanh_van_phong') then 'leader' else 'officer' end`

const tallies = (now: Date, endOfDay: Date) => [
  sql<number>`count(*)::int`.as('open'),
  sql<number>`(count(*) filter (where due_at < ${now}))::int`.as('late'),
  sql<number>`(count(*) filter (where due_at >= ${now} and due_at < ${endOfDay}))::int`.as('today'),
  sql<Date | null>`min(opened_at)`.as('oldest'),
] as const

/** Everything the board shows, in three statements. */
export async function boardOf(reader: Reader, paths: readonly string[], now: Date, endOfDay: Date): Promise<Board> {
  const [rows, steps, elsewhere] = await Promise.all([
    reader.selectFrom('work.item').select(['claimed_by', waiting.as('awaits'), ...tallies(now, endOfDay)]).where('state', 'in', open).where(under(paths)).groupBy(['claimed_by', 'awaits']).execute(),
    reader.selectFrom('work.item').select(['name', sql<number>`(count(*) filter (where state = 'open'))::int`.as('unassigned'), ...tallies(now, endOfDay)])
      .where('state', 'in', open).where(under(paths)).groupBy('name').orderBy(sql`2 desc`).orderBy('name').limit(100).execute(),
    // whose proposals wait elsewhere: the last officer of the tree who worked on the subject
    sql<{ officer: string; awaits: Waiting; n: number }>`
      select prev.done_by as officer, ${waiting} as awaits, count(*)::int as n
      from work.item, lateral (select d.done_by from work.item d where d.subject = work.item.subject and d.state = 'done' and d.done_by is not null and d.role = 'chuyen_vien' order by d.seq desc limit 1) prev
      where work.item.state in ('open', 'claimed') and ${under(paths)} and ${waiting} <> 'officer' group by 1, 2`.execute(reader),
  ])
  const officers = new Map<string | null, { -readonly [K in keyof OfficerTally]: OfficerTally[K] }>()
  const of = (officer: string | null) => {
    const found = officers.get(officer) ?? { officer, open: 0, late: 0, today: 0, oldest: null, applicant: 0, agency: 0, leader: 0 }
    officers.set(officer, found)
    return found
  }
  const total = { open: 0, late: 0, today: 0, oldest: null as Date | null, unassigned: 0, officer: 0, applicant: 0, agency: 0, leader: 0 }
  const older = (a: Date | null, b: Date | null) => (a === null || (b !== null && b < a) ? b : a)
  for (const row of rows) {
    for (const tally of row.claimed_by === null && row.awaits === 'applicant' ? [total] : [total, of(row.claimed_by)]) {
      tally.open += row.open
      tally.late += row.late
      tally.today += row.today
      tally.oldest = older(tally.oldest, row.oldest)
    }
    total[row.awaits] += row.open
    if (row.claimed_by === null && row.awaits !== 'applicant') total.unassigned += row.open
  }
  for (const row of elsewhere.rows) if (row.awaits !== 'officer') of(row.officer)[row.awaits] += row.n
  const list = [...officers.values()].sort((a, b) => Number(a.officer === null) - Number(b.officer === null) || b.late - a.late || b.open - a.open)
  return { total, officers: list, steps: steps.map(({ name, ...rest }) => ({ step: name, ...rest })) }
}

export interface BoardFilter {
  /** an officer's id, or 'nobody' */
  readonly officer?: string
  readonly due?: 'late' | 'today'
  readonly step?: string
  readonly waiting?: Waiting
  /** proposals of this officer that wait elsewhere */
  readonly by?: string
  readonly now: Date
  readonly endOfDay: Date
  readonly limit: number
  readonly after?: { readonly dueAt: Date | null; readonly id: string }
}

/** The items behind a figure of the board, the most urgent first. */
export async function boardItems(reader: Reader, paths: readonly string[], filter: BoardFilter): Promise<Item[]> {
  const where = (eb: Items): Expression<SqlBool> => eb.and([
    eb('state', 'in', open), under(paths),
    ...(filter.officer === undefined ? [] : filter.officer === 'nobody' ? [eb('claimed_by', 'is', null), eb('role', '!=', 'cong_dan')] : [eb('claimed_by', '=', filter.officer)]),
    ...(filter.due === 'late' ? [eb('due_at', '<', filter.now)] : filter.due === 'today' ? [eb('due_at', '>=', filter.now), eb('due_at', '<', filter.endOfDay)] : []),
    ...(filter.step === undefined ? [] : [eb('name', '=', filter.step)]),
    ...(filter.waiting === undefined ? [] : [eb(waiting, '=', filter.waiting)]),
    ...(filter.by === undefined ? [] : [sql<SqlBool>`(select d.done_by from work.item d where d.subject = work.item.subject and d.state = 'done' and d.done_by is not null and d.role = 'chuyen_vien' order by d.seq desc limit 1) = ${filter.by}`]),
  ])
  return store.openWhere(reader, where, filter.limit, filter.after)
}
