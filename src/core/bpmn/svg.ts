// Draws a process as SVG that stands in a page without script or style sheet: colours are custom properties, states are classes and words.
import { type Box, type Diagram, diagramOf, type Edge, type Point, type Shape } from './diagram.ts'
import { type Callout, drawCallouts } from './svg-callouts.ts'
import { drawFlowLabels } from './svg-labels.ts'
import { eventMark, gatewayMark, loopMark, pentagon, plusMark, taskMark, tickMark } from './svg-marks.ts'
import { escapeXml, round, textLines, wrap } from './svg-text.ts'

export interface SvgOptions {
  /** Ids of elements where tokens are now. */
  lit: string[]
  /** Ids of elements and flows already passed. */
  done?: string[]
  /** Text shown instead of the drawn name, by element id. */
  labels?: Record<string, string>
  /** Notes that hang on elements, below the drawing: who was asked beside a step, and how that stands. */
  callouts?: Callout[]
  /** What the drawing is called; the name of the process unless given. */
  title?: string
}

/**
 * Classes: bpmn-diagram; bpmn-task, bpmn-event, bpmn-gateway, bpmn-subprocess, bpmn-pool, bpmn-note, bpmn-flow; bpmn-lit, bpmn-done.
 * Properties: --bpmn-ink, --bpmn-fill, --bpmn-text, --bpmn-lit, --bpmn-lit-fill, --bpmn-done, --bpmn-done-fill, --bpmn-muted.
 * The accessible name says in words where the process stands. A file without a diagram is laid out.
 */
