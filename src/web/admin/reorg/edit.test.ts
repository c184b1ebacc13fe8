// Two editors on one plan: what each of them asked for is there in the end, and what cannot be is shown to both.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlanContent, Step } from '#modules/reorg/index.ts'
import { type Basics, clashes, markOf, merged, withSteps, without } from './edit.ts'

const step = (n: number): Step => ({ kind: 'move', unit: `u-${n}`, parent: 'th' })
const content = (steps: readonly Step[]): PlanContent => ({ title: 'K', day: '2027-01-01', decisionNo: '1', decisionOn: '2026-12-01', note: null, steps: [...steps], appointments: [], follow: true, windowDays: 30 })

describe('steps', () => {
  test('of two editors are all there, whoever was first', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(50)), fc.uniqueArray(fc.nat(50)), (mine, theirs) => {
      const both = withSteps(mine.map(step))(withSteps(theirs.map(step))(content([])))
      const other = withSteps(theirs.map(step))(withSteps(mine.map(step))(content([])))
      const marks = (one: PlanContent) => one.steps.map(markOf).sort()
      expect(marks(both)).toEqual(marks(other))
      expect(marks(both)).toEqual([...new Set([...mine, ...theirs])].map((n) => markOf(step(n))).sort())
    }))
  })

  test('are the same whatever the order of their keys', () => expect(markOf({ parent: 'th', kind: 'move', unit: 'u-1' })).toBe(markOf(step(1))))

  test('taken out twice are gone once', () => {
    const plan = content([step(1), step(2)])
    const once = without(markOf(step(1)))(plan)
    expect(once.steps).toEqual([step(2)])
    expect(without(markOf(step(1)))(once).steps).toEqual([step(2)])
  })
})

describe('basics', () => {
  const seen: Basics = { title: 'A', day: '2027-01-01', decisionNo: '1', decisionOn: '2026-12-01', note: null, follow: true, windowDays: 30 }

  test('that only one changed go together', () => {
    const [mine, now] = [{ ...seen, title: 'B' }, { ...seen, day: '2027-02-01' }]
    expect(clashes(seen, mine, now)).toEqual([])
    expect(merged(seen, mine, now)).toMatchObject({ title: 'B', day: '2027-02-01' })
  })

  test('that both changed to the same are no clash', () => expect(clashes(seen, { ...seen, title: 'B' }, { ...seen, title: 'B' })).toEqual([]))
  test('that both changed otherwise are shown', () => expect(clashes(seen, { ...seen, title: 'B' }, { ...seen, title: 'C' })).toEqual(['title']))
})
