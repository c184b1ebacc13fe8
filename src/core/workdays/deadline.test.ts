import { describe, expect, it } from 'vitest'
import { checkTerm, deadline, defaultOfficeHours, localDate, localTime } from './index.ts'
import { at, days, hours, months, national, sameDay, workingDays } from './testing.ts'
import type { Calendar, OfficeHours, Term } from './types.ts'

const calendar = national()

const due = (received: string, term: Term, on: Calendar = calendar): string => {
  const { dueAt, dueOn } = deadline({ term, receivedAt: at(received), calendar: on })
  expect(dueOn).toBe(localDate(dueAt))
  return `${dueOn} ${localTime(dueAt)}`
}
const says = (received: string, term: Term): string => deadline({ term, receivedAt: at(received), calendar }).derivation

describe('legal terms in working days', () => {
  it.each([
    // The oracles of the domain reference §3.4.
    ['2026-02-13 09:00', 3, '2026-02-25 17:30'],
    ['2026-08-28 09:00', 1, '2026-09-03 17:30'],
    ['2026-08-21 09:00', 1, '2026-08-22 17:30'],
    ['2026-11-23 09:00', 2, '2026-11-26 17:30'],
    ['2026-04-24 09:00', 1, '2026-04-28 17:30'],
    // The hour of receipt does not matter, nor whether the office was open.
    ['2026-07-13 00:00', 1, '2026-07-14 17:30'],
    ['2026-07-13 23:59', 1, '2026-07-14 17:30'],
    ['2026-07-11 10:00', 1, '2026-07-13 17:30'],
    ['2026-07-12 10:00', 5, '2026-07-17 17:30'],
    ['2026-11-24 08:00', 1, '2026-11-25 17:30'],
    // Half a day is half of the next working day.
    ['2026-07-13 09:00', 0.5, '2026-07-14 11:30'],
    ['2026-07-17 09:00', 1.5, '2026-07-21 11:30'],
    // Across years.
    ['2025-12-30 09:00', 2, '2026-01-05 17:30'],
  ])('received %s, %s working days: due %s', (received, value, expected) => expect(due(received, workingDays(value))).toBe(expected))
})

describe('terms in calendar days and months', () => {
  it.each([
    ['2026-07-06 08:00', days(15), '2026-07-21 17:30'],
    ['2026-08-17 14:10', days(15), '2026-09-03 17:30'],
    ['2026-04-13 10:00', days(15), '2026-04-28 17:30'],
    ['2026-02-01 20:10', days(15), '2026-02-23 17:30'],
    // A Saturday worked instead is no day off.
    ['2026-08-07 09:00', days(15), '2026-08-22 17:30'],
    ['2026-03-10 08:00', months(1), '2026-04-10 17:30'],
    ['2026-03-31 08:00', months(1), '2026-05-04 17:30'],
    ['2026-08-31 08:00', months(6), '2027-03-01 17:30'],
    ['2024-01-31 08:00', months(1), '2024-02-29 17:30'],
    ['2026-11-30 08:00', months(3), '2027-03-01 17:30'],
    ['2026-12-15 08:00', months(1), '2027-01-15 17:30'],
  ])('received %s, %o: due %s', (received, term, expected) => expect(due(received, term)).toBe(expected))
})

describe('hours of work', () => {
  it.each([
    ['2026-07-13 07:30', hours(8), '2026-07-13 17:30'],
    ['2026-07-13 08:00', hours(8), '2026-07-14 08:00'],
    ['2026-07-13 10:00', hours(2), '2026-07-13 14:00'],
    ['2026-07-13 10:00', hours(1.5), '2026-07-13 11:30'],
    ['2026-07-13 12:00', hours(1), '2026-07-13 14:30'],
    ['2026-07-17 16:01', hours(8), '2026-07-20 16:01'],
    ['2026-07-17 17:30', hours(8), '2026-07-20 17:30'],
    ['2026-07-18 09:00', hours(1), '2026-07-20 08:30'],
    ['2026-07-13 05:00', hours(0.5), '2026-07-13 08:00'],
    ['2026-08-28 16:30', hours(2), '2026-09-03 08:30'],
    ['2026-08-21 16:30', hours(2), '2026-08-22 08:30'],
    ['2026-07-17 16:00', { ...workingDays(3), mode: 'hours' } as Term, '2026-07-22 16:00'],
    ['2026-07-17 16:00', { ...hours(8), mode: 'legal' } as Term, '2026-07-20 16:00'],
  ])('received %s, %o: due %s', (received, term, expected) => expect(due(received, term)).toBe(expected))
})