export async function toSvg(source: string | Diagram, options: SvgOptions): Promise<string> {
  const diagram = typeof source === 'string' ? await diagramOf(source) : source
  const stand = (id: string) => diagram.insideOf[id] ?? id
  const lit = new Set(options.lit.map(stand))
  const done = new Set((options.done ?? []).map(stand))
  const named = { ...diagram, shapes: diagram.shapes.map((shape) => ({ ...shape, name: options.labels?.[shape.id] ?? shape.name })) }
  const state = (id: string) => (lit.has(id) ? ' bpmn-lit' : done.has(id) ? ' bpmn-done' : '')
  const back = named.shapes.filter((shape) => shape.type === 'pool' || shape.type === 'lane' || shape.open)
  const border = named.shapes.filter((shape) => shape.type === 'boundaryEvent')
  const front = named.shapes.filter((shape) => !back.includes(shape) && !border.includes(shape))
  const body = [
    ...back.map((shape) => drawShape(shape, state(shape.id))),
    ...named.edges.map((edge) => drawEdge(edge, state(edge.id))),
    ...front.map((shape) =>
      drawShape(
        shape,
        state(shape.id),
        border.some((event) => sitsOnFoot(event, shape)),
      ),
    ),
    ...border.map((shape) => drawShape(shape, state(shape.id))),
    ...drawFlowLabels(named),
  ]
  const notes = drawCallouts(named, options.callouts ?? [])
  body.push(...notes.ink)
  const { x, y, width, height } = grown(extent(named), notes.box)
  const title = escapeXml(inWords(named, lit, done, options.title ?? diagram.title) + notes.words)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="bpmn-diagram" role="img" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="inherit" color="var(--bpmn-ink, #3d3a36)"><title>${title}</title>${body.join('')}</svg>`
  )
}

const grown = (frame: Box, more: Box | null): Box => {
  if (!more) return frame
  const right = Math.max(frame.x + frame.width, more.x + more.width + 20)
  const bottom = Math.max(frame.y + frame.height, more.y + more.height + 20)
  const left = Math.min(frame.x, more.x - 20)
  return { x: left, y: frame.y, width: right - left, height: bottom - frame.y }
}

function inWords(diagram: Diagram, lit: Set<string>, done: Set<string>, title: string): string {
  const names = (ids: Set<string>) => diagram.shapes.filter((shape) => ids.has(shape.id) && shape.name !== '').map((shape) => shape.name)
  const parts = [`Sơ đồ quy trình${title ? ` ${title}` : ''}`]
  const [now, past] = [names(lit), names(done)]
  if (now.length > 0) parts.push(`Đang ở: ${now.join(', ')}`)
  if (past.length > 0) parts.push(`Đã qua: ${past.join(', ')}`)
  return `${parts.join('. ')}.`
}

function extent(diagram: Diagram): Box {
  const boxes: Box[] = [
    ...diagram.shapes,
    ...diagram.shapes.flatMap((shape) => shape.label ?? []),
    ...diagram.edges.flatMap((edge) => edge.label ?? []),
  ]
  const points: Point[] = diagram.edges.flatMap((edge) => edge.points)
  const left = Math.min(...boxes.map((box) => box.x), ...points.map((point) => point.x), 1e6)
  const top = Math.min(...boxes.map((box) => box.y), ...points.map((point) => point.y), 1e6)
  const right = Math.max(...boxes.map((box) => box.x + box.width), ...points.map((point) => point.x), left + 100)
  const bottom = Math.max(...boxes.map((box) => box.y + box.height), ...points.map((point) => point.y), top + 50)
  return { x: Math.floor(left - 50), y: Math.floor(top - 20), width: Math.ceil(right - left + 100), height: Math.ceil(bottom - top + 70) }
}

const stroke = (state: string) =>
  state.includes('lit') ? 'var(--bpmn-lit, #a4161a)' : state.includes('done') ? 'var(--bpmn-done, #2f6b3c)' : 'var(--bpmn-ink, #3d3a36)'
const fill = (state: string) =>
  state.includes('lit')
    ? 'var(--bpmn-lit-fill, #fdeceb)'
    : state.includes('done')
      ? 'var(--bpmn-done-fill, #eef6ee)'
      : 'var(--bpmn-fill, #ffffff)'

/** A boundary event on the lower border takes room from the name above it. */
const sitsOnFoot = (event: Box, host: Box) =>
  Math.abs(event.y + event.height / 2 - host.y - host.height) < 4 && event.x + event.width > host.x && event.x < host.x + host.width

function drawShape(shape: Shape, state: string, crowded = false): string {
  const { type } = shape
  if (type === 'pool' || type === 'lane') return group(shape, 'bpmn-pool', state, poolInk(shape))
  if (type === 'note')
    return group(
      shape,
      'bpmn-note',
      state,
      `${textLines(wrap(shape.name, shape.width, 11, 6), centre(shape).x, centre(shape).y, 11, 'middle', 'bpmn-label')}`,
    )
  if (type.endsWith('Event')) return group(shape, 'bpmn-event', state, eventInk(shape, state))
  if (type.endsWith('Gateway')) return group(shape, 'bpmn-gateway', state, gatewayInk(shape, state))
  return group(shape, type === 'subProcess' ? 'bpmn-subprocess' : 'bpmn-task', state, taskInk(shape, state, crowded))
}

function group(shape: Shape, className: string, state: string, ink: string): string {
  const said = state.includes('lit') ? ' (đang ở đây)' : state.includes('done') ? ' (đã qua)' : ''
  return `<g class="${className}${state}" data-element="${escapeXml(shape.id)}" color="${stroke(state)}"><title>${escapeXml((shape.name || shape.id) + said)}</title>${ink}</g>`
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
const at = (x: number, y: number, ink: string) => (ink ? `<g transform="translate(${round(x)} ${round(y)})">${ink}</g>` : '')

function poolInk(shape: Shape): string {
  const { x, y, width, height } = shape
  const frame = `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="var(--bpmn-muted, #b9b4ab)"/>`
  const [line = ''] = wrap(shape.name, shape.horizontal ? height : width, 12, 1)
  const place = shape.horizontal
    ? `transform="translate(${x + 19} ${y + height / 2}) rotate(-90)"`
    : `transform="translate(${x + width / 2} ${y + 19})"`
  return `${frame}<text ${place} font-size="12" text-anchor="middle" fill="var(--bpmn-text, #1d1d1b)">${escapeXml(line)}</text>`
}

function eventInk(shape: Shape, state: string): string {
  const { x, y } = centre(shape)
  const r = shape.width / 2
  const dash = shape.dashed ? ' stroke-dasharray="4 3"' : ''
  const thick = shape.type === 'endEvent' ? 3.4 : state ? 2.4 : 1.6
  const circle = (radius: number) =>
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill(state)}" stroke="currentColor" stroke-width="${thick}"${dash}/>`
  const inner = ['catchEvent', 'throwEvent', 'boundaryEvent'].includes(shape.type) ? circle(r - 3.5) : ''
  const throwing = shape.type === 'endEvent' || shape.type === 'throwEvent'
  return circle(r) + inner + at(x, y, eventMark(shape.event, throwing)) + labelUnder(shape)
}

