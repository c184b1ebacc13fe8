// Communes before and after a plan, by every code they bear: the map over which rules of a division are read (org/split.ts). Pure.

import type { Atlas, Unit } from '#modules/org/index.ts'

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
