// Each field type read, checked and shown: what is good, what is bad, and what people and programs really send.

import { describe, expect, test } from 'vitest'
import { strictCatalogs, stubCatalogs } from '../form/stub.ts'
import { QUESTION_TYPES, type Question, type QuestionType } from '../form/types.ts'
import { fieldType } from './index.ts'

const ask = (type: QuestionType, more: Partial<Question> = {}): Question => ({ key: 'q', label: 'Câu hỏi', type, ...more })
const env = { catalogs: strictCatalogs }
const faultsOf = (question: Question, raw: unknown): readonly string[] => {
  const type = fieldType(question.type)
  const value = type.read(raw, question)
  return value === null ? [] : type.check(question, value, env).map(({ path, message }) => (path ? `${path}: ${message}` : message))
}

const OPTIONS = [
  { value: 'co', label: 'Có' },
  { value: 'khong', label: 'Không' },
]
const TREES: Partial<Question> = {
  columns: [
    { key: 'species', label: 'Loài cây', type: 'text', required: true },
    { key: 'count', label: 'Số cây', type: 'integer', min: 1, required: true },
    { key: 'kept', label: 'Giữ lại', type: 'checkbox' },
  ],
}

describe('good values are read into one form', () => {
  const cases: readonly [QuestionType, unknown, unknown, Partial<Question>?][] = [
    ['text', '  Nguyễn\u00a0\u00a0Văn  A ', 'Nguyễn Văn A'],
    ['text', 'Nguye\u0302\u0303n', 'Nguyễn'],
    ['text', 'A\u200bB\u0000C\u202eD', 'ABCD'],
    ['text', 123, '123'],
    ['text', 'Quán 🍜 ngon', 'Quán 🍜 ngon'],
    ['text', 'hỏng \ud800 nửa chữ', 'hỏng nửa chữ'],
    ['longtext', 'dòng 1 \r\n\r\n\r\n  dòng 2\t\tx', 'dòng 1\n\ndòng 2 x'],
    ['number', '1.234.567', 1234567],
    ['number', '12,5', 12.5],
    ['number', '12.5', 12.5],
    ['number', '1.234,5', 1234.5],
    ['number', '1,234,567', 1234567],
    ['number', '1,234.5', 1234.5],
    ['number', '-3', -3],
    ['number', 0.1, 0.1],
    ['number', '１２３', 123],
    ['number', '1 234', 1234],
    ['integer', '3', 3],
    ['integer', '1.000', 1000],
    ['money', '1.500.000 đồng', 1500000],
    ['money', '12.000đ', 12000],
    ['money', 2000000, 2000000],
    ['date', '3/2/2026', '2026-02-03'],
    ['date', '29/2/2000', '2000-02-29'],
    ['date', '03-02-2026', '2026-02-03'],
    ['date', '2026-02-03', '2026-02-03'],
    ['date', { day: '3', month: '2', year: '2026' }, '2026-02-03'],
    ['date', { day: 29, month: 2, year: 2024 }, '2024-02-29'],
    ['partial_date', '1920', '1920'],
    ['partial_date', '9/1960', '1960-09'],
    ['partial_date', '1/9/1960', '1960-09-01'],
    ['partial_date', { day: '', month: '', year: '1948' }, '1948'],
    ['partial_date', { month: '9', year: '1948' }, '1948-09'],
    ['year', '1985', 1985],
    ['time', '4:30', '04:30'],
    ['time', '16h05', '16:05'],
    ['time', '7 giờ', '07:00'],
    ['phone', '+84 912 345 678', '0912345678'],
    ['phone', '0912.345.678', '0912345678'],
    ['phone', '84912345678', '0912345678'],
    ['email', ' ten@gmail.com ', 'ten@gmail.com'],
    ['email', 'a.b@sotuphap.thanhhoa.gov.vn', 'a.b@sotuphap.thanhhoa.gov.vn'],
    ['personal_id', '038 085 001122', '038085001122'],
    ['personal_id', '０３８０８５００１１２２', '038085001122'],
    ['business_id', '2801234567', '2801234567'],
    ['business_id', '2801234567001', '2801234567-001'],
    ['business_id', '38a8007788', '38A8007788'],
    ['business_id', '038085001122', '038085001122'],
    ['business_id', 'ABC12345', 'ABC12345', { pattern: '^[0-9A-Z]{8,14}(-[0-9]{3})?$' }],
    ['address', { province: '38', commune: '14797', detail: ' Số 12 ' }, { province: '38', commune: '14797', detail: 'Số 12' }],
    ['address', { province: '38', commune: '14797', detail: '', x: 1 }, { province: '38', commune: '14797', detail: null }],
    ['select', 'co', 'co', { options: OPTIONS }],
    ['radio', 'khong', 'khong', { options: OPTIONS }],
    ['checkbox', 'on', true],
    ['checkbox', ['false', 'true'], true],
    ['checkbox', false, false],
    ['multiselect', ['co', 'co', '', 'khong'], ['co', 'khong'], { options: OPTIONS }],
    ['multiselect', 'co', ['co'], { options: OPTIONS }],
    ['catalog', '01', '01', { catalog: 'dan_toc' }],
    ['catalog', 'bất kỳ', 'bất kỳ', { catalog: 'khong_ai_giu' }],
    ['catalog', 'Ngân hàng Nông nghiệp', 'Ngân hàng Nông nghiệp', { catalog: 'ngan_hang' }],
    ['id_document', { type: 'cmnd', number: '170123456' }, { kind: 'cmnd', number: '170123456', issuedOn: null, issuedBy: null }],
    [
      'id_document',
      { kind: 'ho_chieu', number: 'M12345678', issuedOn: '1/3/2022', issuer: 'Hàn Quốc' },
      { kind: 'ho_chieu', number: 'M12345678', issuedOn: '2022-03-01', issuedBy: 'Hàn Quốc' },
    ],
    [
      'person',
      { fullName: 'Đỗ Thị Thơm', birth_date: '1961-12-30', personal_id: '038161004433' },
      { full_name: 'Đỗ Thị Thơm', birth_date: '1961-12-30', personal_id: '038161004433', phone: null },
    ],
    ['file', { id: 'f_01', name: 'a.jpg' }, 'f_01'],
    ['file', 'anh-chan-dung.jpg', 'anh-chan-dung.jpg'],
    ['table', [{ species: 'Xà cừ', count: '2', other: 1 }, {}, null, 'x'], [{ species: 'Xà cừ', count: 2 }], TREES],
    [
      'table',
      { 10: { species: 'B', count: 1 }, 2: { species: 'A', count: 1 } },
      [
        { species: 'A', count: 1 },
        { species: 'B', count: 1 },
      ],
      TREES,
    ],
  ]
  test.each(cases)('%s %j', (type, raw, expected, more) => {
    const question = ask(type, more)
    const value = fieldType(type).read(raw, question)
    expect(value).toEqual(expected)
    expect(fieldType(type).read(value, question)).toEqual(value)
    expect(faultsOf(question, raw)).toEqual([])
  })
})

