// What happens when a token reaches an element, one case for each kind of element.
import { BpmnError } from './errors.ts'
import { leave } from './leave.ts'
import { armBoundary, armEventSubs, clearScope, listen } from './listen.ts'
import { startLoop } from './loops.ts'
import { raise } from './raise.ts'
import type { Move, Run } from './run.ts'
import type { ElementDef, Token } from './types.ts'

type Entering = Extract<Move, { to: 'enter' }>

export function enter(run: Run, move: Entering): void {
  const element = run.element(move.element)
  if (element.loop && !move.pass) return startLoop(run, element, element.loop, move)
  switch (element.type) {
    case 'task':
      return openTask(run, element, move)
    case 'callActivity':
      return startCall(run, element, move)
    case 'subProcess':
      return openSubprocess(run, element, move)
    case 'parallelGateway':
      return joinParallel(run, element, move)
    case 'inclusiveGateway':
      if (element.incoming.length > 1 && move.via) rest(run, move, 'joining', { via: move.via })
      else leave(run, element.id, move.scope, move.outcome)
      return
    case 'eventGateway':
      return startRace(run, element, move)
    case 'catchEvent':
      if (element.event?.kind === 'link') leave(run, element.id, move.scope, move.outcome)
      else listen(run, rest(run, move, 'waiting'), element)
      return
    case 'throwEvent':
      if (!throwEvent(run, element, move)) leave(run, element.id, move.scope, move.outcome)
      return
    case 'endEvent':
      return endEvent(run, element, move)
    case 'unsupported':
      throw new BpmnError(
        'bpmn.unsupported',
        `Quy trình tới “${element.name || element.id}” (${element.bpmnType}), loại chưa chạy được; sửa quy trình.`,
        element.id,
      )
    default:
      return leave(run, element.id, move.scope, move.outcome)
  }
}

function rest(run: Run, move: Entering, status: Token['status'], more: Partial<Token> = {}): Token {
  return run.put({
    element: move.element,
    scope: move.scope,
    status,
    outcome: move.outcome,
    ...(move.pass ? { local: move.pass } : {}),
    ...more,
  })
}

/** Boundary events belong to the whole activity: the token outside the loop listens, its passes do not. */
function guard(run: Run, token: Token, move: Entering): void {
  if (!move.pass) armBoundary(run, token)
}

function openTask(run: Run, element: ElementDef, move: Entering): void {
  const token = rest(run, move, 'waiting')
  announceTask(run, element, token)
  guard(run, token, move)
}

function announceTask(run: Run, element: ElementDef, token: Token): void {
  const message = element.event?.kind === 'message' && element.event.name ? { message: element.event.name } : {}
  const local = token.local ? { local: token.local } : {}
  run.emit({
    type: 'task.opened',
    token: token.id,
    element: element.id,
    kind: element.task ?? 'manual',
    attributes: element.attributes,
    ...local,
    ...message,
  })
}

function startCall(run: Run, element: ElementDef, move: Entering): void {
  const token = rest(run, move, 'waiting')
  const variables = { ...run.view(move.scope, move.outcome, move.pass) }
  run.emit({
    type: 'call.started',
    token: token.id,
    element: element.id,
    callee: element.callee ?? '',
    variables,
    attributes: element.attributes,
  })
  guard(run, token, move)
}

function openSubprocess(run: Run, element: ElementDef, move: Entering): void {
  const token = rest(run, move, 'inside')
  const scope = run.openScope({ kind: 'subprocess', element: element.id, owner: token.id })
  guard(run, token, move)
  armEventSubs(run, scope.id, move.outcome)
  const start = run.definition.containers[element.id]?.starts.find((id) => run.element(id).event?.kind === 'none')
  if (!start)
    throw new BpmnError('bpmn.no_start', `Quy trình con “${element.name || element.id}” không có điểm bắt đầu; sửa quy trình.`, element.id)
  run.queue.push({ to: 'enter', element: start, scope: scope.id, via: null, outcome: move.outcome })
}

function joinParallel(run: Run, element: ElementDef, move: Entering): void {
  if (element.incoming.length < 2 || !move.via) return leave(run, element.id, move.scope, move.outcome)
  rest(run, move, 'joining', { via: move.via })
  const waiting = run.tokensIn(move.scope).filter((token) => token.element === element.id)
  const one = element.incoming.map((flow) => waiting.find((token) => token.via === flow))
  if (one.includes(undefined)) return
  for (const token of one) if (token) run.tokens.delete(token.id)
  leave(run, element.id, move.scope, move.outcome)
}

/** One token for each event that may come; the first one takes the flow and removes the others. */
function startRace(run: Run, element: ElementDef, move: Entering): void {
  let race: string | null = null
  for (const id of element.outgoing) {
    const target = run.element(run.definition.flows[id]?.target ?? '')
    const token = run.put({ element: target.id, scope: move.scope, status: 'waiting', outcome: move.outcome, via: id })
    race ??= token.id
    run.tokens.set(token.id, { ...token, race })
    if (target.type === 'task') announceTask(run, target, token)
    else listen(run, token, target)
  }
}

/** True when the throwing itself removed the token that threw. */
function throwEvent(run: Run, element: ElementDef, move: Entering): boolean {
  const event = element.event
  const { attributes } = element
  if (event?.kind === 'message') run.emit({ type: 'message.sent', element: element.id, name: event.name, attributes })
  if (event?.kind === 'signal') run.emit({ type: 'signal.sent', element: element.id, name: event.name, attributes })
  if (event?.kind === 'escalation') return raise(run, 'escalation', event.code ?? '', element.id, move.scope, null)
  if (event?.kind === 'error') return raise(run, 'error', event.code ?? '', element.id, move.scope, null)
  return false
}

function endEvent(run: Run, element: ElementDef, move: Entering): void {
  if (throwEvent(run, element, move)) return
  if (element.event?.kind === 'terminate') clearScope(run, move.scope)
  const outcome = element.attributes.outcome ?? move.outcome
  if (run.scope(move.scope).kind === 'process') run.lastEnd = { element: element.id, outcome }
  const owner = run.ownerOf(run.scope(move.scope))
  if (owner) run.tokens.set(owner.id, { ...owner, outcome })
}
