// What becomes of an act when the database goes away in its middle: done once, or told as not done, never half.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { Conflict } from '#core/errors.ts'
import { nextNumber } from '#core/numbering.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { inTransaction, openDatabase } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const last = async (series: string) => (await database.pool.query('select last from core.counter where series = $1', [series])).rows[0]?.last as number | undefined

describe('inTransaction', () => {
  test('a connection lost before the commit: the body runs again, the work is there once', async () => {
    let tries = 0
    await inTransaction(database.db, async (tx) => {
      await nextNumber(tx, 'lost')
      if (++tries === 1) {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
        await database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
        await sql`select 1`.execute(tx)
      }
    })
    expect(tries).toBe(2)
    expect(await last('lost')).toBe(1)
  })

  test('a refusal is not tried again and leaves nothing', async () => {
    let tries = 0
    await expect(inTransaction(database.db, async (tx) => {
      tries++
      await nextNumber(tx, 'refused')
      throw new Conflict('x', 'không')
    })).rejects.toMatchObject({ code: 'x' })
    expect(tries).toBe(1)
    expect(await last('refused')).toBeUndefined()
  })

  test('two acts in each other’s way: both end well', async () => {
    const cross = (first: string, second: string) =>
      inTransaction(database.db, async (tx) => {
        await nextNumber(tx, first)
        await sql`select pg_sleep(0.1)`.execute(tx)
        await nextNumber(tx, second)
      })
    await Promise.all([cross('left', 'right'), cross('right', 'left')])
    expect([await last('left'), await last('right')]).toEqual([2, 2])
  })

  test('a database that stays away is told in words', async () => {
    const gone = openDatabase('postgresql://nobody@localhost/none?host=/nonexistent')
    await expect(inTransaction(gone.db, async (tx) => sql`select 1`.execute(tx), { attempts: 2 })).rejects.toMatchObject({ status: 503, system: 'database' })
    await gone.close()
  })
})
