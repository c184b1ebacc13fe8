// Faces of one thing, each a page of its own.

import { Badge } from './tag.tsx'

export interface Tab {
  readonly label: string
  readonly href: string
  readonly current?: boolean
  readonly count?: number
}

export function Tabs({ items, label }: { items: readonly Tab[]; label: string }) {
  return (
    <nav class="tabs" aria-label={label} data-show="[aria-current]">
      {items.map((item) => (
        <a href={item.href} aria-current={item.current ? 'page' : undefined}>
          {item.label}
          {item.count !== undefined && <Badge>{item.count.toLocaleString('vi-VN')}</Badge>}
        </a>
      ))}
    </nav>
  )
}
