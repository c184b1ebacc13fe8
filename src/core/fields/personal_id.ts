// The personal number (số định danh cá nhân) of twelve digits.

import { checkPersonalId } from '../text/index.ts'
import { cleanCode, writeScalar } from './clean.ts'
import { fits } from './pattern.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const SHAPE = /^\d{12}$/
const WRONG = 'Số định danh gồm đúng 12 chữ số, in ở mặt trước thẻ căn cước; hãy ghi lại.'

/** Why it cannot be a personal number, or null. Shape only, never proof. */
export const personalIdFault = (value: unknown): string | null =>
  typeof value === 'string' ? (checkPersonalId(value)?.message ?? null) : WRONG

export const personal_id: FieldType = {
  read: (raw) => cleanCode(raw, /[\s.\-–]/g),
  check(question, value) {
    const wrong = personalIdFault(value)
    // A record's sentence speaks of twelve digits; for an impossible province or century the exact reason helps more.
    const shapeless = typeof value !== 'string' || !SHAPE.test(value) || !fits(question.pattern, value)
    if (shapeless) return fault(question.pattern === undefined ? (wrong ?? WRONG) : (question.error ?? wrong ?? WRONG))
    return wrong === null ? NO_FAULT : fault(wrong)
  },
  missing: (question) => sentence('Xin ghi số định danh', question.label),
  jsonSchema: () => ({ type: 'string', pattern: SHAPE.source }),
  show: (_question, value) => (typeof value === 'string' ? value : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
