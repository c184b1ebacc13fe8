// Parts of units (rooms, centres, villages, police posts): which part of the heir stands for which, and parts made after the like of others. Pure.

import { isVillage, type Unit } from '#modules/org/index.ts'

/** A unit's label in its path. */
export const label = (id: string): string => id.replaceAll(/[^A-Za-z0-9_]/g, '_')

/** Strictly below. */
export const under = (path: string, above: string): boolean => path.startsWith(`${above}.`)

/** What a unit is a committee or office of: “phường Hạc Thành” of “Ủy ban nhân dân phường Hạc Thành”. */
export const placeName = (name: string): string => name.replace(/^(Ủy ban nhân dân|UBND)\s+/i, '')

/** The part of `target` that stands for `desk`, a part of `of`: of the same key, else the only one of its kind, else `target` itself. */
export function counterpart(desk: Unit, of: Unit, target: Unit, living: ReadonlyMap<string, Unit>, children: (id: string) => readonly Unit[]): Unit {
  if (desk.id === of.id) return target
  const above = desk.parentId && desk.parentId !== of.id ? living.get(desk.parentId) : undefined
  const host = above ? counterpart(above, of, target, living, children) : target
  for (const around of host.id === target.id ? [host] : [host, target]) {
    const beside = children(around.id).filter((one) => one.level === desk.level)
    const alike = desk.key ? beside.find((one) => one.key === desk.key) : undefined
    const ofKind = beside.filter((one) => one.kind === desk.kind)
    const found = alike ?? (ofKind.length === 1 && (!desk.key || !ofKind[0]!.key) ? ofKind[0] : undefined)
    if (found) return found
  }
  return target
}

const swapped = (text: string | null, from: string | null, to: string | null): string | null =>
  text !== null && from !== null && to !== null && text.startsWith(from) ? to + text.slice(from.length) : null

/** The identifier of a new part; null where nothing in the model's says which unit it is of. */
function identifierLike(part: Unit, model: Unit, unit: Unit): string | null {
  if (!part.identifier || !unit.identifier) return null
  const made = swapped(part.identifier, model.identifier, unit.identifier) ?? part.identifier.replace(model.code, unit.code)
  return made === part.identifier && model.code !== unit.code && model.identifier !== unit.identifier ? null : made
}

/** New parts for `unit`, one for each living part of `model` but its villages, with the part it is like; none for keys that the plan creates below the unit itself. */
export function likeParts(unit: Unit, model: Unit, units: readonly Unit[], drawn: readonly { readonly id: string; readonly parent: string; readonly key: string | null }[]): [Unit, Unit][] {
  const own = new Set(drawn.filter((one) => one.parent === unit.id && one.key).map((one) => one.key))
  const made = new Map<string, Unit>([[model.id, unit]])
  const found: [Unit, Unit][] = []
  const parts = units.filter((one) => (one.level === 'phong' || one.level === 'ngoai') && under(one.path, model.path) && !isVillage(one)).toSorted((a, b) => a.path.split('.').length - b.path.split('.').length || (a.id < b.id ? -1 : 1))
  for (const part of parts) {
    const parent = made.get(part.parentId ?? '')
    if (!parent || (part.key && own.has(part.key))) continue
    const tail = part.id.startsWith(`${model.id}-`) ? part.id.slice(model.id.length + 1) : `p${found.length + 1}`
    const id = `${unit.id}-${tail}`
    const rename = (text: string) => text.replace(placeName(model.name), placeName(unit.name))
    const one: Unit = {
      ...part, id, code: swapped(part.code, model.code, unit.code) ?? `${unit.code}.${tail.toUpperCase()}`, name: rename(part.name), shortName: rename(part.shortName), parentId: parent.id, path: `${parent.path}.${label(id)}`,
      validFrom: unit.validFrom, validTo: null, identifier: identifierLike(part, model, unit),
      qcvn: null, adminCode: null,
    }
    made.set(part.id, one)
    found.push([one, part])
  }
  return found
}
