// Errors and escalations look for whoever catches them, from the inside out; boundary events and event subprocesses begin here.
import { armEventSubs, cancelScope, cancelToken, clearScope, eventSubStart, rearm, stopWaiting } from './listen.ts'
import type { Run } from './run.ts'
import type { ElementDef, Token } from './types.ts'

type Kind = 'error' | 'escalation'

/**
 * Raises from an element in a scope; `at` when a resting token itself failed. Answers whether the raising token is gone.
 * An error that nobody catches ends the instance; an escalation that nobody catches is only told.
 */
export function raise(run: Run, kind: Kind, code: string, origin: string, scope: string, at: Token | null): boolean {
  let token = at
  let around = scope
  while (true) {
    if (token && !run.isPass(token)) {
      const boundary = catcher(
        (run.element(token.element).boundary ?? []).map((id) => run.element(id)),
        kind,
        code,
      )
      if (boundary) {
        tell(run, kind, code, origin, boundary.id)
        fireBoundary(run, boundary, token, kind === 'error' || boundary.interrupting !== false)
        return kind === 'error' || boundary.interrupting !== false
      }
    }
    const fromEventSub = token !== null && run.element(token.element).byEvent === true
    const start = fromEventSub ? null : eventSubFor(run, around, kind, code)
    if (start) {
      tell(run, kind, code, origin, start.id)
      startEventSub(run, start, around, null, kind === 'error' || start.interrupting !== false)
      return kind === 'error' || start.interrupting !== false
    }
    token = run.ownerOf(run.scope(around))
    if (!token) break
    around = token.scope
  }
  tell(run, kind, code, origin, null)
  if (kind === 'escalation') return false
  endAll(run)
  run.emit({ type: 'ended', how: 'error', element: origin, outcome: null, code })
  return true
}

function tell(run: Run, kind: Kind, code: string, element: string, caughtBy: string | null): void {
  run.emit({ type: kind === 'error' ? 'error.raised' : 'escalation.raised', element, code, caughtBy })
}

/** The one that names the code, else the one that catches any. */
function catcher(candidates: ElementDef[], kind: Kind, code: string): ElementDef | null {
  const codeOf = (element: ElementDef) => (element.event?.kind === kind ? element.event.code : null)
  return candidates.find((each) => codeOf(each) === code) ?? candidates.find((each) => codeOf(each) === undefined) ?? null
}

function eventSubFor(run: Run, scope: string, kind: Kind, code: string): ElementDef | null {
  const container = run.definition.containers[run.scope(scope).element]
  if (run.scope(scope).kind === 'loop') return null
  const starts = (container?.eventSubs ?? []).map((sub) => eventSubStart(run, sub)).filter((start) => start !== null)
  return catcher(starts, kind, code)
}

export function fireBoundary(run: Run, boundary: ElementDef, host: Token, interrupting: boolean): void {
  run.emit({ type: 'event.fired', element: boundary.id, kind: boundary.event?.kind ?? 'none', token: host.id })
  const outcome = boundary.attributes.outcome ?? host.outcome
  if (interrupting) cancelToken(run, host)
  run.queue.push({ to: 'leave', element: boundary.id, scope: host.scope, outcome })
}

/** Opens an event subprocess beside, or when interrupting instead of, what runs in the scope. */
export function startEventSub(run: Run, start: ElementDef, scope: string, token: string | null, interrupting: boolean): void {
  run.emit({ type: 'event.fired', element: start.id, kind: start.event?.kind ?? 'none', token: token ?? '' })
  if (interrupting) clearScope(run, scope)
  const outcome = start.attributes.outcome ?? null
  const owner = run.put({ element: start.parent, scope, status: 'inside', outcome })
  const inner = run.openScope({ kind: 'subprocess', element: start.parent, owner: owner.id })
  armEventSubs(run, inner.id, outcome)
  run.queue.push({ to: 'leave', element: start.id, scope: inner.id, outcome })
}

/** An armed token has been set off: a boundary event if it has a host, else the start of an event subprocess. */
export function fireArmed(run: Run, token: Token): void {
  const element = run.element(token.element)
  const interrupting = element.interrupting !== false
  const host = token.host ? run.tokens.get(token.host) : undefined
  if (interrupting || element.event?.kind === 'timer') {
    run.tokens.delete(token.id)
    stopWaiting(run, token)
  }
  if (host) fireBoundary(run, element, host, interrupting)
  else startEventSub(run, element, token.scope, token.id, interrupting)
  if (!interrupting) rearm(run, token, element)
}

/** Ends the instance at once, whatever still runs. */
export function endAll(run: Run): void {
  run.ended = true
  run.queue = []
  for (const scope of [...run.scopes.values()]) if (scope.kind === 'process') cancelScope(run, scope.id)
}
