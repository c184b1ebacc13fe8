// What the forms of the fee tab say, as rows, khoản and grounds of exemption; what is wrong is said beside its field.

import { checkFeel } from '#core/feel/index.ts'
import { type PostedCondition, postedFeel, readDraftForm, readPosted, type Subject, subjectsOf } from '#core/form/build/index.ts'
import type { FieldError } from '#core/errors.ts'
import { parseVnd } from '#core/money/index.ts'
import { type Exemption, type Fee, type FeePart, feePartOf, type FeeView, type Rate } from '#modules/procedures/index.ts'
import { type Body, day, many, one } from '../../../desk/answers.tsx'
import { countable, type ItemTyped, type RateTyped } from './row.tsx'

/** What conditions of fees may ask about: the answers, and the day of receipt by way of dates; the channel has its own boxes. */
export const feeSubjects = ({ record }: Pick<FeeView, 'record'>): readonly Subject[] => {
  const questions = readDraftForm(record.form).sections.flatMap((section) => section.questions)
  return subjectsOf(questions).filter((subject) => subject.ref !== 'channel')
}

export interface ReadCondition {
  readonly posted: PostedCondition | null
  readonly feel: string | undefined
  readonly fault: FieldError | null
}

export function readWhen(body: Body, subjects: readonly Subject[], kept: string | undefined): ReadCondition {
  const posted = readPosted(body, 'when')
  if (!posted) return { posted: null, feel: kept, fault: null }
  const feel = postedFeel(posted, subjects) || undefined
  const problem = feel === undefined ? null : checkFeel(feel)
  return { posted, feel, fault: problem ? { key: 'when', message: problem } : null }
}

