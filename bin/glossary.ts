// Makes GLOSSARY.md of docs/glossary.yml, or with --check says whether the committed page still tells the same.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const source = join(root, 'docs/glossary.yml')
const target = join(root, 'GLOSSARY.md')

const text = z.string().min(1)
const term = z.strictObject({
  term: text, id: z.string().regex(/^[a-z][A-Za-z]*$/), means: text, table: z.string().regex(/^[a-z]+\.[a-z_]+$/).optional(), law: text.optional(), avoid: z.array(text).default([]),
})
const code = z.strictObject({ code: text, term: text, means: text })
const fact = z.strictObject({ name: z.string().regex(/^[a-z]+\.[a-z_]+$/), term: text, means: text })
const schema = z.strictObject({
  terms: z.array(z.strictObject({ title: text, of: z.array(term) })),
  codes: z.array(z.strictObject({ title: text, in: text, of: z.array(code) })),
  facts: z.array(fact),
})

export type Glossary = z.infer<typeof schema>

/** The dictionary. Throws with the place when the file does not have its shape. */
export function readGlossary(): Glossary {
  const found = schema.safeParse(parse(readFileSync(source, 'utf8')))
  if (found.success) return found.data
  throw new Error(`docs/glossary.yml: ${found.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`)
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [row(heads), row(heads.map(() => '---')), ...rows.map(row)]
const ticked = (word: string): string => `\`${word}\``

/** The page as it should stand in GLOSSARY.md. */
export function page(glossary: Glossary): string {
  return `${[
    '# Glossary',
    '',
    'Made of [docs/glossary.yml](docs/glossary.yml) by `bin/glossary.ts`; change that file and run `node --import tsx bin/glossary.ts`.',
    'One Vietnamese term, one English identifier. On the screen stands the first column, in the code the second.',
    ...glossary.terms.flatMap(({ title, of }) => [
      '', `## ${title}`, '',
      ...table(['term', 'in the code', 'table', 'meaning', 'law, source', 'not'], of.map((one) => [
        one.term, ticked(one.id), one.table ? ticked(one.table) : '', one.means, one.law ?? '', one.avoid.map(ticked).join(' '),
      ])),
    ]),
    ...glossary.codes.flatMap(({ title, in: place, of }) => ['', `## ${title}`, '', `${place}.`, '', ...table(['code', 'on the screen', 'meaning'], of.map((one) => [ticked(one.code), one.term, one.means]))]),
    '', '## Facts', '',
    'Names of events: module, then what happened, past tense. Each is declared in the `events.ts` of its module.', '',
    ...table(['event', 'term', 'meaning'], glossary.facts.map((one) => [ticked(one.name), one.term, one.means])),
  ].join('\n')}\n`
}

if (process.argv[1] === import.meta.filename) {
  const made = page(readGlossary())
  if (!process.argv.includes('--check')) writeFileSync(target, made)
  else if (!existsSync(target) || readFileSync(target, 'utf8') !== made) {
    console.error('GLOSSARY.md không còn khớp với docs/glossary.yml. Chạy: node --import tsx bin/glossary.ts')
    process.exitCode = 1
  }
}
