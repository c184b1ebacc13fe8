// The stylesheet as one text, in the order in which its parts build on each other, and the fonts it asks for.

import { readFileSync } from 'node:fs'
import { tabularFigures } from './figures.ts'

const CSS_PARTS = ['fonts', 'tokens', 'base', 'layout', 'components', 'fields', 'pay', 'print'] as const
const WEIGHTS = [400, 600] as const

export interface FontFile {
  /** Served as /assets/fonts/<name>. */
  readonly name: string
  readonly type: string
  readonly body: Buffer
}

export const readStyles = (): string => CSS_PARTS.map((part) => readFileSync(new URL(`./${part}.css`, import.meta.url), 'utf8')).join('\n')

const read = (name: string) => readFileSync(new URL(`./files/${name}`, import.meta.resolve('@fontsource/be-vietnam-pro/package.json')))

/** 67 kB of letters, of which a page usually asks for all, and 3 kB of figures. */
export function readFonts(): readonly FontFile[] {
  const letters = ['latin', 'vietnamese'].flatMap((subset) => WEIGHTS.map((weight) => `be-vietnam-pro-${subset}-${weight}-normal.woff2`))
  return [
    ...letters.map((name) => ({ name, type: 'font/woff2', body: read(name) })),
    ...WEIGHTS.map((weight) => ({
      name: `figures-${weight}.ttf`,
      type: 'font/ttf',
      body: tabularFigures(read(`be-vietnam-pro-latin-${weight}-normal.woff`)),
    })),
  ]
}
