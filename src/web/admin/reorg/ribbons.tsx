// A plan as a picture: units of before on the left, of after on the right, ribbons between them. Drawn on the server; names stay text at every width.

import { type Drawn, layOut, type Link, type Node, type Placed, type Ribbon } from './ribbons-layout.ts'

export interface RibbonsProps {
  readonly label: string
  readonly before: readonly Node[]
  readonly after: readonly Node[]
  readonly links: readonly Link[]
  readonly headings?: readonly [before: string, after: string]
}

const MARK = { kept: '', new: 'mới', ended: 'kết thúc' } as const
const HEAD = 26

/** A ribbon in a field 100 units wide: an S whose ends are level. */
const shape = ({ y1, y2, thick, fill = [1, 1] }: Ribbon): string => {
  const [t1, t2] = fill.map((full) => Math.max(1.5, (thick - 1) * full)) as [number, number]
  const [a, b] = [y1 + (thick - 1 - t1) / 2, y2 + (thick - 1 - t2) / 2]
  return `M0 ${a} C50 ${a} 50 ${b} 100 ${b} V${b + t2} C50 ${b + t2} 50 ${a + t1} 0 ${a + t1} Z`
}

function Name({ node, side }: { node: Placed; side: 'before' | 'after' }) {
  const text = node.href ? <a href={node.href}>{node.name}</a> : <span>{node.name}</span>
  const mark = node.mark ? MARK[node.mark] : ''
  return (
    <foreignObject x={side === 'before' ? '0' : '62%'} y={node.y} width="38%" height={Math.max(node.height, 32)}>
      <div class={`ribbon-name ${side}`}>
        <b class="cut">{text}</b>
        {(node.note || mark) && <small class="cut">{[node.note, mark].filter(Boolean).join(' · ')}</small>}
      </div>
    </foreignObject>
  )
}

export function Ribbons({ label, before, after, links, headings = ['Trước', 'Sau'] }: RibbonsProps) {
  const drawn: Drawn = layOut(before, after, links)
  return (
    <svg class="ribbons" width="100%" height={drawn.height + HEAD} role="group" aria-label={label}>
      <text x="0" y="14" class="ribbon-head">{headings[0]}</text>
      <text x="62%" y="14" class="ribbon-head" dx="10">{headings[1]}</text>
      <svg y={HEAD} width="100%" height={drawn.height} overflow="visible">
        <svg x="38%" width="24%" height={drawn.height} viewBox={`0 0 100 ${drawn.height}`} preserveAspectRatio="none" aria-hidden="true">
          {drawn.ribbons.map((ribbon) => <path d={shape(ribbon)} class={ribbon.main ? 'ribbon main' : 'ribbon'} />)}
        </svg>
        {drawn.before.map((node) => <rect x="38%" y={node.y} width="3" height={node.height - 1} class={`ribbon-end ${node.mark ?? ''}`} />)}
        {drawn.after.map((node) => <rect x="62%" y={node.y} width="3" height={node.height - 1} class={`ribbon-end after ${node.mark ?? ''}`} />)}
        {drawn.before.map((node) => <Name node={node} side="before" />)}
        {drawn.after.map((node) => <Name node={node} side="after" />)}
      </svg>
    </svg>
  )
}
