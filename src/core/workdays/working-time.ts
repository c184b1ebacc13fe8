// Adding and measuring working time: only the minutes inside office sessions count.

import { closing, dayInfo, workingDayFrom } from './calendar.ts'
import { dayOf, HOUR } from './local.ts'
import type { Calendar } from './types.ts'

/** The instant itself when the office is open, else the start of the next session. The end of a session is no longer open. */
export function nextWorkingMoment(at: Date, calendar: Calendar): Date {
  const ms = at.getTime()
  let info = workingDayFrom(calendar, dayOf(at))
  if (ms >= closing(info)) info = workingDayFrom(calendar, info.day + 1)
  const session = info.sessions.find((one) => ms < one.end)
  return new Date(Math.max(ms, session?.start ?? ms))
}

/** The instant by which `hours` of working time have passed since `from`; lands on the end of a session rather than on the start of the
 *  next. With 0 hours: `from` itself inside or at the end of a session, else the next session's start. Refuses negative hours. */
export function addWorkingTime(from: Date, hours: number, calendar: Calendar): Date {
  if (!(hours >= 0) || !Number.isFinite(hours)) throw new RangeError(`Số giờ làm việc không hợp lệ: ${hours}.`)
  let left = Math.round(hours * HOUR)
  const ms = from.getTime()
  let info = dayInfo(calendar, dayOf(from))
  if (left === 0 && info.sessions.some((session) => session.end === ms)) return new Date(ms)
  for (;;) {
    for (const session of info.sessions) {
      const start = Math.max(session.start, ms)
      if (start >= session.end) continue
      if (left <= session.end - start) return new Date(start + left)
      left -= session.end - start
    }
    info = workingDayFrom(calendar, info.day + 1)
  }
}

/** Working hours from a to b; negative when b lies before a. Exact to the millisecond. */
export function workingHoursBetween(a: Date, b: Date, calendar: Calendar): number {
  if (b < a) return 0 - workingHoursBetween(b, a, calendar)
  const [from, to] = [a.getTime(), b.getTime()]
  let sum = 0
  for (let day = dayOf(a), last = dayOf(b); day <= last; day++) {
    const info = dayInfo(calendar, day)
    for (const session of info.sessions) sum += Math.max(0, Math.min(session.end, to) - Math.max(session.start, from))
  }
  return sum / HOUR
}
