// From an answer to the texts in its inputs, the way a person in Viet Nam writes them: 21/11/2026, 12.000, 65,5.

import type { Question } from '#core/form/types.ts'

type Texts = Record<string, string | readonly string[]>

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

export const dateText = (value: unknown): string => String(value ?? '').replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1').replace(/^(\d{4})-(\d\d)$/, '$2/$1')

const grouped = (value: unknown): string => (typeof value === 'number' ? String(value).replace('.', ',').replace(/^(-?)(\d+)/, (_, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, '.')) : String(value))

export function written(question: Question, value: unknown): Texts {
  if (value === null || value === undefined) return {}
  switch (question.type) {
    case 'date':
    case 'partial_date':
      return { '': dateText(value) }
    case 'money':
    case 'integer':
    case 'number':
      return { '': grouped(value) }
    case 'multiselect':
      return { '': Array.isArray(value) ? value.map(String) : [String(value)] }
    default:
      if (!isObject(value)) return { '': String(value) }
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, dateText(part)]))
  }
}
