// The pure decisions of identity.

import { describe, expect, test } from 'vitest'
import { type Officer, type Post, system } from '#core/policy/actor.ts'
import { createLimiter } from './limiter.ts'
import {
  afterFailure,
  canAdminister,
  canIssueToken,
  firstPost,
  idleTooLong,
  lives,
  locked,
  lockedUntil,
  passwordFaults,
  postHeld,
  shouldTouch,
} from './rules.ts'

const now = new Date('2026-11-20T02:00:00Z')
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)
const post = (id: string, role: Post['role'], unitPath: string): Post => ({
  id,
  role,
  title: id,
  unitId: unitPath,
  unitCode: unitPath,
  unitName: unitPath,
  unitPath,
})
const officer = (...posts: Post[]): Officer => ({ kind: 'officer', id: 'o', name: 'O', posts })

describe('sessions', () => {
  test('an officer’s idle session waits, locked; a citizen’s ends after two hours', () => {
    const at = (kind: 'citizen' | 'officer', idle: number) => lives({ kind, seenAt: minutes(-idle), expiresAt: minutes(60) }, now)
    expect([at('officer', 60), at('citizen', 119), at('citizen', 120)]).toEqual([true, true, false])
    expect([idleTooLong(minutes(-14.9), 15, now), idleTooLong(minutes(-15), 15, now), idleTooLong(minutes(-5), 5, now)]).toEqual([false, true, true])
  })
  test('the absolute end holds however busy the session is', () => {
    expect(lives({ kind: 'officer', seenAt: now, expiresAt: now }, now)).toBe(false)
  })
  test('is touched at most once a minute', () => {
    expect([shouldTouch(minutes(-0.9), now), shouldTouch(minutes(-1), now)]).toEqual([false, true])
  })
})

describe('wrong tries', () => {
  test('the fifth locks for 15 minutes', () => {
    let state = afterFailure(null, now)
    for (let n = 2; n <= 4; n++) {
      expect(state.lockedUntil).toBeNull()
      state = afterFailure({ ...state, lastAt: now }, now)
    }
    expect(state).toEqual({ tries: 4, lockedUntil: null })
    expect(afterFailure({ ...state, lastAt: now }, now)).toEqual({ tries: 5, lockedUntil: minutes(15) })
  })
  test('counting begins anew after a lock and after a day', () => {
    expect(afterFailure({ tries: 5, lastAt: minutes(-16), lockedUntil: minutes(-1) }, now).tries).toBe(1)
    expect(afterFailure({ tries: 4, lastAt: minutes(-24 * 60 - 1), lockedUntil: null }, now).tries).toBe(1)
    expect(afterFailure({ tries: 3, lastAt: minutes(-24 * 60), lockedUntil: null }, now).tries).toBe(4)
  })
  test('a lock ends at its time', () => {
    const found = { tries: 5, lastAt: now, lockedUntil: minutes(15) }
    expect([lockedUntil(found, minutes(14.9)), lockedUntil(found, minutes(15))]).toEqual([minutes(15), null])
  })
  test('the lock says until when, never too early', () => {
    expect(locked(new Date('2026-11-20T08:14:30.001Z')).message).toContain('15:15 ngày 20/11/2026')
  })
})

test('passwords: long, mixed, without the login', () => {
  const fault = (password: string) => passwordFaults(password, 'canbo1')[0]?.message ?? null
  expect(fault('Ngắn quá 1!')).toMatch(/14 ký tự/)
  expect(fault('toàn chữ thường dài')).toMatch(/ba loại/)
  expect(fault('Đây là Canbo1 nhé!')).toMatch(/tên đăng nhập/)
  expect(fault('Mưa rừng Pù Luông 26')).toBeNull()
})

describe('administrators', () => {
  const inUnit = post('a', 'chuyen_vien', 'h56.u1.p1')
  test('of the system for all, of a unit for that unit and below', () => {
    expect(canAdminister(system('cli'), [])).toBeNull()
    expect(canAdminister(officer(post('x', 'quan_tri_he_thong', 'h56.u9')), [inUnit])).toBeNull()
    expect(canAdminister(officer(post('x', 'quan_tri_don_vi', 'h56.u1')), [inUnit])).toBeNull()
  })
  test('a unit administrator reaches neither another unit, nor a namesake path, nor the system administrator', () => {
    const admin = officer(post('x', 'quan_tri_don_vi', 'h56.u1'))
    for (const path of ['h56.u2', 'h56.u11', 'h56'])
      expect(canAdminister(admin, [inUnit, post('b', 'van_thu', path)])?.kind).toBe('forbidden')
    expect(canAdminister(admin, [post('b', 'quan_tri_he_thong', 'h56.u1')])).not.toBeNull()
    expect(canAdminister(admin, [])).not.toBeNull()
    expect(canAdminister(officer(inUnit), [inUnit])).not.toBeNull()
  })
  test('tokens are the system administrators’', () => {
    expect(canIssueToken(officer(post('x', 'quan_tri_don_vi', 'h56')))).not.toBeNull()
    expect(canIssueToken(officer(post('x', 'quan_tri_he_thong', 'h56')))).toBeNull()
  })
})

test('one post needs no choice; a post not held is none', () => {
  const [a, b] = [post('a', 'van_thu', 'h'), post('b', 'van_thu', 'h')]
  expect([firstPost([a])?.id, firstPost([a, b]), firstPost([])]).toEqual(['a', null, null])
  expect([postHeld([a, b], 'b')?.id, postHeld([a], 'b'), postHeld([a], null)]).toEqual(['b', null, null])
})

describe('limiter', () => {
  test('allows the limit, then says how long to wait, then lets go', () => {
    const limiter = createLimiter({ limit: 3, windowMs: 60_000 })
    expect([1, 2, 3].map(() => limiter.take('a', now))).toEqual([0, 0, 0])
    expect(limiter.take('a', minutes(0.5))).toBe(30)
    expect(limiter.take('b', now)).toBe(0)
    expect(limiter.take('a', minutes(1))).toBeGreaterThan(0) // slides: the last minute still holds all three
    expect(limiter.take('a', minutes(1.5))).toBe(0)
  })
  test('asking counts nothing, and many keys do not let it grow without bound', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000, maxKeys: 10 })
    expect([limiter.wait('a', now), limiter.wait('a', now), limiter.take('a', now), limiter.wait('a', now)]).toEqual([0, 0, 0, 60])
    for (let n = 0; n < 100; n++) expect(limiter.take(`k${n}`, now)).toBe(0)
  })
})
