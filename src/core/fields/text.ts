// One line of text: names, numbers of papers, places.

import type { Question } from '../form/types.ts'
import { cleanText, writeScalar } from './clean.ts'
import { fits } from './pattern.ts'
import { fault, NO_FAULT, sentence, typeError, type Fault, type FieldType, type JsonSchema } from './types.ts'

const LIMIT = 500

export function checkText(question: Question, value: unknown, limit: number): readonly Fault[] {
  if (typeof value !== 'string') return fault(typeError(question, 'Câu trả lời phải là chữ; hãy ghi lại.'))
  const most = question.maxLength ?? limit
  if (value.length > most) {
    return fault(`Câu trả lời dài quá ${most.toLocaleString('vi-VN')} ký tự; hãy rút gọn.`)
  }
  if (!fits(question.pattern, value)) {
    const like = question.example ? `, ví dụ: ${question.example}` : ''
    return fault(question.error ?? `Câu trả lời chưa đúng mẫu; hãy xem lại và ghi đúng như trên giấy tờ${like}.`)
  }
  return NO_FAULT
}

export const textSchema = (question: Question, limit: number): JsonSchema => ({
  type: 'string',
  maxLength: question.maxLength ?? limit,
  ...(question.pattern === undefined ? {} : { pattern: question.pattern }),
})

export const text: FieldType = {
  read: (raw) => cleanText(raw),
  check: (question, value) => checkText(question, value, LIMIT),
  missing: (question) => sentence('Xin trả lời', question.label),
  jsonSchema: (question) => textSchema(question, LIMIT),
  show: (_question, value) => (value === null || value === undefined ? '' : String(value)),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
