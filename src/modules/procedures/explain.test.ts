// The words of the procedure page: what a citizen reads of a record.

import { describe, expect, it } from 'vitest'
import { conditionWords } from './condition-words.ts'
import { explain, feeWords, termWords } from './explain.ts'
import { type ProcedureRecord, procedureRecord } from './record.ts'
import { inventedJson, records } from './testing/packs.ts'

const recordOf = (code: string): ProcedureRecord => records.find((record) => record.code === code)!
const copies = procedureRecord.parse(inventedJson('register-copy.json'))

describe('terms', () => {
  it.each([
    [{ value: 1, unit: 'ngay_lam_viec', mode: 'same_day', cutoff: '15:00' }, 'Trong ngày nếu nộp trước 15:00'],
    [{ value: 2, unit: 'ngay_lam_viec', mode: 'same_day' }, 'Trong 2 ngày làm việc, kể cả ngày nộp, nếu nộp trước 15:00'],
    [{ value: 12, unit: 'ngay_lam_viec' }, '12 ngày làm việc'],
    [{ value: 15, unit: 'ngay', mode: 'legal' }, '15 ngày'],
    [{ value: 4, unit: 'gio_lam_viec' }, '4 giờ làm việc'],
  ] as const)('%j', (term, words) => expect(termWords(term)).toBe(words))

  it('are told for each channel', () => {
    expect(explain(copies).channels.map((one) => [one.label, one.term])).toEqual([
      ['Nộp trực tuyến', 'Trong ngày nếu nộp trước 10:00'],
      ['Nộp trực tiếp', '2 ngày làm việc'],
    ])
  })
})

describe('fees', () => {
  const fee = { code: 'F', name: 'Phí', kind: 'phi', collectAt: 'tiep_nhan' } as const
  it.each([
    [{ ...fee, amount: 8000 }, '8.000 đ'],
    [{ ...fee, amount: 0 }, 'Miễn phí'],
    [{ ...fee, formula: '1 + 1' }, 'Tính theo tờ khai'],
    [{ ...fee, amount: 9, channelAmounts: { truc_tuyen: 0, truc_tiep: 25000 } }, 'Nộp trực tuyến miễn phí, nộp trực tiếp 25.000 đ'],
    [{ ...fee, channelAmounts: { truc_tuyen: 5000, truc_tiep: 5000 } }, '5.000 đ'],
  ])('%j', (one, words) => expect(feeWords(one)).toBe(words))

  it('say until when, and how much of it is spared', () => {
    const { fees, exemptions } = explain(copies)
    expect(fees[1]).toMatchObject({ when: 'Áp dụng đến hết ngày 31/12/2026', kind: 'Phí', collect: 'Nộp khi hồ sơ được tiếp nhận' })
    expect(exemptions).toEqual([
      'Hộ nghèo được giảm một nửa phí bản sao (giảm 50%).',
      'Người xin từ 10 bản được giảm một phần mười (giảm 10%).',
    ])
  })
})

describe('the page of a record', () => {
  it('names levels, targets, decision', () => {
    expect(explain(recordOf('1.001193'))).toMatchObject({
      onlineLevel: 'Dịch vụ công trực tuyến toàn trình',
      levels: ['Cấp xã'],
      targets: ['Công dân Việt Nam'],
      decision: 'Quyết định 163/QĐ-BTP (Sửa đổi, bổ sung)',
    })
    expect(explain(copies).decision).toBe('Quyết định 01/QĐ-TN ngày 02/01/2026 (Ban hành mới)')
  })

  it('shows the usual road with who, where and how long', () => {
    const { steps } = explain(recordOf('1.013225'), (key) => (key === 'so_xay_dung' ? 'Sở Xây dựng' : null))
    expect(steps.find((step) => step.id === 'y_kien_quy_hoach')).toEqual({
      id: 'y_kien_quy_hoach',
      name: expect.any(String),
      who: 'Cơ quan phối hợp',
      where: 'Sở Xây dựng',
      time: '7 ngày làm việc',
      waitsFor: 'Sau 12 ngày không trả lời: hết hạn không trả lời, coi như đồng ý.',
    })
    expect(steps.find((step) => step.id === 'y_kien_ha_tang')!.where).toBe('Cơ quan giải quyết')
    expect(steps[0]).toMatchObject({ who: 'Bộ phận một cửa', where: 'Nơi nộp hồ sơ', time: '4 giờ làm việc', waitsFor: null })
    expect(steps.at(-1)!.time).toBe('không tính vào thời hạn')
    expect(explain(copies).steps[1]!.where).toBe('Đơn vị theo tờ khai')
  })

  it('puts each paper into one group, with when it is needed', () => {
    for (const record of records) {
      const { required, when, optional, shown } = explain(record).parts
      expect([...required, ...when, ...optional, ...shown].map((part) => part.id).sort()).toEqual(
        record.parts.map((part) => part.id).sort(),
      )
    }
    const { when, optional } = explain(recordOf('1.000656')).parts
    expect(when[0]).toMatchObject({ id: 'to_khai', when: 'Khi không nộp trực tuyến' })
    expect(when[1]).toMatchObject({ id: 'giay_bao_tu', when: 'Khi “Gia đình có giấy tờ nào?” là “Có giấy báo tử bằng giấy”' })
    expect(optional).toEqual([])
    expect(explain(copies).parts.optional).toEqual([
      expect.objectContaining({ id: 'ban_cu', reuse: 'Không phải nộp nếu đã có trong kho dữ liệu của ông/bà.' }),
    ])
  })

  it('says who decides where the record does not', () => {
    const decidedBy = (changed: Partial<ProcedureRecord['competence']>, name?: string) =>
      explain({ ...copies, competence: { level: 'tinh', by: 'tinh', department: 'so_tu_phap', ...changed } }, () => name ?? null).decidedBy
    expect(decidedBy({ by: 'noi_nop' })).toBe('Cơ quan nơi nộp hồ sơ.')
    expect(decidedBy({}, 'Sở Tư pháp')).toBe('Sở Tư pháp.')
    expect(decidedBy({})).toBe('Cơ quan chuyên môn về thử nghiệm của tỉnh.')
    expect(decidedBy({ level: 'xa', by: 'form.office.commune' })).toBe('Ủy ban nhân dân xã, phường theo địa chỉ ghi trong tờ khai.')
  })
})

describe('conditions in words', () => {
  it.each([
    ['form.kept_by = "tinh"', '“Ai đang giữ sổ?” là “Sở Tư pháp”'],
    ['form.kept_by != null and form.kept_by != "tinh"', '“Ai đang giữ sổ?” không phải là “Sở Tư pháp”'],
    ['channel = "bcci" or form.kept_by = "xa"', 'gửi qua bưu chính công ích hoặc “Ai đang giữ sổ?” là “Xã, phường”'],
    ['form.kept_by = "tinh" and form.copies > 2', null],
    ['form.kept_by = "tinh" and channel = "bcci" or channel = "truc_tiep"', null],
    ['not(form.kept_by = "tinh")', null],
    ['form.kept_by = "khac"', null],
    ['form.year != null', null],
  ])('%s', (expression, words) => expect(conditionWords(copies, expression)).toBe(words))
})
