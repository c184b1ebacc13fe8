// Bundles of the administrators' heavy editors (drawing, fee tables): built when somebody first asks for one, not at every start.

import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { build } from 'esbuild'
import type { Asset } from './assets.ts'

/** Name of an editor → its entries, seen from this folder: the script, then what it needs of style. A page names them `/assets/heavy/NAME.js` and `.css`. */
export const HEAVY_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  studio: ['./studio/page.ts', './studio/studio.css'],
  feetable: ['./studio/fees/table.ts', './studio/fees/table.css'],
  dmntable: ['./studio/fees/dmn.ts', './studio/fees/dmn.css'],
  builder: ['./studio/builder.ts', './studio/builder.css'],
  moves: ['./moves/moves.css'],
  process: ['./studio/process/editor.tsx', './studio/process/editor.css'],
}

const FOLDER = '/assets/heavy/'
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  woff: 'font/woff',
  svg: 'image/svg+xml',
}

/** Either the file itself (its name carries a digest: immutable), or the address where the newest file of that name lies. */
export type HeavyAnswer = { readonly file: Asset } | { readonly at: string }

const bundles = new Map<string, Promise<ReadonlyMap<string, Asset>>>()
const files = new Map<string, Asset>()

/** Answers `/assets/heavy/<wanted>`: `process.js` builds the bundle (once in the life of the program, about a second) and says where it lies. Null: there is none. */
export async function heavy(wanted: string): Promise<HeavyAnswer | null> {
  const known = files.get(wanted)
  if (known) return { file: known }
  const asked = /^([a-z]+)(?:\.[\w-]{8,12})?\.(js|css|woff2?|svg)$/.exec(wanted)
  const [name, kind] = [asked?.[1] ?? '', asked?.[2] ?? '']
  if (!Object.hasOwn(HEAVY_ENTRIES, name)) return null
  const built = await bundle(name)
  if (files.has(wanted)) return { file: files.get(wanted)! }
  // A page that was open over a restart with newer code asks for a digest that is gone: the newest answers.
  const newest = built.get(kind)
  return newest ? { at: newest.url } : null
}

function bundle(name: string): Promise<ReadonlyMap<string, Asset>> {
  const known = bundles.get(name)
  if (known) return known
  const made = make(name)
  bundles.set(name, made)
  made.catch(() => bundles.delete(name)) // the next to ask tries again
  return made
}

/** Builds script and style of one editor. By kind (`js`, `css`); fonts and pictures that the style names are files beside them. */
async function make(name: string): Promise<ReadonlyMap<string, Asset>> {
  const here = new URL('.', import.meta.url).pathname
  const built = await build({
    entryPoints: HEAVY_ENTRIES[name]!.map((entry) => new URL(entry, import.meta.url).pathname),
    absWorkingDir: here,
    define: { LANG: '"vi"', 'process.env.NODE_ENV': '"production"' },
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    target: 'es2022',
    legalComments: 'none',
    outdir: '/heavy',
    entryNames: name,
    assetNames: '[name].[hash]',
    publicPath: FOLDER,
    loader: { '.woff2': 'file', '.woff': 'file', '.svg': 'file', '.eot': 'empty', '.ttf': 'empty' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  })
  const found = new Map<string, Asset>()
  for (const output of built.outputFiles) {
    const file = basename(output.path)
    const kind = file.split('.').at(-1)!
    const body = Buffer.from(output.contents)
    const entry = file === `${name}.${kind}`
    const digest = createHash('sha256').update(body).digest('base64url').slice(0, 10)
    const title = entry ? `${name}.${digest}.${kind}` : file
    const asset: Asset = { url: FOLDER + title, type: TYPES[kind] ?? 'application/octet-stream', body }
    files.set(title, asset)
    if (entry) found.set(kind, asset)
  }
  return found
}