describe('bad values get a sentence that says what to do', () => {
  const cases: readonly [QuestionType, unknown, RegExp, Partial<Question>?][] = [
    ['text', 'x'.repeat(501), /dài quá 500 ký tự; hãy rút gọn/],
    ['text', 'x'.repeat(1_048_576), /dài quá 500 ký tự/],
    ['longtext', 'x '.repeat(600_000), /dài quá 10\.000 ký tự/],
    ['text', 'Hoa', /đủ họ và tên/, { pattern: '^\\S+(\\s\\S+)+$', error: 'Ghi đủ họ và tên.' }],
    ['number', 'mười hai', /Chỉ ghi con số/],
    ['number', '12abc', /Chỉ ghi con số/],
    ['number', '12,5', /từ 1 đến 10/, { min: 1, max: 10 }],
    ['number', 1e300, /quá lớn/],
    ['integer', '1,234', /số nguyên/],
    ['integer', 2.5, /số nguyên/],
    ['integer', 0, /từ 1 trở lên/, { min: 1 }],
    ['integer', 60, /Số bản từ 0 đến 50/, { max: 50, error: 'Số bản từ 0 đến 50.' }],
    ['money', '-5', /số âm/],
    ['money', '10,5', /không có phần lẻ/],
    ['date', '2026-02-30', /^Tháng 2 năm 2026 không có ngày 30; xem lại ngày, tháng, năm\.$/],
    ['date', { day: '30', month: '2', year: '2026' }, /^Tháng 2 năm 2026 không có ngày 30/],
    ['date', '29/2/2025', /không có ngày 29/, { check: 'date(value) < date(receivedOn)', error: 'Ngày sinh phải trước ngày nộp.' }],
    ['date', '29/2/1900', /không có ngày 29/],
    ['date', '1/13/2026', /Không có tháng 13/],
    ['date', 'hôm qua', /đủ ngày, tháng, năm/],
    ['date', { day: '1', month: '', year: '2026' }, /đủ ngày, tháng, năm/],
    ['date', '1/1/0026', /bốn chữ số/],
    ['date', '2026-01-01', /từ 01\/06\/2026 trở đi/, { min: '2026-06-01' }],
    ['partial_date', '13/1960', /Không có tháng 13/],
    ['partial_date', '31/4/1960', /không có ngày 31/],
    ['partial_date', { day: '5', year: '1960' }, /Ghi năm/],
    ['year', '85', /bốn chữ số/],
    ['year', 'năm ngoái', /bốn chữ số/],
    ['time', '25:00', /từ 00:00 đến 23:59/],
    ['phone', '12345', /10 chữ số/],
    ['phone', '09123456789', /10 chữ số/],
    ['email', 'ten@gmail', /thư điện tử chưa đúng/],
    ['email', 'ten@@gmail.com', /thư điện tử chưa đúng/],
    ['email', 'ten@gmail..com', /thư điện tử chưa đúng/],
    ['email', `${'a@'.repeat(200_000)}b`, /thư điện tử chưa đúng/],
    ['personal_id', '03809200445', /12 chữ số/],
    ['personal_id', '099085001122', /không phải mã tỉnh/],
    ['personal_id', '038985001122', /Chữ số thứ tư/, { pattern: '^\\d{12}$', error: 'Số định danh gồm đúng 12 chữ số.' }],
    ['personal_id', 'abc', /đúng 12/, { pattern: '^\\d{12}$', error: 'Số định danh gồm đúng 12 chữ số.' }],
    ['business_id', '12', /Mã số gồm 10 chữ số/],
    ['address', { commune: '14797' }, /^province: Chọn tỉnh/],
    ['address', { province: '38' }, /^commune: Chọn xã/],
    ['address', { province: '99', commune: '14797' }, /^province: .*không có trong danh mục/],
    ['address', { province: '01', commune: '14797' }, /^commune: .*không thuộc tỉnh/],
    ['address', 'Số 12 phố Bà Triệu', /^province: Chọn tỉnh/],
    ['address', { province: '38', commune: '14797', detail: 'x'.repeat(301) }, /^detail: .*dài quá/],
    ['select', 'khac', /không có trong các lựa chọn/, { options: OPTIONS }],
    ['radio', 'toString', /không có trong các lựa chọn/, { options: OPTIONS }],
    ['multiselect', ['co', 'khac'], /không nằm trong/, { options: OPTIONS }],
    ['multiselect', Array.from({ length: 150 }, (_, at) => `v${at}`), /quá nhiều/],
    ['checkbox', 'có lẽ', /Đánh dấu hoặc bỏ dấu/],
    ['catalog', '99', /không có trong danh mục/, { catalog: 'dan_toc' }],
    ['id_document', { kind: 'cmnd' }, /^number: Ghi số/],
    ['id_document', { number: '1;drop' }, /^number: Số giấy tờ chỉ gồm/],
    ['id_document', { number: '170123456', issuedOn: '30/2/2020' }, /^issuedOn: Tháng 2 năm 2020/],
    ['person', { personal_id: '038161004433' }, /^full_name: Ghi họ/],
    ['person', { full_name: 'A B', personal_id: '1' }, /^personal_id: /],
    ['file', 'x'.repeat(300), /đính kèm lại/],
    ['table', [{ species: 'Xà cừ' }], /^0\.count: Dòng 1: Xin ghi con số: Số cây\.$/, TREES],
    [
      'table',
      [
        { species: 'A', count: 1 },
        { species: 'B', count: 0 },
      ],
      /^1\.count: Dòng 2, Số cây: .*từ 1 trở lên/,
      TREES,
    ],
    ['table', Array.from({ length: 5000 }, () => ({ species: 'A', count: 1 })), /nhiều nhất 200 dòng/, TREES],
  ]
  test.each(cases)('%s %j', (type, raw, message, more) => {
    const found = faultsOf(ask(type, more), raw)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(message)
  })
})

