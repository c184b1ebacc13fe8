// A decision table drawn in another tool taken as the rows of a fee: its columns are given questions of the form, its values options, its policy a plain word.

import { type DecisionTable, readTests } from '#core/dmn/index.ts'
import { checkFeel } from '#core/feel/index.ts'
import type { Question } from '#core/form/types.ts'
import { fold } from '#core/text/index.ts'
import { channelLabels } from './labels.ts'
import { amountOf, cellCondition } from './rates.ts'
import { CHANNELS, type ProcedureRecord, type Rate } from './record.ts'

/** What a column of the file is here: a question's key, the channel, the day of receipt, or nothing (its cells must then all be open). */
export type ColumnIs = { readonly question: string } | 'channel' | 'receivedOn' | null

const POLICIES: Readonly<Record<DecisionTable['hitPolicy'], string | null>> = {
  U: null, A: 'Bảng cho nhiều dòng cùng khớp nếu kết quả như nhau (ANY). Ở đây mỗi trường hợp đúng một dòng; chỗ chồng sẽ được báo để sửa.',
  F: 'Bảng lấy dòng khớp đầu tiên (FIRST). Ở đây thứ tự không quyết định; chỗ chồng sẽ được báo để thêm điều kiện.', P: 'Bảng chọn theo ưu tiên của kết quả (PRIORITY). Ở đây mỗi trường hợp đúng một dòng; chỗ chồng sẽ được báo.',
  R: 'Bảng lấy mọi dòng khớp (RULE ORDER): mỗi dòng có thể là một khoản riêng. Nhận vào đây thì mỗi trường hợp đúng một dòng.', O: 'Bảng lấy mọi dòng khớp (OUTPUT ORDER). Nhận vào đây thì mỗi trường hợp đúng một dòng.',
  C: 'Bảng gom mọi dòng khớp (COLLECT). Nhận vào đây thì mỗi trường hợp đúng một dòng.', 'C+': 'Bảng cộng mọi dòng khớp (COLLECT SUM). Hãy tách thành nhiều khoản thu; nhận vào đây thì mỗi trường hợp đúng một dòng.',
  'C#': 'Bảng đếm các dòng khớp (COLLECT COUNT), không phải bảng mức thu.', 'C<': 'Bảng lấy mức nhỏ nhất (COLLECT MIN). Ở đây mỗi trường hợp đúng một dòng; chỗ chồng sẽ được báo.', 'C>': 'Bảng lấy mức lớn nhất (COLLECT MAX). Ở đây mỗi trường hợp đúng một dòng; chỗ chồng sẽ được báo.',
}

/** What must be known of a table's way of choosing rows before it is taken; null: it chooses as our tables do. */
export const policyNote = (table: DecisionTable): string | null => POLICIES[table.hitPolicy]

const questionsOf = (record: Pick<ProcedureRecord, 'form'>): readonly Question[] => record.form.sections.flatMap((section) => section.questions as readonly Question[])
const plain = (text: string): string => fold(text).replace(/[^a-z0-9]+/g, ' ').trim()

/** What a column most likely is, by its words. */
export function guessColumn(record: Pick<ProcedureRecord, 'form'>, input: DecisionTable['inputs'][number]): ColumnIs {
  if (input.expression === 'channel' || /\b(kenh|cach nop|channel)\b/.test(plain(input.label))) return 'channel'
  if (/receivedOn/.test(input.expression) || /\b(ngay nhan|ngay nop)\b/.test(plain(input.label))) return 'receivedOn'
  const key = /form\.(\w+)/.exec(input.expression)?.[1]
  const questions = questionsOf(record)
  const found = questions.find((one) => one.key === key) ?? questions.find((one) => one.key === input.expression.trim()) ?? questions.find((one) => plain(one.label) === plain(input.label))
    ?? questions.find((one) => plain(input.label) !== '' && plain(one.label).includes(plain(input.label)))
  return found ? { question: found.key } : null
}

/** The output that gives the amount: the one named so, else the first of numbers. */
export function amountColumn(table: DecisionTable): number {
  const named = table.outputs.findIndex((output) => ['full', 'amount', 'fullAmount', 'fee'].includes(output.name))
  if (named >= 0) return named
  const numeric = table.outputs.findIndex((_, at) => table.rules.every((rule) => /^\s*\d+(\.\d+)?\s*$/.test(rule.gives[at] ?? '')))
  return Math.max(0, numeric)
}

interface Column {
  readonly expression: string
  readonly options: ReadonlyMap<string, string>
}

function columnOf(record: Pick<ProcedureRecord, 'form'>, is: ColumnIs): Column | null {
  if (is === null) return null
  if (is === 'channel') return { expression: 'channel', options: new Map(CHANNELS.flatMap((channel) => [[plain(channel), channel], [plain(channelLabels[channel]), channel]])) }
  if (is === 'receivedOn') return { expression: 'date(receivedOn)', options: new Map() }
  const question = questionsOf(record).find((one) => one.key === is.question)
  if (!question) return null
  const expression = question.type === 'date' ? `date(form.${question.key})` : `form.${question.key}`
  return { expression, options: new Map((question.options ?? []).flatMap((option) => [[plain(option.label), option.value], [plain(option.value), option.value]])) }
}

