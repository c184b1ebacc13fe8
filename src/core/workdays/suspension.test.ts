import { describe, expect, it } from 'vitest'
import { deadline, localTime, resume } from './index.ts'
import { at, days, national, workingDays } from './testing.ts'
import type { Suspension, Term } from './types.ts'

const calendar = national()
const pause = (from: string, to: string | null, reason = 'Chờ bổ sung'): Suspension => ({ from: at(from), to: to ? at(to) : null, reason })
const paused = (received: string, term: Term, ...suspensions: Suspension[]) =>
  deadline({ term, receivedAt: at(received), calendar, suspensions })
const due = (received: string, term: Term, ...suspensions: Suspension[]): string => {
  const { dueOn, dueAt } = paused(received, term, ...suspensions)
  return `${dueOn} ${localTime(dueAt)}`
}

describe('working terms move by the working hours of the pause', () => {
  it.each([
    ['hours of one day', [pause('2026-07-14 09:00', '2026-07-14 11:00')], '2026-07-20 09:30'],
    ['the midday break is no working time', [pause('2026-07-14 11:00', '2026-07-14 14:00')], '2026-07-20 08:30'],
    ['days', [pause('2026-07-14 09:00', '2026-07-16 14:00')], '2026-07-22 10:30'],
    ['a night costs nothing', [pause('2026-07-14 18:00', '2026-07-15 07:00')], '2026-07-17 17:30'],
    ['a weekend neither', [pause('2026-07-17 17:30', '2026-07-20 07:30')], '2026-07-17 17:30'],
    ['two pauses sum', [pause('2026-07-14 09:00', '2026-07-14 10:00'), pause('2026-07-15 09:00', '2026-07-15 10:00')], '2026-07-20 09:30'],
    [
      'overlapping ones count once',
      [pause('2026-07-14 09:00', '2026-07-14 11:00'), pause('2026-07-14 10:00', '2026-07-14 11:00')],
      '2026-07-20 09:30',
    ],
    ['before receipt there was no clock', [pause('2026-07-10 09:00', '2026-07-13 09:00')], '2026-07-17 17:30'],
    ['a pause begun after the term had run out is no excuse', [pause('2026-07-20 08:00', '2026-07-24 08:00')], '2026-07-17 17:30'],
    ['one that lasts moves nothing yet', [pause('2026-07-14 09:00', null)], '2026-07-17 17:30'],
  ])('%s', (_, pauses, expected) => expect(due('2026-07-13 09:00', workingDays(4), ...pauses)).toBe(expected))
})

describe('calendar terms move by the whole duration, then to the next closing', () => {
  it.each([
    ['whole days', [pause('2026-07-14 09:00', '2026-07-16 09:00')], '2026-07-23 17:30'],
    ['onto a weekend', [pause('2026-07-14 09:00', '2026-07-18 09:00')], '2026-07-27 17:30'],
    ['some hours more are never lost', [pause('2026-07-14 09:00', '2026-07-15 10:00')], '2026-07-23 17:30'],
    [
      'a day off is not counted twice',
      [pause('2026-07-14 09:00', '2026-07-18 09:00'), pause('2026-07-20 09:00', '2026-07-21 09:00')],
      '2026-07-27 17:30',
    ],
  ])('%s', (_, pauses, expected) => expect(due('2026-07-06 08:00', days(15), ...pauses)).toBe(expected))

  it('keep the day of grace when the last day was off and the pause falls on it', () => {
    // Nominal end Saturday 18/7, due Monday 20/7; paused on that Monday until Tuesday: Tuesday is what is left.
    expect(due('2026-07-03 08:00', days(15))).toBe('2026-07-20 17:30')
    expect(due('2026-07-03 08:00', days(15), pause('2026-07-20 10:00', '2026-07-21 10:00'))).toBe('2026-07-21 17:30')
  })
})

describe('the words', () => {
  it('name the pause, its length and the new due instant', () => {
    expect(paused('2026-07-13 09:00', workingDays(4), pause('2026-07-14 09:00', '2026-07-16 13:30')).derivation).toBe(
      'Nhận 09:00 thứ Hai 13/07/2026; 4 ngày làm việc, không tính ngày nhận; hạn trả 17:30 thứ Sáu 17/07/2026; ' +
        'tạm dừng 2 ngày 2 giờ 30 phút làm việc chờ bổ sung (từ 09:00 14/7 đến 13:30 16/7); trừ thứ Bảy 18/7, Chủ nhật 19/7; ' +
        'hạn trả mới 10:00 thứ Tư 22/07/2026',
    )
    expect(paused('2026-07-06 08:00', days(15), pause('2026-07-14 09:00', '2026-07-16 12:00')).derivation).toContain(
      'tạm dừng 2 ngày 3 giờ chờ bổ sung (từ 09:00 14/7 đến 12:00 16/7); hạn trả mới 17:30 thứ Sáu 24/07/2026',
    )
  })

  it('say why nothing moved', () => {
    const said = (one: Suspension) => paused('2026-07-13 09:00', workingDays(4), one).derivation
    expect(said(pause('2026-07-14 18:00', '2026-07-14 20:00'))).toContain('ngoài giờ làm việc, hạn trả không đổi')
    expect(said(pause('2026-07-20 08:00', '2026-07-21 08:00'))).toContain('khi đã quá hạn, hạn trả không đổi')
    expect(said(pause('2026-07-14 09:00', null))).toMatch(/đang tạm dừng từ 09:00 14\/7 chờ bổ sung, hạn trả sẽ tính lại khi tiếp tục$/)
  })
})

describe('a term extended in another unit', () => {
  it('is paused in the stage in which the pause fell', () => {
    const extension = { term: workingDays(5), adds: true, reason: 'có khiếu nại' }
    const input = { term: days(15), receivedAt: at('2026-07-06 08:00'), calendar, extension }
    expect(deadline(input).dueOn).toBe('2026-07-28')
    const early = deadline({ ...input, suspensions: [pause('2026-07-10 09:00', '2026-07-12 09:00')] })
    expect(early.dueOn).toBe('2026-07-30')
    const late = deadline({ ...input, suspensions: [pause('2026-07-24 07:30', '2026-07-26 09:00')] })
    expect(late.dueOn).toBe('2026-07-29')
  })
})

it('resume works from a bare due instant and refuses what makes no sense', () => {
  const bare = { deadline: { dueAt: at('2026-07-17 17:30') }, term: workingDays(4), calendar }
  expect(resume({ ...bare, suspension: pause('2026-07-17 16:30', '2026-07-17 17:30') })).toMatchObject({
    dueOn: '2026-07-20',
    dueAt: at('2026-07-20 08:30'),
    derivation: expect.stringMatching(/^Hạn trả 17:30 thứ Sáu 17\/07\/2026; tạm dừng 1 giờ làm việc chờ bổ sung/),
  })
  expect(() => resume({ ...bare, suspension: pause('2026-07-16 16:30', null) })).toThrow('còn đang tạm dừng')
  expect(() => resume({ ...bare, suspension: pause('2026-07-16 16:30', '2026-07-15 16:30') })).toThrow(RangeError)
})
