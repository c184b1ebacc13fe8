// Puts a running process onto another drawing: the same tokens at the steps that correspond, what surrounds them built anew, and a proof that it can end.
import { type Explored, explore, type Fault } from './explore.ts'
import { listen } from './listen.ts'
import { Run } from './run.ts'
import type { Definition, Effect, ElementDef, ProcessState, Scope, Token } from './types.ts'

export type StuckReason =
  /** The step of a token has no counterpart, or was not chosen one. */
  | 'no_counterpart'
  /** A loop, a race of events or a call stands where the other drawing has nothing of the kind. */
  | 'other_kind'
  /** Nothing would be left to do. */
  | 'nothing_left'
  /** Put there, the process could not end properly: `fault` says how. */
  | 'unsound'

export interface Stuck {
  readonly reason: StuckReason
  /** Element of the old drawing that cannot move; of the new one for `unsound`. */
  readonly element: string
  readonly fault?: Fault
}

export interface Remapped {
  readonly state: ProcessState
  /** Tasks and calls that go on under the same token. */
  readonly kept: readonly { readonly token: string; readonly from: string; readonly to: string }[]
  /** Tokens of tasks and calls that fall away. */
  readonly dropped: readonly string[]
  /** Timers of the new state, each with what it waits for; `was`: the element it was armed at before, null when it is new. */
  readonly timers: readonly (Extract<Effect, { type: 'timer.armed' }> & { readonly was: string | null })[]
}

/** Counterpart of a task or call: the key of a step, null when its work falls away, undefined when there is none. */
export type Counterpart = (element: ElementDef) => string | null | undefined

/** What is wrong with a state of the new drawing; given by whoever remembers it for many. */
export type Prove = (state: ProcessState) => readonly Fault[]

export const keyOfElement = (element: ElementDef): string => element.attributes.stepId ?? element.id

const MOST_TRIES = 32

/** The running state on the drawing `to`. Pure. `normal`: what the new drawing does by itself from its start, whose faults are not held against it. */
export function remap(from: Definition, to: Definition, state: ProcessState, counterpart: Counterpart, normal: Explored, prove: Prove = (there) => explore(to, there).faults): Remapped | { readonly stuck: Stuck } {
  const asked = placesFor(from, to, state, counterpart)
  if ('stuck' in asked) return asked
  let first: Stuck | null = null
  for (const places of choices(asked.options)) {
    const built = build(from, to, state, places, asked.dropped)
    if ('stuck' in built) {
      first ??= built.stuck
      continue
    }
    const fault = prove(built.state).find((one) => !normal.faults.some((known) => known.kind === one.kind))
    if (!fault) return built
    first ??= { reason: 'unsound', element: fault.element ?? '', fault }
  }
  return { stuck: first ?? { reason: 'nothing_left', element: '' } }
}

interface Place {
  readonly token: Token
  readonly element: string
  readonly via?: string
}

interface Asked {
  readonly options: readonly (readonly Place[])[]
  readonly dropped: readonly string[]
}

/** Where each token that rests may go: tasks and calls by their counterpart, events and joins by their likes. */
function placesFor(from: Definition, to: Definition, state: ProcessState, counterpart: Counterpart): Asked | { readonly stuck: Stuck } {
  const stuck = (reason: StuckReason, element: string) => ({ stuck: { reason, element } })
  const loops = state.scopes.filter((scope) => scope.kind === 'loop')
  const options: Place[][] = []
  const dropped: string[] = []
  for (const token of state.tokens) {
    const element = from.elements[token.element]
    if (!element) return stuck('no_counterpart', token.element)
    if (token.status === 'armed' || (token.status === 'inside' && !element.loop)) continue
    if (token.status === 'joining') {
      const doors = joinsFor(to, from, token)
      if (doors.length === 0) dropped.push(token.id)
      else options.push([...doors.map((door) => ({ token, ...door })), { token, element: '' }])
      continue
    }
    if (element.loop && (element.type === 'subProcess' || loops.some((scope) => scope.element !== element.id))) return stuck('other_kind', element.id)
    const work = element.type === 'task' || element.type === 'callActivity'
    const target = work ? counterpart(element) : element.id
    if (target === null) {
      if (element.loop || token.race) return stuck('other_kind', element.id)
      dropped.push(token.id)
      continue
    }
    const alike = Object.values(to.elements)
      .filter((one) => (work ? keyOfElement(one) === target && sameKind(element, one) : one.id === target && sameEvent(element, one)))
      .sort((a, b) => Number(b.id === element.id) - Number(a.id === element.id) || Number(b.parent === element.parent) - Number(a.parent === element.parent))
    if (alike.length === 0) return stuck(target === undefined || !Object.values(to.elements).some((one) => keyOfElement(one) === target) ? 'no_counterpart' : 'other_kind', element.id)
    if (token.race && alike[0]!.id !== element.id) return stuck('other_kind', element.id)
    options.push(alike.map((one) => ({ token, element: one.id })))
  }
  if (!options.some((places) => places.some((place) => place.token.status === 'waiting'))) return stuck('nothing_left', state.tokens[0]?.element ?? '')
  return { options, dropped }
}

