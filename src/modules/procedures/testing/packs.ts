// What tests of this module read from the packs: records, calendar, catalogues. Real data, so that a test fails when a pack goes wrong.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CatalogEntry, Catalogs } from '#core/form/types.ts'
import type { Calendar, CalendarDay } from '#core/workdays/index.ts'
import { type ProcedureRecord, procedureRecord } from '../record.ts'

const root = join(import.meta.dirname, '../../../..')
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))

export const recordDirectory = join(root, 'packs/thanh-hoa/procedures')

/** Texts of the record files of the demo province by code. */
export const recordTexts: ReadonlyMap<string, string> = new Map(
  readdirSync(recordDirectory)
    .filter((name) => /^\d\.\d{6}\.json$/.test(name))
    .sort()
    .map((name) => [name.replace('.json', ''), readFileSync(join(recordDirectory, name), 'utf8')]),
)

export const records: readonly ProcedureRecord[] = [...recordTexts.values()].map((text) => procedureRecord.parse(JSON.parse(text)))

/** A fresh copy that a test may spoil. */
export const recordJson = (code: string): any => JSON.parse(recordTexts.get(code)!)

/** The record format as JSON Schema. */
export const schemaJson = (): any => read('packs/thanh-hoa/procedures/schema.json')

/** Records of our own invention, for what the twenty real ones do not have. */
export const inventedJson = (name: string): any => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))

export const calendar: Calendar = { days: (read('packs/vn/holidays.json') as { days: CalendarDay[] }).days, hours: [] }

export const deps = { calendar, catalogs: packCatalogs() }

/** Catalogues out of packs/vn; one that nobody keeps has no entries. */
function packCatalogs(): Catalogs {
  const stored = read('packs/vn/catalogs.json') as Record<string, CatalogEntry[]>
  const { provinces, communes } = read('packs/vn/divisions.json') as { provinces: Division[]; communes: Division[] }
  const lists: Record<string, readonly CatalogEntry[]> = { ...stored, tinh: provinces.map(named), xa: communes.map(named) }
  const within = Map.groupBy(communes, (commune) => commune.province)
  const names = new Map(
    Object.entries(lists)
      .filter(([, list]) => Array.isArray(list))
      .map(([key, list]) => [key, new Map(list.map((one) => [one.code, one.name]))]),
  )
  return {
    list: (catalog, parent) =>
      catalog === 'xa' && parent ? (within.get(parent) ?? []).map(named) : names.has(catalog) ? lists[catalog]! : [],
    name: (catalog, code) => names.get(catalog)?.get(code) ?? null,
  }
}

interface Division extends CatalogEntry {
  readonly fullName: string
  readonly province?: string
}

function named({ code, fullName }: Division): CatalogEntry {
  return { code, name: fullName }
}