/** What the page was opened with; the draft's own where a stranger's page says nothing that can be read. */
export function seenOf(body: Body, now: FeePart): FeePart {
  try {
    const value: unknown = JSON.parse(Buffer.from(one(body, '_seen'), 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && Array.isArray((value as { fees?: unknown }).fees) ? feePartOf(value as never) : now
  } catch {
    return now
  }
}

export const typedRate = (body: Body): RateTyped => ({
  amount: one(body, 'amount'), formula: one(body, 'formula').normalize('NFC'), count: one(body, 'count'), word: one(body, 'word').normalize('NFC').slice(0, 40), beyond: one(body, 'beyond'), most: one(body, 'most'),
  channels: many(body, 'channels'), from: day(body, 'from'), until: day(body, 'until'), whenText: one(body, 'whenText').normalize('NFC').slice(0, 1000), legal: one(body, 'legal').normalize('NFC').slice(0, 1000),
})

const DAY = /^\d{4}-\d\d-\d\d$/

/** The row that was typed, as far as it can be read, with everything wrong in it. */
export function readRate(typed: RateTyped, when: ReadCondition, view: FeeView, id: string): { rate: Rate; faults: FieldError[] } {
  const faults: FieldError[] = when.fault ? [when.fault] : []
  const money = (key: 'amount' | 'most', text: string): number | undefined => {
    if (text === '') return undefined
    const vnd = parseVnd(text)
    if (vnd === null) faults.push({ key, message: `“${text}” không phải số đồng nguyên. Ghi ví dụ 150.000.` })
    return vnd ?? undefined
  }
  const amount = money('amount', typed.amount)
  const most = money('most', typed.most)
  const beyond = typed.beyond === '' ? undefined : Number(typed.beyond)
  if (beyond !== undefined && !(Number.isInteger(beyond) && beyond >= 0)) faults.push({ key: 'beyond', message: 'Ghi một số nguyên, ví dụ 2.' })
  if (typed.amount === '' && typed.formula === '') faults.push({ key: 'amount', message: 'Ghi số tiền của dòng này; không thu thì ghi 0.' })
  if (typed.amount !== '' && typed.formula !== '') faults.push({ key: 'formula', message: 'Đã ghi số tiền thì để trống công thức, hoặc ngược lại.' })
  const problem = typed.formula === '' ? null : checkFeel(typed.formula)
  if (problem) faults.push({ key: 'formula', message: problem })
  for (const key of ['from', 'until'] as const) if (typed[key] !== '' && !DAY.test(typed[key])) faults.push({ key, message: 'Ghi một ngày có thật, ví dụ 21/11/2026.' })
  if (DAY.test(typed.from) && DAY.test(typed.until) && typed.from > typed.until) faults.push({ key: 'until', message: 'Ngày cuối đứng trước ngày đầu.' })
  const count = countable(view).find((question) => question.key === typed.count)
  if (typed.count !== '' && !count) faults.push({ key: 'count', message: 'Câu hỏi này không còn trong tờ khai; chọn câu khác.' })
  if (typed.count === '' && (typed.beyond !== '' || typed.most !== '')) faults.push({ key: 'count', message: 'Chọn câu hỏi để đếm, hoặc để trống cả nhóm này.' })
  const offered: readonly string[] = view.record.channels.map((each) => each.channel)
  const channels = typed.channels.filter((channel): channel is NonNullable<Rate['channels']>[number] => offered.includes(channel))
  const rate: Rate = {
    id, ...(channels.length > 0 && channels.length < offered.length ? { channels } : {}), ...(when.feel ? { when: when.feel } : {}), ...(typed.whenText ? { whenText: typed.whenText } : {}),
    ...(DAY.test(typed.from) ? { from: typed.from } : {}), ...(DAY.test(typed.until) ? { until: typed.until } : {}),
    ...(amount === undefined ? {} : { amount }), ...(typed.formula ? { formula: typed.formula } : {}),
    ...(count ? { per: { count: count.key, word: typed.word || 'đơn vị', ...(beyond ? { beyond } : {}), ...(most === undefined ? {} : { most }) } } : {}), ...(typed.legal ? { legal: typed.legal } : {}),
  }
  return { rate, faults }
}

export const typedItem = (body: Body): ItemTyped => ({
  code: one(body, 'code').normalize('NFC').slice(0, 40), name: one(body, 'name').normalize('NFC').slice(0, 300), kind: one(body, 'kind'), collectAt: one(body, 'collectAt'),
  legal: one(body, 'legal').normalize('NFC').slice(0, 1000), whenText: one(body, 'whenText').normalize('NFC').slice(0, 1000),
})

/** `Phí thẩm định hồ sơ` → `P-TDHS`, with a number when it is taken. */
function codeFor(name: string, kind: string, taken: readonly string[]): string {
  const letters = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').split(/[^A-Za-z0-9]+/).filter(Boolean).map((word) => word[0]!.toUpperCase()).join('').slice(0, 8) || 'KHOAN'
  const base = `${kind === 'phi' ? 'P' : 'LP'}-${letters}`
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}-${n}`
    if (!taken.includes(code)) return code
  }
}

export function readItem(typed: ItemTyped, when: ReadCondition, before: Fee | null, part: FeePart): { fee: Fee; faults: FieldError[] } {
  const faults: FieldError[] = when.fault ? [when.fault] : []
  const others = part.fees.filter((fee) => fee !== before).map((fee) => fee.code)
  if (typed.name === '') faults.push({ key: 'name', message: 'Ghi tên khoản thu như trong văn bản.' })
  const code = before?.code ?? (typed.code || codeFor(typed.name, typed.kind, others))
  if (!/^[A-Z0-9][A-Z0-9_-]{1,39}$/.test(code)) faults.push({ key: 'code', message: 'Mã gồm chữ hoa không dấu, số, gạch nối hoặc gạch dưới, ví dụ P-TDHS.' })
  if (!before && others.includes(code)) faults.push({ key: 'code', message: `Mã ${code} đã có ở khoản khác của thủ tục này.` })
  const { when: _w, whenText: _t, legal: _l, ...rest } = before ?? ({} as Fee)
  return {
    faults,
    fee: {
      ...rest, code, name: typed.name, kind: typed.kind === 'phi' ? 'phi' : 'le_phi', collectAt: (['tiep_nhan', 'bo_sung', 'tra_ket_qua'] as const).find((each) => each === typed.collectAt) ?? 'tiep_nhan',
      ...(when.feel ? { when: when.feel } : {}), ...(typed.whenText ? { whenText: typed.whenText } : {}), ...(typed.legal ? { legal: typed.legal } : {}),
    },
  }
}

export function readExemption(body: Body, when: ReadCondition, part: FeePart): { exemption: Exemption; faults: FieldError[]; typed: { text: string; percent: string; fees: readonly string[] } } {
  const typed = { text: one(body, 'text').normalize('NFC').slice(0, 1000), percent: one(body, 'percent'), fees: many(body, 'fees') }
  const percent = Number(typed.percent)
  const faults: FieldError[] = [
    ...(when.fault ? [when.fault] : when.feel ? [] : [{ key: 'when', message: 'Chọn câu hỏi và câu trả lời cho biết ai thuộc diện này.' }]),
    ...(typed.text ? [] : [{ key: 'text', message: 'Viết một câu cho người dân: ai, được miễn hay giảm khoản nào.' }]),
    ...(Number.isInteger(percent) && percent >= 1 && percent <= 100 ? [] : [{ key: 'percent', message: 'Ghi số nguyên từ 1 đến 100; miễn là 100.' }]),
  ]
  const fees = typed.fees.filter((code) => part.fees.some((fee) => fee.code === code))
  return { typed, faults, exemption: { text: typed.text, when: when.feel ?? 'false', ...(percent === 100 ? {} : { percent }), ...(fees.length > 0 && fees.length < part.fees.length ? { fees } : fees.length > 0 ? { fees } : {}) } }
}
