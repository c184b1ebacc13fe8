// Golden cases as a person would bring them: what to write in each input, what the review must then say, in which channel.

import { evaluateForm, flatten, review } from '#core/form/index.ts'
import { fold } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { loadCalendar, loadCatalogs, procedureTexts } from '#main/pack.ts'
import { evaluate, type Evaluation, feeDecisions, type ProcedureRecord } from '#modules/procedures/index.ts'
import type { Wanted } from './fill.ts'

export type Golden = ProcedureRecord['cases'][number]

const calendar = loadCalendar()
const catalogs = loadCatalogs()

export const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)
export const recordOf = (code: string): ProcedureRecord => records.find((record) => record.code === code)!

/** The case to walk: a valid one, handed in on line where there is such a one. */
export const caseOf = (record: ProcedureRecord): Golden => {
  const valid = record.cases.filter((one) => one.expect.valid !== false)
  return valid.find((one) => one.channel === 'truc_tuyen' && record.online.level !== 'thong_tin') ?? valid.find((one) => one.channel !== 'truc_tuyen')!
}

export interface Plan {
  readonly record: ProcedureRecord
  readonly golden: Golden
  readonly wanted: Wanted
  /** Label and answer of every row that the review page must show. */
  readonly rows: readonly (readonly [string, string])[]
  readonly evaluation: Evaluation
}

/** A list on the screen is chosen from by code, where a case may have the name in words. */
function listed(record: ProcedureRecord, key: string, value: unknown): unknown {
  const catalog = record.form.sections.flatMap((section) => section.questions).find((question) => question.key === key)?.catalog
  if (!catalog || typeof value !== 'string' || catalogs.name(catalog, value) !== null) return value
  return catalogs.list(catalog).find(({ name }) => fold(name).includes(fold(value)))?.code ?? value
}

export function planOf(record: ProcedureRecord, golden: Golden = caseOf(record)): Plan {
  const { channel, receivedAt, applicant } = golden
  const form = Object.fromEntries(Object.entries(golden.form).map(([key, value]) => [key, listed(record, key, value)]))
  const env = { channel, receivedOn: localDate(new Date(receivedAt)), applicant: applicant ?? null, catalogs }
  const state = evaluateForm(record.form, form, env)
  const asked = record.form.sections.flatMap((section) => section.questions).filter((question) => state.visible.has(question.key))
  const given = Object.fromEntries(Object.entries(form).filter(([key]) => state.visible.has(key)))
  return {
    record, golden,
    wanted: flatten(asked, given),
    rows: review(record.form, state, catalogs).flatMap(({ rows }) => rows.filter((row) => row.text !== '').map((row) => [row.label, row.text] as const)),
    evaluation: evaluate({ record, feeTables: feeDecisions(record) }, { form, channel, receivedAt: new Date(receivedAt), applicant: applicant ?? null }, { calendar, catalogs }),
  }
}

/** What a record asks of screens and desks: kinds of question, roles and effects of steps, channel, calls, parallel branches, silence. */
const featuresOf = (record: ProcedureRecord): string[] => [
  caseOf(record).channel,
  ...record.form.sections.flatMap((section) => section.questions.map((question) => question.type)),
  ...record.steps.flatMap((step) => [
    step.role, ...(step.call ? ['call'] : []), ...(step.silence ? ['silence'] : []), ...step.outcomes.flatMap((outcome) => [`${outcome.effect}`, ...(Array.isArray(outcome.next) ? ['parallel'] : [])]),
  ]),
]

/** As few records as meet everything that any record asks, the richest first; all of them with EVERY=1. */
export function telling(all: readonly ProcedureRecord[] = records): ProcedureRecord[] {
  if (process.env['EVERY'] === '1') return [...all]
  const left = new Set(all.flatMap(featuresOf))
  const chosen: ProcedureRecord[] = []
  while (left.size > 0) {
    const adds = (record: ProcedureRecord) => new Set(featuresOf(record).filter((feature) => left.has(feature))).size
    const next = all.filter((record) => !chosen.includes(record)).reduce((best, record) => (adds(record) > adds(best) ? record : best))
    chosen.push(next)
    for (const feature of featuresOf(next)) left.delete(feature)
  }
  return chosen
}
