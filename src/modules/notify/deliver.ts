// Sending one message: taken in one transaction, handed to the provider outside any, its outcome written in another. Whatever stops in
// between, the row says that a try was begun, and the provider is asked before there is a second one.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import type { NoticeRules, Sender, Sent } from '#core/notices/types.ts'
import { localDate } from '#core/workdays/index.ts'
import { channelFails, channelStates, channelWorks, turn } from './channels.ts'
import { channelCameBack, channelWentDown } from './events.ts'
import { mergeable, mergeInto } from './merge.ts'
import { emitDeath, ownerOf } from './outbox.ts'
import { afterQuiet, DOWN_AFTER, retryAfter, rulesOn } from './rules.ts'
import type { Message, Why } from './schema.ts'
import { fetchReports } from './reports.ts'
import * as store from './store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Longer than any provider is waited for; after it another worker may take the message up. */
const LEASE_MS = MINUTE
const ASK_MS = 15_000
const ORDER_MS = 5 * MINUTE
const NO_PROVIDER_MS = 10 * MINUTE

type Claimed = { readonly message: Message; readonly lease: Date; readonly ask: boolean }

const plus = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
const startOfDay = (now: Date): Date => new Date(`${localDate(now)}T00:00:00+07:00`)

async function postpone(tx: Tx, ctx: Ctx, message: Message, at: Date, why: Why, more: { state?: 'held' | 'waiting' | 'failed'; slotted?: boolean } = {}): Promise<null> {
  await store.set(tx, message.id, { state: more.state ?? 'waiting', why, next_at: at, slotted: more.slotted ?? false, lease_until: null })
  const wait = at.getTime() - ctx.now.getTime()
  if (wait < store.SOON_MS) await store.wake(tx, message.id, Math.max(wait, 0))
  return null
}

async function end(tx: Tx, ctx: Ctx, message: Message, state: 'cancelled' | 'dead', why: Why, said: string | null = null): Promise<null> {
  const dead = state === 'dead'
  await store.set(tx, message.id, {
    state, why, next_at: null, lease_until: null, slotted: false, ...(said ? { failed_reason: said } : {}),
    ...(dead ? { died_at: ctx.now, owner_role: ownerOf(message.unitId) } : { closed_at: ctx.now }),
  })
  if (dead) await emitDeath(tx, ctx, message, why)
  await wakeNext(tx, ctx, message)
  return null
}

/** The next one to the same number has waited for this one. */
async function wakeNext(tx: Tx, ctx: Ctx, message: Message): Promise<void> {
  const [next] = (await store.queueOf(tx, message)).filter((one) => one.state !== 'sending' && one.why === 'order')
  if (!next) return
  await store.set(tx, next.id, { next_at: ctx.now })
  await store.wake(tx, next.id)
}

/** Why the message may not leave now although it is its time; everything that is not the provider's business. */
async function kept(tx: Tx, ctx: Ctx, message: Message, rules: NoticeRules, queue: readonly Message[]): Promise<{ at: Date; why: Why; state?: 'held' } | null> {
  if (message.urgent) return null
  const before = queue.filter((one) => !one.urgent && (one.eventId < message.eventId || (one.eventId === message.eventId && one.seq < message.seq) || one.state === 'sending'))
  if (before.length > 0) return { at: plus(ctx.now, ORDER_MS), why: 'order' }
  if (rules.quietChannels.includes(message.channel)) {
    const free = afterQuiet(ctx.now, rules, ctx.calendar)
    if (free > ctx.now) return { at: free, why: 'quiet', state: 'held' }
  }
  if (message.channel !== 'sms') return null
  const today = startOfDay(ctx.now)
  if ((await store.countSent(tx, 'sms', message.recipient, today)) < rules.smsPerDay) return null
  return { at: afterQuiet(plus(today, 24 * HOUR), rules, ctx.calendar), why: 'daily_limit', state: 'held' }
}

