// The form of a calendar's change: which questions each kind asks, and what the answers come to. The same answers go through the preview unchanged.

import type { FieldError } from '#core/errors.ts'
import type { Question } from '#core/form/types.ts'
import { readBody } from '#core/form/index.ts'
import { type Draft, type Entry, ENTRY_KINDS, type EntryKind, type Sessions } from '#modules/calendars/index.ts'
import { type Body, many, one } from '../../desk/answers.tsx'

/** Swaps are asked as one thing: a working day off, a free day worked instead. */
export type FormKind = EntryKind | 'swap'

export const FORM_KINDS: Readonly<Record<FormKind, { readonly label: string; readonly help: string }>> = {
  closure: { label: 'Đóng cửa đột xuất', help: 'Bão, lũ, mất điện, sự cố: đơn vị không làm việc những ngày này.' },
  sessions: { label: 'Giờ riêng của một ngày', help: 'Nghỉ nửa ngày, làm thêm sáng thứ Bảy, về sớm ngày cuối năm.' },
  swap: { label: 'Hoán đổi ngày làm việc', help: 'Nghỉ một ngày thường, làm bù vào một ngày nghỉ.' },
  hours: { label: 'Giờ làm việc theo mùa', help: 'Giờ mùa hè, mùa đông, làm việc sáng thứ Bảy hằng tuần.' },
  holiday: { label: 'Ngày nghỉ lễ', help: 'Ngày lễ chưa có trong lịch quốc gia.' },
  compensatory: { label: 'Nghỉ bù', help: 'Ngày lễ trùng ngày nghỉ hằng tuần, nghỉ bù ngày làm việc kế tiếp.' },
  swap_off: { label: ENTRY_KINDS.swap_off.label, help: 'Một ngày thường được nghỉ theo thông báo hoán đổi.' },
  swap_work: { label: ENTRY_KINDS.swap_work.label, help: 'Một ngày nghỉ hoặc ngày lễ vẫn làm việc như ngày thường.' },
}

/** The kinds offered to begin with; the others are parts of a swap, or come from the national list. */
export const OFFERED: readonly FormKind[] = ['closure', 'sessions', 'swap', 'hours', 'holiday', 'compensatory', 'swap_work']

const time = (key: string, label: string, required = false): Question => ({ key, label, type: 'time', required })
const NAME: Question = { key: 'name', label: 'Tên hoặc lý do', type: 'text', required: true, help: 'Người dân đọc câu này trong cách tính hạn. Ví dụ: Nghỉ tránh bão số 12.' }
const BASIS: Question = { key: 'basis', label: 'Căn cứ', type: 'text', required: true, help: 'Số, ngày của quyết định, thông báo. Ví dụ: Thông báo 123/TB-UBND ngày 20/11/2026.' }
const MORNING = [time('am_from', 'Sáng, từ'), time('am_to', 'đến')]
const AFTERNOON = [time('pm_from', 'Chiều, từ'), time('pm_to', 'đến')]
const SATURDAY = [time('sat_from', 'Thứ Bảy, từ'), time('sat_to', 'đến')]

export interface Group {
  readonly title?: string
  readonly help?: string
  readonly questions: readonly Question[]
}

/** The questions of a kind, in the order they are asked. */
export function groupsOf(kind: FormKind): Group[] {
  const days: Group = kind === 'swap'
    ? { questions: [{ key: 'from', label: 'Ngày thường được nghỉ', type: 'date', required: true }, { key: 'work_on', label: 'Ngày nghỉ làm bù', type: 'date', required: true }] }
    : kind === 'hours'
      ? { questions: [{ key: 'from', label: 'Từ ngày', type: 'date', required: true }, { key: 'to', label: 'Đến hết ngày', type: 'date', help: 'Để trống khi chưa định ngày thôi.' }] }
      : { questions: [{ key: 'from', label: 'Từ ngày', type: 'date', required: true }, { key: 'to', label: 'Đến hết ngày', type: 'date', help: 'Để trống nếu chỉ một ngày.' }] }
  const sessions: Group[] = kind === 'sessions'
    ? [{ title: 'Giờ làm việc trong ngày', help: 'Buổi không làm việc thì để trống.', questions: [...MORNING, ...AFTERNOON] }]
    : kind === 'hours'
      ? [{ title: 'Thứ Hai đến thứ Sáu', questions: [...MORNING, ...AFTERNOON] }, { title: 'Thứ Bảy', help: 'Để trống nếu không làm việc thứ Bảy.', questions: SATURDAY }]
      : []
  return [days, ...sessions, { questions: [NAME, BASIS] }]
}

