// Layers over the national calendar: the nearer unit, the single day, the later begun; and what stays as it was.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { national } from '#core/workdays/testing.ts'
import { addDays, type Calendar, deadline, isWorkingDay, officeSessions } from '#core/workdays/index.ts'
import { datesOf, layered } from './layers.ts'
import { changedDays, draftFaults, pastFault, sessionFault } from './rules.ts'
import type { Draft } from './schema.ts'

const base = national()
const day = (kind: Draft['kind'], from: string, to = from, name = 'Ngày thử'): Draft => ({ kind, from, to, name, sessions: null })
const own = (from: string, sessions: [string, string][], to = from): Draft => ({ kind: 'sessions', from, to, name: 'Nửa ngày', sessions: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [n, sessions])) })
const rota = (from: string, to: string | null, sessions: [string, string][]): Draft => ({ kind: 'hours', from, to, name: 'Giờ mùa đông', sessions: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [n, sessions])) })
const hours = (calendar: Calendar, date: string) => officeSessions(date, calendar).map(({ from, to }) => [from, to].map((at) => at.toISOString().slice(11, 16)).join('-')).join(' ')

describe('layers', () => {
  test('without changes are the base itself', () => {
    expect(layered(base, [[], [], []])).toBe(base)
  })

  test.each<[string, Draft[][], string, boolean]>([
    ['a storm closes the commune', [[], [day('closure', '2026-11-26')]], '2026-11-26', false],
    ['the day after it is worked', [[], [day('closure', '2026-11-26')]], '2026-11-27', true],
    ['a day off called off by the unit is worked', [[day('swap_off', '2026-11-26')], [day('swap_work', '2026-11-26')]], '2026-11-26', true],
    ['the province opens a Saturday', [[day('swap_work', '2026-11-28')], []], '2026-11-28', true],
    ['the unit stays shut on it', [[day('swap_work', '2026-11-28')], [day('closure', '2026-11-28')]], '2026-11-28', false],
    ['a Saturday morning of one unit', [[], [own('2026-11-28', [['08:00', '11:00']])]], '2026-11-28', true],
    ['hours of single days open a national holiday', [[], [own('2026-11-24', [['08:00', '11:00']])]], '2026-11-24', true],
    ['national holidays stay', [[rota('2026-11-01', null, [['08:00', '12:00']])]], '2026-11-24', false],
  ])('%s', (_what, layers, date, worked) => {
    expect(isWorkingDay(date, layered(base, layers))).toBe(worked)
  })

  test('hours: a single day before a season, the unit before the province, whatever began later', () => {
    const calendar = layered(base, [[rota('2026-11-01', '2027-03-31', [['08:00', '12:00'], ['13:00', '17:00']])], [rota('2026-10-01', null, [['07:00', '11:00']]), own('2026-11-26', [['08:00', '09:00']])]])
    expect(hours(calendar, '2026-11-25')).toBe('00:00-04:00')
    expect(hours(calendar, '2026-11-26')).toBe('01:00-02:00')
    expect(hours(calendar, '2026-09-30')).toBe('00:30-04:30 06:30-10:30')
    const province = layered(base, [[rota('2026-11-01', '2027-03-31', [['08:00', '12:00'], ['13:00', '17:00']])]])
    expect(hours(province, '2026-11-25')).toBe('01:00-05:00 06:00-10:00')
    expect(hours(province, '2027-04-01')).toBe('00:30-04:30 06:30-10:30')
  })
})

const dates = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2026-10-01', n))
const drafts: fc.Arbitrary<Draft> = fc.oneof(
  fc.record({ kind: fc.constantFrom<Draft['kind']>('holiday', 'closure', 'swap_off', 'swap_work'), from: dates, days: fc.integer({ min: 0, max: 4 }) })
    .map(({ kind, from, days }) => day(kind, from, addDays(from, days))),
  fc.record({ from: dates, morning: fc.boolean() }).map(({ from, morning }) => own(from, morning ? [['08:00', '11:30']] : [['13:00', '16:00']])),
  fc.record({ from: dates, days: fc.option(fc.integer({ min: 5, max: 60 })), early: fc.boolean() })
    .map(({ from, days, early }) => rota(from, days === null ? null : addDays(from, days), early ? [['07:00', '11:00'], ['13:00', '17:00']] : [['08:00', '12:00'], ['13:30', '17:30']])),
)

