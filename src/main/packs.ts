// Which pack a province lives on: its law, units, forms and time, as data in packs/<id>/pack.json.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from './boot.ts'

export const packsRoot = join(projectRoot, 'packs')
export const DEFAULT_PACK = 'hai-cap'

const PARTS = [
  'units', 'successions', 'establishment', 'procedures', 'processes', 'divisions', 'oldCommunes', 'catalogs', 'holidays', 'forms', 'numbers', 'rules', 'competence', 'signIn', 'access',
  'payments', 'messages', 'online',
] as const
export type PackPart = (typeof PARTS)[number]

const packFile = z.strictObject({
  format: z.literal('tinhso.pack/1'),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  about: z.string().min(1),
  extends: z.string().nullable(),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
  home: z.string().regex(/^\d{2}$/),
  demo: z.strictObject({ begins: z.iso.date() }).nullable(),
  parts: z.partialRecord(z.enum(PARTS), z.union([z.string(), z.array(z.string()).min(1)]).nullable()),
})

export interface Pack {
  readonly id: string
  readonly title: string
  readonly about: string
  /** The days whose law and units it holds, both 'YYYY-MM-DD'; open to the end for the present. */
  readonly from: string
  readonly to: string | null
  /** Code of the home province among the divisions of its time. */
  readonly home: string
  /** The first day of its demo, when that is not today. */
  readonly demo: { readonly begins: string } | null
  /** Files below packs/, several laid over each other in order; what it does not name itself comes from the pack it extends. */
  readonly parts: Readonly<Partial<Record<PackPart, readonly string[]>>>
}

/** Every pack there is, by id. */
export const packIds = (): string[] =>
  readdirSync(packsRoot)
    .filter((name) => existsSync(join(packsRoot, name, 'pack.json')))
    .sort((a, b) => Number(b === DEFAULT_PACK) - Number(a === DEFAULT_PACK) || a.localeCompare(b))

const read = (id: string) => packFile.parse(JSON.parse(readFileSync(join(packsRoot, id, 'pack.json'), 'utf8')))

const listOf = (part: string | readonly string[] | null | undefined): readonly string[] => (part === null || part === undefined ? [] : typeof part === 'string' ? [part] : part)

/** One pack with all its parts. Throws with a Vietnamese sentence that lists the known ones when there is none of this name. */
export function loadPack(id: string = DEFAULT_PACK): Pack {
  const known = packIds()
  if (!known.includes(id)) {
    const list = known.map((one) => `  ${one.padEnd(10)} ${read(one).about}`).join('\n')
    throw new Error(`Không có gói quy định “${id}”. Chọn một trong các gói sau, ví dụ: npm start -- --pack ${known.at(-1)}\n${list}`)
  }
  const own = read(id)
  const below = own.extends === null ? null : loadPack(own.extends)
  const parts: Partial<Record<PackPart, readonly string[]>> = { ...below?.parts }
  for (const part of PARTS) if (own.parts[part] !== undefined) parts[part] = listOf(own.parts[part])
  return { id: own.id, title: own.title, about: own.about, from: own.from, to: own.to, home: own.home, demo: own.demo, parts }
}
