// Who is competent: today's unit whatever the code's age, the clause of the day, where it is handed in, what the province decides.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ctx, systemCtx } from '#core/ctx.ts'
import { makeEnv } from '#main/env.ts'
import { liveUnit } from '#modules/org/index.ts'
import { provinceDatabase, type TestDatabase } from '#test/support/db.ts'
import { competence, importCompetence } from './index.ts'

let database: TestDatabase
let ctx: Ctx
beforeAll(async () => {
  database = await provinceDatabase()
  ctx = systemCtx(makeEnv(database.db, { publicUrl: 'http://x', dataDir: '/nonexistent', secret: 's' }), 'test')
})
afterAll(() => database.close())

const ask = (procedure: string, place: string | null, on = '2026-11-22', received?: Awaited<ReturnType<typeof liveUnit>>) =>
  competence(database.db, { procedure, place, on, ...(received ? { received } : {}) })

describe('competence', () => {
  test('a commune by code, by name, by a part of it: its committee, with the clause of the field', async () => {
    for (const place of ['14797', 'phường Hạc Thành', 'H56.14797', '14797.PVHCC']) {
      expect(await ask('1.001193', place)).toMatchObject({ unit: { id: 'th-14797' }, clause: expect.stringContaining('18/2026/NĐ-CP'), asked: null })
    }
    expect((await ask('1.001193', '14797')).how).toContain('Ủy ban nhân dân phường Hạc Thành giải quyết')
  })

  test('what ended on 30/6/2025 is its successor of today, and says so', async () => {
    const { rows } = await database.pool.query(`select u.name, s.to_id from org.unit u join org.succession s on s.from_id = u.id and s.main where u.level = 'xa' and u.valid_to = '2025-06-30' order by u.id limit 3`)
    expect(rows.length).toBe(3)
    for (const { name, to_id: to } of rows) {
      const { rows: same } = await database.pool.query(`select 1 from org.unit where name = $1`, [name])
      if (same.length > 1) continue
      const found = await ask('1.001193', name)
      expect(found.unit.id).toBe(to)
      expect(found.how).toContain('(đến 30/06/2025) nay thuộc')
      expect(found.asked?.name).toBe(name)
      expect((await ask('1.001193', name, '2025-05-01')).unit.id).toBe(to)
    }
  })

  test('the clause is that of the day', async () => {
    expect((await ask('1.001612', '14797', '2026-11-22')).clause).toContain('168/2025/NĐ-CP')
    expect((await ask('1.001612', '14797', '2024-03-01')).clause).toContain('01/2021/NĐ-CP')
    expect((await ask('1.001193', '14797', '2025-08-01')).clause).not.toContain('18/2026')
  })

  test('where it is handed in, and what the province decides', async () => {
    const received = await liveUnit(database.db, '14812')
    expect((await ask('2.000815', 'noi_nop', '2026-11-22', received)).unit.id).toBe('th-14812')
    expect((await ask('1.000703', null)).unit.name).toContain('Sở Xây dựng')
  })

  test('a dated row moves a competence to another level without a new record', async () => {
    const row = { id: 'thu-chuyen', procedure: '1.001193', level: 'tinh', department: 'so_tu_phap', from: '2027-01-01', clause: 'Nghị quyết thử', sure: 'memory' }
    expect(await importCompetence(ctx, { rules: [row] })).toBe(1)
    expect(await importCompetence(ctx, { rules: [row] })).toBe(0)
    expect((await ask('1.001193', '14797', '2027-02-01')).unit.name).toContain('Sở Tư pháp')
    expect((await ask('1.001193', '14797')).unit.id).toBe('th-14797')
    await expect(importCompetence(ctx, { rules: [{ ...row, to: '2026-01-01' }] })).rejects.toMatchObject({ status: 422 })
  })

  test.each([['no place', null], ['a place of another province', '00004'], ['nonsense', 'xã Không Có']])('%s is named as a fault', async (_name, place) => {
    await expect(ask('1.001193', place)).rejects.toMatchObject({ status: 422, fields: [{ key: 'competence' }] })
  })
})
