// What a term may be, and its words: "1 ngày làm việc", "0,5 giờ làm việc", "2 ngày 3 giờ làm việc".

import { HOUR } from './local.ts'
import type { Term, TermUnit } from './types.ts'

const UNITS: Readonly<Record<TermUnit, string>> = {
  gio_lam_viec: 'giờ làm việc',
  ngay_lam_viec: 'ngày làm việc',
  ngay: 'ngày',
  thang: 'tháng',
}

/** The working day of the law: terms in working days are N×8 hours where hours are counted. Labour Code art. 105. */
export const HOURS_A_DAY = 8

const LONGEST = 5_000

/** The cut-off of a same-day procedure that names none. */
export const DEFAULT_CUTOFF = '15:00'

/** True for terms counted by the calendar (days, months) and not by working time. */
export const byCalendar = (term: Term): boolean => term.unit === 'ngay' || term.unit === 'thang'

/** How the term is counted: hours of work are always counted as hours. */
export const modeOf = (term: Term): 'legal' | 'hours' | 'same_day' => (term.unit === 'gio_lam_viec' ? 'hours' : (term.mode ?? 'legal'))

/** What is wrong with a term, in Vietnamese, or null. `deadline` throws RangeError on the same terms; check them when a procedure is published. */
export function checkTerm(term: Term): string | null {
  if (!(term.value > 0) || term.value > LONGEST) return `Thời hạn phải lớn hơn 0 và không quá ${LONGEST}; hiện là ${term.value}.`
  if (byCalendar(term) && !Number.isInteger(term.value)) return 'Thời hạn tính theo ngày hoặc tháng phải là số nguyên.'
  if (byCalendar(term) && modeOf(term) !== 'legal')
    return 'Cách tính theo giờ hoặc trong ngày chỉ dùng cho thời hạn tính bằng ngày làm việc.'
  if (term.cutoff !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(term.cutoff)) return 'Giờ chốt nhận phải có dạng HH:MM, ví dụ 15:00.'
  return null
}

const decimal = (n: number): string => String(n).replace('.', ',')

/** 1 ngày làm việc; 0,5 ngày làm việc; 15 ngày; 2 tháng */
export const termText = (term: Term): string => `${decimal(term.value)} ${UNITS[term.unit]}`

function clockText(ms: number, dayLength: number): string {
  const minutes = Math.floor(ms / 60_000)
  const perDay = dayLength * 60
  const parts: [number, string][] = [
    [Math.floor(minutes / perDay), 'ngày'],
    [Math.floor((minutes % perDay) / 60), 'giờ'],
    [minutes % 60, 'phút'],
  ]
  return (
    parts
      .filter(([n]) => n > 0)
      .map(([n, word]) => `${n} ${word}`)
      .join(' ') || 'dưới 1 phút'
  )
}

/** 2 ngày 3 giờ làm việc (a day being 8 hours), from working hours. */
export const workingTimeText = (hours: number): string => `${clockText(Math.round(hours * HOUR), HOURS_A_DAY)} làm việc`

/** 1 ngày 23 giờ, from milliseconds. */
export const elapsedText = (ms: number): string => clockText(ms, 24)