/** A call goes on only in a step that calls the same and knows how it may end; a task never becomes a call. */
function sameKind(one: ElementDef, other: ElementDef): boolean {
  if (one.type !== other.type || JSON.stringify(one.loop ?? null) !== JSON.stringify(other.loop ?? null)) return false
  if ((one.task === 'receive' || one.task === 'send') !== (other.task === 'receive' || other.task === 'send')) return false
  if (one.task === 'receive' && JSON.stringify(one.event) !== JSON.stringify(other.event)) return false
  return one.type !== 'callActivity' || (one.callee === other.callee && one.outcomes.every(({ key }) => other.outcomes.some((known) => known.key === key)))
}

const sameEvent = (one: ElementDef, other: ElementDef): boolean => one.type === other.type && JSON.stringify(one.event ?? null) === JSON.stringify(other.event ?? null)

const isJoin = (element: ElementDef): boolean => (element.type === 'parallelGateway' || element.type === 'inclusiveGateway') && element.incoming.length > 1

/** Doors of joins by which a branch that is done may stand: those of the same join first, by the same branch first. */
function joinsFor(to: Definition, from: Definition, token: Token): { element: string; via: string }[] {
  const cameFrom = from.flows[token.via ?? '']?.source
  const rank = (element: ElementDef, via: string) => Number(element.id === token.element) * 2 + Number(to.flows[via]?.source === cameFrom)
  return Object.values(to.elements)
    .filter((element) => isJoin(element) && element.type === from.elements[token.element]?.type)
    .flatMap((element) => element.incoming.map((via) => ({ element: element.id, via, rank: rank(element, via) })))
    .sort((a, b) => b.rank - a.rank)
    .map(({ element, via }) => ({ element, via }))
}

/** Every way to choose one place for each token, the likeliest first, two finished branches never by one door. */
function* choices(options: readonly (readonly Place[])[]): Generator<readonly Place[]> {
  let tries = 0
  function* rest(at: number, chosen: readonly Place[]): Generator<readonly Place[]> {
    if (at === options.length) {
      yield chosen
      return
    }
    for (const place of options[at]!) {
      if (place.via !== undefined && chosen.some((one) => one.via === place.via)) continue
      yield* rest(at + 1, [...chosen, place])
    }
  }
  for (const places of rest(0, [])) {
    if (++tries > MOST_TRIES) return
    yield places
  }
}

function build(from: Definition, to: Definition, state: ProcessState, places: readonly Place[], before: readonly string[]): Remapped | { readonly stuck: Stuck } {
  const work = new Rebuild(to, state)
  const dropped = [...before]
  for (const { token, element, via } of places) {
    if (element === '') dropped.push(token.id)
    else work.place(token, element, via)
  }
  work.arm(from)
  const next = work.finish()
  const placed = new Map(next.tokens.map((token) => [token.id, token]))
  const isWork = (token: Token): boolean => ['task', 'callActivity'].includes(from.elements[token.element]?.type ?? '') && token.status === 'waiting'
  return {
    state: next,
    kept: state.tokens.filter((token) => isWork(token) && placed.has(token.id)).map((token) => ({ token: token.id, from: token.element, to: placed.get(token.id)!.element })),
    dropped: dropped.filter((id) => isWork(state.tokens.find((token) => token.id === id)!)),
    timers: work.timers(),
  }
}

/** The new state in the making. Scopes and what waits around them keep their ids where they were there before. */
class Rebuild {
  private readonly to: Definition
  private readonly state: ProcessState
  private readonly root: Scope
  private readonly tokens = new Map<string, Token>()
  private readonly scopes = new Map<string, Scope>()
  private readonly was = new Map<string, string>()
  private next: number

  constructor(to: Definition, state: ProcessState) {
    this.to = to
    this.state = state
    this.next = state.next
    const root = state.scopes.find((scope) => scope.kind === 'process')!
    this.root = { ...root, element: to.main }
    this.scopes.set(to.main, this.root)
  }

