// SQL of messages: writing them once, taking one to send so that no other worker has it, and what became of it.

import { type Insertable, type SqlBool, sql, type Updateable } from 'kysely'
import type { DB } from '#db/types.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import type { NoticeChannel } from '#core/notices/types.ts'
import { enqueue } from '#core/jobs/index.ts'
import type { Message, Why } from './schema.ts'

type Row = Awaited<ReturnType<typeof rowOf>>
const rowOf = (reader: Reader, id: string) => reader.selectFrom('notify.message').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const messageOf = (row: Row): Message => ({
  id: row.id, seq: Number(row.seq), eventId: Number(row.event_id), template: row.template, kind: row.kind as Message['kind'], channel: row.channel as NoticeChannel,
  recipient: row.recipient, citizenId: row.citizen_id, officerId: row.officer_id, unitId: row.unit_id, unitPath: row.unit_path, subject: row.subject, about: row.about,
  href: row.href, title: row.title, body: row.body, state: row.state as Message['state'], why: row.why as Why | null, urgent: row.urgent, createdAt: row.created_at,
  nextAt: row.next_at, slotted: row.slotted, attempts: row.attempts, firstTryAt: row.first_try_at, renewedAt: row.renewed_at, usefulUntil: row.useful_until, sentAt: row.sent_at,
  failedReason: row.failed_reason, providerRef: row.provider_ref, parts: row.parts, deliveredAt: row.delivered_at, undeliveredAt: row.undelivered_at,
  checkCode: row.check_code, readAt: row.read_at, mergedInto: row.merged_into, ownerRole: row.owner_role, diedAt: row.died_at, closedAt: row.closed_at,
  closedBy: row.closed_by, closedNote: row.closed_note,
})

/** Unsent and not being sent: may still be changed by anybody who holds the row. */
export const IDLE = ['waiting', 'held', 'failed'] as const
export const OPEN = [...IDLE, 'sending'] as const

export type NewRow = Insertable<DB['notify.message']>

/** Writes the message unless the same was written before; a check code that is taken is not an error of the caller: returns 'code'. */
export async function insert(tx: Tx, row: NewRow): Promise<Message | 'before' | 'code'> {
  const known = await tx
    .selectFrom('notify.message').select('id')
    .where('event_id', '=', row.event_id as number).where('template', '=', row.template).where('channel', '=', row.channel).where('recipient', '=', row.recipient)
    .executeTakeFirst()
  if (known) return 'before'
  const made = await tx.insertInto('notify.message').values(row).onConflict((c) => c.doNothing()).returningAll().executeTakeFirst()
  if (made) return messageOf(made)
  const raced = await tx
    .selectFrom('notify.message').select('id')
    .where('event_id', '=', row.event_id as number).where('template', '=', row.template).where('channel', '=', row.channel).where('recipient', '=', row.recipient)
    .executeTakeFirst()
  return raced ? 'before' : 'code'
}

export async function find(reader: Reader, id: string): Promise<Message | null> {
  const row = await reader.selectFrom('notify.message').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? messageOf(row) : null
}

export async function byCheckCode(reader: Reader, code: string): Promise<Message | null> {
  const row = await reader.selectFrom('notify.message').selectAll().where('check_code', '=', code).executeTakeFirst()
  return row ? messageOf(row) : null
}

/** The row, held until the transaction ends; null when it is gone or another has it. */
export async function hold(tx: Tx, id: string): Promise<Message | null> {
  const row = await tx.selectFrom('notify.message').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? messageOf(row) : null
}

export async function set(tx: Reader, id: string, values: Updateable<DB['notify.message']>): Promise<Message> {
  return messageOf(await tx.updateTable('notify.message').set(values).where('id', '=', id).returningAll().executeTakeFirstOrThrow())
}

/** One message of a number at a time is claimed by whoever holds this. */
export const holdRecipient = (tx: Tx, channel: NoticeChannel, recipient: string) => sql`select pg_advisory_xact_lock(hashtextextended(${`${channel} ${recipient}`}, 14))`.execute(tx)

/** The other open messages of the same number, oldest first. */
export async function queueOf(tx: Tx, message: Message): Promise<Message[]> {
  const rows = await tx
    .selectFrom('notify.message').selectAll()
    .where('channel', '=', message.channel).where('recipient', '=', message.recipient).where('state', 'in', [...OPEN]).where('id', '!=', message.id)
    .orderBy('seq').limit(200).execute()
  return rows.map(messageOf)
}

