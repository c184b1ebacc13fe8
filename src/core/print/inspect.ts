// Reads a PDF back with poppler, so that tests can say what a reader would see. Needs the Debian package poppler-utils.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined

export interface Word {
  readonly text: string
  readonly page: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** All text in reading order, white space folded to single spaces. */
export const textOf = (pdf: Uint8Array) => fold(poppler('pdftotext', pdf, ['-'], ['-raw']))

/** The text of each page. */
export const pagesOf = (pdf: Uint8Array) => poppler('pdftotext', pdf, ['-'], ['-raw']).split('\f').slice(0, -1).map(fold)

/** What `pdfinfo` says: 'Tagged' → 'yes', 'Title' → … */
export const infoOf = (pdf: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    poppler('pdfinfo', pdf)
      .split('\n')
      .map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()]),
  )

/** One line of `pdffonts` per font: name, kind, encoding, embedded, subset, unicode. */
export const fontsOf = (pdf: Uint8Array) => poppler('pdffonts', pdf).trim().split('\n').slice(2)

/** The tags and texts a screen reader meets, as an indented tree. */
export const tagsOf = (pdf: Uint8Array) => poppler('pdfinfo', pdf, [], ['-struct-text'])

/** Every word with its box in points from the top left of its page. */
export function wordsOf(pdf: Uint8Array): Word[] {
  let page = 0
  const words: Word[] = []
  for (const line of poppler('pdftotext', pdf, ['-'], ['-bbox']).split('\n')) {
    if (line.includes('<page ')) page++
    const found = /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/.exec(line)
    if (!found) continue
    const [left, top, right, bottom] = found.slice(1, 5).map(Number) as [number, number, number, number]
    words.push({ text: found[5]!, page, left, right, top, bottom })
  }
  return words
}

/** One page as PNG, grey, as a printer of `dpi` would lay it down. */
export const pictureOf = (pdf: Uint8Array, page = 1, dpi = 200): Buffer =>
  execFileSync('pdftoppm', ['-r', String(dpi), '-gray', '-png', '-f', String(page), '-l', String(page), '-'], { input: pdf, maxBuffer: 64 * 1024 * 1024 })

export const fold = (text: string) => text.replace(/\s+/g, ' ').trim()

function poppler(tool: string, pdf: Uint8Array, after: string[] = [], before: string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'print-'))
  try {
    const file = join(folder, 'form.pdf')
    writeFileSync(file, pdf)
    return execFileSync(tool, [...before, file, ...after], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