/** What a date is by the words of the rule, read the slow way. */
function plain(layers: readonly (readonly Draft[])[], date: string): string {
  const says = (draft: Draft) => draft.from <= date && (draft.to ?? '9999-12-31') >= date
  const last = [...layers].reverse().map((layer) => layer.filter((draft) => draft.kind !== 'hours' && says(draft)).at(-1)).find(Boolean)
  if (last && last.kind !== 'sessions' && last.kind !== 'swap_work') return ''
  const turned = layers.flatMap((layer, at) => layer.filter((draft) => draft.kind === 'sessions' && says(draft)).map((draft) => ({ draft, at }))).at(-1)
  const season = layers.map((layer) => layer.filter((draft) => draft.kind === 'hours' && says(draft)).sort((a, b) => a.from.localeCompare(b.from)).at(-1)).findLast(Boolean)
  const week = turned?.draft.sessions ?? season?.sessions ?? { 1: [['07:30', '11:30'], ['13:30', '17:30']], 2: [['07:30', '11:30'], ['13:30', '17:30']], 3: [['07:30', '11:30'], ['13:30', '17:30']], 4: [['07:30', '11:30'], ['13:30', '17:30']], 5: [['07:30', '11:30'], ['13:30', '17:30']] }
  const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
  const usual = (week as Record<number, [string, string][]>)[weekday] ?? []
  const off = !last && base.days.findLast((one) => one.date === date)
  if (off && off.type !== 'swap_work') return ''
  const pairs = usual.length === 0 && (last?.kind === 'swap_work' || (off && off.type === 'swap_work')) ? ((week as Record<number, [string, string][]>)[1] ?? []) : usual
  return pairs.map(([from, to]) => `${from}-${to}`).join(' ')
}

test('every day is what the nearest word about it says', () => {
  fc.assert(fc.property(fc.array(fc.array(drafts, { maxLength: 4 }), { maxLength: 3 }), dates, (layers, date) => {
    const local = officeSessions(date, layered(base, layers)).map(({ from, to }) => [from, to].map((at) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(11, 16)).join('-')).join(' ')
    expect(local).toBe(plain(layers, date))
  }), { numRuns: 400 })
})

test('a deadline counted anew is the deadline counted for the first time', () => {
  fc.assert(fc.property(fc.array(drafts, { maxLength: 5 }), fc.integer({ min: 1, max: 15 }), dates, (layer, value, from) => {
    const input = { term: { value, unit: 'ngay_lam_viec' } as const, receivedAt: new Date(`${from}T09:00:00+07:00`) }
    const first = deadline({ ...input, calendar: layered(base, [layer]) })
    const again = deadline({ ...input, calendar: layered({ ...base, days: [...base.days] }, [[...layer]]) })
    expect(again).toEqual(first)
  }), { numRuns: 100 })
})

describe('what may be changed', () => {
  const laid = (...drafts: Draft[]) => layered(base, [drafts])
  test.each<[string, Draft, boolean, RegExp | null, boolean]>([
    ['tomorrow', day('closure', '2026-11-24'), false, null, false],
    ['today', day('closure', '2026-11-23'), false, null, false],
    ['a closed day that has passed asks for a tick', day('closure', '2026-11-20', '2026-11-23'), false, /Ghi muộn/, false],
    ['and is marked with it', day('closure', '2026-11-20', '2026-11-23'), true, null, true],
    ['not after thirty days', day('closure', '2026-10-20'), true, /30 ngày/, false],
    ['a passed day off is never worked afterwards', day('swap_work', '2026-11-22'), true, /không đổi được nữa/, false],
  ])('%s', (_what, draft, late, fault, retroactive) => {
    const found = pastFault(base, laid(draft), draft.from, '2026-11-23', late)
    if (fault) expect(found.fault?.message).toMatch(fault)
    else expect(found.fault).toBeNull()
    expect(found.retroactive).toBe(retroactive)
  })

  test.each<[string, Draft, string | null]>([
    ['an end before the beginning', day('closure', '2026-11-24', '2026-11-23'), 'to'],
    ['more than a month of days', day('holiday', '2026-11-24', '2027-01-24'), 'to'],
    ['no name', { ...day('closure', '2026-11-24'), name: 'x' }, 'name'],
    ['hours that overlap', own('2026-11-24', [['08:00', '11:00'], ['10:00', '12:00']]), 'sessions'],
    ['a season of many months', rota('2026-11-01', '2027-04-30', [['08:00', '12:00']]), null],
  ])('%s', (_what, draft, key) => {
    expect(draftFaults(draft).map((fault) => fault.key)).toEqual(key ? [key] : [])
  })

  test('sessions say what is wrong with them', () => {
    expect(sessionFault({})).toContain('ít nhất một buổi')
    expect(sessionFault({ 1: [['8:00', '11:00']] })).toContain('giờ:phút')
    expect(sessionFault({ 1: [['11:00', '08:00']] })).toContain('sau giờ bắt đầu')
    expect(sessionFault({ 6: [['07:30', '11:30']] })).toBeNull()
  })

  test('only days that really change are named', () => {
    expect(changedDays(base, laid(day('closure', '2026-11-27', '2026-11-30')), '2026-11-25', '2026-12-05')).toEqual(['2026-11-27', '2026-11-30'])
    expect(datesOf('2026-11-27', '2026-11-30')).toHaveLength(4)
  })
})
