// What a pause of the legal clock does to a due instant: time used before and after it is summed, never lost, never counted twice.

import { closing, workingDayFrom } from './calendar.ts'
import { clause, moment, shortMoment, skipped } from './derivation.ts'
import { dayOf, localDate } from './local.ts'
import { byCalendar, elapsedText, workingTimeText } from './terms.ts'
import { addWorkingTime, workingHoursBetween } from './working-time.ts'
import type { Calendar, Deadline, Suspension, Term } from './types.ts'

interface Due {
  readonly dueAt: Date
  readonly nominalAt?: Date
}

interface Moved extends Due {
  readonly parts: readonly string[]
}

/** The first closing of the office at or after an instant. */
function nextClosing(at: Date, calendar: Calendar): Date {
  const info = workingDayFrom(calendar, dayOf(at))
  return new Date(closing(info) >= at.getTime() ? closing(info) : closing(workingDayFrom(calendar, info.day + 1)))
}

/** Moves a due instant by one pause and says so; used by `resume` and, pause by pause, by `deadline`. */
export function moved(input: { deadline: Due; suspension: Suspension; byCalendar: boolean; calendar: Calendar }): Moved {
  const {
    deadline,
    calendar,
    suspension: { from, to },
  } = input
  const reason = clause(input.suspension.reason)
  const same: Due = { dueAt: deadline.dueAt, ...(deadline.nominalAt ? { nominalAt: deadline.nominalAt } : {}) }
  if (!to) return { ...same, parts: [`đang tạm dừng từ ${shortMoment(from)} ${reason}, hạn trả sẽ tính lại khi tiếp tục`] }
  if (to < from) throw new RangeError('Lúc tiếp tục phải sau lúc tạm dừng.')
  const elapsed = to.getTime() - from.getTime()
  if (elapsed === 0) return { ...same, parts: [] }
  const span = `(từ ${shortMoment(from)} đến ${shortMoment(to)})`
  if (from > deadline.dueAt) return { ...same, parts: [`tạm dừng ${reason} ${span} khi đã quá hạn, hạn trả không đổi`] }
  if (input.byCalendar) {
    // A pause in the days off after the nominal end takes up the term where it stood: at its end.
    const nominal = Math.max((deadline.nominalAt ?? deadline.dueAt).getTime(), from.getTime())
    const nominalAt = new Date(nominal + elapsed)
    const dueAt = nextClosing(nominalAt, calendar)
    const off = skipped(calendar, dayOf(nominalAt), dayOf(dueAt))
    return { dueAt, nominalAt, parts: [`tạm dừng ${elapsedText(elapsed)} ${reason} ${span}`, ...off, `hạn trả mới ${moment(dueAt)}`] }
  }
  const hours = workingHoursBetween(from, to, calendar)
  if (hours === 0) return { ...same, parts: [`tạm dừng ${reason} ${span} ngoài giờ làm việc, hạn trả không đổi`] }
  const dueAt = addWorkingTime(deadline.dueAt, hours, calendar)
  const off = skipped(calendar, dayOf(deadline.dueAt) + 1, dayOf(dueAt))
  return { dueAt, parts: [`tạm dừng ${workingTimeText(hours)} ${reason} ${span}`, ...off, `hạn trả mới ${moment(dueAt)}`] }
}

export interface ResumeInput {
  /** The deadline as it stood; pass `nominalAt` with it for terms in calendar days or months. */
  readonly deadline: Pick<Deadline, 'dueAt'> & Partial<Deadline>
  /** The pause that has just ended. */
  readonly suspension: Suspension
  readonly term: Term
  readonly calendar: Calendar
}

/** The deadline after a pause. Working terms: the due instant moves by the working hours between stop and resume. Calendar terms: the
 *  nominal end moves by the whole duration and the office's next closing is due. A pause begun after the due instant moves nothing: the
 *  term had run out. Refuses (RangeError) a pause that still lasts. For several pauses over a term extended in another unit use
 *  `deadline({ …, suspensions })`, which recomputes from receipt. */
export function resume({ deadline, suspension, term, calendar }: ResumeInput): Deadline {
  if (!suspension.to) throw new RangeError('Hồ sơ còn đang tạm dừng; ghi lúc tiếp tục rồi tính lại hạn trả.')
  const next = moved({ deadline, suspension, byCalendar: byCalendar(term), calendar })
  const before = deadline.derivation ?? `Hạn trả ${moment(deadline.dueAt)}`
  return {
    dueAt: next.dueAt,
    dueOn: localDate(next.dueAt),
    derivation: [before, ...next.parts].join('; '),
    ...(next.nominalAt ? { nominalAt: next.nominalAt } : {}),
  }
}
