// Every fact that is told finds its words, with all values they name; and says to officers and citizens what is theirs.

import { describe, expect, test } from 'vitest'
import { loadMessages } from '#main/pack.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TOLD_FACTS } from './tellings.ts'

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')
const { templates } = loadMessages()
const text = read('tellings.ts')

describe('tellings', () => {
  test('name templates that are in the book', () => {
    const named = [...text.matchAll(/'((?:dossiers|office)\.[a-z_]+)'/g)].map((found) => found[1]!).filter((name) => !TOLD_FACTS.includes(name))
    for (const name of named) if (!/supplement_permitted/.test(name)) expect(templates.map((one) => one.key)).toContain(name)
  })

  test('hear facts that somebody declares', () => {
    const declared = ['../dossiers', '../work', '../appeals', '../payments'].flatMap((folder) => [...read(`${folder}/events.ts`).matchAll(/defineEvent\(\s*'([^']+)'/g)].map((found) => found[1]!))
    expect(TOLD_FACTS.filter((fact) => !declared.includes(fact))).toEqual([])
  })

  test('leave no template of a dossier without a fact, but for the digest', () => {
    const unused = templates.filter((one) => one.key.startsWith('dossiers.') && !text.includes(`'${one.key}'`)).map((one) => one.key)
    expect(unused).toEqual(['dossiers.digest'])
  })
})
