// Villages of communes that end or are divided: each goes as it is, with its head, to the commune that takes over its ground. Pure.

import { codesOf, isVillage, type ReorgFault, sameVillage, type Unit } from '#modules/org/index.ts'
import type { SplitRule } from './schema.ts'

export interface VillageMove {
  readonly village: Unit
  readonly from: Unit
  readonly to: Unit
  /** Named by a rule of place, or the only or main heir's. */
  readonly by: 'rule' | 'heir'
}

export interface VillageAsk {
  /** The commune that ends or is divided. */
  readonly unit: Unit
  readonly villages: readonly Unit[]
  /** null: what no rule names stays */
  readonly main: string | null
  readonly rules: readonly SplitRule[]
  /** A unit as it will be. */
  readonly after: (id: string) => Unit | undefined
}

/** The heir that a rule of place gives a village of the unit; null when none names it. */
function namedHeir(unit: Unit, village: Unit, rules: readonly SplitRule[]): string | null {
  const codes = codesOf(unit)
  for (const rule of rules) {
    if (rule.by !== 'place' || !rule.places.some((code) => codes.includes(code))) continue
    if (rule.villages.length === 0 || rule.villages.some((name) => sameVillage(name, village.name))) return rule.to
  }
  return null
}

const listed = (names: readonly string[]): string => `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` và ${names.length - 5} nơi khác` : ''}`

/** Where the villages of one unit go, and what people should look at. */
export function settleVillages({ unit, villages, main, rules, after }: VillageAsk): { moves: VillageMove[]; faults: ReorgFault[] } {
  const moves: VillageMove[] = []
  const faults: ReorgFault[] = []
  for (const village of villages) {
    const named = namedHeir(unit, village, rules)
    const to = after(named ?? main ?? unit.id)
    if (!to || to.id === unit.id) continue
    if (to.level === 'xa') moves.push({ village, from: unit, to, by: named ? 'rule' : 'heir' })
    else faults.push({ code: 'reorg.orphan', severity: 'stops', unitId: village.id, message: `${village.name} còn ở dưới ${unit.name}, mà ${to.name} không phải xã, phường: thêm bước chuyển thôn lên xã, phường khác.` })
  }
  const unnamed = moves.filter((one) => one.by === 'heir')
  if (rules.length > 0 && unnamed.length > 0) {
    faults.push({
      code: 'reorg.village_unnamed', severity: 'warns', unitId: unit.id,
      message: `${unnamed.length} thôn, tổ dân phố của ${unit.name} không có trong quy tắc nào (${listed(unnamed.map((one) => one.village.name))}) nên về ${unnamed[0]!.to.name}; nếu thuộc nơi khác, thêm quy tắc theo thôn.`,
    })
  }
  return { moves, faults }
}

/** Communes that will have several villages of one name. */
export function alikeFaults(moves: readonly VillageMove[], staying: readonly Unit[]): ReorgFault[] {
  const faults: ReorgFault[] = []
  for (const [id, taken] of Map.groupBy(moves, (one) => one.to.id)) {
    const own = staying.filter((one) => one.parentId === id && isVillage(one))
    const twice = [...new Set(taken.flatMap(({ village }) => (own.some((one) => one.id !== village.id && sameVillage(one.name, village.name)) ? [village.name] : [])))]
    if (twice.length > 0) faults.push({ code: 'reorg.village_alike', severity: 'warns', unitId: id, message: `${taken[0]!.to.name} sẽ có nhiều thôn cùng tên: ${listed(twice)}. Đổi tên bằng bước “Đổi tên, đổi mã”, hoặc sau ngày thi hành.` })
  }
  return faults
}
