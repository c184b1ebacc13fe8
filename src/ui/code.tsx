// Text for machines, shown as it is, with a button to take it along.

import { Button } from './button.tsx'
import { With } from './surround.tsx'

export function Code({ children, label, copy = true }: { children: string; label: string; copy?: boolean }) {
  return (
    <div class="code">
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{children}</code>
      </pre>
      {copy && (
        <With>
          {({ words }) => (
            <Button type="button" icon="copy" copies={children}>
              {words.copy}
            </Button>
          )}
        </With>
      )}
    </div>
  )
}
