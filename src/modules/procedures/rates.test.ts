// Fees as tables of rows: drawn, reckoned, read back; their holes and overlaps in the words of a clerk.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDmn } from '#core/dmn/index.ts'
import { checkRecord } from './check.ts'
import { buildDmn, feeDecisions } from './dmn.ts'
import { feeTableWords } from './dmn-words.ts'
import { feeFaults } from './fee-faults.ts'
import { feeLines } from './fees.ts'
import { ratesOf, RATE_TABLE } from './rates.ts'
import { type Fee, type ProcedureRecord, procedureRecord, type Rate } from './record.ts'
import { deps, inventedJson, recordJson, records } from './testing/packs.ts'

/** 1.013831 asks for land_use, land_area, fee_priority, has_house, new_certificate. */
const land = procedureRecord.parse(recordJson('1.013831'))
const withRates = (rates: readonly Rate[], more: Partial<Fee> = {}, record: ProcedureRecord = land): ProcedureRecord =>
  ({ ...record, fees: [{ code: 'P-TD', name: 'Phí thẩm định', kind: 'phi', collectAt: 'tiep_nhan', ...more, rates: [...rates] }] })
const said = (rates: readonly Rate[], more: Partial<Fee> = {}) => {
  const record = withRates(rates, more)
  return feeFaults(record, feeDecisions(record)).filter((one) => one.table.startsWith('rates')).map((one) => `${one.stops ? 'lỗi' : 'xem lại'}: ${one.message}`)
}
const whole: readonly Rate[] = [
  { id: 'nho', when: 'list contains(["dat_o", "phi_nong_nghiep"], form.land_use) and form.land_area <= 500', amount: 300_000, legal: 'NQ 1' },
  { id: 'lon', when: 'list contains(["dat_o", "phi_nong_nghiep"], form.land_use) and form.land_area > 500', amount: 500_000, legal: 'NQ 1' },
  { id: 'nong_nghiep', when: 'form.land_use = "nong_nghiep"', amount: 150_000, whenText: 'Đất nông nghiệp', legal: 'NQ 2' },
]

