// Whole numbers: copies, months, people.

import { checkNumber, number, numberSchema } from './number.ts'
import { fault, typeError, type FieldType } from './types.ts'

export const integer: FieldType = {
  ...number,
  check(question, value) {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return fault(typeError(question, 'Chỉ ghi số nguyên, không có phần lẻ, ví dụ 3.'))
    }
    return checkNumber(question, value)
  },
  jsonSchema: (question) => numberSchema(question, 'integer'),
}