describe('same-day terms', () => {
  it.each([
    ['2026-07-13 14:59', sameDay(), '2026-07-13 17:30'],
    ['2026-07-13 15:00', sameDay(), '2026-07-13 17:30'],
    ['2026-07-13 15:01', sameDay(), '2026-07-14 17:30'],
    ['2026-07-13 03:00', sameDay(), '2026-07-13 17:30'],
    ['2026-07-17 15:01', sameDay(), '2026-07-20 17:30'],
    ['2026-07-18 09:00', sameDay(), '2026-07-20 17:30'],
    ['2026-08-22 09:00', sameDay(), '2026-08-22 17:30'],
    ['2026-08-28 15:30', sameDay(), '2026-09-03 17:30'],
    ['2026-07-13 14:00', sameDay(3), '2026-07-15 17:30'],
    ['2026-07-13 16:00', sameDay(3), '2026-07-16 17:30'],
    ['2026-07-13 14:59', { ...workingDays(1), mode: 'same_day' } as Term, '2026-07-13 17:30'],
    ['2026-07-13 15:01', { ...workingDays(1), mode: 'same_day' } as Term, '2026-07-14 17:30'],
    // Nothing can be due before it came in.
    ['2026-07-13 18:00', sameDay(1, '20:00'), '2026-07-14 17:30'],
  ])('received %s, %o: due %s', (received, term, expected) => expect(due(received, term)).toBe(expected))

  it('reads the cut-off to the minute, as the receipt shows it', () => {
    const receivedAt = new Date('2026-07-13T15:00:59.999+07:00')
    expect(deadline({ term: sameDay(), receivedAt, calendar }).dueOn).toBe('2026-07-13')
  })
})

describe('calendars', () => {
  const saturdays: OfficeHours = { from: '2026-01-01', sessions: { ...defaultOfficeHours.sessions, 6: [['07:30', '11:30']] } }
  const summer: OfficeHours = {
    from: '2026-04-16',
    to: '2026-10-15',
    sessions: Object.fromEntries(
      [1, 2, 3, 4, 5].map((day) => [
        day,
        [
          ['07:00', '11:30'],
          ['14:00', '17:30'],
        ] as const,
      ]),
    ),
  }
  const fourDays: OfficeHours = { from: '2026-01-01', sessions: { 2: [['08:00', '16:00']], 3: [['08:00', '16:00']] } }

  it.each([
    ['a Saturday morning session makes a working day', '2026-07-17 09:00', workingDays(1), national(saturdays), '2026-07-18 11:30'],
    ['and counts in hours', '2026-07-17 15:30', hours(4), national(saturdays), '2026-07-18 09:30'],
    ['same day ends with it', '2026-07-18 10:00', sameDay(), national(saturdays), '2026-07-18 11:30'],
    ['and is over when the office has closed', '2026-07-18 14:00', sameDay(), national(saturdays), '2026-07-20 17:30'],
    ['summer hours', '2026-04-15 16:30', hours(2), national(defaultOfficeHours, summer), '2026-04-16 08:00'],
    ['back to winter hours', '2026-10-15 16:30', hours(2), national(defaultOfficeHours, summer), '2026-10-16 08:30'],
    ['the latest rule wins whatever the order', '2026-07-13 06:00', hours(1), national(summer, defaultOfficeHours), '2026-07-13 08:00'],
    ['a worked Saturday follows summer hours', '2026-08-21 17:00', hours(1), national(defaultOfficeHours, summer), '2026-08-22 07:30'],
    ['a swap day is worked like the first worked day', '2026-08-21 17:00', workingDays(1), national(fourDays), '2026-08-22 16:00'],
    ['dates no rule covers have the statutory week', '2026-07-13 09:00', workingDays(1), { days: [], hours: [] }, '2026-07-14 17:30'],
  ] as const)('%s', (_, received, term, on, expected) => expect(due(received, term, on)).toBe(expected))

  it('takes the last of two rows for one date, so that a province can overrule', () => {
    const base = [{ date: '2026-07-14', type: 'holiday', name: 'Lễ' }] as const
    expect(due('2026-07-13 09:00', workingDays(1), { days: base, hours: [] })).toBe('2026-07-15 17:30')
    const own = { date: '2026-07-14', type: 'swap_work', name: 'Vẫn làm' } as const
    expect(due('2026-07-13 09:00', workingDays(1), { days: [...base, own], hours: [] })).toBe('2026-07-14 17:30')
  })

  it('joins overlapping sessions, so that no minute is worked twice', () => {
    const twice: OfficeHours = {
      from: '2026-01-01',
      sessions: {
        1: [
          ['13:00', '17:00'],
          ['08:00', '12:00'],
          ['09:00', '13:30'],
        ],
      },
    }
    expect(due('2026-07-13 08:00', hours(9), { days: [], hours: [twice] })).toBe('2026-07-13 17:00')
  })

  it('refuses a calendar in which nobody ever works', () => {
    const never: Calendar = { days: [], hours: [{ from: '2020-01-01', sessions: {} }] }
    expect(() => due('2026-07-13 09:00', workingDays(1), never)).toThrow('kiểm tra lại giờ làm việc')
  })
})

