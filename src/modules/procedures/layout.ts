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
  /** Where the words of a named flow stand. */
  readonly label?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export interface Layout {
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
}

const GAP = { column: 120, row: 50, lane: 20, border: 30 }
/** Of words on a line, at the size in which they are drawn. */
const LETTER = { width: 6, height: 14 }
const EVENT = 36

interface Placed extends Layout {
  readonly width: number
  readonly height: number
}

/** Boxes and lines in diagram units, from (0, 0). Every node and every flow of every scope is in it once. */
export const layout = (root: Scope): Layout => place(root)

function place(scope: Scope): Placed {
  const inner = new Map(scope.nodes.flatMap((node) => (node.inner ? [[node.id, place(node.inner)] as const] : [])))
  const free = scope.nodes.filter((node) => !node.host)
  const { columns, met } = columnsOf(scope, free)
  const rows = rowsOf(
    scope,
    [...free].sort((a, b) => columns.get(a.id)! - columns.get(b.id)! || met.get(a.id)! - met.get(b.id)!),
    columns,
  )
  const size = (node: Node) => sizeOf(node, inner.get(node.id))
  const widths = extents(free, columns, (node) => size(node).width)
  const heights = extents(free, rows, (node) => size(node).height)
  const grid: Grid = { columns, rows, widths, heights, x: offsets(widths, GAP.column), y: offsets(heights, GAP.row) }

  const boxes = new Map<string, Box>()
  for (const node of free) {
    const { width, height } = size(node)
    const [column, row] = [columns.get(node.id)!, rows.get(node.id)!]
    boxes.set(node.id, {
      node,
      width,
      height,
      x: grid.x[column]! + (widths[column]! - width) / 2,
      y: grid.y[row]! + (heights[row]! - height) / 2,
    })
  }
  const seats = new Map<string, number>()
  for (const node of scope.nodes.filter((other) => other.host)) {
    const host = boxes.get(node.host!)!
    const seat = seats.get(host.node.id) ?? 0
    seats.set(host.node.id, seat + 1)
    boxes.set(node.id, {
      node,
      width: EVENT,
      height: EVENT,
      x: host.x + host.width - EVENT - 6 - seat * (EVENT + 6),
      y: host.y + host.height - EVENT / 2,
    })
  }
  const within = [...boxes.values()].flatMap((box) => nested(box, inner.get(box.node.id)))
  return trimmed(
    [...boxes.values(), ...within.flatMap((one) => one.boxes)],
    [...route(scope, boxes, grid), ...within.flatMap((one) => one.lines)],
  )
}

/** Where columns and rows begin and how large they are; column and row of each node. */
interface Grid {
  readonly columns: ReadonlyMap<string, number>
  readonly rows: ReadonlyMap<string, number>
  readonly widths: readonly number[]
  readonly heights: readonly number[]
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** Column of each node: one more than the furthest before it, backward flows left out. `met`: in the order of the main road. */
function columnsOf(scope: Scope, free: readonly Node[]): { columns: Map<string, number>; met: Map<string, number> } {
  const ahead = aheadOf(scope)
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  const met = new Map<string, number>()
  const visit = (id: string) => {
    if (state.has(id)) return
    state.set(id, 'open')
    met.set(id, met.size)
    ahead.set(
      id,
      (ahead.get(id) ?? []).filter((next) => state.get(next) !== 'open'),
    )
    for (const next of ahead.get(id)!) visit(next)
    state.set(id, 'done')
    order.unshift(id)
  }
  // Starts first: otherwise a loop would be cut open in its middle.
  for (const node of [...free].sort((a, b) => Number(b.tag === 'bpmn:startEvent') - Number(a.tag === 'bpmn:startEvent'))) visit(node.id)
  const columns = new Map(free.map((node) => [node.id, 0]))
  for (const id of order) for (const next of ahead.get(id)!) columns.set(next, Math.max(columns.get(next)!, columns.get(id)! + 1))
  return { columns, met }
}

/** Row of each node: that of the node before it where still free, else the nearest free one below. */
function rowsOf(scope: Scope, ordered: readonly Node[], columns: ReadonlyMap<string, number>): Map<string, number> {
  const rows = new Map<string, number>()
  const taken = new Set<string>()
  const ahead = aheadOf(scope)
  for (const node of ordered) {
    const before = ordered.filter((other) => columns.get(other.id)! < columns.get(node.id)! && ahead.get(other.id)?.includes(node.id))
    let row = Math.min(...before.map((other) => rows.get(other.id)!), before.length ? Infinity : 0)
    while (taken.has(`${columns.get(node.id)}/${row}`)) row += 1
    taken.add(`${columns.get(node.id)}/${row}`)
    rows.set(node.id, row)
  }
  return rows
}

function aheadOf(scope: Scope): Map<string, string[]> {
  const hosts = new Map(scope.nodes.flatMap((node) => (node.host ? [[node.id, node.host] as const] : [])))
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
  return Array.from(found, (size) => size ?? 0)
}

const offsets = (sizes: readonly number[], gap: number): number[] =>
  sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size + gap, 0))

