// Many messages waiting for one number go as one: after a night, a day's limit or an outage, nobody's phone rings five times.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import type { NoticeRules } from '#core/notices/types.ts'
import { smsSize } from '#core/notices/sms.ts'
import { localDate } from '#core/workdays/index.ts'
import { newCheckCode, templateOn } from './rules.ts'
import type { Message } from './schema.ts'
import * as store from './store.ts'
import { render } from './templates.ts'

export const DIGEST = 'dossiers.digest'

const inOrder = (one: Message, other: Message): number => one.eventId - other.eventId || one.seq - other.seq

/** The messages that are to go as one, oldest first, or null. Only short ones about dossiers that have not been tried and wait anyway. */
export function mergeable(message: Message, queue: readonly Message[], rules: NoticeRules): Message[] | null {
  const fits = (one: Message) => one.channel === 'sms' && !one.urgent && one.kind !== 'account' && one.template !== DIGEST && one.firstTryAt === null && one.about !== null && one.state !== 'sending'
  if (!fits(message) || queue.some((one) => one.state === 'sending' && !one.urgent)) return null
  const group = [message, ...queue.filter(fits)].sort(inOrder)
  return group.length >= rules.mergeFrom ? group : null
}

function digest(ctx: Ctx, group: readonly Message[], rules: NoticeRules, check: string) {
  const template = templateOn(ctx.notices.book, DIGEST, localDate(ctx.now))
  if (!template) throw new Error(`Sổ mẫu tin không có ${DIGEST}`)
  const lines = group.map((one) => `${one.about} ${one.title}`)
  for (let shown = lines.length; ; shown--) {
    const more = lines.length - shown
    const list = [...lines.slice(0, shown), ...(more > 0 ? [`và ${more} tin khác`] : [])].join('; ')
    const text = render(template, 'sms', { count: String(group.length), list }, check)
    if (shown === 0 || smsSize(text.body).parts <= rules.maxSmsParts) return { template, text }
  }
}

/** Writes the one message and ends the others with a mark that leads to it. */
export async function mergeInto(tx: Tx, ctx: Ctx, group: readonly Message[]): Promise<void> {
  const [first] = group as [Message, ...Message[]]
  const rules = ctx.notices.book.rules.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1)).find((one) => one.effectiveFrom <= localDate(ctx.now))!
  for (let attempt = 0; attempt < 5; attempt++) {
    const check = newCheckCode()
    const { template, text } = digest(ctx, group, rules, check)
    const made = await store.insert(tx, {
      event_id: first.eventId, template: template.key, channel: 'sms', recipient: first.recipient, citizen_id: first.citizenId, subject: first.subject,
      about: [...new Set(group.map((one) => one.about))].join(', ').slice(0, 200), href: '/tin-nhan', unit_id: first.unitId, unit_path: first.unitPath,
      title: text.title, body: text.body, kind: 'progress', state: 'waiting', created_at: ctx.now, next_at: ctx.now, check_code: check,
    })
    if (made === 'code') continue
    if (made === 'before') return
    for (const one of group) await store.set(tx, one.id, { state: 'cancelled', why: 'merged', merged_into: made.id, closed_at: ctx.now, next_at: null })
    return store.wake(tx, made.id)
  }
  throw new Error('Không tạo được mã kiểm tra chưa dùng')
}
