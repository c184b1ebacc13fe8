// Ministries as lists write them, and their identifiers of QĐ 20/2020/QĐ-TTg.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { plainOf } from './words.ts'

const file = z.object({ ministries: z.array(z.object({ id: z.string(), name: z.string() })) })

/** "Bộ Nông nghiệp và PTNT -> Bộ Nông nghiệp và Môi trường": the last name is today's; what stands in brackets is history. */
const nameOf = (name: string): string => name.split('->').at(-1)!.replaceAll(/\([^)]*\)/gu, '').trim()

const known = file.parse(JSON.parse(readFileSync(new URL('../../../packs/vn/org-codes.json', import.meta.url), 'utf8'))).ministries
  .map(({ id, name }) => ({ id, name: nameOf(name), merged: /merged|dissolved/.test(name) }))
  .filter((one) => !one.merged)

const key = (text: string): string => plainOf(text).replaceAll(/[^a-z0-9]+/g, ' ').trim()

/** Short forms that lists of the portal use. */
const SHORT: Readonly<Record<string, string>> = { 'bo nong nghiep mt': 'bo nong nghiep va moi truong', 'ngan hang nha nuoc': 'ngan hang nha nuoc viet nam', 'toa an nhan dan': 'toa an nhan dan' }

/** A ministry by any of its spellings; its own words back when nobody knows it. */
export function ministryOf(text: string): { id: string | null; name: string } {
  const asked = key(text)
  const wanted = SHORT[asked] ?? asked
  const found = known.find((one) => key(one.name) === wanted)
  return found ? { id: found.id, name: found.name } : { id: null, name: asked === 'toa an nhan dan' ? 'Tòa án nhân dân' : text }
}
