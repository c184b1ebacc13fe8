// What became of units, in one sentence: merged, divided, a district that ended, and one that ended again.

import { describe, expect, test } from 'vitest'
import { becameOf, calledName, cameFrom } from './became.ts'
import type { Passage } from './history.ts'
import type { Unit } from './schema.ts'

const unit = (id: string, name: string, more: Partial<Unit> = {}): Unit => ({
  id, code: id, key: null, name: `Ủy ban nhân dân ${name}`, shortName: name, kind: 'xa', level: 'xa', parentId: 'th', path: `th.${id}`, validFrom: '2020-01-01', validTo: null, identifier: null, qcvn: null, adminCode: null, outside: false, ...more,
})
const passage = (from: Unit, to: Unit, more: Partial<Passage> = {}): Passage => ({ from, to, on: '2025-07-01', partial: false, main: true, act: 'NQ 1686', note: null, ...more })
const old = unit('a', 'xã Cũ', { validTo: '2025-06-30' })
const next = unit('b', 'xã Mới', { validFrom: '2025-07-01' })
const other = unit('c', 'xã Khác')

describe('what became of a unit', () => {
  test('its committee is left out of its name', () => expect(calledName(old)).toBe('xã Cũ'))
  test('nothing while it lives', () => expect(becameOf(next, [], next)).toBeNull())

  test('merged into another', () => {
    expect(becameOf(old, [passage(old, next)], next)).toEqual({ sentence: 'Từ ngày 01/07/2025, xã Cũ nhập về xã Mới; xã Mới giải quyết mọi việc của nơi này.', now: null, acts: ['NQ 1686'] })
  })

  test('merged into one that ended again: who is in charge today is said', () => {
    const gone = { ...next, validTo: '2026-12-31' }
    expect(becameOf(old, [passage(old, gone), passage(gone, other)], other)?.now).toBe('Hiện nay xã Khác phụ trách.')
  })

  test('divided', () => {
    expect(becameOf(old, [passage(old, next, { partial: true }), passage(old, other, { partial: true, main: false })], next)?.sentence)
      .toBe('Từ ngày 01/07/2025, xã Cũ chia cho xã Mới và xã Khác. Chưa rõ thuộc nơi nào thì hỏi xã Mới.')
  })

  test('a district that ended names a few and counts the rest', () => {
    const district = unit('h', 'huyện Cũ', { level: 'huyen', validTo: '2025-06-30' })
    const heirs = Array.from({ length: 9 }, (_, n) => unit(`x${n}`, `xã Số ${n}`))
    expect(becameOf(district, heirs.map((one, n) => passage(district, one, { partial: true, main: n === 0 })), heirs[0]!)?.sentence)
      .toBe('Từ ngày 01/07/2025 không còn huyện Cũ; việc của huyện Cũ về xã Số 0, xã Số 1, xã Số 2, xã Số 3 và 5 đơn vị khác. Chưa rõ thuộc nơi nào thì hỏi xã Số 0.')
  })

  test('one that ended and nobody followed still says when', () => expect(becameOf(old, [], other)?.sentence).toBe('Xã Cũ kết thúc hoạt động từ ngày 30/06/2025.'))

  test('where a living one came from', () => {
    expect(cameFrom(next, [passage(old, next), passage(other, next, { partial: true })])).toBe('Xã Mới có từ ngày 01/07/2025, gồm xã Cũ và xã Khác (một phần).')
    expect(cameFrom(other, [])).toBeNull()
  })
})
