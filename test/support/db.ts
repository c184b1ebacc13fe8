// A fresh, migrated database for a test file, gone with it; empty or with the whole demo province in it.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { type Database, openDatabase } from '#core/db/index.ts'
import { fixedClock } from '#core/clock.ts'
import { makeEnv } from '#main/env.ts'
import { DEFAULT_PACK, loadPack } from '#main/pack.ts'
import { seedDemo } from '#main/seed.ts'

export interface TestDatabase extends Database {
  readonly url: string
}

const EMPTY = 'tinhso'
const templateOf = (pack: string) => (pack === DEFAULT_PACK ? 'tinhso_province' : `tinhso_province_${pack.replaceAll('-', '_')}`)
const LOCK = 40_713

const urlOf = (database: string) => inject('postgresUrl').replace('/tinhso?', `/${database}?`)

async function admin<R>(work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function copy(template: string): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`
  await admin((client) => client.query(`create database ${name} template ${template}`))
  const url = urlOf(name)
  const database = openDatabase(url, { max: 10 })
  return {
    ...database,
    url,
    async close() {
      await database.close()
      await admin((client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

/** Copies the migrated template. Close it in `afterAll`; closing drops it. */
export const freshDatabase = (): Promise<TestDatabase> => copy(EMPTY)

/** Copies the loaded demo province of a pack, which the first to ask has loaded. */
export async function provinceDatabase(packId: string = DEFAULT_PACK): Promise<TestDatabase> {
  const [PROVINCE, pack] = [templateOf(packId), loadPack(packId)]
  await admin(async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const found = await client.query('select 1 from pg_database where datname = $1', [PROVINCE])
    if (found.rowCount) return
    await client.query('drop database if exists loading with (force)')
    await client.query(`create database loading template ${EMPTY}`)
    const database = openDatabase(urlOf('loading'))
    const clock = pack.demo ? fixedClock(`${pack.demo.begins}T08:00:00+07:00`) : undefined
    await seedDemo(systemCtx(makeEnv(database.db, { publicUrl: 'http://tinhso.test', dataDir: '/nonexistent', secret: 'test' }, clock, pack), 'seed'))
    await database.close()
    await client.query(`alter database loading rename to ${PROVINCE}`)
  })
  return copy(PROVINCE)
}
