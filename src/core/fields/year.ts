// A year of four digits, kept as a number.

import { yearFault } from './calendar.ts'
import { checkBounds, number, numberSchema } from './number.ts'
import { fault, sentence, typeError, type FieldType } from './types.ts'

export const year: FieldType = {
  ...number,
  check(question, value) {
    if (typeof value !== 'number' || !Number.isInteger(value)) return fault(typeError(question, 'Ghi năm bằng bốn chữ số, ví dụ 1985.'))
    const wrong = yearFault(value)
    return wrong ? fault(typeError(question, wrong)) : checkBounds(question, value, String)
  },
  missing: (question) => sentence('Xin ghi năm', question.label),
  jsonSchema: (question) => ({ minimum: 1800, maximum: 2200, ...numberSchema(question, 'integer') }),
  show: (_question, value) => (value === null || value === undefined ? '' : String(value)),
}