/** Takes the message for this worker, or says what it waits for. Its row says `sending` before anything leaves the house. */
async function claim(tx: Tx, ctx: Ctx, id: string): Promise<Claimed | null> {
  const seen = await store.find(tx, id)
  if (!seen || seen.channel === 'inapp') return null
  await store.holdRecipient(tx, seen.channel, seen.recipient)
  const message = await store.hold(tx, id)
  if (!message || !(store.OPEN as readonly string[]).includes(message.state)) return null
  if (message.nextAt && message.nextAt > ctx.now) return null
  const sender = ctx.notices.senders[message.channel as 'sms' | 'email']
  const rules = rulesOn(ctx.notices.book, localDate(ctx.now))
  const lease = plus(ctx.now, LEASE_MS)
  if (message.state === 'sending') return again(tx, ctx, message, sender, rules, lease)
  if (message.usefulUntil && message.usefulUntil < ctx.now) return end(tx, ctx, message, 'cancelled', 'stale')
  if (plus(message.renewedAt ?? message.createdAt, rules.deadAfterHours * HOUR) < ctx.now) return end(tx, ctx, message, 'dead', 'too_long')
  if (!sender) return postpone(tx, ctx, message, plus(ctx.now, NO_PROVIDER_MS), 'no_provider')
  const queue = await store.queueOf(tx, message)
  const group = mergeable(message, queue, rules)
  if (group) {
    await mergeInto(tx, ctx, group)
    return null
  }
  const stays = await kept(tx, ctx, message, rules, queue)
  if (stays) return postpone(tx, ctx, message, stays.at, stays.why, { state: stays.state })
  const place = await turn(tx, message.channel, { now: ctx.now, perSecond: sender.perSecond, slotted: message.slotted, urgent: message.urgent })
  if (!place.go) return postpone(tx, ctx, message, place.at, place.why, { slotted: true })
  return { message: await take(tx, message, ctx.now, lease), lease, ask: false }
}

const take = (tx: Tx, message: Message, now: Date, lease: Date): Promise<Message> =>
  store.set(tx, message.id, { state: 'sending', why: null, lease_until: lease, next_at: lease, slotted: false, first_try_at: message.firstTryAt ?? now })

/** A try whose end nobody saw: ask, where one can ask; where not, a person decides, for it may well have arrived. */
async function again(tx: Tx, ctx: Ctx, message: Message, sender: Sender | null, rules: NoticeRules, lease: Date): Promise<Claimed | null> {
  if (sender && !sender.ask) return end(tx, ctx, message, 'dead', 'unknown')
  if (plus(message.firstTryAt ?? message.createdAt, rules.deadAfterHours * HOUR) < ctx.now) return end(tx, ctx, message, 'dead', 'unknown')
  if (!sender) {
    await store.set(tx, message.id, { next_at: plus(ctx.now, NO_PROVIDER_MS), lease_until: plus(ctx.now, NO_PROVIDER_MS), why: 'asking' })
    return null
  }
  return { message: await take(tx, message, ctx.now, lease), lease, ask: true }
}

async function failed(tx: Tx, ctx: Ctx, message: Message, rules: NoticeRules, said: string): Promise<void> {
  const [state] = (await channelStates(tx)).filter((one) => one.channel === message.channel)
  const down = (state?.faults ?? 0) >= DOWN_AFTER
  const attempts = message.attempts + (down ? 0 : 1) // while nobody's messages go, it is not this one's fault
  const pause = retryAfter(Math.max(attempts, 1), rules)
  await store.set(tx, message.id, { attempts, failed_reason: said })
  if (pause === null) await end(tx, ctx, message, 'dead', 'exhausted', said)
  else await postpone(tx, ctx, message, plus(ctx.now, pause), 'retry', { state: 'failed' })
}

async function fault(tx: Tx, ctx: Ctx, message: Message, why: string, pauseMs: number | null): Promise<Date> {
  const { fresh, until } = await channelFails(tx, message.channel, ctx.now, why, pauseMs)
  if (fresh) await emit(tx, ctx, channelWentDown, message.channel, { channel: message.channel, why })
  return until
}

