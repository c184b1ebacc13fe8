// What the editor of a question posts, read over the question it began from: cleaned of what Word brings, nothing that was not shown is touched.

import { cleanText } from '#core/fields/clean.ts'
import { fieldType } from '#core/fields/index.ts'
import { asKind, isKey, kindOf, KINDS, postedFeel, type PostedCondition, readOptions, readPosted, type Subject } from '#core/form/build/index.ts'
import type { Question, QuestionType } from '#core/form/types.ts'
import { type Body, one } from '../../../desk/answers.tsx'

export interface ReadQuestion {
  readonly question: Question
  readonly conditions: Readonly<Record<string, PostedCondition | null>>
}

type Loose = { -readonly [K in keyof Question]?: Question[K] | undefined }

const numberOf = (text: string): number | undefined => {
  const value = fieldType('number').read(text, { key: '', label: '', type: 'number' })
  return typeof value === 'number' ? value : undefined
}

/** A bound in the shape its kind compares; what cannot be read is kept as text, so that it is seen again. */
function boundOf(text: string, type: QuestionType): unknown {
  const clean = cleanText(text)
  if (clean === null) return undefined
  const settings = kindOf(type)?.settings ?? []
  if (settings.includes('days')) return fieldType('date').read(clean, { key: '', label: '', type: 'date' }) ?? undefined
  if (settings.includes('times')) return fieldType('time').read(clean, { key: '', label: '', type: 'time' }) ?? undefined
  return numberOf(clean) ?? clean
}

/** `subjects` by name of the condition. The key of the result is what was typed, when it can be one; renaming elsewhere is the caller's. */
export function readQuestion(body: Body, was: Question, subjects: (name: string) => readonly Subject[]): ReadQuestion {
  const now: Loose = { ...was }
  const has = (name: string): boolean => body[name] !== undefined
  const line = (name: 'official' | 'example' | 'error' | 'pattern', lines: 'one' | 'many' = 'one') => {
    if (has(name)) now[name] = (name === 'pattern' ? one(body, name).trim() : cleanText(one(body, name), lines)) || undefined
  }
  if (has('label')) now.label = cleanText(one(body, 'label')) ?? ''
  if (has('help')) now.help = cleanText(one(body, 'help'), 'many') ?? undefined
  line('official')
  line('example')
  line('error')
  line('pattern')
  if (has('maxLength')) now.maxLength = numberOf(one(body, 'maxLength')) === undefined ? undefined : Math.max(1, Math.round(numberOf(one(body, 'maxLength'))!))
  for (const name of ['min', 'max'] as const) if (has(name)) now[name] = boundOf(one(body, name), was.type)
  if (has('options')) now.options = [...readOptions(one(body, 'options'), was.options ?? [])]
  if (has('catalog')) now.catalog = one(body, 'catalog') || undefined
  if (has('prefill')) now.prefill = one(body, 'prefill') || undefined
  if (has('value')) now.value = one(body, 'formula') || one(body, 'value').normalize('NFC').trim() || undefined
  if (has('sensitive')) now.sensitive = (['noi_bo', 'co_ban', 'nhay_cam'] as const).find((level) => level === one(body, 'sensitive'))
  const typed = one(body, 'key').trim()
  if (isKey(typed)) now.key = typed

  const conditions: Record<string, PostedCondition | null> = {}
  for (const name of ['visibleWhen', 'check'] as const) {
    const posted = (conditions[name] = readPosted(body, name))
    if (posted) now[name] = postedFeel(posted, subjects(name)) || undefined
  }
  if (has('must')) {
    const must = one(body, 'must')
    const posted = readPosted(body, 'requiredWhen')
    now.required = must === 'yes' || undefined
    now.requiredWhen = must === 'when' && posted ? postedFeel(posted, subjects('requiredWhen')) || undefined : undefined
    if (must === 'when') conditions['requiredWhen'] = posted ?? { mode: 'words', feel: '', join: 'all', rows: [] }
  }
  const type = KINDS.find((kind) => kind.type === one(body, 'type'))?.type ?? was.type
  const whole = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== undefined)) as unknown as Question
  return { question: type === was.type ? whole : asKind(whole, type), conditions }
}
