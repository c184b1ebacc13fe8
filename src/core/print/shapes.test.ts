// Dates and missing values, as the templates will read them.
import { expect, test } from 'vitest'
import { day, instant, list, maybe, maybeText, text } from './shapes.ts'

test('an instant is told in Vietnamese time, over the edge of the day and the year', () => {
  expect(instant.parse(new Date('2026-12-31T17:30:00Z'))).toEqual({ year: 2027, month: 1, day: 1, hour: 0, minute: 30 })
  expect(instant.parse('2026-11-21T08:05:00+07:00')).toEqual({ year: 2026, month: 11, day: 21, hour: 8, minute: 5 })
})

test('an instant without its offset, an impossible day and an invalid Date are refused', () => {
  expect(instant.safeParse('2026-11-21T08:05:00').success).toBe(false)
  expect(instant.safeParse(new Date('x')).success).toBe(false)
  expect(day.safeParse('2026-02-30').success).toBe(false)
})

test('a day stays the day it is', () => expect(day.parse('2026-01-01')).toEqual({ year: 2026, month: 1, day: 1 }))

test.each([[undefined], [null], [''], ['  ']])('missing text (%j) becomes null', (value) => expect(maybeText.parse(value)).toBeNull())

test('missing lists and parts have one shape', () => {
  expect(list(text).parse(null)).toEqual([])
  expect(maybe(day).parse(undefined)).toBeNull()
  expect(text.safeParse('  ').success).toBe(false)
})
