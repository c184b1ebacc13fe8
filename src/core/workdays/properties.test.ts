import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addWorkingTime,
  atLocal,
  deadline,
  defaultOfficeHours,
  isWorkingDay,
  localDate,
  nextWorkingMoment,
  officeSessions,
  resume,
  workingHoursBetween,
} from './index.ts'
import { days, hours, months, national, sameDay, workingDays } from './testing.ts'
import type { Calendar, OfficeHours, Suspension, Term } from './types.ts'

const MINUTE = 60_000
const START = atLocal('2024-01-01', '00:00').getTime()
const YEARS = 4 * 366 * 24 * 60

const minute = fc.integer({ min: 0, max: YEARS }).map((n) => new Date(START + n * MINUTE))
const saturdays: OfficeHours = { from: '2025-01-01', sessions: { ...defaultOfficeHours.sessions, 6: [['07:30', '11:30']] } }
const summer: OfficeHours = {
  from: '2026-04-16',
  to: '2026-10-15',
  sessions: Object.fromEntries([1, 2, 3, 4, 5].map((d) => [d, [['07:00', '14:00']] as const])),
}
const calendar = fc.constantFrom(national(), national(saturdays), national(defaultOfficeHours, summer))

const working = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(workingDays),
  fc.integer({ min: 1, max: 12 }).map((n) => workingDays(n / 4)),
  fc.integer({ min: 1, max: 400 }).map((n) => hours(n / 4)),
  fc.integer({ min: 1, max: 20 }).map((n): Term => ({ ...workingDays(n), mode: 'hours' })),
  fc.integer({ min: 1, max: 20 }).map((n) => sameDay(n)),
)
const byCalendar = fc.oneof(fc.integer({ min: 1, max: 90 }).map(days), fc.integer({ min: 1, max: 12 }).map(months))
const term = fc.oneof(working, byCalendar)

const inSession = (at: Date, on: Calendar): boolean => officeSessions(localDate(at), on).some(({ from, to }) => from <= at && at <= to)

describe('deadline', () => {
  it('is later when the dossier came later', () => {
    fc.assert(
      fc.property(term, minute, minute, calendar, (t, a, b, on) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        expect(
          deadline({ term: t, receivedAt: first, calendar: on }).dueAt <= deadline({ term: t, receivedAt: second, calendar: on }).dueAt,
        ).toBe(true)
      }),
    )
  })

  it('is later when the term is longer', () => {
    fc.assert(
      fc.property(term, fc.integer({ min: 1, max: 40 }), minute, calendar, (t, more, receivedAt, on) => {
        const longer = { ...t, value: t.value + (t.unit === 'ngay' || t.unit === 'thang' ? more : more / 4) }
        expect(deadline({ term: t, receivedAt, calendar: on }).dueAt <= deadline({ term: longer, receivedAt, calendar: on }).dueAt).toBe(
          true,
        )
      }),
    )
  })

  it('falls after receipt, inside or at the end of a session', () => {
    fc.assert(
      fc.property(term, minute, calendar, (t, receivedAt, on) => {
        const { dueAt, dueOn } = deadline({ term: t, receivedAt, calendar: on })
        expect(inSession(dueAt, on)).toBe(true)
        expect(dueAt > receivedAt).toBe(true)
        expect(dueOn).toBe(localDate(dueAt))
      }),
    )
  })

  it('in working days agrees with counting on the fingers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), minute, calendar, (n, receivedAt, on) => {
        let date = localDate(receivedAt)
        for (let left = n; left > 0; ) {
          date = addDays(date, 1)
          if (isWorkingDay(date, on)) left--
        }
        const { dueAt, dueOn } = deadline({ term: workingDays(n), receivedAt, calendar: on })
        expect(dueOn).toBe(date)
        expect(dueAt).toEqual(officeSessions(date, on).at(-1)?.to)
      }),
    )
  })
})

