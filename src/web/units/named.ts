// Whether what somebody typed into a search is a unit's code or name of any time, and what became of it: for every search of the house.

import type { Ctx } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { becameOf, cameFrom, historyOf, resolveUnit, type Unit } from '#modules/org/index.ts'

export interface NamedUnit {
  readonly asked: Unit
  readonly live: Unit
  /** What became of it, or where it came from; null when there is nothing to tell. */
  readonly sentence: string | null
}

const MOST = 5
const SHORTEST = 3

/** Units that the words mean exactly, the living and those of before; [] when they mean none. */
export async function unitsNamed(ctx: Ctx, words: string): Promise<NamedUnit[]> {
  const text = words.trim()
  if (text.length < SHORTEST || text.length > 120) return []
  const found = await resolveUnit(ctx.db, text).catch((error: unknown) => {
    if (error instanceof NotFound) return []
    throw error
  })
  return Promise.all(
    found.slice(0, MOST).map(async ({ asked, live }) => {
      const { before, after } = await historyOf(ctx.db, asked.id)
      const became = becameOf(asked, after, live)
      return { asked, live, sentence: became ? [became.sentence, became.now].filter(Boolean).join(' ') : cameFrom(asked, before) }
    }),
  )
}
