// When a timer of a process fires: a date, a duration or a cycle as BPMN writes them (ISO 8601), or the record's days of silence.

import type { Attributes, TimerSpec } from '#core/bpmn/index.ts'
import { type Calendar, deadline } from '#core/workdays/index.ts'

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** The instant after a duration such as P3D or PT12H; months and years by the calendar. Null for what is not one. */
export function after(from: Date, duration: string): Date | null {
  const parts = DURATION.exec(duration.trim())
  if (!parts || !/\d/.test(duration)) return null
  const [years, months, weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number]
  const at = new Date(from)
  if (years || months) {
    const day = at.getUTCDate()
    at.setUTCDate(1)
    at.setUTCMonth(at.getUTCMonth() + years * 12 + months)
    at.setUTCDate(Math.min(day, new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()))
  }
  return new Date(at.getTime() + ((weeks * 7 + days) * 24 * 3600 + hours * 3600 + minutes * 60 + seconds) * 1000)
}

/** When the timer fires, or null when the drawing gives no readable time. */
export function firesAt(spec: TimerSpec, attributes: Attributes, now: Date, calendar: Calendar): Date | null {
  const { silenceValue, silenceUnit } = attributes
  if (silenceValue !== undefined) {
    if (silenceUnit === 'ngay') return new Date(now.getTime() + silenceValue * 86_400_000)
    return deadline({ term: { value: silenceValue, unit: 'ngay_lam_viec' }, receivedAt: now, calendar }).dueAt
  }
  if (spec.date) {
    const at = new Date(spec.date)
    return Number.isNaN(at.getTime()) ? null : at
  }
  if (spec.cycle) {
    const [, start, every] = /^R\d*\/(?:([^/P]+)\/)?(P.+)$/.exec(spec.cycle) ?? []
    if (!every) return null
    return start && spec.round === 1 ? new Date(start) : after(now, every)
  }
  return spec.duration ? after(now, spec.duration) : null
}
