// How far one has come in a form of several pages.

import { Icon } from './icon.tsx'
import { With } from './surround.tsx'

export interface Step {
  readonly label: string
  readonly state: 'done' | 'current' | 'todo'
  readonly href?: string
}

/** `listed`: few steps, each of which matters by itself: a narrow screen shows them all with their words, one under the other. */
export function Steps({ steps, label, listed }: { steps: readonly Step[]; label: string; listed?: boolean }) {
  return (
    <With>
      {({ words }) => (
        <ol class={listed ? 'steps listed' : 'steps'} aria-label={label}>
          {steps.map(({ label: name, state, href }, i) => (
            <li class={state} aria-current={state === 'current' ? 'step' : undefined}>
              <span class="sr">
                {words.step} {i + 1} {words.of} {steps.length}, {words[state]}:{' '}
              </span>
              {state === 'done' && <Icon name="check" />} {href && state !== 'current' ? <a href={href}>{name}</a> : <span>{name}</span>}
            </li>
          ))}
        </ol>
      )}
    </With>
  )
}
