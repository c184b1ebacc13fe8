// Regions over classes: what is left of a region when others are taken from it. A region names for each term the classes it holds.

/** One bit for each class of each term, terms in a fixed order. */
export type Region = readonly bigint[]

/** More than this and nobody could check the table by eye either. */
const MOST_STEPS = 60_000

export class TooComplex extends Error {}

export const isEmpty = (region: Region): boolean => region.some((mask) => mask === 0n)

export function meet(one: Region, other: Region): Region | null {
  const both = one.map((mask, at) => mask & other[at]!)
  return isEmpty(both) ? null : both
}

const covers = (outer: Region, inner: Region): boolean => inner.every((mask, at) => (mask & ~outer[at]!) === 0n)

/** Disjoint parts of `region` that none of `taken` reaches; at most `limit` of them. */
export function rest(region: Region, taken: readonly Region[], limit = 1): Region[] {
  const found: Region[] = []
  let steps = 0
  const go = (left: Region, others: readonly Region[]): void => {
    if (found.length >= limit) return
    if (++steps > MOST_STEPS) throw new TooComplex()
    const near = others.filter((other) => meet(left, other) !== null)
    if (near.length === 0) {
      found.push(left)
      return
    }
    if (near.some((other) => covers(other, left))) return
    const first = near[0]!
    let inside = left
    for (const [at, mask] of first.entries()) {
      const outside = inside[at]! & ~mask
      if (outside === 0n) continue
      go(inside.with(at, outside), near.slice(1))
      if (found.length >= limit) return
      inside = inside.with(at, inside[at]! & mask)
    }
  }
  go(region, taken)
  return found
}

/** As wide as it can be made, term by term, without reaching any of `others`. */
export function widened(region: Region, whole: Region, others: readonly Region[]): Region {
  return region.reduce<Region>((wide, _, at) => {
    const wider = wide.with(at, whole[at]!)
    return others.some((other) => meet(wider, other) !== null) ? wide : wider
  }, region)
}
