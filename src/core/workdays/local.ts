// Local dates and instants at the fixed offset +07:00, independent of the time zone the process runs in.

const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const OFFSET = 7 * HOUR

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/

/** Days since 1970-01-01 of a local date 'YYYY-MM-DD'. Throws RangeError on anything else, 2026-02-30 included. */
export function dayNumber(date: string): number {
  const [, year = 0, month = 0, day = 0] = (DATE.exec(date) ?? []).map(Number)
  const at = new Date(Date.UTC(year, month - 1, day))
  // Date.UTC would read the years 0–99 as 1900–1999 and 30/2 as 2/3.
  if (year < 100 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day)
    throw new RangeError(`Ngày không hợp lệ: «${date}»; cần dạng YYYY-MM-DD.`)
  return at.getTime() / DAY
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

/** The local date 'YYYY-MM-DD' of a day number. */
export function dateOfDay(day: number): string {
  const d = new Date(day * DAY)
  return `${pad(d.getUTCFullYear(), 4)}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`
}

/** The day number in which an instant falls locally. */
export function dayOf(at: Date): number {
  const ms = at.getTime()
  if (Number.isNaN(ms)) throw new RangeError('Thời điểm không hợp lệ.')
  return Math.floor((ms + OFFSET) / DAY)
}

/** Milliseconds at which a local day begins. */
export const startOfDay = (day: number): number => day * DAY - OFFSET

/** Minutes since local midnight of 'HH:MM' ('24:00' allowed). */
export function minutesOf(time: string): number {
  if (!TIME.test(time)) throw new RangeError(`Giờ không hợp lệ: «${time}»; cần dạng HH:MM.`)
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** Minutes since local midnight of an instant, seconds dropped. */
export const minuteOfDay = (at: Date): number => Math.floor((at.getTime() - startOfDay(dayOf(at))) / MINUTE)

/** 1 = Monday … 7 = Sunday. */
export const weekdayOfDay = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Local date 'YYYY-MM-DD' of an instant. */
export const localDate = (at: Date): string => dateOfDay(dayOf(at))

/** Local time 'HH:MM' of an instant. */
export function localTime(at: Date): string {
  const minute = minuteOfDay(at)
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`
}

/** The instant of a local date and time: atLocal('2026-08-28', '15:30'). */
export const atLocal = (date: string, time: string): Date => new Date(startOfDay(dayNumber(date)) + minutesOf(time) * MINUTE)

/** The date n calendar days later (earlier when negative). */
export const addDays = (date: string, n: number): string => dateOfDay(dayNumber(date) + n)

/** The date n months later; past the month's end it is the month's last day (31/1 + 1 month = 28/2 or 29/2). Civil Code art. 148. */
export function addMonths(date: string, n: number): string {
  dayNumber(date)
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + n
  const year = Math.floor(months / 12)
  const month = months - year * 12
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return `${pad(year, 4)}-${pad(month + 1)}-${pad(Math.min(Number(date.slice(8)), last))}`
}
