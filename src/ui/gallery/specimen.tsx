// The frame of the gallery: a section with an anchor, and named specimens in it.

import type { ComponentChildren } from 'preact'

export function Shelf({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section id={id} class="stack" aria-labelledby={`${id}-title`}>
      <hr />
      <h2 id={`${id}-title`}>
        <a href={`#${id}`}>{title}</a>
      </h2>
      {children}
    </section>
  )
}

export function Specimen({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <p class="soft">
        <small>{name}</small>
      </p>
      {children}
    </div>
  )
}
