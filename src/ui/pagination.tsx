// Going on through a long list; by cursor, so there are no page numbers to promise.

import type { ComponentChildren } from 'preact'
import { LinkButton } from './button.tsx'
import { With } from './surround.tsx'

export function Pagination({ newerHref, olderHref, children }: { newerHref?: string; olderHref?: string; children?: ComponentChildren }) {
  if (!newerHref && !olderHref && !children) return null
  return (
    <With>
      {({ words }) => (
        <nav class="pages" aria-label={words.pages}>
          {newerHref && (
            <LinkButton href={newerHref} icon="left">
              {words.newer}
            </LinkButton>
          )}
          {olderHref && (
            <LinkButton href={olderHref} icon="right">
              {words.older}
            </LinkButton>
          )}
          {children && <span>{children}</span>}
        </nav>
      )}
    </With>
  )
}
