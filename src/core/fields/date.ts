// A day that exists, kept as 'YYYY-MM-DD'.

import { dayFault, readDay, showDay, splitDay, typedParts } from './calendar.ts'
import { cleanText } from './clean.ts'
import { fault, NO_FAULT, sentence, typeError, type Fault, type FieldType } from './types.ts'
import type { Question } from '../form/types.ts'

export function readDate(raw: unknown): string | null {
  const parts = typedParts(raw)
  if (parts) {
    const joined = `${parts.day}/${parts.month}/${parts.year}`
    return readDay(joined) ?? joined
  }
  const text = cleanText(raw)
  return text === null ? null : (readDay(text) ?? text)
}

/** '' when the value is an existing day, else the sentence. */
export function dateFault(value: unknown): string | null {
  const day = typeof value === 'string' ? splitDay(value) : null
  return day ? dayFault(day) : 'Ghi đủ ngày, tháng, năm, ví dụ 21/11/2026.'
}

export function checkDateBounds(question: Question, value: string): readonly Fault[] {
  const min = typeof question.min === 'string' ? question.min : null
  const max = typeof question.max === 'string' ? question.max : null
  if (min !== null && value < min) return fault(question.error ?? `Ngày phải từ ${showDay(min)} trở đi; xem lại ngày, tháng, năm.`)
  if (max !== null && value > max) return fault(question.error ?? `Ngày phải từ ${showDay(max)} trở về trước; xem lại ngày, tháng, năm.`)
  return NO_FAULT
}

export const date: FieldType = {
  read: readDate,
  check(question, value) {
    const wrong = dateFault(value)
    if (wrong) return fault(typeError(question, wrong))
    return checkDateBounds(question, String(value))
  },
  missing: (question) => sentence('Xin ghi ngày, tháng, năm', question.label),
  jsonSchema: () => ({ type: 'string', format: 'date' }),
  show: (_question, value) => (typeof value === 'string' ? showDay(value) : ''),
  inputs: () => ['day', 'month', 'year'],
  write: (_question, value) => writeParts(value),
}

/** The whole in one input, and its parts for forms that ask them apart. */
export function writeParts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'string') return {}
  const typed = /^([^/]*)\/([^/]*)\/([^/]*)$/.exec(value)
  if (typed) return { '': value, day: typed[1] ?? '', month: typed[2] ?? '', year: typed[3] ?? '' }
  const iso = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(value)
  if (!iso) return { '': value }
  const part = (text: string | undefined) => (text === undefined ? '' : String(Number(text)))
  return { '': value, day: part(iso[3]), month: part(iso[2]), year: part(iso[1]) }
}
