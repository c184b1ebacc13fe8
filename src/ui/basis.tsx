// A figure names the rule it comes from: the link beside it leads to the rule in plain words, its clause and its earlier values.

import type { ComponentChildren } from 'preact'

/** The link alone, for a column's head, a heading, a sentence. `rule` is the rule's name in addresses; `of` says of what, to those who hear the page. */
export function Basis({ rule, of }: { rule: string; of?: string }) {
  return (
    <a class="basis" data-rule={rule} href={`/can-cu/${rule}`}>
      căn cứ{of && <span class="sr"> của {of}</span>}
    </a>
  )
}

/** A figure with its rule. */
export function Figure({ rule, of, children }: { rule: string; of?: string; children: ComponentChildren }) {
  return (
    <span data-figure={rule}>
      {children} <Basis rule={rule} of={of} />
    </span>
  )
}
