// Importing: idempotent, a changed text is a further version, an older text again is a version too, a bad one writes nothing.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { makeEnv } from '#main/env.ts'
import { procedureTexts, processTexts } from '#main/pack.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { getProcedure, importProcess, importRecord, knowsRecord, listSharedProcesses, listVersions, searchProcedures } from './index.ts'

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

describe('a record that calls', () => {
  const linked = procedureTexts().find(({ name }) => name.startsWith('2.000986'))!.text
  const [police] = processTexts().filter(({ name }) => name === 'dang_ky_thuong_tru_tre_em')
  const faultsOf = (text: string) => importRecord(ctx, text).then(() => [], (error: { fields: { key: string; message: string }[] }) => error.fields)
  const with_ = (change: (step: any) => void, from = linked) => {
    const record = JSON.parse(from)
    change(record.steps.find((step: { id: string }) => step.id === 'thuong_tru'))
    return JSON.stringify(record)
  }

  test('a process that is not there is named, with what the administrator must do', async () => {
    expect(await faultsOf(linked)).toEqual([
      { key: 'steps[7].call', message: expect.stringMatching(/quy trình dùng chung “dang_ky_thuong_tru_tre_em” mà hệ thống chưa có; người quản trị thủ tục cần nhập tệp quy trình/) },
      { key: 'steps[8].call', message: expect.stringContaining('“cap_the_bhyt_tre_em”') },
    ])
  })

  test('a drawing is kept by name, again is the same, changed is a further number', async () => {
    expect(await importProcess(ctx, police!.name, police!.text)).toMatchObject({ number: 1, outcome: 'new', title: expect.stringContaining('thường trú') })
    expect(await importProcess(ctx, police!.name, police!.text)).toMatchObject({ number: 1, outcome: 'same' })
    expect(await importProcess(ctx, police!.name, police!.text.replace('kiểm tra chỗ ở', 'xem chỗ ở'))).toMatchObject({ number: 2, outcome: 'changed' })
    expect((await listSharedProcesses(ctx.db)).map((one) => [one.name, one.number, [...one.ends].sort()])).toEqual([[police!.name, 2, ['da_dang_ky', 'khong_dang_ky']]])
  })

  test.each([
    ['no outcome at the end', (text: string) => text.replaceAll(/ tinhso:outcome="da_dang_ky"/g, ''), /chưa ghi kết quả/],
    ['no role', (text: string) => text.replace(' tinhso:role="lanh_dao_don_vi"', ''), /phải có vai trò/],
    ['not BPMN', () => '{"a":1}', /BPMN 2.0/],
  ])('a drawing with %s is refused in words', async (_name, spoil, message) => {
    await expect(importProcess(ctx, 'thu', spoil(police!.text))).rejects.toMatchObject({ status: 422, fields: [{ message: expect.stringMatching(message) }] })
  })

  test('every end of the callee must lead on; nothing calls itself; silence belongs inside', async () => {
    for (const { name, text } of processTexts()) await importProcess(ctx, name, text)
    expect(await faultsOf(with_((step) => (step.outcomes = step.outcomes.slice(0, 1))))).toEqual([{ key: 'steps[7].call.outcomes', message: expect.stringContaining('"khong_dang_ky"') }])
    expect(await faultsOf(with_((step) => (step.call = { procedure: '2.000986' })))).toContainEqual({ key: 'steps[7].call.procedure', message: expect.stringContaining('chính nó') })
    expect(await faultsOf(with_((step) => (step.call = {})))).toContainEqual({ key: 'steps[7].call', message: expect.stringContaining('đúng một trong hai') })
    expect(await faultsOf(with_((step) => (step.silence = { value: 1, unit: 'ngay', outcome: 'da_dang_ky' })))).toContainEqual({ key: 'steps[7].silence', message: expect.stringContaining('im lặng') })
    expect(await faultsOf(linked)).toEqual([])
  })

  test('two procedures that call each other are refused, however roundabout', async () => {
    await importRecord(ctx, original)
    const first = with_((step) => (step.call = { procedure: '1.004194', outcomes: Object.fromEntries(JSON.parse(original).steps.flatMap((one: any) => one.outcomes.filter((o: any) => o.next === 'end').map((o: any) => [o.key, 'da_dang_ky']))) }))
    expect(await faultsOf(first)).toEqual([])
    const back = JSON.parse(original)
    const step = back.steps.find((one: any) => one.role === 'chuyen_vien')
    step.call = { procedure: '2.000986' }
    expect(await faultsOf(JSON.stringify(back))).toContainEqual({ key: expect.stringMatching(/\.call$/), message: expect.stringContaining('không được gọi vòng nhau') })
    await importRecord(ctx, linked)
  })
})

describe('search', () => {
  beforeAll(async () => {
    for (const { name, text } of processTexts()) await importProcess(ctx, name, text)
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
    expect(await searchProcedures(ctx.db, { q: '', on: '2026-11-22' })).toHaveLength(22)
    expect(await searchProcedures(ctx.db, { q: "%_'\\", on: '2026-11-22' })).toHaveLength(22)
  })
})
