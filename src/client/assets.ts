// Everything a browser fetches for the kit, ready to serve: the stylesheet, the script and the fonts, each with its address.

import { createHash } from 'node:crypto'
import { build, transform } from 'esbuild'
import { renderToString } from 'preact-render-to-string'
import { Drum } from '#ui/drum.tsx'
import { readFonts, readStyles } from '#ui/styles.ts'
import type { Lang } from '#ui/words.ts'

export interface Asset {
  /** Path on the site. Style and script carry a digest of their content; all may be served as immutable. */
  readonly url: string
  readonly type: string
  readonly body: Buffer
}

export interface Assets {
  /** For `Page({ assets })`, by the page's language. */
  readonly page: Readonly<Record<Lang, { readonly css: string; readonly js: string }>>
  readonly files: readonly Asset[]
}

const digest = (body: Buffer) => createHash('sha256').update(body).digest('base64url').slice(0, 10)

async function style(): Promise<Asset> {
  const { code } = await transform(readStyles(), { loader: 'css', minify: true, charset: 'utf8' })
  const body = Buffer.from(code.replace(/(--[\w-]+): /g, '$1:'))
  return { url: `/assets/ui.${digest(body)}.css`, type: 'text/css; charset=utf-8', body }
}

async function script(lang: Lang): Promise<Asset> {
  const built = await build({
    entryPoints: [new URL('./enhance.ts', import.meta.url).pathname],
    define: { LANG: JSON.stringify(lang) },
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    target: 'es2022',
    write: false,
  })
  const body = Buffer.from(built.outputFiles[0]?.contents ?? [])
  return { url: `/assets/enhance.${lang}.${digest(body)}.js`, type: 'text/javascript; charset=utf-8', body }
}

/** The mark in the browser's tab: the drum in bronze on no ground. */
function icon(): Asset {
  const svg = renderToString(Drum({})).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" color="#8a5a1e" ')
  return { url: '/assets/drum.svg', type: 'image/svg+xml', body: Buffer.from(svg) }
}

/** Built once at start, in some 50 ms. */
export async function loadAssets(): Promise<Assets> {
  const [css, vi, en] = await Promise.all([style(), script('vi'), script('en')])
  return {
    page: { vi: { css: css.url, js: vi.url }, en: { css: css.url, js: en.url } },
    files: [css, vi, en, icon(), ...readFonts().map(({ name, type, body }) => ({ url: `/assets/fonts/${name}`, type, body }))],
  }
}
