// Conditions of fee tables in words: comparisons of answers, days and channels, joined by "and" or "or"; null for what needs a programmer to read.

import type { Question } from '#core/form/types.ts'
import { formatDate } from '#core/text/index.ts'
import { conditionWords } from './condition-words.ts'
import { channelLabels } from './labels.ts'
import type { ProcedureRecord } from './record.ts'

const UNITS: Readonly<Record<string, string>> = { D: 'ngày', M: 'tháng', Y: 'năm' }
const lower = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)

const questionOf = (record: ProcedureRecord, key: string): Question | undefined =>
  record.form.sections.flatMap<Question>((section) => section.questions).find((one) => one.key === key)

/** What one side of a comparison is called. */
export function side(record: ProcedureRecord, text: string): string | null {
  const plus = /^(.+?)\s*\+\s*duration\("P(\d+)([DMY])"\)$/.exec(text)
  if (plus) {
    const start = side(record, plus[1]!.trim())
    return start && `${start} thêm ${plus[2]} ${UNITS[plus[3]!]}`
  }
  const day = /^date\("(\d{4}-\d\d-\d\d)"\)$/.exec(text)
  if (day) return formatDate(day[1]!)
  const inner = /^date\((.+)\)$/.exec(text)
  if (inner) return side(record, inner[1]!.trim())
  if (text === 'receivedOn') return 'ngày nhận hồ sơ'
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text).toLocaleString('vi-VN')
  const key = /^form\.(\w+)(?:\.\w+)?$/.exec(text)?.[1]
  const question = key === undefined ? undefined : questionOf(record, key)
  return question ? `“${question.label}”` : null
}

const DAYS: Readonly<Record<string, string>> = { '>': 'sau', '>=': 'từ', '<': 'trước', '<=': 'không sau', '=': 'là', '!=': 'không phải là' }
const NUMBERS: Readonly<Record<string, string>> = { '>': 'lớn hơn', '>=': 'từ', '<': 'nhỏ hơn', '<=': 'không quá', '=': 'là', '!=': 'khác' }

function comparison(record: ProcedureRecord, text: string): string | null {
  const contains = /^list contains\(\[([^\]]*)\],\s*form\.(\w+)\)$/.exec(text)
  if (contains) {
    const question = questionOf(record, contains[2]!)
    const labels = contains[1]!.split(',').map((one) => question?.options?.find((option) => option.value === one.trim().replaceAll('"', ''))?.label)
    return question && labels.every(Boolean) ? `“${question.label}” là một trong: ${labels.join(', ')}` : null
  }
  const simple = conditionWords(record, text)
  if (simple !== null) return simple
  const said = /^(.+?)\s*(<=|>=|!=|=|<|>)\s*(.+)$/.exec(text)
  if (!said) return null
  const [, left, sign, right] = said as unknown as [string, string, string, string]
  if (right === 'null') return sign === '!=' ? '' : `${side(record, left) ?? left} chưa trả lời`
  const channel = left === 'channel' ? (channelLabels as Readonly<Record<string, string>>)[right.replaceAll('"', '')] : undefined
  if (channel) return sign === '=' ? lower(channel) : `không ${lower(channel)}`
  const [one, other] = [side(record, left), side(record, right)]
  const words = (/date\(|receivedOn/.test(left + right) ? DAYS : NUMBERS)[sign]
  return one && other ? `${one} ${words} ${other}` : null
}

/** Pieces between the word, outside brackets and texts. */
export function split(text: string, word: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[([{]|[)\]}]|\b(?:and|or)\b/g)) {
    if ('([{'.includes(match[0])) depth++
    else if (')]}'.includes(match[0])) depth--
    else if (match[0] === word && depth === 0) {
      found.push(text.slice(from, match.index))
      from = match.index + word.length
    }
  }
  return [...found, text.slice(from)].map((piece) => piece.trim())
}

export const unwrapped = (text: string): string => {
  const inner = /^\((.*)\)$/s.exec(text.trim())?.[1]
  return inner !== undefined && balanced(inner) ? unwrapped(inner) : text.trim()
}

function balanced(text: string): boolean {
  let depth = 0
  // a range may open with one bracket and close with the other: (1..5]
  for (const sign of text.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/[[(\]][^()[\]]*\.\.[^()[\]]*[\])[]/g, '')) {
    if (sign === '(') depth++
    else if (sign === ')' && --depth < 0) return false
  }
  return depth === 0
}

/** `date(receivedOn) > date(form.birth) + duration("P60D")` → `Ngày nhận hồ sơ sau “Ngày sinh” thêm 60 ngày`; null when there are no words. */
export function feeConditionWords(record: ProcedureRecord, expression: string): string | null {
  const said = wordsOf(record, expression)
  return said ? said.charAt(0).toLocaleUpperCase('vi') + said.slice(1) : null
}

function wordsOf(record: ProcedureRecord, expression: string): string | null {
  const text = unwrapped(expression)
  const negated = /^not\s*\((.*)\)$/s.exec(text)
  if (negated && balanced(negated[1]!)) {
    const inner = wordsOf(record, negated[1]!)
    return inner && `không phải: ${inner}`
  }
  const listed = oneOf(record, text)
  if (listed) return listed
  for (const [word, joined] of [['or', ' hoặc '], ['and', ' và ']] as const) {
    const pieces = split(text, word)
    if (pieces.length === 1) continue
    const parts = pieces.map((piece) => wordsOf(record, piece))
    const told = parts.filter((part): part is string => !!part)
    return parts.includes(null) || told.length === 0 ? null : told.join(joined)
  }
  return comparison(record, text)
}

/** `form.x = "a" or form.x = "b"` → “X” là một trong: A, B. */
function oneOf(record: ProcedureRecord, text: string): string | null {
  const pieces = split(text, 'or').map((piece) => /^form\.(\w+)\s*=\s*"([^"]*)"$/.exec(unwrapped(piece)))
  const key = pieces[0]?.[1]
  const question = key === undefined || pieces.length < 2 || pieces.some((one) => one?.[1] !== key) ? undefined : questionOf(record, key)
  const labels = pieces.map((one) => question?.options?.find((option) => option.value === one?.[2])?.label)
  return question && labels.every(Boolean) ? `“${question.label}” là một trong: ${labels.join(', ')}` : null
}
