// Two tabs, two devices, one draft: each page carries digests of the answers it was drawn with, and only what was changed on it is written.

import { createHash } from 'node:crypto'
import { isObject } from '#core/fields/clean.ts'
import type { Question, Values } from '#core/form/types.ts'

/** Digest of each answer that stood on the page, by question. */
export type Was = Readonly<Record<string, string>>

/** A box left empty, an empty list and an address of which only the province was offered beforehand are no answers. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && 'province' in value && !value['commune'] && !value['detail']
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, part]) => part !== null && part !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, part]) => [key, sorted(part)]),
        )
      : value

export const digestOf = (value: unknown): string =>
  isNothing(value) ? '' : createHash('sha256').update(JSON.stringify(sorted(value))).digest('base64url').slice(0, 12)

export const wasOf = (questions: readonly Question[], values: Values): Was =>
  Object.fromEntries(questions.filter(({ type }) => type !== 'computed' && type !== 'statement').map(({ key }) => [key, digestOf(values[key])]))

export function readWas(raw: unknown): Was | null {
  const text = Array.isArray(raw) ? raw.at(-1) : raw
  if (typeof text !== 'string' || text === '' || text.length > 100_000) return null
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)])) : null
  } catch {
    return null
  }
}

export interface Merged {
  /** What is to be written. */
  readonly answers: Values
  /** Changed elsewhere and not on this page: the page should take them. */
  readonly newer: readonly string[]
  /** Changed elsewhere and here, to different answers: somebody must choose; neither is written over the other. */
  readonly conflicts: readonly string[]
}

/** `was` null: a program, or a page without digests; what it sends is meant. */
export function merge(posted: Values, stored: Values, was: Was | null): Merged {
  if (!was) return { answers: posted, newer: [], conflicts: [] }
  const answers: Values = {}
  const newer: string[] = []
  const conflicts: string[] = []
  for (const [key, value] of Object.entries(posted)) {
    const [before, mine, theirs] = [was[key], digestOf(value), digestOf(stored[key])]
    if (before === undefined || theirs === before || mine === theirs) answers[key] = value
    else if (mine === before) newer.push(key)
    else conflicts.push(key)
  }
  return { answers, newer, conflicts }
}
