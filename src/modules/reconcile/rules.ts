// How counts are held against each other, and who may see it. Pure.

import { type Actor, type Post, postOf, type Role } from '#core/policy/actor.ts'
import { type Check, type Count, MOST_SHOWN } from './schema.ts'

/** Posts that answer for the figures of a unit and of what lies under it. */
export const RECKONERS: readonly Role[] = ['chu_tich', 'lanh_dao_don_vi', 'chanh_van_phong', 'giam_sat', 'kiem_soat_tthc', 'thu_phi']

/** The post whose unit tree the actor may reconcile, or null. */
export const reckoningPost = (actor: Actor): Post | null => postOf(actor, RECKONERS)

/** One way of counting with the cases counted, once for each time. */
export interface Way extends Omit<Count, 'value'> {
  readonly cases: readonly string[]
}

const times = (cases: readonly string[]): Map<string, number> => cases.reduce((sums, one) => sums.set(one, (sums.get(one) ?? 0) + 1), new Map<string, number>())

/** Cases that not every way counts equally often. */
export function differingCases(ways: readonly Way[]): string[] {
  const counted = ways.map(({ cases }) => times(cases))
  const all = new Set(counted.flatMap((one) => [...one.keys()]))
  return [...all].filter((one) => new Set(counted.map((sums) => sums.get(one) ?? 0)).size > 1)
}

/** A check case by case: each way must count each case equally often. */
export function byCase(head: Pick<Check, 'key' | 'group' | 'title' | 'advice'>, ways: readonly Way[], nameOf: (id: string) => string): Check {
  const differing = differingCases(ways)
  return {
    ...head, counts: ways.map(({ label, measure, cases }) => ({ label, measure, value: cases.length })), ok: differing.length === 0,
    differing: differing.slice(0, MOST_SHOWN).map(nameOf).sort(),
  }
}

/** A check of sums: all ways come to the same value. */
export const bySum = (head: Pick<Check, 'key' | 'group' | 'title' | 'advice'>, counts: readonly Count[], differing: readonly string[] = []): Check => ({
  ...head, counts, ok: new Set(counts.map(({ value }) => value)).size <= 1 && differing.length === 0, differing: differing.slice(0, MOST_SHOWN),
})

/** A series of numbers given one after the other. */
export interface Series {
  readonly name: string
  readonly numbers: readonly number[]
}

/** What is wrong with a series that must run 1, 2, 3 … without a gap and without a number twice, in words; `first` when it began before the period. */
export function seriesFaults({ name, numbers }: Series): string[] {
  const sorted = [...numbers].sort((a, b) => a - b)
  const faults: string[] = []
  for (const [at, number] of sorted.entries()) {
    if (at === 0) continue
    const before = sorted[at - 1]!
    if (number === before) faults.push(`${name}: số ${number} cấp hai lần`)
    else if (number > before + 1) faults.push(`${name}: thiếu số ${before + 1}${number > before + 2 ? ` đến ${number - 1}` : ''}`)
  }
  return faults
}
