// What a condition may ask of each kind of answer, in words, and how what a person types or picks becomes the operand.

import type { Channel, Option, Question, QuestionType } from '../types.ts'
import { isSpan, type Op, type Operand, type Test } from './condition.ts'

/** How the operand is put in: nothing, one of a list, a number, a day, a length of time, a text. */
export type OperandKind = 'none' | 'option' | 'number' | 'day' | 'span' | 'text'

export interface Offer {
  readonly op: Op
  readonly words: string
  readonly operand: OperandKind
}

/** Something a condition may be about. */
export interface Subject {
  /** `form.key`, `channel` … as it stands in FEEL */
  readonly ref: string
  readonly label: string
  readonly type: QuestionType | 'channel' | 'today'
  readonly options: readonly Option[]
}

const ANSWERED: readonly Offer[] = [
  { op: 'answered', words: 'đã trả lời', operand: 'none' },
  { op: 'open', words: 'chưa trả lời', operand: 'none' },
]
const IS: readonly Offer[] = [
  { op: '=', words: 'là', operand: 'option' },
  { op: '!=', words: 'không phải là', operand: 'option' },
]
const NUMBERS: readonly Offer[] = [
  { op: '=', words: 'bằng', operand: 'number' },
  { op: '!=', words: 'khác', operand: 'number' },
  { op: '>=', words: 'từ … trở lên', operand: 'number' },
  { op: '<=', words: 'từ … trở xuống', operand: 'number' },
  { op: '>', words: 'lớn hơn', operand: 'number' },
  { op: '<', words: 'nhỏ hơn', operand: 'number' },
]
const TEXTS: readonly Offer[] = [
  { op: '=', words: 'là', operand: 'text' },
  { op: '!=', words: 'khác', operand: 'text' },
  { op: 'length>=', words: 'dài ít nhất … ký tự', operand: 'number' },
  { op: 'length<=', words: 'dài nhiều nhất … ký tự', operand: 'number' },
]
const DAYS: readonly Offer[] = [
  { op: 'date<', words: 'trước ngày', operand: 'day' },
  { op: 'date<=', words: 'không sau ngày', operand: 'day' },
  { op: 'date>=', words: 'từ ngày … trở đi', operand: 'day' },
  { op: 'date>', words: 'sau ngày', operand: 'day' },
  { op: 'past', words: 'đến ngày nộp đã quá', operand: 'span' },
  { op: 'within', words: 'đến ngày nộp chưa quá', operand: 'span' },
  { op: 'aged', words: 'đến ngày nộp đã đủ', operand: 'span' },
  { op: 'under', words: 'đến ngày nộp chưa đủ', operand: 'span' },
]
const ROWS: readonly Offer[] = [
  { op: 'count>=', words: 'có ít nhất … mục', operand: 'number' },
  { op: 'count<=', words: 'có nhiều nhất … mục', operand: 'number' },
]
const HAS: readonly Offer[] = [
  { op: 'has', words: 'có chọn', operand: 'option' },
  { op: 'has_not', words: 'không chọn', operand: 'option' },
]

const NUMERIC: readonly string[] = ['number', 'integer', 'money', 'year']
const CHOSEN: readonly string[] = ['select', 'radio', 'catalog', 'checkbox', 'channel']

/** The tests that make sense for this kind of answer, the most used first. */
export function offersFor(type: Subject['type']): readonly Offer[] {
  if (type === 'channel') return IS
  if (type === 'today') return DAYS.filter(({ operand }) => operand === 'day')
  if (type === 'checkbox') return [...IS.slice(0, 1), ...ANSWERED]
  if (CHOSEN.includes(type)) return [...IS, ...ANSWERED]
  if (NUMERIC.includes(type)) return [...NUMBERS, ...ANSWERED]
  if (type === 'date') return [...DAYS, ...ANSWERED]
  if (type === 'multiselect') return [...HAS, ...ROWS, ...ANSWERED]
  if (type === 'table') return [...ROWS, ...ANSWERED]
  if (['address', 'person', 'id_document', 'file', 'partial_date'].includes(type)) return ANSWERED
  if (type === 'computed') return [...NUMBERS, ...ANSWERED]
  return [...TEXTS, ...ANSWERED]
}

