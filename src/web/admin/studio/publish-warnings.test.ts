// Said before publishing, though nothing forbids it.

import { expect, test } from 'vitest'
import type { DraftRecord } from '#modules/procedures/index.ts'
import { publishWarnings } from './publish-warnings.ts'

const record = (hours: number, parts: object[] = []): DraftRecord => ({
  term: { value: 1, unit: 'ngay_lam_viec' }, parts,
  steps: [{ id: 'a', name: 'A', role: 'mot_cua', hours, outcomes: [{ key: 'xong', label: 'Xong', next: 'end' }] }],
}) as unknown as DraftRecord
const said = (now: DraftRecord, before: DraftRecord | null = null) => publishWarnings(now, before).map(({ where, message }) => `${where}: ${message}`)

test('a road longer than the term is said, one as long as the term is not', () => {
  expect(said(record(8))).toEqual([])
  expect(said(record(9))).toEqual([expect.stringMatching(/9 giờ, dài hơn thời hạn 1 ngày làm việc \(8 giờ\)/)])
})

test('a new paper without its law is said, a former one is not', () => {
  const [old, fresh, lawful] = [{ id: 'cu', name: 'Giấy cũ' }, { id: 'moi', name: 'Giấy mới' }, { id: 'luat', name: 'Giấy có luật', legal: 'Điều 5' }]
  expect(said(record(1, [old, fresh, lawful]), record(1, [old]))).toEqual([expect.stringMatching(/^Giấy tờ “Giấy mới”: chưa ghi căn cứ/)])
  expect(said(record(1, [old, fresh, lawful]))).toHaveLength(2)
})
