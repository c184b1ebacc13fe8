// A statement ticked or not. False is an answer; nothing said is none. That it must be ticked is said by the question's `check`.

import { cleanText, writeScalar } from './clean.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const YES = new Set(['true', 'on', '1', 'yes', 'co', 'có', 'x'])
const NO = new Set(['false', 'off', '0', 'no', 'khong', 'không'])

export const checkbox: FieldType = {
  read(raw) {
    const text =
      cleanText(Array.isArray(raw) ? raw.at(-1) : raw)
        ?.toLowerCase()
        .slice(0, 20) ?? null
    return text === null ? null : YES.has(text) ? true : NO.has(text) ? false : text
  },
  check: (_question, value) => (typeof value === 'boolean' ? NO_FAULT : fault('Đánh dấu hoặc bỏ dấu ở ô này.')),
  missing: (question) => question.error ?? sentence('Xin đánh dấu vào ô nếu đúng', question.label),
  jsonSchema: () => ({ type: 'boolean' }),
  show: (_question, value) => (value === true ? 'Có' : value === false ? 'Không' : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
