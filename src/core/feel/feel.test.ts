// FEEL through our wrapper: values, conditions, faults of writing, and no way to read the wall clock.

import { describe, expect, test } from 'vitest'
import { checkFeel, feel, holds } from './index.ts'

describe('feel', () => {
  test.each<[string, Record<string, unknown>, unknown]>([
    ['1 + 2 * 3', {}, 7],
    ['form.a + form.b', { form: { a: 1, b: 2 } }, 3],
    ['date(receivedOn) + duration("P15D")', { receivedOn: '2026-11-20' }, '2026-12-05'],
    ['date(receivedOn).year - 12', { receivedOn: '2026-11-20' }, 2014],
    ['duration("P1Y")', {}, 'P1Y'],
    ['[date("2026-01-01"), 1]', {}, ['2026-01-01', 1]],
    ['{a: date("2026-01-01")}', {}, { a: '2026-01-01' }],
    ['form.khong_co', { form: {} }, null],
    ['date("2026-02-30")', {}, null],
    ['1 / 0', {}, null],
    ['function(x) x', {}, null],
    ['count(value[is_main = true])', { value: [{ is_main: true }, { is_main: false }] }, 1],
    ['sum(for t in form.trees return t.count)', { form: { trees: [{ count: 2 }, { count: 3 }] } }, 5],
    ['form.constructor', { form: {} }, null],
    ['form.__proto__', { form: {} }, null],
  ])('%s', (expression, scope, expected) => expect(feel(expression, scope).value).toEqual(expected))

  test('the same expression over other names is not mixed up', () => {
    expect(feel('a', { a: 1, b: 2 }).value).toBe(1)
    expect(feel('a', { b: 2, a: 3 }).value).toBe(3)
    expect(feel('a', { b: 2 }).value).toBe(null)
  })

  test('warnings belong to one call', () => {
    expect(feel('form.x + 1', { form: {} }).warnings.length).toBeGreaterThan(0)
    expect(feel('form.x + 1', { form: { x: 1 } })).toEqual({ value: 2, warnings: [] })
  })

  test('the wall clock is out of reach', () => {
    expect(feel('today()').value).toBe(null)
    expect(feel('now()', { now: () => 1 }).value).toBe(null)
    expect(checkFeel('date(value) < today()')).toMatch(/receivedOn/)
  })

  test('a wrong expression is null and a warning, never an exception', () => {
    expect(feel('form.a >', { form: {} })).toMatchObject({ value: null, warnings: [{ type: 'SYNTAX_ERROR' }] })
    expect(feel('', {}).value).toBe(null)
  })
})

describe('holds: only true is true', () => {
  test.each<[string, boolean]>([
    ['true', true],
    ['1 = 1', true],
    ['null', false],
    ['"true"', false],
    ['1', false],
    ['form.x > 1', false],
    ['((', false],
  ])('%s → %s', (expression, expected) => expect(holds(expression, { form: {} })).toBe(expected))
})

describe('checkFeel', () => {
  test.each(['true', 'form.a = "x" and (value > 1)', 'every r in value satisfies r.a >= 1', 'not(matches(value, "[0-9]"))'])(
    '%s can be read',
    (expression) => expect(checkFeel(expression)).toBe(null),
  )
  test.each<[string, RegExp]>([
    ['', /trống/],
    ['form.a >', /chưa viết hết|sai ở ký tự/],
    ['form.a = "x" andd form.b', /ký tự 14/],
    ['(1 + 2', /sai|chưa/],
    ['form.a == 1', /ký tự/],
    ['1 + * 2', /ký tự/],
  ])('%s', (expression, message) => expect(checkFeel(expression)).toMatch(message))
})
