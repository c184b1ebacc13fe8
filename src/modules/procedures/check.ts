// Decides whether a record may be published: shape first, then sense, then its own golden cases. What it lets through can be run.

import { checkFeel } from '#core/feel/index.ts'
import { checkTerm } from '#core/workdays/index.ts'
import { calleeFaults, calleesIn, callFaults, type Callees } from './check-calls.ts'
import { flowFaults, flowWarnings } from './check-flow.ts'
import type { EvaluateDeps } from './evaluate.ts'
import { expressionsOf, formKeysIn, questionKeys, unitRule } from './expressions.ts'
import { type Fault, shapeFaults } from './faults.ts'
import { formFaults } from './check-form.ts'
import { partFaults, partWarnings } from './check-parts.ts'
import { goldenCases } from './golden.ts'
import { type Decisions, DmnError, parseDmn } from '#core/dmn/index.ts'
import { feeDecisions, FEES } from './dmn.ts'
import { feeFaults as tableFaults } from './fee-faults.ts'
import { rateFaults } from './check-rates.ts'
import { drawingFaults } from './judge-drawing.ts'
import { buildBpmn } from './process.ts'
import { type TextDeps, textFaults } from './texts.ts'
import { CHANNELS, type ProcedureRecord, procedureRecord } from './record.ts'

export interface CheckDeps extends EvaluateDeps {
  /** Keys of the units that the province keeps; without it unit keys are not looked up. */
  readonly knownUnitKeys?: ReadonlySet<string>
  /** Own templates and sentences are tried with these; without them they are not. */
  readonly texts?: TextDeps
  /** Processes that may be called; without it calls are not looked up. */
  readonly callees?: (keys: readonly string[]) => Promise<Callees>
}

export interface Checked {
  /** The record when its shape is right, even when it has other faults; publish only when `faults` is empty. */
  readonly record: ProcedureRecord | null
  readonly faults: readonly Fault[]
  /** Worth a second look; they keep nothing back. */
  readonly warnings: readonly Fault[]
}

/** Checks the text of a record file (UTF-8 JSON). Same as `checkRecord`, and names the place where the JSON breaks. */
export function checkRecordText(text: string, deps: CheckDeps): Promise<Checked> {
  const bare = text.replace(/^\uFEFF/, '')
  if (!bare.trim()) return Promise.resolve(refused('tệp trống; hãy chọn tệp bản ghi thủ tục dạng JSON (tinhso.procedure/1)'))
  try {
    return checkRecord(JSON.parse(bare), deps)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return Promise.resolve(refused(`tệp không phải JSON: ${error.message}; hãy sửa chỗ này hoặc xuất lại tệp`))
  }
}

/** Checks a parsed record. Faults in order: shape; sense; golden cases (only for a record without faults before them). Never throws. */
export async function checkRecord(json: unknown, deps: CheckDeps): Promise<Checked> {
  const parsed = procedureRecord.safeParse(json)
  if (!parsed.success) return { record: null, faults: shapeFaults(parsed.error.issues, json), warnings: [] }
  const record = parsed.data
  const sense = [
    ...repeated(record),
    ...dates(record),
    ...terms(record),
    ...amounts(record),
    ...rateFaults(record),
    ...flowFaults(record),
    ...callFaults(record),
    ...(deps.callees ? calleeFaults(record, await deps.callees(calleesIn(record))) : []),
    ...expressions(record),
    ...formFaults(record),
    ...partFaults(record),
  ]
  const { tables: feeTables, faults: feeFaults } = await ownTables(record)
  const whole = sense.length + feeFaults.length > 0 ? [] : tableFaults(record, feeTables)
  const bare = ({ path, message }: Fault): Fault => ({ path, message })
  const stopping = whole.filter((fault) => fault.stops).map(bare)
  if (deps.texts && sense.length === 0) sense.push(...(await textFaults(record, deps.texts)))
  const faults = sense.length + feeFaults.length > 0 ? [...sense, ...feeFaults] : [...(await drawing(record)), ...stopping, ...goldenCases({ record, feeTables }, deps)]
  return { record, faults, warnings: [...unknownUnits(record, deps.knownUnitKeys), ...flowWarnings(record), ...partWarnings(record), ...whole.filter((fault) => !fault.stops).map(bare)] }
}

