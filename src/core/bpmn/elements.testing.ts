// bpmn-elements, another BPMN engine, behind the few verbs our tests need; it is asked for a second opinion and never shipped.

import * as behaviours from 'bpmn-elements'
import { Context, Definition, Environment } from 'bpmn-elements'
import type { ModdleElement } from 'bpmn-moddle'
import { evaluate } from 'feelin'
import { readXml } from './parse.ts'

type Mapped = {
  id?: string
  type: string
  behaviour: Record<string, unknown>
  Behaviour: unknown
  parent?: { id?: string; type: string }
} & Record<string, unknown>

const behaviourOf = (type: string): unknown => (behaviours as unknown as Record<string, unknown>)[type.replace('bpmn:', '')]
const ref = (element: ModdleElement) => ({ id: element.id, type: element.$type, name: element.name })

function mapEvent(drawn: ModdleElement): Mapped {
  const behaviour: Record<string, unknown> = { ...drawn }
  for (const key of Object.keys(drawn)) {
    if (/Ref$/.test(key)) behaviour[key] = ref(drawn[key])
    if (/^time/.test(key)) behaviour[key] = drawn[key].body
  }
  return { id: drawn.id, type: drawn.$type, behaviour, Behaviour: behaviourOf(drawn.$type) }
}

function contextOf(root: ModdleElement) {
  const activities: Mapped[] = []
  const flows: Mapped[] = []
  const processes: Mapped[] = []
  const walk = (container: ModdleElement) => {
    const defaults = new Set((container.flowElements ?? []).map((each: ModdleElement) => each.default?.id))
    for (const drawn of (container.flowElements ?? []) as ModdleElement[]) {
      const behaviour: Record<string, unknown> = { ...drawn }
      if (drawn.eventDefinitions) behaviour.eventDefinitions = drawn.eventDefinitions.map(mapEvent)
      if (drawn.attachedToRef) behaviour.attachedTo = ref(drawn.attachedToRef)
      const parent = { id: container.id, type: container.$type }
      const mapped: Mapped = { id: drawn.id, type: drawn.$type, name: drawn.name, parent, behaviour, Behaviour: behaviourOf(drawn.$type) }
      if (drawn.$type === 'bpmn:SequenceFlow') {
        flows.push({ ...mapped, sourceId: drawn.sourceRef.id, targetId: drawn.targetRef.id, isDefault: defaults.has(drawn.id) })
      } else activities.push(mapped)
      if (drawn.flowElements) walk(drawn)
    }
  }
  for (const process of (root.rootElements ?? []).filter((each: ModdleElement) => each.$type === 'bpmn:Process')) {
    processes.push({ id: process.id, type: process.$type, behaviour: { ...process }, Behaviour: behaviourOf(process.$type) })
    walk(process)
  }
  const within = (all: Mapped[], scope?: string) => (scope ? all.filter((each) => each.parent?.id === scope) : all)
  return {
    id: root.id,
    type: root.$type,
    getProcessById: (id: string) => processes.find((each) => each.id === id),
    getProcesses: () => processes,
    getExecutableProcesses: () => processes,
    getActivityById: (id: string) => activities.find((each) => each.id === id),
    getActivities: (scope?: string) => within(activities, scope),
    getSequenceFlowById: (id: string) => flows.find((each) => each.id === id),
    getSequenceFlows: (scope?: string) => within(flows, scope),
    getInboundSequenceFlows: (id: string) => flows.filter((each) => each.targetId === id),
    getOutboundSequenceFlows: (id: string) => flows.filter((each) => each.sourceId === id),
    getMessageFlows: () => [],
    getAssociations: () => [],
    getInboundAssociations: () => [],
    getOutboundAssociations: () => [],
    getDataObjectById: () => undefined,
    getDataStoreById: () => undefined,
    getDataStoreReferenceById: () => undefined,
  }
}

export class SecondEngine {
  readonly waiting = new Set<string>()
  readonly timers = new Map<string, () => void>()
  readonly flows: string[] = []
  ended = false
  private outcome: string | null = null
  private readonly definition: Definition

  private constructor(root: ModdleElement) {
    const timers = {
      setTimeout: () => 0,
      clearTimeout: (id: string) => this.timers.delete(id),
      register: (owner: { id: string }) => ({
        setTimeout: (callback: (...args: unknown[]) => void, _: number, ...args: unknown[]) => {
          this.timers.set(owner.id, () => {
            this.timers.delete(owner.id)
            callback(...args)
          })
          return owner.id
        },
      }),
    }
    const expressions = {
      resolveExpression: (expression: unknown) =>
        typeof expression === 'string' && expression.includes('outcome')
          ? evaluate(expression, { outcome: this.outcome }).value
          : expression,
      isExpression: () => false,
      hasExpression: () => false,
    }
    const environment = new Environment({ timers, expressions } as never)
    this.definition = new Definition(new (Context as never as new (...args: unknown[]) => never)(contextOf(root), environment))
    this.definition.broker.subscribeTmp(
      'event',
      '#',
      (key, message) => {
        const id: string = message.content?.id
        if (key === 'activity.wait') this.waiting.add(id)
        if (key === 'activity.leave' || key === 'activity.discard') this.waiting.delete(id)
        if (key === 'flow.take') this.flows.push(id)
        if (key === 'definition.leave') this.ended = true
      },
      { noAck: true },
    )
    this.definition.run()
  }

  static async start(xml: string): Promise<SecondEngine> {
    return new SecondEngine((await readXml(xml)).rootElement)
  }

  complete(element: string, outcome: string | null): void {
    this.outcome = outcome
    this.definition.signal({ id: element })
  }

  timeout(element: string): void {
    this.timers.get(element)?.()
  }
}
