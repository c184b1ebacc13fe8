// Golden cases run one by one, expected beside actual in words, also on a record that is still unfinished.

import { parseDmn, type Decisions } from '#core/dmn/index.ts'
import type { Values } from '#core/form/types.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import { feeDecisions } from './dmn.ts'
import type { DraftRecord } from './draft-parts.ts'
import { type EvaluateDeps, evaluate, type Evaluation } from './evaluate.ts'
import { channelLabels } from './labels.ts'
import type { GoldenCase, ProcedureRecord } from './record.ts'

/** What a case may fix: the sum, the day, the road, the papers, and whether the form passes. */
export const EXPECTATIONS = ['valid', 'errors', 'requiredParts', 'fee', 'dueOn', 'route'] as const
export type Expectation = (typeof EXPECTATIONS)[number]

export const expectationLabels: Readonly<Record<Expectation, string>> = {
  valid: 'Tờ khai hợp lệ', errors: 'Câu bị báo lỗi', requiredParts: 'Giấy tờ phải nộp', fee: 'Tổng phí, lệ phí', dueOn: 'Ngày hẹn trả', route: 'Các bước đi qua',
}

export interface CaseLine {
  readonly key: Expectation
  readonly label: string
  /** In words; null when the case does not fix it. */
  readonly expected: string | null
  readonly actual: string
  readonly ok: boolean
}

export interface CaseRun {
  readonly title: string
  readonly channel: string
  readonly receivedAt: string
  /** Why nothing came of it: the record is unfinished where the case needs it. */
  readonly broken: string | null
  /** Labels of the questions at fault, while the case does not say that its form is meant to be wrong. */
  readonly unmeant: readonly string[]
  readonly lines: readonly CaseLine[]
  /** Everything that is fixed comes out so, and at least one thing is fixed. */
  readonly ok: boolean
  /** How the day was reckoned. */
  readonly derivation: string | null
  /** What comes out, as a case would fix it. */
  readonly outcome: GoldenCase['expect'] | null
}

/** The fee tables that a draft brings, or those drawn from its lines. */
async function tablesOf(record: ProcedureRecord): Promise<Decisions> {
  return record.feeDmn === undefined ? feeDecisions(record) : parseDmn(record.feeDmn)
}

/** Runs every case of a draft. Never throws: what cannot be reckoned says why. */
export async function runCases(draft: DraftRecord, deps: EvaluateDeps): Promise<CaseRun[]> {
  const record = draft as unknown as ProcedureRecord
  const cases = Array.isArray(record.cases) ? record.cases : []
  let tables: Decisions
  try {
    tables = await tablesOf(record)
  } catch (error) {
    return cases.map((one) => broken(one, error))
  }
  return cases.map((one) => {
    try {
      return runOne(record, tables, one, deps)
    } catch (error) {
      return broken(one, error)
    }
  })
}

const broken = (one: GoldenCase, error: unknown): CaseRun => ({
  title: String(one?.title ?? ''), channel: channelWord(one?.channel), receivedAt: String(one?.receivedAt ?? ''), lines: [], ok: false, derivation: null, outcome: null, unmeant: [],
  broken: error instanceof RangeError || error instanceof TypeError ? 'Thủ tục chưa soạn xong nên chưa tính được; xem các chỗ phải sửa ở tab Công bố.' : error instanceof Error ? error.message : String(error),
})

const channelWord = (channel: unknown): string => channelLabels[channel as keyof typeof channelLabels] ?? String(channel ?? '')

function runOne(record: ProcedureRecord, feeTables: Decisions, one: GoldenCase, deps: EvaluateDeps): CaseRun {
  const { expect } = one
  const offered = record.channels.some(({ channel }) => channel === one.channel)
  const got = evaluate({ record, feeTables }, { form: one.form as Values, applicant: one.applicant as Values | undefined, channel: one.channel, receivedAt: new Date(one.receivedAt) }, deps)
  const lines = EXPECTATIONS.map((key) => lineOf(record, key, expect, got))
  const fixed = lines.filter((line) => line.expected !== null)
  return {
    title: one.title, channel: channelWord(one.channel), receivedAt: one.receivedAt, lines, unmeant: unmeant(record, expect, got), derivation: got.derivation, outcome: outcomeOf(got),
    broken: offered ? null : `Thủ tục không nhận qua kênh “${channelWord(one.channel)}”; chọn kênh khác cho ca này.`, ok: offered && fixed.length > 0 && fixed.every((line) => line.ok),
  }
}

const outcomeOf = (got: Evaluation): GoldenCase['expect'] => ({
  valid: got.errors.length === 0, errors: [...new Set(got.errors.map(({ key }) => key))], requiredParts: [...got.requiredParts], fee: got.totalFee, dueOn: got.dueOn, route: [...got.route],
})

/** Nobody files a form with a fault: a case that has one was left unfinished, unless it says that it must. */
function unmeant(record: ProcedureRecord, expect: GoldenCase['expect'], got: Evaluation): string[] {
  if (expect?.valid === false || expect?.errors !== undefined) return []
  const names = namesFor(record, 'errors')
  return [...new Set(got.errors.map(({ key }) => names.get(key) ?? key))]
}

const set = (items: readonly string[]): string => [...new Set(items)].sort().join('|')

function lineOf(record: ProcedureRecord, key: Expectation, expect: GoldenCase['expect'], got: Evaluation): CaseLine {
  const outcome = outcomeOf(got)
  const [wanted, came] = [expect?.[key], outcome[key]]
  const same = key === 'errors' || key === 'requiredParts' ? set((wanted as string[] | undefined) ?? []) === set(came as string[]) : JSON.stringify(wanted) === JSON.stringify(came)
  return { key, label: expectationLabels[key], expected: wanted === undefined ? null : wordsOf(record, key, wanted), actual: wordsOf(record, key, came), ok: wanted === undefined || same }
}

function wordsOf(record: ProcedureRecord, key: Expectation, value: unknown): string {
  if (key === 'valid') return value ? 'Có' : 'Không'
  if (key === 'fee') return formatVnd(Number(value))
  if (key === 'dueOn') return formatDate(String(value))
  const list = Array.isArray(value) ? value.map(String) : []
  const names = namesFor(record, key)
  if (list.length === 0) return key === 'requiredParts' ? 'Không phải nộp gì' : key === 'errors' ? 'Không câu nào' : '(không có)'
  return list.map((one) => names.get(one) ?? one).join(key === 'route' ? ' → ' : '; ')
}

function namesFor(record: ProcedureRecord, key: Expectation): ReadonlyMap<string, string> {
  if (key === 'route') return new Map(record.steps.map((step) => [step.id, step.name]))
  if (key === 'requiredParts') return new Map(record.parts.map((part) => [part.id, part.name]))
  return new Map(record.form.sections.flatMap((section) => section.questions.map((question) => [question.key, question.label] as const)))
}
