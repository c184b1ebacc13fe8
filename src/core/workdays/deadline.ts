// From a legal term and a moment of receipt to the due instant, with the reckoning in words. Civil Code 2015 art. 147–148; domain §3.4.

import { shortDate } from '#core/text/dates.ts'
import { closing, dayInfo, workingDayFrom } from './calendar.ts'
import { clause, moment, skipped } from './derivation.ts'
import { addDays, addMonths, dayNumber, dayOf, HOUR, localDate, minuteOfDay, minutesOf, startOfDay } from './local.ts'
import { moved } from './suspension.ts'
import { byCalendar, checkTerm, DEFAULT_CUTOFF, HOURS_A_DAY, modeOf, termText } from './terms.ts'
import { addWorkingTime, nextWorkingMoment } from './working-time.ts'
import type { Calendar, Deadline, Extension, Suspension, Term } from './types.ts'

export interface DeadlineInput {
  readonly term: Term
  readonly receivedAt: Date
  readonly calendar: Calendar
  readonly extension?: Extension | null
  /** Pauses of the clock so far, in any order; overlapping ones count once. One that still lasts is named but moves nothing yet. */
  readonly suspensions?: readonly Suspension[]
}

/** A due instant and the sentence parts that lead to it. */
interface Count {
  readonly dueAt: Date
  readonly nominalAt?: Date
  readonly parts: readonly string[]
}

function countLegal(term: Term, from: Date, calendar: Calendar): Count {
  const first = dayOf(from)
  const whole = Math.floor(term.value)
  let day = first
  for (let n = 0; n < whole; n++) day = workingDayFrom(calendar, day + 1).day
  let due = closing(dayInfo(calendar, day))
  // Half a day after N whole ones is half of the next working day, however long that day is.
  if (term.value > whole) {
    const next = workingDayFrom(calendar, day + 1)
    due = addWorkingTime(new Date(startOfDay(next.day)), ((term.value - whole) * next.worked) / HOUR, calendar).getTime()
  }
  const dueAt = new Date(due)
  return { dueAt, parts: skipped(calendar, first + 1, dayOf(dueAt)) }
}

function countByCalendar(term: Term, from: Date, calendar: Calendar): Count {
  const start = localDate(from)
  const last = dayNumber(term.unit === 'thang' ? addMonths(start, term.value) : addDays(start, term.value))
  const end = workingDayFrom(calendar, last)
  const nominalAt = new Date(startOfDay(last) + closing(end) - startOfDay(end.day))
  const rolled = end.day > last ? [`ngày cuối ${shortDate(nominalAt)} là ngày nghỉ nên lùi sang ngày làm việc kế tiếp`] : []
  return { dueAt: new Date(closing(end)), nominalAt, parts: [...rolled, ...skipped(calendar, last, end.day)] }
}

function countHours(term: Term, from: Date, calendar: Calendar): Count {
  const hours = term.unit === 'gio_lam_viec' ? term.value : term.value * HOURS_A_DAY
  const dueAt = addWorkingTime(from, hours, calendar)
  const start = nextWorkingMoment(from, calendar)
  const late = start > from ? [`ngoài giờ làm việc nên tính từ ${moment(start)}`] : []
  return { dueAt, parts: [...late, ...skipped(calendar, dayOf(start), dayOf(dueAt))] }
}

function countSameDay(term: Term, from: Date, calendar: Calendar): Count {
  const received = dayInfo(calendar, dayOf(from))
  const cutoff = term.cutoff ?? DEFAULT_CUTOFF
  const open = received.worked > 0 && from.getTime() < closing(received)
  // To the minute, as the receipt shows it: 15:00:40 is still 15:00.
  const inTime = open && minuteOfDay(from) <= minutesOf(cutoff)
  let end = inTime ? received : workingDayFrom(calendar, received.day + 1)
  for (let n = 1; n < Math.ceil(term.value); n++) end = workingDayFrom(calendar, end.day + 1)
  const late = received.worked === 0 ? 'nhận vào ngày nghỉ' : open ? `nhận sau ${cutoff}` : 'nhận sau giờ làm việc'
  const start = inTime ? `nhận đến ${cutoff} tính ngay ngày nhận` : `${late} nên tính từ ngày làm việc kế tiếp`
  return { dueAt: new Date(closing(end)), parts: [start, ...skipped(calendar, inTime ? received.day : received.day + 1, end.day)] }
}

