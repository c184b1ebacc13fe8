// Between answers and the names of web inputs: `key`, `key.province`, `table.0.col`; a box or list left empty shows by `key__present`.

import { isObject, own } from '../fields/clean.ts'
import { answerColumns, fieldType, MOST_ROWS } from '../fields/index.ts'
import type { Question, Values } from './types.ts'

type Body = Record<string, unknown>

const PRESENT = '__present'
const SILENT = new Set(['computed', 'statement'])

/**
 * Answers from a posted form (urlencoded or multipart, repeated names as arrays), in their normal shape.
 *
 * Only the given questions are looked for, so names from elsewhere are ignored and nothing can reach a prototype. A question of which
 * no input was posted is absent from the result (`{...draft, ...readBody(page, body)}` keeps it); one posted blank is null. With
 * `key__present` and no `key` a checkbox is false, anything else null. Of a table 201 rows are kept, so that its check can refuse more than 200.
 */
export function readBody(questions: readonly Question[], body: Body): Values {
  if (!isObject(body)) return {}
  const rows = rowNumbers(body)
  return Object.fromEntries(
    questions.flatMap((question) => {
      if (SILENT.has(question.type)) return []
      const raw = rawOf(question, question.key, body, rows)
      return raw === undefined ? [] : [[question.key, fieldType(question.type).read(raw, question)]]
    }),
  )
}

function rawOf(question: Question, name: string, body: Body, rows: ReadonlyMap<string, ReadonlySet<number>>): unknown {
  const whole = own(body, name)
  const given = question.type === 'table' ? rawRows(question, name, body, rows) : rawParts(question, name, body)
  if (given !== undefined) return given
  if (whole !== undefined)
    return Array.isArray(whole) && question.type !== 'multiselect' && question.type !== 'table' ? (whole.at(-1) ?? null) : whole
  if (own(body, name + PRESENT) === undefined) return undefined
  return question.type === 'checkbox' ? false : null
}

function rawParts(question: Question, name: string, body: Body): Values | undefined {
  const parts = fieldType(question.type)
    .inputs(question)
    .map((part) => [part, last(own(body, `${name}.${part}`))] as const)
    .filter(([, value]) => value !== undefined)
  if (parts.length === 0) return undefined
  const blank = parts.every(([, value]) => typeof value === 'string' && value.trim() === '')
  return blank && own(body, name) !== undefined ? undefined : Object.fromEntries(parts)
}

function rawRows(question: Question, name: string, body: Body, rows: ReadonlyMap<string, ReadonlySet<number>>): Values[] | undefined {
  const numbers = rows.get(name)
  if (!numbers) return undefined
  const columns = answerColumns(question)
  return [...numbers]
    .sort((a, b) => a - b)
    .slice(0, MOST_ROWS + 1)
    .map((at) => Object.fromEntries(columns.map((column) => [column.key, rawOf(column, `${name}.${at}.${column.key}`, body, rows)])))
}

const last = (value: unknown): unknown => (Array.isArray(value) ? value.at(-1) : value)

function rowNumbers(body: Body): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  for (const name of Object.keys(body)) {
    const parts = /^(\w{1,100})\.(\d{1,4})\./.exec(name)
    if (!parts?.[1]) continue
    const numbers = found.get(parts[1]) ?? new Set()
    found.set(parts[1], numbers.add(Number(parts[2])))
  }
  return found
}

/** The inverse of readBody, to fill inputs again: dates stand whole and in parts, boxes as 'true' or 'false'. */
export function flatten(questions: readonly Question[], values: Values): Record<string, string | string[]> {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const type = fieldType(question.type)
      const written = type.write(question, type.read(own(values, question.key), question))
      return Object.entries(written).map(([part, text]) => [
        part ? `${question.key}.${part}` : question.key,
        typeof text === 'string' ? text : [...text],
      ])
    }),
  )
}
