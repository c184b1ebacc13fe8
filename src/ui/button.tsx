// Buttons do, links go: both in four weights, of which a page has at most one primary.

import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { With } from './surround.tsx'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'

interface Common {
  readonly look?: ButtonLook
  readonly icon?: IconName
  readonly children: ComponentChildren
}

export interface ButtonProps extends Common {
  readonly type?: 'submit' | 'button'
  readonly name?: string
  readonly value?: string
  /** Sends the form it belongs to somewhere else. */
  readonly formAction?: string
  readonly form?: string
  readonly disabled?: boolean
  /** Already under way: cannot be pressed, says so. */
  readonly busy?: boolean
  /** What the client script shows after the first press. */
  readonly busyText?: string
  readonly id?: string
  /** Shortcut of the desk that presses it. */
  readonly shortcut?: string
  /** Text for the client script to put on the clipboard. */
  readonly copies?: string
}

export function Button(props: ButtonProps) {
  const { look = 'secondary', icon, type = 'submit', disabled, busy, busyText, copies, shortcut, children, ...rest } = props
  return (
    <With>
      {({ words }) => (
        <button
          class={`btn ${look}`}
          type={type}
          disabled={disabled || busy}
          aria-busy={busy || undefined}
          data-busy={busyText ?? words.busy}
          data-copy={copies}
          data-key={shortcut}
          aria-keyshortcuts={shortcut}
          {...rest}
        >
          {busy ? <span class="spin" aria-hidden="true" /> : icon && <Icon name={icon} />}
          <span aria-live={copies === undefined ? undefined : 'polite'}>{busy ? (busyText ?? words.busy) : children}</span>
        </button>
      )}
    </With>
  )
}

export interface LinkButtonProps extends Common {
  readonly href: string
  readonly download?: boolean
}

export function LinkButton({ look = 'secondary', icon, href, download, children }: LinkButtonProps) {
  return (
    <a class={`btn ${look}`} href={href} download={download}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  )
}

/** Buttons side by side, the first one the one to press; `sticky` keeps them in sight at the foot of long pages. */
export function Actions({ children, sticky }: { children: ComponentChildren; sticky?: boolean }) {
  return <div class={sticky ? 'actions sticky' : 'actions'}>{children}</div>
}
