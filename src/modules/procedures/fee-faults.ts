// Holes and overlaps of a record's fee tables in words that a clerk understands, each with a case in which it happens.

import { type Decision, type Decisions, type DecisionTable, type Given, namesIn, type TableFault, tableFaults } from '#core/dmn/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import type { Fault } from './faults.ts'
import { feeConditionWords, side } from './fee-conditions.ts'
import { type FeeWorld, feeWorld } from './fee-domains.ts'
import { channelLabels } from './labels.ts'
import { RATE_TABLE } from './rates.ts'
import type { ProcedureRecord } from './record.ts'

export interface FeeFault extends Fault {
  readonly kind: TableFault['kind']
  /** Id of the decision, and the rows as its table shows them. */
  readonly table: string
  readonly rows: readonly number[]
  /** Keeps the record from being published; else worth a second look. */
  readonly stops: boolean
}

const lower = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
const number = (value: number): string => value.toLocaleString('vi-VN')

/** `Diện tích thửa đất (m²)` and 120 → `diện tích thửa đất 120 m²`. */
function measured(label: string, said: string): string {
  const unit = /^(.*?)\s*\(([^)]{1,12})\)\s*\??$/.exec(label)
  if (unit) return `${lower(unit[1]!)} ${said} ${unit[2]}`
  return label.endsWith('?') ? `“${label}” ${said}` : `${lower(label)} ${said}`
}

