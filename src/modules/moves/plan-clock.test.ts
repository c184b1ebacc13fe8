// Whatever the versions say: time gone by stays gone by, lateness stays, and nobody's date is put off unless a clause says so.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deadline, type Suspension, type Term } from '#core/workdays/index.ts'
import { loadCalendar } from '#main/pack.ts'
import { type KeptTerm, termsAfter } from '#modules/dossiers/index.ts'
import { shareAnew, timerAnew } from '../work/relocate-rules.ts'
import { planClock } from './plan-clock.ts'

const calendar = loadCalendar()
const day = (on: string, at = '17:30') => new Date(`2026-11-${on}T${at}:00+07:00`)
const base = { now: day('16', '09:00'), dueAt: day('20'), pausedAt: null, resumes: false, breached: false, decided: false, byOld: day('20'), byNew: day('20'), longerAllowed: false }

describe('the promised date', () => {
  test.each([
    ['same term', {}, { how: 'same', dueAt: day('20'), term: 'both' }],
    ['shorter term', { byNew: day('18') }, { how: 'earlier', dueAt: day('18'), term: 'both' }],
    ['shorter, but that has passed', { byNew: day('13') }, { how: 'kept', dueAt: day('20'), term: 'old' }],
    ['longer term', { byNew: day('27') }, { how: 'kept', dueAt: day('20'), term: 'both' }],
    ['longer term by a clause', { byNew: day('27'), longerAllowed: true }, { how: 'later', dueAt: day('27'), term: 'new' }],
    ['late already', { dueAt: day('13'), byOld: day('13'), byNew: day('27'), longerAllowed: true }, { how: 'late', dueAt: day('13'), term: 'old' }],
    ['late when it was paused', { dueAt: day('11'), byOld: day('11'), byNew: day('27'), pausedAt: day('12'), longerAllowed: true }, { how: 'late', dueAt: day('11'), term: 'old' }],
    ['late for ever', { breached: true, byNew: day('27'), longerAllowed: true }, { how: 'late', dueAt: day('20'), term: 'old' }],
    ['extended by a leader', { decided: true, byNew: day('18') }, { how: 'promised', dueAt: day('20'), term: 'old' }],
    ['standing still: both count on', { pausedAt: day('13'), byNew: day('18') }, { how: 'paused', dueAt: day('20'), term: 'both' }],
    ['standing still, longer term', { pausedAt: day('13'), byNew: day('27') }, { how: 'paused', dueAt: day('20'), term: 'both' }],
    ['standing still, by a clause', { pausedAt: day('13'), byNew: day('27'), longerAllowed: true }, { how: 'paused', dueAt: day('20'), term: 'new' }],
    ['standing still, the shorter term is used up', { pausedAt: day('13'), byNew: day('12') }, { how: 'paused', dueAt: day('20'), term: 'old' }],
    ['goes on by the move', { pausedAt: day('13'), resumes: true, byOld: day('23'), byNew: day('19') }, { how: 'resumed', dueAt: day('19'), term: 'both' }],
    ['goes on, longer term', { pausedAt: day('13'), resumes: true, byOld: day('23'), byNew: day('26') }, { how: 'resumed', dueAt: day('23'), term: 'both' }],
    ['not accepted yet: both count', { dueAt: null, byNew: day('27') }, { how: 'none', dueAt: null, term: 'both' }],
    ['not accepted, by a clause', { dueAt: null, byNew: day('27'), longerAllowed: true }, { how: 'none', dueAt: null, term: 'new' }],
    ['kept against a calendar', { byOld: day('18'), byNew: day('17') }, { how: 'earlier', dueAt: day('17'), term: 'both' }],
    ['kept against a calendar, longer term', { byOld: day('18'), byNew: day('19') }, { how: 'kept', dueAt: day('20'), term: 'both' }],
  ])('%s', (_what, given, expected) => expect(planClock({ ...base, ...given })).toEqual(expected))

  test('the terms that a smaller one covers are not kept; the same term leaves nothing', () => {
    const of = (value: number, unit: Term['unit'], version: number): KeptTerm => ({ term: { value, unit }, extension: null, decided: null, version })
    const [three, five, four] = [of(3, 'ngay_lam_viec', 1), of(5, 'ngay_lam_viec', 2), of(4, 'ngay', 3)]
    expect(termsAfter('both', { term: five, also: [four] }, three, undefined)).toEqual({ term: null, also: [four] })
    expect(termsAfter('both', { term: three, also: [five, four] }, five, undefined)).toEqual({ term: null, also: [three, four] })
    expect(termsAfter('both', { term: three, also: [] }, { ...three, version: 4 }, undefined)).toEqual({ term: null, also: [] })
    expect(termsAfter('old', { term: three, also: [four] }, five, undefined)).toEqual({ term: three, also: [four] })
    expect(termsAfter('new', { term: three, also: [four] }, five, 'Điều 5')).toEqual({ term: { ...five, clause: 'Điều 5' }, also: [] })
  })
})

