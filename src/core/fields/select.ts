// One choice among the question's options, from a list.

import { cleanText, clip, writeScalar } from './clean.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const LIMIT = 200

export const select: FieldType = {
  read: (raw) => clip(cleanText(raw) ?? '', LIMIT) || null,
  check(question, value) {
    if (!question.options?.length || question.options.some((option) => option.value === value)) return NO_FAULT
    return fault('Câu trả lời không có trong các lựa chọn; hãy chọn lại.')
  },
  missing: (question) => sentence('Xin chọn', question.label),
  jsonSchema: ({ options }) =>
    options?.length
      ? { type: 'string', oneOf: options.map(({ value, label }) => ({ const: value, title: label })) }
      : { type: 'string', maxLength: LIMIT },
  show: ({ options }, value) =>
    options?.find((option) => option.value === value)?.label ?? (value === null || value === undefined ? '' : String(value)),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