function gatewayInk(shape: Shape, state: string): string {
  const { x, y } = centre(shape)
  const points = `${x},${shape.y} ${shape.x + shape.width},${y} ${x},${shape.y + shape.height} ${shape.x},${y}`
  const diamond = `<polygon points="${points}" fill="${fill(state)}" stroke="currentColor" stroke-width="${state ? 2.4 : 1.6}"/>`
  return diamond + at(x, y, gatewayMark(shape.type, pentagon)) + labelUnder(shape)
}

function taskInk(shape: Shape, state: string, crowded: boolean): string {
  const { x, y, width, height } = shape
  const thick = shape.type === 'callActivity' ? 3.4 : state ? 2.4 : 1.6
  const dash = shape.type === 'unsupported' ? ' stroke-dasharray="5 4"' : ''
  const box = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="9" fill="${shape.open ? 'none' : fill(state)}" stroke="currentColor" stroke-width="${thick}"${dash}/>`
  const kind = at(x + 14, y + 14, taskMark(shape.bpmnType))
  const closed = shape.type === 'subProcess' && !shape.open
  const foot =
    at(x + width / 2 - (closed && shape.loop ? 9 : 0), y + height - 10, closed ? plusMark : loopMark(shape.loop)) +
    (closed && shape.loop ? at(x + width / 2 + 9, y + height - 10, loopMark(shape.loop)) : '')
  const sign = state.includes('lit') ? '<circle r="4.5" fill="currentColor"/>' : state.includes('done') ? tickMark : ''
  const badge = at(x + width - 13, y + 13, sign)
  const below = foot || crowded ? 17 : 4
  const beside = (room: number) => wrap(shape.name, room, 12, shape.open ? 1 : Math.floor((height - below - 4) / 15))
  const fits = beside(width - 12).length * 15 <= height - below - 20
  const lines = beside(fits || !(kind || badge) ? width - 12 : width - 46)
  const above = fits ? 18 : 4
  const middle = shape.open ? y + 16 : y + above + (height - above - below) / 2
  return box + kind + badge + foot + textLines(lines, x + width / 2, middle, 12, 'middle', 'bpmn-label')
}

/** Events and gateways carry their name below, or where the file puts it. */
function labelUnder(shape: Shape): string {
  const width = Math.max(shape.label?.width ?? 0, 90)
  const lines = wrap(shape.name, width, 11, 4)
  const x = shape.label ? shape.label.x + shape.label.width / 2 : centre(shape).x
  return textLines(lines, x, shape.label?.y ?? shape.y + shape.height + 3, 11, 'top', 'bpmn-label')
}

function drawEdge(edge: Edge, state: string): string {
  const points = edge.points.filter(
    (point, index) => index === 0 || point.x !== edge.points[index - 1]?.x || point.y !== edge.points[index - 1]?.y,
  )
  const d = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('')
  const dash =
    edge.bpmnType === 'bpmn:MessageFlow'
      ? ' stroke-dasharray="7 5"'
      : edge.bpmnType === 'bpmn:SequenceFlow'
        ? ''
        : ' stroke-dasharray="2 4"'
  const width = state ? 2.4 : 1.4
  const arrow = edge.bpmnType === 'bpmn:Association' ? '' : arrowHead(points)
  const slash = edge.isDefault && points[0] && points[1] ? defaultMark(points[0], points[1]) : ''
  return `<g class="bpmn-flow${state}" data-element="${escapeXml(edge.id)}" color="${stroke(state)}"><path d="${d}" fill="none" stroke="currentColor" stroke-width="${width}" stroke-linejoin="round"${dash}/>${arrow}${slash}</g>`
}

function arrowHead(points: Point[]): string {
  const [end, from] = [points.at(-1), points.at(-2)]
  if (!end || !from) return ''
  const angle = round((Math.atan2(end.y - from.y, end.x - from.x) * 180) / Math.PI)
  return `<path d="M0 0L-9 -4.5V4.5Z" fill="currentColor" transform="translate(${round(end.x)} ${round(end.y)}) rotate(${angle})"/>`
}

function defaultMark(from: Point, to: Point): string {
  const angle = round((Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI)
  return `<path d="M8 5L13 -5" stroke="currentColor" stroke-width="1.4" transform="translate(${round(from.x)} ${round(from.y)}) rotate(${angle})"/>`
}
