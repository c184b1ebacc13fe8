// The typeface of the printed forms (Tinos, metric twin of Times New Roman) and which characters it can show.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const CUTS = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']

export interface Typeface {
  readonly files: readonly Buffer[]
  /** True when every cut of the typeface has a glyph for this code point. */
  has(codePoint: number): boolean
}

export function loadTinos(): Typeface {
  const files = CUTS.map((cut) => readFileSync(require.resolve(`@expo-google-fonts/tinos/${cut}/Tinos_${cut}.ttf`)))
  const ranges = files.map(coveredRanges)
  return { files, has: (codePoint) => ranges.every((cut) => cut.some(([from, to]) => from <= codePoint && codePoint <= to)) }
}

/** The code points of a TrueType file, read from its `cmap` table (format 4, the basic plane). */
export function coveredRanges(file: Buffer): [number, number][] {
  const table = findTable(file, 'cmap')
  for (let i = 0; i < file.readUInt16BE(table + 2); i++) {
    const sub = table + file.readUInt32BE(table + 4 + i * 8 + 4)
    if (file.readUInt16BE(sub) === 4) return segments(file, sub)
  }
  throw new Error('font without a format 4 character map')
}

function findTable(file: Buffer, tag: string): number {
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const record = 12 + i * 16
    if (file.toString('latin1', record, record + 4) === tag) return file.readUInt32BE(record + 8)
  }
  throw new Error(`font without a ${tag} table`)
}

function segments(file: Buffer, sub: number): [number, number][] {
  const doubled = file.readUInt16BE(sub + 6)
  const ranges: [number, number][] = []
  for (let i = 0; i < doubled; i += 2) {
    const to = file.readUInt16BE(sub + 14 + i)
    const from = file.readUInt16BE(sub + 16 + doubled + i)
    if (from !== 0xffff) ranges.push([from, to])
  }
  return ranges
}
