// The brand: a bronze drum seen from above, a fourteen-pointed star in its rings. The only thing on a page that is bronze.

const POINTS = 14
const polar = (radius: number, turn: number) => {
  const angle = (turn - 0.25) * 2 * Math.PI
  return `${(32 + radius * Math.cos(angle)).toFixed(2)} ${(32 + radius * Math.sin(angle)).toFixed(2)}`
}
const star = (inner: number, outer: number) =>
  `M${Array.from({ length: POINTS * 2 }, (_, i) => polar(i % 2 ? inner : outer, i / (POINTS * 2))).join('L')}Z`
const STAR = star(7, 19)
const FINE_STAR = star(4.6, 13.5)
const TEETH = Array.from(
  { length: 42 },
  (_, i) => `M${polar(26.4, i / 42)}L${polar(28.8, (i + 0.5) / 42)}L${polar(26.4, (i + 1) / 42)}`,
).join('')
const DOTS = Array.from({ length: 28 }, (_, i) => polar(20, i / 28).split(' '))

/** The mark alone; `fine` adds the inner bands, for sizes of 64 px and more. */
export function Drum({ size = 36, fine = false }: { size?: number; fine?: boolean }) {
  return (
    <svg class="drum" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false" fill="none" stroke="currentColor">
      <path d={fine ? FINE_STAR : STAR} fill="currentColor" stroke="none" />
      {fine && <circle cx="32" cy="32" r="16.4" stroke-width=".9" />}
      {fine && DOTS.map(([x, y]) => <circle cx={x} cy={y} r="1.1" stroke-width=".7" />)}
      <circle cx="32" cy="32" r="23.4" stroke-width={fine ? 0.9 : 2} />
      {fine && <path d={TEETH} stroke-width=".7" />}
      <circle cx="32" cy="32" r={fine ? 30.6 : 30} stroke-width={fine ? 1.5 : 3.2} />
    </svg>
  )
}

export function Wordmark({ href = '/', name = 'Tỉnh Số', place, size }: { href?: string; name?: string; place?: string; size?: number }) {
  return (
    <a class="wordmark" href={href}>
      <Drum size={size} />
      <span>
        <b>{name}</b>
        {place && <span>{place}</span>}
      </span>
    </a>
  )
}
