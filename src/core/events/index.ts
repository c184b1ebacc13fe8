// Facts: each act leaves one event in the transaction of its change; reactions to it become jobs in that same transaction.

import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import type { Reader, Tx } from '../db/index.ts'
import { enqueue } from '../jobs/index.ts'
import type { EventType } from './define.ts'
import { postOf, ROLES, type Role } from '../policy/actor.ts'

export { defineEvent, type EventType } from './define.ts'

/** A fact as it was recorded. */
export interface RecordedEvent<D = Record<string, unknown>> {
  readonly id: number
  readonly name: string
  readonly at: Date
  readonly subject: string
  readonly actorKind: 'anonymous' | 'citizen' | 'officer' | 'system'
  readonly actorId: string | null
  readonly actorName: string | null
  readonly role: string | null
  readonly unitId: string | null
  readonly data: D
}

/** What a module does when it hears of a fact. Runs as a job after the commit, at least once: must be idempotent by event id. */
export interface Reaction {
  readonly event: string
  /** `module.verb`; unique. */
  readonly name: string
  run(ctx: Ctx, event: RecordedEvent): Promise<void>
}

const reactionsByEvent = new Map<string, Reaction[]>()
const reactionsByName = new Map<string, Reaction>()

/** Called once by `main` with the reactions of all modules. */
export function registerReactions(reactions: readonly Reaction[]): void {
  reactionsByEvent.clear()
  reactionsByName.clear()
  for (const reaction of reactions) {
    if (reactionsByName.has(reaction.name)) throw new Error(`Hai phản ứng cùng tên ${reaction.name}`)
    reactionsByName.set(reaction.name, reaction)
    reactionsByEvent.set(reaction.event, [...(reactionsByEvent.get(reaction.event) ?? []), reaction])
  }
}

