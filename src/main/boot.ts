// Brings a database up to date: our migrations and the job queue's own.

import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { migrate } from '#core/db/migrate.ts'

export const projectRoot = join(import.meta.dirname, '..', '..')

/** Applies all missing migrations; safe to call at every start and from several servers at once. */
export async function prepareDatabase(pool: pg.Pool): Promise<string[]> {
  await runMigrations({ pgPool: pool })
  return migrate(pool, join(projectRoot, 'db', 'migrations'))
}
