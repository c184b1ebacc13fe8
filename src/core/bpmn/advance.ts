// The engine's one verb: a definition, a state and something that happened give the next state and what the world must do about it.
import { BpmnError } from './errors.ts'
import { armEventSubs, dropAttached, stopWaiting } from './listen.ts'
import { finish } from './loops.ts'
import { endAll, fireArmed, raise } from './raise.ts'
import { Run } from './run.ts'
import { settle } from './settle.ts'
import type { Definition, ElementDef, Input, ProcessState, Step, Token } from './types.ts'

/**
 * Pure: reads no clock, does no I/O, never changes `state`, and gives the same answer to the same question. A null state takes `start`,
 * or the `message` or `signal` of a start event. Effects come in the order they happened. Throws BpmnError when the input does not fit
 * (`bpmn.unknown_token`, `bpmn.not_waiting`, `bpmn.no_flow` …); the state is then unchanged.
 */
export function advance(definition: Definition, state: ProcessState | null, input: Input): Step {
  const run = state === null ? begin(definition, input) : proceed(definition, state, input)
  settle(run)
  return { state: run.state(), effects: run.effects }
}

function begin(definition: Definition, input: Input): Run {
  const start = startEvent(definition, input)
  const process = start.parent
  const run = new Run(definition, { process })
  run.learn('variables' in input ? input.variables : undefined)
  const root = run.openScope({ kind: 'process', element: process, owner: null })
  armEventSubs(run, root.id, null)
  run.emit({ type: 'event.fired', element: start.id, kind: start.event?.kind ?? 'none', token: '' })
  run.queue.push({ to: 'leave', element: start.id, scope: root.id, outcome: start.attributes.outcome ?? null })
  return run
}

function startEvent(definition: Definition, input: Input): ElementDef {
  const elements = (process: string) =>
    (definition.processes[process]?.starts ?? []).map((id) => definition.elements[id]).filter((each) => each !== undefined)
  let found: ElementDef | undefined
  if (input.kind === 'start') {
    const starts = elements(input.process ?? definition.main)
    found = input.element ? starts.find((each) => each.id === input.element) : starts.find((each) => each.event?.kind === 'none')
    if (!input.element && starts.length === 1) found = starts[0]
  } else if (input.kind === 'message' || input.kind === 'signal') {
    const { kind, name } = input
    found = Object.keys(definition.processes)
      .flatMap(elements)
      .find((each) => each.event?.kind === kind && each.event.name === name)
  } else {
    throw new BpmnError('bpmn.not_started', 'Quy trình chưa bắt đầu; bắt đầu trước rồi làm tiếp.')
  }
  if (!found || found.type === 'unsupported') {
    throw new BpmnError('bpmn.no_start', 'Quy trình không có điểm bắt đầu như yêu cầu; kiểm tra sự kiện bắt đầu của quy trình.')
  }
  return found
}

function proceed(definition: Definition, state: ProcessState, input: Input): Run {
  if (state.status === 'ended') throw new BpmnError('bpmn.ended', 'Quy trình đã kết thúc, không làm thêm được nữa.')
  const run = new Run(definition, state)
  switch (input.kind) {
    case 'start':
      throw new BpmnError('bpmn.already_started', 'Quy trình đã bắt đầu rồi.')
    case 'complete':
      complete(run, waitingAt(run, input.token, 'task'), input)
      break
    case 'called': {
      const token = waitingAt(run, input.token, 'callActivity')
      run.learn(input.variables)
      run.emit({ type: 'call.ended', token: token.id, element: token.element })
      finish(run, token, input.outcome ?? token.outcome)
      break
    }
    case 'timer': {
      const token = tokenOf(run, input.token)
      if (!isListening(token) || run.element(token.element).event?.kind !== 'timer') throw notWaiting(run, token)
      run.learn(input.variables)
      fire(run, token)
      break
    }
    case 'message': {
      const token = awaiting(run, 'message', input.name).find((each) => input.token === undefined || each.id === input.token)
      if (!token) throw new BpmnError('bpmn.not_awaited', `Quy trình không chờ thông điệp “${input.name}” lúc này.`)
      run.learn(input.variables)
      fire(run, token)
      break
    }
    case 'signal':
      run.learn(input.variables)
      for (const token of awaiting(run, 'signal', input.name)) if (run.tokens.has(token.id)) fire(run, token)
      break
    case 'error':
    case 'escalation': {
      const token = tokenOf(run, input.token)
      if (token.status !== 'waiting' && token.status !== 'inside') throw notWaiting(run, token)
      run.learn(input.variables)
      raise(run, input.kind, input.code, token.element, token.scope, token)
      break
    }
    case 'terminate':
      endAll(run)
      run.emit({ type: 'ended', how: 'terminated', element: null, outcome: null, reason: input.reason })
  }
  return run
}

