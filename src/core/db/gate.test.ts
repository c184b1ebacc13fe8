// What somebody before the shut gate is told: never less than it takes, never a promise that was not measured.

import { describe, expect, test } from 'vitest'
import { againMs, lastingWords, shutWords } from './gate.ts'

const shut = (more: object) => ({ elapsedMs: 60_000, expectedMs: 480_000, done: 4, of: 31, doing: 'Hồ sơ', ...more })

describe('before the shut gate', () => {
  test.each([
    ['nothing was said yet', null, 60, 'Các đơn vị đang được sắp xếp lại. Việc vừa gửi chưa được ghi, những gì đã gửi trước đó không mất; xin gửi lại sau 60 giây.'],
    ['how far, how long', shut({}), 420, '(đã chạy 60 giây, xong 4 trên 31 phần, dự kiến còn nhiều nhất khoảng 7 phút)'],
    ['longer than foreseen', shut({ elapsedMs: 500_000, done: 30 }), 60, '(đã chạy 9 phút, xong 30 trên 31 phần, lâu hơn dự kiến)'],
    ['not foreseen', shut({ expectedMs: null, of: null }), 60, '(đã chạy 60 giây)'],
    ['nearly done', shut({ elapsedMs: 478_000 }), 20, 'khoảng 10 giây). Việc vừa gửi chưa được ghi, những gì đã gửi trước đó không mất; xin gửi lại sau 20 giây.'],
    ['an hour', shut({ expectedMs: 3_660_000 }), 900, 'khoảng 60 phút). Việc vừa gửi chưa được ghi, những gì đã gửi trước đó không mất; xin gửi lại sau 15 phút.'],
  ] as const)('%s', (_what, state, seconds, words) => {
    expect([againMs(state) / 1000, shutWords(state)]).toEqual([seconds, expect.stringContaining(words)])
  })

  test('times are rounded up', () => {
    expect([3_000, 41_000, 89_999, 90_000, 121_000].map(lastingWords)).toEqual(['10 giây', '50 giây', '90 giây', '2 phút', '3 phút'])
  })
})
