// Generates db/types.ts from a freshly migrated database, or with --check says whether the committed file still tells the truth.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '../src/main/boot.ts'
import { startPostgres } from '../src/main/postgres.ts'
import { openDatabase } from '../src/core/db/index.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'db/types.ts')
const scratch = mkdtempSync(join(tmpdir(), 'tinhso-types-'))
execFileSync('chmod', ['755', scratch])
const postgres = await startPostgres(scratch)
try {
  const database = openDatabase(postgres.url)
  await prepareDatabase(database.pool)
  await database.close()
  const made = join(scratch, 'types.ts')
  const args = [join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'), '--dialect', 'postgres', '--url', postgres.url, '--out-file', made,
    '--exclude-pattern', '(graphile_worker|public).*', '--no-domains', '--log-level', 'error', '--date-parser', 'string', '--numeric-parser', 'number-or-string']
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  // bigint and numeric are parsed to numbers by core/db
  const text = readFileSync(made, 'utf8')
    .replace(/export type Int8 = .*;/, 'export type Int8 = ColumnType<number, number, number>;')
    .replace(/export type Numeric = .*;/, 'export type Numeric = ColumnType<number, number, number>;')
  if (process.argv.includes('--check')) {
    if (text !== readFileSync(target, 'utf8')) {
      console.error('db/types.ts không còn khớp với db/migrations. Chạy: npm run db:types')
      process.exitCode = 1
    }
  } else writeFileSync(target, text)
} finally {
  await postgres.stop()
  rmSync(scratch, { recursive: true, force: true })
}