describe('working time', () => {
  const quarter = fc.integer({ min: 0, max: 500 }).map((n) => n / 4)

  it('adds up: a, then b, is a + b', () => {
    fc.assert(
      fc.property(minute, quarter, quarter, calendar, (from, a, b, on) => {
        expect(addWorkingTime(addWorkingTime(from, a, on), b, on)).toEqual(addWorkingTime(from, a + b, on))
      }),
    )
  })

  it('measures what was added', () => {
    fc.assert(
      fc.property(minute, quarter, calendar, (from, n, on) => {
        expect(workingHoursBetween(from, addWorkingTime(from, n, on), on)).toBe(n)
        expect(workingHoursBetween(addWorkingTime(from, n, on), from, on)).toBe(n === 0 ? 0 : -n)
      }),
    )
  })

  it('adding the time between two moments of work leads from one to the other', () => {
    fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 60 * 24 * 40 }), calendar, (a, minutes, on) => {
        const b = nextWorkingMoment(new Date(a.getTime() + minutes * MINUTE), on)
        // From the end of a session to the start of the next there is no time: it is the same moment of work.
        const reached = addWorkingTime(a, workingHoursBetween(a, b, on), on)
        expect(nextWorkingMoment(reached, on)).toEqual(b)
      }),
    )
  })

  it('agrees with counting minute by minute', () => {
    fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 60 * 24 * 5 }), calendar, (a, minutes, on) => {
        let worked = 0
        for (let i = 0; i < minutes; i++) {
          const at = new Date(a.getTime() + i * MINUTE)
          if (officeSessions(localDate(at), on).some(({ from, to }) => from <= at && at < to)) worked++
        }
        expect(Math.round(workingHoursBetween(a, new Date(a.getTime() + minutes * MINUTE), on) * 60)).toBe(worked)
      }),
      { numRuns: 20 },
    )
  })
})

describe('pauses', () => {
  const offset = fc.integer({ min: 0, max: 60 * 24 * 30 })
  const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE)
  const pause = (from: Date, to: Date): Suspension => ({ from, to, reason: 'chờ bổ sung' })

  it('of no length change nothing', () => {
    fc.assert(
      fc.property(term, minute, offset, calendar, (t, receivedAt, n, on) => {
        const before = deadline({ term: t, receivedAt, calendar: on })
        const moment = later(receivedAt, n)
        expect(resume({ deadline: before, suspension: pause(moment, moment), term: t, calendar: on })).toEqual(before)
      }),
    )
  })

  it('split in two equal the one', () => {
    fc.assert(
      fc.property(term, minute, offset, offset, offset, calendar, (t, receivedAt, n, first, second, on) => {
        const before = deadline({ term: t, receivedAt, calendar: on })
        const [a, b, c] = [later(receivedAt, n), later(receivedAt, n + first), later(receivedAt, n + first + second)]
        const half = resume({ deadline: before, suspension: pause(a, b), term: t, calendar: on })
        const twice = resume({ deadline: half, suspension: pause(b, c), term: t, calendar: on })
        const once = resume({ deadline: before, suspension: pause(a, c), term: t, calendar: on })
        expect(twice.dueAt).toEqual(once.dueAt)
        expect(twice.nominalAt).toEqual(once.nominalAt)
      }),
    )
  })

  it('never bring the due instant forward, and longer ones never less', () => {
    fc.assert(
      fc.property(term, minute, offset, offset, offset, calendar, (t, receivedAt, n, length, more, on) => {
        const before = deadline({ term: t, receivedAt, calendar: on })
        const from = later(receivedAt, n)
        const short = resume({ deadline: before, suspension: pause(from, later(from, length)), term: t, calendar: on })
        const long = resume({ deadline: before, suspension: pause(from, later(from, length + more)), term: t, calendar: on })
        expect(before.dueAt <= short.dueAt && short.dueAt <= long.dueAt).toBe(true)
        expect(inSession(long.dueAt, on)).toBe(true)
      }),
    )
  })

  it('leave exactly the working time that was left', () => {
    fc.assert(
      fc.property(working, minute, offset, offset, calendar, (t, receivedAt, n, length, on) => {
        const before = deadline({ term: t, receivedAt, calendar: on })
        const [stop, go] = [later(receivedAt, n), later(receivedAt, n + length)]
        fc.pre(stop <= before.dueAt)
        const after = resume({ deadline: before, suspension: pause(stop, go), term: t, calendar: on })
        expect(workingHoursBetween(go, after.dueAt, on)).toBeCloseTo(workingHoursBetween(stop, before.dueAt, on), 9)
      }),
    )
  })

  it('recomputed from receipt give what resuming one by one gave', () => {
    fc.assert(
      fc.property(term, minute, fc.array(fc.tuple(offset, offset), { maxLength: 4 }), calendar, (t, receivedAt, gaps, on) => {
        let now = deadline({ term: t, receivedAt, calendar: on })
        let clock = receivedAt
        const suspensions: Suspension[] = []
        for (const [gap, length] of gaps) {
          const from = later(clock, gap)
          clock = later(from, length)
          suspensions.push(pause(from, clock))
          now = resume({ deadline: now, suspension: pause(from, clock), term: t, calendar: on })
        }
        expect(deadline({ term: t, receivedAt, calendar: on, suspensions: suspensions.reverse() })).toEqual(now)
      }),
    )
  })
})
