// Notes that hang on elements of a drawing, in a row below it: what goes on beside a step, such as an opinion asked of another agency.

import type { Box, Diagram, Shape } from './diagram.ts'
import { escapeXml, textLines, wrap } from './svg-text.ts'

export interface Callout {
  /** Id of the element it hangs on. */
  element: string
  text: string
  /** How it stands, in words. */
  said: string
  mark: 'wait' | 'done' | 'gone'
}

const size = { width: 150, height: 62, gap: 14 }
const inks: Readonly<Record<Callout['mark'], string>> = { wait: 'var(--bpmn-lit, #a4161a)', done: 'var(--bpmn-done, #2f6b3c)', gone: 'var(--bpmn-muted, #b9b4ab)' }
const signs: Readonly<Record<Callout['mark'], string>> = { wait: '…', done: '✓', gone: '×' }

/** Ink, the room it takes and its words; those whose element is not drawn are left out. */
export function drawCallouts(diagram: Diagram, callouts: readonly Callout[]): { ink: string[]; box: Box | null; words: string } {
  const shapes = new Map(diagram.shapes.map((shape) => [shape.id, shape]))
  const known = callouts.flatMap((one) => {
    const host = shapes.get(diagram.insideOf[one.element] ?? one.element)
    return host ? [{ one, host }] : []
  })
  if (known.length === 0) return { ink: [], box: null, words: '' }
  const foot = Math.max(...diagram.shapes.map((shape) => shape.y + shape.height), ...diagram.edges.flatMap((edge) => edge.points.map((point) => point.y))) + 34
  const ordered = known.toSorted((a, b) => centreX(a.host) - centreX(b.host))
  let edge = Number.NEGATIVE_INFINITY
  const boxes = ordered.map(({ one, host }, i) => {
    const same = ordered.filter((other) => other.host.id === host.id)
    const wanted = centreX(host) - (same.length * (size.width + size.gap) - size.gap) / 2 + same.findIndex((other) => other === ordered[i]) * (size.width + size.gap)
    const x = Math.max(wanted, edge)
    edge = x + size.width + size.gap
    return { one, host, x, y: foot }
  })
  const left = Math.min(...boxes.map((box) => box.x))
  const words = ` ${ordered.map(({ one, host }) => `${host.name}: ${one.text}, ${one.said}`).join('. ')}.`
  return { ink: boxes.map(drawn), box: { x: left, y: foot, width: edge - size.gap - left, height: size.height }, words }
}

const centreX = (shape: Shape): number => shape.x + shape.width / 2

function drawn({ one, host, x, y }: { one: Callout; host: Shape; x: number; y: number }): string {
  const ink = inks[one.mark]
  const middle = x + size.width / 2
  const line = `<path d="M${centreX(host)} ${host.y + host.height}L${middle} ${y}" fill="none" stroke="${ink}" stroke-dasharray="2 4"/>`
  const box = `<rect x="${x}" y="${y}" width="${size.width}" height="${size.height}" rx="5" fill="var(--bpmn-fill, #ffffff)" stroke="${ink}" stroke-dasharray="${one.mark === 'wait' ? '5 4' : 'none'}"/>`
  const name = textLines(wrap(one.text, size.width - 14, 11, 2), middle, y + 20, 11, 'middle', 'bpmn-label')
  const said = `<text x="${middle}" y="${y + size.height - 9}" font-size="11" text-anchor="middle" fill="${ink}">${signs[one.mark]} ${escapeXml(one.said)}</text>`
  return `<g class="bpmn-callout" color="${ink}"><title>${escapeXml(`${one.text}: ${one.said}`)}</title>${line}${box}${name}${said}</g>`
}
