// Chance that is the same every time: what happens to a dossier is decided by the seed, the dossier and the occasion, not by the order of work.

/** A number in [0, 1) that the words alone decide (xmur3 for the words, mulberry32 for the number). */
export function chance(...words: readonly (string | number)[]): number {
  const text = words.join('\u0000')
  let hash = 1_779_033_703 ^ text.length
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 3_432_918_353)
    hash = (hash << 13) | (hash >>> 19)
  }
  let mixed = (hash + 0x6d2b79f5) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), 1 | mixed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

export const happens = (probability: number, ...words: readonly (string | number)[]): boolean => chance(...words) < probability

export const choose = <T>(list: readonly T[], ...words: readonly (string | number)[]): T => list[Math.floor(chance(...words) * list.length)]!

/** One of the choices, each as likely as its weight. */
export function weigh<T>(choices: readonly (readonly [T, number])[], ...words: readonly (string | number)[]): T {
  let left = chance(...words) * choices.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [choice, weight] of choices) {
    left -= weight
    if (left < 0) return choice
  }
  return choices.at(-1)![0]
}

/** How many arrive when `mean` do on average (Knuth's way; `mean` is small). */
export function arrivals(mean: number, ...words: readonly (string | number)[]): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = chance(...words, 0); product > limit; count++) product *= chance(...words, count + 1)
  return count
}
