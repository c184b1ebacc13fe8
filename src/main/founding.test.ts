// A data directory belongs to the pack that founded it: chosen once, refused in words when another is asked for, on a clock of its own time.

import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '#core/clock.ts'
import { enqueue } from '#core/jobs/index.ts'
import { inTransaction } from '#core/db/index.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { found, founded } from './founding.ts'
import { run } from './cli.ts'

const machine = fixedClock('2026-11-22T16:25:00+07:00')
const databases: TestDatabase[] = []
let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
  databases.push(database)
})
afterAll(() => Promise.all(databases.map((one) => one.close())))

describe('founding', () => {
  test('new data takes the pack asked for, else the present one; it is written once', async () => {
    expect((await founded(database.db, null, machine)).pack.id).toBe('hai-cap') // looking writes nothing
    const { pack, clock } = await found(database.db, 'ba-cap', { demo: true, machine })
    expect(pack.id).toBe('ba-cap')
    expect(clock.now().toISOString()).toBe('2025-05-05T09:25:00.000Z') // the pack's first day, the machine's time of day
    const later = await found(database.db, null, { demo: true, machine: fixedClock('2026-11-25T08:00:00+07:00') })
    expect([later.pack.id, later.clock.now().toISOString()]).toEqual(['ba-cap', '2025-05-08T01:00:00.000Z']) // goes on, as days go on
  })

  test('another pack is refused with a sentence that says what to do', async () => {
    await found(database.db, 'ba-cap', { demo: true, machine })
    await expect(found(database.db, 'hai-cap', { demo: true, machine })).rejects.toThrow(/đã lập với gói “ba-cap”.*không chuyển sang gói “hai-cap”.*DATA_DIR khác/)
    await expect(founded(database.db, 'bon-cap', machine)).rejects.toThrow(/Không có gói quy định “bon-cap”[\s\S]*hai-cap[\s\S]*ba-cap/)
  })

  test('data from before packs had names is of the present one', async () => {
    await database.pool.query("insert into org.unit (id, code, name, short_name, kind, level, path, valid_from, search) values ('th', 'H56', 'UBND tỉnh', 'UBND tỉnh', 'tinh', 'tinh', 'th', '2020-01-01', '')")
    await expect(found(database.db, 'ba-cap', { demo: true, machine })).rejects.toThrow(/đã lập với gói “hai-cap”/)
    expect((await found(database.db, null, { demo: true, machine })).pack.id).toBe('hai-cap')
  })

  test('a real province of another time keeps the true clock; two that found at once agree', async () => {
    const both = await Promise.all([found(database.db, 'ba-cap', { demo: false, machine }), found(database.db, 'ba-cap', { demo: false, machine })])
    expect(both.map(({ clock }) => clock.now().toISOString())).toEqual(Array(2).fill('2026-11-22T09:25:00.000Z'))
  })

  test('timed work wakes by the machine’s clock when the platform’s calls it its time', async () => {
    await found(database.db, 'ba-cap', { demo: true, machine })
    await inTransaction(database.db, (tx) => enqueue(tx, 'test', {}, { runAt: new Date('2025-05-06T08:00:00+07:00'), key: 'k' }))
    const { rows } = await database.pool.query("select run_at from graphile_worker.jobs where key = 'k'")
    expect(rows[0].run_at.toISOString()).toBe('2026-11-23T01:00:00.000Z')
  })
})

test('the command line names the packs when --pack has no name', async () => {
  await expect(run(['start', '--pack'])).rejects.toThrow(/Sau --pack cần tên một gói quy định: hai-cap, ba-cap/)
})
