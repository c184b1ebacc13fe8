// A code of a shared catalogue: ethnic groups, nationalities, provinces, communes, lines of business.

import { cleanText, clip, writeScalar } from './clean.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const LIMIT = 200
// Banks merge and rename: the name in words is as good as a code.
const OPEN = new Set(['ngan_hang'])

export const catalog: FieldType = {
  read: (raw) => clip(cleanText(raw) ?? '', LIMIT) || null,
  check(question, value, { catalogs }) {
    const kept = question.catalog ?? ''
    if (typeof value !== 'string') return fault('Câu trả lời không có trong danh mục; hãy chọn lại.')
    if (OPEN.has(kept) || catalogs.name(kept, value) !== null || catalogs.list(kept).length === 0) return NO_FAULT
    return fault('Câu trả lời không có trong danh mục; hãy chọn lại từ danh sách gợi ý.')
  },
  missing: (question) => sentence('Xin chọn', question.label),
  // Long catalogues (communes, lines of business) are named, not copied.
  jsonSchema(question, catalogs) {
    const kept = question.catalog ?? ''
    const entries = OPEN.has(kept) ? [] : catalogs.list(kept)
    const choice =
      entries.length > 0 && entries.length <= 300 ? { oneOf: entries.map(({ code, name }) => ({ const: code, title: name })) } : {}
    return { type: 'string', maxLength: LIMIT, 'x-catalog': kept, ...choice }
  },
  show: (question, value, catalogs) =>
    value === null || value === undefined ? '' : (catalogs.name(question.catalog ?? '', String(value)) ?? String(value)),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
