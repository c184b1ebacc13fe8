// Days of the calendar for the date fields: does a day exist, how is it read, how is it shown.

import { asciiDigits, cleanText, isObject, ownAny } from './clean.ts'

export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

const FIRST_YEAR = 1800
const LAST_YEAR = 2200
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
export const monthLength = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (LENGTHS[month - 1] ?? 0)

export function splitDay(iso: string): Day | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  return found ? { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) } : null
}

/** Why a day cannot be; null when it exists. */
export function dayFault({ year, month, day }: Day): string | null {
  const wrong = monthFault(year, month)
  if (wrong) return wrong
  if (day >= 1 && day <= monthLength(year, month)) return null
  return day < 1 || day > 31
    ? `Ngày ${day} không có trong lịch; ghi ngày từ 1 đến 31.`
    : `Tháng ${month} năm ${year} không có ngày ${day}; xem lại ngày, tháng, năm.`
}

/** 'YYYY-MM-DD' of a day that exists, not only its shape. */
export function isDay(text: unknown): text is string {
  const day = typeof text === 'string' ? splitDay(text) : null
  return day !== null && dayFault(day) === null
}

export function monthFault(year: number, month: number): string | null {
  const wrong = yearFault(year)
  if (wrong) return wrong
  return month >= 1 && month <= 12 ? null : `Không có tháng ${month}; ghi tháng từ 1 đến 12.`
}

export function yearFault(year: number): string | null {
  if (year < 1000) return `Năm ${year} chưa đủ bốn chữ số; ghi đủ năm, ví dụ 1985.`
  return year >= FIRST_YEAR && year <= LAST_YEAR ? null : `Năm ${year} không hợp lý; xem lại năm.`
}

/** Parts typed apart, '' or a number each; null when all are blank. */
export function typedParts(raw: unknown): { day: string; month: string; year: string } | null {
  if (!isObject(raw)) return null
  const part = (names: readonly string[]) => asciiDigits(cleanText(ownAny(raw, names)) ?? '').slice(0, 20)
  const parts = { day: part(['day', 'd', 'ngay']), month: part(['month', 'm', 'thang']), year: part(['year', 'y', 'nam']) }
  return parts.day || parts.month || parts.year ? parts : null
}

/** '3/2/2026', '03-02-2026', '2026-2-3', '2026-02-03' → '2026-02-03', existing or not; null for any other text. */
export function readDay(text: string): string | null {
  const typed = asciiDigits(text).trim()
  const iso = /^(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})$/.exec(typed)
  if (iso) return `${iso[1]}-${pad(Number(iso[2]))}-${pad(Number(iso[3]))}`
  const local = /^(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})$/.exec(typed)
  if (local) return `${local[3]}-${pad(Number(local[2]))}-${pad(Number(local[1]))}`
  return null
}

/** '2026-11-21' → '21/11/2026', '2026-11' → '11/2026', '2026' → '2026'. */
export const showDay = (iso: string): string => (/^\d{4}(-\d{2}){0,2}$/.test(iso) ? iso.split('-').reverse().join('/') : iso)