  /** A scope of a container of the new drawing, with the token that waits around it. */
  private scopeFor(container: string): Scope {
    if (container === this.to.main || this.to.processes[container]) return this.root
    const known = this.scopes.get(container)
    if (known) return known
    const outer = this.scopeFor(this.to.elements[container]!.parent)
    const old = this.state.scopes.find((scope) => scope.kind === 'subprocess' && scope.element === container)
    const around = old && this.state.tokens.find((token) => token.id === old.owner)
    const owner: Token = { id: around?.id ?? `t${this.next++}`, element: container, scope: outer.id, status: 'inside', outcome: around?.outcome ?? null }
    this.tokens.set(owner.id, owner)
    const scope: Scope = { id: old?.id ?? `s${this.next++}`, kind: 'subprocess', element: container, owner: owner.id }
    this.scopes.set(container, scope)
    return scope
  }

  place(token: Token, element: string, via: string | undefined): void {
    const loop = this.state.scopes.find((scope) => scope.kind === 'loop' && scope.id === token.scope)
    const scope = loop ?? this.scopeFor(this.to.elements[element]!.parent)
    if (loop) this.scopes.set(`loop ${loop.id}`, { ...loop, element })
    this.tokens.set(token.id, { ...token, element, scope: scope.id, ...(via === undefined ? {} : { via }) })
    this.was.set(token.id, token.element)
  }

  /** Everything that listens around the placed tokens: what listened before goes on under its own token. */
  arm(from: Definition): void {
    const free = this.state.tokens.filter((token) => token.status === 'armed')
    const takeUp = (fits: (token: Token, drawn: ElementDef) => boolean): Token | undefined => {
      const at = free.findIndex((token) => { const drawn = from.elements[token.element]; return drawn !== undefined && fits(token, drawn) })
      return at < 0 ? undefined : free.splice(at, 1)[0]
    }
    const put = (element: ElementDef, scope: string, outcome: string | null, host: string | undefined, old: Token | undefined): void => {
      const token: Token = { ...(old ?? {}), id: old?.id ?? `t${this.next++}`, element: element.id, scope, status: 'armed', outcome: old?.outcome ?? outcome, ...(host === undefined ? {} : { host }) }
      this.tokens.set(token.id, token)
      if (old) this.was.set(old.id, old.element)
    }
    const awaitable = (element: ElementDef): boolean => ['timer', 'message', 'signal'].includes(element.event?.kind ?? '')
    for (const host of [...this.tokens.values()]) {
      if (this.state.scopes.some((scope) => scope.kind === 'loop' && scope.id === host.scope)) continue // passes do not listen, the token around them does
      const border = (this.to.elements[host.element]?.boundary ?? []).map((id) => this.to.elements[id]!).filter((one) => one.type === 'boundaryEvent' && awaitable(one))
      const before = (from.elements[this.was.get(host.id) ?? host.element]?.boundary ?? []).map((id) => from.elements[id]!).filter(awaitable)
      const like = (drawn: ElementDef, old: ElementDef): boolean => old.id === drawn.id || (old.event?.kind === drawn.event?.kind && old.attributes.outcome === drawn.attributes.outcome)
      for (const drawn of border) {
        const old = takeUp((token, one) => token.host === host.id && one.id === drawn.id) ?? takeUp((token, one) => token.host === host.id && like(drawn, one))
        if (!old && before.some((one) => like(drawn, one))) continue // it has fired already
        put(drawn, host.scope, host.outcome, host.id, old)
      }
    }
    for (const scope of [...this.scopes.values()]) {
      for (const sub of this.to.containers[scope.element]?.eventSubs ?? []) {
        const start = this.to.elements[this.to.containers[sub]?.starts[0] ?? '']
        if (!start || !awaitable(start) || scope.kind === 'loop') continue
        const old = takeUp((token, one) => token.host === undefined && token.scope === scope.id && one.id === start.id)
        if (old || !from.elements[start.id]) put(start, scope.id, null, undefined, old)
      }
    }
  }

  finish(): ProcessState {
    const { lastEnd } = this.state
    const known = lastEnd.element === null || this.to.elements[lastEnd.element]
    return {
      ...this.state, process: this.to.main, tokens: [...this.tokens.values()], scopes: [...this.scopes.values()], next: this.next,
      lastEnd: known ? lastEnd : { element: null, outcome: lastEnd.outcome },
    }
  }

  timers(): Remapped['timers'] {
    const run = new Run(this.to, this.finish())
    for (const token of run.tokens.values()) if (token.status === 'armed' || token.status === 'waiting') {
      const element = this.to.elements[token.element]
      if (element?.event?.kind === 'timer') listen(run, token, element)
    }
    return run.effects.flatMap((effect) => (effect.type === 'timer.armed' ? [{ ...effect, was: this.was.get(effect.token) ?? null }] : []))
  }
}