describe('extensions', () => {
  const extended = (term: Term, extra: Term, adds: boolean, received = '2026-07-13 09:00') =>
    deadline({ term, receivedAt: at(received), calendar, extension: { term: extra, adds, reason: 'Phải xác minh.' } })

  it.each([
    [workingDays(10), workingDays(10), true, '2026-08-10'],
    [workingDays(10), workingDays(18), false, '2026-08-06'],
    [sameDay(), workingDays(3), true, '2026-07-16'],
    [sameDay(), workingDays(3), false, '2026-07-16'],
    [days(15), days(10), true, '2026-08-07'],
    [days(15), workingDays(7), true, '2026-08-06'],
    [workingDays(1), months(1), true, '2026-08-14'],
    [workingDays(1), hours(4), true, '2026-07-15'],
  ])('%o extended by %o (adds %s): due %s', (term, extra, adds, expected) => expect(extended(term, extra, adds).dueOn).toBe(expected))

  it('says what was added and why', () => {
    expect(extended(workingDays(10), workingDays(5), true).derivation).toContain(
      '15 ngày làm việc gồm 10 ngày làm việc và gia hạn 5 ngày làm việc (phải xác minh), không tính ngày nhận',
    )
    expect(extended(workingDays(8), workingDays(18), false).derivation).toContain(
      '18 ngày làm việc thay cho 8 ngày làm việc (phải xác minh)',
    )
    expect(extended(days(15), workingDays(7), true).derivation).toContain(
      'hạn đầu 17:30 thứ Ba 28/07/2026; sau đó gia hạn 7 ngày làm việc (phải xác minh); trừ thứ Bảy 1/8, Chủ nhật 2/8; hạn trả',
    )
  })
})

