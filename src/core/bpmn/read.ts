// Turns one drawn BPMN element (a moddle object) into the plain shape the engine runs on; knows nothing of graphs.
import type { ModdleElement } from 'bpmn-moddle'
import type { Attributes, ElementType, EventSpec, LoopDef, OutcomeDef, TaskKind, TimerSpec } from './types.ts'

const types: Record<string, ElementType> = {
  StartEvent: 'startEvent',
  EndEvent: 'endEvent',
  IntermediateCatchEvent: 'catchEvent',
  IntermediateThrowEvent: 'throwEvent',
  BoundaryEvent: 'boundaryEvent',
  CallActivity: 'callActivity',
  SubProcess: 'subProcess',
  ExclusiveGateway: 'exclusiveGateway',
  InclusiveGateway: 'inclusiveGateway',
  ParallelGateway: 'parallelGateway',
  EventBasedGateway: 'eventGateway',
}

const tasks: Record<string, TaskKind> = {
  Task: 'manual',
  UserTask: 'user',
  ManualTask: 'manual',
  ServiceTask: 'service',
  SendTask: 'send',
  ReceiveTask: 'receive',
  BusinessRuleTask: 'businessRule',
}

const shortType = (element: ModdleElement): string => element.$type.replace(/^bpmn:/, '')

export const typeOf = (element: ModdleElement): ElementType =>
  shortType(element) in tasks ? 'task' : (types[shortType(element)] ?? 'unsupported')
export const taskKindOf = (element: ModdleElement): TaskKind | undefined => tasks[shortType(element)]

const attributeNames = {
  step: ['role', 'unit', 'hours', 'clock', 'status', 'stepId', 'silenceValue', 'silenceUnit', 'outcome', 'order', 'answers'],
  flow: ['outcome', 'label', 'effect'],
}

/** Attributes of our namespace by local name; those the descriptor does not know come along as text. */
export function attributesOf(element: ModdleElement, kind: 'step' | 'flow'): Attributes {
  const found: Attributes = {}
  for (const name of attributeNames[kind]) {
    const value: unknown = element[name]
    if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) found[name] = value
  }
  for (const [name, value] of Object.entries(element.$attrs ?? {})) if (name.startsWith('tinhso:')) found[name.slice(7)] = value
  return found
}

export function extensionsOf(element: ModdleElement): ModdleElement[] {
  return element.extensionElements?.values ?? []
}

