// Merging two people's changes: nobody's is lost, whoever saves first.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conflictKey, type Json, merge3, sameJson } from './merge.ts'

const row = (id: string, more: object = {}) => ({ id, name: id.toUpperCase(), hours: 1, ...more })
const base = { steps: [row('a'), row('b'), row('c')], title: 'T' }
const merge = (mine: Json, theirs: Json, before: Json = base) => merge3(before, mine, theirs)

describe('what only one has changed stands', () => {
  test.each<[string, object, object, object]>([
    ['two fields of one thing', { ...base, steps: [row('a', { hours: 2 }), row('b'), row('c')] }, { ...base, steps: [row('a', { name: 'X' }), row('b'), row('c')] }, { ...base, steps: [row('a', { hours: 2, name: 'X' }), row('b'), row('c')] }],
    ['one adds, the other changes', { ...base, steps: [row('a'), row('n'), row('b'), row('c')] }, { ...base, steps: [row('a'), row('b', { hours: 9 }), row('c')] }, { ...base, steps: [row('a'), row('n'), row('b', { hours: 9 }), row('c')] }],
    ['both add behind the same', { ...base, steps: [...base.steps, row('m')] }, { ...base, steps: [...base.steps, row('n')] }, { ...base, steps: [...base.steps, row('m'), row('n')] }],
    ['one takes out, the other moves', { ...base, steps: [row('a'), row('c')] }, { ...base, steps: [row('c'), row('a'), row('b')] }, { ...base, steps: [row('c'), row('a')] }],
    ['both take out the same', { ...base, steps: [row('a')] }, { ...base, steps: [row('a')] }, { ...base, steps: [row('a')] }],
  ])('%s', (_name, mine, theirs, both) => {
    expect(merge(mine as Json, theirs as Json)).toEqual({ value: both, conflicts: [] })
    expect(merge(theirs as Json, mine as Json)).toEqual({ value: both, conflicts: [] })
  })

  test('one takes out what the other has changed: that is asked', () => {
    const { conflicts } = merge({ ...base, steps: [row('a'), row('b')] }, { ...base, steps: [row('a'), row('b'), row('c', { hours: 5 })] })
    expect(conflicts).toMatchObject([{ path: ['steps', 'c'], mine: undefined, theirs: { hours: 5 } }])
  })
})

const word = fc.constantFrom('x', 'y', 'z', 'w')
const thing = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), name: word, hours: fc.integer({ min: 0, max: 3 }), tags: fc.uniqueArray(word) })
const part = fc.record({ title: word, steps: fc.uniqueArray(thing, { selector: (one) => one.id }), note: fc.option(word, { nil: undefined }) }).map((value) => JSON.parse(JSON.stringify(value)) as Json)

describe('for any three texts', () => {
  test('the same comes out whoever is first, but for conflicts, which are the same places', () => {
    fc.assert(fc.property(part, part, part, (before, mine, theirs) => {
      const [one, other] = [merge3(before, mine, theirs), merge3(before, theirs, mine)]
      expect(one.conflicts.map(({ path }) => conflictKey(path)).sort()).toEqual(other.conflicts.map(({ path }) => conflictKey(path)).sort())
      if (one.conflicts.length === 0) expect(sameJson(one.value, other.value)).toBe(true)
    }), { numRuns: 400 })
  })

  test('who changed nothing takes the other; with every conflict decided none is left', () => {
    fc.assert(fc.property(part, part, part, fc.constantFrom('mine' as const, 'theirs' as const), (before, mine, theirs, side) => {
      expect(sameJson(merge3(before, before, theirs).value, theirs) && sameJson(merge3(before, mine, before).value, mine)).toBe(true)
      const { conflicts } = merge3(before, mine, theirs)
      const picks = new Map(conflicts.map(({ path }) => [conflictKey(path), side] as const))
      expect(merge3(before, mine, theirs, picks).conflicts).toEqual([])
    }), { numRuns: 400 })
  })
})
