// What filling in a form gives: which questions are asked, what the answers are, what must be mended.

import { type FEEL_NAMES, feel, holds } from '../feel/index.ts'
import { answerColumns, fieldType } from '../fields/index.ts'
import { own } from '../fields/clean.ts'
import type { FormDefinition, FormEnv, FormState, Question, Section, Values } from './types.ts'

interface Asked {
  readonly question: Question
  readonly section: Section
  /** keys of the form that the question's check names */
  readonly checkUses: readonly string[]
}

type FormError = FormState['errors'][number]
type Scope = Record<(typeof FEEL_NAMES)[number], unknown>

const prepared = new WeakMap<FormDefinition, readonly Asked[]>()

/** Keys that an expression reads as `form.key`. */
export const usedKeys = (expression: string | undefined): readonly string[] =>
  expression === undefined ? [] : [...new Set([...expression.matchAll(/\bform\s*\.\s*([A-Za-z_]\w*)/g)].map((found) => found[1] ?? ''))]

function prepare(def: FormDefinition): readonly Asked[] {
  const known = prepared.get(def)
  if (known) return known
  const asked = def.sections.flatMap((section) =>
    section.questions.map((question) => ({ question, section, checkUses: usedKeys(question.check) })),
  )
  prepared.set(def, asked)
  return asked
}

/**
 * Evaluates a form: answers are read into their normal shape, computed ones worked out, hidden ones taken away, the rest checked.
 *
 * - Conditions are FEEL over {form, applicant, channel, receivedOn, parts}; every key of the form is there, null without an answer.
 * - A hidden question (its own or its section's `visibleWhen` is not true) counts as null everywhere and loses its value.
 * - `requiredWhen` wins over `required`. An empty question that is not required is not checked.
 * - One answer: first its type, bounds, options and pattern; only then its `check`.
 * - A `check` that is not true fails. But when it is null (unknown) and a question it names has itself an error, it stays silent:
 *   that other error comes first and the form is refused anyway.
 * - Errors stand in the order of the form. It never throws, whatever `values` holds, and gives the same on its own values.
 */
export function evaluateForm(def: FormDefinition, values: Values, env: FormEnv): FormState {
  const asked = prepare(def)
  const normal = new Map(asked.map(({ question }) => [question.key, fieldType(question.type).read(own(values, question.key), question)]))
  const form: Values = Object.fromEntries(normal)
  const scope: Scope = {
    form,
    applicant: env.applicant ?? null,
    channel: env.channel,
    receivedOn: env.receivedOn,
    parts: env.parts ?? [],
    value: null,
  }
  const visible = settle(asked, normal, scope)
  const required = new Set<string>()
  for (const { question } of asked) {
    if (!visible.has(question.key) || question.type === 'computed' || question.type === 'statement') continue
    if (question.requiredWhen === undefined ? question.required === true : holds(question.requiredWhen, scope)) required.add(question.key)
  }
  return {
    values: Object.fromEntries(asked.flatMap(({ question: { key } }) => ((form[key] ?? null) === null ? [] : [[key, form[key]]]))),
    visible,
    visibleSections: new Set(asked.filter(({ question }) => visible.has(question.key)).map(({ section }) => section.key)),
    required,
    errors: findErrors(asked, visible, required, scope, env),
  }
}

/**
 * Visibility and computed values, to the fix-point: in the order of the form, each change seen at once by what follows, again until
 * nothing moves. A form whose conditions chase each other stops after as many rounds as it has questions; what still moves is hidden.
 */
function settle(asked: readonly Asked[], normal: ReadonlyMap<string, unknown>, scope: Scope): Set<string> {
  const form = scope.form as Values
  const visible = new Set(asked.map(({ question }) => question.key))
  const lastRound = asked.length + 2
  for (let round = 0, moved = true; moved && round <= lastRound; round++) {
    moved = false
    const shown = new Map<Section, boolean>()
    for (const { question, section } of asked) {
      const open = shown.get(section) ?? (section.visibleWhen === undefined || holds(section.visibleWhen, scope))
      shown.set(section, open)
      const show =
        open &&
        (question.visibleWhen === undefined || holds(question.visibleWhen, scope)) &&
        (round < lastRound || visible.has(question.key))
      const value = !show
        ? null
        : question.type === 'computed'
          ? feel(question.value ?? 'null', scope).value
          : (normal.get(question.key) ?? null)
      if (show !== visible.has(question.key) || !same(value, form[question.key] ?? null)) moved = true
      if (show) visible.add(question.key)
      else visible.delete(question.key)
      form[question.key] = value
    }
  }
  return visible
}

const same = (a: unknown, b: unknown): boolean => a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))

function findErrors(asked: readonly Asked[], visible: ReadonlySet<string>, required: ReadonlySet<string>, scope: Scope, env: FormEnv) {
  const form = scope.form as Values
  const found = new Map<string, FormError[]>()
  const unchecked: Asked[] = []
  for (const one of asked) {
    const { question } = one
    const { key } = question
    if (!visible.has(key)) continue
    const value = form[key] ?? null
    const type = fieldType(question.type)
    if (value === null) {
      if (required.has(key)) found.set(key, [{ key, path: key, message: type.missing(question) }])
      continue
    }
    const faults = [...type.check(question, value, env), ...rowFaults(question, value, scope)]
    if (faults.length > 0)
      found.set(
        key,
        faults.map(({ path, message }) => ({ key, path: path ? `${key}.${path}` : key, message })),
      )
    else if (question.check !== undefined) unchecked.push(one)
  }
  const faulty = new Set(found.keys())
  for (const { question, checkUses } of unchecked) {
    const { key } = question
    const { value } = feel(question.check ?? 'true', { ...scope, value: form[key] })
    if (value === true || (value === null && checkUses.some((used) => faulty.has(used)))) continue
    found.set(key, [{ key, path: key, message: question.error ?? 'Câu trả lời chưa phù hợp với các mục khác; hãy xem lại.' }])
  }
  return asked.flatMap(({ question }) => found.get(question.key) ?? [])
}

/** The columns' own checks: `value` is the cell, `row` the row. */
function rowFaults(question: Question, value: unknown, scope: Scope) {
  if (question.type !== 'table' || !Array.isArray(value)) return []
  const columns = answerColumns(question).filter(({ check }) => check !== undefined)
  return value.flatMap((row: Values, at) =>
    columns.flatMap((column) => {
      const cell = row[column.key] ?? null
      if (cell === null || holds(column.check ?? 'true', { ...scope, value: cell, row })) return []
      const message = `Dòng ${at + 1}, ${column.label}: ${column.error ?? 'câu trả lời chưa phù hợp; hãy xem lại.'}`
      return [{ path: `${at}.${column.key}`, message }]
    }),
  )
}
