// An answer the form works out by itself from its FEEL `value`; whatever is sent for it is ignored.

import type { Question } from '../form/types.ts'
import { showDay } from './calendar.ts'
import { showNumber } from './number.ts'
import { NO_FAULT, type FieldType } from './types.ts'

function showAny(question: Question, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return showNumber(value)
  if (typeof value === 'boolean') return value ? 'Có' : 'Không'
  if (Array.isArray(value)) return value.map((one) => showAny(question, one)).join(', ')
  return typeof value === 'string' ? showDay(value) : ''
}

export const computed: FieldType = {
  read: () => null,
  check: () => NO_FAULT,
  missing: () => '',
  jsonSchema: () => ({ readOnly: true }),
  show: (question, value) => showAny(question, value),
  inputs: () => [],
  write: () => ({}),
}
