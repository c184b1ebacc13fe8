// One dossier of the past by the draft's rules: fee, deadline, hours, and the figures it is part of. Pure.

import type { Question, Values } from '#core/form/types.ts'
import { addWorkingTime, type Calendar, localDate, type Term, workingHoursBetween } from '#core/workdays/index.ts'
import { decidedExtension, dueOf, type History } from '#modules/dossiers/index.ts'
import { evaluate, type EvaluateDeps, type Evaluation, isUnknownFee, type ProcedureRecord, type Published, termOf } from '#modules/procedures/index.ts'
import type { Passed } from '#modules/work/index.ts'
import { amountBand, spanBand } from './bands.ts'
import type { CaseData, Reckoned } from './schema.ts'
import { estimate, type Medians, stepHours } from './times.ts'

export interface Rules {
  /** The draft, its fees as of the chosen day. */
  readonly draft: Published
  /** Keys by which the draft's fees are reckoned. */
  readonly feeKeys: ReadonlySet<string>
  readonly medians: Medians
  readonly catalogs: EvaluateDeps['catalogs']
  readonly now: Date
}

/** More combinations of missing answers than this are not tried. */
const MOST_GUESSES = 48

const questions = (record: Pick<ProcedureRecord, 'form'>): readonly Question[] => record.form.sections.flatMap((section) => section.questions)

/** What a question may be answered with; null when that cannot be listed. */
function answers(question: Question): readonly unknown[] | null {
  if (question.type === 'checkbox') return [true, false]
  return question.options && ['select', 'radio'].includes(question.type) ? [...question.options.map((option) => option.value), ...(question.required ? [] : [null])] : null
}

function guesses(asked: readonly Question[]): Values[] | null {
  let found: Values[] = [{}]
  for (const question of asked) {
    const possible = answers(question)
    if (!possible || found.length * possible.length > MOST_GUESSES) return null
    found = found.flatMap((one) => possible.map((answer) => ({ ...one, [question.key]: answer })))
  }
  return found
}

interface Money {
  readonly now: number | null
  readonly from: number | null
  readonly to: number | null
}

const owed = ({ fees }: Pick<Evaluation, 'fees'>, one: History): number | null =>
  fees.some(isUnknownFee) ? null : fees.reduce((sum, line) => sum + (one.owes(line.collectAt) ? line.amount : 0), 0)

/** The fee by the draft: one amount, or what it lies between while answers are missing. */
function money(run: (more: Values) => Evaluation, plain: Evaluation, deciding: readonly Question[], one: History): Money {
  if (deciding.length === 0) return { now: owed(plain, one), from: null, to: null }
  const sums = guesses(deciding)?.map((more) => owed(run(more), one)) ?? [null]
  if (sums.includes(null)) return { now: null, from: null, to: null }
  const [from, to] = [Math.min(...(sums as number[])), Math.max(...(sums as number[]))]
  return from === to ? { now: from, from: null, to: null } : { now: null, from, to }
}

interface Due {
  readonly dueAt: Date
  /** As if nobody had apologised and promised another day. */
  readonly plainDueAt: Date
}

