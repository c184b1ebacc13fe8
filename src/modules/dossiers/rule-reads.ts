// What each rule of the register is read for in a running dossier, under the law as it is and as it would be. For previews; writes nothing.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { askedOf, ruleFor, termFor } from './around.ts'
import { alertAt, apologyUntil, shareUsed } from './deadlines.ts'
import { binds, type Counted, countOpen, type Known, type RuleChangeAsked, WHAT_WORDS } from './rule-count.ts'
import { STATES } from './schema.ts'
import * as life from './store-life.ts'
import { ticking, watchRules } from './watch.ts'

export type SeenWhat = Counted['what'] | 'alert' | 'apology' | 'supplements' | 'explained'
export const SEEN_WORDS: Readonly<Record<SeenWhat, string>> = { ...WHAT_WORDS, alert: 'Lúc báo lãnh đạo', apology: 'Hạn chót xin lỗi, hẹn lại', supplements: 'Số lần còn được yêu cầu bổ sung', explained: 'Yêu cầu bổ sung phải giải trình' }

/** What one dossier reads by the rule, before and after: instants as ISO text, money as whole đồng, else words. */
export interface Seen {
  readonly what: SeenWhat
  readonly before: string
  readonly after: string
  readonly how: Counted['how']
}

/** Rules that nothing is counted by beforehand: they are asked at the moment of an act. In words for whoever plans. */
export const UNREAD: Readonly<Record<string, string>> = {
  transferCutoffHour: 'Giờ này chỉ đọc lúc chuyển hồ sơ giấy: lần chuyển sau ngày hiệu lực theo giờ mới, lần đã chuyển giữ nguyên. Không hạn nào đang chạy tính theo nó.',
  transferMorningHours: 'Giờ này chỉ đọc lúc chuyển hồ sơ giấy: lần chuyển sau ngày hiệu lực theo giờ mới, lần đã chuyển giữ nguyên. Không hạn nào đang chạy tính theo nó.',
  appealWithinDays: 'Thời hạn này đọc lúc người nộp bấm đề nghị, tính từ ngày ra văn bản. Văn bản đã ra giữ thời hạn đã in trên giấy, trừ khi áp dụng cả hồ sơ đang giải quyết thì được thời hạn dài hơn. Không đếm trước được ai sẽ đề nghị.',
  appealWorkingDays: 'Hồ sơ không tính theo quy định này; các đề nghị xem xét lại đang mở được tính ở dưới.',
}

const seen = (what: SeenWhat, before: Date | string, after: Date | string): Seen | null => {
  const [was, will] = [before, after].map((one) => (one instanceof Date ? one.toISOString() : one)) as [string, string]
  return was === will ? null : { what, before: was, after: will, how: 'moved' }
}

/** Null when the rule says nothing else of this dossier than before. `was`, `then`: the same instant under the two laws. */
export async function readBy(reader: Reader, key: string, { was, then }: { readonly was: Ctx; readonly then: Ctx }, known: Known, change: RuleChangeAsked): Promise<Seen | null> {
  const { dossier, version, calendars } = known
  if (change.moves === 'reception' || change.moves === 'delivery') return countOpen(then, known, change)
  if (!dossier.submittedAt || !binds(change, dossier.submittedAt) || STATES[dossier.state].final) return null
  if (change.moves === 'watch') {
    if (!ticking(dossier)) return null
    const [before, after] = [watchRules(was, dossier), watchRules(then, dossier)]
    return key === 'apologyWorkingDaysBefore'
      ? seen('apology', apologyUntil(dossier.dueAt!, before.apologyDays, calendars.decided), apologyUntil(dossier.dueAt!, after.apologyDays, calendars.decided))
      : seen('alert', alertAt(dossier.dueAt!, dossier.acceptedAt!, before, calendars.decided), alertAt(dossier.dueAt!, dossier.acceptedAt!, after, calendars.decided))
  }
  if (!dossier.acceptedAt || dossier.finishedAt) return null
  if (key === 'supplementShare') {
    if (!dossier.dueAt) return null
    const used = shareUsed({ term: termFor(dossier, version), acceptedAt: dossier.acceptedAt, dueAt: dossier.dueAt, pauses: known.pauses, at: then.now, calendar: calendars.decided })
    const explained = (ctx: Ctx) => (used > ruleFor(ctx, dossier, 'supplementShare') ? 'có' : 'không')
    return seen('explained', explained(was), explained(then))
  }
  const asked = askedOf(await life.supplements(reader, dossier.id))
  const left = (ctx: Ctx) => `${Math.max(0, ruleFor(ctx, dossier, 'supplementsInProcessing') - asked)} lần`
  return seen('supplements', left(was), left(then))
}