function termWords(record: ProcedureRecord, { term, is }: Given): string {
  if (term === 'channel') return lower(channelLabels[is.sample as keyof typeof channelLabels] ?? `kênh ${is.sample}`)
  if (term === 'date(receivedOn)' || term === 'receivedOn') return `nhận ngày ${formatDate(String(is.sample))}`
  const key = /^(?:date\()?form\.(\w+)/.exec(term)?.[1]
  const question = record.form.sections.flatMap((section) => section.questions).find((one) => one.key === key)
  if (!question) return is.kind === 'none' ? `chưa biết ${term}` : `${term} là ${is.sample}`
  if (is.kind === 'none') return `chưa trả lời “${question.label}”`
  const option = question.options?.find((one) => one.value === is.sample)
  // an option that says itself what it is about needs no question before it
  if (option) return option.label.length > 7 ? lower(option.label) : `“${question.label}” ${lower(option.label)}`
  if (typeof is.sample === 'boolean') return `${is.sample ? 'có' : 'không'} chọn “${question.label}”`
  if (typeof is.sample === 'number') return measured(question.label, question.type === 'money' ? formatVnd(Math.round(is.sample)) : question.type === 'year' ? String(is.sample) : number(is.sample))
  if (is.kind === 'other') return `“${question.label}” là điều khác với các dòng`
  return measured(question.label, question.type === 'date' ? formatDate(String(is.sample)) : `“${is.sample}”`)
}

const SIGNS: Readonly<Record<string, string>> = { '<': 'trước', '=': 'đúng', '>': 'sau' }
const SIGNS_NUMBER: Readonly<Record<string, string>> = { '<': 'nhỏ hơn', '=': 'bằng', '>': 'lớn hơn' }

function givenWords(record: ProcedureRecord, given: Given): string {
  if (given.kind === 'term') return [given.is, ...(given.also ?? []).map((sample) => ({ kind: 'value', sample }) as const)].map((is) => termWords(record, { ...given, is })).join(' hoặc ')
  if (given.kind === 'opaque') {
    const words = feeConditionWords(record, given.term) ?? given.term
    return given.is.sample === true ? lower(words) : `không phải: ${lower(words)}`
  }
  // Said from the side of the day of receipt, as people do.
  const [left, right] = given.term.split(' ⋛ ') as [string, string]
  const turned = right.includes('receivedOn') && !left.includes('receivedOn')
  const [one, other] = turned ? [right, left] : [left, right]
  const names = [side(record, one) ?? one, side(record, other) ?? other]
  if (given.is.kind === 'none') return `chưa biết ${names.join(' hoặc ')}`
  const sign = turned ? ({ '<': '>', '>': '<', '=': '=' } as const)[given.is.sample as '<' | '=' | '>'] : (given.is.sample as string)
  return `${names[0]} ${(/date\(/.test(given.term) ? SIGNS : SIGNS_NUMBER)[sign]} ${names[1]}`
}

/** The case of a fault: `Hộ nghèo, nộp trực tuyến, diện tích 120 m²`. */
export const caseWords = (record: ProcedureRecord, example: readonly Given[]): string =>
  example.length === 0 ? 'Mọi trường hợp' : capital(example.map((given) => givenWords(record, given)).join(', '))

const list = (rows: readonly number[]): string => (rows.length === 1 ? `dòng ${rows[0]}` : `các dòng ${rows.join(', ')}`)

function sentence(record: ProcedureRecord, table: string, fault: TableFault): string {
  const where = caseWords(record, fault.example)
  switch (fault.kind) {
    case 'hole':
      return `${table}: ${where}: không có dòng nào. Thêm một dòng cho trường hợp này (không thu thì ghi 0 đồng).`
    case 'overlap':
      return `${table}: ${where}: dòng ${fault.rows[0]} và dòng ${fault.rows[1]} cùng khớp, không biết thu theo dòng nào. Sửa điều kiện cho hai dòng rời nhau.`
    case 'never':
      return `${table}: dòng ${fault.rows[0]} không bao giờ khớp vì các điều kiện của dòng loại trừ nhau hoặc đã hết hạn. Sửa hoặc bỏ dòng này.`
    case 'shadowed':
      return `${table}: dòng ${fault.rows[0]} không bao giờ được dùng vì ${list(fault.rows.slice(1))} đã nhận hết các trường hợp của nó, ví dụ: ${lower(where)}. Đổi thứ tự hoặc bỏ dòng.`
    default:
      return `${table}: bảng có quá nhiều điều kiện nên không soát hết được chỗ hở và chỗ chồng; hãy thử tay các trường hợp chính hoặc tách bảng.`
  }
}

function around({ domains, impossible }: FeeWorld, table: DecisionTable) {
  const names = namesIn([...table.inputs.map((input) => input.expression), ...table.rules.flatMap((rule) => rule.when)].join(' '))
  return { domains, impossible: names.flatMap((name) => impossible.get(name.replace(/^form\./, '')) ?? []) }
}

/** Rows of a collecting table that would charge the same fee twice. */
function twice(table: DecisionTable, surroundings: ReturnType<typeof around>): TableFault[] {
  const code = table.outputs.findIndex((output) => output.name === 'code')
  if (code < 0 || !['R', 'O', 'C'].includes(table.hitPolicy)) return []
  const groups = Map.groupBy(table.rules.map((rule, at) => ({ rule, at: at + 1 })), ({ rule }) => rule.gives[code]!.trim())
  return [...groups.values()].flatMap((rows) => {
    if (rows.length < 2) return []
    const found = tableFaults({ ...table, rules: rows.map(({ rule }) => rule) }, { ...surroundings, as: 'U' }).filter((one) => one.kind === 'overlap')
    return found.map((one) => ({ ...one, rows: one.rows.map((row) => rows[row - 1]!.at) }))
  })
}

const ORDER: Readonly<Record<TableFault['kind'], number>> = { hole: 0, overlap: 1, shadowed: 2, never: 3, complex: 4 }

function ofTable(record: ProcedureRecord, world: FeeWorld, decision: Decision, table: DecisionTable): FeeFault[] {
  const own = record.feeDmn === undefined ? RATE_TABLE.exec(decision.id) : null
  const at = own ? Number(own[1]) - 1 : null
  const fee = at === null ? undefined : record.fees[at]
  const asked = around(world, table)
  // rows need not say anything of cases in which the fee is not charged at all
  const surroundings = fee?.when === undefined ? asked : { ...asked, impossible: [...asked.impossible, `if (${fee.when}) then false else true`] }
  const name = fee ? `Khoản “${fee.name}”` : `Bảng “${decision.name}”`
  return [...tableFaults(table, surroundings), ...twice(table, surroundings)]
    .sort((one, other) => ORDER[one.kind] - ORDER[other.kind])
    .map((fault) => {
      const row = fault.kind === 'hole' || fault.rows.length === 0 ? '' : `[${fault.rows[0]! - 1}]`
      const path = record.feeDmn !== undefined ? 'feeDmn' : at === null ? 'fees' : `fees[${at}].rates${row}`
      return { path, message: sentence(record, name, fault), kind: fault.kind, table: decision.id, rows: fault.rows, stops: fault.sure && ['hole', 'overlap', 'shadowed'].includes(fault.kind) }
    })
}

/** Everything wrong with the fee tables of a record as wholes. Pure; some milliseconds for tables that people write. */
export function feeFaults(record: ProcedureRecord, tables: Decisions): FeeFault[] {
  const world = feeWorld(record)
  return tables.decisions.flatMap((decision) => (decision.logic.kind === 'table' ? ofTable(record, world, decision, decision.logic) : []))
}