describe('rows of a fee', () => {
  it('are drawn as a table that decides, with a column for each question', async () => {
    const record = withRates(whole)
    const tables = feeDecisions(record)
    expect(await parseDmn(await buildDmn(record))).toEqual(tables)
    const table = tables.decisions.find((one) => RATE_TABLE.test(one.id))!.logic
    expect(table).toMatchObject({ hitPolicy: 'U', inputs: [{ expression: 'channel' }, { expression: 'date(receivedOn)' }, { expression: 'form.land_use' }, { expression: 'form.land_area' }] })
    const pay = (form: Record<string, unknown>) => feeLines({ record, feeTables: tables }, { form, applicant: null, channel: 'truc_tiep', receivedOn: '2026-11-22', parts: [] })
    expect(pay({ land_use: 'dat_o', land_area: 500 })).toMatchObject([{ amount: 300_000 }])
    expect(pay({ land_use: 'dat_o', land_area: 501 })).toMatchObject([{ amount: 500_000 }])
    expect(pay({ land_use: 'nong_nghiep', land_area: null })).toMatchObject([{ amount: 150_000, note: 'Đất nông nghiệp' }])
    expect(pay({ land_use: 'dat_o', land_area: null })).toMatchObject([{ amount: 0, note: expect.stringContaining('Chưa tính được') }])
    expect(pay({ land_use: 'dat_o', land_area: 10, fee_priority: 'ho_ngheo' })).toMatchObject([{ amount: 0, fullAmount: 300_000 }])
  })

  it('per thing, beyond so many, at most so much; from a day, until a day, by channel', () => {
    const record = withRates([
      { id: 'cu', until: '2026-12-31', amount: 5000, per: { count: 'land_area', word: 'm²', beyond: 2, most: 12_000 } },
      { id: 'moi_mang', from: '2027-01-01', channels: ['truc_tuyen'], amount: 7000, per: { count: 'land_area', word: 'm²' } },
      { id: 'moi', from: '2027-01-01', channels: ['truc_tiep', 'bcci'], amount: 0, whenText: 'Không thu' },
    ])
    const pay = (land_area: unknown, channel: string, receivedOn: string) => feeLines({ record, feeTables: feeDecisions(record) }, { form: { land_area }, applicant: null, channel, receivedOn, parts: [] })[0]!.fullAmount
    expect([pay(1, 'bcci', '2026-12-31'), pay(3, 'bcci', '2026-12-31'), pay(9, 'bcci', '2026-12-31')]).toEqual([0, 5000, 12_000])
    expect([pay(2, 'truc_tuyen', '2027-01-01'), pay(2, 'truc_tiep', '2027-01-01')]).toEqual([14_000, 0])
  })

  it('come back from the drawn table as they were', () => {
    const condition = fc.constantFrom(
      'form.land_use = "dat_o"', 'list contains(["dat_o", "nong_nghiep"], form.land_use)', 'form.land_area <= 500', 'form.land_area > 100', 'form.land_area in (100..500]', 'form.has_house = "co"',
      'date(receivedOn) > date(form.signed_on) + duration("P60D")', 'not(form.land_area > 3)', '(form.land_area > 3 or form.has_house = "co")',
    )
    const row = fc.record({
      amount: fc.integer({ min: 0, max: 900_000 }), channels: fc.option(fc.constantFrom<Rate['channels'][]>(['truc_tuyen'], ['truc_tuyen', 'bcci']), { nil: undefined }),
      when: fc.option(fc.uniqueArray(condition, { minLength: 1, maxLength: 3 }).map((all) => all.join(' and ')), { nil: undefined }), whenText: fc.option(fc.constant('Hộ "đặc biệt"'), { nil: undefined }),
      from: fc.option(fc.constant('2026-02-01'), { nil: undefined }), until: fc.option(fc.constant('2027-02-01'), { nil: undefined }), legal: fc.option(fc.constant('TT 85'), { nil: undefined }),
      per: fc.option(fc.record({ count: fc.constant('land_area'), word: fc.constant('m²') }), { nil: undefined }),
    })
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
      const rates = rows.map((one, i) => JSON.parse(JSON.stringify({ id: `r${i}`, ...one })) as Rate)
      const tables = feeDecisions(withRates(rates))
      const back = ratesOf(tables.decisions.find((one) => RATE_TABLE.test(one.id))!.logic as never, rates)!
      // the order of conditions in a row may follow the columns; what is drawn of it may not differ
      expect(feeDecisions(withRates(back))).toEqual(tables)
      expect(back.map(({ when: _, ...rest }) => rest)).toEqual(rates.map(({ when: _, ...rest }) => rest))
    }))
  })

  it('are read by a clerk', () => {
    const record = withRates([{ ...whole[0]!, from: '2026-01-01', until: '2026-12-31' }, whole[1]!])
    const table = feeTableWords(record, feeDecisions(record)).find((one) => one.title.startsWith('Mức thu: '))!
    expect(table.rows[0]!.map((cell) => cell.text)).toEqual(['Từ 01/01/2026 đến hết 31/12/2026', expect.stringContaining('là một trong'), expect.stringContaining('không quá 500'), '300.000 đ', '—', 'NQ 1'])
    expect(table.rows.flat().filter((cell) => cell.code)).toEqual([])
  })
})

