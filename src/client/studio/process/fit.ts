// How much of the drawing is seen: never under the palette, which lies over the left of the board.

import type { Easel } from './types.ts'

/** Below this scale the words in a box cannot be read. */
const READABLE = 0.72
/** Width of the palette with its margins, in pixels of the screen. */
const PALETTE = 220
const MARGIN = 24

/** The whole drawing, in what the palette leaves free. */
export function whole(easel: Easel): void {
  const canvas = easel.get('canvas')
  const { inner, outer } = canvas.viewbox()
  if (inner.width <= 0 || outer.width <= PALETTE + MARGIN || outer.height <= MARGIN * 2) return
  const scale = Math.min(1, (outer.width - PALETTE - MARGIN) / inner.width, (outer.height - MARGIN * 2) / inner.height)
  const [width, height] = [outer.width / scale, outer.height / scale]
  const spare = (outer.width - PALETTE - MARGIN) / scale - inner.width
  canvas.viewbox({ x: inner.x - PALETTE / scale - spare / 2, y: inner.y + inner.height / 2 - height / 2, width, height })
}

/** As large as can be read: the whole drawing when it fits so, else its beginning. */
export function readable(easel: Easel): void {
  const canvas = easel.get('canvas')
  whole(easel)
  if (canvas.zoom() >= READABLE) return
  canvas.zoom(READABLE, 'auto')
  const shapes = easel.get('elementRegistry').filter((one) => one.width > 0 && !one.labelTarget)
  const start = shapes.find((one) => one.type === 'bpmn:StartEvent') ?? shapes[0]
  if (!start) return
  const { width, height, scale } = canvas.viewbox()
  canvas.viewbox({ x: start.x - PALETTE / scale, y: start.y + start.height / 2 - height * 0.4, width, height })
}
