// The rule of transfer (NĐ 61/2018/NĐ-CP article 18) and how a hand-over stands, as tables of cases; and what holds at any instant.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorkingDay, localDate, type Calendar } from '#core/workdays/index.ts'
import { handoverResult, transferDue } from './handover-rules.ts'

const calendar: Calendar = { days: [{ date: '2026-11-24', kind: 'holiday', name: 'Ngày Văn hóa' } as never], hours: [] }
const rule = { cutoffHour: 15, morningHours: 1, clause: 'Điều 18' }
const at = (text: string) => new Date(`${text}:00+07:00`)

describe('transfer', () => {
  test.each([
    ['in the morning: the same day', '2026-11-23T08:00', '2026-11-23T17:30'],
    ['just before 15:00', '2026-11-23T14:59', '2026-11-23T17:30'],
    ['at 15:00: early next working morning, over the day off', '2026-11-23T15:00', '2026-11-25T08:30'],
    ['after hours', '2026-11-25T19:00', '2026-11-26T08:30'],
    ['on Friday after 15:00: Monday morning', '2026-11-27T15:30', '2026-11-30T08:30'],
    ['on Saturday', '2026-11-28T09:00', '2026-11-30T08:30'],
    ['before hours: the same day', '2026-11-25T06:10', '2026-11-25T17:30'],
  ])('%s', (_name, received, due) => {
    expect(transferDue(at(received), calendar, rule)).toEqual(at(due))
  })

  test('is never before it was received, falls on a working day, and later is never due earlier', () => {
    const instant = fc.date({ min: at('2026-01-01T00:00'), max: at('2027-12-31T00:00'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [one, other] = a < b ? [a, b] : [b, a]
        const [first, second] = [transferDue(one, calendar, rule), transferDue(other, calendar, rule)]
        expect(first >= one && isWorkingDay(localDate(first), calendar)).toBe(true)
        expect(first <= second).toBe(true)
      }),
    )
  })
})

test.each([
  ['2026-11-23T10:00', null, null], ['2026-11-20T10:00', '2026-11-23T10:00', 'early'], ['2026-11-23T09:59', '2026-11-23T10:00', 'on_time'],
  ['2026-11-23T10:00', '2026-11-23T10:00', 'on_time'], ['2026-11-23T10:01', '2026-11-23T10:00', 'late'],
])('handed on %s, due %s: %s', (handed, due, result) => {
  expect(handoverResult(at(handed), due === null ? null : at(due))).toBe(result)
})
