// What the steps of a record mean together: which run side by side, where they meet again, what leaves. Shared by check, drawing and route.

import type { Next, Outcome, Step } from './record.ts'

export const END = 'end'

/** Steps opened side by side by one outcome (`next` is a list) until they meet again (`joins`). */
export interface Region {
  readonly step: string
  readonly outcome: string
  readonly heads: readonly string[]
  /** The step where the branches meet, or 'end'; null when they do not meet at one (a fault of the record). */
  readonly target: string | null
  /** Every place the joining outcomes name: one when the record is right. */
  readonly targets: readonly Next[]
  /** Per head: the steps of that branch, i.e. those from which it can still come to the meeting place without opening the region anew. */
  readonly branches: readonly ReadonlySet<string>[]
}

/** The places an outcome leads to, as a list without 'end'. */
export const stepsOf = (next: Next): readonly string[] => (typeof next === 'string' ? [next] : next).filter((id) => id !== END)

export const nextKey = (next: Next): string => (typeof next === 'string' ? next : next.join('+'))

/** The steps of one record by id, with their parallel regions worked out once. Unknown ids are tolerated: check.ts names them. */
export class Flow {
  readonly steps: ReadonlyMap<string, Step>
  readonly first: string
  private readonly known = new Map<string, Region | null>()

  constructor(steps: readonly Step[]) {
    this.steps = new Map(steps.map((step) => [step.id, step]))
    this.first = steps[0]?.id ?? END
    // All at once and in the order of the record, so that the answer does not depend on who asks first.
    for (const step of steps) for (const outcome of step.outcomes) this.region(step.id, outcome)
  }

  /** The region an outcome opens, or null for an outcome that opens none. */
  region(step: string, outcome: Outcome): Region | null {
    if (typeof outcome.next === 'string') return null
    const key = `${step}/${outcome.key}`
    const found = this.known.get(key)
    if (found !== undefined) return found
    this.known.set(key, null) // a region met again while it is being worked out lies outside itself
    const region = this.workOut(step, outcome.key, outcome.next)
    this.known.set(key, region)
    return region
  }

  /** Every region of the record, in the order of its steps. */
  regions(): Region[] {
    return [...this.steps.values()].flatMap((step) => step.outcomes.flatMap((outcome) => this.region(step.id, outcome) ?? []))
  }

  /** True when this outcome of step `from` keeps the work inside branch `index` of the region. */
  inside(region: Region, index: number, outcome: Outcome, from: string): boolean {
    return this.settlesAt(from, outcome).some((place) => region.branches[index]?.has(place))
  }

  /** Outcomes by which work of the region goes away without waiting for the other branches. */
  exits(region: Region): { step: string; outcome: Outcome }[] {
    return region.branches.flatMap((branch, index) =>
      [...branch].flatMap((id) => (this.steps.get(id)?.outcomes ?? []).flatMap((outcome) => this.exitsBy(region, index, id, outcome))),
    )
  }

  /** Steps that can be reached from `from`, itself included. */
  reachable(from: string): Set<string> {
    return walk([from], (id) => (this.steps.get(id)?.outcomes ?? []).flatMap((outcome) => stepsOf(outcome.next)))
  }

  private exitsBy(region: Region, index: number, id: string, outcome: Outcome): { step: string; outcome: Outcome }[] {
    if (outcome.joins) return []
    if (!this.inside(region, index, outcome, id)) return [{ step: id, outcome }]
    const inner = this.region(id, outcome)
    return inner ? this.exits(inner).filter((exit) => !this.inside(region, index, exit.outcome, exit.step)) : []
  }

  private workOut(step: string, outcome: string, heads: readonly string[]): Region {
    // The nearest meeting place counts: one further off belongs to a region around this one, for work that has left this one.
    const nearest = this.joiningFrom(heads, [step])[0]
    const stop = [step, ...(nearest ? stepsOf(nearest.next) : [])]
    const targets = new Map(
      [...(nearest ? [nearest] : []), ...this.joiningFrom(heads, stop)].map((joining) => [nextKey(joining.next), joining.next]),
    )
    const branches = heads.map((head) => {
      const seen = walk([head], (at) => this.ahead(at, stop))
      return new Set([...seen].filter((id) => [...walk([id], (at) => this.ahead(at, stop))].some((at) => this.joinsAt(at))))
    })
    const target = targets.size === 1 && typeof nearest?.next === 'string' ? nearest.next : null
    return { step, outcome, heads, targets: [...targets.values()], target, branches }
  }

  /** Joining outcomes that work of these steps can come to at its own level, nearest first. */
  private joiningFrom(heads: readonly string[], stop: readonly string[]): Outcome[] {
    const reached = walk(
      heads.filter((head) => !stop.includes(head)),
      (at) => this.ahead(at, stop),
    )
    return [...reached].flatMap((id) => this.steps.get(id)?.outcomes.filter((outcome) => outcome.joins) ?? [])
  }

  private joinsAt(id: string): boolean {
    return this.steps.get(id)?.outcomes.some((outcome) => outcome.joins) ?? false
  }

  /** Steps at the same level one outcome further on: an opened region counts as one move to its meeting place. */
  private ahead(id: string, stop: readonly string[]): string[] {
    const outcomes = this.steps.get(id)?.outcomes ?? []
    return outcomes
      .filter((outcome) => !outcome.joins)
      .flatMap((outcome) => this.settlesAt(id, outcome))
      .filter((next) => !stop.includes(next))
  }

  private settlesAt(from: string, outcome: Outcome): readonly string[] {
    if (typeof outcome.next === 'string') return stepsOf(outcome.next)
    const inner = this.region(from, outcome)
    return inner?.target ? stepsOf(inner.target) : []
  }
}

function walk(from: readonly string[], ahead: (id: string) => readonly string[]): Set<string> {
  const seen = new Set(from)
  for (const id of seen) for (const next of ahead(id)) seen.add(next)
  return seen
}
