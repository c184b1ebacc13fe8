// Read shapes: a citizen's and an officer's own messages, the desk's undelivered ones, and the outbox as administrators see it, masked.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Forbidden, NotFound } from '#core/errors.ts'
import type { NoticeTemplate } from '#core/notices/types.ts'
import { localDate } from '#core/workdays/index.ts'
import { type ChannelState, channelStates } from './channels.ts'
import { maskAddress } from './contacts.ts'
import { canKeepMessage, canReadBody, outboxScope, templateOn } from './rules.ts'
import type { Message } from './schema.ts'
import * as store from './store.ts'

/** The outbox, newest first; of one citizen (in-app only) or of one subject when asked. For the demo and for tests: no policy is asked. */
export const listMessages = (reader: Reader, filter: { citizenId?: string; subject?: string; limit?: number } = {}): Promise<Message[]> =>
  store.list(reader, { ...filter, ...(filter.citizenId ? { channel: 'inapp' } : {}), limit: filter.limit ?? 100 })

const ownerOf = (ctx: Ctx): { citizenId: string } | { officerId: string } | null =>
  ctx.actor.kind === 'citizen' ? { citizenId: ctx.actor.id } : ctx.actor.kind === 'officer' ? { officerId: ctx.actor.id } : null

export interface InboxPage {
  readonly items: readonly Message[]
  readonly unread: number
  /** `seq` to go on from, or null. */
  readonly next: number | null
}

/** The actor's own messages in the portal or on the desk, newest first. */
export async function inbox(ctx: Ctx, { kind, unread, before, limit = 20 }: { kind?: string; unread?: boolean; before?: number; limit?: number } = {}): Promise<InboxPage> {
  const owner = ownerOf(ctx)
  if (!owner) return { items: [], unread: 0, next: null }
  const [items, count] = await Promise.all([
    store.list(ctx.db, { ...owner, channel: 'inapp', kind, unread, beforeSeq: before, limit: limit + 1 }),
    store.countUnread(ctx.db, owner),
  ])
  return { items: items.slice(0, limit), unread: count, next: items.length > limit ? items[limit - 1]!.seq : null }
}

/** How many of the actor's own messages were not opened yet. */
export async function countUnread(ctx: Ctx): Promise<number> {
  const owner = ownerOf(ctx)
  return owner ? store.countUnread(ctx.db, owner) : 0
}

/** Marks the actor's own message as read, or all of them. Returns where the one leads. Throws NotFound for another's. */
export async function markRead(ctx: Ctx, id: string | 'all'): Promise<string | null> {
  const owner = ownerOf(ctx)
  const none = new NotFound('notify.no_message', 'Không có tin này. Xem lại danh sách tin nhắn.')
  if (!owner || (id !== 'all' && !/^[0-9a-f-]{36}$/i.test(id))) throw none
  const mine = ctx.db
    .updateTable('notify.message').set({ read_at: ctx.now }).where('channel', '=', 'inapp').where('read_at', 'is', null)
    .where('citizenId' in owner ? 'citizen_id' : 'officer_id', '=', 'citizenId' in owner ? owner.citizenId : owner.officerId)
  if (id === 'all') {
    await mine.execute()
    return null
  }
  const message = await store.find(ctx.db, id)
  if (message?.channel !== 'inapp' || ('citizenId' in owner ? message.citizenId !== owner.citizenId : message.officerId !== owner.officerId)) throw none
  await mine.where('id', '=', id).execute()
  return message.href
}

/** One message as its keeper sees it. Title and words only for the desk that sees the case anyway; others get the label and masks. */
export interface KeptMessage extends Omit<Message, 'title' | 'body' | 'recipient' | 'about' | 'href' | 'subject' | 'checkCode'> {
  readonly label: string
  readonly recipient: string
  readonly open: { readonly title: string; readonly body: string; readonly recipient: string; readonly about: string | null; readonly href: string | null } | null
}

