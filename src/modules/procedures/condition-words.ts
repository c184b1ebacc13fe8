// Turns the simple conditions of a record into words, so that a citizen reads when a paper is needed even where the author left no help.

import type { Question } from '#core/form/types.ts'
import { channelLabels } from './labels.ts'
import type { ProcedureRecord } from './record.ts'

/**
 * `form.birth_proof = "paper" and …` → `“Có giấy tờ gì về việc sinh?” là “Có giấy chứng sinh bằng giấy” và …`.
 * Understands comparisons of answers and of the channel with a text, joined by only `and` or only `or`; null for anything more.
 */
export function conditionWords(record: ProcedureRecord, expression: string): string | null {
  if (/[()]/.test(expression)) return null
  const both = / and /.test(expression)
  if (both && / or /.test(expression)) return null
  const parts = expression.split(both ? ' and ' : ' or ').map((part) => comparison(record, part.trim()))
  const said = parts.filter((part) => part !== '')
  return parts.includes(null) || said.length === 0 ? null : said.join(both ? ' và ' : ' hoặc ')
}

/** One comparison in words; '' for one that only guards against a missing answer; null when not understood. */
function comparison(record: ProcedureRecord, text: string): string | null {
  if (/^form\.\w+ != null$/.test(text)) return ''
  const [, left, sign, value] = /^(form\.\w+|channel) (=|!=) "([^"]*)"$/.exec(text) ?? []
  if (left === undefined || value === undefined) return null
  const is = sign === '=' ? 'là' : 'không phải là'
  if (left === 'channel') {
    const label = (channelLabels as Readonly<Record<string, string>>)[value]
    return label === undefined ? null : sign === '=' ? lower(label) : `không ${lower(label)}`
  }
  const question = record.form.sections
    .flatMap<Question>((section) => section.questions)
    .find((one) => one.key === left.slice('form.'.length))
  const option = question?.options?.find((one) => one.value === value)
  return question && option ? `“${question.label}” ${is} “${option.label}”` : null
}

const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1)
