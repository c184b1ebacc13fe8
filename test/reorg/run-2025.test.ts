// The run of 1 July 2025 with few dossiers: loaded through states that real acts made, carried out, told, taken back to the byte, and every kind goes on.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEnv } from '#main/env.ts'
import { loadPack } from '#main/packs.ts'
import { hands } from '#main/reorg-2025/acts.ts'
import { planOf2025 } from '#main/reorg-2025/plan.ts'
import { ranReportOf, reportMarkdown, reportPage } from '#main/reorg-2025/report.ts'
import { type Ran, run2025 } from '#main/reorg-2025/run.ts'
import { provinceDatabase, type TestDatabase } from '../support/db.ts'

let province: TestDatabase
let workshop: TestDatabase
let ran: Ran
const dataDir = mkdtempSync(join(tmpdir(), 'tinhso-2025-'))

beforeAll(async () => {
  province = await provinceDatabase('ba-cap')
  workshop = await provinceDatabase('ba-cap')
  const clock = hands('2025-06-09T08:00:00+07:00')
  const pack = loadPack('ba-cap')
  ran = await run2025(
    { province, workshop, clock, env: (database, at) => makeEnv(database.db, { publicUrl: 'http://tinhso.test', dataDir, secret: 'test'.repeat(10) }, at, pack) },
    { dossiers: 250, acts: 20, cases: 1, procedures: 2, officersToo: false, everyCode: 25 },
  )
}, 900_000)
afterAll(async () => {
  await province?.close()
  await workshop?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('1 July 2025', () => {
  test('dossiers of all levels in many states were loaded', () => {
    expect(ran.loaded.dossiers).toBe(250)
    expect(new Set(ran.states.map(({ level }) => level))).toEqual(new Set(['xa', 'huyen', 'tinh']))
    expect(new Set(ran.states.map(({ state }) => state)).size).toBeGreaterThan(8)
  })

  test('everything that must be true is', () => {
    expect(ran.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(ran.checks.map(({ title }) => title)).toEqual(expect.arrayContaining([
      'Không hồ sơ nào mất', 'Không hồ sơ nào tắc: việc nào cũng có người làm được', 'Không hẹn trả nào lùi lại', 'Mã, số tiếp nhận, số kết quả và các dãy số nguyên vẹn',
      'Mọi mã, tên cũ vẫn trả lời và dẫn tới đúng một đơn vị đang hoạt động', 'Mỗi hồ sơ, bản nháp đổi đơn vị được báo đúng một lần', 'Hoàn tác trả lại đúng từng byte', 'Bước tiếp theo làm được thật ở mọi trạng thái, cấp, thủ tục',
      'Không hồ sơ nào tắc: việc nào cũng có người làm được (lần thi hành thật)', 'Không hẹn trả nào lùi lại (lần thi hành thật)', 'Mã, số tiếp nhận, số kết quả và các dãy số nguyên vẹn (lần thi hành thật)',
    ]))
    expect(ran.checks.find(({ title }) => title.startsWith('Mỗi hồ sơ, bản nháp'))!.detail).toMatch(/và [1-9]\d* bản nháp/)
  })

  test('the plan is the one of the law', () => {
    const { steps } = planOf2025()
    const ended = new Set(steps.flatMap((step) => (step.kind === 'merge' ? step.from : step.kind === 'split' || step.kind === 'abolish' ? [step.unit] : [])))
    expect([...ended].filter((id) => /^th-old-\d{5}$/.test(id))).toHaveLength(547)
    expect([...ended].filter((id) => /^th-old-\d{3}$/.test(id))).toHaveLength(26)
    expect(steps.filter((step) => step.kind === 'create' && step.unit.level === 'xa')).toHaveLength(166)
    expect(ran.preview.totals).toMatchObject({ ending: 573, created: 166 })
  })

  test('its report stands by itself', () => {
    const report = ranReportOf(ran, new Date('2026-11-22T10:00:00+07:00'), { version: '9.9.9', command: 'npm run reorganise-2025 -- --dossiers 250' })
    const page = reportPage(report)
    expect(page).toContain('✓ Đạt')
    expect(page).toContain('Dự án Tỉnh Số chạy trên tỉnh minh họa lúc 10:00 22/11/2026, phiên bản 9.9.9')
    expect(page).not.toMatch(/<script|<link|src=/)
    expect(reportMarkdown(report)).toContain('| Không hồ sơ nào mất | ✓ |')
    expect(report.examples[0]!.text).toContain('không phải nộp lại gì')
  })
})
