// Whatever the versions say: time gone by stays gone by, lateness stays, and nobody's date is put off unless a clause says so.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deadline, type Suspension, type Term } from '#core/workdays/index.ts'
import { loadCalendar } from '#main/pack.ts'
import { shareAnew, timerAnew } from '../work/relocate-rules.ts'
import { planClock } from './plan-clock.ts'

const calendar = loadCalendar()
const day = (on: string, at = '17:30') => new Date(`2026-11-${on}T${at}:00+07:00`)
const base = { now: day('16', '09:00'), dueAt: day('20'), paused: false, resumes: false, breached: false, decided: false, byOld: day('20'), byNew: day('20'), longerAllowed: false }

describe('the promised date', () => {
  test.each([
    ['same term', {}, { how: 'same', dueAt: day('20'), term: 'new' }],
    ['shorter term', { byNew: day('18') }, { how: 'earlier', dueAt: day('18'), term: 'new' }],
    ['shorter, but that has passed', { byNew: day('13') }, { how: 'kept', dueAt: day('20'), term: 'old' }],
    ['longer term', { byNew: day('27') }, { how: 'kept', dueAt: day('20'), term: 'old' }],
    ['longer term by a clause', { byNew: day('27'), longerAllowed: true }, { how: 'later', dueAt: day('27'), term: 'new' }],
    ['late already', { dueAt: day('13'), byOld: day('13'), byNew: day('27'), longerAllowed: true }, { how: 'late', dueAt: day('13'), term: 'old' }],
    ['late for ever', { breached: true, byNew: day('27'), longerAllowed: true }, { how: 'late', dueAt: day('20'), term: 'old' }],
    ['extended by a leader', { decided: true, byNew: day('18') }, { how: 'promised', dueAt: day('20'), term: 'old' }],
    ['standing still', { paused: true, byNew: day('18') }, { how: 'paused', dueAt: day('20'), term: 'new' }],
    ['standing still, longer term', { paused: true, byNew: day('27') }, { how: 'paused', dueAt: day('20'), term: 'old' }],
    ['goes on by the move', { paused: true, resumes: true, byOld: day('23'), byNew: day('19') }, { how: 'resumed', dueAt: day('19'), term: 'new' }],
    ['not accepted yet', { dueAt: null, byNew: day('27') }, { how: 'none', dueAt: null, term: 'old' }],
    ['not accepted, shorter', { dueAt: null, byNew: day('18') }, { how: 'none', dueAt: null, term: 'new' }],
    ['kept against a calendar', { byOld: day('18'), byNew: day('17') }, { how: 'earlier', dueAt: day('17'), term: 'new' }],
  ])('%s', (_what, given, expected) => expect(planClock({ ...base, ...given })).toEqual(expected))

  const term = fc.record({ value: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom<Term['unit']>('ngay_lam_viec', 'ngay') })
  const minute = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => new Date(Date.UTC(2026, 8, 1) + n * 60_000))

  test('over generated histories: never later without a clause, never into the past, late stays late, and there and back is no later than before', () => {
    fc.assert(fc.property(term, term, minute(0, 40_000), fc.array(fc.tuple(fc.nat(9000), fc.nat(9000)), { maxLength: 3 }), fc.nat(60_000), fc.boolean(), fc.boolean(), fc.boolean(), (one, other, acceptedAt, stretches, later, paused, resumes, longerAllowed) => {
      let at = acceptedAt.getTime()
      const suspensions: Suspension[] = stretches.map(([gap, length]) => { const from = new Date(at + gap * 60_000); at = from.getTime() + length * 60_000; return { from, to: new Date(at), reason: 'chờ' } })
      const now = new Date(at + later * 60_000)
      const by = (given: Term) => deadline({ term: given, receivedAt: acceptedAt, calendar, suspensions }).dueAt
      const before = { now, paused, resumes, breached: false, decided: false }
      const [old, fresh] = [by(one), by(other)]
      const plan = planClock({ ...before, dueAt: old, byOld: old, byNew: fresh, longerAllowed })
      if (!longerAllowed) expect(plan.dueAt!.getTime()).toBeLessThanOrEqual(old.getTime())
      if (!paused && old < now) expect(plan).toEqual({ how: 'late', dueAt: old, term: 'old' })
      if (!paused && old >= now) expect(plan.dueAt!.getTime()).toBeGreaterThanOrEqual(now.getTime())
      if (plan.how === 'later') expect(longerAllowed).toBe(true)
      // what counts from here on is the shorter of the two, unless a clause says otherwise or it would have passed
      if (!longerAllowed && plan.term === 'new') expect(fresh.getTime()).toBeLessThanOrEqual(old.getTime())
      if (paused) return
      const kept = plan.term === 'new' ? fresh : old
      const back = planClock({ ...before, dueAt: plan.dueAt, byOld: kept, byNew: old, longerAllowed: false })
      expect(back.dueAt!.getTime()).toBeLessThanOrEqual(plan.dueAt!.getTime())
    }), { numRuns: 300 })
  })
})

describe('shares and timers', () => {
  const opened = day('16', '08:00')
  const count = (since: Date, hours: number) => new Date(since.getTime() + hours * 3_600_000)
  const item = { clock: 'runs' as const, openedAt: opened, dueAt: day('16', '18:00') }
  test.each([
    ['longer share, counted from when it opened', item, { hours: 20, clock: 'runs' as const }, count(opened, 20)],
    ['shorter share that has passed: the old end stays', item, { hours: 0.5, clock: 'runs' as const }, item.dueAt],
    ['no step is brought to a standstill', item, { hours: 4, clock: 'stops' as const }, count(opened, 4)],
    ['late stays late', { ...item, dueAt: day('16', '08:30') }, { hours: 20, clock: 'runs' as const }, day('16', '08:30')],
    ['a clock that stood still begins its share now', { ...item, clock: 'stops' as const, dueAt: null }, { hours: 4, clock: 'runs' as const }, count(base.now, 4)],
    ['stands still, goes on standing still', { ...item, clock: 'stops' as const, dueAt: null }, { hours: 4, clock: 'stops' as const }, null],
  ])('%s', (_what, was, drawn, expected) => expect(shareAnew(was, drawn).dueAt(base.now, count)).toEqual(expected))

  test.each([
    ['an agency’s silence falls sooner', { was: day('20'), counted: day('18'), waitsForApplicant: false }, day('18')],
    ['but never later', { was: day('20'), counted: day('25'), waitsForApplicant: false }, day('20')],
    ['nor by the move itself', { was: day('20'), counted: day('13'), waitsForApplicant: false }, day('20')],
    ['an applicant’s time is never cut', { was: day('20'), counted: day('18'), waitsForApplicant: true }, day('20')],
    ['an applicant’s time may grow', { was: day('20'), counted: day('25'), waitsForApplicant: true }, day('25')],
    ['a new timer counts from when the step opened', { was: null, counted: day('18'), waitsForApplicant: false }, day('18')],
    ['or from now when that has passed', { was: null, counted: day('13'), waitsForApplicant: false }, day('23')],
  ])('%s', (_what, given, expected) => expect(timerAnew({ now: base.now, fromNow: day('23'), ...given })).toEqual(expected))
})
