// The walls of the house: who may import whom, whose tables a module may name, and that only the clock reads the clock.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MODULES } from '#main/modules.ts'

const root = join(import.meta.dirname, '..', '..')

function files(folder: string, found: string[] = []): string[] {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) files(path, found)
    else if (/\.tsx?$/.test(entry.name)) found.push(path)
  }
  return found
}

const isProduct = (path: string) => !/\.test\.tsx?$|\/testing\.ts$|\/testing\//.test(path)
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const product = files('src').filter(isProduct)

interface Cruise {
  readonly summary: { readonly totalCruised: number; readonly violations: { rule: { name: string }; from: string; to: string }[] }
}

describe('imports', () => {
  test('keep to the walls', () => {
    const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
    let output: string
    try {
      output = execFileSync(process.execPath, [bin, '--config', 'test/arch/.dependency-cruiser.cjs', '--output-type', 'json', 'src'], { cwd: root, encoding: 'utf8', maxBuffer: 200e6 })
    } catch (error) {
      output = (error as { stdout: string }).stdout
    }
    const { summary } = JSON.parse(output) as Cruise
    expect(summary.totalCruised).toBeGreaterThan(100)
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  }, 60_000)

  test('the order of modules is the one the walls are built on', () => {
    expect(text('test/arch/.dependency-cruiser.cjs')).toContain(`const ORDER = [${MODULES.map((name) => `'${name}'`).join(', ')}]`)
    expect(readdirSync(join(root, 'src/modules')).sort()).toEqual([...MODULES].sort())
  })
})

describe("a module's SQL", () => {
  const schemas = ['core', 'graphile_worker', ...MODULES]
  test.each(MODULES.map((name) => [name]))('of %s names only its own tables', (name) => {
    const foreign = schemas.filter((schema) => schema !== name && schema !== 'graphile_worker' && schema !== 'core').join('|')
    const named = new RegExp(`(?:from|join|into|update|table|selectFrom\\('|insertInto\\('|updateTable\\('|deleteFrom\\('|Join\\(')\\s*(?:only\\s+)?(${foreign})\\.[a-z_]+`, 'gi')
    const found = product.filter((path) => path.startsWith(`src/modules/${name}/`)).flatMap((path) => [...text(path).matchAll(named)].map((match) => `${path}: ${match[0]}`))
    expect(found).toEqual([])
  })

  test('web, ui, client and twins have none', () => {
    const sql = /selectFrom\(|insertInto\(|updateTable\(|deleteFrom\(/
    const found = product.filter((path) => /^src\/(web|ui|client|twins)\//.test(path) && sql.test(text(path)))
    expect(found).toEqual([])
  })
})

describe('files', () => {
  test('only the clock reads the clock', () => {
    const allowed = ['src/core/clock.ts']
    const reads = /\bDate\.now\(\)|\bnew Date\(\)/
    const found = product.filter((path) => !allowed.includes(path) && !path.startsWith('src/client/') && reads.test(text(path)))
    expect(found).toEqual([])
  })

  test('are no longer than a room', () => {
    const long = product.map((path) => [path, text(path).split('\n').length] as const).filter(([, lines]) => lines > 400)
    expect(long).toEqual([])
  })

  test('open with a sentence on why they exist', () => {
    const silent = product.filter((path) => !/^(#!.*\n)?(\/\/|\/\*\*)/.test(text(path)))
    expect(silent).toEqual([])
  })

  test('are not named after nothing', () => {
    const empty = product.filter((path) => /\/(utils?|helpers?|common|manager|misc)\.tsx?$/.test(path))
    expect(empty).toEqual([])
  })

  test('no enums, no parameter properties, no any', () => {
    const code = (path: string) => text(path).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    const found = product.filter((path) => !path.endsWith('.d.ts') && /^\s*(export )?(const )?enum |: any\b|as any\b/m.test(code(path)))
    expect(found).toEqual([])
  })

  test('every module says what it is and shows one face', () => {
    for (const name of MODULES) {
      expect(existsSync(join(root, 'src/modules', name, 'README.md')), `${name}/README.md`).toBe(true)
      expect(existsSync(join(root, 'src/modules', name, 'index.ts')), `${name}/index.ts`).toBe(true)
    }
  })
})
