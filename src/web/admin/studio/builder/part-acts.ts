// One act on the papers of a draft or on the cases they are grouped by, as a page posts it.

import { cleanText } from '#core/fields/clean.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { freeKey, keyFrom, postedFeel, type PostedCondition, readPosted, type Subject } from '#core/form/build/index.ts'
import { type Body, one } from '../../../desk/answers.tsx'
import { isPending } from './condition.tsx'

/** A paper or a case of a draft that may be unfinished. */
export interface DraftPaper {
  readonly id: string
  readonly name: string
  readonly [key: string]: unknown
}
export interface DraftCase {
  readonly key: string
  readonly name: string
  readonly when?: string
}
export interface Papers {
  readonly parts: readonly DraftPaper[]
  readonly partCases: readonly DraftCase[]
}

export interface PapersActed {
  readonly before: Papers
  readonly after: Papers
  readonly at: string | null
  readonly pending?: PostedCondition | null
  readonly said?: string
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const readPapers = (record: { readonly [key: string]: unknown }): Papers => ({
  parts: list(record['parts']).map((one) => ({ ...one, id: textOf(one['id']), name: textOf(one['name']) })),
  partCases: list(record['partCases']).map((one) => ({ key: textOf(one['key']), name: textOf(one['name']), ...(typeof one['when'] === 'string' ? { when: one['when'] } : {}) })),
})

/** As the part of the draft keeps it: no list of cases where there are none. */
export const keptPapers = ({ parts, partCases }: Papers): object => ({ parts, ...(partCases.length > 0 ? { partCases } : {}) })

const count = (body: Body, name: string): number | undefined => {
  const text = one(body, name).trim()
  return /^\d{1,3}$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}

function moved<T>(items: readonly T[], at: number, step: string): readonly T[] {
  const to = step === 'up' ? at - 1 : at + 1
  return at < 0 || to < 0 || to >= items.length ? items : items.toSpliced(at, 1).toSpliced(to, 0, items[at]!)
}

function wasOf<T>(body: Body): T | null {
  try {
    const value: unknown = JSON.parse(one(body, '_was'))
    return isObject(value) ? (value as T) : null
  } catch {
    return null
  }
}

export function actOnPapers(papers: Papers, body: Body, subjects: readonly Subject[]): PapersActed {
  const act = one(body, '_do') || 'save'
  const place = one(body, 'place')
  if (act === 'add') {
    const name = cleanText(one(body, 'name'))
    if (!name) throw new Invalid([{ key: 'name', message: 'Ghi tên giấy tờ.' }], 'Ghi tên giấy tờ rồi bấm lại.')
    const id = freeKey(keyFrom(name), new Set(papers.parts.map((part) => part.id)))
    return { before: papers, after: { ...papers, parts: [...papers.parts, { id, name, present: 'nop', required: true, originals: 1 }] }, at: id }
  }
  if (act === 'add-case') {
    const name = cleanText(one(body, 'name'))
    if (!name) throw new Invalid([{ key: 'name', message: 'Ghi tên trường hợp.' }], 'Ghi tên trường hợp rồi bấm lại.')
    const key = freeKey(keyFrom(name), new Set(papers.partCases.map((one) => one.key)))
    return { before: papers, after: { ...papers, partCases: [...papers.partCases, { key, name }] }, at: `case:${key}` }
  }
  return place.startsWith('case:') ? actOnCase(papers, place.slice(5), act, body, subjects) : actOnPaper(papers, place, act, body, subjects)
}

function actOnCase(papers: Papers, key: string, act: string, body: Body, subjects: readonly Subject[]): PapersActed {
  const found = papers.partCases.find((one) => one.key === key)
  if (!found) throw new NotFound('procedures.no_case', 'Trường hợp này vừa được người khác xóa. Xem lại danh sách.')
  const at = `case:${key}`
  const put = (one: DraftCase): Papers => ({ ...papers, partCases: papers.partCases.map((other) => (other.key === key ? one : other)) })
  if (act === 'up' || act === 'down') return { before: papers, after: { ...papers, partCases: moved(papers.partCases, papers.partCases.indexOf(found), act) }, at }
  if (act === 'remove') {
    const without = papers.parts.map((part) => {
      const cases = (part['cases'] as string[] | undefined)?.filter((one) => one !== key)
      const { cases: _cases, ...rest } = part as DraftPaper & { cases?: unknown }
      return cases && cases.length > 0 ? { ...rest, cases } : (rest as DraftPaper)
    })
    return { before: papers, after: { parts: without, partCases: papers.partCases.filter((one) => one !== found) }, at: null, said: `Đã xóa trường hợp “${found.name}”; giấy tờ của nó nay áp dụng cho mọi hồ sơ, xem lại từng giấy.` }
  }
  const posted = readPosted(body, 'when')
  const feel = posted ? postedFeel(posted, subjects) : found.when
  const now: DraftCase = { key, name: cleanText(one(body, 'name')) ?? '', ...(feel ? { when: feel } : {}) }
  return { before: put(wasOf<DraftCase>(body) ?? found), after: put(now), at, ...(isPending(posted, subjects) ? { pending: posted } : {}) }
}

const REGISTERS = ['dan_cu', 'ho_tich', 'dat_dai', 'doanh_nghiep', 'bao_hiem', 'thue', 'y_te', 'giao_thong', 'bao_tro']

function actOnPaper(papers: Papers, id: string, act: string, body: Body, subjects: readonly Subject[]): PapersActed {
  const found = papers.parts.find((part) => part.id === id)
  if (!found) throw new NotFound('procedures.no_paper', `Giấy tờ này vừa được người khác xóa hoặc đổi mã. Xem lại danh sách; tên vừa viết: “${one(body, 'name').slice(0, 200)}”.`)
  const put = (paper: DraftPaper): Papers => ({ ...papers, parts: papers.parts.map((part) => (part.id === id ? paper : part)) })
  if (act === 'up' || act === 'down') return { before: papers, after: { ...papers, parts: moved(papers.parts, papers.parts.indexOf(found), act) }, at: id }
  if (act === 'remove') return { before: papers, after: { ...papers, parts: papers.parts.filter((part) => part !== found) }, at: null, said: `Đã xóa “${found.name}”.` }
  if (act === 'drop-blank') {
    const { blank: _blank, ...rest } = found
    return { before: papers, after: put(rest as DraftPaper), at: id, said: 'Đã bỏ mẫu tải về.' }
  }
  const was = wasOf<DraftPaper>(body) ?? found
  const { paper, posted } = readPaper(body, was, papers, subjects)
  if (paper.id !== was.id && papers.parts.some((part) => part.id === paper.id)) throw new Conflict('procedures.paper_taken', `Mã “${paper.id}” đã là của giấy khác; chọn mã khác.`)
  const pending = isPending(posted, subjects) || (one(body, 'need') === 'when' && !paper['requiredWhen'])
  return { before: put(was), after: put(paper), at: paper.id, ...(pending ? { pending: posted ?? { mode: 'words', feel: '', join: 'all', rows: [] } } : {}) }
}

function readPaper(body: Body, was: DraftPaper, { partCases }: Papers, subjects: readonly Subject[]): { paper: DraftPaper; posted: PostedCondition | null } {
  const line = (name: string, lines: 'one' | 'many' = 'one') => cleanText(one(body, name), lines) ?? undefined
  const need = one(body, 'need')
  const posted = readPosted(body, 'requiredWhen')
  const feel = need === 'when' && posted ? postedFeel(posted, subjects) || undefined : undefined
  const chosen = partCases.map(({ key }) => key).filter((key) => [body['case']].flat().includes(key))
  const register = REGISTERS.find((one_) => one_ === one(body, 'register'))
  const reuse = { ...(register ? { register } : {}), ...(one(body, 'vault') === 'true' ? { vault: true } : {}), ...(line('reuseNote') ? { note: line('reuseNote') } : {}) }
  const typed = one(body, 'id').trim()
  const loose: Record<string, unknown> = {
    ...was, name: line('name') ?? '', help: line('help', 'many'), present: one(body, 'present') === 'xuat_trinh' ? 'xuat_trinh' : 'nop', required: need !== 'no', requiredWhen: feel,
    originals: count(body, 'originals'), copies: count(body, 'copies'), certified: count(body, 'certified'), formNo: line('formNo'), documentType: line('documentType'), legal: line('legal'),
    cases: chosen.length > 0 ? chosen : undefined, reuse: Object.keys(reuse).length > 0 ? reuse : undefined, id: /^[a-z][a-z0-9_]{0,59}$/.test(typed) ? typed : was.id,
  }
  return { paper: Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined)) as unknown as DraftPaper, posted }
}