const refused = (message: string): Checked => ({ record: null, faults: [{ path: '', message }], warnings: [] })

function repeated(record: ProcedureRecord): Fault[] {
  const twice = (path: (index: number) => string, name: string, keys: readonly string[]): Fault[] =>
    keys.flatMap((key, i) =>
      keys.indexOf(key) < i ? [{ path: path(i), message: `${name} "${key}" đã dùng ở trên; mỗi ${name} chỉ được ghi một lần` }] : [],
    )
  const { refusal, supplement, unresolved } = record.reasons
  return [
    ...twice(
      (i) => `channels[${i}].channel`,
      'kênh',
      record.channels.map((one) => one.channel),
    ),
    ...twice(
      (i) => `parts[${i}].id`,
      'mã giấy tờ',
      record.parts.map((part) => part.id),
    ),
    ...twice(
      (i) => `fees[${i}].code`,
      'mã khoản thu',
      record.fees.map((fee) => fee.code),
    ),
    ...twice(
      (i) => `steps[${i}].id`,
      'mã bước',
      record.steps.map((step) => step.id),
    ),
    ...record.steps.flatMap((step, i) => [
      ...(step.id === 'end' ? [{ path: `steps[${i}].id`, message: '"end" là chỗ kết thúc, không thể là mã bước' }] : []),
      ...twice(
        (j) => `steps[${i}].outcomes[${j}].key`,
        'mã kết quả',
        step.outcomes.map((outcome) => outcome.key),
      ),
    ]),
    ...Object.entries({ refusal, supplement, unresolved }).flatMap(([kind, list]) =>
      twice(
        (i) => `reasons.${kind}[${i}].code`,
        'mã lý do',
        (list ?? []).map((one) => one.code),
      ),
    ),
  ]
}

function dates(record: ProcedureRecord): Fault[] {
  const { effectiveFrom, effectiveTo } = record
  if (!effectiveTo || effectiveTo >= effectiveFrom) return []
  return [{ path: 'effectiveTo', message: `phải từ ngày bắt đầu hiệu lực ${effectiveFrom} trở đi, đang là ${effectiveTo}` }]
}

function terms(record: ProcedureRecord): Fault[] {
  const all = [
    { path: 'term', term: record.term },
    ...record.channels.map((one, i) => ({ path: `channels[${i}].term`, term: one.term })),
    { path: 'extension.term', term: record.extension?.term },
  ]
  const wrong = all.flatMap(({ path, term }) => {
    if (!term) return []
    const problem = checkTerm(term)
    if (problem) return [{ path, message: problem }]
    return term.cutoff && term.mode !== 'same_day'
      ? [{ path: `${path}.cutoff`, message: 'giờ chốt nhận chỉ dùng khi mode là same_day; hãy bỏ đi hoặc sửa mode' }]
      : []
  })
  const { extension } = record
  if (extension?.applies === 'at_filing' && !extension.when) {
    wrong.push({ path: 'extension.when', message: 'gia hạn biết ngay khi nộp (at_filing) phải có điều kiện when' })
  }
  return wrong
}

