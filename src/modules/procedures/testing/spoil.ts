// Spoilt copies of the two invented records, for tests that want one thing wrong.

import { inventedJson } from './packs.ts'

// biome-ignore lint/suspicious/noExplicitAny: a record that is about to be spoilt has no type
export type Json = any

/** The record with parallel regions, spoilt; `step` finds a step by id. */
export const market = (spoil: (json: Json, step: (id: string) => Json) => void): Json => {
  const json = inventedJson('night-market.json')
  spoil(json, (id) => json.steps.find((one: Json) => one.id === id))
  return json
}

/** The record with FEEL units, fees and terms, spoilt. */
export const copy = (spoil: (json: Json) => void): Json => {
  const json = inventedJson('register-copy.json')
  spoil(json)
  return json
}
