// The organisation: any code or name valid on any date comes to the unit in charge today; desks; posts held from when to when.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadProvinceSeed } from '#main/pack.ts'
import { provinceDatabase, type TestDatabase } from '#test/support/db.ts'
import { deskFor, findUnitByKey, getUnit, listHolders, listUnits, liveUnit, postsHeldBy, resolveUnit } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await provinceDatabase()
})
afterAll(() => database.close())

describe('a code', () => {
  test('of every unit there ever was, of every scheme, comes to one live unit', async () => {
    const { units } = loadProvinceSeed()
    for (const unit of units) {
      for (const code of [unit.code, unit.identifier, unit.qcvn]) {
        if (!code) continue
        const live = await liveUnit(database.db, code)
        expect(live.validTo, code).toBeNull()
      }
      if (unit.adminCode) {
        const [found] = await resolveUnit(database.db, unit.adminCode, unit.validTo ?? '2026-11-22')
        expect(found!.live.validTo).toBeNull()
        expect(found!.asked.validFrom <= (unit.validTo ?? '2026-11-22')).toBe(true)
      }
    }
  }, 120_000)

  test('that lives on means the unit of today, and on an old date the one that bore it then', async () => {
    expect((await resolveUnit(database.db, '14797'))[0]!.asked.name).toBe('Ủy ban nhân dân phường Hạc Thành')
    const [then] = await resolveUnit(database.db, '14797', '2025-06-30')
    expect(then!.asked.validTo).toBe('2025-06-30')
    expect(then!.live.level).toBe('xa')
  })

  test('nobody ever bore is not found, in words', async () => {
    await expect(resolveUnit(database.db, '99999')).rejects.toMatchObject({ status: 404, message: expect.stringContaining('99999') })
    await expect(resolveUnit(database.db, '')).rejects.toMatchObject({ status: 404 })
    await expect(resolveUnit(database.db, "'; drop table org.unit; --")).rejects.toMatchObject({ status: 404 })
  })
})

describe('a desk', () => {
  test('is the unit itself, a part of it, or the one above', async () => {
    const ward = await liveUnit(database.db, '14797')
    expect((await deskFor(database.db, ward, 'mot_cua')).id).toBe('th-14797')
    const office = (await findUnitByKey(database.db, 'phong_van_hoa_xa_hoi', ward))!
    expect(office.id).toBe('th-14797-vhxh')
    expect((await deskFor(database.db, office, 'chuyen_vien')).id).toBe('th-14797-vhxh')
    expect((await deskFor(database.db, office, 'van_thu')).id).toBe('th-14797')
  })

  test('a key never leads into another commune', async () => {
    for (const commune of (await listUnits(database.db, { level: 'xa' })).slice(0, 30)) {
      const police = await findUnitByKey(database.db, 'cong_an_xa', commune)
      expect(police!.path.startsWith(commune.path)).toBe(true)
    }
    expect((await findUnitByKey(database.db, 'so_xay_dung', await liveUnit(database.db, '14797')))!.level).toBe('tinh')
  })
})

describe('a post', () => {
  test('counts from the day it is held to the day it ends', async () => {
    const seed = loadProvinceSeed()
    const changed = seed.posts.find((post) => post.holders.length > 1)!
    const [before, now] = [...changed.holders].sort((a, b) => a.from.localeCompare(b.from))
    expect((await postsHeldBy(database.db, before!.officer, before!.to!)).some((post) => post.unitId === changed.unitId)).toBe(true)
    expect(await postsHeldBy(database.db, before!.officer, '2026-11-22')).toEqual([])
    expect((await postsHeldBy(database.db, now!.officer, '2026-11-22')).some((post) => post.id === changed.id)).toBe(true)
    expect((await listHolders(database.db, changed.unitId, changed.role, '2026-11-22')).map((one) => one.id)).toContain(now!.officer)
  })

  test('every live unit that takes part has its people', async () => {
    const receiving = await listUnits(database.db, { receiving: true, limit: 5000 })
    expect(receiving.filter((unit) => unit.level === 'xa')).toHaveLength(166)
    expect((await getUnit(database.db, 'th')).code).toBe('H56')
  })
})