function count(term: Term, from: Date, calendar: Calendar): Count {
  if (byCalendar(term)) return countByCalendar(term, from, calendar)
  if (modeOf(term) === 'hours') return countHours(term, from, calendar)
  return modeOf(term) === 'same_day' ? countSameDay(term, from, calendar) : countLegal(term, from, calendar)
}

function valid(term: Term): Term {
  const problem = checkTerm(term)
  if (problem) throw new RangeError(problem)
  return term
}

/** The term really counted, a second one to be counted after it, and what to call them. */
function combine(term: Term, extension: Extension | null | undefined): { first: Term; second: Term | null; words: string } {
  if (!extension) return { first: term, second: null, words: termText(term) }
  const more = valid(extension.term)
  const why = clause(extension.reason)
  if (!extension.adds) return { first: more, second: null, words: `${termText(more)} thay cho ${termText(term)} (${why})` }
  if (more.unit !== term.unit) return { first: term, second: more, words: termText(term) }
  const sum = { ...term, value: term.value + more.value }
  return { first: sum, second: null, words: `${termText(sum)} gồm ${termText(term)} và gia hạn ${termText(more)} (${why})` }
}

const notCounting = (term: Term): string => (byCalendar(term) || modeOf(term) === 'legal' ? ', không tính ngày nhận' : '')

/** In order, clipped so that no moment is in two pauses and none lies before receipt. */
function disjoint(suspensions: readonly Suspension[], receivedAt: Date): Suspension[] {
  let until = receivedAt
  const kept: Suspension[] = []
  for (const pause of [...suspensions].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    if (pause.to && pause.to <= until) continue
    kept.push(pause.from < until ? { ...pause, from: until } : pause)
    if (!pause.to) break
    until = pause.to
  }
  return kept
}

/** Says when it is due and lets the pauses that began by then (all of them, when nothing is counted after this) move it. */
function paused(counted: Count, pauses: Suspension[], term: Term, calendar: Calendar, label: 'hạn đầu' | 'hạn trả'): Count {
  let now: Count = { ...counted, parts: [...counted.parts, `${label} ${moment(counted.dueAt)}`] }
  while (pauses[0] && (label === 'hạn trả' || pauses[0].from <= now.dueAt)) {
    const [suspension] = pauses.splice(0, 1) as [Suspension]
    const next = moved({ deadline: now, suspension, byCalendar: byCalendar(term), calendar })
    now = { ...next, parts: [...now.parts, ...next.parts] }
  }
  return now
}

/** When a dossier is due, and how that was reckoned.
 *
 *  - legal (default): the receiving day is not counted; due when the office closes on the N-th working day. `ngay` and `thang` count by
 *    the calendar (a month ends on the same date, or on the month's last day) and a last day that is off moves to the next working day.
 *  - hours, and always for `gio_lam_viec`: N hours, or N × 8, of working time from the moment of receipt.
 *  - same_day: in at or before `cutoff` (15:00 unless said; to the minute) and before closing → counted from that day, else from the next working day.
 *
 *  A working day is any day with a session in the calendar. An extension in the same unit is summed, in another unit counted after the
 *  first due date; `adds: false` replaces the term. Pure: the same input gives the same deadline, so it can be recomputed when the calendar
 *  changes. Throws RangeError on a term that `checkTerm` refuses. */
export function deadline({ term, receivedAt, calendar, extension, suspensions = [] }: DeadlineInput): Deadline {
  const { first, second, words } = combine(valid(term), extension)
  const pauses = disjoint(suspensions, receivedAt)
  const opening = [`Nhận ${moment(receivedAt)}`, `${words}${notCounting(first)}`]
  let done = paused(count(first, receivedAt, calendar), pauses, first, calendar, second ? 'hạn đầu' : 'hạn trả')
  if (second && extension) {
    const added = count({ ...second, mode: second.unit === 'gio_lam_viec' ? 'hours' : 'legal' }, done.dueAt, calendar)
    const last = paused(added, pauses, second, calendar, 'hạn trả')
    done = { ...last, parts: [...done.parts, `sau đó gia hạn ${termText(second)} (${clause(extension.reason)})`, ...last.parts] }
  }
  return {
    dueAt: done.dueAt,
    dueOn: localDate(done.dueAt),
    derivation: [...opening, ...done.parts].join('; '),
    ...(done.nominalAt ? { nominalAt: done.nominalAt } : {}),
  }
}
