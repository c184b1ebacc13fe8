// The face of notify: one outbox for all that the platform tells people, each message once for the fact that caused it.

import { sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'

export type NotifyChannel = 'sms' | 'email' | 'inapp'

export interface NewMessage {
  /** The event that caused it; with template, channel and recipient it makes the message unique. */
  readonly eventId: number
  readonly template: string
  readonly channel: NotifyChannel
  /** Phone number, address or citizen id, by channel. */
  readonly recipient: string
  readonly citizenId: string | null
  /** What it is about, e.g. a dossier's id. */
  readonly subject: string
  readonly title: string
  readonly body: string
}

export interface Message extends NewMessage {
  readonly id: string
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly failedReason: string | null
}

/** Hands a message to the outbox; saying the same thing twice sends it once. */
export async function send(ctx: Ctx, message: NewMessage): Promise<void> {
  await ctx.db
    .insertInto('notify.message')
    .values({
      event_id: message.eventId, template: message.template, channel: message.channel, recipient: message.recipient, citizen_id: message.citizenId,
      subject: message.subject, title: message.title, body: message.body, created_at: ctx.now, sent_at: ctx.now,
    })
    .onConflict((c) => c.columns(['event_id', 'template', 'channel', 'recipient']).doNothing())
    .execute()
}

interface MessageRow {
  id: string
  event_id: number
  template: string
  channel: string
  recipient: string
  citizen_id: string | null
  subject: string
  title: string
  body: string
  created_at: Date
  sent_at: Date | null
  failed_reason: string | null
}

const messageOf = (row: MessageRow): Message => ({
  id: row.id, eventId: row.event_id, template: row.template, channel: row.channel as NotifyChannel, recipient: row.recipient, citizenId: row.citizen_id,
  subject: row.subject, title: row.title, body: row.body, createdAt: row.created_at, sentAt: row.sent_at, failedReason: row.failed_reason,
})

/** The outbox, newest first; of one citizen (in-app only) or of one subject when asked. */
export async function listMessages(reader: Reader, filter: { citizenId?: string; subject?: string; limit?: number } = {}): Promise<Message[]> {
  const rows = await reader
    .selectFrom('notify.message')
    .selectAll()
    .$if(filter.citizenId !== undefined, (q) => q.where('citizen_id', '=', filter.citizenId!).where('channel', '=', 'inapp'))
    .$if(filter.subject !== undefined, (q) => q.where('subject', '=', filter.subject!))
    .orderBy('created_at', 'desc')
    .orderBy(sql`id`)
    .limit(filter.limit ?? 100)
    .execute()
  return rows.map((row) => messageOf(row as unknown as MessageRow))
}
