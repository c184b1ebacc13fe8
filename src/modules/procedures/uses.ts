// Where a record reads an answer of its form: what must be mended when a question goes, and what follows when its key changes.

import { renameIn, renameQuestion, readDraftForm } from '#core/form/build/index.ts'
import { DRAFT_PARTS, type DraftPart, type DraftRecord, partAt, partOf, type PartValue } from './draft-parts.ts'
import { isObject, type Json, sameJson } from './merge.ts'

export interface AnswerUse {
  readonly part: DraftPart
  /** For people: `giấy tờ “Giấy chứng sinh”`. */
  readonly words: string
}

const KINDS: readonly (readonly [string, string, readonly string[]])[] = [
  ['parts', 'giấy tờ', ['name', 'id']], ['partCases', 'trường hợp', ['name', 'key']], ['fees', 'khoản thu', ['name', 'code']], ['exemptions', 'miễn giảm', ['text']], ['conditions', 'điều kiện', ['text']],
  ['steps', 'bước', ['name', 'id']], ['results', 'kết quả', ['name']], ['cases', 'ca mẫu', ['title']],
]

const named = (item: Json, names: readonly string[]): string => {
  const found = isObject(item) ? names.map((name) => item[name]).find((one) => typeof one === 'string' && one !== '') : undefined
  return typeof found === 'string' ? (found.length > 60 ? `${found.slice(0, 57)}…` : found) : ''
}

/** Every text of a value, wherever it stands. */
function* textsIn(value: Json): Iterable<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const one of value as readonly Json[]) yield* textsIn(one)
  else if (isObject(value)) for (const one of Object.values(value)) yield* textsIn(one)
}

const reads = (key: string): RegExp => new RegExp(`(?<![\\w.])form\\s*\\.\\s*${key}(?!\\w)`)
const writes = (key: string): RegExp => new RegExp(`(?<![\\w.])answers\\s*\\.\\s*${key}(?!\\w)`)
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

/** Each place that reads this answer, the question itself left out. */
export function answerUses(record: DraftRecord, key: string): readonly AnswerUse[] {
  const pattern = reads(key)
  const found: AnswerUse[] = []
  const form = readDraftForm(record['form'])
  for (const section of form.sections) {
    if (section.visibleWhen && pattern.test(section.visibleWhen)) found.push({ part: 'form', words: `phần “${section.title}”` })
    for (const question of section.questions) if (question.key !== key && [...textsIn(question as unknown as Json)].some((text) => pattern.test(text))) found.push({ part: 'form', words: `câu “${question.label}”` })
  }
  for (const [name, words, names] of KINDS) {
    for (const item of list(record[name])) {
      const uses = [...textsIn(item)].some((text) => pattern.test(text)) || (name === 'cases' && isObject(item) && isObject(item['form']) && item['form'][key] !== undefined)
      if (uses) found.push({ part: partAt(name), words: `${words} “${named(item, names)}”` })
    }
  }
  const rest: readonly (readonly [string, string])[] = [['competence', 'thẩm quyền'], ['extension', 'gia hạn'], ['feeDmn', 'bảng phí'], ['bpmn', 'quy trình']]
  for (const [name, words] of rest) if (record[name] !== undefined && [...textsIn(record[name]!)].some((text) => pattern.test(text))) found.push({ part: partAt(name), words })
  const texts = record['texts']
  if (texts !== undefined && [...textsIn(texts)].some((text) => writes(key).test(text))) found.push({ part: 'texts', words: 'mẫu in của thủ tục' })
  return found
}

function renamed(value: Json, name: string, key: string, now: string): Json {
  if (typeof value === 'string') {
    // In XML and in templates quotes are part of the writing, not of an answer.
    if (name === 'feeDmn' || name === 'bpmn') return value.replaceAll(new RegExp(reads(key).source, 'g'), `form.${now}`)
    return name === 'texts' ? value.replaceAll(new RegExp(writes(key).source, 'g'), `answers.${now}`) : renameIn(value, key, now)
  }
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => renamed(one, name, key, now))
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([at, one]) => [at, renamed(one, name, key, now)])) : value
}

/** The parts of a record as they are when a question is called otherwise; only those that change. */
export function renameAnswer(record: DraftRecord, key: string, now: string): ReadonlyMap<DraftPart, PartValue> {
  const next: Record<string, Json> = Object.fromEntries(Object.entries(record).map(([name, value]) => {
    if (name === 'form') return [name, renameQuestion(readDraftForm(value), key, now) as unknown as Json]
    if (name === 'cases') return [name, list(value).map((one) => (isObject(one) && isObject(one['form']) && one['form'][key] !== undefined ? { ...one, form: Object.fromEntries(Object.entries(one['form']).map(([at, answer]) => [at === key ? now : at, answer])) } : one))]
    return [name, renamed(value, name, key, now)]
  }))
  return new Map(DRAFT_PARTS.flatMap((part) => (sameJson(partOf(record, part), partOf(next, part)) ? [] : [[part, partOf(next, part)] as const])))
}
