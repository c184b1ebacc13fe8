// A difference speaks of things by their names: no code of a step, a question, a paper, a row, no FEEL.

import { expect, test } from 'vitest'
import { diffRecords } from './diff.ts'
import type { DraftRecord } from './draft-parts.ts'

const question = { key: 'sinh_o_dau', type: 'radio', label: 'Cháu sinh ở đâu?', options: [{ value: 'nha', label: 'Ở nhà' }, { value: 'vien', label: 'Bệnh viện' }] }
const record = (change: object = {}): DraftRecord => ({
  term: { value: 1, unit: 'ngay_lam_viec', mode: 'same_day', cutoff: '15:00' },
  steps: [{ id: 'dong_dau', name: 'Đóng dấu', outcomes: [{ key: 'xong', label: 'Xong', next: 'tra' }] }, { id: 'tra', name: 'Trả kết quả', outcomes: [] }],
  form: { title: 'Tờ khai', sections: [{ key: 's', title: 'Cháu bé', questions: [question] }] },
  parts: [{ id: 'to_khai', name: 'Tờ khai' }],
  fees: [{ code: 'LP', name: 'Lệ phí', amount: 8000 }],
  cases: [{ title: 'Đúng hạn', expect: { errors: [], requiredParts: ['to_khai'], route: ['dong_dau', 'tra'] } }],
  ...change,
}) as unknown as DraftRecord

test('a list that is not there and one without anything are the same', () => {
  expect(diffRecords(null, record({ term: undefined, steps: [], form: undefined, parts: [], fees: [], cases: [] }))).toEqual([])
})

test('names, not codes', () => {
  const after = record({
    term: { value: 3, unit: 'ngay_lam_viec', mode: 'same_day', cutoff: '15:00' },
    steps: [{ id: 'dong_dau', name: 'Đóng dấu', outcomes: [{ key: 'xong', label: 'Xong', next: 'step_9b' }] }, { id: 'step_9b', name: 'Đối chiếu sổ', role: 'chuyen_vien', outcomes: [] }, { id: 'tra', name: 'Trả kết quả', outcomes: [] }],
    form: { title: 'Tờ khai', sections: [{ key: 's', title: 'Cháu bé', questions: [question, { key: 'hai_quoc_tich', type: 'radio', label: 'Hai quốc tịch không?', visibleWhen: 'form.sinh_o_dau = "nha"' }] }] },
    parts: [{ id: 'to_khai', name: 'Tờ khai' }, { id: 'giay_moi', name: 'Giấy mới', required: true }],
    fees: [{ code: 'LP', name: 'Lệ phí', rates: [{ id: 'dong_1', amount: 10000 }] }],
    cases: [{ title: 'Đúng hạn', expect: { errors: ['hai_quoc_tich'], requiredParts: ['to_khai', 'giay_moi'], route: ['dong_dau', 'step_9b', 'tra'] } }],
  })
  const said = diffRecords(record(), after).flatMap(({ lines }) => lines.map(({ what, before, after }) => `${what} | ${before ?? '—'} | ${after ?? '—'}`))
  const all = said.join('\n')
  expect(all).not.toMatch(/step_9b|giay_moi|hai_quoc_tich|dong_1|radio|form\./)
  for (const words of ['Đi tiếp tới | Trả kết quả | Đối chiếu sổ', 'Loại câu hỏi: Chọn một, bày hết ra', 'Chỉ hiện khi: “Cháu sinh ở đâu?” là “Ở nhà”', 'Căn cứ: (để trống)', 'Dòng mức thu 1 | — | Mức thu: 10.000 đ', 'Câu bị lỗi | — | Hai quốc tịch không?', 'Giấy tờ phải nộp | — | Giấy mới', '3 ngày làm việc, chốt nhận 15:00, kể cả ngày nộp']) expect(all).toContain(words)
})
