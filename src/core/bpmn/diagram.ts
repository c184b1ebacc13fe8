// Where everything stands on the drawing: read from the file, or laid out when the file has no diagram. No ink here.
import { layoutProcess } from 'bpmn-auto-layout'
import type { ModdleElement } from 'bpmn-moddle'
import { BpmnError } from './errors.ts'
import { digestOf, readXml } from './parse.ts'
import { eventOf, typeOf } from './read.ts'
import { bpmnModdle } from './tinhso-moddle.ts'
import type { ElementType, EventSpec } from './types.ts'

export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  width: number
  height: number
}

export interface Shape extends Box {
  id: string
  bpmnType: string
  type: ElementType | 'pool' | 'lane' | 'note'
  name: string
  event: EventSpec['kind'] | null
  /** Non-interrupting boundary or start: drawn dashed. */
  dashed: boolean
  loop: 'parallel' | 'sequential' | 'while' | null
  open: boolean
  horizontal: boolean
  label: Box | null
}

export interface Edge {
  id: string
  bpmnType: string
  name: string
  source: string
  target: string
  points: Point[]
  isDefault: boolean
  label: Box | null
}

export interface Diagram {
  title: string
  shapes: Shape[]
  edges: Edge[]
  /** Elements that are not drawn themselves (inside a closed subprocess) → the shape that stands for them. */
  insideOf: Record<string, string>
}

const mostToLayOut = 400
const kept = new Map<string, Promise<Diagram>>()

/** The diagram of a file; the 50 last asked for are kept. Throws BpmnError like parseBpmn, and when too much would have to be laid out. */
export function diagramOf(xml: string): Promise<Diagram> {
  const digest = digestOf(xml)
  const known = kept.get(digest)
  kept.delete(digest)
  const found = known ?? readDiagram(xml)
  kept.set(digest, found)
  if (!known) found.catch(() => kept.delete(digest))
  const oldest = kept.keys().next().value
  if (kept.size > 50 && oldest !== undefined) kept.delete(oldest)
  return found
}

async function readDiagram(xml: string): Promise<Diagram> {
  const { rootElement } = await readXml(xml)
  if (planeOf(rootElement).length > 0) return collect(rootElement, false)
  const { rootElement: laid } = await readXml(await layOut(rootElement))
  return collect(laid, true)
}

const planeOf = (root: ModdleElement): ModdleElement[] => root.diagrams?.[0]?.plane?.planeElement ?? []
const processesOf = (root: ModdleElement): ModdleElement[] =>
  (root.rootElements ?? []).filter((each: ModdleElement) => each.$type === 'bpmn:Process')

function everything(container: ModdleElement, depth = 0): ModdleElement[] {
  if (depth > 40) return []
  const own: ModdleElement[] = container.flowElements ?? []
  return own.flatMap((each) => (each.flowElements ? [each, ...everything(each, depth + 1)] : [each]))
}

/** The layouter follows the incoming and outgoing lists of the elements, which many tools leave out of the file; it fails on flows to nowhere. */
async function layOut(root: ModdleElement): Promise<string> {
  const elements = processesOf(root).flatMap((process) => everything(process))
  if (elements.length > mostToLayOut) {
    throw new BpmnError(
      'bpmn.too_large',
      `Quy trình có hơn ${mostToLayOut} phần tử mà chưa có hình vẽ; mở bằng công cụ vẽ BPMN và lưu kèm hình.`,
    )
  }
  const dangling = (flow: ModdleElement) => flow.$type === 'bpmn:SequenceFlow' && (!flow.sourceRef || !flow.targetRef)
  for (const container of [...processesOf(root), ...elements]) {
    if (container.flowElements) container.flowElements = container.flowElements.filter((each: ModdleElement) => !dangling(each))
  }
  for (const flow of elements.filter((each) => each.$type === 'bpmn:SequenceFlow' && !dangling(each))) {
    const out: ModdleElement[] | undefined = flow.sourceRef?.get('outgoing')
    const into: ModdleElement[] | undefined = flow.targetRef?.get('incoming')
    if (out && !out.includes(flow)) out.push(flow)
    if (into && !into.includes(flow)) into.push(flow)
  }
  try {
    return await layoutProcess((await bpmnModdle().toXML(root)).xml)
  } catch (cause) {
    throw new BpmnError('bpmn.unreadable', 'Không tự vẽ được quy trình này; mở bằng công cụ vẽ BPMN và lưu kèm hình.', null, { cause })
  }
}

/** Laid out by ourselves, the drawing is stretched: names of Vietnamese steps and outcomes are long. */
const stretched: Point = { x: 1.5, y: 1.2 }
const asDrawn: Point = { x: 1, y: 1 }

