// Adds the cases of a trial up: money, hours, spans, and each step.

import type { ProcedureRecord } from '#modules/procedures/index.ts'
import type { Passed } from '#modules/work/index.ts'
import { quantile } from './bands.ts'
import type { Rules } from './reckon.ts'
import type { CaseData, StepResult, TrialResult } from './schema.ts'

interface Summed {
  readonly data: CaseData
  /** The text it was handled by. */
  readonly by: ProcedureRecord
  readonly visits: readonly Passed[]
}

const total = (numbers: readonly number[]): number => Math.round(numbers.reduce((sum, one) => sum + one, 0) * 10) / 10
const round = (hours: number | null): number | null => (hours === null ? null : Math.round(hours * 10) / 10)

/** What a trial came to. `counts`: cases by tag, as the rows have them. */
export function addUp(counts: Readonly<Record<string, number>>, cases: readonly Summed[], rules: Rules): TrialResult {
  const all = cases.map((one) => one.data)
  const known = all.filter((one) => one.feeNow !== null)
  const spans = all.filter((one) => one.spanThen !== null)
  return {
    counts,
    money: {
      was: all.reduce((sum, one) => sum + one.feeThen, 0), comparedWas: known.reduce((sum, one) => sum + one.feeThen, 0), now: known.reduce((sum, one) => sum + one.feeNow!, 0),
      from: all.reduce((sum, one) => sum + (one.feeFrom ?? 0), 0), to: all.reduce((sum, one) => sum + (one.feeTo ?? 0), 0),
    },
    hours: { was: total(all.map((one) => one.hoursThen)), now: total(all.map((one) => one.hoursNow)) },
    span: {
      medianThen: round(quantile(spans.map((one) => one.spanThen!), 0.5)), medianNow: round(quantile(spans.map((one) => one.spanNow!), 0.5)),
      nineThen: round(quantile(spans.map((one) => one.spanThen!), 0.9)), nineNow: round(quantile(spans.map((one) => one.spanNow!), 0.9)),
    },
    steps: [...kept(cases, counts, rules), ...gone(cases)],
    medians: rules.medians,
    questions: Object.fromEntries(rules.draft.record.form.sections.flatMap((section) => section.questions.map((question) => [question.key, question.label]))),
  }
}

function kept(cases: readonly Summed[], counts: Readonly<Record<string, number>>, { draft }: Rules): StepResult[] {
  const old = new Set([...new Set(cases.map((one) => one.by))].flatMap((record) => record.steps.map((step) => step.id)))
  return draft.record.steps.map((step): StepResult => {
    const hours = cases.flatMap((one) => one.data.steps[step.id] ?? [])
    const isOld = old.has(step.id)
    return {
      id: step.id, name: step.name, role: step.role, kind: isOld || cases.length === 0 ? 'kept' : 'new', waits: step.clock === 'stops', norm: step.hours, cases: hours.length, median: round(quantile(hours, 0.5)),
      nine: round(quantile(hours, 0.9)), totalThen: isOld ? total(hours) : 0, totalNow: total(hours), over: counts[`over:${step.id}`] ?? 0,
    }
  })
}

/** Steps of then that the draft has no more; their hours fall away. */
function gone(cases: readonly Summed[]): StepResult[] {
  const ids = new Set(cases.flatMap((one) => Object.keys(one.data.lost)))
  return [...ids].map((id): StepResult => {
    const hours = cases.flatMap((one) => one.data.lost[id] ?? [])
    const last = cases.findLast((one) => one.data.lost[id] !== undefined)!
    const visit = last.visits.find((one) => one.step === id)
    return {
      id, name: last.by.steps.find((step) => step.id === id)?.name ?? visit?.name ?? id, role: visit?.role ?? '', kind: 'gone', waits: visit?.clock === 'stops', norm: null, cases: hours.length,
      median: round(quantile(hours, 0.5)), nine: round(quantile(hours, 0.9)), totalThen: total(hours), totalNow: 0, over: 0,
    }
  })
}
