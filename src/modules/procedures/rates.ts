// The table of one fee: its rows drawn as a decision table with a column for each question, and read back from one.

import type { DecisionTable, Rule } from '#core/dmn/index.ts'
import { split, unwrapped } from './fee-conditions.ts'
import { CHANNELS, type ProcedureRecord, type Rate } from './record.ts'

export const RATE_TABLE = /^rates_(\d+)$/
export const rateTableId = (at: number): string => `rates_${at + 1}`

const FREE = 'true'
const CHANNEL = 'channel'
const DAY = 'date(receivedOn)'

interface Cell {
  readonly column: string
  readonly tests: string
}

const TEXT = '"(?:[^"\\\\]|\\\\.)*"'
const NUMBER = '-?\\d+(?:\\.\\d+)?'
const TERM = '(form\\.\\w+(?:\\.\\w+)?|date\\(form\\.\\w+\\))'
const VALUE = `(${TEXT}|${NUMBER}|true|false|date\\("\\d{4}-\\d\\d-\\d\\d"\\))`

/** One comparison as a cell under its own column; null for what has no column of its own. */
function cellOf(condition: string): Cell | null {
  const text = unwrapped(condition)
  const compared = new RegExp(`^${TERM}\\s*(<=|>=|<|>|=)\\s*${VALUE}$`).exec(text)
  if (compared) return { column: compared[1]!, tests: compared[2] === '=' ? compared[3]! : `${compared[2]} ${compared[3]}` }
  const listed = new RegExp(`^list contains\\(\\[((?:${TEXT})(?:\\s*,\\s*${TEXT})*)\\],\\s*${TERM}\\)$`).exec(text)
  if (listed) return { column: listed[2]!, tests: listed[1]!.split(/,\s*(?=")/).join(', ') }
  const either = split(text, 'or').map((piece) => new RegExp(`^${TERM}\\s*=\\s*(${TEXT})$`).exec(unwrapped(piece)))
  if (either.length > 1 && either.every((one) => one && one[1] === either[0]![1])) return { column: either[0]![1]!, tests: either.map((one) => one![2]).join(', ') }
  const within = new RegExp(`^${TERM} in ([[(]${NUMBER}\\.\\.${NUMBER}[\\])])$`).exec(text)
  return within ? { column: within[1]!, tests: within[2]! } : null
}

/** `form.x` and `"a", "b"` → `(form.x = "a" or form.x = "b")`: what a cell says, as a condition by itself. Null for a cell without limits. */
export function cellCondition(column: string, tests: string): string | null {
  const text = tests.trim()
  if (text === '-' || text === '') return null
  if (column === FREE) return unwrapped(text)
  if (/^(<=|>=|<|>|=|!=)/.test(text)) return `${column} ${text.replace(/^(<=|>=|!=|<|>|=)\s*/, '$1 ')}`
  if (new RegExp(`^${TEXT}(\\s*,\\s*${TEXT})+$`).test(text)) return `(${text.split(/,\s*(?=")/).map((one) => `${column} = ${one}`).join(' or ')})`
  if (new RegExp(`^${VALUE}$`).test(text)) return `${column} = ${text}`
  const range = new RegExp(`^([[(])(${NUMBER})\\.\\.(${NUMBER})([\\])])$`).exec(text)
  return range ? `${column} ${range[1] === '[' ? '>=' : '>'} ${range[2]} and ${column} ${range[4] === ']' ? '<=' : '<'} ${range[3]}` : null
}

/** `> 100` and `<= 500` under one column → `(100..500]`; null for cells that are no two ends of one stretch. */
function between(one: string, other: string): string | null {
  const low = [one, other].find((cell) => new RegExp(`^>=? ${NUMBER}$`).test(cell))
  const high = [one, other].find((cell) => new RegExp(`^<=? ${NUMBER}$`).test(cell))
  if (!low || !high) return null
  const [from, to] = [low.replace(/^>=? /, ''), high.replace(/^<=? /, '')]
  return Number(from) < Number(to) ? `${low.startsWith('>=') ? '[' : '('}${from}..${to}${high.startsWith('<=') ? ']' : ')'}` : null
}

/** The cells of a row: a column each for what is compared once, the rest in words of FEEL. */
function cellsOf(rate: Rate): { own: Map<string, string>; free: string } {
  const own = new Map<string, string>()
  const rest: string[] = []
  for (const piece of rate.when === undefined ? [] : split(unwrapped(rate.when), 'and')) {
    const cell = cellOf(piece)
    const stretch = cell && own.has(cell.column) ? between(own.get(cell.column)!, cell.tests) : null
    if (cell && stretch) own.set(cell.column, stretch)
    else if (cell && !own.has(cell.column)) own.set(cell.column, cell.tests)
    else rest.push(unwrapped(piece))
  }
  return { own, free: rest.length === 0 ? '-' : `(${rest.map((one) => (rest.length > 1 ? `(${one})` : one)).join(' and ')})` }
}

const named = (channels: readonly string[] | undefined): string => (channels ? CHANNELS.filter((one) => channels.includes(one)).map((one) => JSON.stringify(one)).join(', ') : '-')

function days({ from, until }: Rate): string {
  if (from && until) return `[date("${from}")..date("${until}")]`
  if (from) return `>= date("${from}")`
  return until ? `<= date("${until}")` : '-'
}

/** What a row asks for, as FEEL over the form. */
export function rateAmount({ amount = 0, formula, per }: Rate, isTable: (question: string) => boolean): string {
  if (formula !== undefined) return formula
  if (!per) return String(amount)
  const count = isTable(per.count) ? `count(form.${per.count})` : `form.${per.count}`
  const each = per.beyond ? `${amount} * max(0, ${count} - ${per.beyond})` : `${amount} * ${count}`
  return per.most === undefined ? each : `min(${per.most}, ${each})`
}

const questionOf = (record: Pick<ProcedureRecord, 'form'>, key: string) => record.form.sections.flatMap((section) => section.questions).find((one) => one.key === key)
export const isTableQuestion = (record: Pick<ProcedureRecord, 'form'>) => (key: string): boolean => questionOf(record, key)?.type === 'table'

/** Title of a column: the question's own words. */
function columnLabel(record: Pick<ProcedureRecord, 'form'>, column: string): string {
  const key = /form\.(\w+)/.exec(column)?.[1]
  return (key && questionOf(record, key)?.label) ?? column
}

const text = (value: string | undefined): string => (value === undefined ? 'null' : JSON.stringify(value))
const result = (name: string, label: string) => ({ name, label, values: [], fallback: name === 'full' ? 'null' : null })

/** The table of a fee's rows. A case that no row covers has no amount yet; that no such case is left is for `feeFaults` to see to. */
export function rateTable(record: Pick<ProcedureRecord, 'form'>, at: number, rates: readonly Rate[]): DecisionTable {
  const rows = rates.map((rate) => ({ rate, cells: cellsOf(rate) }))
  const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.own.keys()]))]
  const free = rows.some(({ cells }) => cells.free !== '-')
  const isTable = isTableQuestion(record)
  return {
    kind: 'table', hitPolicy: 'U',
    inputs: [
      { label: 'Kênh nộp', expression: CHANNEL, values: null }, { label: 'Ngày nhận', expression: DAY, values: null },
      ...columns.map((column) => ({ label: columnLabel(record, column), expression: column, values: null })),
      ...(free ? [{ label: 'Điều kiện khác', expression: FREE, values: null }] : []),
    ],
    outputs: [result('full', 'Mức thu (đồng)'), result('note', 'Diễn giải')],
    annotations: ['Căn cứ'],
    rules: rows.map(({ rate, cells }): Rule => ({
      id: `${rateTableId(at)}_${rate.id}`,
      when: [named(rate.channels), days(rate), ...columns.map((column) => cells.own.get(column) ?? '-'), ...(free ? [cells.free] : [])],
      gives: [rateAmount(rate, isTable), text(rate.whenText)], notes: [rate.legal ?? ''],
    })),
  }
}

