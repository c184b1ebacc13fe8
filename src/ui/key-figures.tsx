// A handful of numbers that say how things stand.

import type { ComponentChildren } from 'preact'
import { Basis } from './basis.tsx'

export interface KeyFigure {
  readonly label: string
  /** A number is written 1.234; anything else as given. */
  readonly value: number | string
  readonly unit?: string
  readonly note?: ComponentChildren
  readonly href?: string
  /** The rule that the figure comes from. */
  readonly rule?: string
  /** Wants attention: late, failed. */
  readonly hot?: boolean
}

export function KeyFigures({ items }: { items: readonly KeyFigure[] }) {
  return (
    <dl class="figures">
      {items.map(({ label, value, unit, note, href, hot, rule }) => (
        <div>
          <dt>{href ? <a href={href}>{label}</a> : label}</dt>
          <dd class={hot ? 'value hot' : 'value'}>
            {typeof value === 'number' ? value.toLocaleString('vi-VN') : value}
            {unit && <small> {unit}</small>}
            {rule && <> <Basis rule={rule} of={label} /></>}
          </dd>
          {note && <dd>{note}</dd>}
        </div>
      ))}
    </dl>
  )
}
