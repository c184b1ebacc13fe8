// When a dossier is due after all that happened to it: pauses, an extension decided, an apology; and the days counted back from there. Pure.

import { addDays, atLocal, type Calendar, type Deadline, deadline, type Extension, isWorkingDay, localDate, officeSessions, resume, type Term, workingHoursBetween } from '#core/workdays/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'

export interface Stretch {
  readonly from: Date
  readonly to: Date | null
  readonly reason: string
}

export interface DueInput {
  readonly term: Term
  /** the extension that counts, at filing or decided since */
  readonly extension: Extension | null
  readonly acceptedAt: Date
  readonly pauses: readonly Stretch[]
  /** the new date promised, and since when */
  readonly apology: { readonly at: Date; readonly dueAt: Date } | null
  readonly calendar: Calendar
}

/** The due instant with its sentence. After an apology the promised date counts, moved only by what paused the clock since. */
export function dueOf({ term, extension, acceptedAt, pauses, apology, calendar }: DueInput): Deadline {
  const before = apology ? pauses.filter((pause) => pause.from < apology.at) : pauses
  const base = deadline({ term, receivedAt: acceptedAt, calendar, extension, suspensions: before })
  if (!apology) return base
  const promised: Deadline = {
    dueAt: apology.dueAt, dueOn: localDate(apology.dueAt), derivation: `${base.derivation}; đã xin lỗi và hẹn lại ${formatDateTime(apology.dueAt)}`,
  }
  return pauses
    .filter((pause) => pause.from >= apology.at && pause.to)
    .reduce((due, suspension) => resume({ deadline: due, suspension, term: { value: 1, unit: 'ngay_lam_viec' }, calendar }), promised)
}

/** A promise that was kept when a calendar would have brought it earlier (docs/decisions/016) is kept still when the term goes on. */
export const notBefore = (due: Deadline, kept: Date | null): Deadline => (kept === null || due.dueAt >= kept
  ? due
  : { ...due, dueAt: kept, dueOn: localDate(kept), derivation: `${due.derivation}; giữ hạn đã hẹn ${formatDateTime(kept)}` })

/** The extension of a record as decided by a leader. */
export const decidedExtension = (record: Pick<ProcedureRecord, 'extension'>): Extension | null =>
  record.extension?.applies === 'by_decision' ? { term: record.extension.term, adds: record.extension.adds, reason: record.extension.whenText } : null

/** When the office closes on a day; null on a day off. */
export const closingOn = (on: string, calendar: Calendar): Date | null => officeSessions(on, calendar).at(-1)?.to ?? null

/** The n-th working day before a day (n ≥ 1). */
export function workingDayBefore(on: string, n: number, calendar: Calendar): string {
  let day = on
  for (let left = n, guard = 0; left > 0 && guard < 800; guard++) {
    day = addDays(day, -1)
    if (isWorkingDay(day, calendar)) left--
  }
  return day
}

/** The instant from which `hours` of working time lead to `at`. */
export function workingTimeBefore(at: Date, hours: number, calendar: Calendar): Date {
  let left = hours * 3_600_000
  let day = localDate(at)
  for (let guard = 0; guard < 800; guard++) {
    for (const { from, to } of officeSessions(day, calendar).reverse()) {
      const end = Math.min(to.getTime(), at.getTime())
      if (end <= from.getTime()) continue
      if (left <= end - from.getTime()) return new Date(end - left)
      left -= end - from.getTime()
    }
    day = addDays(day, -1)
  }
  return at
}

/** The last instant at which an apology may still be sent: the closing of the n-th working day before the due date. */
export function apologyUntil(dueAt: Date, n: number, calendar: Calendar): Date {
  const on = workingDayBefore(localDate(dueAt), n, calendar)
  return closingOn(on, calendar) ?? atLocal(on, '23:59')
}

/** When leaders are told that a dossier is nearly due: some working hours before the last apology, or before the due instant when that is past. */
export function alertAt(dueAt: Date, acceptedAt: Date, rules: { readonly apologyDays: number; readonly hours: number }, calendar: Calendar): Date {
  const until = apologyUntil(dueAt, rules.apologyDays, calendar)
  const end = until > acceptedAt ? until : dueAt
  const at = workingTimeBefore(end, rules.hours, calendar)
  return at > acceptedAt ? at : acceptedAt
}

/** Time of the term used up, between 0 and more than 1: by working hours, or by the clock for terms in calendar days. Pauses do not count. */
export function shareUsed(input: { term: Term; acceptedAt: Date; dueAt: Date; pauses: readonly Stretch[]; at: Date; calendar: Calendar }): number {
  const { term, acceptedAt, dueAt, pauses, at, calendar } = input
  const byClock = term.unit === 'ngay' || term.unit === 'thang'
  const between = (a: Date, b: Date): number => (b <= a ? 0 : byClock ? b.getTime() - a.getTime() : workingHoursBetween(a, b, calendar))
  const still = pauses.reduce((sum, pause) => sum + between(pause.from, pause.to && pause.to < at ? pause.to : at), 0)
  const whole = between(acceptedAt, dueAt) - pauses.reduce((sum, pause) => sum + (pause.to ? between(pause.from, pause.to) : 0), 0)
  return whole <= 0 ? 1 : (between(acceptedAt, at) - still) / whole
}
