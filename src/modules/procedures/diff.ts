// What a draft changes, part by part, in the words of an official; and what that saves whoever hands in and whoever handles a dossier.

import { knownQuestions } from '#core/form/build/index.ts'
import type { Question } from '#core/form/types.ts'
import { DRAFT_PARTS, type DraftPart, type DraftRecord, PART_KEYS } from './draft-parts.ts'
import { calledIn, type Called } from './diff-names.ts'
import { keyWord, nameOf } from './draft-words.ts'
import { isObject, type Json, sameJson, thingKey } from './merge.ts'
import { mainRoute } from './route.ts'
import type { ProcedureRecord } from './record.ts'

export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  /** Where, in words: Bước “Thẩm định” › Số giờ làm việc. */
  readonly what: string
  readonly before: string | null
  readonly after: string | null
}

export interface DiffPart {
  readonly part: DraftPart
  readonly label: string
  readonly lines: readonly DiffLine[]
}

export const partLabels: Readonly<Record<DraftPart, string>> = {
  basics: 'Thông tin chung', process: 'Quy trình', form: 'Tờ khai', parts: 'Giấy tờ', fees: 'Phí, lệ phí', texts: 'Lời văn và mẫu in', reasons: 'Lý do', cases: 'Ca mẫu', decision: 'Quyết định, hiệu lực',
}

/** One of the things of a list, as it is called. */
const ONE: Readonly<Record<string, string>> = {
  steps: 'Bước', outcomes: 'Kết quả', sections: 'Mục', questions: 'Câu hỏi', columns: 'Cột', options: 'Lựa chọn', parts: 'Giấy tờ', partCases: 'Trường hợp', fees: 'Khoản thu', exemptions: 'Diện miễn, giảm', legalBasis: 'Văn bản', results: 'Kết quả',
  conditions: 'Điều kiện', channels: 'Kênh', refusal: 'Lý do từ chối', supplement: 'Lý do bổ sung', unresolved: 'Lý do không giải quyết', cases: 'Ca mẫu', prints: 'Mẫu in', notices: 'Tin nhắn', fields: 'Mục', rates: 'Dòng mức thu',
}

/** Texts too long or too inward to be shown: only that they changed is said. */
const OPAQUE = new Set(['bpmn', 'feeDmn', 'source'])

/** What differs between two records, by part; parts without a difference are left out. `before` null: everything is new. */
export function diffRecords(before: DraftRecord | null, after: DraftRecord): DiffPart[] {
  const say = calledIn(before, after)
  return DRAFT_PARTS.flatMap((part) => {
    const lines = PART_KEYS[part].flatMap((key) => walk(say, [], key, before?.[key], after[key]))
    return lines.length === 0 ? [] : [{ part, label: partLabels[part], lines }]
  })
}

function walk(say: Called, at: readonly string[], key: string, was: Json | undefined, is: Json | undefined): DiffLine[] {
  const [before, after] = [there(was), there(is)]
  if (sameJson(before, after)) return []
  const here = LISTED.has(key) && at.length === 0 ? [] : [keyWord(key)]
  const words = [...at, ...here]
  if (OPAQUE.has(key)) return [{ kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed', what: words.join(' › ') || keyWord(key), before: null, after: null }]
  if (isObject(after) && isObject(before) && !isTerm(after)) return objects(say, words, before, after)
  if (isObject(after) && before === undefined && !isTerm(after) && at.length === 0 && Object.values(after).some(Array.isArray)) return objects(say, words, {}, after)
  if (Array.isArray(after) && (Array.isArray(before) || before === undefined)) {
    const found = lists(say, at, key, (before ?? []) as readonly Json[], after as readonly Json[])
    if (found) return found
  }
  const what = words.join(' › ') || keyWord(key)
  if (before === undefined) return [{ kind: 'added', what, before: null, after: say(after, key) }]
  if (after === undefined) return [{ kind: 'removed', what, before: say(before, key), after: null }]
  return [{ kind: 'changed', what, before: say(before, key), after: say(after, key) }]
}

/** Null and an empty list say nothing: they are not there. */
const there = (value: Json | undefined): Json | undefined => (value === null || (Array.isArray(value) && value.length === 0) ? undefined : value)

/** Lists whose things are named one by one, so that the name of the list need not be said. */
const LISTED = new Set(Object.keys(ONE))
const isTerm = (value: { readonly [key: string]: Json }): boolean => 'value' in value && 'unit' in value

const objects = (say: Called, words: readonly string[], before: { readonly [key: string]: Json }, after: { readonly [key: string]: Json }): DiffLine[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => (INWARD.has(key) ? [] : walk(say, words, key, before[key], after[key])))

/** Keys that only machines read; a change of theirs always comes with one that people read. */
const INWARD = new Set(['key', 'id'])

function lists(say: Called, at: readonly string[], key: string, before: readonly Json[], after: readonly Json[]): DiffLine[] | null {
  const keyOf = thingKey(before, after)
  if (!keyOf) return null
  if ([...before, ...after].every((one) => typeof one === 'string')) return plain(say, at, key, before, after)
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [keyOf(one), one as { readonly [key: string]: Json }])))
  const called = (one: { readonly [key: string]: Json }) => (key === 'rates' ? `Dòng mức thu ${(after.includes(one) ? after : before).indexOf(one) + 1}` : `${ONE[key] ?? keyWord(key)} “${nameOf(one)}”`)
  const lines = [...new Set([...old!.keys(), ...now!.keys()])].flatMap((name): DiffLine[] => {
    const [was, is] = [old!.get(name), now!.get(name)]
    if (was && is) return objects(say, [...at, called(is)], was, is)
    const what = [...at, called((is ?? was)!)].join(' › ')
    return is ? [{ kind: 'added', what, before: null, after: gist(say, key, is) }] : [{ kind: 'removed', what, before: gist(say, key, was!), after: null }]
  })
  const both = (list: readonly Json[]) => list.map(keyOf).filter((name) => old!.has(name) && now!.has(name))
  if (!sameJson(both(before), both(after))) {
    const names = (map: Map<string, { readonly [key: string]: Json }>, order: readonly string[]) => order.map((name) => nameOf(map.get(name)!)).join(' → ')
    lines.push({ kind: 'moved', what: [...at, `Thứ tự: ${keyWord(key)}`].join(' › '), before: names(old!, both(before)), after: names(now!, both(after)) })
  }
  return lines
}

