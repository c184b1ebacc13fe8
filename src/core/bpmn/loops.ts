// Activities done several times: for each of a list, a number of times, or as long as a condition holds.
import { holds } from './conditions.ts'
import { BpmnError } from './errors.ts'
import { armBoundary, cancelScope, dropAttached } from './listen.ts'
import type { Move, Run } from './run.ts'
import type { ElementDef, LoopDef, Scope, Token, Variables } from './types.ts'

const mostPasses = 2000

/** Opens the loop: one token waits inside, each pass is a token of its own in the scope of the loop. */
export function startLoop(run: Run, element: ElementDef, loop: LoopDef, move: Move): void {
  const outer = run.put({ element: element.id, scope: move.scope, status: 'inside', outcome: move.outcome })
  const { total, items } = extent(run, element, loop, move)
  const progress = { total, started: 0, completed: 0, outcomes: [], results: [], ...(items ? { items } : {}) }
  const scope = run.openScope({ kind: 'loop', element: element.id, owner: outer.id, loop: progress })
  armBoundary(run, outer)
  if (total === 0 || (loop.testBefore && !again(run, element, loop, scope.id, move.outcome))) return endLoop(run, scope.id, move.outcome)
  const first = loop.mode === 'parallel' ? (total ?? 1) : 1
  for (let pass = 0; pass < first; pass++) startPass(run, element, scope.id)
}

function extent(run: Run, element: ElementDef, loop: LoopDef, move: Move): { total: number | null; items?: unknown[] } {
  if (loop.mode === 'while') return { total: null }
  if (loop.collection) {
    const items = run.compute(loop.collection, move.scope, move.outcome, element.id)
    if (!Array.isArray(items)) throw badExtent(element, `“${loop.collection}” không phải một danh sách`)
    if (items.length > mostPasses) throw badExtent(element, `danh sách có hơn ${mostPasses} mục`)
    return { total: items.length, items: JSON.parse(JSON.stringify(items)) }
  }
  const total = Number(run.compute(loop.cardinality ?? '0', move.scope, move.outcome, element.id))
  if (!Number.isInteger(total) || total < 0 || total > mostPasses)
    throw badExtent(element, `số lần phải là số nguyên từ 0 đến ${mostPasses}`)
  return { total }
}

const badExtent = (element: ElementDef, why: string) =>
  new BpmnError(
    'bpmn.bad_collection',
    `Bước “${element.name || element.id}” làm nhiều lần nhưng ${why}; kiểm tra dữ liệu của hồ sơ.`,
    element.id,
  )

const progressOf = (scope: Scope) => scope.loop ?? { total: 0, started: 0, completed: 0, outcomes: [], results: [] }

function startPass(run: Run, element: ElementDef, id: string): void {
  const scope = run.scope(id)
  const progress = progressOf(scope)
  const outcome = run.ownerOf(scope)?.outcome ?? null
  const pass = {
    loopCounter: progress.started + 1,
    ...(element.loop?.item && progress.items ? { [element.loop.item]: progress.items[progress.started] } : {}),
  }
  run.scopes.set(id, { ...scope, loop: { ...progress, started: progress.started + 1 } })
  run.queue.push({ to: 'enter', element: element.id, scope: id, via: null, outcome, pass })
}

/** An activity has done what it had to: its borders stop listening, then its pass is counted or its flows are taken. */
export function finish(run: Run, token: Token, outcome: string | null): void {
  run.tokens.delete(token.id)
  dropAttached(run, token)
  if (run.isPass(token)) endPass(run, token, outcome)
  else run.queue.push({ to: 'leave', element: token.element, scope: token.scope, outcome })
}

function endPass(run: Run, pass: Token, outcome: string | null): void {
  const element = run.element(pass.element)
  const loop = element.loop ?? { mode: 'sequential' as const }
  const scope = run.scope(pass.scope)
  const before = progressOf(scope)
  const result = loop.collectItem ? (run.variables[loop.collectItem] ?? null) : outcome
  const now = { ...before, completed: before.completed + 1, outcomes: [...before.outcomes, outcome], results: [...before.results, result] }
  run.scopes.set(scope.id, { ...scope, loop: now })
  const all = now.completed === now.total
  const enough = !all && loop.completion !== undefined && holds(loop.completion, countsOf(run, scope.id, outcome), element.id)
  if (all || enough || (loop.mode === 'while' && !again(run, element, loop, scope.id, outcome))) endLoop(run, scope.id, outcome)
  else if (loop.mode !== 'parallel') startPass(run, element, scope.id)
}

/** What a completion condition sees beside the variables: the counts of BPMN and the outcomes so far. */
function countsOf(run: Run, id: string, outcome: string | null): Variables {
  const { total, started, completed, outcomes } = progressOf(run.scope(id))
  const counts = { nrOfInstances: total, nrOfCompletedInstances: completed, nrOfActiveInstances: started - completed, outcomes }
  return { ...run.view(id, outcome), ...counts }
}

function again(run: Run, element: ElementDef, loop: LoopDef, id: string, outcome: string | null): boolean {
  const { completed } = progressOf(run.scope(id))
  if (completed >= Math.min(loop.maximum ?? mostPasses, mostPasses)) return false
  return loop.condition === undefined || holds(loop.condition, { ...run.view(id, outcome), loopCounter: completed }, element.id)
}

/** Passes still open are cancelled; the results are collected; the activity is done with the outcome of its last pass. */
function endLoop(run: Run, id: string, outcome: string | null): void {
  const scope = run.scope(id)
  const outer = run.ownerOf(scope)
  const collect = run.element(scope.element).loop?.collect
  if (collect) run.learn({ [collect]: progressOf(scope).results })
  cancelScope(run, id)
  if (outer) finish(run, outer, outcome)
}
