// The fee tables in words: what stands in the DMN, as a table that somebody who sets fees can check against the law.

import type { Decision, Decisions, DecisionTable, Rule } from '#core/dmn/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import { feeConditionWords } from './fee-conditions.ts'
import { channelLabels, collectAtLabels, feeKindLabels } from './labels.ts'
import { cellCondition } from './rates.ts'
import type { Fee, ProcedureRecord } from './record.ts'

export interface FeeCell {
  readonly text: string
  /** An expression that no words were found for, shown as it is written. */
  readonly code: boolean
}

export interface FeeTableWords {
  readonly id: string
  readonly title: string
  /** How rows are chosen, in a sentence. */
  readonly policy: string
  readonly columns: readonly string[]
  /** Columns that hold amounts or numbers. */
  readonly numbers: readonly number[]
  readonly rows: readonly (readonly FeeCell[])[]
}

const POLICY_WORDS: Readonly<Record<DecisionTable['hitPolicy'], string>> = {
  U: 'Chỉ một dòng khớp (U).', A: 'Các dòng khớp cho cùng một kết quả (A).', P: 'Lấy dòng khớp có kết quả ưu tiên nhất (P).', F: 'Lấy dòng khớp đầu tiên từ trên xuống (F).',
  R: 'Mọi dòng khớp đều thu, theo thứ tự của bảng (R).', O: 'Mọi dòng khớp, theo thứ tự ưu tiên của kết quả (O).', C: 'Mọi dòng khớp (C).', 'C+': 'Cộng mọi dòng khớp (C+).',
  'C#': 'Đếm các kết quả khác nhau (C#).', 'C<': 'Lấy mức nhỏ nhất (C<).', 'C>': 'Lấy mức lớn nhất (C>).',
}

const plain = (text: string): FeeCell => ({ text, code: false })
const code = (text: string): FeeCell => ({ text, code: true })
const string = (feel: string): string | null => {
  try {
    const value: unknown = JSON.parse(feel)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}

function whenCell(record: ProcedureRecord, expression: string, tests: string): FeeCell {
  if (tests === '-' || tests === '') return plain('Mọi trường hợp')
  if (expression === 'channel') return channels(tests)
  const until = /^<= date\("(\d{4}-\d\d-\d\d)"\)$/.exec(tests)
  if (until) return plain(`Đến hết ${formatDate(until[1]!)}`)
  const from = /^>=? date\("(\d{4}-\d\d-\d\d)"\)$/.exec(tests)
  if (from) return plain(`Từ ${formatDate(from[1]!)}`)
  const span = /^\[date\("(\d{4}-\d\d-\d\d)"\)\.\.date\("(\d{4}-\d\d-\d\d)"\)\]$/.exec(tests)
  if (span) return plain(`Từ ${formatDate(span[1]!)} đến hết ${formatDate(span[2]!)}`)
  const bare = expression === 'true' ? (/^\((.*)\)$/s.exec(tests)?.[1] ?? tests) : (cellCondition(expression, tests) ?? tests)
  const words = feeConditionWords(record, bare)
  return words === null ? code(bare) : plain(words)
}

function channels(tests: string): FeeCell {
  const [, except] = /^not\((.*)\)$/.exec(tests) ?? []
  const named = (except ?? tests).split(',').map((one) => string(one.trim()))
  const labels = named.map((one) => (channelLabels as Readonly<Record<string, string>>)[one ?? ''])
  if (labels.some((label) => label === undefined)) return code(tests)
  return plain(except === undefined ? labels.join(', ') : `Kênh khác ngoài: ${labels.join(', ').toLocaleLowerCase('vi')}`)
}

function feeName(fee: Fee | undefined, said: string): string {
  return fee ? `${fee.name} (${feeKindLabels[fee.kind].toLocaleLowerCase('vi')}). ${collectAtLabels[fee.collectAt]}.` : said
}

function thenCell(fees: ReadonlyMap<string, Fee>, name: string, text: string): FeeCell {
  const said = string(text)
  if (name === 'code' && said !== null) return plain(feeName(fees.get(said), said))
  if (said !== null) return plain(said)
  if (text === 'null' || text === '' || text === '-') return plain('—')
  if (/^\d+$/.test(text)) return plain(name === 'percent' ? `${text}%` : Number(text) === 0 ? 'Miễn phí' : formatVnd(Number(text)))
  if (/^exemption_\d+\.(percent|reason)$/.test(text)) return plain('Theo bảng miễn, giảm')
  return /^rates_\d+\.full$/.test(text) ? plain('Theo bảng mức thu') : code(text)
}

/** Outputs that the notes of the row say already. */
const HIDDEN = new Set(['note', 'reason'])

function tableWords(record: ProcedureRecord, fees: ReadonlyMap<string, Fee>, decision: Decision, table: DecisionTable): FeeTableWords {
  const shown = table.outputs.map((output, i) => ({ output, i })).filter(({ output }) => !(HIDDEN.has(output.name) && table.annotations.includes('Diễn giải')))
  const inputs = table.inputs.map((input, i) => ({ input, i })).filter(({ i }) => table.rules.some((rule) => !['-', ''].includes(rule.when[i]!)))
  const row = (rule: Rule): FeeCell[] => [
    ...shown.filter(({ output }) => output.name === 'code').map(({ output, i }) => thenCell(fees, output.name, rule.gives[i]!)),
    ...inputs.map(({ input, i }) => whenCell(record, input.expression, rule.when[i]!)),
    ...shown.filter(({ output }) => output.name !== 'code').map(({ output, i }) => thenCell(fees, output.name, rule.gives[i]!)),
    ...table.annotations.map((_, i) => plain(rule.notes[i] || '—')),
  ]
  const columns = [
    ...shown.filter(({ output }) => output.name === 'code').map(({ output }) => output.label), ...inputs.map(({ input }) => input.label),
    ...shown.filter(({ output }) => output.name !== 'code').map(({ output }) => output.label), ...table.annotations,
  ]
  const numbers = columns.flatMap((label, i) => (shown.some(({ output }) => output.label === label && ['full', 'percent', 'amount', 'fullAmount'].includes(output.name)) ? [i] : []))
  const rows = table.rules.map(row)
  return { id: decision.id, title: decision.name, policy: POLICY_WORDS[table.hitPolicy], columns, numbers: numbers.filter((i) => rows.every((cells) => !cells[i]!.code)), rows }
}

/** Every table of the decisions, what is to be paid first. A literal expression is a table of one cell. Pure. */
export function feeTableWords(record: ProcedureRecord, tables: Decisions): FeeTableWords[] {
  const fees = new Map(record.fees.map((fee) => [fee.code, fee]))
  const drawn = record.feeDmn === undefined
  return tables.decisions.toReversed().flatMap((decision) => {
    if (decision.logic.kind === 'table') return decision.logic.rules.length === 0 ? [] : [tableWords(record, fees, decision, decision.logic)]
    if (drawn) return []
    return [{ id: decision.id, title: decision.name, policy: 'Một biểu thức.', columns: ['Biểu thức FEEL'], numbers: [], rows: [[code(decision.logic.text)]] }]
  })
}
