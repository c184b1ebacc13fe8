// Where the names of flows go: several often leave one gateway along one line, so each takes the first free place of its own.
import type { Box, Diagram, Edge, Point } from './diagram.ts'
import { round, textLines, wrap } from './svg-text.ts'

const fontSize = 10.5

interface Spot extends Box {
  lines: string[]
}

export function drawFlowLabels(diagram: Diagram): string[] {
  const taken: Box[] = diagram.shapes.filter((shape) => shape.type !== 'pool' && shape.type !== 'lane' && !shape.open)
  return diagram.edges
    .filter((edge) => edge.name !== '')
    .map((edge) => {
      const spots = edge.label ? [spotAround(edge.name, middle(edge.label), Math.max(edge.label.width, 80))] : spotsOn(edge)
      const spot = spots.find((each) => !taken.some((box) => overlap(box, each))) ?? spots[0]
      if (!spot) return ''
      taken.push(spot)
      const ground = `<rect x="${round(spot.x)}" y="${round(spot.y)}" width="${round(spot.width)}" height="${round(spot.height)}" fill="var(--bpmn-fill, #ffffff)" opacity="0.9"/>`
      return ground + textLines(spot.lines, spot.x + spot.width / 2, spot.y + spot.height / 2, fontSize, 'middle', 'bpmn-flow-label')
    })
}

const middle = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
const overlap = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function spotAround(name: string, at: Point, width: number): Spot {
  const lines = wrap(name, width, fontSize, 4)
  const height = lines.length * fontSize * 1.25
  const wide = Math.max(...lines.map((line) => line.length), 1) * fontSize * 0.56
  return { x: at.x - wide / 2, y: at.y - height / 2, width: wide, height, lines }
}

/** Level stretches first, the longer the better, from the target back; three places on each. */
function spotsOn(edge: Edge): Spot[] {
  const stretches = edge.points.slice(1).map((to, index) => {
    const from = edge.points[index] ?? to
    return { from, to, length: Math.hypot(to.x - from.x, to.y - from.y), level: Math.abs(to.y - from.y) < 1 }
  })
  const worth = (each: (typeof stretches)[number]) => (each.level ? 1000 : 0) + Math.min(each.length, 400)
  return stretches
    .toReversed()
    .sort((a, b) => worth(b) - worth(a))
    .flatMap(({ from, to, length, level }) =>
      [0.5, 0.25, 0.75].map((share) => {
        const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
        return spotAround(edge.name, at, level ? Math.max(70, Math.min(length - 16, 150)) : 100)
      }),
    )
}
