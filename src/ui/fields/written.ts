// From an answer to the texts in its inputs, the way a person in Viet Nam writes them: 21/11/2026, 12.000.

import { fieldType } from '#core/fields/index.ts'
import type { Question } from '#core/form/types.ts'

type Texts = Readonly<Record<string, string | readonly string[]>>

const DATED = new Set(['date', 'partial_date', 'person', 'id_document', 'address'])

const dateText = (value: string): string => value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1').replace(/^(\d{4})-(\d\d)$/, '$2/$1')

const grouped = (value: string): string => (/^-?\d+$/.test(value) ? value.replace(/\B(?=(\d{3})+$)/g, '.') : value)

/** What stands in each input of a question, by sub-name; '' is the input named by the question itself. `fieldType().read` reads it back. */
export function written(question: Question, value: unknown): Texts {
  const texts = fieldType(question.type).write(question, value)
  const nicer = question.type === 'money' ? grouped : DATED.has(question.type) ? dateText : null
  if (!nicer) return texts
  return Object.fromEntries(Object.entries(texts).map(([part, text]) => [part, typeof text === 'string' ? nicer(text) : text]))
}