/** A dossier as far as its clock is concerned, and what a move, a pause or a leader makes of it, as lifecycle.ts and run.ts do. */
interface Life {
  version: number
  kept: { term: KeptTerm | null; also: readonly KeptTerm[] }
  acceptedAt: Date | null
  dueAt: Date | null
  pauses: Suspension[]
  pausedAt: Date | null
  floor: Date | null
  extended: boolean
  breached: boolean
}

const had = (life: Life, terms: readonly KeptTerm[]) => ({ term: life.kept.term ?? terms[life.version]!, also: life.kept.also })
const min = (dates: readonly Date[]): Date => new Date(Math.min(...dates.map((date) => date.getTime())))
function counted(life: Life, now: Date, { term: own, also }: { term: KeptTerm; also: readonly KeptTerm[] }): Date {
  const suspensions = life.pausedAt ? [...life.pauses, { from: life.pausedAt, to: now, reason: 'chờ' }] : life.pauses
  return min([own, ...also].map(({ term, extension, decided }) => deadline({ term, receivedAt: life.acceptedAt ?? now, calendar, suspensions, extension: life.extended ? (decided ?? own.decided) : extension }).dueAt))
}

function move(life: Life, now: Date, terms: readonly KeptTerm[], to: number, resumes: boolean, clause: boolean): Life {
  const [old, fresh] = [had(life, terms), { term: terms[to]!, also: [] }]
  const plan = planClock({
    now, dueAt: life.acceptedAt ? life.dueAt : null, pausedAt: life.pausedAt, resumes, breached: life.breached, decided: life.extended, longerAllowed: clause,
    byOld: counted(life, now, old), byNew: counted(life, now, fresh),
  })
  const dated = plan.how === 'earlier' || plan.how === 'later'
  const moved: Life = { ...life, version: to, kept: termsAfter(plan.term, old, fresh.term, clause ? 'Điều 1' : undefined), dueAt: dated ? plan.dueAt : life.dueAt, floor: dated ? null : life.floor }
  if (dated && !clause) expect(plan.dueAt!.getTime()).toBeGreaterThanOrEqual(now.getTime())
  if (plan.how === 'later') expect(clause).toBe(true)
  return moved.pausedAt && resumes ? resume(moved, now, terms) : moved
}

function resume(life: Life, now: Date, terms: readonly KeptTerm[]): Life {
  const due = counted(life, now, had(life, terms))
  return { ...life, pauses: [...life.pauses, { from: life.pausedAt!, to: now, reason: 'chờ' }], pausedAt: null, dueAt: life.floor && life.floor > due ? life.floor : due }
}