/** Lines run in the gaps between columns and rows, so that none crosses a box: over several columns below them all, backward above. */
function route(scope: Scope, boxes: ReadonlyMap<string, Box>, { columns, rows, widths, heights, x, y }: Grid): Line[] {
  const lanes = { above: -GAP.lane, below: y.at(-1)! + heights.at(-1)! + GAP.row / 2 }
  return scope.flows.map((flow, i) => {
    const [from, to] = [boxes.get(flow.source)!, boxes.get(flow.target)!]
    const start = from.node.host ?? flow.source
    const [left, right] = [columns.get(start)!, columns.get(flow.target)!]
    const shift = 0.1 + (i % 6) / 18 // side by side in a gap, not one over the other
    const out = x[left]! + widths[left]! + GAP.column * shift
    const into = x[right]! - GAP.column * (0.06 + (i % 6) / 40)
    const toY = to.y + to.height / 2
    const end = [
      [into, toY],
      [to.x, toY],
    ] as const
    const gapBelow = y[rows.get(start)!]! + heights[rows.get(start)!]! + GAP.row * shift
    const begin = from.node.host
      ? ([
          [from.x + EVENT / 2, from.y + EVENT],
          [from.x + EVENT / 2, gapBelow],
          [out, gapBelow],
        ] as const)
      : ([
          [from.x + from.width, from.y + from.height / 2],
          [out, from.y + from.height / 2],
        ] as const)
    const name = String(flow.attributes.name ?? '')
    if (right === left + 1) {
      const points = straight([...begin.slice(0, -1), [out, begin.at(-1)![1]], [out, toY], [to.x, toY]])
      const across = points.length === 2 ? from.x + from.width : out
      return { flow, points, ...(name ? { label: above(name, across + 3, toY, to.x - across - 16) } : {}) }
    }
    const lane = right > left ? (lanes.below += GAP.lane) : (lanes.above -= GAP.lane)
    const room = Math.abs(into - out) - 8
    const wide = Math.max(40, Math.min(room, name.length * LETTER.width + 10))
    return { flow, points: straight([...begin, [out, lane], [into, lane], ...end]), ...(name ? { label: above(name, right > left ? out + 4 : out - 4 - wide, lane, wide) } : {}) }
  })
}

/** A box for words right above a line at `y`, as high as they need. */
function above(words: string, x: number, y: number, width: number) {
  const lines = Math.min(3, Math.ceil((words.length * LETTER.width) / Math.max(width, 1)))
  return { x, y: y - lines * LETTER.height - 2, width, height: lines * LETTER.height }
}

/** Without the points that lie on the line between their neighbours. */
const straight = (points: readonly (readonly [number, number])[]) =>
  points.filter(([x, y], i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    return !before || !after || !((before[0] === x && after[0] === x) || (before[1] === y && after[1] === y))
  })

function nested(box: Box, inner?: Placed): Layout[] {
  if (!inner) return []
  return [moved(inner, box.x + GAP.border, box.y + GAP.border)]
}

function moved({ boxes, lines }: Layout, dx: number, dy: number): Layout {
  return {
    boxes: boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })),
    lines: lines.map(({ flow, points, label }) => ({
      flow,
      points: points.map(([x, y]) => [x + dx, y + dy] as const),
      ...(label ? { label: { ...label, x: label.x + dx, y: label.y + dy } } : {}),
    })),
  }
}

function trimmed(boxes: readonly Box[], lines: readonly Line[]): Placed {
  const points = [
    ...lines.flatMap((line) => line.points),
    ...lines.flatMap(({ label }) => (label ? [[label.x, label.y] as const] : [])),
    ...boxes.flatMap(
      (box) =>
        [
          [box.x, box.y],
          [box.x + box.width, box.y + box.height],
        ] as const,
    ),
  ]
  const [left, top] = [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))]
  const [right, bottom] = [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))]
  return { ...moved({ boxes, lines }, -left, -top), width: right - left, height: bottom - top }
}
