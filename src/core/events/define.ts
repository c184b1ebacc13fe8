// The shape of a fact; apart, so that a module's events.ts draws in nothing else.

import type { z } from 'zod'

export interface EventType<N extends string = string, S extends z.ZodType = z.ZodType> {
  readonly name: N
  readonly data: S
}

/** Declares a fact: past tense, `module.fact`. */
export const defineEvent = <N extends string, S extends z.ZodType>(name: N, data: S): EventType<N, S> => ({ name, data })
