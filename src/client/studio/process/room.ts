// Room for a step that is put into an arrow: what comes after moves to the right, so that no box lies on another.

import type { Drawn, Easel } from './types.ts'

const GAP = 50

/** `shape` stands now between its only source and its only target; both stay in their row. */
export function makeRoom(easel: Easel, shape: Drawn): void {
  const [source, target] = [shape.incoming[0]?.source, shape.outgoing[0]?.target]
  if (!source || !target || target.x <= source.x) return // an arrow that leads back has room enough
  const modeling = easel.get('modeling')
  const aside = Math.max(0, source.x + source.width + GAP - shape.x)
  const wide = shape.x + aside + shape.width + GAP - target.x
  if (wide > 0) {
    const start = target.x - 1
    const all = easel.get('elementRegistry').filter((one) => one.width > 0 && one !== shape)
    const { movingShapes, resizingShapes } = easel.get('spaceTool').calculateAdjustments(all, 'x', wide, start)
    modeling.createSpace(movingShapes, resizingShapes, { x: wide, y: 0 }, 'e', start)
  }
  if (aside > 0) modeling.moveElements([shape], { x: aside, y: 0 })
  // What was bent while the boxes lay on each other goes straight again.
  if (aside > 0 || wide > 0) for (const arrow of [shape.incoming[0], shape.outgoing[0]]) if (arrow) modeling.layoutConnection(arrow, { waypoints: [] })
}
