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

/** Every question of one form with the one of the other that asks the same: by its key, else the only new one of that label and type. */
export function pairQuestions(from: Pick<ProcedureRecord, 'form'>, to: Pick<ProcedureRecord, 'form'>): QuestionPair[] {
  const [here, there] = [questionsOf(from), questionsOf(to)]
  const fresh = there.filter((one) => !here.some((known) => known.key === one.key))
  return here.map((question): QuestionPair => {
    const same = there.find((one) => one.key === question.key)
    if (same) return { from: question, to: same, how: sameShape(question, same) ? 'same' : 'changed' }
    const likes = fresh.filter((one) => one.type === question.type && fold(one.label) === fold(question.label))
    return likes.length === 1 ? { from: question, to: likes[0]!, how: 'renamed' } : { from: question, to: null, how: 'gone' }
  })
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether a question takes a value, whatever its conditions. */
export function takes(question: Question, value: unknown, env: FormEnv): boolean {
  const { visibleWhen: _, requiredWhen: __, check: ___, value: ____, ...bare } = question
  const { errors, values } = evaluateForm({ title: '', sections: [{ key: 's', title: '', questions: [{ ...bare, required: false }] }] }, { [question.key]: value }, env)
  return errors.length === 0 && !isEmpty(values[question.key])
}

export interface MappedAnswers {
  readonly form: Values
  /** The old question by the new one, for those that were taken over under another key. */
  readonly keys: Readonly<Record<string, string>>
  /** Labels. */
  readonly left: readonly string[]
  readonly renamed: readonly string[]
  /** Questions whose answer does not fit and about which nothing was chosen. */
  readonly conflicts: readonly { readonly key: string; readonly label: string }[]
}

/** One dossier's answers under the new form. What is not asked any more stays where it lies; nothing that was written is lost. */
export function mapAnswers(form: Values, pairs: readonly QuestionPair[], choices: AnswerChoices, there: readonly Question[], env: FormEnv): MappedAnswers {
  const next: Values = { ...form }
  const keys: Record<string, string> = {}
  const left: string[] = []
  const renamed: string[] = []
  const conflicts: { key: string; label: string }[] = []
  for (const { from, to } of pairs) {
    const value = form[from.key]
    if (SHOWN_ONLY.includes(from.type) || isEmpty(value)) continue
    const choice = choices[from.key]
    const target = choice ? (there.find((one) => one.key === choice.to) ?? null) : to
    if (!target) {
      // gone: it stays as it lies, unless the key means something else now
      if (there.some((one) => one.key === from.key)) next[from.key] = null
      left.push(from.label)
      continue
    }
    const carried = exchanged(value, choice?.values)
    if (SHOWN_ONLY.includes(target.type)) continue
    if (!choice?.keep && !alike(from, target) && !takes(target, carried, env)) {
      if (choice || to === null) {
        next[from.key] = null
        left.push(from.label)
      } else conflicts.push({ key: from.key, label: from.label })
      continue
    }
    next[target.key] = carried
    if (target.key === from.key) continue
    keys[target.key] = from.key
    if (!there.some((one) => one.key === from.key)) delete next[from.key]
    renamed.push(`${from.label} → ${target.label}`)
  }
  return { form: next, keys, left, renamed, conflicts }
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
