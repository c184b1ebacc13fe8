// SQL of processes, their tokens and the worklists.

import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { DB } from '#db/types.ts'
import type { ProcessState, Token } from '#core/bpmn/index.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { DECIDING, proposingRoles, stepRolesOf } from './rules.ts'
import type { Item, ItemState, Link, OutcomeChoice, Pins } from './schema.ts'

export interface ProcessRow {
  readonly id: string
  readonly subject: string
  readonly definition: string
  readonly state: ProcessState
  readonly places: Readonly<Record<string, string>>
  readonly citizenId: string | null
  readonly timerJob: string
  /** What this process is called by people; '' for the root. */
  readonly name: string
  /** Null for the root of a subject. */
  readonly parent: { readonly id: string; readonly token: string; readonly element: string; readonly link: Link } | null
  /** What its call activities call. */
  readonly calls: Pins
}

export async function saveDefinition(tx: Tx, digest: string, bpmn: string): Promise<void> {
  await tx.insertInto('work.definition').values({ digest, bpmn }).onConflict((c) => c.column('digest').doNothing()).execute()
}

export async function definitionXml(reader: Reader, digest: string): Promise<string> {
  const row = await reader.selectFrom('work.definition').select('bpmn').where('digest', '=', digest).executeTakeFirstOrThrow()
  return row.bpmn
}

