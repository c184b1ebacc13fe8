// What an official should look at once more before publishing, though nothing forbids it: a road longer than the term, a new paper without its law.

import { type ClerkFault, type DraftRecord, effortOf } from '#modules/procedures/index.ts'
import { hoursWord, termOf } from './process/words.ts'

interface Paper {
  readonly id?: string
  readonly name?: string
  readonly legal?: string
}

const papersOf = (record: DraftRecord | null): readonly Paper[] => (Array.isArray(record?.parts) ? (record.parts as readonly Paper[]) : [])

/** `before`: the version the draft was begun from; null for a new procedure. Papers that were asked for before are not held against who changes something else. */
export function publishWarnings(record: DraftRecord, before: DraftRecord | null): ClerkFault[] {
  const { hours } = effortOf(record)
  const term = termOf(record, hours)
  const known = new Set(papersOf(before).map(({ id }) => id))
  return [
    ...(term?.over && term.hours ? [{ part: 'process' as const, partLabel: 'Quy trình', path: 'process-sum', where: 'Đường đi thường gặp', message: `các bước cộng lại ${hoursWord(hours)}, dài hơn thời hạn ${term.term} (${term.about ? 'khoảng ' : ''}${hoursWord(term.hours)}); bớt giờ ở các bước hoặc sửa thời hạn` }] : []),
    ...papersOf(record).flatMap(({ id, name, legal }, i): ClerkFault[] =>
      known.has(id) || legal?.trim() ? [] : [{ part: 'parts', partLabel: 'Giấy tờ', path: `parts[${i}].legal`, where: `Giấy tờ “${name ?? ''}”`, message: 'chưa ghi căn cứ; giấy tờ không có căn cứ thì không được đòi (Nghị định 63/2010/NĐ-CP)' }]),
  ]
}
