// What happened, one sentence a fact, with who did it, where they stand and when.

import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import type { Tone } from './tag.tsx'
import { Time } from './time.tsx'

export interface TimelineEntry {
  readonly sentence: ComponentChildren
  readonly at?: Date | string
  readonly actor?: string
  readonly unit?: string
  readonly tone?: Tone
  readonly icon?: IconName
  /** Expected, not yet happened. */
  readonly future?: boolean
  /** Attached: a file, a reason, a quotation. */
  readonly more?: ComponentChildren
}

const ICONS: Readonly<Record<Tone, IconName>> = { plain: 'circle', info: 'half', good: 'tick', warn: 'alert', bad: 'stop', wait: 'pause' }

export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  return (
    <ol class="timeline" aria-label={label}>
      {entries.map(({ sentence, at, actor, unit, tone = 'plain', icon, future, more }) => (
        <li class={future ? 'future' : undefined}>
          <span class={`mark ${tone}`}>
            <Icon name={icon ?? ICONS[tone]} />
          </span>
          <p>{sentence}</p>
          {(at || actor || unit) && (
            <p class="by">
              {at && <Time at={at} />}
              {(actor || unit) && `${at ? ' · ' : ''}${[actor, unit].filter(Boolean).join(', ')}`}
            </p>
          )}
          {more}
        </li>
      ))}
    </ol>
  )
}
