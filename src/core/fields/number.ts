// Numbers as people in Viet Nam write them ("1.234.567", "12,5") and as programs do (JSON numbers).

import type { Question } from '../form/types.ts'
import { asciiDigits, cleanText } from './clean.ts'
import { fault, NO_FAULT, sentence, typeError, type Fault, type FieldType, type JsonSchema } from './types.ts'

const LARGEST = Number.MAX_SAFE_INTEGER

/**
 * "1.234.567" and "1.234" have thousands; "12,5" and "12.5" have decimals; "1,234,567" is read the English way.
 * One comma is always the decimal mark: "1,234" is one and a bit. Null when it is no number.
 */
export function parseNumber(raw: string): number | null {
  if (raw.length > 60) return null
  const typed = asciiDigits(raw)
    .replace(/[\s'_]/g, '')
    .replace(/[\u2212\u2013]/g, '-')
  const parsed = Number(toPlain(typed))
  return Number.isFinite(parsed) ? parsed + 0 : null
}

function toPlain(typed: string): string {
  if (/^[-+]?\d{1,3}(\.\d{3})+(,\d+)?$/.test(typed)) return typed.replaceAll('.', '').replace(',', '.')
  if (/^[-+]?\d{1,3}(,\d{3}){2,}(\.\d+)?$/.test(typed) || /^[-+]?\d{1,3}(,\d{3})+\.\d+$/.test(typed)) return typed.replaceAll(',', '')
  if (/^[-+]?\d+,\d+(e[-+]?\d+)?$/i.test(typed)) return typed.replace(',', '.')
  if (/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(typed)) return typed
  return 'NaN'
}

/** Number, or the cleaned text when it cannot be read, or null. `unit` is cut from the end ("12.000 đồng"). */
export function readNumber(raw: unknown, unit?: RegExp): number | string | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw + 0 : null
  if (typeof raw !== 'string') return null
  const text = cleanText(raw)
  if (text === null) return null
  return parseNumber(unit ? text.replace(unit, '') : text) ?? text
}

/** '1.234,5': as people read it. */
export const showNumber = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 6 })

/** As it stands in an input: every digit kept, comma for decimals, no thousands. */
export const writeNumber = (value: unknown): Readonly<Record<string, string>> =>
  value === null || value === undefined ? {} : { '': typeof value === 'number' ? String(value).replace('.', ',') : String(value) }

export const bound = (raw: unknown): number | null => {
  const value = readNumber(raw)
  return typeof value === 'number' ? value : null
}

export function checkBounds(question: Question, value: number, show: (value: number) => string = showNumber): readonly Fault[] {
  const min = bound(question.min)
  const max = bound(question.max)
  if ((min === null || value >= min) && (max === null || value <= max)) return NO_FAULT
  if (question.error) return fault(question.error)
  if (min !== null && max !== null) return fault(`Con số phải từ ${show(min)} đến ${show(max)}; hãy ghi lại.`)
  return min !== null
    ? fault(`Con số phải từ ${show(min)} trở lên; hãy ghi lại.`)
    : fault(`Con số phải từ ${show(max ?? 0)} trở xuống; hãy ghi lại.`)
}

export function checkNumber(question: Question, value: unknown): readonly Fault[] {
  if (typeof value !== 'number') return fault(typeError(question, 'Chỉ ghi con số, ví dụ 12,5 hoặc 1.200; bỏ chữ và đơn vị.'))
  if (Math.abs(value) > LARGEST) return fault('Con số quá lớn; hãy kiểm tra và ghi lại.')
  return checkBounds(question, value)
}

export const numberSchema = (question: Question, type: 'number' | 'integer'): JsonSchema => {
  const min = bound(question.min)
  const max = bound(question.max)
  return { type, ...(min === null ? {} : { minimum: min }), ...(max === null ? {} : { maximum: max }) }
}

export const number: FieldType = {
  read: (raw) => readNumber(raw),
  check: checkNumber,
  missing: (question) => sentence('Xin ghi con số', question.label),
  jsonSchema: (question) => numberSchema(question, 'number'),
  show: (_question, value) => (typeof value === 'number' ? showNumber(value) : value === null || value === undefined ? '' : String(value)),
  inputs: () => [],
  write: (_question, value) => writeNumber(value),
}
