// The slot for a QR code made elsewhere: an image address or the SVG itself, always with words beside it.

import type { ComponentChildren } from 'preact'

export function Qr({ src, alt, caption, children }: { src?: string; alt: string; caption?: string; children?: ComponentChildren }) {
  return (
    <figure class="qr">
      {src ? (
        <img src={src} alt={alt} width="144" height="144" />
      ) : (
        <span role="img" aria-label={alt}>
          {children}
        </span>
      )}
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  )
}