const YES_NO: readonly Option[] = [{ value: 'true', label: 'đã đánh dấu' }, { value: 'false', label: 'không đánh dấu' }]

export const CHANNEL_OPTIONS: readonly (Option & { readonly value: Channel })[] = [
  { value: 'truc_tuyen', label: 'nộp trực tuyến' },
  { value: 'truc_tiep', label: 'nộp tại bộ phận một cửa' },
  { value: 'bcci', label: 'nộp qua bưu chính công ích' },
]

export const subjectOf = (question: Question, ref = `form.${question.key}`): Subject => ({
  ref, label: question.label, type: question.type, options: question.type === 'checkbox' ? YES_NO : (question.options ?? []),
})

/** What may be asked about: every question but the one itself and mere words, then the way of filing. */
export function subjectsOf(questions: readonly Question[], except?: string): readonly Subject[] {
  return [
    ...questions.filter(({ key, type }) => key !== except && type !== 'statement').map((question) => subjectOf(question)),
    { ref: 'channel', label: 'Cách nộp hồ sơ', type: 'channel', options: CHANNEL_OPTIONS },
  ]
}

/** A name in a list: `form.x` of another answer, with `ref:` before it so that no answer can be mistaken for it. */
const REF = 'ref:'

/** Operand → what stands in its input. */
export function operandText(operand: Operand | undefined): string {
  if (operand === undefined) return ''
  if (typeof operand !== 'object') return String(operand)
  return 'ref' in operand ? REF + operand.ref : operand.span
}

/** What was typed or picked → operand for this test; undefined while it says nothing that fits. */
export function readOperand(typed: string, kind: OperandKind, type: Subject['type']): Operand | undefined {
  const text = typed.trim().normalize('NFC')
  if (kind === 'none' || text === '') return undefined
  if (text.startsWith(REF)) return { ref: text.slice(REF.length) }
  if (kind === 'span') return isSpan(text.toUpperCase()) ? { span: text.toUpperCase() } : undefined
  if (kind === 'number') {
    const number = Number(text.replace(',', '.'))
    return Number.isFinite(number) ? number : undefined
  }
  if (kind === 'day') return dayFrom(text)
  return type === 'checkbox' ? text === 'true' : text
}

function dayFrom(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const iso = year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : text
  const at = new Date(`${iso}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined
}

const UNITS: Readonly<Record<string, string>> = { D: 'ngày', M: 'tháng', Y: 'năm' }

/** `P18Y` → `18 năm` */
export const spanWords = (span: string): string => span.replace(/^P(\d+)([DMY])$/, (_all, count: string, unit: string) => `${count} ${UNITS[unit]}`)

function operandWords({ operand }: Test, kind: OperandKind, subject: Subject, subjects: readonly Subject[]): string {
  if (operand === undefined) return '…'
  if (typeof operand === 'object') {
    if ('span' in operand) return spanWords(operand.span)
    return operand.ref === 'receivedOn' ? 'nộp hồ sơ' : `ở câu “${subjects.find(({ ref }) => ref === operand.ref)?.label ?? operand.ref}”`
  }
  if (kind === 'day' && typeof operand === 'string') return operand.split('-').reverse().join('/')
  if (kind === 'number') return Number(operand).toLocaleString('vi-VN')
  return `“${subject.options.find(({ value }) => value === String(operand))?.label ?? String(operand)}”`
}

/** One test as a sentence: `“Nơi chết” là “Cơ sở y tế”`. */
export function testWords(test: Test, subjects: readonly Subject[]): string {
  const subject = subjects.find(({ ref }) => ref === test.subject) ?? { ref: test.subject, label: test.subject, type: 'text' as const, options: [] }
  const offer = offersFor(subject.type).find(({ op }) => op === test.op) ?? { op: test.op, words: test.op, operand: 'text' as const }
  const operand = operandWords(test, offer.operand, subject, subjects)
  const said = offer.operand === 'none' ? offer.words : offer.words.includes('…') ? offer.words.replace('…', operand) : `${offer.words} ${operand}`
  return subject.type === 'channel' ? said.replace(/^là “(.*)”$/, '$1').replace(/^không phải là “(.*)”$/, 'không $1') : `“${subject.label}” ${said}`
}
