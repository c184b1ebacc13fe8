// Due dates after all that happens to a dossier, and the days counted back from them: cases of the law, and what holds for any of them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Term, workingHoursBetween } from '#core/workdays/index.ts'
import { calendar } from '../procedures/testing/packs.ts'
import { alertAt, apologyUntil, closingOn, dueOf, shareUsed, type Stretch, workingDayBefore, workingTimeBefore } from './deadlines.ts'

const at = (local: string) => new Date(`${local}+07:00`)
const three: Term = { value: 3, unit: 'ngay_lam_viec' }

describe('counted back', () => {
  test.each([
    ['2026-11-25', 1, '2026-11-23'], // 24/11 is a holiday from 2026
    ['2026-11-23', 1, '2026-11-20'],
    ['2026-11-26', 2, '2026-11-23'],
    ['2026-08-24', 1, '2026-08-22'], // a Saturday worked instead
    ['2026-02-23', 1, '2026-02-13'], // over Tết
  ])('%s, %d working day before → %s', (on, n, expected) => expect(workingDayBefore(on, n, calendar)).toBe(expected))

  test('an apology may be sent until the office closes on the working day before', () => {
    expect(apologyUntil(at('2026-11-25T17:30:00'), 1, calendar)).toEqual(at('2026-11-23T17:30:00'))
  })

  test('leaders are told half a day before that; of a same-day term half a day before its end', () => {
    const rules = { apologyDays: 1, hours: 4 }
    expect(alertAt(at('2026-11-25T17:30:00'), at('2026-11-19T09:00:00'), rules, calendar)).toEqual(at('2026-11-23T13:30:00'))
    expect(alertAt(at('2026-11-20T17:30:00'), at('2026-11-20T09:00:00'), rules, calendar)).toEqual(at('2026-11-20T13:30:00'))
    expect(alertAt(at('2026-11-20T17:30:00'), at('2026-11-20T14:50:00'), rules, calendar)).toEqual(at('2026-11-20T14:50:00'))
  })

  test('working time before is the inverse of working time after', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 120 }), (days, hours) => {
      const end = closingOn(workingDayBefore(new Date(at('2026-12-31T12:00:00').getTime() - days * 86_400_000).toISOString().slice(0, 10), 1, calendar), calendar)!
      expect(workingHoursBetween(workingTimeBefore(end, hours, calendar), end, calendar)).toBeCloseTo(hours, 6)
    }))
  })
})

describe('the share of the term used up', () => {
  const input = { term: three, acceptedAt: at('2026-11-16T08:00:00'), dueAt: at('2026-11-19T17:30:00'), pauses: [] as Stretch[], calendar }
  test.each([['2026-11-16T08:00:00', 0], ['2026-11-19T17:30:00', 1]])('%s → %d', (when, share) => expect(shareUsed({ ...input, at: at(when) })).toBeCloseTo(share, 6))
  test('does not grow while the clock stands still', () => {
    const pauses = [{ from: at('2026-11-17T08:00:00'), to: null, reason: 'chờ' }]
    expect(shareUsed({ ...input, pauses, at: at('2026-11-18T08:00:00') })).toBeCloseTo(shareUsed({ ...input, pauses, at: at('2026-11-20T08:00:00') }), 6)
  })
})

describe('due', () => {
  const acceptedAt = at('2026-11-02T08:00:00')
  const hour = fc.integer({ min: 1, max: 300 }).map((hours) => new Date(acceptedAt.getTime() + hours * 3_600_000))
  const stretch = fc.tuple(hour, fc.integer({ min: 1, max: 60 })).map(([from, hours]): Stretch => ({ from, to: new Date(from.getTime() + hours * 3_600_000), reason: 'bổ sung' }))

  test('no pause and no apology ever brings it forward; the same history gives the same date', () => {
    fc.assert(fc.property(fc.array(stretch, { maxLength: 5 }), fc.option(hour, { nil: null }), fc.integer({ min: 1, max: 20 }), (pauses, apologyAt, days) => {
      const plain = dueOf({ term: three, extension: null, acceptedAt, pauses: [], apology: null, calendar })
      const paused = dueOf({ term: three, extension: null, acceptedAt, pauses, apology: null, calendar })
      expect(paused.dueAt >= plain.dueAt).toBe(true)
      if (!apologyAt) return
      const before = dueOf({ term: three, extension: null, acceptedAt, pauses: pauses.filter((one) => one.from < apologyAt), apology: null, calendar })
      const promised = new Date(before.dueAt.getTime() + days * 86_400_000)
      const apology = { at: apologyAt, dueAt: promised }
      const after = dueOf({ term: three, extension: null, acceptedAt, pauses, apology, calendar })
      expect(after.dueAt >= promised).toBe(true)
      expect(dueOf({ term: three, extension: null, acceptedAt, pauses, apology, calendar })).toEqual(after)
    }))
  })

  test('an extension by decision is counted from receipt, its reason told', () => {
    const due = dueOf({ term: three, extension: { term: { value: 5, unit: 'ngay_lam_viec' }, adds: true, reason: 'cần xác minh' }, acceptedAt, pauses: [], apology: null, calendar })
    expect(due.dueOn).toBe('2026-11-12')
    expect(due.derivation).toContain('cần xác minh')
  })
})
