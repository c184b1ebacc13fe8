// Makes a module that stands: its files with their opening sentences, a first table, act, fact and test, and its place in the order of calls.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const at = (...path: string[]) => join(root, ...path)

const USAGE = `Cách dùng: bin/new-module TÊN DANH_TỪ
  TÊN       tên mô-đun, số nhiều, chữ thường: feedback, tasks, meetings
  DANH_TỪ   thứ chính mà mô-đun giữ, số ít: report, task, meeting`

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1)

/** The files of module `name` about `noun`, by path; all of it is to be written over, and all of it passes bin/check as it stands. */
function files(name: string, noun: string, migration: string): Record<string, string> {
  const Noun = capital(noun)
  const folder = `src/modules/${name}`
  return {
    [`db/migrations/${migration}_${name}.sql`]: `-- What ${name} keeps: say here what a row is.
create schema ${name};

create table ${name}.${noun} (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  created_at timestamptz not null,
  created_by text not null
);
`,
    [`${folder}/README.md`]: `# ${name}

What it owns, in one sentence. States, facts out and in, the law behind it; one page at most.

- **Acts**: \`actions.ts\`. **Rules**: \`rules.ts\`. **Table**: \`${name}.${noun}\`.

Facts: \`${name}.${noun}_created\`. Law: name decree and article.
`,
    [`${folder}/index.ts`]: `// The face of ${name}: what others may call.

export { create${Noun}, Create${Noun}Input } from './actions.ts'
export { canCreate } from './rules.ts'
export type { ${Noun} } from './schema.ts'
export { list as list${Noun}s } from './store.ts'
`,
    [`${folder}/schema.ts`]: `// The shapes of ${name}.

export interface ${Noun} {
  readonly id: string
  readonly title: string
  readonly createdAt: Date
}
`,
    [`${folder}/rules.ts`]: `// What may be done in ${name}, and if not, why. Pure; the same answers serve buttons and actions.

import { denial, type Refusal } from '#core/errors.ts'
import type { Actor } from '#core/policy/actor.ts'

export function canCreate(actor: Actor): Refusal | null {
  if (actor.kind === 'officer') return null
  return denial('${name}.not_officer', 'Chỉ cán bộ mới làm được việc này; hãy đăng nhập bằng tài khoản cán bộ.')
}
`,
    [`${folder}/rules.test.ts`]: `// Who may do what in ${name}.

import { expect, test } from 'vitest'
import { anonymous, type Officer } from '#core/policy/actor.ts'
import { canCreate } from './rules.ts'

const officer: Officer = { kind: 'officer', id: 'cb-1', name: 'Lê Thị Bình', posts: [] }

test('officers may, strangers may not', () => {
  expect(canCreate(officer)).toBeNull()
  expect(canCreate(anonymous)).toMatchObject({ code: '${name}.not_officer', kind: 'forbidden' })
})
`,
    [`${folder}/events.ts`]: `// The facts of ${name}.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

export const created = defineEvent('${name}.${noun}_created', z.object({ title: z.string() }))
`,
    [`${folder}/store.ts`]: `// SQL of ${name}, on its own tables only.

import type { Reader, Tx } from '#core/db/index.ts'
import type { ${Noun} } from './schema.ts'

export async function insert(tx: Tx, row: { title: string; by: string; at: Date }): Promise<${Noun}> {
  const { id } = await tx.insertInto('${name}.${noun}').values({ title: row.title, created_by: row.by, created_at: row.at }).returning('id').executeTakeFirstOrThrow()
  return { id, title: row.title, createdAt: row.at }
}

export async function list(reader: Reader): Promise<${Noun}[]> {
  const rows = await reader.selectFrom('${name}.${noun}').select(['id', 'title', 'created_at']).orderBy('created_at', 'desc').limit(100).execute()
  return rows.map((row) => ({ id: row.id, title: row.title, createdAt: row.created_at }))
}
`,
    [`${folder}/actions.ts`]: `// The verbs of ${name}: permission, rule, store, event; one transaction.

import { z } from 'zod'
import { act } from '#core/act.ts'
import { orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import * as facts from './events.ts'
import { canCreate } from './rules.ts'
import type { ${Noun} } from './schema.ts'
import * as store from './store.ts'

export const Create${Noun}Input = z.object({ title: z.string().trim().min(1, 'Ghi tiêu đề.').max(300, 'Tiêu đề không dài quá 300 ký tự.') })

/** Creates a ${noun}. Throws Forbidden unless an officer asks, Invalid without a title. */
export const create${Noun} = act(Create${Noun}Input, async (ctx, tx, { title }): Promise<${Noun}> => {
  orThrow(canCreate(ctx.actor))
  const made = await store.insert(tx, { title, by: ctx.actor.kind === 'officer' ? ctx.actor.id : ctx.actor.kind, at: ctx.now })
  await emit(tx, ctx, facts.created, made.id, { title })
  return made
})
`,
  }
}

/** Puts `entry` at the end of a list in a file; the last module may call all others. */
function enlist(path: string, list: RegExp, entry: string): void {
  const before = readFileSync(at(path), 'utf8')
  const after = before.replace(list, (_whole, head: string, names: string, tail: string) => `${head}${names}${entry}${tail}`)
  if (after === before) throw new Error(`Không thấy danh sách mô-đun trong ${path}.`)
  writeFileSync(at(path), after)
}

function nextMigration(): string {
  const last = readdirSync(at('db/migrations')).filter((name) => /^\d{4}_/.test(name)).sort().at(-1) ?? '0000'
  return String(Number(last.slice(0, 4)) + 1).padStart(4, '0')
}

function main([name, noun]: readonly string[]): number {
  const good = /^[a-z]{3,20}$/
  if (!name || !noun || !good.test(name) || !good.test(noun) || name === noun) {
    console.error(USAGE)
    return 2
  }
  if (existsSync(at('src/modules', name))) {
    console.error(`Mô-đun ${name} đã có ở src/modules/${name}.`)
    return 1
  }
  for (const [path, text] of Object.entries(files(name, noun, nextMigration()))) {
    mkdirSync(join(at(path), '..'), { recursive: true })
    writeFileSync(at(path), text)
    console.log(`+ ${path}`)
  }
  enlist('src/main/modules.ts', /(MODULES = \[)([^\]]*)(\] as const)/, `, '${name}'`)
  enlist('test/arch/.dependency-cruiser.cjs', /(const ORDER = \[)([^\]]*)(\])/, `, '${name}'`)
  enlist('bin/db-types.ts', /('--include-pattern', '\()([^)]*)(\)\.\*')/, `|${name}`)
  console.log(`~ src/main/modules.ts, test/arch/.dependency-cruiser.cjs, bin/db-types.ts: ${name} đứng cuối, được gọi mọi mô-đun trước nó

Còn lại:
  1. Sửa bảng trong db/migrations, rồi  npm run db:types
  2. Ghi ${noun} và ${name}.${noun}_created vào docs/glossary.yml, rồi  node --import tsx bin/glossary.ts
  3. Phản ứng và việc nền của mô-đun: nối vào reactions, jobs của src/main/modules.ts
  4. bin/check`)
  return 0
}

process.exitCode = main(process.argv.slice(2))