function amounts(record: ProcedureRecord): Fault[] {
  const codes = record.fees.map((fee) => fee.code)
  const fees = record.fees.flatMap((fee, i): Fault[] => {
    const faults: Fault[] = Object.entries(fee.channelAmounts ?? {}).flatMap(([channel, amount]) => {
      const path = `fees[${i}].channelAmounts.${channel}`
      if (!(CHANNELS as readonly string[]).includes(channel))
        return [{ path, message: `không có kênh "${channel}"; phải là một trong: ${CHANNELS.join(', ')}` }]
      return amount < 0 ? [{ path, message: `phải là số nguyên đồng từ 0 trở lên, đang là ${amount}` }] : []
    })
    const missing = record.channels.filter(({ channel }) => fee.channelAmounts?.[channel] === undefined)
    if (record.feeDmn === undefined && fee.rates === undefined && fee.amount === undefined && fee.formula === undefined && missing.length > 0) {
      const where = fee.channelAmounts ? ` cho kênh ${missing.map((one) => one.channel).join(', ')}` : ''
      faults.push({
        path: `fees[${i}]`,
        message: `khoản thu "${fee.code}" chưa có mức thu${where}; hãy ghi amount (đồng), formula (FEEL) hoặc channelAmounts`,
      })
    }
    if (fee.amount !== undefined && fee.formula !== undefined) {
      faults.push({ path: `fees[${i}].formula`, message: 'đã có amount thì không ghi formula; hãy bỏ một trong hai' })
    }
    return faults
  })
  const exemptions = (record.exemptions ?? []).flatMap((exemption, i) =>
    (exemption.fees ?? []).flatMap((code, j) =>
      codes.includes(code)
        ? []
        : [
            {
              path: `exemptions[${i}].fees[${j}]`,
              message: `không có khoản thu "${code}"; phải là một trong: ${codes.join(', ') || '(chưa có khoản thu nào)'}`,
            },
          ],
    ),
  )
  return [...fees, ...exemptions]
}

function expressions(record: ProcedureRecord): Fault[] {
  const known = new Set(questionKeys(record))
  return expressionsOf(record).flatMap(({ path, text }) => {
    const problem = checkFeel(text)
    if (problem) return [{ path, message: problem }]
    return formKeysIn(text)
      .filter((key) => !known.has(key))
      .map((key) => ({ path, message: `tờ khai không có câu hỏi "${key}" mà biểu thức đọc qua form.${key}` }))
  })
}

function unknownUnits(record: ProcedureRecord, known: ReadonlySet<string> | undefined): Fault[] {
  if (!known) return []
  return record.steps.flatMap((step, i) => {
    const rule = unitRule(step)
    if (rule.kind !== 'key' || known.has(rule.key)) return []
    return [{ path: `steps[${i}].unit`, message: `tỉnh chưa có đơn vị mã "${rule.key}"; bước này sẽ giao cho cơ quan giải quyết` }]
  })
}

/** The fee tables that the record brings, or those drawn from its lines. With its own DMN a line only names itself: two truths would differ one day. */
async function ownTables(record: ProcedureRecord): Promise<{ tables: Decisions; faults: Fault[] }> {
  if (record.feeDmn === undefined) return { tables: feeDecisions(record), faults: [] }
  const twice = record.fees.flatMap((fee, i): Fault[] => {
    const said = (['amount', 'formula', 'when', 'channelAmounts', 'until', 'rates'] as const).filter((key) => fee[key] !== undefined)
    return said.length === 0 ? [] : [{ path: `fees[${i}].${said[0]}`, message: 'mức thu đã nằm trong bảng DMN (feeDmn); hãy bỏ mục này' }]
  })
  if (record.exemptions?.length) twice.push({ path: 'exemptions', message: 'miễn, giảm đã nằm trong bảng DMN (feeDmn); hãy bỏ mục này' })
  try {
    const tables = await parseDmn(record.feeDmn)
    const missing = tables.decisions.some((one) => one.id === FEES) ? [] : [{ path: 'feeDmn', message: `tệp DMN phải có quyết định mã “${FEES}” cho danh sách các khoản {code, fullAmount, amount, note}` }]
    return { tables, faults: [...twice, ...missing] }
  } catch (error) {
    if (!(error instanceof DmnError)) throw error
    return { tables: feeDecisions(record), faults: [...twice, ...error.faults.map((message) => ({ path: 'feeDmn', message }))] }
  }
}

/** The record's own drawing must say what its steps say and run; without one, there must be a way to draw them. */
async function drawing(record: ProcedureRecord): Promise<Fault[]> {
  if (record.bpmn !== undefined) return drawingFaults(record)
  try {
    await buildBpmn(record)
    return []
  } catch (error) {
    return [{ path: 'steps', message: error instanceof Error ? error.message : String(error) }]
  }
}
