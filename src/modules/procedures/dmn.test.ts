// Fees as decision tables: drawn tables say what the records say, files come back whole, a record may bring its own, all of it readable.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDmn } from '#core/dmn/index.ts'
import { checkRecord } from './check.ts'
import { buildDmn, feeDecisions } from './dmn.ts'
import { feeTableWords } from './dmn-words.ts'
import { evaluate } from './evaluate.ts'
import { feeLines } from './fees.ts'
import { type ProcedureRecord, procedureRecord } from './record.ts'
import { linesOf } from './testing/fees.ts'
import { deps, inventedJson, recordJson, records } from './testing/packs.ts'

const all: readonly ProcedureRecord[] = [...records, ...['night-market.json', 'register-copy.json'].map((name) => procedureRecord.parse(inventedJson(name)))]
const charging = all.filter((record) => record.fees.length > 0)
const drawn = new Map(all.map((record) => [record, { record, feeTables: feeDecisions(record) }]))
const recordOf = (code: string) => all.find((record) => record.code === code)!

describe('drawn tables', () => {
  it.each(all.map((record) => [record.code, record] as const))('%s: the file is read back as it was drawn', async (_code, record) => {
    expect(await parseDmn(await buildDmn(record))).toEqual(feeDecisions(record))
    expect(await buildDmn(structuredClone(record))).toBe(await buildDmn(record))
  })

  it('give the lines that the record says, on whatever form and day, by any channel that it offers', () => {
    const texts = ['poor_household', 'disabled', 'merit', 'ho_ngheo', 'co_cong', 'sinh_vien', 'tre_em', 'khuyet_tat', 'khong', 'yes', 'co', 'ca_nhan', 'danh_sach', 'tach', 'cap_moi', 'dat_o', 'dien_tu', 'bo_sung', '14797', 'x']
    const answer = fc.oneof(
      fc.constantFrom<unknown>(...texts, null, true, false, '2026-01-02', '2012-05-06', '2026-11-20', 1e13, -3, 2.5), fc.integer({ min: 0, max: 900 }),
      fc.array(fc.record({ pages: fc.integer({ min: 0, max: 400 }), copies: fc.integer({ min: 0, max: 9 }) }), { maxLength: 3 }), fc.jsonValue({ maxDepth: 1 }),
    )
    const day = fc.constantFrom('2025-12-31', '2026-01-01', '2026-11-22', '2026-12-31', '2027-01-01', '2024-02-29')
    fc.assert(
      fc.property(fc.constantFrom(...charging.flatMap((record) => record.channels.map(({ channel }) => ({ record, channel })))), fc.infiniteStream(answer), day, ({ record, channel }, answers, receivedOn) => {
        const form = Object.fromEntries(record.form.sections.flatMap((section) => section.questions).map(({ key }) => [key, answers.next().value]))
        const scope = { form, applicant: null, channel, receivedOn, parts: [] }
        expect(feeLines(drawn.get(record)!, scope)).toEqual(linesOf(record, scope))
      }),
      { numRuns: 600 },
    )
  })

  it('of every golden case give the fee that the case expects', () => {
    const cases = all.flatMap((record) => record.cases.filter((one) => one.expect.fee !== undefined).map((golden) => ({ record, golden })))
    expect(cases.length).toBeGreaterThan(40)
    for (const { record, golden } of cases) {
      const { totalFee } = evaluate(drawn.get(record)!, { ...golden, applicant: golden.applicant ?? null, receivedAt: new Date(golden.receivedAt) }, deps)
      expect([record.code, golden.title, totalFee]).toEqual([record.code, golden.title, golden.expect.fee])
    }
  })
})

