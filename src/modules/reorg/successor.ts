// The one living unit that any code of any date means; for divided units by the rule of place, else the main heir.

import type { Reader } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { getUnit, heirsWithRules, resolveUnit, type Unit } from '#modules/org/index.ts'
import { type Case, heirFor } from './assign.ts'
import { RuleInput, type SplitRule } from './schema.ts'
import { z } from 'zod'

export interface SuccessorAsk {
  /** Code of any scheme, or a name. */
  readonly code: string
  /** The day it was valid, 'YYYY-MM-DD'. */
  readonly on?: string
  /** Commune, by any code; village in words. */
  readonly place?: string
  readonly village?: string
  readonly field?: string
  readonly procedure?: string
}

const rulesOf = (raw: unknown): SplitRule[] => {
  const parsed = z.array(RuleInput).safeParse(raw)
  return parsed.success ? parsed.data : []
}

/** Follows every division on the way by its rules. Throws NotFound when nothing ever bore the code. */
export async function successorOf(reader: Reader, ask: SuccessorAsk): Promise<{ asked: Unit; live: Unit }> {
  const [first] = await resolveUnit(reader, ask.code, ask.on)
  if (!first) throw new NotFound('org.no_unit', `Không có đơn vị nào mang mã ${ask.code}.`)
  const one: Case = {
    procedure: ask.procedure ?? '', field: ask.field ?? null, receivedUnitId: '', places: ask.place ? [{ codes: [ask.place], detail: ask.village ?? '' }] : [],
  }
  const now = await getUnit(reader, first.asked.id)
  if (now.validTo === null) return { asked: first.asked, live: now }
  const atlas = { alike: () => [], commune: () => null, communeOf: () => null }
  let unit = now
  for (let hops = 0; unit.validTo !== null && hops < 20; hops++) {
    const heirs = await heirsWithRules(reader, unit.id)
    const rules = heirs.flatMap((heir) => rulesOf(heir.rules))
    const target = rules.length === 0 ? null : heirFor({ unit, desks: [unit], rules, main: null, step: 0 }, one, atlas)
    const next = heirs.find((heir) => heir.unit.id === target) ?? heirs.find((heir) => heir.main) ?? heirs[0]
    if (!next) break
    unit = next.unit
  }
  return { asked: first.asked, live: unit.validTo === null ? unit : first.live }
}