export const questionsOf = (kind: FormKind): Question[] => groupsOf(kind).flatMap((group) => group.questions)

export type Answers = Readonly<Record<string, string | null>>

export interface Asked {
  readonly kind: FormKind
  readonly answers: Answers
  readonly late: boolean
  /** entries to end */
  readonly end: readonly string[]
}

export function readAsked(body: Body): Asked {
  const kind = one(body, 'kind') as FormKind
  const known: FormKind = kind in FORM_KINDS ? kind : 'closure'
  return { kind: known, answers: readBody(questionsOf(known), body) as Answers, late: one(body, 'late') === '1', end: many(body, 'end') }
}

const pairs = (...given: (readonly [string | null | undefined, string | null | undefined])[]): [string, string][] =>
  given.filter(([from, to]) => from || to).map(([from, to]) => [from ?? '', to ?? ''])

function sessionsOf(kind: FormKind, answers: Answers): Sessions | null {
  const day = pairs([answers['am_from'], answers['am_to']], [answers['pm_from'], answers['pm_to']])
  if (kind === 'sessions') return Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, day]))
  if (kind !== 'hours') return null
  return Object.fromEntries([...[1, 2, 3, 4, 5].map((weekday) => [weekday, day] as const), [6, pairs([answers['sat_from'], answers['sat_to']])] as const])
}

/** What the answers come to; faults of what was left out or misread. */
export function draftsOf({ kind, answers }: Asked): { drafts: Draft[]; basis: string; faults: FieldError[] } {
  const faults: FieldError[] = questionsOf(kind).filter((question) => question.required && !answers[question.key]).map((question) => ({ key: question.key, message: `Ghi ${question.label.toLocaleLowerCase('vi')}.` }))
  const iso = /^\d{4}-\d{2}-\d{2}$/
  for (const key of ['from', 'to', 'work_on']) {
    const value = answers[key]
    if (value && (!iso.test(value) || Number.isNaN(Date.parse(value)))) faults.push({ key, message: 'Ngày không có thật; ghi ngày/tháng/năm, ví dụ 24/11/2026.' })
  }
  const base = { name: answers['name'] ?? '', sessions: sessionsOf(kind, answers) }
  const from = answers['from'] ?? ''
  const drafts: Draft[] = kind === 'swap'
    ? [{ ...base, kind: 'swap_off', from, to: from }, { ...base, kind: 'swap_work', from: answers['work_on'] ?? '', to: answers['work_on'] ?? '' }]
    : [{ ...base, kind, from, to: kind === 'hours' ? (answers['to'] ?? null) : (answers['to'] || from) }]
  return { drafts, basis: answers['basis'] ?? '', faults }
}

/** The answers by which an entry would be written again. */
export function answersOf(entry: Entry): Asked {
  const [am, pm] = entry.sessions?.[1] ?? []
  const [sat] = entry.kind === 'hours' ? (entry.sessions?.[6] ?? []) : []
  return {
    kind: entry.kind, late: false, end: [entry.id],
    answers: {
      from: entry.from, to: entry.to, name: entry.name, basis: null, am_from: am?.[0] ?? null, am_to: am?.[1] ?? null, pm_from: pm?.[0] ?? null, pm_to: pm?.[1] ?? null,
      sat_from: sat?.[0] ?? null, sat_to: sat?.[1] ?? null,
    },
  }
}
