import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountInWords, formatVnd, parseVnd } from './index.ts'

it.each([
  [0, '0 đ'],
  [500, '500 đ'],
  [12000, '12.000 đ'],
  [1234567, '1.234.567 đ'],
  [-12000, '-12.000 đ'],
  [1_000_000_000_000, '1.000.000.000.000 đ'],
])('formatVnd %d → %s', (vnd, expected) => expect(formatVnd(vnd)).toBe(expected))

describe('parseVnd', () => {
  it.each([
    ['12.000', 12000],
    ['12,000', 12000],
    ['12 000', 12000],
    ['12\u00a0000\u00a0đ', 12000],
    ['12000', 12000],
    ['0', 0],
    [' 1.234.567 đ ', 1234567],
    ['12000đồng', 12000],
    ['12.000 VNĐ', 12000],
    ['12.000 vnd', 12000],
    ['12.000₫', 12000],
    ['12.000 đ'.normalize('NFD'), 12000],
    ['', null],
    ['đ', null],
    ['12.50', null],
    ['12.0000', null],
    ['1.2.3', null],
    ['1.234,567', null],
    ['1.000,50', null],
    ['-12.000', null],
    ['+12', null],
    ['1e5', null],
    ['12 nghìn', null],
    ['.000', null],
    ['99999999999999999999', null],
  ])('%j → %s', (text, expected) => expect(parseVnd(text)).toBe(expected))

  it('reads back what formatVnd writes', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (vnd) => void expect(parseVnd(formatVnd(vnd))).toBe(vnd)))
  })
})

describe('amountInWords', () => {
  it.each([
    [0, 'Không đồng'],
    [1, 'Một đồng'],
    [4, 'Bốn đồng'],
    [5, 'Năm đồng'],
    [10, 'Mười đồng'],
    [11, 'Mười một đồng'],
    [14, 'Mười bốn đồng'],
    [15, 'Mười lăm đồng'],
    [20, 'Hai mươi đồng'],
    [21, 'Hai mươi mốt đồng'],
    [24, 'Hai mươi tư đồng'],
    [25, 'Hai mươi lăm đồng'],
    [55, 'Năm mươi lăm đồng'],
    [91, 'Chín mươi mốt đồng'],
    [100, 'Một trăm đồng'],
    [101, 'Một trăm linh một đồng'],
    [105, 'Một trăm linh năm đồng'],
    [110, 'Một trăm mười đồng'],
    [111, 'Một trăm mười một đồng'],
    [115, 'Một trăm mười lăm đồng'],
    [121, 'Một trăm hai mươi mốt đồng'],
    [555, 'Năm trăm năm mươi lăm đồng'],
    [1000, 'Một nghìn đồng'],
    [1005, 'Một nghìn không trăm linh năm đồng'],
    [1015, 'Một nghìn không trăm mười lăm đồng'],
    [1100, 'Một nghìn một trăm đồng'],
    [12000, 'Mười hai nghìn đồng'],
    [115000, 'Một trăm mười lăm nghìn đồng'],
    [135500, 'Một trăm ba mươi lăm nghìn năm trăm đồng'],
    [1_000_000, 'Một triệu đồng'],
    [1_000_001, 'Một triệu không trăm linh một đồng'],
    [1_005_000, 'Một triệu không trăm linh năm nghìn đồng'],
    [21_024_000, 'Hai mươi mốt triệu không trăm hai mươi tư nghìn đồng'],
    [1_000_000_000, 'Một tỷ đồng'],
    [1_000_000_005, 'Một tỷ không trăm linh năm đồng'],
    [1_001_000_000, 'Một tỷ không trăm linh một triệu đồng'],
    [2_500_000_000, 'Hai tỷ năm trăm triệu đồng'],
    [1_000_000_000_000, 'Một nghìn tỷ đồng'],
    [
      1_234_567_891_011,
      'Một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi mốt nghìn không trăm mười một đồng',
    ],
    [9_005_000_000_000_000, 'Chín triệu không trăm linh năm nghìn tỷ đồng'],
    [-12000, 'Âm mười hai nghìn đồng'],
  ])('%d → %s', (vnd, expected) => expect(amountInWords(vnd)).toBe(expected))

  it('says different amounts differently, in known words', () => {
    const known = /^(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm|linh|trăm|nghìn|triệu|tỷ|đồng| )+$/i
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        expect(amountInWords(a)).toMatch(known)
        if (a !== b) expect(amountInWords(a)).not.toBe(amountInWords(b))
      }),
    )
  })
})

it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('refuses %d', (vnd) => {
  expect(() => formatVnd(vnd)).toThrow(RangeError)
  expect(() => amountInWords(vnd)).toThrow(RangeError)
})