describe('odd values never break a type', () => {
  const deep = Array.from({ length: 500 }).reduce<unknown>((inner) => ({ a: [inner] }), 'x')
  const odd: readonly unknown[] = [
    null,
    undefined,
    '',
    '   ',
    '\u200b',
    [],
    {},
    [[]],
    [null],
    deep,
    [deep],
    { 0: deep },
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    10n,
    true,
    '{"a":1}',
    '__proto__',
    { __proto__: { province: '38' } },
    JSON.parse('{"__proto__":{"province":"38"},"constructor":{"x":1}}'),
    '👨‍👩‍👧‍👦',
    '\ud83d',
    '９９９９',
    '\u0301',
    Array.from({ length: 100_000 }, () => 'x'),
    'ă'.repeat(1_000_000),
    Symbol('x'),
    () => 1,
  ]
  test.each(QUESTION_TYPES.map((type) => [type]))('%s', (type) => {
    const question = ask(type, { options: OPTIONS, catalog: 'dan_toc', ...(type === 'table' ? TREES : {}) })
    const field = fieldType(type)
    for (const raw of odd) {
      const value = field.read(raw, question)
      expect(field.read(value, question)).toEqual(value)
      expect(value === null || field.check(question, value, env).every(({ message }) => message.length > 5)).toBe(true)
      expect(typeof field.show(question, value, stubCatalogs)).toBe('string')
      expect(JSON.stringify(value)?.length ?? 0).toBeLessThan(5_000_000)
    }
    for (const blank of [null, undefined, '', '  ', '\u200b', [], {}]) expect(field.read(blank, question)).toBe(null)
    expect(field.jsonSchema(question, stubCatalogs)).toBeTypeOf('object')
  })
})

