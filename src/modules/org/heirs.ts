// The line of heirs of a unit: the main one of each, or where a division has rules and enough is said, the one that the rules name.

import type { Reader } from '#core/db/index.ts'
import { codesOf } from './codes.ts'
import { formersOf } from './former.ts'
import type { Resolution, Unit } from './schema.ts'
import { type Atlas, heirFor, rulesOf, type SplitRule, villagesIn } from './split.ts'
import * as store from './store.ts'

/** What is known of a matter beside the code of its unit. */
export interface Said {
  /** The address in words, as far as it is known; the village in it decides. */
  readonly words?: string
  /** The commune, by any code, where the unit asked for is not one. */
  readonly commune?: string
  readonly field?: string
  readonly procedure?: string
}

export interface HeirRow {
  readonly unit: Unit
  readonly partial: boolean
  readonly main: boolean
  readonly on: string
  readonly rules: unknown
}

const codesEver = async (reader: Reader, unit: Unit): Promise<string[]> => [...new Set([unit, ...(await formersOf(reader, unit.id))].flatMap(codesOf))]

/** A commune named by a code: all its codes, and who is in charge of its ground today. */
async function communeSaid(reader: Reader, code: string): Promise<{ codes: string[]; live: Unit | null }> {
  const [unit] = await store.byCode(reader, code)
  if (!unit) return { codes: [code], live: null }
  const live = (await lineOf(reader, unit))?.live ?? null
  return { codes: await codesEver(reader, unit), live: live?.level === 'xa' ? live : null }
}

/** Only what names ground of its own leads away from a unit that lives on. */
const cutOff = (rule: SplitRule): boolean => rule.by === 'place' && rule.villages.length > 0

/** Who is in charge today of what a unit had. Null when the line of heirs leads nowhere. */
export async function lineOf(reader: Reader, start: Unit, said?: Said): Promise<Omit<Resolution, 'asked'> | null> {
  const commune = said?.commune ? await communeSaid(reader, said.commune) : null
  const codes: string[] = []
  const seen = new Set<string>()
  let first: readonly HeirRow[] | null = null
  let villages: readonly string[] = []
  for (let unit = start; !seen.has(unit.id);) {
    seen.add(unit.id)
    const lives = unit.validTo === null
    if (lives && !said) return { live: unit, successors: first ?? [], villages }
    const next = await store.successors(reader, unit.id)
    first ??= lives ? [] : next
    const all = rulesOf(next.map((row) => row.rules))
    const rules = lives ? all.filter(cutOff) : all
    if (villages.length === 0 && !lives) villages = villagesIn(rules)
    let target: string | null = null
    if (said && rules.length > 0) {
      codes.push(...(await codesEver(reader, unit)))
      const places = [...(commune ? [{ codes: commune.codes, detail: said.words ?? '' }] : []), { codes, detail: said.words ?? '' }]
      const atlas: Atlas = { alike: () => [], commune: (code) => (commune?.codes.includes(code) ? commune.live : null), communeOf: () => null }
      target = heirFor({ unit, rules }, { procedure: said.procedure ?? '', field: said.field ?? null, receivedUnitId: '', places }, atlas)
    }
    const named = target === null ? undefined : next.find((row) => row.unit.id === target)?.unit
    if (lives) {
      if (!named) return { live: unit, successors: first, villages }
      unit = named
      continue
    }
    const onward = named ?? next.find((row) => row.main)?.unit ?? next[0]?.unit
    if (!onward) return null
    unit = onward
  }
  return null
}
