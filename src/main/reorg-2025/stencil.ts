// Text with holes: cut once along what differs from copy to copy, then filled as often as copies are wanted. Pure.

export interface Stencil {
  readonly pieces: readonly string[]
  /** which word stands between two pieces */
  readonly holes: readonly number[]
}

const special = /[.*+?^${}()|[\]\\]/g
const literal = (text: string): string => text.replaceAll(special, '\\$&')

/** Cuts `text` along `words`, the longest first where several begin at one place. */
export function cut(text: string, words: readonly string[]): Stencil {
  const at = new Map(words.map((word, n) => [word, n]))
  const longest = [...at.keys()].filter((word) => word !== '').sort((a, b) => b.length - a.length)
  if (longest.length === 0) return { pieces: [text], holes: [] }
  const parts = text.split(new RegExp(`(${longest.map(literal).join('|')})`, 'g'))
  return { pieces: parts.filter((_, n) => n % 2 === 0), holes: parts.filter((_, n) => n % 2 === 1).map((word) => at.get(word)!) }
}

/** Fills the holes; `words` in the order of those it was cut along. */
export function fill({ pieces, holes }: Stencil, words: readonly string[]): string {
  let text = pieces[0]!
  for (let n = 0; n < holes.length; n++) text += words[holes[n]!]! + pieces[n + 1]!
  return text
}