/** Texts of a cell in the values that the form knows; null names the first that it does not. */
function translated(tests: string, column: Column): { tests: string; unknown: string | null } {
  let unknown: string | null = null
  if (column.options.size === 0) return { tests, unknown }
  const said = tests.replace(/"((?:[^"\\]|\\.)*)"/g, (whole, text: string) => {
    const value = column.options.get(plain(text))
    if (value === undefined) unknown ??= text
    return value === undefined ? whole : JSON.stringify(value)
  })
  return { tests: said, unknown }
}

export interface Taken {
  readonly rates: readonly Rate[]
  /** What could not be taken, row by row; with any, nothing is. */
  readonly faults: readonly string[]
}

/** The rows of a foreign table. Every condition is taken or named; none is dropped in silence. */
export function takeTable(record: Pick<ProcedureRecord, 'form'>, table: DecisionTable, columns: readonly ColumnIs[], amountAt = amountColumn(table)): Taken {
  const faults: string[] = []
  const own = columns.map((is) => columnOf(record, is))
  const rates = table.rules.map((rule, at): Rate => {
    const where = `Dòng ${at + 1}`
    const conditions: string[] = []
    let rate: Rate = { id: `dong_${at + 1}` }
    for (const [i, tests] of rule.when.entries()) {
      const { pieces } = readTests(tests)
      if (pieces === null) continue
      const label = table.inputs[i]?.label ?? `cột ${i + 1}`
      const column = own[i]
      if (!column) {
        faults.push(`${where}: cột “${label}” có điều kiện ${tests} nhưng chưa chọn là câu hỏi nào.`)
        continue
      }
      const { tests: said, unknown } = translated(tests, column)
      if (unknown !== null) {
        faults.push(`${where}: tờ khai không có lựa chọn “${unknown}” cho cột “${label}”.`)
        continue
      }
      if (column.expression === 'channel') {
        const { negated } = readTests(said)
        const channels = CHANNELS.filter((channel) => said.includes(JSON.stringify(channel)) !== negated)
        if (channels.length > 0) rate = { ...rate, channels }
        continue
      }
      const span = column.expression === 'date(receivedOn)' ? daysOf(said) : null
      if (span) rate = { ...rate, ...span }
      else {
        const condition = cellCondition(column.expression, said) ?? negatedCondition(column.expression, said)
        if (condition === null) faults.push(`${where}, cột “${label}”: điều kiện ${tests} không có cách viết ở đây; tách thành nhiều dòng hoặc viết lại.`)
        else conditions.push(condition)
      }
    }
    const amount = (rule.gives[amountAt] ?? '').trim()
    const problem = amount === '' || amount === '-' ? 'chưa có mức thu' : checkFeel(amount)
    if (problem) faults.push(`${where}: ${problem}`)
    const foreign = problem ? [] : [...amount.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/(?<![\w.])([A-Za-z_]\w*)(?!\s*\()/g)].map((match) => match[1]!).filter((name) => !['form', 'channel', 'receivedOn', 'if', 'then', 'else', 'and', 'or', 'null', 'true', 'false', 'for', 'in', 'return'].includes(name))
    if (foreign.length > 0) faults.push(`${where}: mức thu ${amount} đọc “${foreign[0]}” mà tờ khai không có; viết bằng form.ten_cau_hoi.`)
    const note = rule.notes.map((one) => one.trim()).find(Boolean)
    return { ...rate, ...(problem ? { amount: 0 } : amountOf(amount, undefined)), ...(conditions.length > 0 ? { when: conditions.join(' and ') } : {}), ...(note ? { legal: note } : {}) }
  })
  if (rates.length === 0) faults.push('Bảng không có dòng nào.')
  if (table.hitPolicy === 'C#') faults.push('Bảng đếm các dòng khớp, không phải bảng mức thu.')
  return { rates, faults: [...new Set(faults)] }
}

function negatedCondition(expression: string, tests: string): string | null {
  const { negated, pieces } = readTests(tests)
  if (!negated || !pieces) return null
  const parts = pieces.map((piece) => cellCondition(expression, piece))
  return parts.includes(null) ? null : parts.length === 1 ? `not(${parts[0]})` : `not(${parts.join(' or ')})`
}

/** Days of the table as first and last day. `> d` begins the day after. */
function daysOf(tests: string): Pick<Rate, 'from' | 'until'> | null {
  const day = 'date\\("(\\d{4}-\\d\\d-\\d\\d)"\\)'
  const both = new RegExp(`^\\[\\s*${day}\\s*\\.\\.\\s*${day}\\s*\\]$`).exec(tests.trim())
  if (both) return { from: both[1]!, until: both[2]! }
  const from = new RegExp(`^>=\\s*${day}$`).exec(tests.trim())
  if (from) return { from: from[1]! }
  const until = new RegExp(`^<=\\s*${day}$`).exec(tests.trim())
  return until ? { until: until[1]! } : null
}
