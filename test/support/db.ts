// A fresh, migrated database for a test file, gone with it.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '#core/db/index.ts'

export interface TestDatabase extends Database {
  readonly url: string
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace('/tinhso?', '/postgres?') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Copies the migrated template. Close it in `afterAll`; closing drops it. */
export async function freshDatabase(template = 'tinhso'): Promise<TestDatabase> {
  const base = inject('postgresUrl')
  const name = `t_${randomBytes(6).toString('hex')}`
  await admin(base, `create database ${name} template ${template}`)
  const url = base.replace('/tinhso?', `/${name}?`)
  const database = openDatabase(url, { max: 10 })
  return {
    ...database,
    url,
    async close() {
      await database.close()
      await admin(base, `drop database if exists ${name} with (force)`)
    },
  }
}
