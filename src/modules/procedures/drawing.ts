// Paper for a BPMN drawing: nodes and flows by scope, written out as BPMN 2.0 XML with a diagram. Knows nothing of procedures.

import { layout, type Box } from './layout.ts'
import { type Attributes, type Xml, xml, xmlText } from './xml.ts'

export interface Node {
  readonly id: string
  readonly tag: string
  readonly attributes: Attributes
  /** Extension elements, before the incoming and outgoing flows. */
  readonly before: readonly Xml[]
  /** Event definitions, after the flows. */
  readonly after: readonly Xml[]
  /** What a subprocess holds. */
  readonly inner?: Scope
  /** Boundary events: the node they sit on. */
  readonly host?: string
}

export interface Flow {
  readonly id: string
  readonly source: string
  target: string
  readonly attributes: Attributes
  readonly condition?: string
}

/** A process or an embedded subprocess: holds nodes and the flows between them. */
export class Scope {
  readonly nodes: Node[] = []
  readonly flows: Flow[] = []
}

/** One drawing; ids are unique over all its scopes. */
export class Drawing {
  readonly root = new Scope()
  private readonly errors: Xml[] = []
  private flowCount = 0

  /** Adds a node and gives its id. */
  node(
    scope: Scope,
    tag: string,
    id: string,
    attributes: Attributes = {},
    more: Partial<Pick<Node, 'before' | 'after' | 'inner' | 'host'>> = {},
  ): string {
    scope.nodes.push({ id, tag, attributes, before: [], after: [], ...more })
    return id
  }

  flow(scope: Scope, source: string, target: string, attributes: Attributes = {}, condition?: string): void {
    this.flowCount += 1
    scope.flows.push({ id: `Flow_${this.flowCount}`, source, target, attributes, condition })
  }

  /** Declares an error that a subprocess may throw; gives its id. */
  error(code: string, name: string): string {
    const id = `Error_${this.errors.length + 1}`
    this.errors.push(xml('bpmn:error', { id, name, errorCode: code }))
    return id
  }

  /** The whole file. `names` are the namespaces beside BPMN's own. */
  text(process: { id: string; name: string }, targetNamespace: string, names: Attributes): string {
    const spaces = {
      'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
      'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI',
      'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
      'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      ...names,
    }
    const body = xml('bpmn:process', { ...process, isExecutable: 'true' }, inside(this.root))
    const plane = xml('bpmndi:BPMNPlane', { id: `Plane_${process.id}`, bpmnElement: process.id }, diagram(this.root))
    const definitions = xml('bpmn:definitions', { ...spaces, id: `Definitions_${process.id}`, targetNamespace }, [
      ...this.errors,
      body,
      xml('bpmndi:BPMNDiagram', { id: `Diagram_${process.id}` }, [plane]),
    ])
    return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(definitions)}\n`
  }
}

function inside(scope: Scope): Xml[] {
  const nodes = scope.nodes.map((node) =>
    xml(node.tag, { id: node.id, ...node.attributes, attachedToRef: node.host }, [
      ...node.before,
      ...scope.flows.filter((flow) => flow.target === node.id).map((flow) => xml('bpmn:incoming', {}, flow.id)),
      ...scope.flows.filter((flow) => flow.source === node.id).map((flow) => xml('bpmn:outgoing', {}, flow.id)),
      ...(node.inner ? inside(node.inner) : []),
      ...node.after,
    ]),
  )
  const flows = scope.flows.map((flow) => {
    const condition = flow.condition ? [xml('bpmn:conditionExpression', { 'xsi:type': 'bpmn:tFormalExpression' }, flow.condition)] : []
    return xml('bpmn:sequenceFlow', { id: flow.id, sourceRef: flow.source, targetRef: flow.target, ...flow.attributes }, condition)
  })
  return [...nodes, ...flows]
}

function diagram(root: Scope): Xml[] {
  const { boxes, lines } = layout(root)
  const bounds = ({ x, y, width, height }: Box) => xml('dc:Bounds', { x: Math.round(x), y: Math.round(y), width, height })
  const shapes = boxes.map((box) =>
    xml(
      'bpmndi:BPMNShape',
      {
        id: `${box.node.id}_di`,
        bpmnElement: box.node.id,
        isExpanded: box.node.inner ? 'true' : undefined,
        isMarkerVisible: box.node.tag === 'bpmn:exclusiveGateway' ? 'true' : undefined,
      },
      [bounds(box)],
    ),
  )
  const point = ([x, y]: readonly [number, number]) => xml('di:waypoint', { x: Math.round(x), y: Math.round(y) })
  const whole = (box: { x: number; y: number; width: number; height: number }) => ({ x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) })
  const edges = lines.map(({ flow, points, label }) =>
    xml('bpmndi:BPMNEdge', { id: `${flow.id}_di`, bpmnElement: flow.id }, [...points.map(point), ...(label ? [xml('bpmndi:BPMNLabel', {}, [xml('dc:Bounds', whole(label))])] : [])]),
  )
  return [...shapes, ...edges]
}
