// The document around every page: language, style, fonts, script, and what forms inside need.

import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { SurroundContext } from './surround.tsx'
import { type Lang, WORDS } from './words.ts'

export interface PageProps {
  readonly title: string
  readonly lang?: Lang
  /** Letters a quarter larger, for whoever asked. */
  readonly large?: boolean
  readonly body: 'citizen' | 'desk'
  /** Shown after the title in the browser's tab. */
  readonly site?: string
  readonly description?: string
  readonly head?: ComponentChildren
  /** Put into every `Form` of the page and into a meta tag for the client script. */
  readonly csrf?: string
  /** Addresses of the stylesheet and the script, with their digests; see `src/client/assets.ts`. */
  readonly assets?: { readonly css: string; readonly js: string | null }
  /** False where this person has switched off one-key shortcuts. */
  readonly shortcuts?: boolean
  readonly children?: ComponentChildren
}

const FONT = '/assets/fonts/be-vietnam-pro-'
const PLAIN_ASSETS = { css: '/assets/ui.css', js: null }

export function Page(props: PageProps) {
  const { title, lang = 'vi', large = false, body, site = 'Tỉnh Số', description, head, csrf, assets = PLAIN_ASSETS, shortcuts = true, children } = props
  return (
    <SurroundContext.Provider value={{ lang, words: WORDS[lang], csrf }}>
      <html lang={lang} data-type={large ? 'large' : undefined}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title === site ? title : `${title} – ${site}`}</title>
          {description && <meta name="description" content={description} />}
          <meta name="color-scheme" content="light dark" />
          <meta name="format-detection" content="telephone=no" />
          {csrf && <meta name="csrf-token" content={csrf} />}
          <link rel="preload" href={`${FONT}latin-400-normal.woff2`} as="font" type="font/woff2" crossorigin="anonymous" />
          <link rel="preload" href={`${FONT}vietnamese-400-normal.woff2`} as="font" type="font/woff2" crossorigin="anonymous" />
          <link rel="icon" href="/assets/drum.svg" type="image/svg+xml" />
          <link rel="stylesheet" href={assets.css} />
          {assets.js && <script type="module" src={assets.js} />}
          {head}
        </head>
        <body class={body} data-keys={shortcuts ? undefined : 'off'}>
          {children}
        </body>
      </html>
    </SurroundContext.Provider>
  )
}

/** The whole document as text, ready to send. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`
}