describe('a record that brings its own DMN', () => {
  const bringing = async (change: (dmn: string) => string = (dmn) => dmn): Promise<Record<string, unknown>> => {
    const json = recordJson('2.000815')
    const feeDmn = change(await buildDmn(recordOf('2.000815')))
    const { exemptions: _, ...rest } = json
    return { ...rest, feeDmn, fees: json.fees.map(({ formula: _f, amount: _a, when: _w, ...fee }: Record<string, unknown>) => fee) }
  }

  it('is published when its golden cases come out, and reckons by that file', async () => {
    const checked = await checkRecord(await bringing(), deps)
    expect(checked.faults).toEqual([])
    expect(await buildDmn(checked.record!)).toBe(checked.record!.feeDmn)
  })

  it.each<[string, (dmn: string) => string, RegExp]>([
    ['other amounts', (dmn) => dmn.replace('r.pages * 2000', 'r.pages * 3000'), /tổng phí/],
    ['no decision called fees', (dmn) => dmn.replaceAll('"fees"', '"sums"'), /quyết định mã “fees”/],
    ['an unknown hit policy', (dmn) => dmn.replace('RULE ORDER', 'SOMETIMES'), /không có cách chọn dòng/],
    ['no DMN at all', () => 'phí', /DMN 1.3/],
  ])('%s: refused in words', async (_name, spoil, message) => {
    const { faults } = await checkRecord(await bringing(spoil), deps)
    expect(faults.map((fault) => fault.message).join('\n')).toMatch(message)
  })

  it('may not say amounts twice', async () => {
    const record = await bringing()
    const { faults } = await checkRecord({ ...record, fees: recordJson('2.000815').fees }, deps)
    expect(faults).toContainEqual({ path: 'fees[0].formula', message: expect.stringContaining('feeDmn') })
  })

  it('with tables that contradict themselves leaves the sum to an officer', () => {
    const record = recordOf('1.000703')
    const tables = feeDecisions(record)
    const twice = tables.decisions.map((one) => (one.logic.kind === 'table' && one.id === 'lines' ? { ...one, logic: { ...one.logic, hitPolicy: 'U' as const, rules: [...one.logic.rules, ...one.logic.rules] } } : one))
    const scope = { form: {}, applicant: null, channel: 'truc_tuyen', receivedOn: '2026-11-22', parts: [] }
    expect(feeLines({ record, feeTables: { ...tables, decisions: twice } }, scope)).toMatchObject([{ amount: 0, note: expect.stringContaining('Chưa tính được') }])
  })
})

describe('in words', () => {
  const words = (code: string) => feeTableWords(recordOf(code), feeDecisions(recordOf(code)))
  it('channels, days, amounts, legal basis', () => {
    const [lines] = words('2.001583')
    expect(lines!.columns).toEqual(['Khoản thu', 'Kênh nộp', 'Ngày nhận', 'Điều kiện', 'Mức thu (đồng)', 'Giảm (%)', 'Diễn giải', 'Căn cứ'])
    expect(lines!.rows.map((row) => row.map((cell) => cell.text))).toContainEqual([
      'Lệ phí đăng ký doanh nghiệp, mức giảm một nửa (lệ phí). Nộp khi hồ sơ được tiếp nhận.', 'Nộp trực tiếp, Gửi qua bưu chính công ích', 'Đến hết 31/12/2026', 'Mọi trường hợp',
      '25.000 đ', 'Theo bảng miễn, giảm', 'Đến hết năm 2026; nộp qua mạng không thu', 'Thông tư 64/2025/TT-BTC, Thông tư 47/2019/TT-BTC',
    ])
  })
  it('exemptions by the answers that grant them', () => {
    const exempt = words('1.001193').find((table) => table.title.startsWith('Miễn'))!
    expect(exempt.rows[0]!.map((cell) => cell.text)).toEqual([expect.stringMatching(/^“.*” là “.*hộ nghèo.*”$/i), '100%', 'Người thuộc hộ nghèo được miễn lệ phí.'])
    expect(exempt.policy).toContain('đầu tiên')
  })
  it.each([
    ['1.001193', 'Ngày nhận hồ sơ sau “Cháu sinh ngày nào?” thêm 60 ngày'],
    ['2.001583', 'Ngày nhận hồ sơ sau 31/12/2026'],
    ['3.000347', 'Không phải: nộp trực tuyến và ngày nhận hồ sơ không sau 31/12/2025'],
  ])('%s: %s', (code, said) => expect(words(code).flatMap((table) => table.rows.flat().map((cell) => cell.text))).toContainEqual(said))
  it('nearly every condition of the pack has words', () => {
    const conditions = records.flatMap((record) => feeTableWords(record, feeDecisions(record)).flatMap((table) => table.rows.map((row) => row[table.columns.indexOf('Điều kiện')])).filter((cell) => cell !== undefined))
    expect(conditions.length).toBeGreaterThan(30)
    expect(conditions.filter((cell) => cell.code).map((cell) => cell.text)).toEqual([])
  })
  it('no table where nothing is charged', () => expect(words('1.001776')).toEqual([]))
})
