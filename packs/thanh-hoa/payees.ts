// The invented account of every unit with a one-stop desk: the unit's own code stands in it, so that a wrong one is seen at once.

import { type Establishment, generateOfficers } from './officers.ts'
import type { UnitsFile } from './types.ts'

export interface PayeeSeed {
  readonly unitId: string
  readonly bin: string
  readonly bank: string
  readonly account: string
  readonly holder: string
}

/** Account holders are written as banks write them: capitals without accents. */
const plain = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toUpperCase().replaceAll(/[^A-Z0-9 ]/g, ' ').replaceAll(/ +/g, ' ').trim()

/** One payee for each live unit where somebody receives dossiers. `999` begins no real account of this bank. */
export function generatePayees({ units }: UnitsFile, bank: { bin: string; bank: string }, establishment?: Establishment): PayeeSeed[] {
  const receiving = new Set(generateOfficers(units, establishment).posts.filter((post) => post.role === 'mot_cua').map((post) => post.unitId))
  return units
    .filter((unit) => !unit.validTo && receiving.has(unit.id))
    .map((unit, at) => ({ unitId: unit.id, ...bank, account: `999${(unit.adminCode ?? '').padStart(5, '0')}${String(at + 1).padStart(5, '0')}`, holder: plain(unit.name).slice(0, 70) }))
}
