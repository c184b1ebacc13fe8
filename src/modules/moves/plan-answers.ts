// What becomes of the answers and papers of a dossier under another form: kept, taken to another question, exchanged, left behind, or to be chosen. Pure.

import { evaluateForm } from '#core/form/index.ts'
import type { FormEnv, Question, Values } from '#core/form/types.ts'
import { fold } from '#core/text/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import type { AnswerChoices } from './schema.ts'

export interface QuestionPair {
  readonly from: Question
  readonly to: Question | null
  /** `changed`: same question, but its type or choices are others, so that not every answer fits. */
  readonly how: 'same' | 'changed' | 'renamed' | 'gone'
}

const SHOWN_ONLY = ['computed', 'statement']

export const questionsOf = (record: Pick<ProcedureRecord, 'form'>): Question[] => record.form.sections.flatMap((section) => section.questions as Question[])

const sameShape = (one: Question, other: Question): boolean =>
  one.type === other.type && one.catalog === other.catalog && JSON.stringify(one.columns ?? null) === JSON.stringify(other.columns ?? null)
  && (one.options ?? []).every(({ value }) => (other.options ?? []).some((known) => known.value === value))

/** Every question of one form with the one of the other that asks the same: by its key, else the only one of that label and type that each of both
 *  forms has alone. No question is ever the counterpart of two. */
