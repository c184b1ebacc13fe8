// What the outbox decides without asking anybody: hours of quiet, growing pauses, the code of a message, who may keep which messages.

import { randomInt } from 'node:crypto'
import type { NoticeBook, NoticeChannel, NoticeKind, NoticeRules, NoticeTemplate, QuietHours } from '#core/notices/types.ts'
import { denial, type Refusal, refusal } from '#core/errors.ts'
import { type Actor, holds, postOf } from '#core/policy/actor.ts'
import { fold } from '#core/text/index.ts'
import { type Calendar, localDate } from '#core/workdays/index.ts'
import type { Message } from './schema.ts'

const MINUTE = 60_000
const DAY = 1440

/** The row of dated data in force on a date: the latest that has begun. */
export function inForce<T extends { readonly effectiveFrom: string }>(rows: readonly T[], on: string): T | null {
  return rows.filter((row) => row.effectiveFrom <= on).toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0] ?? null
}

/** The rules of sending on that date. Throws when the book has none so early, which loading it has ruled out for any day since 2020. */
export function rulesOn(book: NoticeBook, on: string): NoticeRules {
  const rules = inForce(book.rules, on)
  if (!rules) throw new Error(`Không có quy tắc gửi tin cho ngày ${on}`)
  return rules
}

export const templateOn = (book: NoticeBook, key: string, on: string): NoticeTemplate | null => inForce(book.templates.filter((one) => one.key === key), on)

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
const midnight = (at: Date): number => new Date(`${localDate(at)}T00:00:00+07:00`).getTime()
const isHoliday = (calendar: Calendar, on: string): boolean => calendar.days.some((day) => day.date === on && (day.type === 'holiday' || day.type === 'compensatory'))

/** The first instant, `at` or later, at which phones need not be left alone. The quiet hours of an evening are those of its date, the hours
 *  of a morning those of the morning's date, so that the night before a holiday ends when the holiday's own quiet does. */
export function afterQuiet(at: Date, { quiet, quietOnHolidays }: Pick<NoticeRules, 'quiet' | 'quietOnHolidays'>, calendar: Calendar): Date {
  const hours = (on: Date): QuietHours => (isHoliday(calendar, localDate(on)) ? quietOnHolidays : quiet)
  let now = at
  for (let guard = 0; guard < 3; guard++) {
    const start = midnight(now)
    const passed = (now.getTime() - start) / MINUTE
    const today = hours(now)
    const over = minutes(today.from) > minutes(today.to) // the usual case: the quiet lies over midnight
    if (over && passed < minutes(today.to)) return new Date(start + minutes(today.to) * MINUTE)
    if (!over && passed >= minutes(today.from) && passed < minutes(today.to)) return new Date(start + minutes(today.to) * MINUTE)
    if (!over || passed < minutes(today.from)) return now
    now = new Date(start + DAY * MINUTE)
  }
  return now
}

/** Milliseconds to wait after the `attempts`-th failed try, or null when there is to be none. */
export const retryAfter = (attempts: number, { retryMinutes }: Pick<NoticeRules, 'retryMinutes'>): number | null => {
  const pause = retryMinutes[attempts - 1]
  return pause === undefined ? null : pause * MINUTE
}

const PAUSES = [1, 2, 4, 8, 15].map((one) => one * MINUTE)

/** A channel is taken for down after so many faults on end; then one message at a time tries it. */
export const DOWN_AFTER = 3

/** How long a channel that is down is left alone: one minute, doubling to fifteen. */
export const pauseAfter = (faults: number): number => PAUSES[Math.min(Math.max(faults - DOWN_AFTER, 0), PAUSES.length - 1)]!

/** No 0 and O, 1, I and L: it is read aloud and typed on phones. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const CODE_LENGTH = 6

export const newCheckCode = (): string => Array.from({ length: CODE_LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')

const SHAPE = new RegExp(`^[${SIGNS}]{${CODE_LENGTH}}$`)

/** What was typed as a code, or null when it is none: case, spaces and hyphens do not matter. */
export function tidyCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s.\-–—]/g, '')
  return SHAPE.test(code) ? code : null
}

/** The code in a pasted text: what stands after "mã kiểm tra", however it is written; or the text itself when it is nothing else. */
export function codeIn(text: string): string | null {
  const said = /ma kiem tra\W*([a-z0-9](?:[ -]?[a-z0-9]){5})(?![a-z0-9])/.exec(fold(text))?.[1]
  return (said && tidyCode(said)) || tidyCode(text)
}

