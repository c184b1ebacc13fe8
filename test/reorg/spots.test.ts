// Every column of the database that names a unit is moved by a part of reorganisation, or stays for a reason said here.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reorgs } from '#main/modules.ts'
import { freshDatabase, type TestDatabase } from '../support/db.ts'

/** Columns that keep the unit they were written with, and why. */
const STAYS: Readonly<Record<string, string>> = {
  'appeals.appeal.from_unit_id': 'whose act it was: history',
  'core.event.unit_id': 'facts are append-only',
  'dossiers.dossier.registered_unit_id': 'whose register holds the number',
  'dossiers.dossier.promised_unit_id': 'by whose calendar the term was promised',
  'dossiers.handover.from_unit_id': 'a row of the control slip: append-only',
  'dossiers.handover.to_unit_id': 'a row of the control slip; the receiver is written when it is received',
  'dossiers.permit.unit_id': 'who consented: history',
  'dossiers.reason.unit_id': 'who gave the reason: history',
  'dossiers.supplement.unit_id': 'who asked: history',
  'payments.closing.unit_id': 'the drawer of a day; the heir settles it',
  'payments.payee.unit_id': 'an account goes over only to an heir without one (payments/reorg-part.ts)',
  'payments.receipt.unit_id': 'numbers of a unit, without gaps',
  'payments.transaction.unit_id': 'where the money came in: history',
  'reorg.seal.unit_id': 'the list of seals of a plan',
  'org.bearing.unit_id': 'which unit bears a code on which days: kept by triggers of org.unit and org.former',
  'org.former.unit_id': 'former names of a living unit',
  'org.post.unit_id': 'posts of ended units end; officers get others (org/reorg-staff.ts)',
  'org.rollout.unit_id': 'how far a unit had come with the platform: its own',
  'org.seat.unit_id': 'where an ended unit had its seat',
}

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('no column that names a unit is forgotten', async () => {
  const { rows } = await sql<{ column: string }>`select c.table_schema || '.' || c.table_name || '.' || c.column_name as column from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
    where c.column_name ~ '(^|_)unit_id$' and c.table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker') order by 1`.execute(database.db)
  const moved = new Set(reorgs.flatMap((part) => part.spots.map((spot) => `${spot.table}.${spot.unit}`)))
  expect(rows.length).toBeGreaterThan(25)
  expect(rows.map((row) => row.column).filter((column) => !moved.has(column) && !(column in STAYS))).toEqual([])
  expect(Object.keys(STAYS).filter((column) => moved.has(column))).toEqual([])
})

test('the conditions and columns of every spot are those of the database', async () => {
  for (const { spots } of reorgs) {
    for (const spot of spots) {
      const columns = [...spot.key, spot.unit, ...(spot.path ? [spot.path] : []), ...(spot.subject ? [spot.subject] : [])].map((column) => sql.ref(`t.${column}`))
      await sql`select ${sql.join(columns)} from ${sql.table(spot.table)} t where ${sql.raw(spot.open)} limit 1`.execute(database.db)
    }
  }
})
