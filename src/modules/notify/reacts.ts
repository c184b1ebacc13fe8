// What the outbox itself tells officers: messages that need a person, channels that are down, reports of false messages.

import type { Ctx } from '#core/ctx.ts'
import type { Reaction, RecordedEvent } from '#core/events/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { listHolders, listPosts } from '#modules/org/index.ts'
import { tell } from './outbox.ts'
import { CHANNELS, WHYS, type Why } from './schema.ts'

/** Everybody who keeps the platform. */
async function keepers(ctx: Ctx, role = 'quan_tri_he_thong'): Promise<string[]> {
  const posts = await listPosts(ctx.db, { within: null, role, on: localDate(ctx.now), limit: 50 })
  return [...new Set(posts.flatMap((post) => (post.holder ? [post.holder.id] : [])))]
}

async function died(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { unitId, about, why } = event.data as { unitId: string | null; about: string | null; why: Why }
  const desk = unitId ? (await listHolders(ctx.db, unitId, 'mot_cua', localDate(ctx.now))).map((one) => one.id) : []
  const owners = desk.length > 0 ? desk : await keepers(ctx)
  const values = { code: desk.length > 0 ? (about ?? 'không rõ mã') : 'của một đơn vị', reason: WHYS[why] }
  for (const officerId of owners) {
    const href = desk.length > 0 ? `/desk/undelivered/${event.subject}` : `/admin/outbox/${event.subject}`
    await tell(ctx, { eventId: event.id, template: 'office.undelivered', values, subject: event.subject, href, to: { officerId } })
  }
}

async function wentDown(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { channel } = event.data as { channel: 'sms' | 'email' }
  for (const officerId of await keepers(ctx)) {
    await tell(ctx, { eventId: event.id, template: 'office.channel_down', values: { channel: CHANNELS[channel], when: formatDateTime(event.at) }, subject: event.subject, href: '/admin/outbox', to: { officerId } })
  }
}

async function reported(ctx: Ctx, event: RecordedEvent): Promise<void> {
  for (const officerId of new Set([...(await keepers(ctx)), ...(await keepers(ctx, 'an_toan_tt'))])) {
    await tell(ctx, { eventId: event.id, template: 'office.report', values: {}, subject: event.subject, href: '/desk/fakes', to: { officerId } })
  }
}

export const reactions: readonly Reaction[] = [
  { event: 'notify.message_died', name: 'notify.tell_owner', run: died },
  { event: 'notify.channel_went_down', name: 'notify.tell_keepers', run: wentDown },
  { event: 'notify.fake_reported', name: 'notify.tell_guards', run: reported },
]
