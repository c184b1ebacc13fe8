// Waiting and no longer waiting: timers, messages and signals are armed here, and tokens are taken away with all that hangs on them.
import { compute } from './conditions.ts'
import type { Run } from './run.ts'
import type { ElementDef, TimerSpec, Token, Variables } from './types.ts'

/** Tells the outside what this token now waits for. */
export function listen(run: Run, token: Token, element: ElementDef): void {
  const { event, attributes } = element
  const host = token.host ? { host: token.host } : {}
  if (event?.kind === 'timer') {
    const spec = readTimer(event.timer, run.view(token.scope, token.outcome, token.local), element.id, token.round ?? 1)
    run.emit({ type: 'timer.armed', token: token.id, element: element.id, spec, attributes, ...host })
  } else if (event?.kind === 'message' || event?.kind === 'signal') {
    run.emit({ type: 'event.awaited', token: token.id, element: element.id, kind: event.kind, name: event.name, ...host })
  }
}

function readTimer(drawn: TimerSpec, view: Variables, element: string, round: number): TimerSpec {
  const read = (text: string) => (/^\s*(=|\$\{)/.test(text) ? String(compute(text, view, element)) : text)
  const spec: TimerSpec = {}
  if (drawn.date) spec.date = read(drawn.date)
  if (drawn.duration) spec.duration = read(drawn.duration)
  if (drawn.cycle) return { ...spec, cycle: read(drawn.cycle), round }
  return spec
}

const awaitable = new Set(['timer', 'message', 'signal'])

/** One armed token for each event on the border that has to be waited for; errors and escalations are found when they are raised. */
export function armBoundary(run: Run, host: Token): void {
  for (const id of run.element(host.element).boundary ?? []) {
    const element = run.element(id)
    if (element.type !== 'boundaryEvent' || !awaitable.has(element.event?.kind ?? '')) continue
    listen(run, run.put({ element: id, scope: host.scope, status: 'armed', outcome: host.outcome, host: host.id }), element)
  }
}

/** The same for the event subprocesses of a scope that has just opened. */
export function armEventSubs(run: Run, scope: string, outcome: string | null): void {
  const container = run.definition.containers[run.scope(scope).element]
  for (const sub of container?.eventSubs ?? []) {
    const start = eventSubStart(run, sub)
    if (start && awaitable.has(start.event?.kind ?? '')) listen(run, run.put({ element: start.id, scope, status: 'armed', outcome }), start)
  }
}

export function eventSubStart(run: Run, sub: string): ElementDef | null {
  const start = run.definition.containers[sub]?.starts[0]
  return start ? run.element(start) : null
}

/** The pause after one firing of a cycle: a new token for the next, as long as rounds are left. */
export function rearm(run: Run, token: Token, element: ElementDef): void {
  const cycle = element.event?.kind === 'timer' ? element.event.timer.cycle : undefined
  if (!cycle) return
  const round = (token.round ?? 1) + 1
  const view = run.view(token.scope, token.outcome, token.local)
  const rounds = /^R(\d*)\//.exec(readTimer({ cycle }, view, element.id, round).cycle ?? '')
  if (!rounds || (rounds[1] !== '' && round > Number(rounds[1]))) return
  const { id: _, ...rest } = token
  listen(run, run.put({ ...rest, round }), element)
}

/** Takes a token away and tells the outside. Its boundary events, rivals of one event gateway and inner scopes go with it. */
export function cancelToken(run: Run, token: Token): void {
  if (!run.tokens.delete(token.id)) return
  stopWaiting(run, token)
  for (const scope of [...run.scopes.values()]) if (scope.owner === token.id) cancelScope(run, scope.id)
  dropAttached(run, token)
}

/** Takes away everything inside a scope, tokens under way included, and the scope itself. */
export function cancelScope(run: Run, scope: string): void {
  clearScope(run, scope)
  run.scopes.delete(scope)
}

export function clearScope(run: Run, scope: string): void {
  run.queue = run.queue.filter((move) => move.scope !== scope)
  for (const token of run.tokensIn(scope)) cancelToken(run, token)
}

/** What is left of a token that ends as it should: its boundary events and its rivals stop waiting. */
export function dropAttached(run: Run, token: Token): void {
  for (const other of [...run.tokens.values()]) {
    if (other.host === token.id || (token.race !== undefined && other.race === token.race)) cancelToken(run, other)
  }
}

export function stopWaiting(run: Run, token: Token): void {
  if (token.status === 'joining' || token.status === 'inside') return
  const element = run.element(token.element)
  const at = { token: token.id, element: element.id }
  if (element.type === 'task') run.emit({ type: 'task.cancelled', ...at })
  else if (element.type === 'callActivity') run.emit({ type: 'call.cancelled', ...at })
  else if (element.event?.kind === 'timer') run.emit({ type: 'timer.disarmed', ...at })
  else run.emit({ type: 'event.dropped', ...at })
}
