// Dates and hours as Vietnamese readers expect them, always in local time (+07:00).

import { localDate, localTime, dayNumber, weekdayOfDay } from '#core/workdays/local.ts'

/** A local date 'YYYY-MM-DD' or an instant. */
export type DateLike = string | Date

const WEEKDAYS = ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật']

function iso(date: DateLike): string {
  if (date instanceof Date) return localDate(date)
  dayNumber(date)
  return date
}

/** 21/11/2026. Throws RangeError when the string is not a date. */
export function formatDate(date: DateLike): string {
  const s = iso(date)
  return `${s.slice(8)}/${s.slice(5, 7)}/${s.slice(0, 4)}`
}

/** 21/11, without leading zeros (1/9): inside a sentence that has named the year. */
export function shortDate(date: DateLike): string {
  const s = iso(date)
  return `${Number(s.slice(8))}/${Number(s.slice(5, 7))}`
}

/** 17:30 */
export const formatTime = (at: Date): string => localTime(at)

/** 17:30 21/11/2026 */
export const formatDateTime = (at: Date): string => `${localTime(at)} ${formatDate(at)}`

/** thứ Hai … thứ Bảy, Chủ nhật */
export const formatWeekday = (date: DateLike): string => WEEKDAYS[weekdayOfDay(dayNumber(iso(date)))] ?? ''

/** ngày 05 tháng 01 năm 2026: days below 10 and the months 1 and 2 with a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I). */
export function longDate(date: DateLike): string {
  const s = iso(date)
  const month = Number(s.slice(5, 7))
  return `ngày ${s.slice(8)} tháng ${month <= 2 ? s.slice(5, 7) : month} năm ${s.slice(0, 4)}`
}