function plain(say: Called, at: readonly string[], key: string, before: readonly Json[], after: readonly Json[]): DiffLine[] {
  const what = [...at, keyWord(key)].join(' › ')
  const line = (kind: 'added' | 'removed', list: readonly Json[]): DiffLine[] => (list.length === 0 ? [] : [{ kind, what, before: kind === 'removed' ? say(list, key) : null, after: kind === 'added' ? say(list, key) : null }])
  const lines = [...line('removed', before.filter((one) => !after.includes(one))), ...line('added', after.filter((one) => !before.includes(one)))]
  return lines.length > 0 ? lines : [{ kind: 'moved', what, before: say(before, key), after: say(after, key) }]
}

/** The two or three things that matter of a thing added or taken out. */
function gist(say: Called, list: string, thing: { readonly [key: string]: Json }): string {
  const keys: Readonly<Record<string, readonly string[]>> = { steps: ['role', 'hours', 'clock'], rates: ['when', 'channels', 'amount', 'formula', 'clause'], parts: ['required', 'requiredWhen', 'originals', 'copies', 'legal'], fees: ['amount', 'formula', 'collectAt'], questions: ['type', 'required', 'visibleWhen'], legalBasis: ['name', 'articles'], cases: ['channel'], refusal: ['clause'], supplement: ['clause'], unresolved: ['clause'] }
  return (keys[list] ?? []).flatMap((key) => (thing[key] === undefined && key !== 'legal' ? [] : [`${keyWord(key)}: ${say(thing[key], key)}`])).join('; ')
}

/** What one dossier asks of people under a record. */
export interface Effort {
  /** Papers always to be handed in. */
  readonly papers: number
  /** Papers asked for in some cases. */
  readonly papersWhen: number
  /** Steps on the usual road. */
  readonly steps: number
  /** Working hours of officers on it. */
  readonly hours: number
  /** Questions a citizen is asked. */
  readonly questions: number
  /** Of these, filled in from what the State knows. */
  readonly known: number
  /** Labels of questions still asked though the State knows the answer (S2-100). */
  readonly askedAgain: readonly string[]
}

const SILENT = new Set(['computed', 'statement'])

/** Measures a record, as far as it is written. */
export function effortOf(draft: DraftRecord): Effort {
  const record = draft as unknown as Partial<ProcedureRecord>
  const parts = (record.parts ?? []).filter((part) => part.present !== 'xuat_trinh')
  const steps = record.steps ?? []
  const road = steps.length > 0 ? safely(() => mainRoute({ steps }), steps.map((step) => step.id)) : []
  const on = steps.filter((step) => road.includes(step.id))
  const form = { title: '', sections: record.form?.sections ?? [] }
  const questions = form.sections.flatMap((section) => (section.questions ?? []) as readonly Question[]).filter((question) => !SILENT.has(question.type))
  return {
    papers: parts.filter((part) => part.requiredWhen === undefined && part.required !== false).length, papersWhen: parts.filter((part) => part.requiredWhen !== undefined).length,
    steps: road.length, hours: on.filter((step) => step.clock !== 'stops').reduce((sum, step) => sum + (step.hours ?? 0), 0),
    questions: questions.length, known: questions.filter((question) => question.prefill || question.value).length,
    askedAgain: safely(() => knownQuestions(form as never, () => []).filter((one) => !one.filled).map((one) => one.question.label), []),
  }
}

function safely<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
