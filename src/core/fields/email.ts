// An e-mail address.

import { cleanCode, writeScalar } from './clean.ts'
import { fits } from './pattern.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const LIMIT = 254
const SHAPE = /^[^\s@<>"',;]+@[^\s@<>"',;.]+(\.[^\s@<>"',;.]+)+$/
const WRONG = 'Địa chỉ thư điện tử chưa đúng; ghi đủ tên, dấu @ và tên miền, ví dụ ten@gmail.com.'

export const email: FieldType = {
  read: (raw) => cleanCode(raw),
  check(question, value) {
    if (typeof value !== 'string' || value.length > LIMIT || !SHAPE.test(value)) return fault(question.error ?? WRONG)
    return fits(question.pattern, value) ? NO_FAULT : fault(question.error ?? WRONG)
  },
  missing: (question) => sentence('Xin ghi địa chỉ thư điện tử', question.label),
  jsonSchema: (question) => ({
    type: 'string',
    format: 'email',
    maxLength: LIMIT,
    ...(question.pattern ? { pattern: question.pattern } : {}),
  }),
  show: (_question, value) => (typeof value === 'string' ? value : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
