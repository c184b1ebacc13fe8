// Fees written the older way (one amount, by channel, a formula) as rows of a table; and a drawn DMN file back as rows and exemptions.

import { type Decisions, parseDmn } from '#core/dmn/index.ts'
import { addDays } from '#core/workdays/index.ts'
import { feeDecisions, FEES } from './dmn.ts'
import { split, unwrapped } from './fee-conditions.ts'
import { amountOf, RATE_TABLE, ratesOf } from './rates.ts'
import { CHANNELS, type Exemption, type Fee, type ProcedureRecord, type Rate } from './record.ts'

/** The rows that a fee says, whichever way it is written. A fee that ends on a day is not charged afterwards: a row of 0 đồng says so. */
export function ratesFrom(fee: Fee, channels: readonly string[] = CHANNELS): Rate[] {
  if (fee.rates) return [...fee.rates]
  const own = CHANNELS.filter((channel) => fee.channelAmounts?.[channel] !== undefined && channels.includes(channel))
  const rest: Plain[] = fee.formula !== undefined ? branches(fee.formula, []) : fee.amount === undefined ? [] : [{ amount: fee.amount }]
  const groups = [...Map.groupBy(own, (channel) => Math.max(0, fee.channelAmounts![channel]!))]
  const others = CHANNELS.filter((channel) => !own.includes(channel) && channels.includes(channel))
  const rows: Omit<Rate, 'id'>[] = groups.map(([amount, of]) => ({ ...(of.length === channels.length ? {} : { channels: of }), amount }))
  if (own.length === 0) rows.push(...rest)
  else if (others.length > 0) rows.push(...rest.map((row) => ({ channels: others, ...row })))
  const legal = fee.legal === undefined ? {} : { legal: fee.legal }
  const dated = rows.map((row) => ({ ...row, ...(fee.until ? { until: fee.until } : {}), ...legal }))
  if (fee.until) dated.push({ from: addDays(fee.until, 1), amount: 0, whenText: 'Không thu nữa', ...legal })
  return dated.map((row, i) => ({ id: `dong_${i + 1}`, ...row }))
}

type Plain = Pick<Rate, 'amount' | 'formula' | 'per' | 'when'>

/** `if C then A else B` → a row for C and a row for what is left, branch by branch; anything else is one row. */
function branches(formula: string, conditions: readonly string[]): Plain[] {
  const parts = splitIf(unwrapped(formula))
  const known = parts && [parts.when, ...conditions].every((one) => opposite(one) !== null)
  if (!parts || !known) {
    const when = conditions.map((one) => (split(one, 'or').length > 1 ? `(${one})` : one)).join(' and ')
    return [{ ...amountOf(unwrapped(formula), undefined), ...(when ? { when } : {}) }]
  }
  return [...branches(parts.yes, [...conditions, parts.when]), ...branches(parts.no, [...conditions, opposite(parts.when)!])]
}

const OPPOSITE: Readonly<Record<string, string>> = { '<=': '>', '<': '>=', '>=': '<', '>': '<=', '=': '!=', '!=': '=' }

/** The other side of one comparison; null for anything longer, which stays a formula. */
function opposite(condition: string): string | null {
  const [, left, sign, right] = /^(form\.\w+|channel)\s*(<=|>=|!=|<|>|=)\s*("[^"]*"|-?\d+(?:\.\d+)?)$/.exec(unwrapped(condition)) ?? []
  return left && sign && right ? `${left} ${OPPOSITE[sign]} ${right}` : null
}

function splitIf(text: string): { when: string; yes: string; no: string } | null {
  if (!/^if\b/.test(text)) return null
  let [depth, ifs, then, otherwise] = [0, 0, -1, -1]
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[([{]|[)\]}]|\b(?:if|then|else)\b/g)) {
    if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    else if (depth > 0) continue
    else if (sign === 'if') ifs++
    else if (sign === 'then' && ifs === 1 && then < 0) then = index
    else if (sign === 'else' && --ifs === 0) otherwise = index
  }
  if (then < 0 || otherwise < 0) return null
  return { when: text.slice(2, then).trim(), yes: text.slice(then + 4, otherwise).trim(), no: text.slice(otherwise + 4).trim() }
}

/** The same fee as a table. What holds for all its rows (when it is charged at all) stays with the fee. */
export function asTable(fee: Fee, channels: readonly string[]): Fee {
  if (fee.rates) return fee
  const { amount: _a, formula: _f, channelAmounts: _c, until: _u, ...rest } = fee
  const rates = ratesFrom(fee, channels)
  return rates.length === 0 ? rest : { ...rest, rates }
}

/** The record with every fee as a table: what DMN draws of it is then what the plain table shows. */
export const tabledRecord = (record: ProcedureRecord): ProcedureRecord =>
  (record.feeDmn === undefined ? { ...record, fees: record.fees.map((fee) => asTable(fee, record.channels.map((one) => one.channel))) } : record)

export interface FeePart {
  readonly fees: readonly Fee[]
  readonly exemptions?: readonly Exemption[]
  readonly feeDmn?: string
}

/**
 * What a DMN file says, in the simplest form that says all of it: rows and exemptions when the file is one that we draw, else the file itself,
 * with fees that only name their lines. Throws DmnError for a file that cannot be run.
 */
export async function adoptDmn(record: ProcedureRecord, xml: string): Promise<FeePart & { readonly plain: boolean }> {
  const tables = await parseDmn(xml)
  const named = record.fees.map(({ code, name, kind, collectAt, legal, sure }) => ({ code, name, kind, collectAt, ...(legal === undefined ? {} : { legal }), ...(sure === undefined ? {} : { sure }) }))
  const plain = readDrawn(record, tables)
  if (plain) return { ...plain, plain: true }
  return { fees: named, feeDmn: xml, plain: false }
}

/** Rows and exemptions of a drawn graph; null when drawing them again would not give this graph. */
function readDrawn(record: ProcedureRecord, tables: Decisions): FeePart | null {
  if (record.feeDmn !== undefined || !tables.decisions.some((one) => one.id === FEES)) return null
  let readable = true
  const fees = record.fees.map((fee, at) => {
    const decision = tables.decisions.find((one) => one.id === `rates_${at + 1}`)
    if (decision?.logic.kind !== 'table' || !RATE_TABLE.test(decision.id)) return fee
    const rates = ratesOf(decision.logic, fee.rates)
    if (!rates) readable = false
    return { ...fee, rates: rates ?? fee.rates }
  })
  if (!readable) return null
  const again = feeDecisions({ ...record, fees })
  const essence = (graph: Decisions) => JSON.stringify(graph.decisions.map(({ id, logic }) => [id, logic.kind === 'literal' ? tidy(logic.text) : logic.rules.map((rule) => [rule.when.map(tidy), rule.gives.map(tidy)])]))
  const widened = (graph: Decisions) => essence({ ...graph, decisions: graph.decisions.filter((one) => !RATE_TABLE.test(one.id)) })
  if (widened(again) !== widened(tables)) return null
  return { fees, ...(record.exemptions ? { exemptions: record.exemptions } : {}) }
}

const tidy = (text: string): string => (text.trim() === '' ? '-' : text.replace(/\s+/g, ' ').trim())
