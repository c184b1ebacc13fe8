// The outbox's rules as tables: quiet hours over midnight and Tết, growing pauses, codes in pasted texts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdsLink, mobileNumber, smsSize } from '#core/notices/sms.ts'
import { loadCalendar } from '#main/pack.ts'
import type { NoticeTemplate } from '#core/notices/types.ts'
import { splitSms } from '#twins/sms/index.tsx'
import { afterQuiet, codeIn, inForce, likeness, newCheckCode, pauseAfter, retryAfter, tidyCode, wantsChannel } from './rules.ts'

const calendar = loadCalendar()
const rules = { quiet: { from: '21:00', to: '07:00' }, quietOnHolidays: { from: '19:00', to: '09:00' } }
const vn = (at: string) => new Date(`${at}:00+07:00`)
const say = (at: Date) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 16)

describe('quiet hours', () => {
  test.each([
    ['2026-11-20T09:00', '2026-11-20T09:00', 'by day'],
    ['2026-11-20T20:59', '2026-11-20T20:59', 'the last minute'],
    ['2026-11-20T21:00', '2026-11-21T07:00', 'from nine in the evening'],
    ['2026-11-20T23:59', '2026-11-21T07:00', 'before midnight'],
    ['2026-11-21T00:00', '2026-11-21T07:00', 'midnight'],
    ['2026-11-21T06:59', '2026-11-21T07:00', 'the last quiet minute'],
    ['2026-11-21T07:00', '2026-11-21T07:00', 'seven'],
    ['2026-12-31T22:00', '2027-01-01T09:00', "New Year's Eve: the holiday sleeps longer"],
    ['2027-01-01T08:30', '2027-01-01T09:00', 'the morning of a holiday'],
    ['2027-01-01T19:30', '2027-01-02T07:00', 'the evening of a holiday before a plain day'],
    ['2026-02-16T20:00', '2026-02-17T09:00', "Tết: New Year's Eve of the lunar year into its first day"],
    ['2026-02-17T12:00', '2026-02-17T12:00', 'the middle of the first day of Tết'],
    ['2026-02-17T19:00', '2026-02-18T09:00', 'from one day of Tết into the next'],
    ['2026-11-20T21:30', '2026-11-21T07:00', 'a Friday: a plain Saturday is no holiday'],
  ])('%s → %s: %s', (at, until) => {
    expect(say(afterQuiet(vn(at), rules, calendar))).toBe(until)
  })

  test('hours that do not lie over midnight', () => {
    const noon = { quiet: { from: '11:30', to: '13:30' }, quietOnHolidays: { from: '11:30', to: '13:30' } }
    expect(say(afterQuiet(vn('2026-11-20T12:00'), noon, calendar))).toBe('2026-11-20T13:30')
    expect(say(afterQuiet(vn('2026-11-20T23:00'), noon, calendar))).toBe('2026-11-20T23:00')
  })

  test('whenever asked, the answer is later or the same, at most a day and a half off, and itself not quiet', () => {
    fc.assert(
      fc.property(fc.integer({ min: vn('2026-01-01T00:00').getTime(), max: vn('2027-12-31T00:00').getTime() }), (ms) => {
        const free = afterQuiet(new Date(ms), rules, calendar)
        expect(free.getTime()).toBeGreaterThanOrEqual(ms)
        expect(free.getTime() - ms).toBeLessThan(36 * 3_600_000)
        expect(afterQuiet(free, rules, calendar)).toEqual(free)
      }),
    )
  })
})

test('pauses grow and end', () => {
  const row = { retryMinutes: [1, 5, 15, 60, 180, 360] }
  expect([1, 2, 3, 4, 5, 6, 7].map((attempts) => retryAfter(attempts, row)?.valueOf() ?? null)).toEqual([60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, null])
  expect([3, 4, 5, 6, 7, 50].map((faults) => pauseAfter(faults) / 60_000)).toEqual([1, 2, 4, 8, 15, 15])
})

test('dated rows: the latest that has begun', () => {
  const rows = [{ effectiveFrom: '2026-01-01' }, { effectiveFrom: '2027-01-01' }]
  expect(inForce(rows, '2025-12-31')).toBeNull()
  expect(inForce(rows, '2026-12-31')).toBe(rows[0])
  expect(inForce(rows, '2027-01-01')).toBe(rows[1])
})

