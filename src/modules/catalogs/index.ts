// The face of catalogues: the code tables that forms name, kept as data of the pack.

import type { CatalogEntry, Catalogs } from '#core/form/types.ts'
import { compareVi } from '#core/text/index.ts'
import { makeOldPlaces, type OldCommunes } from './old-places.ts'

export type { OldCommunes } from './old-places.ts'

export interface Divisions {
  readonly provinces: readonly { readonly code: string; readonly fullName: string }[]
  readonly communes: readonly { readonly code: string; readonly fullName: string; readonly province: string }[]
}

export type CodeTables = Readonly<Record<string, unknown>>

const entries = (table: unknown): CatalogEntry[] =>
  Array.isArray(table) ? table.map((row: CatalogEntry) => ({ code: row.code, name: row.name })) : []

const sorted = (list: readonly CatalogEntry[]): CatalogEntry[] => [...list].sort((a, b) => compareVi(a.name, b.name))

/** Builds the look-up once; `home` is the province whose communes come when no province is asked for. */
export function makeCatalogs(divisions: Divisions, tables: CodeTables, home: string, old?: OldCommunes): Catalogs {
  const lists = new Map<string, readonly CatalogEntry[]>()
  for (const [name, table] of Object.entries(tables)) if (Array.isArray(table)) lists.set(name, entries(table))
  lists.set('tinh', sorted(divisions.provinces.map((one) => ({ code: one.code, name: one.fullName }))))
  const communes = new Map<string, CatalogEntry[]>()
  for (const one of divisions.communes) {
    const list = communes.get(one.province) ?? []
    list.push({ code: one.code, name: one.fullName })
    communes.set(one.province, list)
  }
  for (const [province, list] of communes) communes.set(province, sorted(list))
  const names = new Map([...lists].map(([name, list]) => [name, new Map(list.map((one) => [one.code, one.name]))] as const))
  names.set('xa', new Map(divisions.communes.map((one) => [one.code, one.fullName])))
  return {
    list: (catalog, parent) => (catalog === 'xa' ? (communes.get(parent ?? home) ?? []) : (lists.get(catalog) ?? [])),
    name: (catalog, code) => names.get(catalog)?.get(code) ?? null,
    ...(old && { oldPlaces: makeOldPlaces(old, divisions, home) }),
  }
}
