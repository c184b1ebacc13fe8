// Rows of answers: members of a household, trees, papers. Each column is a question of its own.

import type { Question, QuestionType } from '../form/types.ts'
import { isObject, own } from './clean.ts'
import { sentence, type Fault, type FieldType } from './types.ts'

export const MOST_ROWS = 200

/** Columns that hold answers. */
export const answerColumns = (question: Question): readonly Question[] =>
  (question.columns ?? []).filter(({ type }) => type !== 'computed' && type !== 'statement' && type !== 'table')

type Row = Record<string, unknown>
type TypeOf = (type: QuestionType) => FieldType

function rowsOf(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw.slice(0, MOST_ROWS * 2)
  if (!isObject(raw)) return []
  const numbered = Object.keys(raw).filter((key) => /^\d{1,4}$/.test(key))
  return numbered
    .sort((a, b) => Number(a) - Number(b))
    .slice(0, MOST_ROWS * 2)
    .map((key) => raw[key])
}

function readRow(fieldType: TypeOf, columns: readonly Question[], raw: unknown): Row | null {
  const row: Row = Object.fromEntries(
    columns
      .map((column) => [column.key, fieldType(column.type).read(own(raw, column.key), column)] as const)
      .filter(([, value]) => value !== null && value !== undefined),
  )
  return Object.values(row).some((value) => value !== false) ? row : null
}

/** The table type over the register of types, which its columns come from. */
export const tableOf = (fieldType: TypeOf): FieldType => ({
  read(raw, question) {
    const columns = answerColumns(question)
    const rows = rowsOf(raw)
      .map((row) => readRow(fieldType, columns, row))
      .filter((row) => row !== null)
    return rows.length > 0 ? rows.slice(0, MOST_ROWS + 1) : null
  },
  check(question, value, env) {
    if (!Array.isArray(value)) return [{ path: '', message: 'Bảng này chưa đọc được; hãy ghi lại từng dòng.' }]
    if (value.length > MOST_ROWS)
      return [{ path: '', message: `Bảng có nhiều nhất ${MOST_ROWS} dòng; hãy bỏ bớt hoặc đính kèm danh sách.` }]
    const [min, max] = [question.min, question.max]
    if (typeof min === 'number' && value.length < min) return [{ path: '', message: question.error ?? `Ghi ít nhất ${min} dòng.` }]
    if (typeof max === 'number' && value.length > max) return [{ path: '', message: question.error ?? `Ghi nhiều nhất ${max} dòng.` }]
    return value.flatMap((row: Row, at) => answerColumns(question).flatMap((column) => cellFaults(column, row[column.key] ?? null, at)))

    function cellFaults(column: Question, cell: unknown, at: number): readonly Fault[] {
      const type = fieldType(column.type)
      const path = `${at}.${column.key}`
      const where = `Dòng ${at + 1}, ${column.label}: `
      if (cell === null) return column.required === true ? [{ path, message: `Dòng ${at + 1}: ${type.missing(column)}` }] : []
      return type
        .check(column, cell, env)
        .map((found) => ({ path: found.path ? `${path}.${found.path}` : path, message: where + found.message }))
    }
  },
  missing: (question) => sentence('Xin ghi ít nhất một dòng', question.label),
  jsonSchema(question, catalogs) {
    const columns = answerColumns(question)
    return {
      type: 'array',
      maxItems: MOST_ROWS,
      items: {
        type: 'object',
        properties: Object.fromEntries(
          columns.map((column) => [column.key, { title: column.label, ...fieldType(column.type).jsonSchema(column, catalogs) }]),
        ),
        required: columns.filter(({ required }) => required === true).map(({ key }) => key),
        additionalProperties: false,
      },
    }
  },
  show(question, value, catalogs) {
    if (!Array.isArray(value)) return ''
    const cells = (row: Row) =>
      answerColumns(question)
        .map((column) => ({ label: column.label, text: fieldType(column.type).show(column, row[column.key] ?? null, catalogs) }))
        .filter(({ text }) => text !== '')
        .map(({ label, text }) => `${label}: ${text}`)
    return value.map((row: Row, at) => `${at + 1}. ${cells(row).join('; ')}`).join('\n')
  },
  inputs: (question) => answerColumns(question).map(({ key }) => key),
  write(question, value) {
    if (!Array.isArray(value)) return {}
    const entries = value.flatMap((row: Row, at) =>
      answerColumns(question).flatMap((column) =>
        Object.entries(fieldType(column.type).write(column, row[column.key] ?? null)).map(
          ([part, text]) => [part ? `${at}.${column.key}.${part}` : `${at}.${column.key}`, text] as const,
        ),
      ),
    )
    return Object.fromEntries(entries)
  },
})
