// SQL of processes that hang on others: called ones, those beside an item, and what is known of a whole tree.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Link } from './schema.ts'

/** Ids of the running children of a process, or of one of its tokens only. */
export async function childrenOf(reader: Reader, process: string, token?: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('work.process')
    .select('id')
    .where('parent_id', '=', process)
    .where('status', '=', 'active')
    .$if(token !== undefined, (q) => q.where('parent_token', '=', token!))
    .orderBy('seq')
    .execute()
  return rows.map((row) => row.id)
}

/** Running processes of a subject, the root first. */
export async function runningOf(reader: Reader, subject: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('work.process')
    .select('id')
    .where('subject', '=', subject)
    .where('status', '=', 'active')
    .orderBy('seq')
    .execute()
  return rows.map((row) => row.id)
}

/** One more, or one less, process beside the open item of this token. */
export async function countBeside(tx: Tx, process: string, token: string, change: 1 | -1): Promise<void> {
  await tx
    .updateTable('work.item')
    .set({ waits: sql`greatest(waits + ${change}, 0)` })
    .where('process_id', '=', process)
    .where('token', '=', token)
    .where('state', 'in', ['open', 'claimed'])
    .execute()
}

export async function setEnding(tx: Tx, process: string, how: string): Promise<void> {
  await tx.updateTable('work.process').set({ ended_how: how }).where('id', '=', process).execute()
}

/** The subject a process belongs to, without locking anything. */
export async function subjectOf(reader: Reader, process: string): Promise<string | null> {
  const row = await reader.selectFrom('work.process').select('subject').where('id', '=', process).executeTakeFirst()
  return row?.subject ?? null
}

export interface ProcessView {
  readonly id: string
  readonly parentId: string | null
  readonly link: Link | null
  /** The element of its parent's drawing that called it, or beside which it stands; while it runs and after. */
  readonly by: string | null
  /** '' for the root */
  readonly name: string
  readonly definition: string
  readonly bpmn: string
  readonly status: 'active' | 'ended'
  readonly startedAt: Date
  readonly endedAt: Date | null
  /** Elements of its drawing where it stands now. */
  readonly now: readonly string[]
}

/** Every process of a subject, the root first, with where each stands. */
export async function processesOf(reader: Reader, subject: string): Promise<ProcessView[]> {
  const rows = await reader
    .selectFrom('work.process as p')
    .innerJoin('work.definition as d', 'd.digest', 'p.definition')
    .select(['p.id', 'p.parent_id', 'p.link', 'p.name', 'p.definition', 'd.bpmn', 'p.status', 'p.started_at', 'p.ended_at'])
    .select('p.called_by')
    .select(sql<string[]>`array(select t.element from work.token t where t.process_id = p.id order by t.element)`.as('now'))
    .where('p.subject', '=', subject)
    .orderBy('p.seq')
    .execute()
  return rows.map((row) => ({
    id: row.id, parentId: row.parent_id, link: row.link as Link | null, by: row.called_by, name: row.name, definition: row.definition, bpmn: row.bpmn,
    status: row.status as ProcessView['status'], startedAt: row.started_at, endedAt: row.ended_at, now: row.status === 'active' ? row.now : [],
  }))
}

/** Units on whose desks something is open. */
export async function openUnits(reader: Reader): Promise<string[]> {
  const rows = await reader.selectFrom('work.item').select('unit_id').distinct().where('state', 'in', ['open', 'claimed']).where('unit_id', 'is not', null).execute()
  return rows.map((row) => row.unit_id!)
}

/** Open items on the desks of these units, oldest first. */
export async function itemsOnUnits(reader: Reader, units: readonly string[]): Promise<{ id: string; subject: string }[]> {
  if (units.length === 0) return []
  return reader.selectFrom('work.item').select(['id', 'subject']).where('state', 'in', ['open', 'claimed']).where('unit_id', 'in', [...units]).orderBy('seq').execute()
}

/** Puts an open item on another unit's desk, in nobody's hand. */
export async function moveItem(tx: Tx, item: { readonly id: string }, unit: { readonly id: string; readonly path: string }): Promise<void> {
  await tx
    .updateTable('work.item')
    .set({ unit_id: unit.id, unit_path: unit.path, state: 'open', claimed_by: null, claimed_at: null })
    .where('id', '=', item.id)
    .where('state', 'in', ['open', 'claimed'])
    .execute()
}