describe('a dossier that moves beside one that does not', () => {
  const unit = fc.constantFrom<Term['unit']>('ngay_lam_viec', 'ngay')
  const more = fc.option(fc.record({ term: fc.record({ value: fc.integer({ min: 1, max: 10 }), unit }), adds: fc.boolean(), reason: fc.constant('phức tạp') }), { nil: null })
  const termsOf = (decided: typeof more) => fc.array(fc.record({ term: fc.record({ value: fc.integer({ min: 1, max: 15 }), unit }), extension: more, decided }), { minLength: 2, maxLength: 3 })
    .map((rows) => rows.map((row, version): KeptTerm => ({ ...row, version })))
  const happening = fc.record({ after: fc.nat(6000), what: fc.constantFrom('move', 'move', 'pause', 'resume', 'accept', 'extend', 'breach'), to: fc.nat(2), resumes: fc.boolean(), bonus: fc.nat(3) })

  test('migrating a dossier and its clock never shortens what the citizen already waited, and never puts off a promise without a clause', () => {
    const seen = new Set<string>()
    fc.assert(fc.property(termsOf(more), fc.nat(40_000), fc.array(happening, { minLength: 3, maxLength: 12 }), (terms, start, story) => {
      let now = new Date(Date.UTC(2026, 8, 1) + start * 60_000)
      let one: Life = { version: 0, kept: { term: null, also: [] }, acceptedAt: null, dueAt: null, pauses: [], pausedAt: null, floor: null, extended: false, breached: false }
      let still = one // the same history, but it never moves
      for (const { after, what, to, resumes, bonus } of story) {
        now = new Date(now.getTime() + after * 60_000)
        const both = (change: (life: Life) => Life) => { [one, still] = [change(one), change(still)] }
        if (what === 'move') {
          const [was, target] = [one, to % terms.length]
          if (target === one.version) continue
          const goesOn = resumes && one.pausedAt !== null
          one = move(one, now, terms, target, resumes, false)
          if (goesOn) still = resume(still, now, terms)
          seen.add(`${what}:${was.acceptedAt === null ? 'new' : was.breached ? 'breached' : was.extended ? 'extended' : was.pausedAt ? 'paused' : was.dueAt! < now ? 'late' : 'runs'}`)
          // time gone by stays gone by: since when it counts, and every pause there was
          expect(one.acceptedAt).toEqual(was.acceptedAt)
          expect(one.pauses.slice(0, was.pauses.length)).toEqual(was.pauses)
          if (was.dueAt && !goesOn) expect(one.dueAt!.getTime()).toBeLessThanOrEqual(was.dueAt.getTime())
          if (was.dueAt && was.dueAt < (was.pausedAt ?? now) && !goesOn) expect(one.dueAt).toEqual(was.dueAt)
        } else if (what === 'accept' && !one.acceptedAt) {
          both((life) => { const due = counted(life, now, had(life, terms)); const floor = bonus ? new Date(due.getTime() + bonus * 86_400_000) : null; return { ...life, acceptedAt: now, dueAt: floor ?? due, floor } })
        } else if (what === 'pause' && one.acceptedAt && !one.pausedAt) both((life) => ({ ...life, pausedAt: now }))
        else if (what === 'resume' && one.pausedAt) both((life) => resume(life, now, terms))
        else if (what === 'breach' && one.acceptedAt) both((life) => ({ ...life, breached: true }))
        else if (what === 'extend' && one.acceptedAt && !one.pausedAt && terms[0]!.decided) both((life) => {
          const due = counted({ ...life, extended: true }, now, had(life, terms))
          return due > life.dueAt! ? { ...life, extended: true, dueAt: due } : life
        })
        if (one.dueAt) expect(one.dueAt.getTime()).toBeLessThanOrEqual(still.dueAt!.getTime())
      }
    }), { numRuns: 600 })
    for (const kind of ['new', 'breached', 'extended', 'paused', 'late', 'runs']) expect(seen).toContain(`move:${kind}`)
  })

  test('a clause lets the longer term hold, also when the clock goes on', () => {
    const terms: KeptTerm[] = [3, 12].map((value, version) => ({ term: { value, unit: 'ngay_lam_viec' }, extension: null, decided: null, version }))
    const paused: Life = { version: 0, kept: { term: null, also: [] }, acceptedAt: day('02', '09:00'), dueAt: day('05'), pauses: [], pausedAt: day('03', '09:00'), floor: null, extended: false, breached: false }
    const due = (clause: boolean) => resume(move(paused, day('09', '09:00'), terms, 1, false, clause), day('10', '09:00'), terms).dueAt!
    expect(due(true).getTime()).toBeGreaterThan(due(false).getTime())
    expect(due(false)).toEqual(resume(paused, day('10', '09:00'), terms).dueAt)
  })

  test('terms of days and of working days cross in a pause: whenever it ends, the first counts', () => {
    const terms: KeptTerm[] = [{ value: 4, unit: 'ngay' as const }, { value: 3, unit: 'ngay_lam_viec' as const }].map((term, version) => ({ term, extension: null, decided: null, version }))
    let crossed = 0
    for (const [version, to] of [[0, 1], [1, 0]] as const) for (let on = 2; on <= 6; on++) for (let until = on; until <= 20; until++) {
      const acceptedAt = day(String(on).padStart(2, '0'), '09:00')
      const life: Life = { version, kept: { term: null, also: [] }, acceptedAt, dueAt: null, pauses: [], pausedAt: null, floor: null, extended: false, breached: false }
      const paused = { ...life, dueAt: counted(life, acceptedAt, had(life, terms)), pausedAt: new Date(acceptedAt.getTime() + 3_600_000) }
      const at = new Date(day(String(until).padStart(2, '0'), '10:00').getTime())
      const [moved, unmoved] = [resume(move(paused, paused.pausedAt, terms, to, false, false), at, terms), resume(paused, at, terms)]
      expect(moved.dueAt!.getTime()).toBeLessThanOrEqual(unmoved.dueAt!.getTime())
      if (counted({ ...paused, version: to }, at, { term: terms[to]!, also: [] }) > unmoved.dueAt! && counted({ ...paused, version: to }, paused.pausedAt, { term: terms[to]!, also: [] }) <= paused.dueAt) crossed++
    }
    expect(crossed).toBeGreaterThan(0)
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
