// How far a changed figure goes through the versions of its procedure.

import { describe, expect, test } from 'vitest'
import type { Version } from '#modules/procedures/index.ts'
import { type Held, spread } from './timeline.ts'

const held = (from: string, value: number | null, abolishes = false): Held => ({ from, value, version: { number: Number(from), abolishes } as Version })
const said = (list: readonly Held[], value: number) => {
  const { follow, stop, abolished } = spread(list, value)
  return [follow.map((one) => one.from), stop?.from ?? null, abolished.map((one) => one.from)]
}

describe('a figure of 100 becomes 50', () => {
  test.each([
    ['one version', [held('1', 100)], [['1'], null, []]],
    ['later versions that carry it on', [held('1', 100), held('2', 100), held('3', 100)], [['1', '2', '3'], null, []]],
    ['one that sets its own, and whatever follows it', [held('1', 100), held('2', 90), held('3', 100)], [['1'], '2', []]],
    ['one that has the new value already', [held('1', 100), held('2', 50)], [['1'], '2', []]],
    ['one in which it is no single figure any more', [held('1', 100), held('2', null)], [['1'], '2', []]],
    ['an abolition is no value', [held('1', 100), held('2', null, true)], [['1'], null, ['2']]],
    ['taken up again after it with the same value', [held('1', 100), held('2', null, true), held('3', 100)], [['1', '3'], null, ['2']]],
    ['done already', [held('1', 50), held('2', 50), held('3', 90)], [[], '3', []]],
  ] as const)('%s', (_, list, expected) => expect(said(list, 50)).toEqual(expected))
})
