// The picture of a plan: nothing lies over anything else, every passage is drawn, whatever the plan.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layOut, type Link, ROW } from './ribbons-layout.ts'

const node = (id: string) => ({ id, name: id })

describe('the layout of ribbons', () => {
  test('one unit alone stands at the top', () => {
    expect(layOut([node('a')], [node('b')], [{ from: 'a', to: 'b', share: 1, main: true }])).toMatchObject({ before: [{ id: 'a', y: 0 }], after: [{ id: 'b', y: 0 }], height: ROW })
  })

  test('those that become one stand together', () => {
    const drawn = layOut(['a', 'b', 'c'].map(node), ['x', 'y'].map(node), [{ from: 'a', to: 'y', share: 1, main: true }, { from: 'b', to: 'x', share: 1, main: true }, { from: 'c', to: 'y', share: 1, main: true }])
    expect(drawn.before.map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  })

  test('nothing lies over anything else', () => {
    const plans = fc.array(fc.record({ from: fc.integer({ min: 0, max: 30 }), to: fc.integer({ min: 0, max: 12 }), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }), { maxLength: 60 })
    fc.assert(fc.property(plans, (rows) => {
      const links = [...new Map(rows.map((row) => [`${row.from} ${row.to}`, { from: `a${row.from}`, to: `b${row.to}`, share: row.share, main: true } satisfies Link])).values()]
      const drawn = layOut([...new Set(links.map(({ from }) => from))].map(node), Array.from({ length: 13 }, (_, n) => node(`b${n}`)), links)
      for (const side of [drawn.before, drawn.after]) {
        const sorted = side.toSorted((a, b) => a.y - b.y)
        for (let n = 1; n < sorted.length; n++) expect(sorted[n]!.y).toBeGreaterThanOrEqual(sorted[n - 1]!.y + sorted[n - 1]!.height)
        expect(sorted.at(-1)?.y ?? 0).toBeLessThan(drawn.height)
      }
      expect(drawn.ribbons).toHaveLength(links.length)
    }))
  })
})
