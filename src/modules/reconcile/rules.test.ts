// Counts held against each other: what agrees, what does not, and which case is named.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anonymous, type Officer, type Role } from '#core/policy/actor.ts'
import { byCase, bySum, differingCases, reckoningPost, seriesFaults } from './rules.ts'

const way = (label: string, ...cases: string[]) => ({ label, measure: 'ho_so' as const, cases })
const head = { key: 'k', group: 'ho_so' as const, title: 't', advice: 'a' }

describe('case by case', () => {
  test('ways that count the same cases agree, in whatever order', () => {
    expect(byCase(head, [way('sự kiện', 'a', 'b', 'b'), way('bảng', 'b', 'a', 'b')], (id) => id)).toMatchObject({ ok: true, differing: [] })
  })

  test('equal sums of different cases do not agree, and both cases are named', () => {
    expect(byCase(head, [way('sự kiện', 'a', 'b'), way('bảng', 'b', 'c')], (id) => id.toUpperCase())).toMatchObject({
      ok: false, differing: ['A', 'C'], counts: [{ value: 2 }, { value: 2 }],
    })
  })

  test('a case left out or counted twice is always found', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), fc.nat(), fc.boolean(), (cases, pick, twice) => {
      const at = pick % cases.length
      const other = twice ? [...cases, cases[at]!] : cases.toSpliced(at, 1)
      expect(differingCases([way('x', ...cases), way('y', ...other)])).toEqual([cases[at]])
    }))
  })
})

test('sums agree to the đồng', () => {
  const dong = (value: number) => ({ label: '', measure: 'dong' as const, value })
  expect(bySum(head, [dong(12_000), dong(12_000)]).ok).toBe(true)
  expect(bySum(head, [dong(12_000), dong(11_999)]).ok).toBe(false)
})

describe('series without gaps', () => {
  test.each([
    [[], []], [[1, 2, 3], []], [[3, 1, 2], []], [[7, 8], []],
    [[1, 3], ['S: thiếu số 2']], [[1, 5], ['S: thiếu số 2 đến 4']], [[1, 2, 2, 3], ['S: số 2 cấp hai lần']],
  ])('%j', (numbers, faults) => expect(seriesFaults({ name: 'S', numbers })).toEqual(faults))
})

test('only posts that answer for figures reconcile', () => {
  const officer = (role: Role): Officer => ({
    kind: 'officer', id: 'x', name: 'x', posts: [{ id: 'p', role, title: '', unitId: 'u', unitCode: 'u', unitName: 'u', unitPath: 'u' }],
  })
  const may = (['chu_tich', 'thu_phi', 'mot_cua', 'chuyen_vien', 'quan_tri_he_thong', 'bcci', 'giam_sat'] as const).filter((role) => reckoningPost(officer(role)))
  expect(may).toEqual(['chu_tich', 'thu_phi', 'giam_sat'])
  expect(reckoningPost(anonymous)).toBeNull()
})
