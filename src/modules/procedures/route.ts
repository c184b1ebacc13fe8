// The road a dossier takes when all goes well, for the citizen's "what happens next" and for the golden cases.

import { END, Flow, type Region } from './flow.ts'
import type { ProcedureRecord } from './record.ts'

/** Step ids when every outcome is the first one: parallel branches one after the other in their order, each step once, up to the end. */
export function mainRoute(record: Pick<ProcedureRecord, 'steps'>): string[] {
  const flow = flowOf(record.steps)
  const route: string[] = []
  follow(flow, flow.first, null, route)
  return route
}

/** Worked out once for each list of steps: every filing is judged by it. */
const flows = new WeakMap<readonly object[], Flow>()
function flowOf(steps: ProcedureRecord['steps']): Flow {
  const known = flows.get(steps) ?? new Flow(steps)
  flows.set(steps, known)
  return known
}

interface Branch {
  readonly region: Region
  readonly index: number
}

/** Walks on from `at`; true when the walk came to the meeting place of its branch, false when it ended or went round. */
function follow(flow: Flow, at: string, branch: Branch | null, route: string[]): boolean {
  for (let id = at; id !== END && !route.includes(id); ) {
    const outcome = flow.steps.get(id)?.outcomes[0]
    if (!outcome) return false
    route.push(id)
    if (outcome.joins && branch) return true
    if (branch && !flow.inside(branch.region, branch.index, outcome, id)) {
      // Leaves the region: the other branches are cancelled, the walk goes on outside.
      if (typeof outcome.next === 'string') follow(flow, outcome.next, null, route)
      return false
    }
    const region = flow.region(id, outcome)
    const met = region?.heads.every((head, index) => follow(flow, head, { region, index }, route))
    if (region && !(met && region.target)) return false
    id = region ? region.target! : String(outcome.next)
  }
  return false
}

/** Hours from the first step to the end when each step takes what `hours` says: branches side by side take as long as the longest. */
export function routeHours(record: Pick<ProcedureRecord, 'steps'>, hours: (step: string) => number): number {
  return hoursFrom(flowOf(record.steps), undefined, null, new Set(), hours).hours
}

function hoursFrom(flow: Flow, from: string | undefined, branch: Branch | null, seen: Set<string>, hours: (step: string) => number): { hours: number; met: boolean } {
  let sum = 0
  for (let id = from ?? flow.first; id !== END && !seen.has(id); ) {
    const outcome = flow.steps.get(id)?.outcomes[0]
    if (!outcome) break
    seen.add(id)
    sum += hours(id)
    if (outcome.joins && branch) return { hours: sum, met: true }
    if (branch && !flow.inside(branch.region, branch.index, outcome, id)) break
    const region = flow.region(id, outcome)
    if (region) {
      const branches = region.heads.map((head, index) => hoursFrom(flow, head, { region, index }, seen, hours))
      sum += Math.max(...branches.map((one) => one.hours))
      if (!region.target) break
      id = region.target
    } else id = String(outcome.next)
  }
  return { hours: sum, met: false }
}
