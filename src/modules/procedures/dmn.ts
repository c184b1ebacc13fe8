// Draws the fees of a record as decisions (DMN): one table of lines, one table of exemptions a line, and how the two come together.

import { type Decision, type Decisions, type DecisionTable, parseDmn, type Rule, writeDmn } from '#core/dmn/index.ts'
import { rateTable, rateTableId } from './rates.ts'
import { CHANNELS, type Exemption, type Fee, type ProcedureRecord } from './record.ts'

/** The decision that gives the lines; a record that brings its own DMN has one of this id too. */
export const FEES = 'fees'

/** đồng. More than any fee: an answer such as 10¹⁷⁷ copies must not become an amount that no number holds exactly. */
const MOST = 1_000_000_000_000

const INPUTS = ['form', 'applicant', 'channel', 'receivedOn', 'parts']

const text = (value: string | undefined): string => (value === undefined ? 'null' : JSON.stringify(value))

/** In brackets, so that a comma or a `not` in it is read as part of one condition. */
const condition = (expression: string | undefined): string => (expression === undefined ? '-' : `(${expression})`)

const exemptionOf = (at: number) => `exemption_${at + 1}`

/** The exemptions that may hold for a line, largest first: the first that holds is the largest, and they are not added up. */
const reductions = (record: Pick<ProcedureRecord, 'exemptions'>, fee: Fee): Exemption[] =>
  (record.exemptions ?? []).filter((one) => !one.fees || one.fees.includes(fee.code)).sort((one, other) => (other.percent ?? 100) - (one.percent ?? 100))

const column = (label: string, expression: string) => ({ label, expression, values: null })
const result = (name: string, label: string) => ({ name, label, values: [], fallback: null })

function exemptionTable(id: string, granted: readonly Exemption[]): DecisionTable {
  const rules = granted.map((one, i): Rule => ({ id: `${id}_${i + 1}`, when: [condition(one.when)], gives: [String(one.percent ?? 100), text(one.text)], notes: [one.text] }))
  const otherwise: Rule = { id: `${id}_0`, when: ['-'], gives: ['0', 'null'], notes: ['Không thuộc diện miễn, giảm'] }
  return {
    kind: 'table', hitPolicy: 'F', inputs: [column('Điều kiện', 'true')], outputs: [result('percent', 'Giảm (%)'), result('reason', 'Lý do')], annotations: ['Diễn giải'],
    rules: [...rules, otherwise],
  }
}

/** The ways a fee is reckoned: one amount for each group of channels that share it, the rest by formula or fixed amount. */
function rates(record: Pick<ProcedureRecord, 'channels'>, fee: Fee): { channels: string; amount: string }[] {
  const own = CHANNELS.filter((channel) => fee.channelAmounts?.[channel] !== undefined)
  const groups = Map.groupBy(own, (channel) => fee.channelAmounts![channel]!)
  const named = (channels: readonly string[]) => channels.map((channel) => JSON.stringify(channel)).join(', ')
  const found = [...groups].map(([amount, channels]) => ({ channels: named(channels), amount: String(Math.max(0, amount)) }))
  const rest = fee.formula ?? (fee.amount === undefined ? undefined : String(fee.amount))
  if (rest === undefined) return found
  if (own.length === 0) return [{ channels: '-', amount: rest }]
  return record.channels.every(({ channel }) => own.includes(channel)) ? found : [...found, { channels: `not(${named(own)})`, amount: rest }]
}

const until = (fee: Fee): string => (fee.until ? `<= date("${fee.until}")` : '-')

