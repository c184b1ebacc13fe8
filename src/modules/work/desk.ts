// What stands above a worklist: how much there is, how much of it is late, and of which kinds it is.

import { sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { onDeskOf } from './store.ts'

export interface TabCounts {
  readonly total: number
  readonly late: number
  /** due before the end of the day, late ones included */
  readonly today: number
}

export interface DeskCounts {
  readonly mine: TabCounts
  readonly nobody: TabCounts
  readonly all: TabCounts
}

/** Open work of the actor's desks, counted under the same policy as the list. */
export async function countDesk(reader: Reader, actor: Actor, now: Date, endOfDay: Date): Promise<DeskCounts> {
  const me = actor.kind === 'officer' ? actor.id : ''
  const rows = await reader
    .selectFrom('work.item')
    .select([
      sql<string>`case when state = 'open' then 'nobody' when claimed_by = ${me} then 'mine' else 'others' end`.as('hand'),
      sql<number>`count(*)::int`.as('total'),
      sql<number>`(count(*) filter (where due_at < ${now}))::int`.as('late'),
      sql<number>`(count(*) filter (where due_at < ${endOfDay}))::int`.as('today'),
    ])
    .where('state', 'in', ['open', 'claimed'])
    .where(onDeskOf(actor))
    .groupBy('hand')
    .execute()
  const sum = (hands: readonly string[]): TabCounts => {
    const mine = rows.filter((row) => hands.includes(row.hand))
    const add = (key: 'total' | 'late' | 'today') => mine.reduce((total, row) => total + row[key], 0)
    return { total: add('total'), late: add('late'), today: add('today') }
  }
  return { mine: sum(['mine']), nobody: sum(['nobody']), all: sum(['mine', 'nobody', 'others']) }
}

/** A kind of open work: a step of one definition, with one subject as an example. */
export interface Facet {
  readonly definition: string
  readonly step: string
  readonly count: number
  readonly sample: string
}

/** The kinds of open work on the actor's desks, for filters that offer only what is there. */
export async function deskFacets(reader: Reader, actor: Actor): Promise<Facet[]> {
  return reader
    .selectFrom('work.item')
    .innerJoin('work.process as p', 'p.id', 'work.item.process_id')
    .select(['p.definition', 'work.item.name as step', sql<number>`count(*)::int`.as('count'), sql<string>`min(work.item.subject)`.as('sample')])
    .where('work.item.state', 'in', ['open', 'claimed'])
    .where(onDeskOf(actor) as never)
    .groupBy(['p.definition', 'work.item.name'])
    .execute()
}

/** Elements of its drawing where the subject's own process stands now; processes it has called have drawings of their own. */
export async function elementsNow(reader: Reader, subject: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('work.token as t')
    .innerJoin('work.process as p', 'p.id', 't.process_id')
    .select('t.element')
    .where('p.subject', '=', subject)
    .where('p.parent_id', 'is', null)
    .where('p.status', '=', 'active')
    .execute()
  return rows.map((row) => row.element)
}
