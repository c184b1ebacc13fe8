import { describe, expect, it } from 'vitest'
import { defaultOfficeHours } from '#core/workdays/calendar.ts'
import { formatDate, formatDateTime, formatTime, formatWeekday, listVi, longDate, relativeDue, shortDate } from './index.ts'

const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+07:00`)

describe('dates', () => {
  it.each([
    [formatDate('2026-11-21'), '21/11/2026'],
    [formatDate(at('2026-01-05 00:10')), '05/01/2026'],
    // Still the day before in Greenwich, already the next in Ha Noi.
    [formatDate(new Date('2026-01-04T17:00:00Z')), '05/01/2026'],
    [formatDateTime(at('2026-11-21 17:30')), '17:30 21/11/2026'],
    [formatDateTime(at('2026-11-21 00:05')), '00:05 21/11/2026'],
    [formatTime(at('2026-11-21 07:05')), '07:05'],
    [shortDate('2026-09-01'), '1/9'],
    [formatWeekday('2026-08-28'), 'thứ Sáu'],
    [formatWeekday('2026-08-30'), 'Chủ nhật'],
    [formatWeekday('2026-08-31'), 'thứ Hai'],
    [formatWeekday('1969-12-31'), 'thứ Tư'],
    [longDate('2026-01-05'), 'ngày 05 tháng 01 năm 2026'],
    [longDate('2026-02-10'), 'ngày 10 tháng 02 năm 2026'],
    [longDate('2026-03-09'), 'ngày 09 tháng 3 năm 2026'],
    [longDate('2026-12-31'), 'ngày 31 tháng 12 năm 2026'],
  ])('%s', (got, expected) => expect(got).toBe(expected))

  it.each(['', '2026-02-30', '2026-13-01', '21/11/2026', '2026-1-5', '0026-01-01', 'hôm nay'])('refuses %j', (bad) => {
    expect(() => formatDate(bad)).toThrow(RangeError)
  })
  it('refuses an instant that is none', () => expect(() => formatDate(new Date('x'))).toThrow(RangeError))
})

describe('time left', () => {
  it.each([
    ['2026-07-15 17:30', '2026-07-13 09:00', 'còn 2 ngày'],
    ['2026-07-13 17:30', '2026-07-13 09:00', 'còn 8 giờ'],
    ['2026-07-13 17:30', '2026-07-13 16:50', 'còn 40 phút'],
    ['2026-07-13 17:30', '2026-07-13 17:30', 'đến hạn'],
    ['2026-07-13 17:30', '2026-07-13 20:31', 'quá hạn 3 giờ'],
    ['2026-07-13 17:30', '2026-07-23 17:30', 'quá hạn 10 ngày'],
  ])('due %s at %s: %s', (due, now, expected) => expect(relativeDue(at(due), at(now))).toBe(expected))

  it('says so within the minute', () => {
    const due = at('2026-07-13 17:30')
    expect(relativeDue(due, new Date(due.getTime() - 30_000))).toBe('đến hạn')
    expect(relativeDue(due, new Date(due.getTime() + 1))).toBe('vừa quá hạn')
  })

  it.each([
    ['2026-07-20 17:30', '2026-07-17 09:00', 'còn 1 ngày làm việc'],
    ['2026-07-20 09:30', '2026-07-17 17:00', 'còn 2 giờ làm việc'],
    ['2026-07-17 17:30', '2026-07-20 08:00', 'quá hạn 30 phút làm việc'],
    ['2026-07-17 17:30', '2026-07-19 08:00', 'vừa quá hạn'],
  ])('in working time, due %s at %s: %s', (due, now, expected) => {
    expect(relativeDue(at(due), at(now), { days: [], hours: [defaultOfficeHours] })).toBe(expected)
  })
})

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a và b'],
  [['a', 'b', 'c'], 'a, b và c'],
])('listVi %j', (items, expected) => expect(listVi(items)).toBe(expected))
it('listVi with another word', () => expect(listVi(['a', 'b', 'c'], 'hoặc')).toBe('a, b hoặc c'))
