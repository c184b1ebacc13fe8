// When a dossier must be handed on, and whether it was in time. Pure; calendars and the rule's numbers are given.

import { addDays, addWorkingTime, type Calendar, isWorkingDay, localDate, localTime, officeSessions } from '#core/workdays/index.ts'

export type HandoverResult = 'early' | 'on_time' | 'late'

export interface TransferRule {
  /** Received from this hour on, the dossier goes over on the next working morning. */
  readonly cutoffHour: number
  /** Working hours that count as the beginning of that morning. */
  readonly morningHours: number
  readonly clause: string
}

const nextWorkingDay = (date: string, calendar: Calendar): string => {
  let day = addDays(date, 1)
  for (let guard = 0; guard < 400 && !isWorkingDay(day, calendar); guard++) day = addDays(day, 1)
  return day
}

/** By when what the desk accepted at `at` must be with the unit that handles it: the same working day, or early next working morning when it
 *  was received from the hour of the rule on, or on a day off (NĐ 61/2018/NĐ-CP article 18). */
export function transferDue(at: Date, calendar: Calendar, rule: TransferRule): Date {
  const today = localDate(at)
  const sessions = officeSessions(today, calendar)
  const inTime = sessions.length > 0 && Number(localTime(at).slice(0, 2)) < rule.cutoffHour && at < sessions.at(-1)!.to
  if (inTime) return sessions.at(-1)!.to
  const morning = officeSessions(nextWorkingDay(today, calendar), calendar)[0]
  return morning ? addWorkingTime(morning.from, rule.morningHours, calendar) : at
}

/** Early: on an earlier day than due; late: after the due instant. Null when nothing is due. */
export function handoverResult(at: Date, dueAt: Date | null): HandoverResult | null {
  if (dueAt === null) return null
  if (at > dueAt) return 'late'
  return localDate(at) < localDate(dueAt) ? 'early' : 'on_time'
}

export const RESULT_LABELS: Readonly<Record<HandoverResult, string>> = { early: 'Trước hạn', on_time: 'Đúng hạn', late: 'Quá hạn' }
