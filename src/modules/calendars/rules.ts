// Who may change whose calendar, which changes make sense, and which days may still be changed. Pure.

import { denial, type FieldError, type Refusal } from '#core/errors.ts'
import type { Actor } from '#core/policy/actor.ts'
import { formatDate, listVi } from '#core/text/index.ts'
import { addDays, type Calendar, officeSessions } from '#core/workdays/index.ts'
import { keeps } from '#modules/org/index.ts'
import { type Draft, ENTRY_KINDS, type Sessions } from './schema.ts'

/** Calendars are kept by the unit's administrator in their own tree, the province's by the platform's (domain reference 1.3, 3.4). */
export function canKeepCalendar(path: string | null, actor: Actor): Refusal | null {
  const tree = keeps(actor)
  if (tree === null) return null
  if (tree === undefined) return denial('calendars.not_administrator', 'Chỉ quản trị đơn vị hoặc quản trị hệ thống mới đổi được lịch làm việc.')
  if (path !== null && (path === tree || path.startsWith(`${tree}.`))) return null
  return path === null
    ? denial('calendars.province', 'Lịch chung của tỉnh do quản trị hệ thống ghi. Ông/bà đổi được lịch của đơn vị mình và các đơn vị bên dưới.')
    : denial('calendars.not_in_tree', 'Đơn vị này không thuộc phạm vi quản trị của ông/bà.')
}

/** Longest stretch of single days in one entry. */
export const MOST_DAYS = 31
/** A closure may be entered so many days after it began, when nobody could enter it in time. */
export const LATE_DAYS = 30

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** What is wrong with sessions as somebody wrote them, or null. */
export function sessionFault(sessions: Sessions): string | null {
  const pairs = Object.values(sessions)
  if (pairs.every((list) => list.length === 0)) return 'Ghi ít nhất một buổi làm việc; không ngày nào làm việc thì hạn không tính được.'
  for (const list of pairs) {
    let last = ''
    for (const [from, to] of [...list].sort(([a], [b]) => a.localeCompare(b))) {
      if (!TIME.test(from) || !TIME.test(to)) return 'Ghi đủ giờ bắt đầu và kết thúc của mỗi buổi, dạng giờ:phút, ví dụ 07:30 đến 11:30.'
      if (to <= from) return `Buổi ${from}–${to}: giờ kết thúc phải sau giờ bắt đầu.`
      if (from < last) return `Buổi ${from}–${to} trùng với buổi trước; mỗi phút chỉ làm một lần.`
      last = to
    }
  }
  return null
}

/** What is wrong with one draft. */
export function draftFaults(draft: Draft): FieldError[] {
  const faults: FieldError[] = []
  if (draft.to !== null && draft.to < draft.from) faults.push({ key: 'to', message: 'Ngày cuối phải từ ngày đầu trở đi.' })
  else if (draft.kind !== 'hours' && draft.to !== null && draft.to > addDays(draft.from, MOST_DAYS - 1)) {
    faults.push({ key: 'to', message: `Một lần ghi không quá ${MOST_DAYS} ngày; chia thành nhiều lần nếu dài hơn.` })
  }
  if (draft.name.length < 3) faults.push({ key: 'name', message: 'Ghi tên ngày hoặc lý do, ví dụ “Nghỉ do bão số 10”; người dân đọc câu này trong cách tính hạn.' })
  const wrong = draft.sessions ? sessionFault(draft.sessions) : null
  if (wrong) faults.push({ key: 'sessions', message: wrong })
  return faults
}

const signature = (calendar: Calendar, date: string): string => officeSessions(date, calendar).map(({ from, to }) => `${from.getTime()}-${to.getTime()}`).join()

const worked = (calendar: Calendar, date: string): number => officeSessions(date, calendar).reduce((sum, one) => sum + one.to.getTime() - one.from.getTime(), 0)

/** The days of from … to that are worked otherwise after the change. */
export function changedDays(before: Calendar, after: Calendar, from: string, to: string): string[] {
  const days: string[] = []
  for (let date = from, n = 0; date <= to && n < 4000; date = addDays(date, 1), n++) if (signature(before, date) !== signature(after, date)) days.push(date)
  return days
}

/** Days that have passed are over: what was late by them stays late. Only a closure that nobody could enter in time may still be entered, and
 *  says so for ever. Returns the fault, or null; `retroactive` when the change is such a late closure. */
export function pastFault(before: Calendar, after: Calendar, from: string, today: string, late: boolean): { fault: FieldError | null; retroactive: boolean } {
  const past = changedDays(before, after, from, addDays(today, -1))
  const [first] = past
  if (first === undefined) return { fault: null, retroactive: false }
  const days = listVi([...new Set(past)].slice(0, 3).map((date) => formatDate(date)))
  const closes = past.every((date) => worked(after, date) < worked(before, date))
  if (!closes) {
    return { retroactive: false, fault: { key: 'from', message: `Ngày đã qua (${days}) không đổi được nữa: việc đã làm và hạn đã tính theo lịch ngày ấy vẫn giữ nguyên. Chọn từ hôm nay trở đi.` } }
  }
  if (first < addDays(today, -LATE_DAYS)) {
    return { retroactive: false, fault: { key: 'from', message: `Chỉ ghi muộn được việc đóng cửa trong ${LATE_DAYS} ngày gần đây; ngày ${formatDate(first)} đã quá lâu.` } }
  }
  if (!late) {
    return { retroactive: false, fault: { key: 'late', message: `Ngày ${days} đã qua. Nếu hôm đó đơn vị phải đóng cửa mà chưa kịp ghi, đánh dấu “Ghi muộn” rồi bấm lại; lần ghi này được đánh dấu là hồi tố.` } }
  }
  return { fault: null, retroactive: true }
}

/** Bão số 10, đóng cửa đột xuất 23–24/11/2026 */
export function draftWords(draft: Draft): string {
  const span = draft.to === null ? `từ ${formatDate(draft.from)}` : draft.to === draft.from ? `ngày ${formatDate(draft.from)}` : `từ ${formatDate(draft.from)} đến ${formatDate(draft.to)}`
  return `${draft.name} (${ENTRY_KINDS[draft.kind].label.toLocaleLowerCase('vi')}, ${span})`
}