/** How many ordinary messages the number was sent since then, tries included. */
export async function countSent(tx: Reader, channel: NoticeChannel, recipient: string, since: Date): Promise<number> {
  const { n } = await tx
    .selectFrom('notify.message').select((eb) => eb.fn.countAll<number>().as('n'))
    .where('channel', '=', channel).where('recipient', '=', recipient).where('urgent', '=', false)
    .where((eb) => eb.or([eb.and([eb('state', '=', 'sent'), eb('sent_at', '>=', since)]), eb('state', '=', 'sending')]))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Ends unsent messages about the same thing to the same number. */
export async function cancelOlder(tx: Tx, message: Message, templates: readonly string[], now: Date): Promise<void> {
  if (templates.length === 0) return
  await tx
    .updateTable('notify.message')
    .set({ state: 'cancelled', why: 'superseded', closed_at: now, next_at: null })
    .where('subject', '=', message.subject).where('channel', '=', message.channel).where('recipient', '=', message.recipient)
    .where('template', 'in', [...templates]).where('state', 'in', [...IDLE]).where('event_id', '<', message.eventId)
    .execute()
}

/** Whether something written later has made the message pointless: a reaction that ran late must not put an old text behind a new one. */
export async function outdated(tx: Tx, message: Message, later: readonly string[]): Promise<boolean> {
  if (later.length === 0) return false
  const row = await tx
    .selectFrom('notify.message').select('id')
    .where('subject', '=', message.subject).where('channel', '=', message.channel).where('recipient', '=', message.recipient)
    .where('template', 'in', [...later]).where('event_id', '>', message.eventId).limit(1).executeTakeFirst()
  return row !== undefined
}

/** Ids that are due, and those whose worker was lost, oldest first. */
export async function due(reader: Reader, now: Date, limit: number): Promise<{ id: string; channel: string }[]> {
  return reader
    .selectFrom('notify.message').select(['id', 'channel'])
    .where('state', 'in', [...OPEN])
    .where((eb) => eb.or([eb.and([eb('state', '!=', 'sending'), eb('next_at', '<=', now)]), eb.and([eb('state', '=', 'sending'), eb('lease_until', '<=', now), eb('next_at', '<=', now)])]))
    .orderBy('seq').limit(limit).execute()
}

/** A job that sends the message; soon ones only, later ones are found by the sweep. */
export const wake = (tx: Tx | Reader, id: string, afterMs = 0) => enqueue(tx as Tx, 'notify.deliver', { id }, { key: `notify:${id}`, afterMs, maxAttempts: 3 })

export const SOON_MS = 60_000

export interface ListFilter {
  readonly state?: string
  /** 'outside': whatever leaves the house. */
  readonly channel?: string
  readonly unitId?: string
  /** ltree path of the part kept; null: all. */
  readonly within?: string | null
  readonly units?: readonly string[]
  readonly citizenId?: string
  readonly officerId?: string
  readonly subject?: string
  readonly kind?: string
  readonly unread?: boolean
  readonly beforeSeq?: number
  readonly limit: number
}

export async function list(reader: Reader, filter: ListFilter): Promise<Message[]> {
  const rows = await reader
    .selectFrom('notify.message').selectAll()
    .$if(filter.state !== undefined, (q) => q.where('state', '=', filter.state!))
    .$if(filter.channel !== undefined, (q) => (filter.channel === 'outside' ? q.where('channel', '!=', 'inapp') : q.where('channel', '=', filter.channel!)))
    .$if(filter.unitId !== undefined, (q) => q.where('unit_id', '=', filter.unitId!))
    .$if(typeof filter.within === 'string', (q) => q.where(sql<SqlBool>`unit_path <@ ${filter.within}::ltree`))
    .$if(filter.units !== undefined, (q) => q.where('unit_id', 'in', [...filter.units!, '']))
    .$if(filter.citizenId !== undefined, (q) => q.where('citizen_id', '=', filter.citizenId!))
    .$if(filter.officerId !== undefined, (q) => q.where('officer_id', '=', filter.officerId!))
    .$if(filter.subject !== undefined, (q) => q.where('subject', '=', filter.subject!))
    .$if(filter.kind !== undefined, (q) => q.where('kind', '=', filter.kind!))
    .$if(filter.unread === true, (q) => q.where('read_at', 'is', null))
    .$if(filter.beforeSeq !== undefined, (q) => q.where('seq', '<', filter.beforeSeq!))
    .orderBy('seq', 'desc').limit(filter.limit).execute()
  return rows.map(messageOf)
}

/** What stands still, by state, and what was sent since then; of all that leaves the house. */
export async function counts(reader: Reader, within: string | null, since: Date): Promise<{ state: string; n: number }[]> {
  const from = () =>
    reader
      .selectFrom('notify.message').select(['state', (eb) => eb.fn.countAll<number>().as('n')]).where('channel', '!=', 'inapp')
      .$if(within !== null, (q) => q.where(sql<SqlBool>`unit_path <@ ${within}::ltree`))
      .groupBy('state')
  const rows = await Promise.all([from().where('state', 'in', [...OPEN, 'dead']).execute(), from().where('state', '=', 'sent').where('created_at', '>=', since).execute()])
  return rows.flat().map((row) => ({ state: row.state, n: Number(row.n) }))
}

/** Dead messages of these units. */
export async function countDead(reader: Reader, units: readonly string[]): Promise<number> {
  const { n } = await reader
    .selectFrom('notify.message').select((eb) => eb.fn.countAll<number>().as('n')).where('state', '=', 'dead').where('unit_id', 'in', [...units, '']).executeTakeFirstOrThrow()
  return Number(n)
}

/** Units that have messages in the part of the tree. */
export async function unitsWith(reader: Reader, within: string | null): Promise<string[]> {
  const rows = await reader
    .selectFrom('notify.message').select('unit_id').distinct().where('unit_id', 'is not', null)
    .$if(within !== null, (q) => q.where(sql<SqlBool>`unit_path <@ ${within}::ltree`))
    .limit(300).execute()
  return rows.map((row) => row.unit_id!)
}

export async function countUnread(reader: Reader, whose: { citizenId: string } | { officerId: string }): Promise<number> {
  const { n } = await reader
    .selectFrom('notify.message').select((eb) => eb.fn.countAll<number>().as('n'))
    .where('channel', '=', 'inapp').where('read_at', 'is', null)
    .where('citizenId' in whose ? 'citizen_id' : 'officer_id', '=', 'citizenId' in whose ? whose.citizenId : whose.officerId)
    .executeTakeFirstOrThrow()
  return Number(n)
}
