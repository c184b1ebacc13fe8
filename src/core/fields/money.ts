// Amounts in whole đồng.

import { checkBounds, number, numberSchema, readNumber, showNumber } from './number.ts'
import { fault, sentence, typeError, type FieldType } from './types.ts'

const UNIT = /\s*(đồng|đ|₫|vnđ|vnd)\.?$/i
const LARGEST = 1e15

const show = (value: number): string => `${showNumber(value)} đ`

export const money: FieldType = {
  ...number,
  read: (raw) => readNumber(raw, UNIT),
  check(question, value) {
    if (typeof value !== 'number') return fault(typeError(question, 'Chỉ ghi số tiền bằng đồng, ví dụ 1.500.000.'))
    if (!Number.isInteger(value)) return fault('Số tiền tính bằng đồng, không có phần lẻ; hãy ghi lại, ví dụ 1.500.000.')
    if (Math.abs(value) > LARGEST) return fault('Số tiền quá lớn; hãy kiểm tra và ghi lại.')
    if (value < 0 && question.min === undefined) return fault(question.error ?? 'Số tiền không được là số âm; hãy ghi lại.')
    return checkBounds(question, value, show)
  },
  missing: (question) => sentence('Xin ghi số tiền', question.label),
  jsonSchema: (question) => ({ minimum: 0, ...numberSchema(question, 'integer'), description: 'đồng' }),
  show: (_question, value) => (typeof value === 'number' ? show(value) : value === null || value === undefined ? '' : String(value)),
}
