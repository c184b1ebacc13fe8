// Finding by words, with or without accents; on a desk the key / leads here.

import { Icon } from './icon.tsx'
import { With } from './surround.tsx'

export interface SearchBoxProps {
  readonly action: string
  /** What can be searched for, in words; the input's label and placeholder. */
  readonly label: string
  readonly name?: string
  readonly value?: string
  readonly shortcut?: boolean
  readonly hidden?: Readonly<Record<string, string>>
}

export function SearchBox({ action, label, name = 'q', value, shortcut, hidden = {} }: SearchBoxProps) {
  return (
    <With>
      {({ words }) => (
        <form class="search" role="search" action={action} method="get">
          {Object.entries(hidden).map(([key, text]) => (
            <input type="hidden" name={key} value={text} />
          ))}
          <input
            type="search"
            name={name}
            value={value}
            aria-label={label}
            placeholder={label}
            autocomplete="off"
            data-search={shortcut || undefined}
          />
          {shortcut && <kbd aria-hidden="true">/</kbd>}
          <button class="btn secondary">
            <Icon name="search" />
            <span>{words.search}</span>
          </button>
        </form>
      )}
    </With>
  )
}
