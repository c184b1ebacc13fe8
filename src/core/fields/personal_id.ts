// The personal number (số định danh cá nhân) of twelve digits.

import { cleanCode, writeScalar } from './clean.ts'
import { fits } from './pattern.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const SHAPE = /^\d{12}$/
const WRONG = 'Số định danh gồm đúng 12 chữ số, in ở mặt trước thẻ căn cước; hãy ghi lại.'
const UNLIKELY = 'Số định danh này không thể có; xem lại từng chữ số trên thẻ căn cước hoặc ứng dụng VNeID.'

/** Shape only, never proof: place of birth 001–096, then century and sex, then year. */
export function personalIdFault(value: unknown): string | null {
  if (typeof value !== 'string' || !SHAPE.test(value)) return WRONG
  const place = Number(value.slice(0, 3))
  return place >= 1 && place <= 96 ? null : UNLIKELY
}

export const personal_id: FieldType = {
  read: (raw) => cleanCode(raw, /[\s.-]/g),
  check(question, value) {
    const wrong = personalIdFault(value)
    if (wrong === WRONG) return fault(question.pattern ? (question.error ?? WRONG) : WRONG)
    if (wrong) return fault(wrong)
    return fits(question.pattern, String(value)) ? NO_FAULT : fault(question.error ?? WRONG)
  },
  missing: (question) => sentence('Xin ghi số định danh', question.label),
  jsonSchema: () => ({ type: 'string', pattern: SHAPE.source }),
  show: (_question, value) => (typeof value === 'string' ? value : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
