// What an official does to a form, one act at a time: add, change, move, rename, remove. Each gives a new form; none throws on an unfinished one.

import type { FormDefinition, Option, Question, QuestionType, Section } from '../types.ts'
import { cleanText } from '../../fields/clean.ts'
import { freeKey, keyFrom, renameIn } from './keys.ts'
import { asKind, kindOf } from './kinds.ts'

/** `key` of a question, or `key.column` of a column in a table. */
export type Place = string

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function readQuestion(raw: unknown): Question[] {
  if (!isObject(raw)) return []
  const columns = Array.isArray(raw['columns']) ? { columns: raw['columns'].flatMap(readQuestion) } : {}
  const options = Array.isArray(raw['options']) ? { options: raw['options'].filter(isObject).map((one) => ({ value: textOf(one['value']), label: textOf(one['label']) })) } : {}
  return [{ ...(raw as unknown as Question), key: textOf(raw['key']), label: textOf(raw['label']), type: textOf(raw['type']) as QuestionType, ...columns, ...options }]
}

/** The form of a draft that may be unfinished or come from anywhere: what can be read of it. */
export function readDraftForm(raw: unknown): FormDefinition {
  const form = isObject(raw) ? raw : {}
  const sections = Array.isArray(form['sections']) ? form['sections'] : []
  return {
    ...(form as unknown as FormDefinition), title: textOf(form['title']),
    sections: sections.filter(isObject).map((one) => ({ ...(one as unknown as Section), key: textOf(one['key']), title: textOf(one['title']), questions: (Array.isArray(one['questions']) ? one['questions'] : []).flatMap(readQuestion) })),
  }
}

export const questionsIn = (form: FormDefinition): readonly Question[] => form.sections.flatMap(({ questions }) => questions)

const mapQuestions = (form: FormDefinition, act: (questions: readonly Question[], section: Section) => readonly Question[]): FormDefinition =>
  ({ ...form, sections: form.sections.map((section) => ({ ...section, questions: act(section.questions, section) })) })

export function findQuestion(form: FormDefinition, place: Place): { question: Question; section: Section; table: Question | null } | null {
  const [key = '', column] = place.split('.')
  for (const section of form.sections) {
    const question = section.questions.find((one) => one.key === key)
    if (!question) continue
    if (column === undefined) return { question, section, table: null }
    const found = question.columns?.find((one) => one.key === column)
    return found ? { question: found, section, table: question } : null
  }
  return null
}

/** Puts `question` where `place` is. The form as it was when there is no such place. */
export function putQuestion(form: FormDefinition, place: Place, question: Question): FormDefinition {
  const [key = '', column] = place.split('.')
  return mapQuestions(form, (questions) => questions.map((one) => {
    if (one.key !== key) return one
    if (column === undefined) return question
    return { ...one, columns: (one.columns ?? []).map((inner) => (inner.key === column ? question : inner)) }
  }))
}

export function removeQuestion(form: FormDefinition, place: Place): FormDefinition {
  const [key = '', column] = place.split('.')
  return mapQuestions(form, (questions) => column === undefined
    ? questions.filter((one) => one.key !== key)
    : questions.map((one) => (one.key === key ? { ...one, columns: (one.columns ?? []).filter((inner) => inner.key !== column) } : one)))
}

const keysOf = (form: FormDefinition): Set<string> => new Set(questionsIn(form).map(({ key }) => key))

/** A new question at the end of a section, or after another; a key made of its label. */
export function addQuestion(form: FormDefinition, to: { section: string; after?: string; label: string; type: QuestionType }): { form: FormDefinition; key: string } {
  const label = cleanText(to.label) ?? kindOf(to.type)?.name ?? 'Câu hỏi mới'
  const key = freeKey(keyFrom(label), keysOf(form))
  const fresh = asKind({ key, label, type: to.type, ...(to.type === 'statement' || to.type === 'computed' ? {} : { required: true }) }, to.type)
  const next = mapQuestions(form, (questions, section) => {
    if (section.key !== to.section) return questions
    const at = to.after ? questions.findIndex((one) => one.key === to.after) : -1
    return at < 0 ? [...questions, fresh] : questions.toSpliced(at + 1, 0, fresh)
  })
  return { form: next, key }
}

export function addColumn(form: FormDefinition, table: string, label: string, type: QuestionType): { form: FormDefinition; place: Place } {
  const clean = cleanText(label) ?? 'Cột mới'
  const taken = new Set((findQuestion(form, table)?.question.columns ?? []).map(({ key }) => key))
  const key = freeKey(keyFrom(clean), taken)
  const column = asKind({ key, label: clean, type }, type)
  return { form: mapQuestions(form, (questions) => questions.map((one) => (one.key === table ? { ...one, columns: [...(one.columns ?? []), column] } : one))), place: `${table}.${key}` }
}

/** A copy behind the original, with a key of its own. */
export function copyQuestion(form: FormDefinition, key: string): { form: FormDefinition; key: string } {
  const found = findQuestion(form, key)
  if (!found) return { form, key }
  const fresh = freeKey(key, keysOf(form))
  return { form: mapQuestions(form, (questions) => questions.flatMap((one) => (one.key === key ? [one, { ...one, key: fresh, label: `${one.label} (bản sao)` }] : [one]))), key: fresh }
}

export type Step = 'up' | 'down' | 'first' | 'last'