const bare = (text: string): string => fold(text).replaceAll(/[^a-z0-9]/g, '')

/** How a pasted text stands to the one we sent. `code` means that only the code was typed. Phones break lines and forward with their own
 *  words around, so a text that holds ours whole and nothing of weight besides is ours. */
export function likeness(pasted: string, body: string): 'code' | 'same' | 'part' | 'other' {
  if (tidyCode(pasted)) return 'code'
  const [theirs, ours] = [bare(pasted), bare(body)]
  if (theirs === ours) return 'same'
  if (theirs.length >= 20 && ours.includes(theirs)) return 'part'
  if (theirs.includes(ours)) return theirs.length - ours.length <= 60 && !/http|www|dotcom|\.[a-z]{2,}\//i.test(pasted) ? 'same' : 'other'
  return 'other'
}

/** Kinds and channels a citizen may choose away: nothing of the account, and never the copy in the portal. */
export const CHOOSABLE: readonly NoticeKind[] = ['action', 'progress', 'result', 'money']

/** Whether this channel carries the message at all. Legal ones always leave their copy in the portal; a choice touches SMS and mail only. */
export function wantsChannel(template: NoticeTemplate, channel: NoticeChannel, off: ReadonlySet<string>): boolean {
  if (!template.texts[channel]) return false
  if (channel === 'inapp' || !CHOOSABLE.includes(template.kind)) return true
  return !off.has(`${template.kind}.${channel}`)
}

const within = (path: string | null, above: string): boolean => path !== null && (path === above || path.startsWith(`${above}.`))

/** What of the outbox an administrator keeps: all (null), a part of the tree, or nothing (undefined). */
export function outboxScope(actor: Actor): string | null | undefined {
  if (holds(actor, 'quan_tri_he_thong')) return null
  return postOf(actor, 'quan_tri_don_vi')?.unitPath
}

/** Who looks after a message: administrators within their tree, who see it masked, and the one-stop desk it came from, which sees the case
 *  anyway and can call the citizen. */
export function canKeepMessage(message: Pick<Message, 'unitId' | 'unitPath'>, actor: Actor): Refusal | null {
  const scope = outboxScope(actor)
  if (scope === null || (scope !== undefined && within(message.unitPath, scope))) return null
  if (message.unitId && holds(actor, 'mot_cua', message.unitId)) return null
  return denial('notify.not_yours', 'Tin này do Bộ phận một cửa nơi nhận hồ sơ hoặc quản trị đơn vị lo. Nhờ họ xử lý.')
}

/** Whether the actor may read the words of the message, not only its label. */
export const canReadBody = (message: Pick<Message, 'unitId'>, actor: Actor): boolean => message.unitId !== null && holds(actor, 'mot_cua', message.unitId)

/** Sending anew is for what stands still; what is under way or over is left alone. */
export function canRetry({ state, why }: Pick<Message, 'state' | 'why'>): Refusal | null {
  if (state === 'dead' && why === 'bad_address') return refusal('notify.bad_address', 'Số hoặc địa chỉ này không nhận được tin. Gửi bằng kênh khác, hoặc gọi điện báo rồi ghi lại.')
  if (state === 'dead' || state === 'failed' || state === 'held' || state === 'waiting') return null
  if (state === 'sending') return refusal('notify.sending', 'Tin này đang gửi. Chờ ít phút rồi xem lại.')
  return refusal('notify.over', state === 'sent' ? 'Tin này đã gửi rồi, không gửi lại để người nhận khỏi nhận hai lần.' : 'Tin này đã thôi gửi.')
}

/** May still be told otherwise or by another way: anything that has not surely gone out. While the provider is only being asked after a lost
 *  answer, a person may well decide to call. */
export const canClose = (message: Pick<Message, 'state' | 'why'>): Refusal | null => (message.why === 'asking' || message.why === 'bad_address' ? null : canRetry(message))

/** Reports of false messages go to those who guard the platform. */
export function canHandleReports(actor: Actor): Refusal | null {
  if (holds(actor, ['quan_tri_he_thong', 'an_toan_tt'])) return null
  return denial('notify.no_reports', 'Tin báo giả mạo do quản trị hệ thống và cán bộ an toàn thông tin xử lý.')
}
