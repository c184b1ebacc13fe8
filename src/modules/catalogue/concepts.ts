// What a sentence is about: everyday words gathered by what they mean, so that a question is understood by its parts ("cưới" + "đài loan"), not by its letters.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { same } from './sayings.ts'
import { type Syllable, syllables } from './words.ts'

const file = z.object({ about: z.string(), rows: z.array(z.strictObject({ concept: z.string().regex(/^[a-z0-9-]+$/), say: z.array(z.string().min(1)).min(1) })) })

/** Concepts of the pack: object, act, person, circumstance. */
export const CONCEPTS = file.parse(JSON.parse(readFileSync(new URL('../../../packs/vn/concepts.json', import.meta.url), 'utf8'))).rows

const byFirst = Map.groupBy(CONCEPTS.flatMap(({ concept, say }) => say.map((text) => ({ concept, parts: syllables(text) }))), (one) => one.parts[0]!.plain)

/** Concepts that the syllables name, each once, in alphabetical order; a phrase inside a longer one is not named on its own. */
export function conceptsIn(all: readonly Syllable[]): string[] {
  const found = all.flatMap((one, at) =>
    (byFirst.get(one.plain) ?? []).filter(({ parts }) => parts.every((part, k) => all[at + k] !== undefined && same(all[at + k]!, part))).map(({ concept, parts }) => ({ concept, at, end: at + parts.length })))
  const inside = (one: { at: number; end: number }) => found.some((other) => other.at <= one.at && other.end >= one.end && other.end - other.at > one.end - one.at)
  return [...new Set(found.filter((one) => !inside(one)).map((one) => one.concept))].sort()
}
