// The frame of the simulators' own pages: plain and dark-headed, so that nobody takes them for the platform's or for a true provider's.

import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'

const STYLE = `
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#14213d;background:#eef2f7}
.sim{background:#14213d;color:#fff;padding:.6rem 1rem;text-align:center;font-weight:700}
main{max-width:52rem;margin:1.25rem auto;padding:1.25rem;background:#fff;border:1px solid #b8c4d6;border-radius:6px;overflow-wrap:anywhere}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 .75rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}p{margin:.4rem 0}
nav a{display:inline-block;padding:.4rem .2rem;margin-right:1rem;color:#1d4e89}
button{font:inherit;padding:.5rem .9rem;min-height:44px;border:1px solid #1d4e89;border-radius:6px;background:#1d4e89;color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #d97706;outline-offset:2px}
label{display:block;padding:.35rem 0}input,select{font:inherit}fieldset{border:1px solid #b8c4d6;border-radius:6px;margin:1rem 0}legend{font-weight:700;padding:0 .3rem}
.msg{border:1px solid #d5deea;border-radius:10px;padding:.7rem .9rem;margin:.6rem 0;background:#f8fafd}.msg p:last-child{white-space:pre-wrap}
.small{font-size:.88rem;color:#44546f}.part{border-bottom:1px dashed #8fa3c2}
@media(prefers-color-scheme:dark){body{background:#0d1524;color:#e6ecf5}main{background:#16213a;border-color:#3a4a68}.msg{background:#1c2947;border-color:#3a4a68}.small{color:#a9b8d0}nav a{color:#9cc2f5}}`

export interface TwinPage {
  /** Whose simulator. */
  readonly of: string
  readonly title: string
  readonly links: readonly { readonly href: string; readonly label: string }[]
}

/** A whole document. Says in clear words that nothing here is true. */
export function twinPage({ of, title, links }: TwinPage, children: ComponentChildren): string {
  return `<!doctype html>${renderToString(
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} – ${of} mô phỏng`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header class="sim">Bản mô phỏng {of} – chỉ dùng để thử, không tin nào rời khỏi máy này</header>
        <main>
          <nav aria-label="Trong bản mô phỏng">
            {links.map(({ href, label }) => (
              <a href={href}>{label}</a>
            ))}
          </nav>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>,
  )}`
}

/** What the pages of simulators may load: nothing but their own style. */
export const TWIN_CSP = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

/** A posted form came from the same site, as far as the browser tells. */
export function fromHere(headers: Readonly<Record<string, unknown>>, host: string): boolean {
  const { 'sec-fetch-site': site, origin } = headers
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return typeof origin !== 'string' || origin === 'null' || URL.parse(origin)?.host === host
}
