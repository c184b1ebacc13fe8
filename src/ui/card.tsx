// A thing among its like; with `href` the whole card is the link.

import type { ComponentChildren } from 'preact'

export interface CardProps {
  readonly title?: string
  readonly href?: string
  readonly meta?: ComponentChildren
  readonly children?: ComponentChildren
}

export function Card({ title, href, meta, children }: CardProps) {
  return (
    <div class={href ? 'card go' : 'card'}>
      {title && <h3>{href ? <a href={href}>{title}</a> : title}</h3>}
      {children}
      {meta && <div class="meta">{meta}</div>}
    </div>
  )
}

export function Cards({ children }: { children: ComponentChildren }) {
  return <div class="cards">{children}</div>
}
