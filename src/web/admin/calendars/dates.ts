// Months and weeks of a page: which month is asked, its neighbours, its days in rows of seven.

import { addDays, addMonths, localDate } from '#core/workdays/index.ts'

/** 1 = Monday … 7 = Sunday. */
export const dayOfWeek = (date: string): number => ((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1

/** The month asked for, or that of now. */
export const monthOf = (asked: string, now: Date): string => (/^20\d\d-(0[1-9]|1[0-2])$/.test(asked) ? asked : localDate(now).slice(0, 7))

export const monthBefore = (month: string): string => addMonths(`${month}-01`, -1).slice(0, 7)
export const monthAfter = (month: string): string => addMonths(`${month}-01`, 1).slice(0, 7)

/** Whole weeks, Monday first, that hold the month. */
export function monthGrid(month: string): string[][] {
  const first = `${month}-01`
  const weeks: string[][] = []
  for (let date = addDays(first, 1 - dayOfWeek(first)); date < `${monthAfter(month)}-01`; date = addDays(date, 7)) weeks.push([0, 1, 2, 3, 4, 5, 6].map((n) => addDays(date, n)))
  return weeks
}