/** Writes what became of the try. `now` is read anew by the caller's clock: the provider may have taken long. */
async function settle(tx: Tx, ctx: Ctx, { message: claimed, lease }: Claimed, sent: Sent | { kind: 'absent' } | { kind: 'unanswered'; why: string }): Promise<void> {
  const message = await store.hold(tx, claimed.id)
  if (message?.state !== 'sending') return
  const mine = message.nextAt?.getTime() === lease.getTime()
  if (!mine && sent.kind !== 'accepted') return // another worker has taken it up since
  const rules = rulesOn(ctx.notices.book, localDate(ctx.now))
  switch (sent.kind) {
    case 'accepted': {
      await store.set(tx, message.id, { state: 'sent', why: null, sent_at: ctx.now, provider_ref: sent.ref, parts: sent.parts, next_at: null, lease_until: null, failed_reason: null })
      if (await channelWorks(tx, message.channel, ctx.now)) await emit(tx, ctx, channelCameBack, message.channel, { channel: message.channel })
      return wakeNext(tx, ctx, message)
    }
    case 'refused':
      await channelWorks(tx, message.channel, ctx.now)
      return void (await end(tx, ctx, message, 'dead', 'refused', sent.why))
    case 'later': {
      if (!sent.outage && sent.afterMs === null) return failed(tx, ctx, message, rules, sent.why)
      const until = await fault(tx, ctx, message, sent.why, sent.afterMs)
      await store.set(tx, message.id, { failed_reason: sent.why })
      return void (await postpone(tx, ctx, message, new Date(Math.max(until.getTime(), ctx.now.getTime() + 1000)), sent.outage ? 'outage' : 'queue'))
    }
    case 'absent':
      return failed(tx, ctx, message, rules, message.failedReason ?? 'Nhà cung cấp chưa nhận được tin.')
    case 'unanswered':
    case 'unknown': {
      const until = await fault(tx, ctx, message, sent.why, null)
      if (!ctx.notices.senders[message.channel as 'sms' | 'email']?.ask) return void (await end(tx, ctx, message, 'dead', 'unknown', sent.why))
      const at = new Date(Math.max(until.getTime(), ctx.now.getTime() + ASK_MS))
      await store.set(tx, message.id, { why: 'asking', failed_reason: sent.why, next_at: at, lease_until: at })
      if (at.getTime() - ctx.now.getTime() < store.SOON_MS) await store.wake(tx, message.id, at.getTime() - ctx.now.getTime())
    }
  }
}

/** Sends the message if it is its time and turn. Safe to run twice and side by side; what it waits for stands in the row. */
export async function deliver(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const claimed = await inTransaction(ctx.db, (tx) => claim(tx, ctx, id))
  if (!claimed) return
  const { message, ask } = claimed
  const sender = ctx.notices.senders[message.channel as 'sms' | 'email']!
  const outcome = ask ? await sender.ask!(message.id) : await sender.send({ id: message.id, to: message.recipient, title: message.title, body: bodyOf(ctx, message) })
  await inTransaction(ctx.db, (tx) => settle(tx, { ...ctx, now: ctx.clock.now() }, claimed, outcome))
}

/** Mails may lead to the portal, and say how to find out that they are ours; short messages hold no address. */
function bodyOf({ publicUrl }: Ctx, message: Message): string {
  if (message.channel !== 'email') return message.body
  const open = message.href ? `\n\nXem đầy đủ sau khi đăng nhập: ${publicUrl}${message.href}` : ''
  return `${message.body}${open}\n\nMã kiểm tra: ${message.checkCode}. Muốn chắc thư này là của tỉnh, tự mở ${publicUrl}/tin-nhan-that và ghi mã. Tỉnh không bao giờ hỏi mật khẩu hay mã OTP.`
}

/** Every minute: wakes what is due, takes up what a lost worker has left, fetches delivery reports. */
export async function sweep(ctx: Ctx): Promise<void> {
  const rows = await store.due(ctx.db, ctx.now, 2000)
  for (const { id } of rows) await store.wake(ctx.db, id)
  await fetchReports(ctx)
}
