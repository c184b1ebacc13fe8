// Importing: idempotent, a changed text is a further version, an older text again is a version too, a bad one writes nothing.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { makeEnv } from '#main/env.ts'
import { procedureTexts } from '#main/pack.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { getProcedure, importRecord, knowsRecord, listVersions, searchProcedures } from './index.ts'

let database: TestDatabase
let ctx: ReturnType<typeof systemCtx>
const original = procedureTexts().find(({ name }) => name.startsWith('1.004194'))!.text
const changed = JSON.stringify({ ...JSON.parse(original), summary: 'Dành cho người đến ở nơi khác từ ba mươi ngày.' })

beforeAll(async () => {
  database = await freshDatabase()
  ctx = systemCtx(makeEnv(database.db, { publicUrl: 'http://x', dataDir: '/nonexistent', secret: 's' }), 'test')
})
afterAll(() => database.close())

const numbers = async () => (await listVersions(ctx.db, '1.004194')).map((one) => one.number)

describe('import', () => {
  test('is idempotent, also with other spaces and from many at once', async () => {
    const many = await Promise.all(Array.from({ length: 5 }, () => importRecord(ctx, original)))
    expect(many.map((one) => one.outcome).sort()).toEqual(['new', 'same', 'same', 'same', 'same'])
    expect((await importRecord(ctx, JSON.stringify(JSON.parse(original), null, 7))).outcome).toBe('same')
    expect(await numbers()).toEqual([1])
  })

  test('a changed text is a new version, the old one stays; the old text again is a third', async () => {
    expect((await importRecord(ctx, changed)).outcome).toBe('changed')
    expect((await getProcedure(ctx.db, '1.004194', '2026-11-22')).record.summary).toContain('ba mươi')
    expect((await importRecord(ctx, original)).version).toBe(3)
    expect((await importRecord(ctx, original)).outcome).toBe('same')
    expect(await numbers()).toEqual([3, 2, 1])
  })

  test.each([
    ['an unknown role', { steps: [{ role: 'thu_ky' }] }, 'steps[0].role'],
    ['a fee of −1', { fees: [{ amount: -1 }] }, 'fees[0].amount'],
  ])('%s is refused by name and nothing is written', async (_name, patch, path) => {
    const before = await numbers()
    const record = JSON.parse(original)
    for (const [key, [first]] of Object.entries(patch) as [string, object[]][]) Object.assign(record[key][0], first)
    await expect(importRecord(ctx, JSON.stringify(record))).rejects.toMatchObject({ status: 422, fields: expect.arrayContaining([expect.objectContaining({ key: path })]) })
    expect(await numbers()).toEqual(before)
  })

  test('a failing golden case keeps a record out', async () => {
    const record = JSON.parse(original)
    record.cases[0].expect.fee = 1
    await expect(importRecord(ctx, JSON.stringify(record))).rejects.toMatchObject({ status: 422 })
    expect(await knowsRecord(ctx.db, JSON.stringify(record))).toBe(false)
  })
})

test('the record that the how-to begins with can be published', async () => {
  const text = readFileSync(new URL('../../../docs/how-to/example-procedure.json', import.meta.url), 'utf8')
  expect(await importRecord(ctx, text)).toMatchObject({ outcome: 'new', warnings: [] })
})

describe('search', () => {
  beforeAll(async () => {
    for (const { text } of procedureTexts()) await importRecord(ctx, text)
  })

  test.each([
    ['khai sinh', '1.001193'],
    ['KHAI SINH', '1.001193'],
    ['làm giấy khai sinh', '1.001193'],
    ['lam giay khai sinh', '1.001193'],
    ['dang ky ket hon', '1.000894'],
    ['đăng kí kết hôn', '1.000894'],
    ['tam tru', '1.004194'],
    ['2.000815', '2.000815'],
    ['chat cay', '1.002693'],
    ['xay nha', '1.013225'],
    ['lý lịch tư pháp', '3.000333'],
    ['doi bang lai xe', '3.000347'],
    ['ho ngheo', '1.011607'],
  ])('%s finds %s first', async (q, code) => {
    expect((await searchProcedures(ctx.db, { q, on: '2026-11-22' }))[0]?.code).toBe(code)
  })

  test('nothing matches nonsense, everything matches nothing', async () => {
    expect(await searchProcedures(ctx.db, { q: 'zzqqxx 123', on: '2026-11-22' })).toEqual([])
    expect(await searchProcedures(ctx.db, { q: '', on: '2026-11-22' })).toHaveLength(21)
    expect(await searchProcedures(ctx.db, { q: "%_'\\", on: '2026-11-22' })).toHaveLength(21)
  })
})
