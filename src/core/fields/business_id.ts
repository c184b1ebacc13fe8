// The number of an enterprise, a branch, or a household business.

import { cleanCode, writeScalar } from './clean.ts'
import { fits } from './pattern.ts'
import { personalIdFault } from './personal_id.ts'
import { fault, NO_FAULT, sentence, typeError, type FieldType } from './types.ts'

// Ten digits; a branch adds three; household businesses before 2021 have province, letter, number; since then the owner's personal number.
const SHAPES = [/^\d{10}$/, /^\d{10}-\d{3}$/, /^\d{2}[A-ZĐ]\d{7,8}$/]
const WRONG =
  'Mã số gồm 10 chữ số (chi nhánh thêm dấu gạch và 3 chữ số); hộ kinh doanh ghi mã trên giấy đăng ký hoặc số định danh của chủ hộ.'

export const business_id: FieldType = {
  read: (raw) =>
    cleanCode(raw, /[\s.]/g)
      ?.replace(/[\u2010-\u2015]/g, '-')
      .toUpperCase()
      .replace(/^(\d{10})(\d{3})$/, '$1-$2') ?? null,
  check(question, value) {
    if (typeof value !== 'string') return fault(WRONG)
    // A record's own pattern replaces the general shapes: sectors have numbers of their own. 13 digits run together are tried as well.
    if (question.pattern !== undefined) {
      return fits(question.pattern, value) || fits(question.pattern, value.replace('-', '')) ? NO_FAULT : fault(question.error ?? WRONG)
    }
    if (SHAPES.some((shape) => shape.test(value)) || personalIdFault(value) === null) return NO_FAULT
    return fault(typeError(question, WRONG))
  },
  missing: (question) => sentence('Xin ghi mã số', question.label),
  jsonSchema: (question) => ({ type: 'string', maxLength: 30, ...(question.pattern ? { pattern: question.pattern } : {}) }),
  show: (_question, value) => (typeof value === 'string' ? value : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
