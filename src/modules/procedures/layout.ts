// Places the nodes of a drawing on a grid, left to right. Ours, because bpmn-auto-layout 1.3 throws on loops that our records have
// (its issue 151) and draws subprocesses closed: a drawing must never be what keeps a procedure from being published.

import type { Flow, Node, Scope } from './drawing.ts'

export interface Box {
  readonly node: Node
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Line {
  readonly flow: Flow
  readonly points: readonly (readonly [number, number])[]
}

export interface Layout {
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
}

const GAP = { column: 70, row: 50, lane: 14, border: 30 }
const EVENT = 36

interface Placed extends Layout {
  readonly width: number
  readonly height: number
}

/** Boxes and lines in diagram units, from (0, 0). Every node and every flow of every scope is in it once. */
export const layout = (root: Scope): Layout => place(root)

function place(scope: Scope): Placed {
  const inner = new Map(scope.nodes.flatMap(node => (node.inner ? [[node.id, place(node.inner)] as const] : [])))
  const free = scope.nodes.filter(node => !node.host)
  const columns = columnsOf(scope, free)
  const rows = rowsOf(scope, free, columns)
  const size = (node: Node) => sizeOf(node, inner.get(node.id))
  const widths = extents(free, columns, node => size(node).width)
  const heights = extents(free, rows, node => size(node).height)
  const lanesAbove = scope.flows.length * GAP.lane // an upper bound; what is not used is cut off below
  const x = offsets(widths, GAP.column, GAP.border)
  const y = offsets(heights, GAP.row, GAP.border + lanesAbove)

  const boxes = new Map<string, Box>()
  for (const node of free) {
    const { width, height } = size(node)
    const [column, row] = [columns.get(node.id)!, rows.get(node.id)!]
    boxes.set(node.id, { node, width, height, x: x[column]! + (widths[column]! - width) / 2, y: y[row]! + (heights[row]! - height) / 2 })
  }
  const seats = new Map<string, number>()
  for (const node of scope.nodes.filter(other => other.host)) {
    const host = boxes.get(node.host!)!
    const seat = seats.get(host.node.id) ?? 0
    seats.set(host.node.id, seat + 1)
    boxes.set(node.id, { node, width: EVENT, height: EVENT, x: host.x + host.width - EVENT - 6 - seat * (EVENT + 6), y: host.y + host.height - EVENT / 2 })
  }
  const bottom = Math.max(...[...boxes.values()].map(box => box.y + box.height)) + 20
  const lines = route(scope, boxes, columns, rows, { top: GAP.border + lanesAbove - 20, bottom })
  const within = [...boxes.values()].flatMap(box => nested(box, inner.get(box.node.id)))
  return trimmed([...boxes.values(), ...within.flatMap(one => one.boxes)], [...lines, ...within.flatMap(one => one.lines)])
}

/** Column of each node: one more than the furthest node before it, backward flows left out. */
function columnsOf(scope: Scope, free: readonly Node[]): Map<string, number> {
  const ahead = aheadOf(scope)
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  const visit = (id: string) => {
    if (state.has(id)) return
    state.set(id, 'open')
    ahead.set(id, (ahead.get(id) ?? []).filter(next => state.get(next) !== 'open'))
    for (const next of ahead.get(id)!) visit(next)
    state.set(id, 'done')
    order.unshift(id)
  }
  // Starts first: otherwise a loop would be cut open in its middle.
  for (const node of [...free].sort((a, b) => Number(b.tag === 'bpmn:startEvent') - Number(a.tag === 'bpmn:startEvent'))) visit(node.id)
  const columns = new Map(free.map(node => [node.id, 0]))
  for (const id of order) for (const next of ahead.get(id)!) columns.set(next, Math.max(columns.get(next)!, columns.get(id)! + 1))
  return columns
}

/** Row of each node: that of the node before it where still free, else the nearest free one below. */
function rowsOf(scope: Scope, free: readonly Node[], columns: ReadonlyMap<string, number>): Map<string, number> {
  const rows = new Map<string, number>()
  const taken = new Set<string>()
  const ahead = aheadOf(scope)
  for (const node of [...free].sort((a, b) => columns.get(a.id)! - columns.get(b.id)!)) {
    const before = free.filter(other => columns.get(other.id)! < columns.get(node.id)! && ahead.get(other.id)?.includes(node.id))
    let row = Math.min(...before.map(other => rows.get(other.id)!), before.length ? Infinity : 0)
    while (taken.has(`${columns.get(node.id)}/${row}`)) row += 1
    taken.add(`${columns.get(node.id)}/${row}`)
    rows.set(node.id, row)
  }
  return rows
}

function aheadOf(scope: Scope): Map<string, string[]> {
  const hosts = new Map(scope.nodes.flatMap(node => (node.host ? [[node.id, node.host] as const] : [])))
  const ahead = new Map<string, string[]>()
  for (const flow of scope.flows) {
    const source = hosts.get(flow.source) ?? flow.source
    ahead.set(source, [...(ahead.get(source) ?? []), flow.target])
  }
  return ahead
}

function sizeOf(node: Node, inner?: Placed): { width: number; height: number } {
  if (inner) return { width: inner.width + 2 * GAP.border, height: inner.height + 2 * GAP.border }
  if (node.tag.endsWith('Gateway')) return { width: 50, height: 50 }
  return node.tag.endsWith('Event') ? { width: EVENT, height: EVENT } : { width: 120, height: 80 }
}

function extents(free: readonly Node[], at: ReadonlyMap<string, number>, extent: (node: Node) => number): number[] {
  const found: number[] = []
  for (const node of free) found[at.get(node.id)!] = Math.max(found[at.get(node.id)!] ?? 0, extent(node))
  return Array.from(found, size => size ?? 0)
}

function offsets(sizes: readonly number[], gap: number, start: number): number[] {
  return sizes.map((_, index) => start + sizes.slice(0, index).reduce((sum, size) => sum + size + gap, 0))
}

/** Straight to the next column; forward over several columns below all nodes, backward above them, each in a lane of its own. */
function route(
  scope: Scope, boxes: ReadonlyMap<string, Box>, columns: ReadonlyMap<string, number>, rows: ReadonlyMap<string, number>, edge: { top: number; bottom: number },
): Line[] {
  const lanes = { above: 0, below: 0 }
  return scope.flows.map(flow => {
    const [from, to] = [boxes.get(flow.source)!, boxes.get(flow.target)!]
    const [fromX, toX, fromY, toY] = [from.x + from.width / 2, to.x + to.width / 2, from.y + from.height / 2, to.y + to.height / 2]
    const hops = (columns.get(flow.target) ?? 0) - (columns.get(from.node.host ?? flow.source) ?? 0)
    const sameRow = rows.get(flow.source) === rows.get(flow.target)
    if (hops === 1 && !from.node.host) {
      const middle = to.x - GAP.column / 2
      const bend = sameRow ? [] : [[middle, fromY], [middle, toY]] as const
      return { flow, points: [[from.x + from.width, fromY], ...bend, [to.x, toY]] }
    }
    if (hops > 0 || from.node.host) {
      const lane = edge.bottom + GAP.lane * lanes.below++
      return { flow, points: [[fromX, from.y + from.height], [fromX, lane], [toX, lane], [toX, to.y + to.height]] }
    }
    const lane = edge.top - GAP.lane * lanes.above++
    return { flow, points: [[fromX, from.y], [fromX, lane], [toX, lane], [toX, to.y]] }
  })
}

function nested(box: Box, inner?: Placed): Layout[] {
  if (!inner) return []
  return [moved(inner, box.x + GAP.border, box.y + GAP.border)]
}

function moved({ boxes, lines }: Layout, dx: number, dy: number): Layout {
  return {
    boxes: boxes.map(box => ({ ...box, x: box.x + dx, y: box.y + dy })),
    lines: lines.map(({ flow, points }) => ({ flow, points: points.map(([x, y]) => [x + dx, y + dy] as const) })),
  }
}

function trimmed(boxes: readonly Box[], lines: readonly Line[]): Placed {
  const points = [...lines.flatMap(line => line.points), ...boxes.flatMap(box => [[box.x, box.y], [box.x + box.width, box.y + box.height]] as const)]
  const [left, top] = [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))]
  const [right, bottom] = [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))]
  return { ...moved({ boxes, lines }, -left, -top), width: right - left, height: bottom - top }
}
