// Builds the graph of a Definition out of a moddle tree: elements, flows, containers and how they hang together.
import type { ModdleElement, ModdleReference } from 'bpmn-moddle'
import { BpmnError } from './errors.ts'
import { attributesOf, bodyOf, documentationOf, eventOf, linesOf, loopOf, outcomesOf, taskKindOf, typeOf } from './read.ts'
import type { ContainerDef, Definition, ElementDef, FlowDef, ReportEntry } from './types.ts'

const maxDepth = 40

/** Ids come from strangers: without a prototype, an element called 'constructor' is just an element. */
const record = <T>(): Record<string, T> => Object.create(null)

export class GraphReader {
  readonly report: ReportEntry[] = []
  private readonly raw = new Map<ModdleElement, Map<string, string>>()
  private readonly elements = record<ElementDef>()
  private readonly flows = record<FlowDef>()
  private inProcess: string[] = []
  private readonly containers = record<ContainerDef>()

  constructor(references: ModdleReference[]) {
    for (const { element, property, id } of references) {
      const known = this.raw.get(element) ?? new Map<string, string>()
      this.raw.set(element, known.set(property, id))
    }
  }

  read(root: ModdleElement, digest: string): Definition {
    const drawn = (root.rootElements ?? []).filter((element: ModdleElement) => element.$type === 'bpmn:Process')
    if (drawn.length === 0) throw new BpmnError('bpmn.no_process', 'Tệp không có quy trình nào; vẽ ít nhất một quy trình rồi tải lại.')
    const processes: Definition['processes'] = record()
    for (const process of drawn) {
      this.inProcess = []
      const container = this.container(process, 0)
      processes[container.id] = { ...container, executable: process.isExecutable === true, elements: this.inProcess }
      this.lanes(process)
    }
    this.connect()
    const main = Object.values(processes).find((process) => process.executable) ?? Object.values(processes)[0]
    return {
      id: root.id ?? '',
      digest,
      main: main?.id ?? '',
      processes,
      containers: this.containers,
      elements: this.elements,
      flows: this.flows,
    }
  }

  private container(drawn: ModdleElement, depth: number): ContainerDef {
    if (depth > maxDepth)
      throw new BpmnError('bpmn.unreadable', 'Quy trình con lồng nhau quá sâu; tách thành quy trình riêng.', drawn.id ?? null)
    const container: ContainerDef = { id: drawn.id ?? '', name: drawn.name ?? '', starts: [], eventSubs: [] }
    this.containers[container.id] = container
    for (const child of (drawn.flowElements ?? []) as ModdleElement[]) {
      if (!child.id || /^bpmn:Data(Object|Store)/.test(child.$type)) continue
      if (child.$type === 'bpmn:SequenceFlow') this.flow(child)
      else this.element(child, container, depth)
    }
    container.starts.sort((a, b) => this.rank(a) - this.rank(b))
    return container
  }

  private rank(id: string): number {
    return this.elements[id]?.event?.kind === 'none' ? 0 : 1
  }

  private flow(drawn: ModdleElement): void {
    const id = drawn.id ?? ''
    if (!drawn.sourceRef?.id || !drawn.targetRef?.id) {
      this.report.push({ level: 'error', element: id, message: 'Luồng không nối đủ hai đầu; nối lại hoặc xóa đi.' })
      return
    }
    const condition = bodyOf(drawn.conditionExpression)
    const attributes = attributesOf(drawn, 'flow')
    this.flows[id] = {
      id,
      source: drawn.sourceRef.id,
      target: drawn.targetRef.id,
      name: drawn.name ?? '',
      attributes,
      ...(condition ? { condition } : {}),
    }
  }

  private element(drawn: ModdleElement, container: ContainerDef, depth: number): void {
    const element = this.shape(drawn, container.id)
    this.elements[element.id] = element
    this.inProcess.push(element.id)
    if (element.type === 'startEvent') container.starts.push(element.id)
    if (element.type !== 'subProcess') return
    if (element.byEvent) container.eventSubs.push(element.id)
    this.container(drawn, depth + 1)
  }

