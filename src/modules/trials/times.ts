// How long the steps of the past took, in working hours, and what a step that did not exist would have taken.

import { type Calendar, workingHoursBetween } from '#core/workdays/index.ts'
import type { History } from '#modules/dossiers/index.ts'
import { mainRoute, type ProcedureRecord, routeHours } from '#modules/procedures/index.ts'
import type { Passed } from '#modules/work/index.ts'
import { quantile } from './bands.ts'

/** Working hours of one visit; where the legal clock runs, without the stretches in which it stood still. */
export function visitHours(visit: Passed, one: Pick<History, 'pauses'>, calendar: Calendar, now: Date): number {
  const to = visit.doneAt ?? now
  const whole = workingHoursBetween(visit.openedAt, to, calendar)
  if (visit.clock === 'stops') return whole
  const still = one.pauses.reduce((sum, pause) => {
    const [from, until] = [pause.from > visit.openedAt ? pause.from : visit.openedAt, pause.to && pause.to < to ? pause.to : to]
    return until > from ? sum + workingHoursBetween(from, until, calendar) : sum
  }, 0)
  return Math.max(0, whole - still)
}

/** Hours by step, all visits of a step together. */
export function stepHours(visits: readonly Passed[], one: Pick<History, 'pauses'>, calendar: Calendar, now: Date): Map<string, number> {
  const found = new Map<string, number>()
  for (const visit of visits) found.set(visit.step, (found.get(visit.step) ?? 0) + visitHours(visit, one, calendar, now))
  return found
}

export type Medians = Readonly<Record<string, { readonly hours: number; readonly visits: number }>>

/** Median of what steps of each role took. `samples`: hours by role. */
export const mediansOf = (samples: ReadonlyMap<string, readonly number[]>): Medians =>
  Object.fromEntries([...samples].map(([role, hours]) => [role, { hours: quantile(hours, 0.5) ?? 0, visits: hours.length }]))

export interface Estimated {
  /** Hours by step of the draft in this case. */
  readonly steps: ReadonlyMap<string, number>
  /** Working hours by which the legal clock would have ended later (earlier when below zero). */
  readonly shift: number
}

type Flow = Pick<ProcedureRecord, 'steps'>

/**
 * What this dossier would have taken by the draft's steps. A step that the draft keeps took what it took; a new step on the usual road is
 * reckoned by the median of its role (its own norm where the role has never worked here), as far along the road as the dossier really came; a
 * step that the draft has no more falls away. Steps in which the clock stands still move no deadline.
 */
export function estimate(then: Flow, draft: Flow, took: ReadonlyMap<string, number>, finished: boolean, medians: Medians): Estimated {
  const before = new Map(then.steps.map((step) => [step.id, step]))
  const road = mainRoute(draft)
  const reached = finished ? road.length : road.findLastIndex((id) => took.has(id)) + 1
  const steps = new Map<string, number>()
  for (const step of draft.steps) {
    const hours = took.get(step.id)
    if (hours !== undefined) steps.set(step.id, hours)
    else if (!before.has(step.id) && step.role !== 'cong_dan' && road.indexOf(step.id) >= 0 && road.indexOf(step.id) < reached) steps.set(step.id, medians[step.role]?.hours ?? step.hours)
  }
  if (sameRoad(then, draft)) return { steps, shift: 0 }
  const running = (flow: Flow, hours: ReadonlyMap<string, number>) => {
    const runs = new Set(flow.steps.filter((step) => step.clock !== 'stops').map((step) => step.id))
    return routeHours(flow, (id) => (runs.has(id) ? (hours.get(id) ?? 0) : 0))
  }
  return { steps, shift: running(draft, steps) - running(then, took) }
}

/** Whether the two have the same steps in the same order, whatever is written in them. */
const roads = new WeakMap<Flow, string>()
function road(flow: Flow): string {
  const known = roads.get(flow) ?? JSON.stringify(flow.steps.map((step) => [step.id, step.clock ?? 'runs', step.outcomes.map((outcome) => [outcome.key, outcome.next, outcome.joins ?? false])]))
  roads.set(flow, known)
  return known
}
const sameRoad = (one: Flow, other: Flow): boolean => road(one) === road(other)
