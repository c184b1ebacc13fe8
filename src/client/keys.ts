// Lists by keyboard: j and k walk through the rows, x selects, / searches. Off where the person has said so (WCAG 2.1.4).

import { all } from './dom.ts'

const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select'

function walk(step: 1 | -1): void {
  const links = all<HTMLAnchorElement>('table[data-list] .row-link')
  const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)]
  next?.focus()
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' })
}

export function shortcuts(): void {
  if (document.body.dataset.keys === 'off') return
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (event.target as Element).closest?.(TYPING)) return
    if (event.key === 'j' || event.key === 'k') walk(event.key === 'j' ? 1 : -1)
    else if (event.key === 'x') document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('.pick input')?.click()
    else if (event.key === '/') {
      const search = document.querySelector<HTMLInputElement>('[data-search]')
      if (!search) return
      event.preventDefault()
      search.select()
    }
  })
}