describe('the derivation', () => {
  it.each([
    [
      '2026-08-28 15:30',
      workingDays(1),
      'Nhận 15:30 thứ Sáu 28/08/2026; 1 ngày làm việc, không tính ngày nhận; trừ thứ Bảy 29/8, Chủ nhật 30/8, ' +
        'nghỉ hoán đổi Quốc khánh 31/8, Quốc khánh 1/9 và 2/9; hạn trả 17:30 thứ Năm 03/09/2026',
    ],
    [
      '2026-07-13 09:00',
      workingDays(2),
      'Nhận 09:00 thứ Hai 13/07/2026; 2 ngày làm việc, không tính ngày nhận; hạn trả 17:30 thứ Tư 15/07/2026',
    ],
    [
      '2026-02-13 09:00',
      workingDays(3),
      'Nhận 09:00 thứ Sáu 13/02/2026; 3 ngày làm việc, không tính ngày nhận; trừ 4 ngày nghỉ cuối tuần, Tết Bính Ngọ từ 16/2 đến 20/2; ' +
        'hạn trả 17:30 thứ Tư 25/02/2026',
    ],
    [
      '2026-08-21 09:00',
      workingDays(1),
      'Nhận 09:00 thứ Sáu 21/08/2026; 1 ngày làm việc, không tính ngày nhận; tính cả thứ Bảy 22/8 làm bù cho 31/8; hạn trả 17:30 thứ Bảy 22/08/2026',
    ],
    [
      '2026-08-17 14:10',
      days(15),
      'Nhận 14:10 thứ Hai 17/08/2026; 15 ngày, không tính ngày nhận; ngày cuối 1/9 là ngày nghỉ nên lùi sang ngày làm việc kế tiếp; ' +
        'trừ Quốc khánh 1/9 và 2/9; hạn trả 17:30 thứ Năm 03/09/2026',
    ],
    [
      '2026-07-17 20:01',
      { ...workingDays(3), mode: 'hours' } as Term,
      'Nhận 20:01 thứ Sáu 17/07/2026; 3 ngày làm việc; ngoài giờ làm việc nên tính từ 07:30 thứ Hai 20/07/2026; hạn trả 17:30 thứ Tư 22/07/2026',
    ],
    [
      '2026-07-13 15:01',
      sameDay(),
      'Nhận 15:01 thứ Hai 13/07/2026; 1 ngày làm việc; nhận sau 15:00 nên tính từ ngày làm việc kế tiếp; hạn trả 17:30 thứ Ba 14/07/2026',
    ],
    [
      '2026-07-13 15:00',
      sameDay(),
      'Nhận 15:00 thứ Hai 13/07/2026; 1 ngày làm việc; nhận đến 15:00 tính ngay ngày nhận; hạn trả 17:30 thứ Hai 13/07/2026',
    ],
    [
      '2026-07-18 09:00',
      sameDay(),
      'Nhận 09:00 thứ Bảy 18/07/2026; 1 ngày làm việc; nhận vào ngày nghỉ nên tính từ ngày làm việc kế tiếp; trừ Chủ nhật 19/7; ' +
        'hạn trả 17:30 thứ Hai 20/07/2026',
    ],
    // A feast on a Sunday changes nothing; the day off in its place does.
    [
      '2026-04-24 09:00',
      workingDays(1),
      'Nhận 09:00 thứ Sáu 24/04/2026; 1 ngày làm việc, không tính ngày nhận; trừ thứ Bảy 25/4, Chủ nhật 26/4, nghỉ bù Giỗ Tổ 27/4; ' +
        'hạn trả 17:30 thứ Ba 28/04/2026',
    ],
    // A name that already ends in its date does not say it twice; one that ends in another says its own.
    [
      '2027-04-29 09:00',
      workingDays(1),
      'Nhận 09:00 thứ Năm 29/04/2027; 1 ngày làm việc, không tính ngày nhận; trừ Chiến thắng 30/4, thứ Bảy 1/5, Chủ nhật 2/5, nghỉ bù 1/5 vào 3/5; ' +
        'hạn trả 17:30 thứ Ba 04/05/2027',
    ],
  ])('received %s, %o', (received, term, expected) => expect(says(received, term)).toBe(expected))

  it('says which days off are only expected', () => {
    expect(says('2027-02-05 09:00', workingDays(1))).toContain('Tết Đinh Mùi (dự kiến) từ 8/2 đến 10/2')
  })

  it('is no wall of text over a long term', () => {
    const long = says('2025-01-02 09:00', workingDays(400))
    expect(long).toMatch(/trừ \d+ ngày nghỉ cuối tuần, \d+ ngày nghỉ lễ, nghỉ bù, hoán đổi từ 27\/1 đến 1\/5; tính cả/)
    expect(long.length).toBeLessThan(400)
  })
})

describe('terms that are none', () => {
  it.each([
    [workingDays(0)],
    [workingDays(-1)],
    [workingDays(Number.NaN)],
    [workingDays(1e9)],
    [days(1.5)],
    [months(0.5)],
    [{ ...days(1), mode: 'same_day' } as Term],
    [{ ...months(1), mode: 'hours' } as Term],
    [sameDay(1, '25:00')],
    [sameDay(1, '3pm')],
  ])('%o', (term) => {
    expect(checkTerm(term)).not.toBeNull()
    expect(() => due('2026-07-13 09:00', term)).toThrow(RangeError)
  })

  it('accepts what records write', () => {
    for (const term of [workingDays(0.5), days(15), months(6), hours(4), sameDay()]) expect(checkTerm(term)).toBeNull()
  })
})

it('does not depend on the time zone of the process', () => {
  const before = process.env.TZ
  try {
    for (const zone of ['America/Los_Angeles', 'UTC', 'Pacific/Kiritimati']) {
      process.env.TZ = zone
      expect(due('2026-08-28 15:30', workingDays(1))).toBe('2026-09-03 17:30')
      expect(says('2026-07-13 00:30', sameDay())).toContain('Nhận 00:30 thứ Hai 13/07/2026')
    }
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

it('takes less than 50 µs when warm', () => {
  const run = () => deadline({ term: workingDays(15), receivedAt: at('2026-08-18 09:00'), calendar })
  for (let i = 0; i < 2000; i++) run()
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now()
    for (let i = 0; i < 200; i++) run()
    return ((performance.now() - start) * 1000) / 200
  })
  expect(Math.min(...times)).toBeLessThan(50)
})
