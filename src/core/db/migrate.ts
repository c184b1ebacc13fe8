// Brings a database to the schema of this code: the numbered SQL files, each once, in one transaction, in order.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

const LOCK = 7_381_186

export interface Migration {
  readonly name: string
  readonly sql: string
  readonly digest: string
}

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, digest: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Applies what is missing and returns the names applied. Throws when an applied file was changed afterwards. Safe to run from several servers at once. */
export async function migrate(pool: pg.Pool, folder: string): Promise<string[]> {
  const client = await pool.connect()
  const applied: string[] = []
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('create schema if not exists core')
    await client.query(`create table if not exists core.migration (
      name text primary key, digest text not null, applied_at timestamptz not null default now())`)
    const known = new Map(
      (await client.query<{ name: string; digest: string }>('select name, digest from core.migration')).rows.map((row) => [row.name, row.digest]),
    )
    for (const migration of readMigrations(folder)) {
      const before = known.get(migration.name)
      if (before === migration.digest) continue
      if (before) throw new Error(`Tệp ${migration.name} đã chạy rồi mà nội dung bị đổi; hãy viết một tệp mới thay vì sửa tệp cũ.`)
      await client.query('begin')
      try {
        await client.query(migration.sql)
        await client.query('insert into core.migration (name, digest) values ($1, $2)', [migration.name, migration.digest])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`${migration.name}: ${(error as Error).message}`, { cause: error })
      }
      applied.push(migration.name)
    }
    return applied
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {})
    client.release()
  }
}