export async function insertProcess(tx: Tx, row: Omit<ProcessRow, 'id' | 'state'> & { startedAt: Date }): Promise<string> {
  const { id } = await tx
    .insertInto('work.process')
    .values({
      subject: row.subject, definition: row.definition, status: 'active', root: '', scopes: '[]', variables: '{}', next_token: 0, last_end: '{"element":null,"outcome":null}',
      places: JSON.stringify(row.places), citizen_id: row.citizenId, timer_job: row.timerJob, started_at: row.startedAt, name: row.name,
      parent_id: row.parent?.id ?? null, parent_token: row.parent?.token ?? null, called_by: row.parent?.element ?? null, link: row.parent?.link ?? null, calls: JSON.stringify(row.calls),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Locks all processes of a subject, root first, so that their steps happen one after the other; gives the one named, or the root. */
export async function lockProcess(tx: Tx, by: { id: string } | { subject: string }): Promise<ProcessRow | null> {
  const root = await tx
    .selectFrom('work.process')
    .selectAll()
    .where('parent_id', 'is', null)
    .$if('id' in by, (q) => q.where('subject', '=', (eb) => eb.selectFrom('work.process as p').select('p.subject').where('p.id', '=', (by as { id: string }).id)))
    .$if('subject' in by, (q) => q.where('subject', '=', (by as { subject: string }).subject))
    .forUpdate()
    .executeTakeFirst()
  if (!root) return null
  return readProcess(tx, 'id' in by ? by.id : root.id)
}

/** A process with its tokens; whoever writes has locked it. */
export async function readProcess(reader: Reader, id: string): Promise<ProcessRow> {
  const row = await reader.selectFrom('work.process').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const tokens = await reader.selectFrom('work.token').select(['id', 'element', 'scope', 'status', 'rest']).where('process_id', '=', row.id).execute()
  return {
    id: row.id,
    subject: row.subject,
    definition: row.definition,
    places: row.places as Record<string, string>,
    citizenId: row.citizen_id,
    timerJob: row.timer_job,
    name: row.name,
    parent: row.parent_id === null ? null : { id: row.parent_id, token: row.parent_token!, element: row.called_by ?? '', link: row.link as Link },
    calls: row.calls as unknown as Pins,
    state: {
      status: row.status as ProcessState['status'],
      process: row.root,
      tokens: tokens.map((t) => ({ ...(t.rest as object), id: t.id, element: t.element, scope: t.scope, status: t.status }) as Token).sort(byAge),
      scopes: row.scopes as unknown as ProcessState['scopes'],
      variables: row.variables as ProcessState['variables'],
      next: row.next_token,
      lastEnd: row.last_end as unknown as ProcessState['lastEnd'],
    },
  }
}

const age = (token: Token) => Number(/\d+/.exec(token.id)?.[0] ?? 0)
const byAge = (a: Token, b: Token) => age(a) - age(b)

export async function saveState(tx: Tx, id: string, before: ProcessState | null, after: ProcessState, at: Date): Promise<void> {
  await tx
    .updateTable('work.process')
    .set({
      status: after.status, root: after.process, scopes: JSON.stringify(after.scopes), variables: JSON.stringify(after.variables),
      next_token: after.next, last_end: JSON.stringify(after.lastEnd), ended_at: after.status === 'ended' ? at : null,
    })
    .where('id', '=', id)
    .execute()
  const old = new Map((before?.tokens ?? []).map((token) => [token.id, JSON.stringify(token)]))
  const now = new Set(after.tokens.map((token) => token.id))
  const gone = [...old.keys()].filter((token) => !now.has(token))
  if (gone.length > 0) await tx.deleteFrom('work.token').where('process_id', '=', id).where('id', 'in', gone).execute()
  const changed = after.tokens.filter((token) => old.get(token.id) !== JSON.stringify(token))
  if (changed.length === 0) return
  await tx
    .insertInto('work.token')
    .values(changed.map(({ id: token, element, scope, status, ...rest }) => ({ process_id: id, id: token, element, scope, status, rest: JSON.stringify(rest) })))
    .onConflict((c) => c.columns(['process_id', 'id']).doUpdateSet((eb) => ({
      element: eb.ref('excluded.element'), scope: eb.ref('excluded.scope'), status: eb.ref('excluded.status'), rest: eb.ref('excluded.rest'),
    })))
    .execute()
}

/** Whether the subject's own process has ended. */
export async function isOver(reader: Reader, subject: string): Promise<boolean> {
  const row = await reader.selectFrom('work.process').select('status').where('subject', '=', subject).where('parent_id', 'is', null).executeTakeFirst()
  return row?.status === 'ended'
}

export async function setPlaces(tx: Tx, id: string, places: Record<string, string>): Promise<void> {
  await tx.updateTable('work.process').set({ places: JSON.stringify(places) }).where('id', '=', id).execute()
}

/** When a timer fires; `armedAt` when it is set for the first time. */
export async function setFiring(tx: Tx, process: string, token: string, firesAt: Date, armedAt?: Date): Promise<void> {
  await tx.updateTable('work.token').set({ fires_at: firesAt, armed_at: armedAt }).where('process_id', '=', process).where('id', '=', token).execute()
}

/** Running processes of a subject. */
export async function activeProcesses(reader: Reader, subject: string): Promise<string[]> {
  const rows = await reader.selectFrom('work.process').select('id').where('subject', '=', subject).where('status', '=', 'active').orderBy('id').execute()
  return rows.map((row) => row.id)
}

/** Timers of a process that are set, with when they were. */
export async function armedTimers(reader: Reader, process: string): Promise<{ token: string; element: string; firesAt: Date; armedAt: Date }[]> {
  const rows = await reader.selectFrom('work.token').select(['id', 'element', 'fires_at', 'armed_at']).where('process_id', '=', process)
    .where('fires_at', 'is not', null).where('armed_at', 'is not', null).execute()
  return rows.map((row) => ({ token: row.id, element: row.element, firesAt: row.fires_at!, armedAt: row.armed_at! }))
}

const columns = ['id', 'process_id', 'token', 'subject', 'step', 'name', 'role', 'unit_id', 'citizen_id', 'hours', 'clock', 'portal_status', 'outcomes',
  'does', 'state', 'opened_at', 'due_at', 'claimed_by', 'claimed_at', 'done_at', 'done_by', 'done_by_name', 'outcome', 'note',
  'link', 'waits', 'unit_path', 'barred', 'assigned_by_name'] as const

interface ItemRow {
  id: string
  process_id: string
  token: string
  subject: string
  step: string
  name: string
  role: string
  unit_id: string | null
  citizen_id: string | null
  hours: number
  clock: string
  portal_status: number | null
  outcomes: unknown
  does: unknown
  state: string
  opened_at: Date
  due_at: Date | null
  claimed_by: string | null
  claimed_at: Date | null
  done_at: Date | null
  done_by: string | null
  done_by_name: string | null
  outcome: string | null
  note: string | null
  link: string | null
  waits: number
  unit_path: unknown
  barred: string[]
  assigned_by_name: string | null
}

const itemOf = (row: ItemRow): Item => ({
  id: row.id, processId: row.process_id, token: row.token, subject: row.subject, step: row.step, name: row.name, role: row.role, unitId: row.unit_id,
  citizenId: row.citizen_id, hours: row.hours, clock: row.clock as Item['clock'], portalStatus: row.portal_status,
  outcomes: row.outcomes as OutcomeChoice[], does: row.does as string[], state: row.state as ItemState, openedAt: row.opened_at, dueAt: row.due_at,
  claimedBy: row.claimed_by, claimedAt: row.claimed_at, doneAt: row.done_at, doneBy: row.done_by, doneByName: row.done_by_name, outcome: row.outcome,
  note: row.note, link: row.link as Link | null, waits: row.waits, unitPath: row.unit_path as string | null, barred: row.barred, assignedByName: row.assigned_by_name,
})

const all = (rows: unknown[]): Item[] => (rows as ItemRow[]).map(itemOf)

export interface NewItem {
  readonly processId: string
  readonly token: string
  readonly subject: string
  readonly step: string
  readonly name: string
  readonly role: string
  readonly unit: { readonly id: string; readonly path: string; readonly outside?: boolean } | null
  readonly citizenId: string | null
  readonly hours: number
  readonly clock: 'runs' | 'stops'
  readonly portalStatus: number | null
  readonly outcomes: readonly OutcomeChoice[]
  readonly does: readonly string[]
  readonly openedAt: Date
  readonly dueAt: Date | null
  readonly link: Link | null
}

/** A body outside the province's command hangs under nobody here: no head of the territory assigns its work. */
const alone = (id: string): string => id.replaceAll(/[^A-Za-z0-9_]/g, '_')

/** Who may not judge the step that opens: the officers who proposed what it judges. */
export async function proposers(tx: Tx, item: Pick<NewItem, 'subject' | 'outcomes' | 'role'>): Promise<string[]> {
  const roles = proposingRoles(item)
  if (roles.length === 0) return []
  const rows = await tx.selectFrom('work.item').select('done_by').distinct().where('subject', '=', item.subject).where('state', '=', 'done').where('role', 'in', roles)
    .where('done_by', 'is not', null).execute()
  return rows.map((row) => row.done_by!)
}

/** Where an item lies, as its row keeps it. */
export const deskColumns = (unit: NewItem['unit']): { unit_id: string | null; unit_path: string | null } => ({ unit_id: unit?.id ?? null, unit_path: unit && (unit.outside ? alone(unit.id) : unit.path) })

export async function insertItem(tx: Tx, item: NewItem): Promise<Item> {
  const row = await tx
    .insertInto('work.item')
    .values({
      process_id: item.processId, token: item.token, subject: item.subject, step: item.step, name: item.name, role: item.role,
      ...deskColumns(item.unit), citizen_id: item.citizenId, hours: item.hours, clock: item.clock,
      portal_status: item.portalStatus, outcomes: JSON.stringify(item.outcomes), does: JSON.stringify(item.does), state: 'open',
      opened_at: item.openedAt, due_at: item.dueAt, link: item.link, barred: await proposers(tx, item),
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return itemOf(row as unknown as ItemRow)
}

export async function cancelItems(tx: Tx, process: string, tokens: readonly string[], at: Date): Promise<void> {
  if (tokens.length === 0) return
  await tx
    .updateTable('work.item')
    .set({ state: 'cancelled', done_at: at })
    .where('process_id', '=', process)
    .where('token', 'in', [...tokens])
    .where('state', 'in', ['open', 'claimed'])
    .execute()
}

export async function finishItem(tx: Tx, id: string, by: { id: string | null; name: string }, outcome: string, note: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('work.item')
    .set({ state: 'done', done_at: at, done_by: by.id, done_by_name: by.name, outcome, note })
    .where('id', '=', id)
    .execute()
}

export async function setClaim(tx: Tx, id: string, by: string | null, at: Date | null, assignedByName: string | null = null): Promise<void> {
  await tx.updateTable('work.item').set({ state: by ? 'claimed' : 'open', claimed_by: by, claimed_at: at, assigned_by_name: assignedByName }).where('id', '=', id).execute()
}

export async function setDue(tx: Tx, id: string, dueAt: Date | null): Promise<void> {
  await tx.updateTable('work.item').set({ due_at: dueAt }).where('id', '=', id).execute()
}

export async function findItem(reader: Reader, id: string): Promise<Item | null> {
  const row = await reader.selectFrom('work.item').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? itemOf(row as unknown as ItemRow) : null
}

/** Open items that an officer has taken, the most urgent first. */
export const claimedBy = async (reader: Reader, officer: string): Promise<Item[]> =>
  all(await reader.selectFrom('work.item').select(columns).where('state', '=', 'claimed').where('claimed_by', '=', officer).orderBy(dueOrder).orderBy('id').execute())

export const itemsOf = async (reader: Reader, subject: string): Promise<Item[]> =>
  all(await reader.selectFrom('work.item').select(columns).where('subject', '=', subject).orderBy('seq').execute())

export const openItemsOf = async (reader: Reader, subject: string): Promise<Item[]> =>
  all(await reader.selectFrom('work.item').select(columns).where('subject', '=', subject).where('state', 'in', ['open', 'claimed']).orderBy('seq').execute())

export const openItems = async (reader: Reader, process: string): Promise<Item[]> =>
  all(await reader.selectFrom('work.item').select(columns).where('process_id', '=', process).where('state', 'in', ['open', 'claimed'])
    .orderBy('seq').execute())

/** `isDeciding` of rules, in SQL. */
const decides = sql<SqlBool>`role <> 'chuyen_vien' and jsonb_path_exists(outcomes, ${sql.lit(`$[*] ? (${DECIDING.map((effect) => `@.effect == "${effect}"`).join(' || ')})`)})`

type ItemExpression = ExpressionBuilder<DB, 'work.item'>

/** The policy of worklists in SQL: open items that the actor may do, by post or as the applicant. Equal to `canSeeItem` of rules. */
export function onDeskOf(actor: Actor) {
  return (eb: ItemExpression): Expression<SqlBool> => {
    if (actor.kind === 'citizen') return eb.and([eb('citizen_id', '=', actor.id), eb('role', '=', 'cong_dan')])
    if (actor.kind !== 'officer' || actor.posts.length === 0) return eb.lit(false)
    return eb.or(actor.posts.flatMap((post) => {
      const roles = stepRolesOf(post.role)
      if (roles.length === 0) return []
      const scope = post.onBehalfOf?.scope ?? 'all'
      return [eb.and([eb('unit_id', '=', post.unitId), eb('role', 'in', roles), ...(scope === 'all' ? [] : [scope === 'sign' ? decides : eb.not(decides)])])]
    }).concat([eb.lit(false)]))
  }
}

/** Items that a condition finds, in the order of worklists. Whoever asks has decided that the reader may see them. */
export async function openWhere(reader: Reader, where: (eb: ItemExpression) => Expression<SqlBool>, limit: number, after?: { readonly dueAt: Date | null; readonly id: string }): Promise<Item[]> {
  const rows = await reader.selectFrom('work.item').select(columns).where(where)
    .$if(after !== undefined, (q) => q.where(sql<SqlBool>`(${dueOrder}, id) > (${after!.dueAt ?? FAR}::timestamptz, ${after!.id}::uuid)`))
    .orderBy(dueOrder).orderBy('id').limit(limit).execute()
  return all(rows)
}

export interface WorklistFilter {
  readonly subject?: string
  /** only what this person has claimed, or only what nobody has */
  readonly claimed?: 'mine' | 'nobody'
  /** only what is due before this instant; work whose clock stands still is never due */
  readonly dueBefore?: Date
  /** only processes of these definitions (digests) */
  readonly definitions?: readonly string[]
  /** only steps of this name */
  readonly step?: string
  readonly limit?: number
  /** items after this one, in due order */
  readonly after?: { readonly dueAt: Date | null; readonly id: string }
}

/** The order of worklists; written out, as the index item_order has it. */
export const dueOrder = sql<Date>`coalesce(due_at, timestamptz '9999-01-01 00:00:00+00')`
const FAR = '9999-01-01T00:00:00Z'

export async function worklist(reader: Reader, actor: Actor, filter: WorklistFilter): Promise<Item[]> {
  const rows = await reader
    .selectFrom('work.item')
    .select(columns)
    .where('state', 'in', ['open', 'claimed'])
    .where(onDeskOf(actor))
    .$if(filter.subject !== undefined, (q) => q.where('subject', '=', filter.subject!))
    .$if(filter.claimed === 'mine', (q) => q.where('claimed_by', '=', actor.kind === 'officer' ? actor.id : ''))
    .$if(filter.claimed === 'nobody', (q) => q.where('state', '=', 'open'))
    .$if(filter.dueBefore !== undefined, (q) => q.where('due_at', '<', filter.dueBefore!))
    .$if(filter.step !== undefined, (q) => q.where('name', '=', filter.step!))
    .$if(filter.definitions !== undefined, (q) =>
      q.where('process_id', 'in', (eb) => eb.selectFrom('work.process').select('id').where(sql<SqlBool>`definition = any(${filter.definitions}::text[])`)))
    .$if(filter.after !== undefined, (q) =>
      q.where(sql<SqlBool>`(${dueOrder}, id) > (${filter.after!.dueAt ?? FAR}::timestamptz, ${filter.after!.id}::uuid)`))
    .orderBy(dueOrder)
    .orderBy('id')
    .limit(filter.limit ?? 50)
    .execute()
  return all(rows)
}

export async function countWorklist(reader: Reader, actor: Actor, now: Date): Promise<{ total: number; mine: number; late: number }> {
  const row = await reader
    .selectFrom('work.item')
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where claimed_by = ${actor.kind === 'officer' ? actor.id : ''})`.as('mine'),
      sql<number>`count(*) filter (where due_at < ${now})`.as('late'),
    ])
    .where('state', 'in', ['open', 'claimed'])
    .where(onDeskOf(actor))
    .executeTakeFirstOrThrow()
  return { total: Number(row.total), mine: Number(row.mine), late: Number(row.late) }
}