function tokenOf(run: Run, id: string): Token {
  const token = run.tokens.get(id)
  if (!token) throw new BpmnError('bpmn.unknown_token', 'Việc này không còn trong quy trình, có thể người khác đã làm xong; tải lại trang.')
  return token
}

function waitingAt(run: Run, id: string, type: 'task' | 'callActivity'): Token {
  const token = tokenOf(run, id)
  if (token.status !== 'waiting' || run.element(token.element).type !== type) throw notWaiting(run, token)
  return token
}

function notWaiting(run: Run, token: Token): BpmnError {
  const { id, name } = run.element(token.element)
  return new BpmnError('bpmn.not_waiting', `“${name || id}” không chờ thao tác này; tải lại trang để xem bước hiện tại.`, id)
}

const isListening = (token: Token): boolean => token.status === 'waiting' || token.status === 'armed'

/** Oldest first. */
function awaiting(run: Run, kind: 'message' | 'signal', name: string): Token[] {
  return [...run.tokens.values()].filter((token) => {
    const event = run.element(token.element).event
    const receives = run.element(token.element).task !== 'send'
    return isListening(token) && receives && event?.kind === kind && event.name === name
  })
}

/** A timer, message or signal sets a token off. */
function fire(run: Run, token: Token): void {
  const element = run.element(token.element)
  if (element.type === 'task') return complete(run, token, {})
  if (token.status === 'armed') return fireArmed(run, token)
  run.tokens.delete(token.id)
  stopWaiting(run, token)
  winRace(run, token)
  run.emit({ type: 'event.fired', element: element.id, kind: element.event?.kind ?? 'none', token: token.id })
  run.queue.push({ to: 'leave', element: element.id, scope: token.scope, outcome: element.attributes.outcome ?? token.outcome })
}

/** After an event-based gateway the flow counts as taken only now. */
function winRace(run: Run, token: Token): void {
  dropAttached(run, token)
  const flow = token.race && token.via ? run.definition.flows[token.via] : undefined
  if (!flow) return
  run.emit({
    type: 'flow.taken',
    flow: flow.id,
    source: flow.source,
    target: flow.target,
    outcome: token.outcome,
    attributes: flow.attributes,
  })
}

function complete(run: Run, token: Token, input: { outcome?: string; variables?: Record<string, unknown> }): void {
  const element = run.element(token.element)
  refuseOutcome(element, input.outcome)
  const byPeople = element.task === 'user' || element.task === 'manual'
  const outcome = input.outcome ?? (byPeople ? null : token.outcome)
  run.learn(input.variables)
  winRace(run, token)
  run.emit({ type: 'task.completed', token: token.id, element: element.id, outcome })
  finish(run, token, outcome)
}

function refuseOutcome(element: ElementDef, outcome: string | undefined): void {
  if (element.outcomes.length === 0) return
  const name = element.name || element.id
  const choices = element.outcomes.map((each) => each.label).join('; ')
  if (outcome === undefined)
    throw new BpmnError('bpmn.outcome_missing', `“${name}” cần một kết quả; chọn một trong: ${choices}.`, element.id)
  if (element.outcomes.some((each) => each.key === outcome)) return
  throw new BpmnError('bpmn.unknown_outcome', `“${name}” không có kết quả “${outcome}”; chọn một trong: ${choices}.`, element.id)
}
