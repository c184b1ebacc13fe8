// How long until or since a due instant, in words for worklists.

import { elapsedText, workingTimeText } from '#core/workdays/terms.ts'
import { workingHoursBetween } from '#core/workdays/working-time.ts'
import type { Calendar } from '#core/workdays/types.ts'

const largest = (text: string): string => text.split(' ').slice(0, 2).join(' ')

/** 'còn 2 ngày', 'còn 5 giờ', 'đến hạn', 'quá hạn 3 giờ': the largest unit only, rounded down. With a calendar in working time
 *  ('còn 2 ngày làm việc', a day being 8 hours). */
export function relativeDue(dueAt: Date, now: Date, calendar?: Calendar): string {
  const ms = dueAt.getTime() - now.getTime()
  const word = ms >= 0 ? 'còn' : 'quá hạn'
  if (!calendar) return Math.abs(ms) < 60_000 ? edge(ms) : `${word} ${largest(elapsedText(Math.abs(ms)))}`
  const hours = Math.abs(workingHoursBetween(now, dueAt, calendar))
  return hours * 60 < 1 ? edge(ms) : `${word} ${largest(workingTimeText(hours))} làm việc`
}

const edge = (ms: number): string => (ms >= 0 ? 'đến hạn' : 'vừa quá hạn')
