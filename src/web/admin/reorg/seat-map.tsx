// A schematic map of a plan: each unit a point where its seat is, a line from every old seat to the one in charge afterwards. North is up.

import type { Point } from '#modules/org/index.ts'

export interface Dot extends Point {
  readonly id: string
  readonly name: string
  readonly when: 'before' | 'after' | 'both'
  readonly sure: boolean
  readonly href?: string
}

export interface SeatMapProps {
  readonly label: string
  readonly dots: readonly Dot[]
  readonly links: readonly { readonly from: string; readonly to: string }[]
}

const WIDTH = 420
const TALLEST = 340
const MARGIN = 34
/** Nearer than this is not shown larger: two neighbours need no sheet of paper. */
const LEAST_KM = 6
/** So many that only those of afterwards are named, and points are small. */
const CROWD = 80
const LETTER = 5.6
const LINE = 11
const KM_PER_DEGREE = 111.195
const SCALES = [1, 2, 5, 10, 20, 50, 100]

export function SeatMap({ label, dots, links }: SeatMapProps) {
  if (dots.length === 0) return null
  const middle = (dots.reduce((sum, dot) => sum + dot.latitude, 0) / dots.length) * (Math.PI / 180)
  const flat = dots.map((dot) => ({ ...dot, east: dot.longitude * Math.cos(middle) * KM_PER_DEGREE, north: dot.latitude * KM_PER_DEGREE }))
  const [west, east] = [Math.min(...flat.map((dot) => dot.east)), Math.max(...flat.map((dot) => dot.east))]
  const [south, north] = [Math.min(...flat.map((dot) => dot.north)), Math.max(...flat.map((dot) => dot.north))]
  const pxPerKm = Math.min((WIDTH - 2 * MARGIN) / Math.max(east - west, LEAST_KM), (TALLEST - 2 * MARGIN) / Math.max(north - south, LEAST_KM * 0.6))
  const height = Math.round(Math.max(150, (north - south) * pxPerKm + 2 * MARGIN + 20))
  const shift = (WIDTH - (east - west) * pxPerKm) / 2
  const at = new Map(flat.map((dot) => [dot.id, { x: Math.round((shift + (dot.east - west) * pxPerKm) * 10) / 10, y: Math.round((MARGIN + (north - dot.north) * pxPerKm) * 10) / 10 }]))
  const many = dots.length > CROWD
  // names that would lie over one another are left out; the point itself says its name
  const boxes: { left: number; right: number; y: number }[] = []
  const names = flat.toSorted((a, b) => Number(a.when === 'before') - Number(b.when === 'before')).flatMap((dot) => {
    const { x, y } = at.get(dot.id)!
    const end = x > WIDTH * 0.7
    const long = dot.name.length * LETTER
    const box = { left: end ? x - 7 - long : x + 7, right: end ? x - 7 : x + 7 + long, y }
    const hidden = (many && dot.when === 'before') || boxes.some((other) => Math.abs(other.y - y) < LINE && other.left < box.right && box.left < other.right)
    if (hidden) return []
    boxes.push(box)
    return [{ dot, x: end ? x - 7 : x + 7, y: y + 3.5, end }]
  })
  const bar = SCALES.findLast((km) => km * pxPerKm <= WIDTH / 4) ?? 1
  return (
    <figure class="seat-map">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
        {links.map(({ from, to }) => {
          const [a, b] = [at.get(from), at.get(to)]
          return a && b && (a.x !== b.x || a.y !== b.y) ? <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} class="way" /> : null
        })}
        {flat.map((dot) => {
          const { x, y } = at.get(dot.id)!
          return <circle cx={x} cy={y} r={(dot.when === 'before' ? 3 : 5) * (many ? 0.5 : 1)} class={`seat ${dot.when}`}><title>{dot.name}</title></circle>
        })}
        {names.map(({ dot, x, y, end }) => <text x={x} y={y} class={many ? 'seat-name small' : `seat-name ${dot.when}`} text-anchor={end ? 'end' : 'start'}>{dot.name}</text>)}
        <path d={`M12 ${height - 14} v4 h${bar * pxPerKm} v-4`} class="scale" />
        <text x={16 + bar * pxPerKm} y={height - 8} class="seat-name">{bar} km</text>
      </svg>
      <figcaption class="soft">
        Chấm rỗng: trụ sở trước; chấm đặc: trụ sở sau. Khoảng cách theo đường chim bay.
        {dots.some((dot) => !dot.sure) && ' Một số vị trí là minh họa hoặc gần đúng; ghi lại vị trí thật ở trang đơn vị.'}
      </figcaption>
    </figure>
  )
}
