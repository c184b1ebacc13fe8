// What of a model's text says where it was filed, word by word, and the same words of any other commune with its district. Pure.

import { calledName, type ProvinceSeed, type UnitSeed } from '#modules/org/index.ts'
import type { PayeeSeed } from '../../../packs/thanh-hoa/payees.ts'

export interface Where {
  readonly commune: string
  readonly district: string | null
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
const label = (id: string): string => id.replaceAll(/[^A-Za-z0-9_]/g, '_')

export interface Gazetteer {
  /** The words of a place in a fixed order; a word that a place has not is the base's own, so that nothing is lost. */
  words(where: Where): readonly string[]
  /** Communes that have every part the base has, each with its district. */
  readonly places: readonly Where[]
}

/** Reads the seed of a province so that a dossier filed at `base` can be told as one of any other commune. */
export function gazetteer(seed: ProvinceSeed, payees: readonly PayeeSeed[], base: Where): Gazetteer {
  const byId = new Map(seed.units.map((unit) => [unit.id, unit]))
  const children = Map.groupBy(seed.units.filter((unit) => !unit.validTo), (unit) => unit.parent ?? '')
  const accounts = new Map(payees.map((payee) => [payee.unitId, payee]))
  const officers = new Map(seed.officers.map((one) => [one.id, one.fullName]))
  const suffixes = (root: string): string[] => (children.get(root) ?? []).filter(({ level }) => level !== 'xa').map(({ id }) => id.slice(root.length))
  const [ofCommune, ofDistrict] = [['', ...suffixes(base.commune)], base.district ? ['', ...suffixes(base.district)] : []]
  const staff = (unit: UnitSeed): string[] => [...officers.keys()].filter((id) => id.endsWith(`.${unit.code.toLowerCase()}`)).sort()
  const crew = [base.commune, ...(base.district ? [base.district] : [])].flatMap((root) => [root, ...(children.get(root) ?? []).filter(({ level }) => level !== 'xa').map(({ id }) => id)]).map((id) => ({ unit: byId.get(id)!, staff: staff(byId.get(id)!) }))

  function named(unit: UnitSeed | undefined, fallback: UnitSeed): string[] {
    const one = unit ?? fallback
    const code = one.code
    const account = accounts.get(one.id) ?? accounts.get(fallback.id)
    return [
      `"${one.identifier}"`, `"${one.qcvn}"`, `"${code}"`, `.${code.toLowerCase()}"`, `"${code}.`, one.name, calledName(one), capital(calledName(one)), `"${one.adminCode}"`, account ? account.account : `∅${fallback.id}`,
    ].map((word, n) => (word.includes('null') || word === '' ? `∅${fallback.id}/${n}` : word))
  }

  function root(now: string, then: string): string[] {
    return [`${now}"`, `${now}-`, `${now}/`, `${label(now)}"`, `${label(now)}.`, `${label(now)}_`].map((word, n) => (now === '' ? `∅${then}${n}` : word))
  }

  const words = (where: Where): string[] => [
    ...root(where.commune, base.commune), ...(base.district ? root(where.district ?? base.district, base.district) : []),
    ...ofCommune.flatMap((suffix) => named(byId.get(where.commune + suffix), byId.get(base.commune + suffix)!)),
    ...ofDistrict.flatMap((suffix) => named(byId.get((where.district ?? '') + suffix), byId.get(base.district! + suffix)!)),
    ...crew.flatMap(({ unit, staff: own }) => {
      const [from, to] = unit.id.startsWith(base.commune) ? [base.commune, where.commune] : [base.district!, where.district ?? base.district!]
      const there = byId.get(to + unit.id.slice(from.length)) ?? unit
      return own.map((id) => officers.get(id.slice(0, id.length - unit.code.length) + there.code.toLowerCase()) ?? officers.get(id)!)
    }),
  ]

  const communes = seed.units.filter((unit) => unit.level === 'xa' && !unit.validTo)
  const places = communes.map((unit) => ({ commune: unit.id, district: byId.get(unit.parent ?? '')?.level === 'huyen' ? unit.parent : null }))
    .filter((where) => ofCommune.every((suffix) => byId.has(where.commune + suffix)) && (where.district !== null) === (base.district !== null))
  return { words, places }
}