describe('check codes', () => {
  test('are found in what people paste and type', () => {
    const sms = 'Hồ sơ H56.14797-261122-0001 đã có kết quả. Mời ông/bà nhận trên cổng dịch vụ công hoặc tại nơi đã nộp. Mã kiểm tra: K7M4PX.'
    const table: [string, string | null][] = [
      [sms, 'K7M4PX'], ['k7m4px', 'K7M4PX'], [' K7M-4PX ', 'K7M4PX'], ['K7M 4PX', 'K7M4PX'], ['Ma kiem tra K7M4PX', 'K7M4PX'], ['mã kiểm tra: k7m4px\nxin cảm ơn', 'K7M4PX'],
      ['K7M4P', null], ['K7M4P0', null], ['Bạn trúng thưởng, gọi ngay', null], ['', null], ['Mã kiểm tra: ABCDEFGH', null],
    ]
    for (const [typed, code] of table) expect([typed, codeIn(typed)]).toEqual([typed, code])
  })

  test('every code made is read back, however it is written', () => {
    for (let n = 0; n < 200; n++) {
      const code = newCheckCode()
      expect(tidyCode(code.toLowerCase())).toBe(code)
      expect(codeIn(`Xin chào. Mã kiểm tra: ${code}.`)).toBe(code)
    }
  })

  test('a copied code does not make another text ours', () => {
    const ours = 'Hồ sơ H56.14797-261122-0001 đã có kết quả. Mã kiểm tra: K7M4PX.'
    const table: [string, string][] = [
      [ours, 'same'], [ours.toUpperCase(), 'same'], [`Chuyển tiếp: ${ours}`, 'same'], ['K7M4PX', 'code'], ['Hồ sơ H56.14797-261122-0001 đã có kết quả', 'part'],
      ['Hồ sơ của bạn bị khóa, bấm http://vneid-gov.top để mở. Mã kiểm tra: K7M4PX', 'other'], [`${ours} Bấm http://a.top để nhận`, 'other'],
      [`${ours} ${'Chuyển 2.000.000 đ vào tài khoản 0123456789 để nhận kết quả ngay hôm nay nhé ông bà'}`, 'other'],
    ]
    for (const [pasted, like] of table) expect([pasted, likeness(pasted, ours)]).toEqual([pasted, like])
  })
})

test('legal copies in the portal cannot be chosen away; nor can codes', () => {
  const template = (kind: NoticeTemplate['kind']): NoticeTemplate => ({
    key: 'a.b', label: '', kind, urgent: false, legal: true, basis: '', effectiveFrom: '2020-01-01', example: {}, supersedes: [], usefulHours: null,
    texts: { inapp: { title: '', body: '' }, sms: { title: '', body: '' } },
  })
  const off = new Set(['progress.sms', 'progress.inapp', 'account.sms', 'account.inapp'])
  expect([wantsChannel(template('progress'), 'inapp', off), wantsChannel(template('progress'), 'sms', off), wantsChannel(template('result'), 'sms', off), wantsChannel(template('account'), 'sms', off)])
    .toEqual([true, false, true, true])
  expect(wantsChannel(template('progress'), 'email', new Set())).toBe(false)
})

describe('short messages', () => {
  test.each([
    ['a'.repeat(160), 'gsm7', 1], ['a'.repeat(161), 'gsm7', 2], ['€'.repeat(80), 'gsm7', 1], ['€'.repeat(81), 'gsm7', 2], ['ồ'.repeat(70), 'ucs2', 1], ['ồ'.repeat(71), 'ucs2', 2],
    ['ồ'.repeat(134), 'ucs2', 2], ['ồ'.repeat(135), 'ucs2', 3], ['😀'.repeat(35), 'ucs2', 1], ['😀'.repeat(36), 'ucs2', 2],
  ] as const)('%#: %s', (text, coding, parts) => {
    expect(smsSize(text)).toMatchObject({ coding, parts })
  })

  test('the network splits any text into parts that fit, losing nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'ồ', '😀', '€', ' ', 'Đ'), maxLength: 500 }), (text) => {
        const parts = splitSms(text)
        expect(parts.join('')).toBe(text)
        for (const part of parts) expect(smsSize(part).parts).toBe(1)
      }),
    )
  })

  test('links are seen, codes and money are not links', () => {
    for (const text of ['http://a', 'Xem www.abc', 'vào dichvucong.gov.vn nhé', 'bit.ly/3x', 'vneid-gov.top']) expect([text, holdsLink(text)]).toEqual([text, true])
    for (const text of ['H56.14797-261122-0001', '1.250.000 đ', 'ông.Bà', 'Hẹn trả: 17:30 23/11/2026.', 'TP.HCM']) expect([text, holdsLink(text)]).toEqual([text, false])
  })

  test('only mobile numbers receive them', () => {
    const table: [string, string | null][] = [['0912 345 678', '0912345678'], ['+84 912.345.678', '0912345678'], ['0084912345678', '0912345678'], ['02373852111', null], ['091234567', null], ['', null], ['113', null]]
    for (const [typed, number] of table) expect([typed, mobileNumber(typed)]).toEqual([typed, number])
  })
})