function moved<T>(list: readonly T[], at: number, step: Step): readonly T[] {
  const to = step === 'up' ? at - 1 : step === 'down' ? at + 1 : step === 'first' ? 0 : list.length - 1
  if (at < 0 || to < 0 || to >= list.length) return list
  return list.toSpliced(at, 1).toSpliced(to, 0, list[at]!)
}

/** One place up or down; over the edge of its section into the next one. Columns within their table. */
export function moveQuestion(form: FormDefinition, place: Place, step: Step): FormDefinition {
  const [key = '', column] = place.split('.')
  if (column !== undefined) {
    return mapQuestions(form, (questions) => questions.map((one) => (one.key === key ? { ...one, columns: moved(one.columns ?? [], (one.columns ?? []).findIndex((inner) => inner.key === column), step) } : one)))
  }
  const from = form.sections.findIndex(({ questions }) => questions.some((one) => one.key === key))
  const section = form.sections[from]
  if (!section) return form
  const at = section.questions.findIndex((one) => one.key === key)
  const next = form.sections[from + (step === 'up' ? -1 : 1)]
  const over = (step === 'up' && at === 0) || (step === 'down' && at === section.questions.length - 1)
  if (over) return next ? placeQuestion(form, key, { section: next.key, at: step === 'up' ? next.questions.length : 0 }) : form
  return { ...form, sections: form.sections.map((one) => (one === section ? { ...one, questions: moved(one.questions, at, step) } : one)) }
}

/** To a place counted without the question itself: what dragging does. */
export function placeQuestion(form: FormDefinition, key: string, to: { section: string; at: number }): FormDefinition {
  const found = findQuestion(form, key)
  if (!found || key.includes('.') || !form.sections.some((one) => one.key === to.section)) return form
  return mapQuestions(removeQuestion(form, key), (questions, section) => (section.key === to.section ? questions.toSpliced(Math.max(0, Math.min(to.at, questions.length)), 0, found.question) : questions))
}

// — sections —

export function addSection(form: FormDefinition, title: string): { form: FormDefinition; key: string } {
  const clean = cleanText(title) ?? 'Phần mới'
  const key = freeKey(keyFrom(clean), new Set(form.sections.map((one) => one.key)))
  return { form: { ...form, sections: [...form.sections, { key, title: clean, questions: [] }] }, key }
}

export const putSection = (form: FormDefinition, key: string, now: Omit<Section, 'questions' | 'key'>): FormDefinition =>
  ({ ...form, sections: form.sections.map((one) => (one.key === key ? { key: one.key, ...now, questions: one.questions } : one)) })

export const moveSection = (form: FormDefinition, key: string, step: Step): FormDefinition =>
  ({ ...form, sections: moved(form.sections, form.sections.findIndex((one) => one.key === key), step) })

/** A section goes, its questions join the one before it (else the one after): nothing is lost with it. */
export function removeSection(form: FormDefinition, key: string): FormDefinition {
  const at = form.sections.findIndex((one) => one.key === key)
  const gone = form.sections[at]
  if (!gone) return form
  const heir = form.sections[at - 1] ?? form.sections[at + 1]
  if (!heir && gone.questions.length > 0) return form
  const join = (one: Section): Section => (one === heir ? { ...one, questions: at > 0 ? [...one.questions, ...gone.questions] : [...gone.questions, ...one.questions] } : one)
  return { ...form, sections: form.sections.filter((one) => one !== gone).map(join) }
}

// — keys —

const EXPRESSIONS = ['visibleWhen', 'requiredWhen', 'check', 'value'] as const

/** Another key for a question, also wherever the form reads it. */
export function renameQuestion(form: FormDefinition, key: string, now: string): FormDefinition {
  const inside = (question: Question): Question => ({
    ...question, ...Object.fromEntries(EXPRESSIONS.flatMap((name) => (question[name] === undefined ? [] : [[name, renameIn(question[name], key, now)]]))),
    ...(question.key === key ? { key: now } : {}),
    ...(question.columns ? { columns: question.columns.map((column) => ({ ...inside(column), key: column.key })) } : {}),
  })
  return { ...form, sections: form.sections.map((section) => ({ ...section, ...(section.visibleWhen === undefined ? {} : { visibleWhen: renameIn(section.visibleWhen, key, now) }), questions: section.questions.map(inside) })) }
}

// — choices —

const BULLET = /^(?:[•·▪◦●○■□*–—-]\s*|\(?(?:\d{1,2}|[a-zđ])[.)]\s+)/i

/** One choice a line, `Nhãn | mã`; bullets and numbers of a list pasted from Word fall away. A label that was there keeps its code, for dossiers hold it. */
export function readOptions(text: string, before: readonly Option[]): readonly Option[] {
  const known = new Map(before.map(({ label, value }) => [label, value]))
  const taken = new Set<string>()
  return text.split(/\r?\n/).flatMap((line) => {
    const [first = '', code] = line.trim().replace(BULLET, '').split(/\s\|\s/)
    const label = cleanText(first)
    if (!label) return []
    const given = cleanText(code)
    const value = given ?? known.get(label) ?? freeKey(keyFrom(label), new Set([...taken, ...known.values()]))
    taken.add(value)
    return [{ value, label }]
  })
}

export const writeOptions = (options: readonly Option[]): string => options.map(({ label, value }) => `${label} | ${value}`).join('\n')
