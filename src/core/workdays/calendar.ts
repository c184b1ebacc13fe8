// Which days are worked and from when to when: dated office hours with the holidays and swaps laid over them.

import { dateOfDay, dayNumber, minutesOf, startOfDay, weekdayOfDay } from './local.ts'
import type { Calendar, CalendarDay, OfficeHours } from './types.ts'

const WEEK = [
  ['07:30', '11:30'],
  ['13:30', '17:30'],
] as const

/** The statutory week: Monday to Friday, 07:30–11:30 and 13:30–17:30. Also used for dates no OfficeHours covers. */
export const defaultOfficeHours: OfficeHours = {
  from: '1900-01-01',
  to: null,
  sessions: { 1: WEEK, 2: WEEK, 3: WEEK, 4: WEEK, 5: WEEK },
}

/** One session in milliseconds since 1970. */
export interface Session {
  readonly start: number
  readonly end: number
}

/** What a calendar says of one day. A day is a working day when it has a session. */
export interface DayInfo {
  readonly day: number
  readonly sessions: readonly Session[]
  /** worked milliseconds */
  readonly worked: number
  /** the row of the calendar that made a day of the weekly rota a day off, or a free day a working one; null when nothing changed */
  readonly turned: CalendarDay | null
}

interface Hours {
  readonly from: number
  readonly to: number
  readonly sessions: OfficeHours['sessions']
}

interface Index {
  readonly special: ReadonlyMap<number, CalendarDay>
  readonly hours: readonly Hours[]
  readonly days: Map<number, DayInfo>
}

const indexes = new WeakMap<Calendar, Index>()

const readHours = (hours: OfficeHours): Hours => ({
  from: hours === defaultOfficeHours ? Number.NEGATIVE_INFINITY : dayNumber(hours.from),
  to: hours.to ? dayNumber(hours.to) : Number.POSITIVE_INFINITY,
  sessions: hours.sessions,
})

function indexOf(calendar: Calendar): Index {
  const known = indexes.get(calendar)
  if (known) return known
  const index: Index = {
    special: new Map(calendar.days.map((day) => [dayNumber(day.date), day])),
    // A stable sort read from the end: the latest `from` wins, of equal ones the last written.
    hours: [defaultOfficeHours, ...calendar.hours]
      .map(readHours)
      .sort((a, b) => (a.from === b.from ? 0 : a.from - b.from))
      .reverse(),
    days: new Map(),
  }
  indexes.set(calendar, index)
  return index
}

type Pairs = readonly (readonly [string, string])[]

const EVERY_WEEKDAY = [1, 2, 3, 4, 5, 6, 7] as const

/** A Saturday worked instead is worked like a Monday, or like the first day that is worked at all. */
const likeMonday = (sessions: OfficeHours['sessions']): Pairs =>
  EVERY_WEEKDAY.map((weekday) => sessions[weekday] ?? []).find((found) => found.length > 0) ?? []

function readDay(index: Index, day: number): DayInfo {
  const special = index.special.get(day) ?? null
  const rota = index.hours.find((hours) => hours.from <= day && day <= hours.to)?.sessions ?? {}
  const usual = rota[weekdayOfDay(day)] ?? []
  const extra = special?.type === 'swap_work' && usual.length === 0
  const off = special !== null && special.type !== 'swap_work'
  const sessions = off ? [] : readSessions(day, extra ? likeMonday(rota) : usual)
  const turned = extra || (off && usual.length > 0) ? special : null
  return { day, sessions, worked: sessions.reduce((sum, session) => sum + session.end - session.start, 0), turned }
}

/** Sorted, joined where they touch or overlap, empty ones dropped: a minute is never worked twice. */
function readSessions(day: number, pairs: Pairs): Session[] {
  const start = startOfDay(day)
  const read = pairs
    .map(([from, to]) => ({ start: start + minutesOf(from) * 60_000, end: start + minutesOf(to) * 60_000 }))
    .filter((session) => session.end > session.start)
    .sort((a, b) => a.start - b.start)
  const joined: Session[] = []
  for (const session of read) {
    const last = joined.at(-1)
    if (last && session.start <= last.end) joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, session.end) }
    else joined.push(session)
  }
  return joined
}

/** What the calendar says of a day number; computed once per Calendar object, which must therefore not be changed in place. */
export function dayInfo(calendar: Calendar, day: number): DayInfo {
  const index = indexOf(calendar)
  const known = index.days.get(day)
  if (known) return known
  const info = readDay(index, day)
  index.days.set(day, info)
  return info
}

const LONGEST_BREAK = 400

/** The first working day on or after a day. Throws RangeError when the calendar has none for more than a year. */
export function workingDayFrom(calendar: Calendar, day: number): DayInfo {
  for (let at = day; at < day + LONGEST_BREAK; at++) {
    const info = dayInfo(calendar, at)
    if (info.worked > 0) return info
  }
  throw new RangeError(
    `Lịch không có ngày làm việc nào trong ${LONGEST_BREAK} ngày kể từ ${dateOfDay(day)}; kiểm tra lại giờ làm việc của đơn vị.`,
  )
}

/** When the office closes on a working day. */
export const closing = (info: DayInfo): number => info.sessions.at(-1)?.end ?? startOfDay(info.day + 1)

/** True when the office has any session that day: a Saturday morning session makes a working day too. Of two rows for one date the last
 *  counts, so a province's own rows come after the national ones. */
export const isWorkingDay = (date: string, calendar: Calendar): boolean => dayInfo(calendar, dayNumber(date)).worked > 0

/** The sessions of a date in order; empty on a day off. */
export const officeSessions = (date: string, calendar: Calendar): { from: Date; to: Date }[] =>
  dayInfo(calendar, dayNumber(date)).sessions.map((session) => ({ from: new Date(session.start), to: new Date(session.end) }))
