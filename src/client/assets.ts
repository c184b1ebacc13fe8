// Everything a browser fetches for the kit, ready to serve: the stylesheet, the script and the fonts, each with its address.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { build, transform } from 'esbuild'
import { renderToString } from 'preact-render-to-string'
import { Drum } from '#ui/drum.tsx'
import { readFonts, readStyles } from '#ui/styles.ts'
import type { Lang } from '#ui/words.ts'
import { PART_ENTRIES, type PartName } from './parts.ts'

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

/** One bundle as text of an ES module; `defines` are constants that the code names. */
async function bundle(entry: string, defines: Readonly<Record<string, unknown>>): Promise<Buffer> {
  const built = await build({
    entryPoints: [new URL(entry, import.meta.url).pathname],
    define: Object.fromEntries(Object.entries(defines).map(([name, value]) => [name, JSON.stringify(value)])),
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    target: 'es2022',
    write: false,
  })
  return Buffer.from(built.outputFiles[0]?.contents ?? [])
}

const named = (name: string, lang: Lang, body: Buffer): Asset => ({
  url: `/assets/${name}.${lang}.${digest(body)}.js`,
  type: 'text/javascript; charset=utf-8',
  body,
})

/** The pieces that pages fetch when they need them, then the script of every page, which knows their addresses. */
async function scripts(lang: Lang, style: string): Promise<readonly Asset[]> {
  const names = Object.keys(PART_ENTRIES) as PartName[]
  const parts = await Promise.all(names.map(async (name) => named(name, lang, await bundle(PART_ENTRIES[name], { LANG: lang, STYLE: style }))))
  const addresses = Object.fromEntries(names.map((name, i) => [name, parts[i]!.url]))
  return [named('enhance', lang, await bundle('./enhance.ts', { LANG: lang, PARTS: addresses })), ...parts]
}

/** What only the photo table needs, kept out of every page's stylesheet. */
async function photoStyle(): Promise<Asset> {
  const { code } = await transform(readFileSync(new URL('./photos/photos.css', import.meta.url), 'utf8'), { loader: 'css', minify: true, charset: 'utf8' })
  const body = Buffer.from(code)
  return { url: `/assets/photos.${digest(body)}.css`, type: 'text/css; charset=utf-8', body }
}

/** The mark in the browser's tab: the drum in bronze on no ground. */
function icon(): Asset {
  const svg = renderToString(Drum({})).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" color="#8a5a1e" ')
  return { url: '/assets/drum.svg', type: 'image/svg+xml', body: Buffer.from(svg) }
}

let built: Promise<Assets> | null = null

/** Built once for the process, in some 200 ms. */
export const loadAssets = (): Promise<Assets> => (built ??= make())

async function make(): Promise<Assets> {
  const [css, photos] = await Promise.all([style(), photoStyle()])
  const [vi, en] = await Promise.all([scripts('vi', photos.url), scripts('en', photos.url)])
  return {
    page: { vi: { css: css.url, js: vi[0]!.url }, en: { css: css.url, js: en[0]!.url } },
    files: [css, photos, ...vi, ...en, icon(), ...readFonts().map(({ name, type, body }) => ({ url: `/assets/fonts/${name}`, type, body }))],
  }
}
