// The national calendar and short ways to write terms and moments, for tests.

import holidays from '#packs/vn/holidays.json' with { type: 'json' }
import { defaultOfficeHours } from './calendar.ts'
import type { Calendar, CalendarDay, OfficeHours, Term } from './types.ts'

export const nationalDays = holidays.days as readonly CalendarDay[]

/** The national days with the statutory week, or with the given hours. */
export const national = (...hours: OfficeHours[]): Calendar => ({
  days: nationalDays,
  hours: hours.length > 0 ? hours : [defaultOfficeHours],
})

export const workingDays = (value: number): Term => ({ value, unit: 'ngay_lam_viec' })
export const sameDay = (value = 1, cutoff = '15:00'): Term => ({ value, unit: 'ngay_lam_viec', mode: 'same_day', cutoff })
export const days = (value: number): Term => ({ value, unit: 'ngay' })
export const months = (value: number): Term => ({ value, unit: 'thang' })
export const hours = (value: number): Term => ({ value, unit: 'gio_lam_viec' })

/** '2026-08-28 15:30' local time. */
export const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+07:00`)