function linesTable(record: ProcedureRecord): DecisionTable {
  const rules = record.fees.flatMap((fee, at) => {
    const reduced = reductions(record, fee).length > 0
    if (fee.rates) {
      const own = rateTableId(at)
      return [{
        id: `line_${at + 1}_1`, when: ['-', '-', condition(fee.when)],
        gives: [text(fee.code), `${own}.full`, reduced ? `${exemptionOf(at)}.percent` : '0', reduced ? `${exemptionOf(at)}.reason` : 'null', `if ${own}.note = null then ${text(fee.whenText)} else ${own}.note`],
        notes: [fee.whenText ?? '', fee.legal ?? ''],
      } satisfies Rule]
    }
    return rates(record, fee).map(({ channels, amount }, i): Rule => ({
      id: `line_${at + 1}_${i + 1}`, when: [channels, until(fee), condition(fee.when)],
      gives: [text(fee.code), amount, reduced ? `${exemptionOf(at)}.percent` : '0', reduced ? `${exemptionOf(at)}.reason` : 'null', text(fee.whenText)],
      notes: [fee.whenText ?? '', fee.legal ?? ''],
    }))
  })
  return {
    kind: 'table', hitPolicy: 'R', inputs: [column('Kênh nộp', 'channel'), column('Ngày nhận', 'date(receivedOn)'), column('Điều kiện', 'true')],
    outputs: [result('code', 'Khoản thu'), result('full', 'Mức thu (đồng)'), result('percent', 'Giảm (%)'), result('reason', 'Lý do giảm'), result('note', 'Ghi chú')],
    annotations: ['Diễn giải', 'Căn cứ'], rules,
  }
}

// Half up, never below zero; what the form does not say yet, or says absurdly, is no amount.
const TOGETHER = [
  'for line in lines return {',
  '  code: line.code,',
  `  fullAmount: if line.full instance of number and line.full <= ${MOST} then max(0, floor(line.full + 0.5)) else null,`,
  '  amount: if fullAmount = null then 0 else floor(fullAmount * (100 - line.percent) / 100 + 0.5),',
  '  note: if line.reason = null then line.note else line.reason',
  '}',
].join('\n')

/** The decisions that a record's `fees` and `exemptions` say (Law on Fees and Charges 97/2015/QH13; amounts by each line's `legal`). */
export function feeDecisions(record: ProcedureRecord): Decisions {
  const exempting = record.fees.flatMap((fee, at): Decision[] => {
    const granted = reductions(record, fee)
    if (granted.length === 0) return []
    const id = exemptionOf(at)
    return [{ id, name: `Miễn, giảm: ${fee.name}`, variable: id, requires: [], reads: INPUTS, logic: exemptionTable(id, granted) }]
  })
  const priced = record.fees.flatMap((fee, at): Decision[] => {
    if (!fee.rates) return []
    const id = rateTableId(at)
    return [{ id, name: `Mức thu: ${fee.name}`, variable: id, requires: [], reads: INPUTS, logic: rateTable(record, at, fee.rates) }]
  })
  const lines: Decision = { id: 'lines', name: priced.length > 0 ? 'Các khoản thu' : 'Mức thu', variable: 'lines', requires: [...exempting, ...priced].map((one) => one.id), reads: INPUTS, logic: linesTable(record) }
  const fees: Decision = { id: FEES, name: 'Phí, lệ phí phải nộp', variable: 'fees', requires: ['lines'], reads: [], logic: { kind: 'literal', text: TOGETHER } }
  return { id: `fees_${record.code.replaceAll('.', '_')}`, name: `Phí, lệ phí: ${record.name}`, inputs: INPUTS, decisions: [...exempting, ...priced, lines, fees] }
}

/** The DMN file of a record: its own where it brings one, else drawn. The same record gives the same text. */
export const buildDmn = (record: ProcedureRecord): Promise<string> => (record.feeDmn === undefined ? writeDmn(feeDecisions(record)) : Promise.resolve(record.feeDmn))

const read = new Map<string, Promise<Decisions>>()

/** Decisions of a stored file, read once for each digest. Throws DmnError. */
export function feeTablesOf(digest: string, dmn: string): Promise<Decisions> {
  const known = read.get(digest)
  if (known) return known
  if (read.size >= 500) read.clear()
  const reading = parseDmn(dmn)
  reading.catch(() => read.delete(digest))
  read.set(digest, reading)
  return reading
}
