// Every unit and every catalogue that a procedure record names is in the packs. Needs ../shared; without it there is nothing to compare.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { UnitsFile } from '#packs/thanh-hoa/types.ts'
import unitsJson from '#packs/thanh-hoa/units.json' with { type: 'json' }
import catalogs from '#packs/vn/catalogs.json' with { type: 'json' }
import divisions from '#packs/vn/divisions.json' with { type: 'json' }

const SHARED = join(import.meta.dirname, '../../../shared/procedures')
const { units } = unitsJson as unknown as UnitsFile
const live = units.filter(({ validTo }) => validTo === null)

interface Record_ {
  code: string
  competence: { department?: string }
  steps: { unit?: string }[]
  cases: { form: Record<string, unknown>; expect: { valid?: boolean } }[]
}
const records = (): Record_[] =>
  readdirSync(SHARED)
    .filter((file) => /^\d.*\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(join(SHARED, file), 'utf8')) as Record_)

/** All values found under a property name, anywhere. */
function under(value: unknown, name: string, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const one of value) under(one, name, found)
  else if (value !== null && typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      if (key === name && typeof one === 'string') found.add(one)
      under(one, name, found)
    }
  }
  return found
}

describe.skipIf(!existsSync(SHARED))('keys of the procedure records (../shared)', () => {
  it('each department and step unit is one unit of the province, or one in every commune', () => {
    const keys = new Set(
      records()
        .flatMap(({ competence, steps }) => [competence.department, ...steps.map(({ unit }) => unit)])
        .filter((key) => key !== undefined && key !== 'noi_nop' && key !== 'tham_quyen' && !key.includes('.')),
    )
    expect(keys.size).toBeGreaterThan(15)
    for (const key of keys as Set<string>) {
      const named = live.filter((unit) => unit.key === key || unit.aliases.includes(key))
      const communes = new Set(named.map(({ parent }) => parent))
      expect(named.length === 1 || (named.length === 166 && communes.size === 166), key).toBe(true)
    }
  })

  it('each commune code in a golden case is a commune, and each catalogue exists', () => {
    const all = records()
    const communes = new Set(divisions.communes.map(({ code }) => code))
    for (const code of under(all, 'commune')) expect(communes.has(code), code).toBe(true)
    const known = new Set([...Object.keys(catalogs), 'tinh', 'xa'])
    for (const name of under(all, 'catalog')) expect(known.has(name), name).toBe(true)
  })

  it('each business line, bank and ethnic group in a golden case is in its catalogue', () => {
    const forms = records().flatMap(({ cases }) => cases.filter((one) => one.expect.valid !== false).map(({ form }) => form))
    const lines = new Set(catalogs.nganh_nghe.map(({ code }) => code))
    for (const code of [
      ...under(forms, 'line_code'),
      ...under(
        forms.map(({ business_lines }) => business_lines),
        'code',
      ),
    ]) {
      expect(lines.has(code), code).toBe(true)
    }
    const banks = new Set(catalogs.ngan_hang.flatMap(({ code, name, aliases }) => [code, name, ...aliases]))
    for (const name of under(forms, 'bank_name')) expect(banks.has(name), name).toBe(true)
    const groups = new Set(catalogs.dan_toc.map(({ code }) => code))
    for (const form of forms) {
      for (const [key, value] of Object.entries(form))
        if (key.endsWith('_ethnicity') && value) expect(groups.has(String(value)), key).toBe(true)
    }
  })
})
