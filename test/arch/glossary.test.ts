// The dictionary holds the code: every table, fact, state, role and effect is in it, and no word it rules out is used for a thing.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { page, readGlossary } from '../../bin/glossary.ts'
import { ROLES } from '#core/policy/actor.ts'
import { STATES } from '#modules/dossiers/index.ts'
import { EFFECTS, ROLES as STEP_ROLES } from '#modules/procedures/record.ts'
import { ITEM_STATES } from '#modules/work/schema.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const glossary = readGlossary()
const terms = glossary.terms.flatMap(({ of }) => of)
const codes = new Map(glossary.codes.map(({ title, of }) => [title, new Map(of.map((one) => [one.code, one.term]))]))

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path)).map((path) => `src/${path}`)

const NOT_CODE = /\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<![:'"`/\\])\/\/[^\n]*/g

/** Names with low lines in them are codes of the law and of the records, or columns, which db/types.ts holds. */
const isOurs = (name: string, path: string): boolean => path === 'db/types.ts' || !/^[a-z0-9]+(_[a-z0-9]+)+$|^[A-Z0-9_]+$/.test(name)

/** Words of an identifier, small: personalId → personal id. */
const words = (identifier: string): string => identifier.split(/[_$]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).join(' ').toLowerCase().trim()

function identifiers(): Map<string, string> {
  const found = new Map<string, string>()
  for (const path of [...sources, 'db/types.ts']) {
    for (const [name] of read(path).replace(NOT_CODE, "''").matchAll(/[A-Za-z_$][\w$]*/g)) if (isOurs(name, path) && !found.has(words(name))) found.set(words(name), path)
  }
  return found
}

describe('the glossary', () => {
  test('page is the one made of docs/glossary.yml', () => {
    expect(read('GLOSSARY.md')).toBe(page(glossary))
  })

  test('has every table of the database, and no other', () => {
    const tables = [...read('db/types.ts').split('export interface DB {')[1]!.matchAll(/"([a-z]+\.[a-z_]+)":/g)].map((match) => match[1])
    expect(tables.length).toBeGreaterThan(20)
    expect(terms.flatMap((one) => one.table ?? []).sort()).toEqual(tables.sort())
  })

  test('calls a table by its name', () => {
    const unlike = terms.filter((one) => one.table && words(one.id) !== one.table.split('.')[1]!.replaceAll('_', ' '))
    expect(unlike).toEqual([])
  })

  test('has every fact that a module declares, and no other', () => {
    const declared = sources.filter((path) => path.endsWith('/events.ts')).flatMap((path) => [...read(path).matchAll(/defineEvent\(\s*'([^']+)'/g)].map((match) => match[1]))
    expect(declared.length).toBeGreaterThan(20)
    expect(glossary.facts.map((one) => one.name).sort()).toEqual(declared.sort())
  })

  test('has the states, roles and effects with the words of the screen', () => {
    expect(Object.fromEntries(codes.get('States of a dossier')!)).toEqual(Object.fromEntries(Object.entries(STATES).map(([code, { label }]) => [code, label])))
    expect(Object.fromEntries(codes.get('States of an item')!)).toEqual(ITEM_STATES)
    expect(Object.fromEntries(codes.get('Roles')!)).toMatchObject(ROLES)
    expect([...codes.get('Roles')!.keys()].sort()).toEqual([...new Set([...Object.keys(ROLES), ...STEP_ROLES])].sort())
    expect([...codes.get('Effects of outcomes')!.keys()].sort()).toEqual([...EFFECTS].sort())
  })

  test('gives each term once, and each identifier once or for two tables', () => {
    expect(new Set(terms.map((one) => one.term)).size).toBe(terms.length)
    const twice = terms.filter((one, at) => terms.findIndex((other) => other.id === one.id && !other.table === !one.table) !== at && !one.table)
    expect(twice).toEqual([])
  })
})

describe('identifiers', () => {
  const used = identifiers()
  const all = [...used.keys()].map((name) => ` ${name} `)

  test('are looked at', () => {
    expect(used.size).toBeGreaterThan(1500)
    expect(words('receivedUnitId')).toBe('received unit id')
  })

  test('of the glossary are used in the code', () => {
    const unused = terms.filter((one) => !all.some((name) => name.includes(` ${words(one.id)} `) || name.includes(` ${words(one.id)}s `)))
    expect(unused.map((one) => one.id)).toEqual([])
  })

  test('do without the words that the glossary avoids', () => {
    const found = terms.flatMap((one) => one.avoid).flatMap((avoided) =>
      [...used].filter(([name]) => ` ${name} `.includes(` ${words(avoided)} `) || ` ${name} `.includes(` ${words(avoided)}s `)).map(([name, path]) => `${path}: ${name} (${avoided})`))
    expect(found).toEqual([])
  })

  test('have no accents', () => {
    const accented = sources.flatMap((path) => [...read(path).matchAll(/(?:const|let|function|interface|type|class)\s+([\w$]*[À-ỹ][\w$À-ỹ]*)/g)].map((match) => `${path}: ${match[1]}`))
    expect(accented).toEqual([])
  })
})
