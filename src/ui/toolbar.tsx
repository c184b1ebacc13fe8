// Search, filters and acts on what is selected, above a list.

import type { ComponentChildren } from 'preact'

export function Toolbar({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="toolbar" role="group" aria-label={label}>
      {children}
    </div>
  )
}