function channelsOf(tests: string): Rate['channels'] | null | undefined {
  if (tests.trim() === '-' || tests.trim() === '') return undefined
  const names = tests.split(',').map((one) => one.trim().replace(/^"(.*)"$/, '$1'))
  return names.every((one): one is (typeof CHANNELS)[number] => (CHANNELS as readonly string[]).includes(one)) ? names : null
}

const DATE = 'date\\("(\\d{4}-\\d\\d-\\d\\d)"\\)'
function daysOf(tests: string): Pick<Rate, 'from' | 'until'> | null {
  const said = tests.trim()
  if (said === '-' || said === '') return {}
  const both = new RegExp(`^\\[${DATE}\\.\\.${DATE}\\]$`).exec(said)
  if (both) return { from: both[1]!, until: both[2]! }
  const from = new RegExp(`^>=\\s*${DATE}$`).exec(said)
  if (from) return { from: from[1]! }
  const until = new RegExp(`^<=\\s*${DATE}$`).exec(said)
  return until ? { until: until[1]! } : null
}

export function amountOf(said: string, known: Rate | undefined): Pick<Rate, 'amount' | 'formula' | 'per'> {
  const bare = said.trim()
  if (/^\d+$/.test(bare)) return { amount: Number(bare) }
  const capped = /^min\((\d+), (.+)\)$/.exec(bare)
  const turned = (capped?.[2] ?? bare).replace(/^(form\.\w+|count\(form\.\w+\)) \* (\d+)$/, '$2 * $1')
  const each = /^(\d+) \* (?:max\(0, (.+) - (\d+)\)|(.+))$/.exec(turned)
  const counted = each && /^(?:form\.(\w+)|count\(form\.(\w+)\))$/.exec(each[2] ?? each[4]!)
  if (!each || !counted) return { formula: bare }
  const count = counted[1] ?? counted[2]!
  return {
    amount: Number(each[1]),
    per: { count, word: known?.per?.count === count ? known.per.word : 'đơn vị', ...(each[3] ? { beyond: Number(each[3]) } : {}), ...(capped ? { most: Number(capped[1]) } : {}) },
  }
}

