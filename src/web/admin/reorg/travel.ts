// How far people of each old commune go to their authority before and after a plan, from the seats of units, with how sure these are.

import type { Ctx } from '#core/ctx.ts'
import { calledName, type Desk, type Ground, listSeats, listUnits, listUnitsById, type Seat, type Sure, travel, type Travel, type Unit } from '#modules/org/index.ts'
import type { Plan } from '#modules/reorg/index.ts'
import { passagesOf, plannedUnits } from './picture.ts'

export interface Journeys {
  /** what people come for: their commune's matters, the district's */
  readonly kind: 'xa' | 'huyen'
  readonly travel: Travel
  /** the least sure of all positions used */
  readonly sure: Sure
  readonly named: (id: string) => string
  /** communes without a known seat on one side */
  readonly unknown: number
}

const RANK: Readonly<Record<Sure, number>> = { measured: 0, memory: 1, generated: 2 }

/** Journeys of the plan; of districts only when districts end. Empty when nothing that people go to changes its seat. */
export async function journeysOf(ctx: Ctx, plan: Pick<Plan, 'steps'>): Promise<Journeys[]> {
  const passages = passagesOf(plan.steps).filter(({ main }) => main)
  const heir = new Map(passages.map(({ from, to }) => [from, to]))
  const planned = new Map(plannedUnits(plan.steps).map((unit) => [unit.id, unit]))
  const named = await listUnitsById(ctx.db, [...heir.keys(), ...heir.values()])
  const units = new Map<string, Pick<Unit, 'id' | 'name' | 'level' | 'parentId'>>([...named.map((unit) => [unit.id, unit] as const), ...planned])
  const communes = [...heir.keys()].flatMap((id) => (units.get(id)?.level === 'xa' ? [units.get(id)!] : []))
  const districts = [...heir.keys()].filter((id) => units.get(id)?.level === 'huyen')
  if (communes.length === 0) return []
  const centres = await listUnits(ctx.db, { receiving: true, limit: 100_000 })
  const seats = new Map((await listSeats(ctx.db)).map((seat) => [seat.unitId, seat]))
  for (const step of plan.steps) if (step.kind === 'create' && step.unit.seat && !seats.has(step.unit.id)) seats.set(step.unit.id, { ...step.unit.seat, unitId: step.unit.id, sure: 'generated', people: null, peopleSource: null })
  const parents = new Map(centres.map((unit) => [unit.id, unit.parentId ?? unit.id]))
  // a desk has the seat of the house it stands in; desks of units that end are no desks afterwards
  const desks = [...new Set([...parents].flat().filter((id) => !heir.has(id) || heir.get(id) === id))].flatMap((id): Desk[] => (seats.has(id) ? [{ unit: id, latitude: seats.get(id)!.latitude, longitude: seats.get(id)!.longitude }] : []))
  const freshDesks = [...planned.keys()].flatMap((id): Desk[] => (seats.has(id) && planned.get(id)!.level === 'xa' ? [{ unit: id, latitude: seats.get(id)!.latitude, longitude: seats.get(id)!.longitude }] : []))
  const point = (seat: Seat, unit: string): Desk => ({ unit, latitude: seat.latitude, longitude: seat.longitude })

  const journeys = (kind: Journeys['kind'], rows: readonly { commune: string; before: string; after: string }[]): Journeys => {
    const grounds: Ground[] = []
    let sure: Sure = 'measured'
    for (const { commune, before, after } of rows) {
      const [home, old, next] = [seats.get(commune), seats.get(before), seats.get(after)]
      if (!home || !old || !next) continue
      for (const seat of [home, old, next]) if (RANK[seat.sure] > RANK[sure]) sure = seat.sure
      grounds.push({ unit: commune, from: home, before: point(old, before), after: point(next, after), people: home.people })
    }
    return { kind, travel: travel(grounds, [...desks, ...freshDesks]), sure, named: (id) => calledName(units.get(id) ?? centres.find((unit) => unit.id === id) ?? { name: id }), unknown: rows.length - grounds.length }
  }
  return [
    journeys('xa', communes.map(({ id }) => ({ commune: id, before: id, after: heir.get(id)! }))),
    ...(districts.length > 0 ? [journeys('huyen', communes.filter(({ parentId }) => parentId !== null && districts.includes(parentId)).map(({ id, parentId }) => ({ commune: id, before: parentId!, after: heir.get(id)! })))] : []),
  ]
}