describe('what a person reads', () => {
  const cases: readonly [QuestionType, unknown, string, Partial<Question>?][] = [
    ['money', 12000, '12.000 đ'],
    ['number', 1234.5, '1.234,5'],
    ['year', 1985, '1985'],
    ['date', '2026-11-21', '21/11/2026'],
    ['partial_date', '1960-09', '09/1960'],
    ['partial_date', '1960', '1960'],
    ['radio', 'co', 'Có', { options: OPTIONS }],
    ['multiselect', ['co', 'khong'], 'Có, Không', { options: OPTIONS }],
    ['catalog', '06', 'Mường', { catalog: 'dan_toc' }],
    ['checkbox', true, 'Có'],
    ['address', { province: '38', commune: '14797', detail: 'Số 12 phố Bà Triệu' }, 'Số 12 phố Bà Triệu, Phường Hạc Thành, Tỉnh Thanh Hóa'],
    [
      'id_document',
      { kind: 'ho_chieu', number: 'M1', issuedOn: '2022-03-01', issuedBy: 'Hàn Quốc' },
      'Hộ chiếu số M1, cấp ngày 01/03/2022, Hàn Quốc',
    ],
    ['person', { full_name: 'Đỗ Thị Thơm', birth_date: '1961-12-30' }, 'Đỗ Thị Thơm, sinh ngày 30/12/1961'],
    ['table', [{ species: 'Xà cừ', count: 1200, kept: true }], '1. Loài cây: Xà cừ; Số cây: 1.200; Giữ lại: Có', TREES],
    ['computed', 1500000, '1.500.000'],
    ['computed', true, 'Có'],
    ['computed', '2020-05-06', '06/05/2020'],
  ]
  test.each(cases)('%s %j → %s', (type, value, expected, more) =>
    expect(fieldType(type).show(ask(type, more), value, stubCatalogs)).toBe(expected),
  )
})
