// Several choices among the question's options, kept as a list without repeats.

import { select } from './select.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const MOST = 100

export const multiselect: FieldType = {
  read(raw, question) {
    const given = Array.isArray(raw) ? raw.slice(0, MOST * 2) : [raw]
    const chosen = [...new Set(given.map((one) => select.read(one, question)).filter((one) => one !== null))]
    return chosen.length > 0 ? chosen : null
  },
  check(question, value) {
    if (!Array.isArray(value) || value.length > MOST) return fault('Có quá nhiều lựa chọn; hãy chọn lại.')
    if (!question.options?.length) return NO_FAULT
    const known = new Set(question.options.map((option) => option.value))
    if (!value.every((one) => known.has(one))) return fault('Có câu trả lời không nằm trong các lựa chọn; hãy chọn lại.')
    const [min, max] = [question.min, question.max]
    if (typeof min === 'number' && value.length < min) return fault(question.error ?? `Chọn ít nhất ${min} mục.`)
    if (typeof max === 'number' && value.length > max) return fault(question.error ?? `Chọn nhiều nhất ${max} mục.`)
    return NO_FAULT
  },
  missing: (question) => sentence('Xin chọn ít nhất một mục', question.label),
  jsonSchema: (question, catalogs) => ({ type: 'array', uniqueItems: true, maxItems: MOST, items: select.jsonSchema(question, catalogs) }),
  show: (question, value, catalogs) => (Array.isArray(value) ? value.map((one) => select.show(question, one, catalogs)).join(', ') : ''),
  inputs: () => [],
  write: (_question, value): Readonly<Record<string, readonly string[]>> => (Array.isArray(value) ? { '': value.map(String) } : {}),
}
