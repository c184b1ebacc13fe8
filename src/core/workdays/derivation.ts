// Says in Vietnamese which days a deadline passed over and why: special days by name, ordinary weekends summed up.

import { formatDate, formatTime, formatWeekday, shortDate } from '#core/text/dates.ts'
import { listVi } from '#core/text/join.ts'
import { dayInfo, type DayInfo } from './calendar.ts'
import { dateOfDay, weekdayOfDay } from './local.ts'
import type { Calendar } from './types.ts'

const FEW_WEEKEND_DAYS = 2
const MOST_NAMED = 6

/** 15:30 thứ Sáu 28/08/2026 */
export const moment = (at: Date): string => `${formatTime(at)} ${formatWeekday(at)} ${formatDate(at)}`

/** 10:00 1/9 */
export const shortMoment = (at: Date): string => `${formatTime(at)} ${shortDate(at)}`

/** A reason given by an officer, made to stand inside a sentence: 'Chờ bổ sung.' → 'chờ bổ sung'. Abbreviations keep their capitals. */
export function clause(text: string): string {
  const bare = text.trim().replace(/[.;]+$/, '')
  return /^\p{Lu}(?!\p{Lu})/u.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare
}

const short = (info: DayInfo): string => shortDate(dateOfDay(info.day))
const dayName = (info: DayInfo): string => `${formatWeekday(dateOfDay(info.day))} ${short(info)}`

/** 'Nghỉ bù Giỗ Tổ' → 'nghỉ bù Giỗ Tổ'; 'Quốc khánh (ngày liền kề)' → 'Quốc khánh'. Names of feasts keep their capital. */
function plainName(info: DayInfo): string {
  const name = (info.turned?.name ?? '').replace(/\s*\([^)]*\)\s*$/, '').replace(/^(Nghỉ|Làm|Ngày)(?=\s)/, (word) => word.toLowerCase())
  return info.turned?.provisional ? `${name} (dự kiến)` : name
}

function group(days: readonly DayInfo[]): DayInfo[][] {
  const groups: DayInfo[][] = []
  for (const info of days) {
    const last = groups.at(-1)
    if (last?.[0]?.turned && info.turned && plainName(last[0]) === plainName(info)) last.push(info)
    else groups.push([info])
  }
  return groups
}

function groupText(days: readonly DayInfo[]): string {
  const [first] = days
  const last = days.at(-1)
  if (!first || !last) return ''
  if (!first.turned) return dayName(first)
  const name = plainName(first)
  const dates = days.length > 2 ? `từ ${short(first)} đến ${short(last)}` : listVi(days.map(short))
  if (days.length === 1 && name.endsWith(` ${dates}`)) return name
  return `${name} ${/\d$/.test(name) && days.length < 3 ? 'vào ' : ''}${dates}`
}

const weekendWord = (days: readonly DayInfo[]): string =>
  days.every((info) => weekdayOfDay(info.day) > 5) ? 'ngày nghỉ cuối tuần' : 'ngày nghỉ hằng tuần'

function offText(off: readonly DayInfo[]): string[] {
  const rest = off.filter((info) => !info.turned)
  const special = off.filter((info) => info.turned)
  if (rest.length <= FEW_WEEKEND_DAYS && group(special).length <= MOST_NAMED) return group(off).map(groupText)
  const groups = group(special)
  const named =
    groups.length <= MOST_NAMED
      ? groups.map(groupText)
      : [`${special.length} ngày nghỉ lễ, nghỉ bù, hoán đổi từ ${short(special[0] as DayInfo)} đến ${short(special.at(-1) as DayInfo)}`]
  return rest.length > FEW_WEEKEND_DAYS ? [`${rest.length} ${weekendWord(rest)}`, ...named] : [...rest.map(dayName), ...named]
}

function workedText(worked: readonly DayInfo[]): string[] {
  if (worked.length === 0) return []
  if (worked.length > 3) return [`tính cả ${worked.length} ngày làm bù`]
  return [`tính cả ${listVi(worked.map((info) => `${dayName(info)} ${plainName(info)}`))}`]
}

/** The sentence parts for the days first … last: 'trừ …' names the days off, 'tính cả …' the free days that were worked; empty when
 *  there was nothing but ordinary working days. */
export function skipped(calendar: Calendar, first: number, last: number): string[] {
  const off: DayInfo[] = []
  const worked: DayInfo[] = []
  for (let day = first; day <= last; day++) {
    const info = dayInfo(calendar, day)
    if (info.worked === 0) off.push(info)
    else if (info.turned) worked.push(info)
  }
  return [...(off.length > 0 ? [`trừ ${offText(off).join(', ')}`] : []), ...workedText(worked)]
}
