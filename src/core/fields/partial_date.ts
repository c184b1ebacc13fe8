// A date of which only the year, or year and month, may be known (births and deaths long ago).

import { dayFault, monthFault, pad, readDay, showDay, typedParts, yearFault } from './calendar.ts'
import { asciiDigits, cleanText } from './clean.ts'
import { checkDateBounds, writeParts } from './date.ts'
import { fault, sentence, typeError, type FieldType } from './types.ts'

const UNCLEAR = 'Ghi năm, hoặc tháng/năm, hoặc ngày/tháng/năm, ví dụ 1960, 9/1960 hay 1/9/1960.'

export const partial_date: FieldType = {
  read(raw) {
    const parts = typedParts(raw)
    if (!parts) return readPartial(cleanText(raw))
    if (parts.day && !parts.month) return `${parts.day}//${parts.year}`
    return readPartial([parts.day, parts.month, parts.year].filter(Boolean).join('/'))
  },
  check(question, value) {
    const wrong = partialFault(value)
    if (wrong) return fault(typeError(question, wrong))
    return checkDateBounds(question, String(value))
  },
  missing: (question) => sentence('Xin ghi năm, hoặc cả ngày, tháng, năm', question.label),
  jsonSchema: () => ({ type: 'string', pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' }),
  show: (_question, value) => (typeof value === 'string' ? showDay(value) : ''),
  inputs: () => ['day', 'month', 'year'],
  write: (_question, value) => writeParts(value),
}

function readPartial(text: string | null): string | null {
  if (text === null) return null
  const typed = asciiDigits(text)
  const iso = /^(\d{4})-(\d{1,2})$/.exec(typed)
  if (iso) return `${iso[1]}-${pad(Number(iso[2]))}`
  const local = /^(\d{1,2})\s?[/.-]\s?(\d{4})$/.exec(typed)
  if (local) return `${local[2]}-${pad(Number(local[1]))}`
  return /^\d{4}$/.test(typed) ? typed : (readDay(typed) ?? text)
}

function partialFault(value: unknown): string | null {
  const found = typeof value === 'string' ? /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(value) : null
  if (!found) return UNCLEAR
  const [year, month, day] = [Number(found[1]), found[2], found[3]]
  if (month === undefined) return yearFault(year)
  return day === undefined ? monthFault(year, Number(month)) : dayFault({ year, month: Number(month), day: Number(day) })
}