function collect(root: ModdleElement, laidOut: boolean): Diagram {
  const drawn = planeOf(root).filter((each) => each.bpmnElement)
  const open = new Set(drawn.filter((each) => each.isExpanded === true || !each.bounds).map((each) => each.bpmnElement.id))
  const insideOf: Record<string, string> = Object.create(null)
  const shut = (container: ModdleElement, stand: string | null, depth: number): void => {
    for (const element of (container.flowElements ?? []) as ModdleElement[]) {
      if (stand && element.id) insideOf[element.id] = stand
      if (element.flowElements && depth < 40)
        shut(element, stand ?? (laidOut || !open.has(element.id) ? (element.id ?? null) : null), depth + 1)
    }
  }
  for (const process of processesOf(root)) shut(process, null, 0)
  const visible = drawn.filter((each) => !(each.bpmnElement.id in insideOf))
  const shapes = visible.filter((each) => each.bounds).map((each) => shapeOf(each, laidOut ? stretched : asDrawn))
  const byId = new Map(shapes.map((shape) => [shape.id, shape]))
  const edges = visible.filter((each) => (each.waypoint ?? []).length > 1).map((each) => edgeOf(each, byId, laidOut))
  const title =
    processesOf(root)
      .map((process) => process.name)
      .find((name) => name) ?? ''
  return { title, shapes, edges, insideOf }
}

function shapeOf(drawn: ModdleElement, stretch: Point): Shape {
  const element: ModdleElement = drawn.bpmnElement
  const kind = element.$type.replace('bpmn:', '')
  const special: Record<string, Shape['type']> = {
    Participant: 'pool',
    Lane: 'lane',
    TextAnnotation: 'note',
    Group: 'note',
    DataObjectReference: 'note',
    DataStoreReference: 'note',
  }
  const type = special[kind] ?? typeOf(element)
  const { x, y, width, height } = drawn.bounds as Box
  const grows = ['task', 'subProcess', 'callActivity', 'unsupported'].includes(type)
  const box = grows
    ? { x: x * stretch.x, y: y * stretch.y, width: width * stretch.x, height: height * stretch.y }
    : { x: (x + width / 2) * stretch.x - width / 2, y: (y + height / 2) * stretch.y - height / 2, width, height }
  const loop: ModdleElement | undefined = element.loopCharacteristics
  const repeated = loop
    ? loop.$type === 'bpmn:StandardLoopCharacteristics'
      ? 'while'
      : loop.isSequential
        ? 'sequential'
        : 'parallel'
    : null
  return {
    ...box,
    id: element.id ?? '',
    bpmnType: element.$type,
    type,
    name: element.name ?? element.text ?? '',
    event: type.endsWith('Event') ? (eventOf(element, type as ElementType).event?.kind ?? null) : null,
    dashed: element.cancelActivity === false || element.isInterrupting === false,
    loop: repeated,
    open: drawn.isExpanded === true && stretch === asDrawn,
    horizontal: drawn.isHorizontal !== false,
    label: boxOf(drawn.label?.bounds),
  }
}

const boxOf = (bounds: ModdleElement | undefined): Box | null =>
  bounds ? { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height } : null

function edgeOf(drawn: ModdleElement, shapes: Map<string, Shape>, laidOut: boolean): Edge {
  const element: ModdleElement = drawn.bpmnElement
  const source = element.sourceRef?.id ?? ''
  const target = element.targetRef?.id ?? ''
  const { x: wide, y: high } = laidOut ? stretched : asDrawn
  let points = (drawn.waypoint as Point[]).map(({ x, y }) => ({ x: x * wide, y: y * high }))
  if (laidOut) points = dockEnds(points, shapes.get(source), shapes.get(target))
  const isDefault = element.sourceRef?.default?.id === element.id
  return {
    id: element.id ?? '',
    bpmnType: element.$type,
    name: element.name ?? element.label ?? '',
    source,
    target,
    points,
    isDefault,
    label: boxOf(drawn.label?.bounds),
  }
}

/** After stretching, circles and diamonds kept their size: the ends of a line move to their borders again. */
function dockEnds(points: Point[], source?: Shape, target?: Shape): Point[] {
  const [first, second] = points
  const [last, before] = [points.at(-1), points.at(-2)]
  if (!first || !second || !last || !before) return points
  const docked = [...points]
  if (source) docked[0] = dock(source, first, second)
  if (target) docked[points.length - 1] = dock(target, last, before)
  return docked
}

function dock(box: Box, end: Point, from: Point): Point {
  if (Math.abs(from.y - end.y) < 1) return { x: from.x < box.x + box.width / 2 ? box.x : box.x + box.width, y: end.y }
  return { x: end.x, y: from.y < box.y + box.height / 2 ? box.y : box.y + box.height }
}
