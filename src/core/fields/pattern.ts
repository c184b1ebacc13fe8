// Patterns come from records: compiled once, tried on short text only, and a broken one refuses nobody.

import { runInNewContext } from 'node:vm'

// Backtracking grows with the text; no pattern of a form needs more than this, and longer answers fail it.
const TRIED = 1000
const cache = new Map<string, RegExp | null>()

export function compilePattern(pattern: string): RegExp | null {
  const known = cache.get(pattern)
  if (known !== undefined) return known
  if (cache.size > 2000) cache.clear()
  const made = build(pattern)
  cache.set(pattern, made)
  return made
}

function build(pattern: string): RegExp | null {
  if (pattern.length > 500) return null
  try {
    return new RegExp(pattern, 'u')
  } catch {
    try {
      return new RegExp(pattern)
    } catch {
      return null
    }
  }
}

/**
 * Whether a pattern takes exponential time, tried on the kinds of text that make patterns run away, with a time limit.
 * For the importer only: a slow pattern is refused there and so never meets a citizen's text.
 */
export function isSlow(pattern: string): boolean {
  const letters = [...new Set(['a', '0', 'A', ' ', 'a ', '-', 'aA0', ...pattern.replace(/[^\p{L}\p{N} ,.;:_-]/gu, '')])].slice(0, 30)
  const samples = letters.flatMap((letter) => ['!', '\u0001', ''].map((end) => letter.repeat(Math.ceil(60 / letter.length)) + end))
  const overruns = (timeout: number): boolean => {
    try {
      runInNewContext('for (const sample of samples) compiled.test(sample)', { compiled: compilePattern(pattern) ?? /^/, samples }, { timeout })
      return false
    } catch {
      return true
    }
  }
  // A busy machine may hold up a good pattern for a moment; a runaway one would need years.
  return overruns(150) && overruns(2000)
}

export function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true
  const compiled = compilePattern(pattern)
  if (!compiled) return true
  return text.length <= TRIED && compiled.test(text)
}
