// How far people travel to the seat of their authority before and after a change of units. Pure.

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Mean radius of the earth, km (IUGG). */
const RADIUS_KM = 6371.0088

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in km (haversine). Roads are longer: pages say so. */
export function distanceKm(a: Point, b: Point): number {
  const [latitude, longitude] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const h = Math.sin(latitude / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(longitude / 2) ** 2
  return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

export interface Desk extends Point {
  readonly unit: string
}

/** The desk with the shortest way; null when there is none. */
export function nearest(from: Point, desks: readonly Desk[]): { readonly unit: string; readonly km: number } | null {
  let best: { unit: string; km: number } | null = null
  for (const desk of desks) {
    const km = distanceKm(from, desk)
    if (best === null || km < best.km) best = { unit: desk.unit, km }
  }
  return best
}

/** People of one old commune: from where, to which authority before and after. */
export interface Ground {
  readonly unit: string
  readonly from: Point
  readonly before: Desk
  readonly after: Desk
  /** null when not known: the commune counts as one. */
  readonly people: number | null
}

export interface Way {
  readonly unit: string
  readonly before: string
  readonly after: string
  readonly beforeKm: number
  readonly afterKm: number
  readonly moreKm: number
  readonly people: number | null
  /** A one-stop desk nearer than the new authority's own. Any desk of the province takes in (NĐ 118/2025/NĐ-CP). */
  readonly nearer: { readonly unit: string; readonly km: number } | null
}

export interface Travel {
  readonly ways: readonly Way[]
  readonly beforeKm: number
  readonly afterKm: number
  readonly worst: Way | null
  /** Who travels more than `far` km further, the furthest first. */
  readonly far: readonly Way[]
  /** What an average counts: people when known for every commune, else communes. */
  readonly weighed: 'people' | 'communes'
}

/** Further than this is a hardship worth a line of its own, km. */
export const FAR_KM = 10

/** Ways before and after, their averages and who is worst off. */
export function travel(grounds: readonly Ground[], desks: readonly Desk[], far: number = FAR_KM): Travel {
  const ways = grounds.map(({ unit, from, before, after, people }): Way => {
    const [beforeKm, afterKm] = [distanceKm(from, before), distanceKm(from, after)]
    const near = nearest(from, desks)
    return { unit, before: before.unit, after: after.unit, beforeKm, afterKm, moreKm: afterKm - beforeKm, people, nearer: near && near.unit !== after.unit && near.km < afterKm ? near : null }
  })
  const weighed = ways.length > 0 && ways.every((way) => way.people !== null) ? 'people' : 'communes'
  const weight = (way: Way): number => (weighed === 'people' ? way.people! : 1)
  const total = ways.reduce((sum, way) => sum + weight(way), 0)
  const average = (of: (way: Way) => number): number => (total === 0 ? 0 : ways.reduce((sum, way) => sum + weight(way) * of(way), 0) / total)
  const further = [...ways].sort((a, b) => b.moreKm - a.moreKm || (a.unit < b.unit ? -1 : 1))
  return { ways, beforeKm: average((way) => way.beforeKm), afterKm: average((way) => way.afterKm), worst: further[0] ?? null, far: further.filter((way) => way.moreKm > far), weighed }
}
