// Writing messages: one fact told to one person becomes one row for each channel they want, each once however often the reaction runs.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { mobileNumber } from '#core/notices/sms.ts'
import type { NoticeChannel, NoticeTemplate } from '#core/notices/types.ts'
import { localDate } from '#core/workdays/index.ts'
import * as contacts from './contact-store.ts'
import { messageDied } from './events.ts'
import { afterQuiet, newCheckCode, rulesOn, templateOn, wantsChannel } from './rules.ts'
import { withOwn } from './own.ts'
import type { Message, Telling, Why } from './schema.ts'
import * as store from './store.ts'
import { render } from './templates.ts'

const HOUR = 3_600_000

/** Who is asked to see to a message that cannot be sent. */
export const ownerOf = (unitId: string | null): 'mot_cua' | 'quan_tri_he_thong' => (unitId ? 'mot_cua' : 'quan_tri_he_thong')

interface Place {
  readonly channel: NoticeChannel
  readonly recipient: string
  /** The number or address can never receive anything. */
  readonly bad?: boolean
}

/** Where the person is to be told: in the portal or on the desk always, by phone and mail as far as there is one and it is wanted. A number
 *  or address that the citizen has verified goes before the one written in a form. */
async function places(tx: Tx, template: NoticeTemplate, to: Telling['to']): Promise<Place[]> {
  if (to.officerId) return template.texts.inapp ? [{ channel: 'inapp', recipient: to.officerId }] : []
  const [off, verified] = to.citizenId ? await Promise.all([contacts.choicesOff(tx, to.citizenId), contacts.verified(tx, to.citizenId)]) : [new Set<string>(), {}]
  const found: Place[] = []
  if (to.citizenId && template.texts.inapp) found.push({ channel: 'inapp', recipient: to.citizenId })
  const phone = verified.sms ?? to.phone
  if (phone && wantsChannel(template, 'sms', off)) {
    const mobile = mobileNumber(phone)
    // Who reads it in the portal anyway is not worth a call because of a landline; who has only the phone is.
    if (mobile) found.push({ channel: 'sms', recipient: mobile })
    else if (!to.citizenId) found.push({ channel: 'sms', recipient: phone.slice(0, 40), bad: true })
  }
  const email = verified.email ?? to.email
  if (email && wantsChannel(template, 'email', off) && /^[^\s@]+@[^\s@]+$/.test(email)) found.push({ channel: 'email', recipient: email.toLowerCase() })
  return found
}

async function write(tx: Tx, ctx: Ctx, telling: Telling, template: NoticeTemplate, place: Place): Promise<Message | null> {
  const { channel, recipient, bad } = place
  const rules = rulesOn(ctx.notices.book, localDate(ctx.now))
  const hushed = !template.urgent && rules.quietChannels.includes(channel)
  const nextAt = hushed ? afterQuiet(ctx.now, rules, ctx.calendar) : ctx.now
  const held = nextAt.getTime() > ctx.now.getTime()
  const state = channel === 'inapp' ? 'sent' : bad ? 'dead' : held ? 'held' : 'waiting'
  for (let attempt = 0; attempt < 5; attempt++) {
    const check = newCheckCode()
    const { title, body } = render(template, channel, telling.values, check)
    const made = await store.insert(tx, {
      event_id: telling.eventId, template: template.key, channel, recipient, citizen_id: telling.to.citizenId ?? null, officer_id: telling.to.officerId ?? null,
      subject: telling.subject, about: telling.about ?? null, href: telling.href ?? null, unit_id: telling.unit?.id ?? null, unit_path: telling.unit?.path ?? null,
      title, body, kind: template.kind, urgent: template.urgent, state, why: bad ? 'bad_address' : state === 'held' ? 'quiet' : null,
      created_at: ctx.now, sent_at: state === 'sent' ? ctx.now : null, next_at: state === 'waiting' || state === 'held' ? nextAt : null, check_code: check,
      useful_until: template.usefulHours === null ? null : new Date(nextAt.getTime() + template.usefulHours * HOUR),
      died_at: bad ? ctx.now : null, owner_role: bad ? ownerOf(telling.unit?.id ?? null) : null,
    })
    if (made === 'before') return null
    if (made !== 'code') return made
  }
  throw new Error('Không tạo được mã kiểm tra chưa dùng')
}

/** Writes what is to be told inside the caller's transaction. Nothing is sent before it commits. Throws when the book has no such template
 *  or a value it names is missing. */
export async function tellIn(tx: Tx, ctx: Ctx, telling: Telling): Promise<Message[]> {
  const shared = templateOn(ctx.notices.book, telling.template, localDate(ctx.now))
  if (!shared) throw new Error(`Sổ mẫu tin không có ${telling.template}`)
  const template = withOwn(shared, telling.own, telling.values)
  const later = ctx.notices.book.templates.filter((one) => one.supersedes.includes(template.key)).map((one) => one.key)
  const written: Message[] = []
  for (const place of await places(tx, template, telling.to)) {
    const message = await write(tx, ctx, telling, template, place)
    if (!message) continue
    written.push(message)
    if (message.channel === 'inapp') continue
    await store.cancelOlder(tx, message, template.supersedes, ctx.now)
    if (message.state === 'dead') {
      await emitDeath(tx, ctx, message, 'bad_address')
    } else if (await store.outdated(tx, message, later)) {
      await store.set(tx, message.id, { state: 'cancelled', why: 'superseded', closed_at: ctx.now, next_at: null })
    } else if (message.state === 'waiting') {
      await store.wake(tx, message.id)
    }
  }
  return written
}

export const emitDeath = (tx: Tx, ctx: Ctx, message: Message, why: Why) =>
  emit(tx, ctx, messageDied, message.id, { template: message.template, channel: message.channel, about: message.about, unitId: message.unitId, why, subject: message.subject })

/** Tells one person of one fact, by every channel they want; saying the same thing twice sends it once. */
export const tell = (ctx: Ctx, telling: Telling): Promise<Message[]> => inTransaction(ctx.db, (tx) => tellIn(tx, ctx, telling))