/** Records a fact about `subject` (a stable id such as a dossier's). `by` names the post acted in when the actor holds several. */
export async function emit<S extends z.ZodType>(
  tx: Tx, ctx: Ctx, type: EventType<string, S>, subject: string, data: z.input<S>, by?: { role?: string; unitId?: string; postId?: string },
): Promise<number> {
  const actor = ctx.actor
  const post = actor.kind === 'officer' ? (postOf(actor, Object.keys(ROLES) as Role[], by?.unitId) ?? actor.posts[0]) : undefined
  const { id } = await tx
    .insertInto('core.event')
    .values({
      name: type.name,
      at: ctx.now,
      subject,
      actor_kind: actor.kind,
      actor_id: actor.kind === 'citizen' || actor.kind === 'officer' ? actor.id : null,
      actor_name: actor.kind === 'anonymous' ? null : actor.name,
      post_id: by?.postId ?? post?.id ?? null,
      role: by?.role ?? post?.role ?? null,
      unit_id: by?.unitId ?? post?.unitId ?? null,
      request_id: ctx.requestId,
      data: JSON.stringify(type.data.parse(data)),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const reaction of reactionsByEvent.get(type.name) ?? []) {
    await enqueue(tx, 'react', { event: id, reaction: reaction.name }, { key: `react:${id}:${reaction.name}` })
  }
  return id
}

/** Records the same kind of fact about many subjects in one statement, each with its unit. Nothing reacts to them by itself: whoever emits them sees
 *  to what follows, by the range of numbers returned. Null when there are none. */
export async function emitMany<S extends z.ZodType>(
  tx: Tx, ctx: Ctx, type: EventType<string, S>, facts: readonly { readonly subject: string; readonly data: z.input<S>; readonly unitId?: string | null }[],
): Promise<{ from: number; to: number } | null> {
  const { actor } = ctx
  const ranges: { from: number; to: number }[] = []
  for (let at = 0; at < facts.length; at += 5000) {
    const rows = facts.slice(at, at + 5000).map((fact) => ({ subject: fact.subject, unit: fact.unitId ?? null, data: type.data.parse(fact.data) }))
    const { rows: [made] } = await sql<{ first: number; last: number }>`with made as (
      insert into core.event (name, at, subject, actor_kind, actor_id, actor_name, unit_id, request_id, data)
      select ${type.name}, ${ctx.now}::timestamptz, r.subject, ${actor.kind}, ${actor.kind === 'citizen' || actor.kind === 'officer' ? actor.id : null}::text, ${actor.kind === 'anonymous' ? null : actor.name}::text,
        r.unit, ${ctx.requestId}, r.data from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (subject text, unit text, data jsonb) returning id
    ) select min(id) as first, max(id) as last from made`.execute(tx)
    ranges.push({ from: Number(made!.first), to: Number(made!.last) })
  }
  return ranges.length === 0 ? null : { from: ranges[0]!.from, to: ranges.at(-1)!.to }
}

/** Facts of one name in a range of numbers, oldest first. */
export async function eventsBetween(reader: Reader, name: string, from: number, to: number): Promise<RecordedEvent[]> {
  const rows = await reader.selectFrom('core.event').select(columns).where('name', '=', name).where('id', '>=', from).where('id', '<=', to).orderBy('id').execute()
  return rows.map((row) => recorded(row as EventRow))
}

const columns = ['id', 'name', 'at', 'subject', 'actor_kind', 'actor_id', 'actor_name', 'role', 'unit_id', 'data'] as const

interface EventRow {
  id: number
  name: string
  at: Date
  subject: string
  actor_kind: string
  actor_id: string | null
  actor_name: string | null
  role: string | null
  unit_id: string | null
  data: unknown
}

const recorded = (row: EventRow): RecordedEvent => ({
  id: row.id,
  name: row.name,
  at: row.at,
  subject: row.subject,
  actorKind: row.actor_kind as RecordedEvent['actorKind'],
  actorId: row.actor_id,
  actorName: row.actor_name,
  role: row.role,
  unitId: row.unit_id,
  data: row.data as Record<string, unknown>,
})

/** The facts about a subject, oldest first. */
export async function listEvents(reader: Reader, subject: string): Promise<RecordedEvent[]> {
  const rows = await reader.selectFrom('core.event').select(columns).where('subject', '=', subject).orderBy('id').execute()
  return rows.map((row) => recorded(row as EventRow))
}

/** What happened after a fact, oldest first, without its data: for whoever wants to know that something has changed. At most 1,000. */
export async function eventsAfter(reader: Reader, id: number): Promise<{ id: number; name: string; subject: string }[]> {
  return reader.selectFrom('core.event').select(['id', 'name', 'subject']).where('id', '>', id).orderBy('id').limit(1000).execute()
}

/** The number of the newest fact, 0 when there is none. */
export async function newestEvent(reader: Reader): Promise<number> {
  const row = await reader.selectFrom('core.event').select((eb) => eb.fn.max('id').as('id')).executeTakeFirst()
  return Number(row?.id ?? 0)
}

/** Facts of certain names within [from, to), oldest first, without their data: for counting. */
export async function eventsNamed(reader: Reader, names: readonly string[], from: Date, to: Date): Promise<{ id: number; name: string; subject: string }[]> {
  if (names.length === 0) return []
  return reader.selectFrom('core.event').select(['id', 'name', 'subject']).where('name', 'in', [...names]).where('at', '>=', from).where('at', '<', to).orderBy('id').execute()
}

/** Runs one reaction to one event; called by the worker. */
export async function react(ctx: Ctx, payload: { event: number; reaction: string }): Promise<void> {
  const reaction = reactionsByName.get(payload.reaction)
  if (!reaction) throw new Error(`Không có phản ứng ${payload.reaction}`)
  const row = await ctx.db.selectFrom('core.event').select(columns).where('id', '=', payload.event).executeTakeFirstOrThrow()
  await reaction.run(ctx, recorded(row as EventRow))
}