const said = (feel: string | undefined): string | undefined => {
  try {
    const value: unknown = JSON.parse(feel ?? '')
    return typeof value === 'string' && value !== '' ? value : undefined
  } catch {
    return undefined
  }
}

/** The rows that a drawn table says; null when it says something that rows cannot. `before` keeps the names of rows and the words of units. */
export function ratesOf(table: DecisionTable, before: readonly Rate[] = []): Rate[] | null {
  const full = table.outputs.findIndex((output) => output.name === 'full')
  if (table.hitPolicy !== 'U' || full < 0 || table.rules.length === 0) return null
  const note = table.outputs.findIndex((output) => output.name === 'note')
  const names = new Set<string>()
  const fresh = (wanted: string): string => {
    let name = /^[a-z][a-z0-9_]*$/.test(wanted) ? wanted : 'dong_1'
    for (let n = names.size + 1; names.has(name); n++) name = `dong_${n}`
    names.add(name)
    return name
  }
  const found: Rate[] = []
  for (const rule of table.rules) {
    const id = fresh(/^rates_\d+_(.+)$/.exec(rule.id)?.[1] ?? rule.id.toLowerCase())
    let rate: Rate = { id, ...amountOf(rule.gives[full]!, before.find((one) => one.id === id)) }
    const conditions: string[] = []
    for (const [at, { expression }] of table.inputs.entries()) {
      const tests = rule.when[at]!
      if (expression === CHANNEL) {
        const channels = channelsOf(tests)
        if (channels === null) return null
        if (channels) rate = { ...rate, channels }
      } else if (expression === DAY) {
        const span = daysOf(tests)
        if (span === null) return null
        rate = { ...rate, ...span }
      } else if (tests.trim() !== '-' && tests.trim() !== '') {
        const condition = cellCondition(expression, tests)
        if (condition === null) return null
        conditions.push(condition)
      }
    }
    const when = conditions.length === 0 ? undefined : conditions.map((one) => (conditions.length > 1 && split(one, 'or').length > 1 ? `(${one})` : one)).join(' and ')
    const words = note < 0 ? undefined : said(rule.gives[note])
    const legal = rule.notes[0]?.trim()
    found.push({ ...rate, ...(when ? { when } : {}), ...(words ? { whenText: words } : {}), ...(legal ? { legal } : {}) })
  }
  return found
}