function due(record: ProcedureRecord, found: Pick<Evaluation, 'term' | 'extension'>, one: History, calendar: Calendar): Due {
  const base = { term: found.term as Term, extension: one.extended ? decidedExtension(record) : found.extension, acceptedAt: one.acceptedAt!, pauses: one.pauses, calendar }
  const plain = dueOf({ ...base, apology: null }).dueAt
  return { plainDueAt: plain, dueAt: one.apology ? dueOf({ ...base, apology: one.apology }).dueAt : plain }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const tenth = (hours: number): number => Math.round(hours * 10) / 10

/** The end of the legal clock moved by working hours; never before it began. */
function shifted(one: History, end: Date, shift: number, calendar: Calendar): Date {
  if (shift === 0) return end
  const span = workingHoursBetween(one.acceptedAt!, end, calendar)
  return shift > 0 ? addWorkingTime(end, shift, calendar) : addWorkingTime(one.acceptedAt!, Math.max(0, span + shift), calendar)
}

interface Lateness extends Pick<CaseData, 'dueThen' | 'dueNow' | 'endThen' | 'endNow' | 'lateThen' | 'lateNow' | 'spanThen' | 'spanNow'> {
  readonly running: boolean
}

function lateness(one: History, then: Published, draft: Published, found: Evaluation, shift: number, rules: Rules, calendar: Calendar): Lateness {
  const none = { dueThen: null, dueNow: null, endThen: iso(one.endedAt), endNow: iso(one.endedAt), lateThen: false, lateNow: false, spanThen: null, spanNow: null, running: one.endedAt === null }
  if (!one.acceptedAt || !one.dueAt) return none
  const filing = { form: one.form, applicant: one.applicant, channel: one.channel, receivedAt: one.acceptedAt }
  const was = due(then.record, termOf(then.record, filing), one, calendar)
  const is = due(draft.record, termOf(draft.record, { ...filing, form: found.values }), one, calendar)
  // What was agreed with people while it ran (kept dates, changed calendars) stays true of a term that the draft does not change.
  const unchanged = was.dueAt.getTime() === is.dueAt.getTime()
  const dueNow = unchanged ? one.dueAt : is.dueAt
  const end = one.endedAt ?? rules.now
  const endNow = shifted(one, end, shift, calendar)
  const past = (at: Date, dueAt: Date) => !(one.paused && one.endedAt === null) && at > dueAt
  const lateThen = one.breach !== null || past(end, one.dueAt)
  const same = unchanged && shift === 0
  const lateNow = same ? lateThen : one.breach === 'second_supplement' || past(endNow, one.breach === 'apology' ? is.plainDueAt : dueNow)
  const paused = one.pauses.reduce((sum, pause) => sum + (pause.to ? workingHoursBetween(pause.from, pause.to, calendar) : 0), 0)
  const span = one.endedAt ? Math.max(0, workingHoursBetween(one.acceptedAt, one.endedAt, calendar) - paused) : null
  return {
    dueThen: iso(one.dueAt), dueNow: iso(dueNow), endThen: iso(one.endedAt), endNow: one.endedAt ? iso(endNow) : null, lateThen, lateNow,
    spanThen: span, spanNow: span === null ? null : Math.max(0, span + shift), running: one.endedAt === null,
  }
}

/** `then`: the version that the dossier was handled by. */
export function reckonCase(one: History, visits: readonly Passed[], then: Published, rules: Rules, calendar: Calendar): Reckoned {
  const { draft } = rules
  const known = new Set(questions(then.record).map((question) => question.key))
  const fresh = questions(draft.record).filter((question) => !known.has(question.key))
  const run = (more: Values): Evaluation =>
    evaluate(draft, { form: { ...one.form, ...more }, applicant: one.applicant, channel: one.channel, receivedAt: one.submittedAt, parts: one.parts }, { calendar, catalogs: rules.catalogs })
  const found = run({})
  const wrong = new Set(found.errors.map((error) => error.key))
  const missing = fresh.filter((question) => wrong.has(question.key) || rules.feeKeys.has(question.key))
  const refused = [...wrong].filter((key) => !missing.some((question) => question.key === key))
  const fee = money(run, found, missing.filter((question) => rules.feeKeys.has(question.key)), one)
  const feeThen = one.fees.reduce((sum, line) => sum + (one.owes(line.collectAt) ? line.amount : 0), 0)
  const took = stepHours(visits, one, calendar, rules.now)
  const { steps, shift } = estimate(then.record, draft.record, took, one.finished, rules.medians)
  const { running, ...late } = lateness(one, then, draft, found, shift, rules, calendar)
  const stops = new Set(draft.record.steps.filter((step) => step.clock === 'stops').map((step) => step.id))
  const waited = new Set(visits.filter((visit) => visit.clock === 'stops').map((visit) => visit.step))
  const sum = (hours: ReadonlyMap<string, number>, out: ReadonlySet<string>) => [...hours].reduce((all, [step, each]) => all + (out.has(step) ? 0 : each), 0)
  const data: CaseData = {
    feeThen, feeNow: fee.now, feeFrom: fee.from, feeTo: fee.to, hoursThen: tenth(sum(took, waited)), hoursNow: tenth(sum(steps, stops)), ...late,
    steps: Object.fromEntries([...steps].map(([step, hours]) => [step, tenth(hours)])),
    lost: Object.fromEntries([...took].filter(([step]) => !steps.has(step)).map(([step, hours]) => [step, tenth(hours)])), missing: missing.map((question) => question.key), refused,
  }
  return { tags: tagsOf(one, data, running, draft.record, then.record), data }
}

function tagsOf(one: History, data: CaseData, running: boolean, draft: ProcedureRecord, then: ProcedureRecord): string[] {
  const norms = new Map(draft.steps.filter((step) => step.clock !== 'stops').map((step) => [step.id, step.hours]))
  const old = new Set(then.steps.map((step) => step.id))
  return [
    'all', `month:${localDate(one.submittedAt).slice(0, 7)}`, `channel:${one.channel}`,
    ...(one.acceptedAt ? [] : ['unaccepted']), ...(running ? ['running'] : []), ...(one.acceptedAt && !running && !one.finished ? ['ended'] : []), ...(one.finished ? ['finished'] : []),
    ...(data.lateThen ? ['late:then'] : []), ...(data.lateNow ? ['late:now'] : []),
    ...(data.lateNow && !data.lateThen ? ['late:more'] : []), ...(data.lateThen && !data.lateNow ? ['late:less'] : []),
    `fee:then:${amountBand(data.feeThen)}`,
    ...(data.feeNow === null
      ? [data.feeFrom === null ? 'fee:unknown' : 'fee:range']
      : [`fee:now:${amountBand(data.feeNow)}`, data.feeNow === data.feeThen ? 'fee:same' : data.feeNow > data.feeThen ? 'fee:more' : 'fee:less']),
    ...(data.spanThen === null ? [] : [`span:then:${spanBand(data.spanThen)}`, `span:now:${spanBand(data.spanNow!)}`]),
    ...Object.entries(data.steps).flatMap(([step, hours]) => [`step:${step}`, ...(old.has(step) && hours > (norms.get(step) ?? Infinity) ? [`over:${step}`] : [])]),
    ...data.missing.map((key) => `missing:${key}`), ...(data.missing.length > 0 ? ['missing'] : []), ...Object.keys(data.lost).map((step) => `lost:${step}`), ...data.refused.map((key) => `refused:${key}`), ...(data.refused.length > 0 ? ['refused'] : []),
  ]
}
