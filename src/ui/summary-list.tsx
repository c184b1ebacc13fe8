// Facts as label and value, each with a way back to change it.

import type { ComponentChildren } from 'preact'
import { Basis } from './basis.tsx'
import { With } from './surround.tsx'

export interface SummaryRow {
  readonly label: string
  readonly value?: ComponentChildren
  /** The rule that the figure comes from. */
  readonly rule?: string
  readonly changeHref?: string
  /** Another word than "Sửa". */
  readonly changeLabel?: string
}

export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <With>
      {({ words }) => (
        <dl class="summary">
          {rows.map(({ label, value, rule, changeHref, changeLabel }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value === undefined || value === null || value === '' ? <span class="soft">{words.notGiven}</span> : value}{rule && <> <Basis rule={rule} of={label} /></>}</dd>
              {changeHref && (
                <dd class="do">
                  <a href={changeHref}>
                    {changeLabel ?? words.change}
                    <span class="sr"> {label}</span>
                  </a>
                </dd>
              )}
            </div>
          ))}
        </dl>
      )}
    </With>
  )
}
