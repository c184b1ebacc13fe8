// Villages (thôn, bản, tổ dân phố …) below communes: no agencies and no desks, only ground, people and a head. Pure.

import { fold } from '#core/text/index.ts'
import type { Unit } from './schema.ts'

/** Kind of the unit of a village, whatever it calls itself. */
export const VILLAGE = 'thon'
/** The post of its head. */
export const VILLAGE_HEAD = 'truong_thon'

/** One village; not the desk of a commune that all its villages share, which records name by a key. */
export const isVillage = (unit: Pick<Unit, 'kind' | 'level' | 'key'>): boolean => unit.level === 'phong' && unit.kind === VILLAGE && unit.key === null

const KIND = /^(?:thon|ban|to dan pho|khu pho|lang|xom|tdp|khu|to)(?=\s|$)/u
const plain = (name: string): string => fold(name).replaceAll(/[^a-z0-9]+/g, ' ').trim()
const bare = (name: string): string => plain(name).replace(KIND, '').trim()

/** The name in full: what bears no kind is a thôn. */
export const villageName = (name: string): string => (/^(?:thôn|bản|tổ dân phố|khu phố|làng|xóm|tdp)(?=\s|$)/iu.test(name) ? name : `Thôn ${name}`)

/** Whether two ways of writing mean one village: the same words, or the same name where one of them leaves the kind out. */
export function sameVillage(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)]
  return a === b || (bare(one) !== '' && bare(one) === bare(other) && (a === bare(one) || b === bare(other)))
}

/** What its head is called. */
export const headTitle = (name: string): string => (/^(tổ|khu|tdp)/iu.test(name) ? 'Tổ trưởng tổ dân phố' : 'Trưởng thôn')
