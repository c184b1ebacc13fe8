// Everything that can still happen from a state: whether a process put together anew can come to its end, and what may be done by the time a step is met.
import { advance } from './advance.ts'
import { BpmnError } from './errors.ts'
import type { Definition, ElementDef, Input, ProcessState, Token } from './types.ts'

/** `stuck`: a join waits for a branch that never comes. `twice`: one step would be met by two tokens. `endless`: no way leads to an end. */
export type Fault = { readonly kind: 'stuck' | 'twice' | 'endless'; readonly element: string | null }

export interface Explored {
  readonly faults: readonly Fault[]
  /** For each task and call: the sets of tracked effects, sorted and joined by a comma, that may have happened when it is met. */
  readonly met: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether all that can happen was looked at; else the rest is unknown. */
  readonly whole: boolean
}

/** Effects of outcomes that are remembered on the way; `approve` takes a proposed rejection back. */
const TRACKED: Readonly<Record<string, { add?: string; drop?: string }>> = { accept: { add: 'accept' }, sign: { add: 'sign' }, number: { add: 'number' }, reject: { add: 'reject' }, approve: { drop: 'reject' } }

const MOST_STATES = 1200

/** Plays every outcome, timer, message and call from `state` (from the start when null), each state once. Pure. */
export function explore(definition: Definition, state: ProcessState | null, done: readonly string[] = []): Explored {
  const first: Place = { state: state ?? advance(definition, null, { kind: 'start' }).state, done: [...done].sort() }
  const seen = new Map<string, { next: string[]; ended: boolean }>()
  const met = new Map<string, Set<string>>()
  const faults = new Map<string, Fault>()
  const queue: Place[] = [first]
  const fault = (kind: Fault['kind'], element: string | null): void => void faults.set(`${kind}:${element}`, { kind, element })
  while (queue.length > 0 && seen.size < MOST_STATES) {
    const place = queue.pop()!
    const key = keyOf(place)
    if (seen.has(key)) continue
    const node = { next: [] as string[], ended: place.state.status === 'ended' }
    seen.set(key, node)
    if (node.ended) continue
    for (const token of waiting(place.state)) {
      if (!isWork(definition.elements[token.element])) continue
      met.set(token.element, (met.get(token.element) ?? new Set()).add(place.done.join(',')))
      if (place.state.scopes.find((scope) => scope.id === token.scope)?.kind === 'loop') continue
      if (waiting(place.state).some((other) => other.id !== token.id && other.element === token.element && other.scope === token.scope)) fault('twice', token.element)
    }
    for (const { input, effect } of inputsOf(definition, place.state)) {
      const next = take(definition, place, input, effect, fault)
      if (!next) continue
      node.next.push(keyOf(next))
      queue.push(next)
    }
  }
  const whole = queue.length === 0
  if (whole) for (const element of dead(seen)) fault('endless', element)
  return { faults: [...faults.values()], met, whole }
}

interface Place {
  readonly state: ProcessState
  readonly done: readonly string[]
}

const waiting = (state: ProcessState): Token[] => state.tokens.filter((token) => token.status === 'waiting')
const isWork = (element: ElementDef | undefined): boolean => element?.type === 'task' || element?.type === 'callActivity'

function take(definition: Definition, place: Place, input: Input, effect: string | undefined, fault: (kind: Fault['kind'], element: string | null) => void): Place | null {
  try {
    const { state } = advance(definition, place.state, input)
    const change = TRACKED[effect ?? '']
    const done = new Set(place.done)
    if (change?.add) done.add(change.add)
    if (change?.drop) done.delete(change.drop)
    return { state, done: [...done].sort() }
  } catch (error) {
    if (!(error instanceof BpmnError)) throw error
    if (error.code === 'bpmn.stuck') fault('stuck', error.element)
    return null // an answer the drawing does not know, or data it would need: not a way
  }
}

/** Everything that may be said to a state. */
function inputsOf(definition: Definition, state: ProcessState): { input: Input; effect?: string }[] {
  return state.tokens.flatMap((token): { input: Input; effect?: string }[] => {
    const element = definition.elements[token.element]
    if (!element || (token.status !== 'waiting' && token.status !== 'armed')) return []
    const { event } = element
    if (element.type === 'task' && token.status === 'waiting') {
      if (element.task === 'receive' && event?.kind === 'message') return [{ input: { kind: 'message', name: event.name, token: token.id } }]
      if (element.outcomes.length === 0) return [{ input: { kind: 'complete', token: token.id } }]
      return element.outcomes.map((one) => ({ input: { kind: 'complete', token: token.id, outcome: one.key }, effect: one.effect }))
    }
    if (element.type === 'callActivity' && token.status === 'waiting') {
      if (element.outcomes.length === 0) return [{ input: { kind: 'called', token: token.id } }]
      return element.outcomes.map((one) => ({ input: { kind: 'called', token: token.id, outcome: one.key }, effect: one.effect }))
    }
    if (event?.kind === 'timer') return [{ input: { kind: 'timer', token: token.id }, effect: effectOfTimer(definition, element) }]
    if (event?.kind === 'message') return [{ input: { kind: 'message', name: event.name, token: token.id } }]
    if (event?.kind === 'signal') return [{ input: { kind: 'signal', name: event.name } }]
    return []
  })
}

const effectOfTimer = (definition: Definition, timer: ElementDef): string | undefined =>
  definition.elements[timer.attachedTo ?? '']?.outcomes.find((one) => one.key === timer.attributes.outcome)?.effect

/** The same for all states that stand alike, whatever their tokens are called; for remembering what was found. */
export const standingKey = (state: ProcessState): string => keyOf({ state, done: [] })

/** The same place whatever its tokens are called and however long the way was. */
function keyOf({ state, done }: Place): string {
  if (state.status === 'ended') return `end|${done.join(',')}`
  const scopes = new Map(state.scopes.map((scope) => [scope.id, `${scope.kind}:${scope.element}${scope.loop ? `:${scope.loop.started}/${scope.loop.completed}` : ''}`]))
  const tokens = state.tokens.map((token) => [token.element, token.status, token.via ?? '', scopes.get(token.scope) ?? '', token.outcome ?? '', token.round ?? ''].join('/')).sort()
  return `${tokens.join(';')}|${done.join(',')}`
}

/** A place from which no end can be reached, named by one of its elements. */
function dead(seen: ReadonlyMap<string, { next: readonly string[]; ended: boolean }>): string[] {
  const into = new Map<string, string[]>()
  for (const [key, { next }] of seen) for (const target of next) into.set(target, [...(into.get(target) ?? []), key])
  const good = new Set([...seen].filter(([, node]) => node.ended).map(([key]) => key))
  const queue = [...good]
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    for (const before of into.get(key) ?? []) if (!good.has(before)) queue.push(good.add(before) && before)
  }
  const lost = [...seen.keys()].find((key) => !good.has(key))
  return lost === undefined ? [] : [lost.split('/')[0]!]
}
