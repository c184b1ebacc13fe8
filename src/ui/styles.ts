// The stylesheet as one text, in the order in which its parts build on each other.

import { readFileSync } from 'node:fs'

export const CSS_PARTS = ['fonts', 'tokens', 'base', 'layout', 'components', 'fields', 'print'] as const

/** Files the server must offer under /assets/fonts/, found in @fontsource/be-vietnam-pro/files/. */
export const FONT_FILES = ['latin', 'vietnamese'].flatMap((subset) => [400, 600].map((weight) => `be-vietnam-pro-${subset}-${weight}-normal.woff2`))

export const readStyles = (): string => CSS_PARTS.map((part) => readFileSync(new URL(`./${part}.css`, import.meta.url), 'utf8')).join('\n')
