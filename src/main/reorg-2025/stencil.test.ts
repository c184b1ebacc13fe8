// Filling a stencil with the words it was cut along must give the text back; with others only those may change.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cut, fill } from './stencil.ts'

describe('a stencil', () => {
  test('filled with its own words is the text it was cut from', () => {
    fc.assert(fc.property(fc.string(), fc.array(fc.string({ minLength: 1 }), { maxLength: 5 }), (text, words) => {
      expect(fill(cut(text, words), words)).toBe(text)
    }))
  })

  test('takes the longest word where one begins with another', () => {
    const stencil = cut('th-old-380 th-old-38 th', ['th-old-38', 'th-old-380'])
    expect(fill(stencil, ['A', 'B'])).toBe('B A th')
  })

  test('words with signs are taken as they are', () => {
    expect(fill(cut('H56.16 H56x16', ['H56.16']), ['X'])).toBe('X H56x16')
  })
})
