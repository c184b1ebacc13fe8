// A small day of the simulated month: everything it did agrees, and a book that was tampered with does not.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '#core/db/index.ts'
import { makeCtx } from '#core/ctx.ts'
import { makeEnv } from '#main/env.ts'
import { projectRoot } from '#main/boot.ts'
import { startPostgres } from '#main/postgres.ts'
import { simulate } from '#main/simulate/index.ts'
import { openTown } from '#main/simulate/town.ts'
import { reconcile } from '#modules/reconcile/index.ts'

const DATA = join('tmp', 'mo-phong-thu')
afterAll(() => rmSync(join(projectRoot, DATA), { recursive: true, force: true }))

test('two days of three centres come to the same along every way; an altered row is named', { timeout: 180_000 }, async () => {
  const said: string[] = []
  expect(await simulate(['--days', '2', '--rate', '0.7', '--communes', '2', '--seed', 'thu', '--data', DATA], (line) => said.push(line)), said.join('\n')).toBe(0)
  const text = said.join('\n')
  expect(text).toContain('Mọi con số khớp.')
  expect(Number(/([\d.]+) hồ sơ đã nộp \(/.exec(text)![1])).toBeGreaterThan(5)

  const postgres = await startPostgres(join(projectRoot, DATA))
  const { db, close } = openDatabase(postgres.url)
  try {
    const env = makeEnv(db, { publicUrl: 'http://mo-phong.invalid', dataDir: join(projectRoot, DATA), secret: 'thu'.padEnd(32, '.') })
    const inspector = (await (await openTown(env, 'thu', 2)).officer('th', 'giam_sat'))!
    const period = { from: '2026-12-01', to: '2026-12-31' }
    const { rows: [victim] } = await sql<{ code: string }>`
      update dossiers.dossier set accepted_at = null where id = (select id from dossiers.dossier where accepted_at is not null order by code limit 1) returning code`.execute(db)
    await sql`update payments.receipt set amount_vnd = amount_vnd + 1 where id = (select id from payments.receipt order by number limit 1)`.execute(db)
    const found = await reconcile(makeCtx(env, inspector.actor), period)
    expect(found.ok).toBe(false)
    expect(found.checks.find((check) => check.key === 'accepted')!.differing).toEqual([victim!.code])
    expect(found.checks.find((check) => check.key === 'receipts')!.ok).toBe(false)
    expect(found.checks.find((check) => check.key === 'submitted')!.ok).toBe(true)
  } finally {
    await close()
    await postgres.stop()
  }
})
