// What owners and administrators do with messages that did not go: send again, another way, or write down that the person was told.

import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { mobileNumber } from '#core/notices/sms.ts'
import { localDate } from '#core/workdays/index.ts'
import * as contacts from './contact-store.ts'
import { messageRerouted, messageRetried, toldOtherwise } from './events.ts'
import { canClose, canKeepMessage, canRetry, newCheckCode, templateOn } from './rules.ts'
import { ManyInput, type Message, OtherChannelInput, ToldInput } from './schema.ts'
import * as store from './store.ts'

const none = () => new NotFound('notify.no_message', 'Không có tin này, hoặc tin không thuộc phạm vi của ông/bà.')

async function held(tx: Tx, ctx: Ctx, id: string): Promise<Message> {
  const message = await store.hold(tx, id)
  if (!message || message.channel === 'inapp' || canKeepMessage(message, ctx.actor)) throw none()
  return message
}

async function reachOf(tx: Tx, message: Message, channel: 'sms' | 'email', known: { phone: string | null; email: string | null } | null): Promise<string | null> {
  const verified = message.citizenId ? await contacts.verified(tx, message.citizenId) : {}
  if (channel === 'sms') return mobileNumber(verified.sms ?? known?.phone ?? '')
  return verified.email ?? known?.email?.toLowerCase() ?? null
}

const nameOf = (ctx: Ctx): string => (ctx.actor.kind === 'anonymous' ? 'Khách' : ctx.actor.name)

/** Sends again what stands still, with its count of tries begun anew. What was tried before is asked after first, never just sent.
 *  Those that have moved on meanwhile are left alone. Returns how many were taken up. */
export const retryMessages = act(ManyInput, async (ctx, tx, { ids }) => {
  let count = 0
  for (const id of [...new Set(ids)].sort()) {
    const message = await held(tx, ctx, id)
    if (canRetry(message)) {
      if (ids.length === 1) orThrow(canRetry(message))
      continue
    }
    const askFirst = message.firstTryAt !== null && ctx.notices.senders[message.channel as 'sms' | 'email']?.ask
    await store.set(tx, id, {
      state: askFirst ? 'sending' : 'waiting', why: askFirst ? 'asking' : null, attempts: 0, next_at: ctx.now, lease_until: askFirst ? ctx.now : null, died_at: null, owner_role: null,
      // An owner has decided that it is still worth it.
      renewed_at: ctx.now, first_try_at: askFirst ? ctx.now : message.firstTryAt, useful_until: null,
    })
    await emit(tx, ctx, messageRetried, id, { template: message.template, channel: message.channel })
    await store.wake(tx, id)
    count++
  }
  return { count }
})

/** Writes the same telling anew for the person's other channel, and ends this one. Goes to what the citizen has verified, else to what the
 *  caller's `reach` knows of the thing the message is about. */
export const rerouteMessage = (reach: (ctx: Ctx, subject: string) => Promise<{ phone: string | null; email: string | null } | null>) =>
  act(OtherChannelInput, async (ctx, tx, { id, channel }) => {
    const message = await held(tx, ctx, id)
    orThrow(canClose(message))
    if (message.channel === channel) throw new Conflict('notify.same_channel', 'Tin này đã đi bằng kênh đó. Chọn kênh khác.')
    const recipient = await reachOf(tx, message, channel, await reach(ctx, message.subject))
    if (!recipient) throw new Conflict('notify.no_reach', channel === 'sms' ? 'Người này không có số điện thoại di động nào. Báo bằng cách khác.' : 'Người này không có địa chỉ thư nào. Gọi điện báo rồi ghi lại.')
    const template = templateOn(ctx.notices.book, message.template, localDate(message.createdAt))
    if (!template?.texts[channel]) throw new Conflict('notify.no_text', 'Mẫu tin này không có lời cho kênh đó. Gọi điện báo rồi ghi lại.')
    const check = newCheckCode()
    const body = message.body.replaceAll(message.checkCode, check)
    const made = await store.insert(tx, {
      event_id: message.eventId, template: message.template, channel, recipient, citizen_id: message.citizenId, subject: message.subject, about: message.about, href: message.href,
      unit_id: message.unitId, unit_path: message.unitPath, title: message.title, body, kind: message.kind, urgent: message.urgent, state: 'waiting', created_at: ctx.now,
      next_at: ctx.now, check_code: check,
    })
    if (made === 'before') throw new Conflict('notify.told_there', 'Tin này đã có ở kênh đó rồi.')
    if (made === 'code') throw new Conflict('notify.again', 'Chưa làm được. Bấm lại lần nữa.')
    await store.set(tx, id, { state: 'cancelled', why: 'other_channel', closed_at: ctx.now, closed_by: nameOf(ctx), next_at: null })
    await emit(tx, ctx, messageRerouted, id, { template: message.template, from: message.channel, to: channel })
    await store.wake(tx, made.id)
    return { id: made.id }
  })

/** The person was told by telephone or in person; the note says how. The message is not sent any more. */
export const markTold = act(ToldInput, async (ctx, tx, { id, note }) => {
  const message = await held(tx, ctx, id)
  orThrow(canClose(message))
  await store.set(tx, id, { state: 'cancelled', why: 'told', closed_at: ctx.now, closed_by: nameOf(ctx), closed_note: note, next_at: null })
  await emit(tx, ctx, toldOtherwise, message.subject, { template: message.template, channel: message.channel, about: message.about, note })
})