describe('holes and overlaps in words', () => {
  it('a whole table has none', () => expect(said(whole)).toEqual([]))
  it('a hole names its case', () => expect(said(whole.slice(0, 2))).toEqual(['lỗi: Khoản “Phí thẩm định”: Đất nông nghiệp: không có dòng nào. Thêm một dòng cho trường hợp này (không thu thì ghi 0 đồng).']))
  it('a stretch left out', () => expect(said([{ ...whole[0]!, when: whole[0]!.when!.replace('<= 500', '< 100') }, ...whole.slice(1)])[0]).toMatch(/^lỗi: .*diện tích.* (100|200|300) m²: không có dòng nào/i))
  it('an overlap names both rows', () => expect(said([whole[0]!, { ...whole[1]!, when: whole[1]!.when!.replace('> 500', '>= 500') }, whole[2]!])[0]).toMatch(/^lỗi: .*diện tích.* 500 m²: dòng 1 và dòng 2 cùng khớp/i))
  it('days between two rows, and a channel without one', () => {
    expect(said([{ id: 'a', until: '2026-12-30', amount: 1 }, { id: 'b', from: '2027-01-01', amount: 2 }])[0]).toContain('Nhận ngày 31/12/2026: không có dòng nào')
    expect(said([{ id: 'a', channels: ['truc_tuyen'], amount: 1 }, { id: 'b', channels: ['truc_tiep'], amount: 2 }])[0]).toContain('Gửi qua bưu chính công ích: không có dòng nào')
    expect(said([{ id: 'a', channels: ['truc_tuyen'], amount: 1 }])[0]).toContain('Nộp trực tiếp hoặc gửi qua bưu chính công ích: không có dòng nào')
  })
  it('an answer that need not be given is a case', () => {
    const optional = structuredClone(land)
    for (const section of optional.form.sections) for (const question of section.questions) if (question.key === 'land_area') question.required = false
    const record = withRates(whole, {}, optional)
    expect(feeFaults(record, feeDecisions(record)).map((one) => one.message)).toEqual([expect.stringContaining('Đất phi nông nghiệp khác, chưa trả lời “Diện tích'), expect.stringContaining('“Loại đất” đất ở, chưa trả lời “')])
  })
  it('what is not asked is no case', () => {
    const asked = structuredClone(land)
    for (const section of asked.form.sections) for (const question of section.questions) if (question.key === 'land_area') Object.assign(question, { required: true, visibleWhen: 'form.land_use != "nong_nghiep"' })
    const record = withRates(whole, {}, asked)
    expect(feeFaults(record, feeDecisions(record)).map((one) => one.message)).toEqual([])
  })
  it('what the fee is not charged for needs no row', () => {
    expect(said(whole.slice(0, 2), { when: 'form.land_use = "dat_o" or form.land_use = "phi_nong_nghiep"' })).toEqual([])
    expect(said(whole.slice(0, 2), { when: 'form.land_area > 0' })).toHaveLength(1)
  })
  it('a row that can never hold is worth a second look', () => expect(said([...whole, { id: 'sai', when: 'form.land_area > 5 and form.land_area < 3', amount: 1 }])).toEqual([expect.stringMatching(/^xem lại: .*dòng 4 không bao giờ khớp/)]))
  it('conditions between two days leave the day itself open', () => {
    const late = 'date(receivedOn) > date(form.contract_date) + duration("P30D")'
    expect(said([{ id: 'a', when: late, amount: 1 }, { id: 'b', when: late.replace('>', '<'), amount: 2 }])[0]).toMatch(/[Nn]gày nhận hồ sơ đúng .* thêm 30 ngày: không có dòng nào/)
  })
  it('records of the pack have none', () => {
    const all = [...records, ...['night-market.json', 'register-copy.json'].map((name) => procedureRecord.parse(inventedJson(name)))]
    expect(all.flatMap((record) => feeFaults(record, feeDecisions(record)).filter((one) => one.stops).map((one) => `${record.code} ${one.message}`))).toEqual([])
  })
})

describe('a record with rows', () => {
  const json = (rates: unknown, more: object = {}) => ({ ...recordJson('1.004363'), fees: [{ code: 'P-BVTV', name: 'Phí thẩm định', kind: 'phi', collectAt: 'tiep_nhan', rates, ...more }] })
  it('is published when every case has one row', async () => expect((await checkRecord(json([{ id: 'moi_ho_so', amount: 800_000 }]), deps)).faults).toEqual([]))
  it.each<[string, unknown, object, RegExp]>([
    ['a hole', [{ id: 'a', channels: ['truc_tuyen'], amount: 800_000 }], {}, /không có dòng nào/],
    ['an overlap', [{ id: 'a', amount: 800_000 }, { id: 'b', channels: ['truc_tuyen'], amount: 1 }], {}, /dòng 1 và dòng 2 cùng khớp/],
    ['no amount', [{ id: 'a' }], {}, /chưa có mức thu/],
    ['amounts twice', [{ id: 'a', amount: 800_000 }], { amount: 5 }, /đã nằm trong bảng/],
    ['days the wrong way', [{ id: 'a', amount: 800_000, from: '2027-01-01', until: '2026-01-01' }], {}, /đứng trước ngày đầu/],
    ['counted by nothing', [{ id: 'a', amount: 1, per: { count: 'khong_co', word: 'bản' } }], {}, /không có câu hỏi/],
    ['a condition on nothing', [{ id: 'a', amount: 1, when: 'form.khong_co = 1' }], {}, /không có câu hỏi/],
  ])('is kept back: %s', async (_name, rates, more, message) => expect((await checkRecord(json(rates, more), deps)).faults.map((one) => one.message).join('\n')).toMatch(message))
})
