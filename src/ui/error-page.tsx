// What went wrong and what to do next, for the inside of either layout.

import type { ComponentChildren } from 'preact'
import { Actions, LinkButton } from './button.tsx'
import { Drum } from './drum.tsx'

export interface ErrorPageProps {
  readonly title: string
  /** Says what to do next. */
  readonly children: ComponentChildren
  readonly action?: { readonly label: string; readonly href: string }
  /** Number of the request, for whoever is asked for help. */
  readonly reference?: string
}

export function ErrorPage({ title, children, action, reference }: ErrorPageProps) {
  return (
    <div class="lost">
      <Drum size={72} fine />
      <h1>{title}</h1>
      {children}
      {action && (
        <Actions>
          <LinkButton look="primary" href={action.href}>
            {action.label}
          </LinkButton>
        </Actions>
      )}
      {reference && <p class="ref">{reference}</p>}
    </div>
  )
}
