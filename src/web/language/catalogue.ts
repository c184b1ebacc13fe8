// The second language: a catalogue from the Vietnamese sentence to the English one, and how a sentence with names in it finds its entry.

import { readFileSync } from 'node:fs'

/** Vietnamese message → English one. `{}` stands for what changes: a name, a date, a number; both sides have as many, `{1}`, `{2}` reorder them. */
export type Catalogue = Readonly<Record<string, string>>

export interface Translator {
  /** The sentence in the other language, or null when the catalogue does not know it. */
  (text: string): string | null
}

const HOLE = /\{\d*\}/
const HOLES = new RegExp(HOLE, 'g')
const special = /[.*+?^${}()|[\]\\]/g

interface Pattern {
  /** The longest fixed part: looked for first, because that is cheap. */
  readonly mark: string
  readonly test: RegExp
  readonly answer: string
}

function patternOf(message: string, answer: string): Pattern {
  const fixed = message.split(HOLE)
  return {
    mark: fixed.reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
    test: new RegExp(`^${fixed.map((part) => part.replaceAll(special, '\\$&')).join('([\\s\\S]*?)')}$`, 'u'),
    answer,
  }
}

function fill(answer: string, found: readonly string[]): string {
  let next = 0
  return answer.replaceAll(HOLES, (hole) => (hole === '{}' ? found[next++] : found[Number(hole.slice(1, -1)) - 1]) ?? '')
}

/** How many answers are remembered; pages say the same things again and again. */
const REMEMBERED = 5000

/** What stands in a hole may be a message itself: it is translated too when it is one. */
export function translatorOf(catalogue: Catalogue): Translator {
  const whole = new Map(Object.entries(catalogue).filter(([message]) => !HOLE.test(message)))
  const patterns = Object.entries(catalogue).filter(([message]) => HOLE.test(message)).map(([message, answer]) => patternOf(message, answer))
    .sort((a, b) => b.mark.length - a.mark.length)
  const known = new Map<string, string | null>()
  const find = (text: string, depth: number): string | null => {
    const exact = whole.get(text)
    if (exact !== undefined || depth > 3) return exact ?? null
    for (const { mark, test, answer } of patterns) {
      if (!text.includes(mark)) continue
      const found = test.exec(text)
      if (found) return fill(answer, found.slice(1).map((part) => find(part, depth + 1) ?? part))
    }
    return null
  }
  return (text) => {
    const asked = text.normalize('NFC').replaceAll(/\s+/g, ' ')
    const before = known.get(asked)
    if (before !== undefined) return before
    const answer = find(asked, 0)
    if (known.size >= REMEMBERED) known.clear()
    known.set(asked, answer)
    return answer
  }
}

export const ENGLISH: Catalogue = JSON.parse(readFileSync(new URL('../../../packs/vn/words/en.json', import.meta.url), 'utf8')) as Catalogue
