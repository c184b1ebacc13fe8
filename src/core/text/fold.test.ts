import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePersonNames, compareVi, fold, nfc, slug } from './index.ts'

const any = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('Đ', 'đ', 'ế', 'ế', ' ', '\u200b', '\u00a0', 'Ǖ', '℡', 'İ', '\u00a8') }),
)

describe('nfc', () => {
  it.each([
    ['Nguyễn'.normalize('NFD'), 'Nguyễn'],
    ['Thanh\u00a0Hóa', 'Thanh Hóa'],
    ['\ufeffHồ\u200b sơ\u200e', 'Hồ sơ'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['dòng 1\n  dòng 2 ', 'dòng 1\n  dòng 2 '],
  ])('%j → %j', (given, expected) => expect(nfc(given)).toBe(expected))

  it('is idempotent', () => {
    fc.assert(fc.property(any, (s) => void expect(nfc(nfc(s))).toBe(nfc(s))))
  })
})

describe('fold', () => {
  it.each([
    ['Nguyễn  ĐỨC', 'nguyen duc'],
    ['Nguyễn Đức'.normalize('NFD'), 'nguyen duc'],
    ['  Hoà\u00a0Bình\t', 'hoa binh'],
    ['hòa', 'hoa'],
    ['Đắk\u200b Lắk', 'dak lak'],
    ['ƯỚC MƠ', 'uoc mo'],
    ['Số 12/QĐ-UBND', 'so 12/qd-ubnd'],
    ['１２３', '123'],
    ['İstanbul ﬁ ℡', 'istanbul fi tel'],
    ['', ''],
  ])('%j → %j', (given, expected) => expect(fold(given)).toBe(expected))

  it('is idempotent, and the same for composed and decomposed text', () => {
    fc.assert(
      fc.property(any, (s) => {
        expect(fold(fold(s))).toBe(fold(s))
        expect(fold(s.normalize('NFD'))).toBe(fold(s.normalize('NFC')))
        expect(fold(s)).not.toMatch(/\s\s|^\s|\s$|\p{M}|đ/u)
      }),
      { numRuns: 500 },
    )
  })
})

it.each([
  ['Cấp giấy khai sinh', 'cap-giay-khai-sinh'],
  ['  Số 12/2026/QĐ-UBND! ', 'so-12-2026-qd-ubnd'],
  ['***', ''],
])('slug %j → %j', (given, expected) => expect(slug(given)).toBe(expected))

describe('order', () => {
  it('is Vietnamese', () => {
    expect(['Đông', 'Dũng', 'Ân', 'Ái', 'Ăn', 'Ea', 'Bạn', 'Bán', 'Ong', 'Ơn', 'Ôn', 'Ưng', 'Ung'].sort(compareVi)).toEqual([
      'Ái',
      'Ăn',
      'Ân',
      'Bán',
      'Bạn',
      'Dũng',
      'Đông',
      'Ea',
      'Ong',
      'Ôn',
      'Ơn',
      'Ung',
      'Ưng',
    ])
  })
  it('counts numbers by value', () => expect(['Thôn 10', 'Thôn 2', 'Thôn 1'].sort(compareVi)).toEqual(['Thôn 1', 'Thôn 2', 'Thôn 10']))
  it('puts persons by given name', () => {
    expect(['Trần Văn Bình', 'Nguyễn Thị An', 'Lê Văn Đức', 'Bùi Văn Dũng', 'Lê Thị An'].sort(comparePersonNames)).toEqual([
      'Lê Thị An',
      'Nguyễn Thị An',
      'Trần Văn Bình',
      'Bùi Văn Dũng',
      'Lê Văn Đức',
    ])
  })
})