/** Lines of tinhso:does or tinhso:prints, whether in one element or in many. */
export function linesOf(element: ModdleElement, type: 'tinhso:Does' | 'tinhso:Prints'): string[] {
  return extensionsOf(element)
    .filter((extension) => extension.$type === type)
    .flatMap((extension) => String(extension.text ?? '').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

export function outcomesOf(element: ModdleElement): OutcomeDef[] {
  return extensionsOf(element)
    .filter((extension) => extension.$type === 'tinhso:Outcomes')
    .flatMap((extension): ModdleElement[] => extension.outcomes ?? [])
    .filter((outcome) => outcome.key)
    .map((outcome) => ({ key: outcome.key, label: outcome.label ?? outcome.key, ...(outcome.effect ? { effect: outcome.effect } : {}) }))
}

export function documentationOf(element: ModdleElement): string | undefined {
  const found = (element.documentation ?? []).map((each: ModdleElement) => String(each.text ?? '').trim()).join('\n')
  return found === '' ? undefined : found
}

export function bodyOf(expression: ModdleElement | undefined): string | undefined {
  const body = expression?.body?.trim()
  return body ? body : undefined
}

function timerOf(definition: ModdleElement): TimerSpec {
  const spec: TimerSpec = {}
  const date = bodyOf(definition.timeDate)
  const duration = bodyOf(definition.timeDuration)
  const cycle = bodyOf(definition.timeCycle)
  if (date) spec.date = date
  if (duration) spec.duration = duration
  if (cycle) spec.cycle = cycle
  return spec
}

const named = (ref: ModdleElement | undefined): string => ref?.name ?? ref?.id ?? ''

function specOf(definition: ModdleElement): EventSpec | null {
  switch (shortType(definition)) {
    case 'TimerEventDefinition':
      return { kind: 'timer', timer: timerOf(definition) }
    case 'MessageEventDefinition':
      return { kind: 'message', name: named(definition.messageRef) }
    case 'SignalEventDefinition':
      return { kind: 'signal', name: named(definition.signalRef) }
    case 'LinkEventDefinition':
      return { kind: 'link', name: definition.name ?? '' }
    case 'TerminateEventDefinition':
      return { kind: 'terminate' }
    case 'ErrorEventDefinition': {
      const code = definition.errorRef?.errorCode ?? definition.errorRef?.name ?? definition.errorRef?.id
      return code ? { kind: 'error', code } : { kind: 'error' }
    }
    case 'EscalationEventDefinition': {
      const code = definition.escalationRef?.escalationCode ?? definition.escalationRef?.name ?? definition.escalationRef?.id
      return code ? { kind: 'escalation', code } : { kind: 'escalation' }
    }
    default:
      return null
  }
}

const allowed: Partial<Record<ElementType, EventSpec['kind'][]>> = {
  startEvent: ['none', 'message', 'timer', 'signal', 'error', 'escalation'],
  endEvent: ['none', 'error', 'escalation', 'terminate', 'message', 'signal'],
  catchEvent: ['timer', 'message', 'signal', 'link'],
  throwEvent: ['none', 'message', 'escalation', 'signal', 'link'],
  boundaryEvent: ['timer', 'error', 'escalation', 'message', 'signal'],
}

/** What an event waits for or throws; null when we cannot run it, with the name of the culprit in `refused`. */
export function eventOf(element: ModdleElement, type: ElementType): { event: EventSpec | null; refused: string } {
  const definitions: ModdleElement[] = element.eventDefinitions ?? []
  const first = definitions[0]
  const event: EventSpec | null = first ? specOf(first) : { kind: 'none' }
  const refused = first ? shortType(first) : 'None'
  if (definitions.length > 1 || !event || !allowed[type]?.includes(event.kind)) return { event: null, refused }
  return { event, refused }
}

/** Repetition as drawn. `references` gives the raw text of loopDataInputRef and loopDataOutputRef, which often point at nothing. */
export function loopOf(
  element: ModdleElement,
  reference: (owner: ModdleElement, property: string) => string | undefined,
): LoopDef | undefined {
  const drawn: ModdleElement | undefined = element.loopCharacteristics
  if (!drawn) return undefined
  if (shortType(drawn) === 'StandardLoopCharacteristics') {
    const condition = bodyOf(drawn.loopCondition)
    return {
      mode: 'while',
      testBefore: drawn.testBefore === true,
      ...(condition ? { condition } : {}),
      ...(drawn.loopMaximum ? { maximum: Number(drawn.loopMaximum) } : {}),
    }
  }
  const loop: LoopDef = { mode: drawn.isSequential ? 'sequential' : 'parallel' }
  const attribute = (...names: string[]) => names.map((name) => drawn[name] ?? drawn.$attrs?.[name]).find((value) => value !== undefined)
  const dataName = (ref: ModdleElement | undefined, property: string) => ref?.name ?? ref?.id ?? reference(drawn, property)
  const set = (key: 'collection' | 'item' | 'cardinality' | 'completion' | 'collect' | 'collectItem', value: string | undefined) => {
    if (value) loop[key] = value
  }
  set(
    'collection',
    attribute('collection', 'camunda:collection', 'flowable:collection') ?? dataName(drawn.loopDataInputRef, 'bpmn:loopDataInputRef'),
  )
  set(
    'item',
    attribute('item', 'camunda:elementVariable', 'flowable:elementVariable') ?? drawn.inputDataItem?.name ?? drawn.inputDataItem?.id,
  )
  set('cardinality', bodyOf(drawn.loopCardinality))
  set('completion', bodyOf(drawn.completionCondition))
  set('collect', attribute('collect') ?? dataName(drawn.loopDataOutputRef, 'bpmn:loopDataOutputRef'))
  set('collectItem', attribute('collectItem') ?? drawn.outputDataItem?.name)
  return loop
}
