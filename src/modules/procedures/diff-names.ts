// What the codes of a record are called in a difference: steps, questions, papers by their names, conditions as sentences.

import { conditionSentence, questionsIn, readDraftForm, type Subject, subjectsOf } from '#core/form/build/index.ts'
import type { DraftRecord } from './draft-parts.ts'
import { sayValue } from './draft-words.ts'
import { isObject, type Json } from './merge.ts'

/** A value that stands under this key, in words. */
export type Called = (value: Json | undefined, key: string) => string

const STEPS = new Set(['next', 'route', 'joins'])
const CONDITIONS = new Set(['when', 'visibleWhen', 'requiredWhen', 'check'])

type Names = ReadonlyMap<string, string>

function names(list: Json | undefined, key: string, name: string): [string, string][] {
  return (Array.isArray(list) ? (list as readonly Json[]) : []).flatMap((one): [string, string][] =>
    isObject(one) && typeof one[key] === 'string' && typeof one[name] === 'string' && one[name] !== '' ? [[one[key], one[name]]] : [])
}

const questionsOf = (record: DraftRecord | null): Json[] => {
  const form = record?.form
  const sections = isObject(form) && Array.isArray(form.sections) ? (form.sections as readonly Json[]) : []
  return sections.flatMap((one) => (isObject(one) && Array.isArray(one.questions) ? (one.questions as Json[]) : []))
}

/** Speaks of both records; where they differ the later one's name holds. */
export function calledIn(before: DraftRecord | null, after: DraftRecord): Called {
  const of = (read: (record: DraftRecord | null) => [string, string][]): Names => new Map([...read(before), ...read(after)])
  const steps = of((record) => names(record?.steps, 'id', 'name'))
  const questions = of((record) => names(questionsOf(record), 'key', 'label'))
  const papers = of((record) => names(record?.parts, 'id', 'name'))
  const known: Readonly<Record<string, Names>> = { errors: questions, requiredParts: papers }
  const subjects: readonly Subject[] = safely(() => [after, before].flatMap((record) => (record?.form ? subjectsOf(questionsIn(readDraftForm(record.form))) : [])), [])
  return (value, key) => {
    const map = STEPS.has(key) ? steps : known[key]
    const named = (one: Json): Json => (typeof one === 'string' ? (map?.get(one) ?? one) : one)
    if (map && typeof value === 'string') return sayValue(named(value), [key])
    if (map && Array.isArray(value)) return sayValue((value as readonly Json[]).map(named), [key === 'route' ? 'steps' : key])
    if (CONDITIONS.has(key) && typeof value === 'string') return safely(() => conditionSentence(value, subjects), null) ?? sayValue(value, [key])
    return sayValue(value, [key])
  }
}

function safely<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
