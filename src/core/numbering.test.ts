// Numbers: without gaps and without doubles, however many take them at once and however many of those give up.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#core/db/index.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { fillNumber, nextNumber } from './numbering.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

describe('nextNumber', () => {
  test('has no gaps and no doubles under concurrent takers, a third of whom roll back', async () => {
    const taken = await Promise.all(Array.from({ length: 90 }, (_, at) =>
      inTransaction(database.db, async (tx) => {
        const number = await nextNumber(tx, 'a')
        if (at % 3 === 0) throw new Error('thôi')
        return number
      }).catch(() => null)))
    const kept = taken.filter((one): one is number => one !== null).sort((a, b) => a - b)
    expect(kept).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
  })

  test('series do not touch each other', async () => {
    const one = await inTransaction(database.db, (tx) => nextNumber(tx, 'b'))
    const two = await inTransaction(database.db, (tx) => nextNumber(tx, 'c'))
    expect([one, two]).toEqual([1, 1])
  })
})

describe('fillNumber', () => {
  const parts = { agency: 'H56.01', on: '2026-11-21', seq: 7 }
  test.each([
    ['{agency}-{yyMMdd}-{seq:4}', 'H56.01-261121-0007'],
    ['{agency}-{yyyyMMdd}-{seq:7}', 'H56.01-20261121-0000007'],
    ['{seq}/{yyyy}', '7/2026'],
  ])('%s → %s', (template, filled) => {
    expect(fillNumber(template, parts)).toBe(filled)
  })

  test('an unknown part is refused', () => {
    expect(() => fillNumber('{agency}-{thang}', parts)).toThrow('{thang}')
  })

  test('a number longer than its width is kept whole', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999_999 }), (seq) => {
      expect(Number(fillNumber('{seq:4}', { ...parts, seq }))).toBe(seq)
    }))
  })
})