function kept(ctx: Ctx, message: Message): KeptMessage {
  const { title, body, recipient, about, href, subject: _subject, checkCode: _code, ...rest } = message
  return {
    ...rest, recipient: message.channel === 'inapp' ? 'tài khoản trên cổng' : maskAddress(message.channel, recipient),
    label: templateOn(ctx.notices.book, message.template, localDate(message.createdAt))?.label ?? message.template,
    open: canReadBody(message, ctx.actor) ? { title, body, recipient, about, href } : null,
  }
}

export interface OutboxView {
  readonly rows: readonly KeptMessage[]
  /** What stands still by state, and what was sent in the last thirty days. */
  readonly counts: readonly { readonly state: string; readonly n: number }[]
  readonly channels: readonly (ChannelState & { readonly provided: boolean })[]
  readonly next: number | null
  /** Units that have messages here. */
  readonly units: readonly string[]
}

/** The administrators' outbox within their tree. Throws Forbidden for others. */
export async function outbox(ctx: Ctx, filter: { state?: string; channel?: string; unitId?: string; before?: number; limit?: number }): Promise<OutboxView> {
  const within = outboxScope(ctx.actor)
  if (within === undefined) throw new Forbidden('notify.not_administrator', 'Hộp thư đi dành cho quản trị đơn vị và quản trị hệ thống.')
  const limit = filter.limit ?? 50
  const [rows, counts, states, units] = await Promise.all([
    store.list(ctx.db, { within, state: filter.state, channel: filter.channel ?? 'outside', unitId: filter.unitId, beforeSeq: filter.before, limit: limit + 1 }),
    store.counts(ctx.db, within, new Date(ctx.now.getTime() - 30 * 86_400_000)), channelStates(ctx.db), store.unitsWith(ctx.db, within),
  ])
  return {
    units, rows: rows.slice(0, limit).map((row) => kept(ctx, row)), counts, next: rows.length > limit ? rows[limit - 1]!.seq : null,
    channels: states.map((state) => ({ ...state, provided: ctx.notices.senders[state.channel] !== null })),
  }
}

/** One message for its keeper. Throws NotFound for others. */
export async function keptMessage(ctx: Ctx, id: string): Promise<KeptMessage> {
  const message = /^[0-9a-f-]{36}$/i.test(id) ? await store.find(ctx.db, id) : null
  if (!message || message.channel === 'inapp' || canKeepMessage(message, ctx.actor)) throw new NotFound('notify.no_message', 'Không có tin này, hoặc tin không thuộc phạm vi của ông/bà.')
  return kept(ctx, message)
}

/** The one-stop units of this officer. */
const counterUnits = (ctx: Ctx): string[] => (ctx.actor.kind === 'officer' ? ctx.actor.posts.filter((post) => post.role === 'mot_cua').map((post) => post.unitId) : [])

/** Dead messages of the officer's own one-stop desk, with their words: somebody has to call. */
export async function undelivered(ctx: Ctx, limit = 100): Promise<KeptMessage[]> {
  const units = counterUnits(ctx)
  if (units.length === 0) return []
  return (await store.list(ctx.db, { units, state: 'dead', limit })).map((row) => kept(ctx, row))
}

/** How many dead messages wait at the officer's own one-stop desk. */
export async function countUndelivered(ctx: Ctx): Promise<number> {
  const units = counterUnits(ctx)
  return units.length === 0 ? 0 : store.countDead(ctx.db, units)
}

export interface TemplateRow {
  readonly template: NoticeTemplate
  readonly inForce: boolean
}

/** All templates, those in force today marked. Administrators only; throws Forbidden. */
export function listTemplates(ctx: Ctx): TemplateRow[] {
  if (outboxScope(ctx.actor) === undefined) throw new Forbidden('notify.not_administrator', 'Mẫu tin dành cho quản trị đơn vị và quản trị hệ thống.')
  const today = localDate(ctx.now)
  return ctx.notices.book.templates.map((template) => ({ template, inForce: templateOn(ctx.notices.book, template.key, today) === template }))
}

