// A time of day, kept as 'HH:MM'.

import { pad } from './calendar.ts'
import { asciiDigits, cleanText, writeScalar } from './clean.ts'
import { fault, NO_FAULT, sentence, typeError, type FieldType } from './types.ts'

const CLEAR = /^([01]\d|2[0-3]):[0-5]\d$/

export const time: FieldType = {
  read(raw) {
    const text = cleanText(raw)
    if (text === null) return null
    const found = /^(\d{1,2})\s?(?::|h|giờ|g)\s?(\d{1,2})?(?::\d{2}(?:\.\d+)?)?\s?(?:phút|p)?$/i.exec(asciiDigits(text))
    return found ? `${pad(Number(found[1]))}:${pad(Number(found[2] ?? 0))}` : text
  },
  check(question, value) {
    if (typeof value !== 'string' || !CLEAR.test(value))
      return fault(typeError(question, 'Ghi giờ và phút từ 00:00 đến 23:59, ví dụ 07:30.'))
    const { min, max } = question
    if ((typeof min === 'string' && value < min) || (typeof max === 'string' && value > max)) {
      return fault(question.error ?? `Giờ phải trong khoảng ${min ?? '00:00'} đến ${max ?? '23:59'}; hãy ghi lại.`)
    }
    return NO_FAULT
  },
  missing: (question) => sentence('Xin ghi giờ', question.label),
  jsonSchema: () => ({ type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
  show: (_question, value) => (typeof value === 'string' ? value : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
