// State as colour, word and icon at once; none of the three is left to speak alone.

import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { With } from './surround.tsx'
import type { Words } from './words.ts'

/** plain: not begun or over without note; info: under way; wait: waits for somebody else; good, warn, bad as they say. */
export type Tone = 'plain' | 'info' | 'good' | 'warn' | 'bad' | 'wait'

const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  plain: 'circle',
  info: 'half',
  good: 'tick',
  warn: 'alert',
  bad: 'stop',
  wait: 'pause',
}

export function StatusTag({ tone = 'plain', icon, children }: { tone?: Tone; icon?: IconName; children: ComponentChildren }) {
  return (
    <span class={`tag ${tone}`}>
      <Icon name={icon ?? TONE_ICONS[tone]} />
      {children}
    </span>
  )
}

export type DueState = 'in_time' | 'soon' | 'late' | 'paused' | 'met' | 'met_late'

const DUE: Readonly<Record<DueState, { tone: Tone; icon: IconName; word: keyof Words }>> = {
  in_time: { tone: 'plain', icon: 'clock', word: 'inTime' },
  soon: { tone: 'warn', icon: 'hourglass', word: 'soon' },
  late: { tone: 'bad', icon: 'alert', word: 'late' },
  paused: { tone: 'wait', icon: 'pause', word: 'paused' },
  met: { tone: 'good', icon: 'tick', word: 'metInTime' },
  met_late: { tone: 'bad', icon: 'tick', word: 'metLate' },
}

/** How a deadline stands. The words ("Còn 2 ngày làm việc") come from who counted; without them the state is named. */
export function DueTag({ state, children }: { state: DueState; children?: ComponentChildren }) {
  const { tone, icon, word } = DUE[state]
  return (
    <With>
      {({ words }) => (
        <StatusTag tone={tone} icon={icon}>
          {children ?? words[word]}
        </StatusTag>
      )}
    </With>
  )
}

/** A short word or number beside something; no state. */
export function Badge({ children }: { children: ComponentChildren }) {
  return <span class="badge">{children}</span>
}
