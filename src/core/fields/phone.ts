// A Vietnamese telephone number, kept as ten digits beginning with 0.

import { cleanCode, writeScalar } from './clean.ts'
import { fits } from './pattern.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const SHAPE = '^0\\d{9}$'
const WRONG = 'Số điện thoại gồm 10 chữ số và bắt đầu bằng số 0; hãy kiểm tra và ghi lại.'

export const phone: FieldType = {
  read: (raw) => cleanCode(raw, /[\s.()-]/g)?.replace(/^(?:\+84|0084|84(?=\d{9}$))0?/, '0') ?? null,
  check(question, value) {
    if (typeof value !== 'string' || !fits(question.pattern ?? SHAPE, value))
      return fault(question.pattern ? (question.error ?? WRONG) : WRONG)
    return NO_FAULT
  },
  missing: (question) => sentence('Xin ghi số điện thoại', question.label),
  jsonSchema: (question) => ({ type: 'string', pattern: question.pattern ?? SHAPE }),
  show: (_question, value) => (typeof value === 'string' ? value : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