export function pairQuestions(from: Pick<ProcedureRecord, 'form'>, to: Pick<ProcedureRecord, 'form'>): QuestionPair[] {
  const [here, there] = [questionsOf(from), questionsOf(to)]
  const fresh = there.filter((one) => !here.some((known) => known.key === one.key))
  const gone = here.filter((one) => !there.some((known) => known.key === one.key))
  return here.map((question): QuestionPair => {
    const same = there.find((one) => one.key === question.key)
    if (same) return { from: question, to: same, how: sameShape(question, same) ? 'same' : 'changed' }
    const alike = (one: Question): boolean => one.type === question.type && fold(one.label) === fold(question.label)
    const likes = fresh.filter(alike)
    return likes.length === 1 && gone.filter(alike).length === 1 ? { from: question, to: likes[0]!, how: 'renamed' } : { from: question, to: null, how: 'gone' }
  })
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether a question takes a value, whatever its conditions. */
export function takes(question: Question, value: unknown, env: FormEnv): boolean {
  const { visibleWhen: _, requiredWhen: __, check: ___, value: ____, ...bare } = question
  const { errors, values } = evaluateForm({ title: '', sections: [{ key: 's', title: '', questions: [{ ...bare, required: false }] }] }, { [question.key]: value }, env)
  return errors.length === 0 && !isEmpty(values[question.key])
}

/** The question an answer goes to, as chosen or as paired; null when it is left behind. */
const targetOf = ({ from, to }: QuestionPair, choices: AnswerChoices, there: readonly Question[]): Question | null => {
  const choice = choices[from.key]
  return choice ? (there.find((one) => one.key === choice.to) ?? null) : to
}

/** Questions of the new form to which two or more old ones would go: a question holds one answer, so that nobody may choose this. */
export function doubled(pairs: readonly QuestionPair[], choices: AnswerChoices, there: readonly Question[]): { readonly to: Question; readonly from: readonly Question[] }[] {
  const by = new Map<string, { to: Question; from: Question[] }>()
  for (const pair of pairs) {
    const to = SHOWN_ONLY.includes(pair.from.type) ? null : targetOf(pair, choices, there)
    if (!to || SHOWN_ONLY.includes(to.type)) continue
    by.set(to.key, { to, from: [...(by.get(to.key)?.from ?? []), pair.from] })
  }
  return [...by.values()].filter(({ from }) => from.length > 1)
}

/** What stands against the choices, by question: a target that is none, or that another question goes to as well. */
export function answerFaults(pairs: readonly QuestionPair[], choices: AnswerChoices, there: readonly Question[]): { key: string; message: string }[] {
  const unknown = Object.entries(choices).filter(([, { to }]) => to !== null && !there.some((one) => one.key === to))
  return [
    ...unknown.map(([key]) => ({ key: `answer.${key}`, message: 'Chọn một câu có trong phiên bản mới.' })),
    ...doubled(pairs, choices, there).flatMap(({ to, from }) => from.map(({ key }) => ({ key: `answer.${key}`, message: doubledWords(to, from.filter((one) => one.key !== key)) }))),
  ]
}

const named = (questions: readonly Pick<Question, 'label'>[]): string => questions.map(({ label }) => `“${label}”`).join(', ')
const doubledWords = (to: Question, others: readonly Question[]): string => `Câu ${named(others)} cũng đưa sang câu “${to.label}”, mà mỗi câu chỉ giữ được một câu trả lời. Chọn câu khác, hoặc để lại.`

export interface MappedAnswers {
  readonly form: Values
  /** The old question by the new one, for those that were taken over under another key. */
  readonly keys: Readonly<Record<string, string>>
  /** Labels. */
  readonly left: readonly string[]
  readonly renamed: readonly string[]
  /** Questions whose answer does not fit and about which nothing was chosen, and those of which two would become one; each with its sentence. */
  readonly conflicts: readonly Conflict[]
}

export interface Conflict {
  readonly key: string
  readonly label: string
  readonly why: 'unfit' | 'doubled'
  readonly message: string
}

/** One dossier's answers under the new form. What is not asked any more stays where it lies. An answer goes from its old place only when it was
 *  written to the new one, and is lost only when `left` says so. */
export function mapAnswers(form: Values, pairs: readonly QuestionPair[], choices: AnswerChoices, there: readonly Question[], env: FormEnv): MappedAnswers {
  const asked = new Set(there.map((one) => one.key))
  const answered = pairs.filter(({ from }) => !SHOWN_ONLY.includes(from.type) && !isEmpty(form[from.key]))
  const twice = doubled(answered, choices, there)
  const left: string[] = []
  const emptied: string[] = []
  const goes: { from: Question; to: Question; value: unknown }[] = []
  const conflicts: Conflict[] = twice.flatMap(({ to, from }) => from.map((one) => (
    { key: one.key, label: one.label, why: 'doubled' as const, message: `Câu “${one.label}”: ${doubledWords(to, from.filter((other) => other !== one))}` }
  )))
  for (const pair of answered) {
    const { from } = pair
    if (conflicts.some(({ key }) => key === from.key)) continue
    const choice = choices[from.key]
    const to = targetOf(pair, choices, there)
    const value = exchanged(form[from.key], choice?.values)
    if (to && !SHOWN_ONLY.includes(to.type) && (choice?.keep || alike(from, to) || takes(to, value, env))) goes.push({ from, to, value })
    else if (to && !choice && !SHOWN_ONLY.includes(to.type)) conflicts.push({ key: from.key, label: from.label, why: 'unfit', message: `Câu “${from.label}” nhận kiểu trả lời khác; chọn cách xử lý câu trả lời đã có.` })
    else {
      left.push(from.label)
      // it stays as it lies, unless the key means something else now
      if (asked.has(from.key)) emptied.push(from.key)
    }
  }
  const moved = goes.filter(({ from, to }) => from.key !== to.key)
  // a question that came back with the new version still has its answer of then: what is known now goes before
  const older = moved.filter(({ to }) => !isEmpty(form[to.key]) && !pairs.some(({ from }) => from.key === to.key))
  const next: Values = { ...form }
  for (const key of [...emptied, ...moved.map(({ from }) => from.key)]) {
    if (asked.has(key)) next[key] = null
    else delete next[key]
  }
  for (const { to, value } of goes) next[to.key] = value
  return {
    form: next, keys: Object.fromEntries(moved.map(({ from, to }) => [to.key, from.key])), left: [...left, ...older.map(({ to }) => `${to.label} (câu trả lời từ phiên bản trước)`)],
    renamed: moved.map(({ from, to }) => `${from.label} → ${to.label}`), conflicts,
  }
}

/** Asked in the same words with the same bounds: what it took once it takes. */
const alike = (one: Question, other: Question): boolean => {
  const bounds = ({ type, min, max, maxLength, pattern, options, catalog, columns }: Question) => JSON.stringify([type, min, max, maxLength, pattern, options?.map(({ value }) => value), catalog, columns])
  return bounds(one) === bounds(other)
}

/** The value with its choices exchanged; as it was where nothing is said. */
function exchanged(value: unknown, by: Readonly<Record<string, string>> | undefined): unknown {
  if (!by) return value
  if (Array.isArray(value)) return [...new Set(value.map((one) => (typeof one === 'string' ? (by[one] ?? one) : one)))].filter((one) => one !== '')
  return typeof value === 'string' ? (by[value] ?? value) : value
}

/** Parts by their id, else the only new one of that name. */
export function pairParts(from: Pick<ProcedureRecord, 'parts'>, to: Pick<ProcedureRecord, 'parts'>): Map<string, string> {
  const fresh = to.parts.filter((one) => !from.parts.some((known) => known.id === one.id))
  return new Map(from.parts.flatMap((part): [string, string][] => {
    if (to.parts.some((one) => one.id === part.id)) return [[part.id, part.id]]
    const alike = fresh.filter((one) => fold(one.name) === fold(part.name))
    return alike.length === 1 ? [[part.id, alike[0]!.id]] : []
  }))
}

/** Lines of fees by their code, else by name, else the only other one of the same kind; the line there by the line here. */
export function pairFees(from: Pick<ProcedureRecord, 'fees'>, to: Pick<ProcedureRecord, 'fees'>): Record<string, string> {
  const here = [...new Map(from.fees.map((fee) => [fee.code, fee])).values()]
  const there = [...new Map(to.fees.map((fee) => [fee.code, fee])).values()]
  const old = here.filter((fee) => !there.some((one) => one.code === fee.code))
  const fresh = there.filter((fee) => !here.some((one) => one.code === fee.code))
  return Object.fromEntries(fresh.flatMap((fee): [string, string][] => {
    const named = old.filter((one) => fold(one.name) === fold(fee.name))
    const kind = (rows: typeof old) => rows.filter((one) => one.kind === fee.kind)
    const found = named.length === 1 ? named[0] : kind(old).length === 1 && kind(fresh).length === 1 ? kind(old)[0] : undefined
    return found ? [[fee.code, found.code]] : []
  }))
}