  private shape(drawn: ModdleElement, parent: string): ElementDef {
    const type = typeOf(drawn)
    const element: ElementDef = {
      id: drawn.id ?? '',
      type,
      bpmnType: drawn.$type,
      name: drawn.name ?? '',
      parent,
      incoming: [],
      outgoing: [],
      attributes: attributesOf(drawn, 'step'),
      outcomes: outcomesOf(drawn),
      does: linesOf(drawn, 'tinhso:Does'),
      prints: linesOf(drawn, 'tinhso:Prints'),
    }
    const documentation = documentationOf(drawn)
    const task = taskKindOf(drawn)
    const loop = loopOf(drawn, (owner, property) => this.raw.get(owner)?.get(property))
    if (documentation) element.documentation = documentation
    if (task) element.task = task
    if (loop) element.loop = loop
    if (drawn.default?.id) element.default = drawn.default.id
    if (type === 'callActivity') element.callee = drawn.calledElement ?? ''
    if (type === 'subProcess') element.byEvent = drawn.triggeredByEvent === true
    if (type === 'boundaryEvent') {
      element.attachedTo = drawn.attachedToRef?.id ?? ''
      element.interrupting = drawn.cancelActivity !== false
    }
    if (type === 'startEvent') element.interrupting = drawn.isInterrupting !== false
    if (task === 'receive' || task === 'send')
      element.event = { kind: 'message', name: drawn.messageRef?.name ?? drawn.messageRef?.id ?? '' }
    if (type.endsWith('Event')) this.readEvent(drawn, element)
    if (element.type === 'unsupported') this.unsupported(element)
    return element
  }

  private readEvent(drawn: ModdleElement, element: ElementDef): void {
    const { event, refused } = eventOf(drawn, element.type)
    if (event) element.event = event
    else {
      element.type = 'unsupported'
      element.bpmnType = `${element.bpmnType} (${refused})`
    }
  }

  private unsupported(element: ElementDef): void {
    const script = element.bpmnType === 'bpmn:ScriptTask'
    const why = script
      ? 'Không chạy mã lệnh nhúng trong quy trình; thay bằng việc dịch vụ hoặc bảng quyết định.'
      : 'Chưa chạy được loại phần tử này; thay bằng loại khác.'
    this.report.push({ level: 'error', element: element.id, message: `${why} (${element.bpmnType})` })
  }

  private lanes(process: ModdleElement): void {
    const walk = (lane: ModdleElement): void => {
      for (const node of (lane.flowNodeRef ?? []) as ModdleElement[]) {
        const element = this.elements[node.id ?? '']
        if (element) element.lane = lane.name ?? lane.id ?? ''
      }
      for (const inner of lane.childLaneSet?.lanes ?? []) walk(inner)
    }
    for (const set of process.laneSets ?? []) for (const lane of set.lanes ?? []) walk(lane)
  }

  /** Ties flows to their ends, boundary events to their hosts, links to their catchers. */
  private connect(): void {
    for (const flow of Object.values(this.flows)) {
      const source = this.elements[flow.source]
      const target = this.elements[flow.target]
      if (!source || !target || source.parent !== target.parent) {
        this.report.push({
          level: 'error',
          element: flow.id,
          message: 'Luồng nối ra ngoài quy trình con hoặc tới phần tử không có; nối lại.',
        })
        delete this.flows[flow.id]
        continue
      }
      source.outgoing.push(flow.id)
      target.incoming.push(flow.id)
    }
    const all = Object.values(this.elements)
    for (const element of all) {
      const host = element.attachedTo ? this.elements[element.attachedTo] : undefined
      if (host) (host.boundary ??= []).push(element.id)
      if (element.default && !this.flows[element.default]) delete element.default
    }
    const catchers = new Map(
      all.filter((each) => each.type === 'catchEvent' && each.event?.kind === 'link').map((each) => [linkKey(each), each.id]),
    )
    for (const element of all) {
      const linkTo = element.type === 'throwEvent' && element.event?.kind === 'link' ? catchers.get(linkKey(element)) : undefined
      if (linkTo) element.linkTo = linkTo
    }
  }
}

const linkKey = (element: ElementDef): string => `${element.parent}\n${element.event?.kind === 'link' ? element.event.name : ''}`
