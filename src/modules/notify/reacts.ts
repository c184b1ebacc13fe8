// What the outbox itself tells officers: messages that need a person, channels that are down, reports of false messages.

import type { Ctx } from '#core/ctx.ts'
import type { Reaction, RecordedEvent } from '#core/events/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { listHolders, listPosts, officerNames } from '#modules/org/index.ts'
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

/** Somebody came in from a device not seen before: they are told where it can be ended. */
async function newDevice(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { device } = event.data as { device: string }
  const to = event.actorKind === 'citizen' ? { citizenId: event.actorId } : event.actorKind === 'officer' ? { officerId: event.actorId } : null
  if (to) await tell(ctx, { eventId: event.id, template: 'account.new_device', values: { when: formatDateTime(event.at), device }, subject: event.subject, href: '/account/sessions', to })
}

const FACTORS: Readonly<Record<string, string>> = { totp: 'ứng dụng xác thực', passkey: 'khóa truy cập (passkey)' }

async function factorChanged(ctx: Ctx, event: RecordedEvent): Promise<void> {
  if (event.actorKind !== 'officer' || !event.actorId) return
  const { factor } = event.data as { factor: string }
  const what = `${event.name.endsWith('added') ? 'thêm' : 'bỏ'} ${FACTORS[factor] ?? 'một cách xác thực'}.`
  await tell(ctx, { eventId: event.id, template: 'account.factor', values: { when: formatDateTime(event.at), what }, subject: event.subject, href: '/account/sessions', to: { officerId: event.actorId } })
}

/** An administrator has taken somebody's factors off: the owner must know, in case it was not asked for. */
async function factorsReset(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const what = `gỡ hết, do ${event.actorName ?? 'quản trị'} đặt lại.`
  await tell(ctx, { eventId: event.id, template: 'account.factor', values: { when: formatDateTime(event.at), what }, subject: event.subject, href: '/account/security', to: { officerId: event.subject } })
}

/** Whoever is to do another's work hears of it before the first case arrives. */
async function covering(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { deputy, officer, from_officer: giver, from, to } = event.data as { deputy?: string | null; officer: string; from_officer?: string; from: string; to: string }
  const [who, whom] = giver ? [giver, officer] : [officer, deputy]
  if (!whom || whom === event.actorId) return
  const name = (await officerNames(ctx.db, [who])).get(who) ?? 'đồng nghiệp'
  await tell(ctx, { eventId: event.id, template: 'office.covering', values: { who: name, from: formatDate(from), to: formatDate(to) }, subject: event.subject, href: '/desk', to: { officerId: whom } })
}

async function unmanned(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { unit, on, posts } = event.data as { unit: string; on: string; posts: string[] }
  const heads = await Promise.all(['quan_tri_don_vi', 'lanh_dao_don_vi', 'chu_tich'].map((role) => listHolders(ctx.db, unit, role, localDate(ctx.now))))
  for (const officerId of new Set(heads.flat().map((one) => one.id))) {
    await tell(ctx, { eventId: event.id, template: 'office.unmanned', values: { when: formatDate(on), count: String(posts.length) }, subject: event.subject, href: '/desk', to: { officerId } })
  }
}

export const reactions: readonly Reaction[] = [
  { event: 'identity.signed_in_new_device', name: 'notify.tell_new_device', run: newDevice },
  { event: 'identity.factor_added', name: 'notify.tell_factor_added', run: factorChanged },
  { event: 'identity.factors_reset', name: 'notify.tell_factors_reset', run: factorsReset },
  { event: 'identity.factor_removed', name: 'notify.tell_factor_removed', run: factorChanged },
  { event: 'org.absence_recorded', name: 'notify.tell_deputy', run: covering },
  { event: 'org.post_delegated', name: 'notify.tell_delegate', run: covering },
  { event: 'org.posts_unmanned', name: 'notify.tell_unmanned', run: unmanned },
  { event: 'notify.message_died', name: 'notify.tell_owner', run: died },
  { event: 'notify.channel_went_down', name: 'notify.tell_keepers', run: wentDown },
  { event: 'notify.fake_reported', name: 'notify.tell_guards', run: reported },
]
