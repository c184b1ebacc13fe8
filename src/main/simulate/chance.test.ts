// The month must be the same every time, and its chances must be what they say.

import { describe, expect, test } from 'vitest'
import { arrivals, chance, weigh } from './chance.ts'

const MANY = 20_000
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
const tries = <T>(make: (at: number) => T): T[] => Array.from({ length: MANY }, (_, at) => make(at))

describe('chance', () => {
  test('is the same for the same words, another for others', () => {
    expect(chance(1, 'a', 2)).toBe(chance(1, 'a', 2))
    expect(chance(1, 'a', 2)).not.toBe(chance(1, 'a2'))
  })

  test('is spread evenly', () => {
    const numbers = tries((at) => chance('seed', `H56-261102-${at}`))
    expect(mean(numbers)).toBeCloseTo(0.5, 1)
    for (let tenth = 0; tenth < 10; tenth++) expect(numbers.filter((one) => Math.floor(one * 10) === tenth).length / MANY).toBeCloseTo(0.1, 1)
  })

  test('weighs choices', () => {
    const picked = tries((at) => weigh([['a', 8], ['b', 2]], 'w', at))
    expect(picked.filter((one) => one === 'a').length / MANY).toBeCloseTo(0.8, 1)
  })

  test.each([0.2, 1, 4])('arrivals come to %d on average', (rate) => expect(mean(tries((at) => arrivals(rate, 'x', at)))).toBeCloseTo(rate, 0))
})
