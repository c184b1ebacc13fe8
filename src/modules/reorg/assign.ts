// Which heir of a divided unit gets a dossier: its rules in order, over the one place the dossier is of. Pure.

import { fold } from '#core/text/index.ts'
import type { Unit } from '#modules/org/index.ts'
import type { Division } from './resolve.ts'

/** What decides where a dossier goes. */
export interface Case {
  readonly procedure: string
  readonly field: string | null
  readonly receivedUnitId: string
  readonly places: readonly { readonly codes: readonly string[]; readonly detail: string }[]
}

export interface Atlas {
  /** Other codes of the same commune. */
  readonly alike: (code: string) => readonly string[]
  /** The unit in charge of a commune after the plan, by any of its codes. */
  readonly commune: (code: string) => Unit | null
  /** The commune after the plan that a desk belongs to. */
  readonly communeOf: (unitId: string) => Unit | null
}

const worded = (text: string): string => ` ${fold(text).replaceAll(/[^a-z0-9]+/g, ' ').trim()} `

/** Where the dossier goes; null: it stays with the main heir, or with the unit that lives on. */
export function heirFor(division: Division, one: Case, atlas: Atlas): string | null {
  const grounds = division.rules.flatMap((rule) => (rule.by === 'place' ? [new Set(rule.places.flatMap((code) => [code, ...atlas.alike(code)]))] : []))
  const covered = one.places.filter((place) => grounds.length === 0 || place.codes.some((code) => grounds.some((ground) => ground.has(code))))
  // of several addresses the first that lies on the divided ground says where the dossier belongs
  const place = covered[0] ?? one.places[0]
  let nth = 0
  for (const rule of division.rules) {
    if (rule.by === 'field') {
      if (one.field !== null && rule.fields.includes(one.field)) return rule.to
    } else if (rule.by === 'procedure') {
      if (rule.procedures.includes(one.procedure)) return rule.to
    } else if (rule.by === 'place') {
      const ground = grounds[nth++]!
      if (!place?.codes.some((code) => ground.has(code))) continue
      if (rule.villages.length === 0) return rule.to
      const said = worded(place.detail)
      if (rule.villages.some((village) => said.includes(worded(village)))) return rule.to
    } else {
      const commune = place?.codes.map(atlas.commune).find((unit) => unit !== null) ?? atlas.communeOf(one.receivedUnitId)
      if (commune && commune.id !== division.unit.id) return commune.id
    }
  }
  return null
}

/** Communes as they are before and will be after a plan. */
export function atlasOf(units: readonly Unit[], created: readonly Unit[], heir: ReadonlyMap<string, Unit>): Atlas {
  const bearers = new Map<string, Unit>()
  const byId = new Map([...units, ...created].map((unit) => [unit.id, unit]))
  const codes = (unit: Unit) => [unit.code, unit.adminCode, unit.identifier, unit.qcvn].filter((code): code is string => code !== null)
  // a code that an ended unit bore until now and a new one bears from now on means the new one
  for (const unit of [...units, ...created]) if (unit.level === 'xa') for (const code of codes(unit)) bearers.set(code, unit)
  const after = (unit: Unit | undefined): Unit | null => (unit ? (heir.get(unit.id) ?? unit) : null)
  const communeOf = (id: string): Unit | null => {
    for (let unit = byId.get(id); unit; unit = unit.parentId ? byId.get(unit.parentId) : undefined) if (unit.level === 'xa') return after(unit)
    return null
  }
  return { alike: (code) => (bearers.has(code) ? codes(bearers.get(code)!) : []), commune: (code) => after(bearers.get(code)), communeOf }
}
