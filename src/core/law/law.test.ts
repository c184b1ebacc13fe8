// Dated look-up: exactly one value at any instant, no gap and no overlap, whatever changes are laid over the rows; old cases keep the rule of their time.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '#main/pack.ts'
import { type LaidChange, layChanges, openLaw, readRules, rowOn, type RuleRow, sayPlain, sayValue } from './index.ts'

const base: RuleRow = { value: 8, from: '2018-06-21', to: null, document: 'A', clause: 'A', sure: 'found', transition: 'filed_after', change: null }
const day = fc.integer({ min: 0, max: 4000 }).map((n) => new Date(Date.UTC(2016, 0, 1) + n * 86_400_000).toISOString().slice(0, 10))
const change = fc.record<LaidChange>({
  id: fc.uuid(), rule: fc.constant('r'), value: fc.integer({ min: 1, max: 99 }), from: day, document: fc.constant('B'), clause: fc.constant('B'),
  transition: fc.constantFrom('filed_after', 'all_open'),
})
const holds = (rows: readonly RuleRow[], on: string) => rows.filter((row) => row.from <= on && (row.to === null || on <= row.to))

describe('rows under changes', () => {
  test('every day from the first on has exactly one row, and the look-up finds it', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 12 }), day, (changes, on) => {
      const rows = layChanges([base], changes)
      const found = holds(rows, on)
      expect(found).toHaveLength(on < rows[0]!.from ? 0 : 1)
      if (found[0]) expect(rowOn(rows.map((row) => ({ ...row, transition: 'filed_after' })), on)).toMatchObject({ from: found[0].from, value: found[0].value })
      for (const [at, row] of rows.entries()) expect(row.to === null).toBe(at === rows.length - 1)
    }), { numRuns: 300 })
  })

  test('a change touches no day before it', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 6 }), change, day, (changes, one, on) => {
      fc.pre(on < one.from && on >= base.from)
      const own = changes.filter(({ from }) => from !== one.from)
      expect(rowOn(layChanges([base], [...own, one]), on, on)).toMatchObject({ value: rowOn(layChanges([base], own), on, on).value })
    }), { numRuns: 300 })
  })

  test.each([
    // what began on, looked at on, transition, value
    ['2026-10-01', '2026-12-01', 'filed_after', 8],
    ['2026-11-10', '2026-12-01', 'filed_after', 4],
    ['2026-10-01', '2026-12-01', 'all_open', 4],
    ['2026-10-01', '2026-11-09', 'all_open', 8],
  ] as const)('filed %s, looked at on %s, %s: %i', (since, now, transition, value) => {
    const rows = layChanges([base], [{ id: 'x', rule: 'r', value: 4, from: '2026-11-10', document: 'B', clause: 'B', transition }])
    expect(rowOn(rows, since, now).value).toBe(value)
  })
})

describe.each(['hai-cap', 'ba-cap'])('the register of %s', (pack) => {
  const law = openLaw(loadLaw(pack))

  test('has a clause, a document and plain words for every value, on every day since its first', () => {
    expect(law.list().length).toBeGreaterThanOrEqual(25)
    for (const rule of law.list()) {
      expect(rule.plain.length, rule.key).toBeGreaterThan(20)
      expect(rule.usedIn.length, rule.key).toBeGreaterThan(0)
      for (const row of rule.rows) expect(row.clause.length * row.document.length, rule.key).toBeGreaterThan(0)
      expect(sayPlain(rule, rule.rows[0]!.value)).not.toContain('{')
    }
  })

  test.each([
    ['receptionHours', '2025-05-21', 8, '45/2020/NĐ-CP'],
    ['receptionHours', '2026-11-22', 8, '118/2025/NĐ-CP'],
    ['transferCutoffHour', '2019-03-01', 15, '61/2018/NĐ-CP'],
    ['formSet', '2025-05-21', 6, '01/2018/TT-VPCP'],
    ['formSet', '2026-11-22', 7, '03/2025/TT-VPCP'],
    ['holidaysPerYear', '2020-06-01', 10, '10/2012/QH13'],
    ['holidaysPerYear', '2026-06-01', 12, '28/2026/QH16'],
    ['onlineLevel', '2019-01-01', '4 mức: 1, 2, 3, 4', '43/2011/NĐ-CP'],
  ] as const)('%s on %s is %s by %s', (key, on, value, document) => expect(law.on(key, on)).toMatchObject({ value, document }))

  test('is asked by key and by the name in addresses alike; an unknown name is a fault', () => {
    expect(law.on('gio-tra-loi-tiep-nhan', '2026-11-22')).toEqual(law.on('receptionHours', '2026-11-22'))
    expect(() => law.on('khong-co', '2026-11-22')).toThrow(RangeError)
  })
})

test('a pack whose values leave a gap is not read', () => {
  const one = { key: 'r', id: 'r', group: 'g', title: 'r', plain: 'r', unit: 'lan', usedIn: [], values: [{ value: 1, from: '2020-01-01', to: '2020-12-31', document: 'A', clause: 'A', sure: 'found' }, { value: 2, from: '2021-01-02', to: null, document: 'A', clause: 'A', sure: 'found' }] }
  expect(() => readRules({ format: 'tinhso.rules/1', groups: { g: 'g' }, documents: {}, replaced: [], rules: [one] }, () => ({}))).toThrow(/hở hoặc chồng/)
})

test.each([[8, 'gio_lam_viec', '8 giờ làm việc'], [15, 'gio', '15:00'], [14.5, 'gio', '14:30'], [1 / 3, 'phan', 'một phần ba'], [100_000, 'dong', '100.000 đồng'], [1.5, 'ngay_lam_viec', '1,5 ngày làm việc']] as const)(
  '%d %s is said as %s', (value, unit, said) => expect(sayValue(value, unit)).toBe(said))
