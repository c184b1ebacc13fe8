// One embedded PostgreSQL for the whole test run, with a migrated template database to copy from.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#core/db/index.ts'
import { prepareDatabase } from '#main/boot.ts'
import { startPostgres } from '#main/postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'tinhso-test-'))
  chmodSync(folder, 0o755)
  const postgres = await startPostgres(folder)
  const template = openDatabase(postgres.url)
  await prepareDatabase(template.pool)
  await template.close()
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
