// Reasons: what a citizen may be told and asked, as tables of cases over the true records.

import { describe, expect, test } from 'vitest'
import { records } from '../procedures/testing/packs.ts'
import { checkReasons, reasonLine, reasonsFor, technicalWords, thingsOf, unlawfulPapers } from './reasons.ts'
import type { ReasonAct } from './schema.ts'

const birth = records.find((one) => one.code === '1.001193')! as never as Parameters<typeof checkReasons>[0]
const ON = '2026-11-20'
const check = (act: ReasonAct, reasons: { code: string; detail?: string; concerns?: string }[], note: string | null = null) => checkReasons(birth, { act, reasons, note, on: ON })

describe('reasons', () => {
  test('every act of every procedure has reasons, each a sentence with a clause', () => {
    for (const record of records) {
      for (const act of ['refusal', 'supplement', 'stop', 'unresolved', 'financial', 'apology', 'uphold', 'overturn'] as const) {
        const list = reasonsFor(record as never, act, ON)
        expect([record.code, act, list.length > 0]).toEqual([record.code, act, true])
        for (const one of list) expect([one.code, one.text.length > 20, one.clause.length > 3, technicalWords(one.text)]).toEqual([one.code, true, true, null])
        expect(new Set(list.map((one) => one.code)).size).toBe(list.length)
      }
    }
  })

  test('a bare note is no reason, and the sentence says what to do', () => {
    const { reasons, faults } = check('refusal', [], 'Hồ sơ chưa đạt.')
    expect(reasons).toEqual([])
    expect(faults).toEqual([{ key: 'reasons', message: expect.stringMatching(/Lời ghi tự do chưa phải là lý do.*Chọn ít nhất một lý do/) }])
  })

  test('a reason carries its clause, its case and what it is about', () => {
    const [part] = thingsOf(birth)
    const { reasons, faults } = check('supplement', [{ code: 'birth_proof_missing', detail: 'Thiếu trang 2 của giấy chứng sinh', concerns: part!.key }])
    expect(faults).toEqual([])
    expect(reasons[0]).toMatchObject({ clause: expect.stringContaining('Điều 16'), concerns: { name: part!.name } })
    expect(reasonLine(reasons[0]!)).toMatch(new RegExp(`^${part!.name.slice(0, 8)}.*Cụ thể: Thiếu trang 2 của giấy chứng sinh\\.$`))
  })

  test('unknown reasons, parts that the procedure does not have, details left out: all told at once', () => {
    const { faults } = check('supplement', [{ code: 'khong_co' }, { code: 'unclear_scan', concerns: 'parts.so_do' }, { code: 'chung_thieu_trang' }])
    expect(faults.map((one) => one.key)).toEqual(['reasons', 'reasons', 'detail.chung_thieu_trang'])
    expect(faults[1]!.message).toContain('không được yêu cầu')
  })
})

describe('the words of machines', () => {
  test.each([
    ['Lỗi 500 khi ký', 'Lỗi 500'], ['HTTP 404', 'HTTP 404'], ['Mã lỗi ERR_SIGN_02', 'ERR_SIGN_02'], ['java.lang.NullPointerException', 'java.lang.NullPointerException'],
    ['Trường birth_date sai', 'birth_date'], ['{"status":1}', '{'], ['file 3f2504e0-4f89-41d3-9a0c-0305e82c3301', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['Hệ thống timeout', 'timeout'], ['giá trị null', 'null'], ['0xDEADBEEF', '0xDEADBEEF'], ['Giấy chứng sinh thiếu trang 2', null], ['Nộp trước 17:30 ngày 24/11/2026', null],
    ['Số định danh 038301001111 khác căn cước', null], ['Nghị định 118/2025/NĐ-CP', null], ['TT 03/2025/TT-VPCP, Mẫu số 02', null], ['E-mail ghi sai', null], ['Căn hộ E12', null], ['Mã E1203', 'E1203'],
  ])('%s → %s', (text, expected) => expect(technicalWords(text)).toBe(expected))

  test('are refused in the sentence to the citizen', () => {
    expect(check('refusal', [{ code: 'not_competent' }], 'Lỗi 403 forbidden').faults).toEqual([{ key: 'note', message: expect.stringContaining('lời của máy') }])
  })
})

describe('requests that the law does not allow', () => {
  test.each([
    ['Nộp thêm sổ hộ khẩu.', ['sổ hộ khẩu']],
    ['Ông bà gửi giấy xác nhận độc thân và hợp đồng mua bán nhà', ['giấy xác nhận độc thân', 'hợp đồng mua bán nhà']],
    ['Cần thêm giấy khám sức khỏe', ['giấy khám sức khỏe']],
    ['Bổ sung lý lịch tư pháp số 2', ['lý lịch tư pháp']],
    ['Thiếu trang 2 của giấy chứng sinh', []],
    ['Giấy chứng sinh bị mờ, xin chụp lại', []],
    ['Xin nộp văn bản ủy quyền', []],
    ['Giấy tờ chụp mờ quá', []],
    ['Số điện thoại ghi thiếu một số, đơn vị công tác để trống', []],
    ['Tờ khai ghi sai ngày sinh của cháu', []],
    ['Căn cước của mẹ chụp chưa rõ', []],
  ])('%s', (text, expected) => expect(unlawfulPapers(birth, text, ON).map((one) => one.words.toLowerCase())).toEqual(expected))

  test('a planted one cannot be sent, in a detail or in the note', () => {
    expect(check('supplement', [{ code: 'birth_proof_missing', detail: 'Nộp kèm sổ hộ khẩu bản chính' }]).faults[0]).toMatchObject({ key: 'detail.birth_proof_missing', message: expect.stringContaining('104/2022') })
    expect(check('supplement', [{ code: 'birth_proof_missing' }], 'Đề nghị nộp giấy xác nhận nhân thân của công an').faults[0]).toMatchObject({ key: 'note' })
  })

  test('no reason of any procedure asks for what its own procedure does not publish', () => {
    for (const record of records) {
      for (const one of (record as { reasons: { supplement: { text: string; code: string }[] } }).reasons.supplement) {
        expect([record.code, one.code, unlawfulPapers(record as never, one.text, ON)]).toEqual([record.code, one.code, []])
      }
    }
  })
})
