// Tables of a plan: what each good line draws, and what each bad one is told.

import { describe, expect, test } from 'vitest'
import type { Unit } from '#modules/org/index.ts'
import { readTable, shareOf } from './table.ts'

const unit = (code: string, name: string, more: Partial<Unit> = {}): Unit => ({
  id: `th-${code}`, code, key: 'ubnd_xa', name: `Ủy ban nhân dân ${name}`, shortName: name, kind: 'xa', level: 'xa', parentId: 'th', path: `th.th_${code}`, validFrom: '2020-01-01', validTo: null,
  identifier: `H56.${code}`, qcvn: null, adminCode: code, outside: false, ...more,
})
const A = unit('10001', 'xã An Bình')
const B = unit('10002', 'xã Bình Minh')
const C = unit('10003', 'xã Cẩm Tú')
const old = unit('09999', 'xã Cũ', { validTo: '2024-12-31' })
const register = { living: new Map([A, B, C].map((one) => [one.code, one])), ended: new Map([['09999', { unit: old, live: A }]]) }
const read = (text: string) => readTable(text, register)

describe('shares', () => {
  test.each([['', 1], ['100%', 1], ['60%', 0.6], ['60', 0.6], ['0,6', 0.6], ['0.25', 0.25], ['12,5%', 0.125], ['1', 1]])('%s is %d', (text, share) => expect(shareOf(text)).toBeCloseTo(share))
  test.each(['0', '101%', '-3', 'nửa', '1/2'])('%s is none', (text) => expect(shareOf(text)).toBeNull())
})

describe('a table', () => {
  test('of two into a living one', () => {
    const { steps, bad } = read('mã cũ;mã mới;tỷ lệ\n10001;10001;100%\n10002;10001;100%')
    expect(bad).toEqual([])
    expect(steps).toEqual([{ kind: 'merge', from: ['th-10001', 'th-10002'], into: 'th-10001' }])
  })

  test('of two into a new one that keeps a code', () => {
    const { steps, bad, counts } = read('10001,10001,,phường Bình An\n10002,10001')
    expect(bad).toEqual([])
    expect(steps[0]).toMatchObject({ kind: 'create', unit: { id: 'dv-10001', code: '10001', name: 'Ủy ban nhân dân phường Bình An', kind: 'phuong', parent: 'th', like: 'th-10001', identifier: 'H56.10001' } })
    expect(steps[1]).toEqual({ kind: 'merge', from: ['th-10001', 'th-10002'], into: 'dv-10001' })
    expect(counts).toEqual({ old: 2, fresh: 1, merges: 1, splits: 0 })
  })

  test('that divides one', () => {
    const { steps } = read('10001\t10002\t40%\n10001\t10003\t60%')
    expect(steps).toEqual([{ kind: 'split', unit: 'th-10001', keeps: false, into: ['th-10002', 'th-10003'], main: 'th-10003', rules: [] }])
  })

  test('that cuts a part off', () => {
    const { steps } = read('10001;10001;70%\n10001;10003;30%')
    expect(steps).toEqual([{ kind: 'split', unit: 'th-10001', keeps: true, into: ['th-10003'], main: null, rules: [] }])
  })

  test.each([
    ['10009;10001', 'Không có đơn vị đang hoạt động nào mang mã 10009.'],
    ['09999;10001', 'Mã 09999 là của xã Cũ, đã kết thúc ngày 31/12/2024; nay là xã An Bình, mã 10001.'],
    ['10001;', 'Thiếu mã cũ hoặc mã mới.'],
    ['10001;20001', 'Mã mới 20001 chưa có đơn vị nào; ghi tên mới ở cột thứ tư.'],
    ['10001;10002;nửa', 'Tỷ lệ “nửa” không hiểu được; ghi như 60% hoặc 0,6.'],
    ['10001;10002;50%', 'Các phần của xã An Bình cộng lại được 50%, phải đủ 100%.'],
  ])('bad line %s', (line, why) => {
    const { bad, steps } = read(`${line}\n10003;10002`)
    expect(bad).toMatchObject([{ line: 1, why }])
    expect(steps).toEqual([{ kind: 'merge', from: ['th-10003'], into: 'th-10002' }])
  })

  test('says a pair once', () => expect(read('10001;10002;50%\n10001;10002;50%').bad.map(({ line }) => line)).toEqual([1, 2]))

  test('of nothing draws nothing', () => expect(read('\n\n')).toMatchObject({ steps: [], bad: [], rows: 0 }))
})
