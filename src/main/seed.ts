// First start: loads the demo province once, and says what it did. A second call changes nothing.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { countUnits, loadProvince } from '#modules/org/index.ts'
import { createCredentials, hasCredentials, knowCitizen } from '#modules/identity/index.ts'
import { importRecord } from '#modules/procedures/index.ts'
import { claimsOf } from '#twins/vneid/index.ts'
import { demoCitizens, loadProvinceSeed, procedureTexts } from './pack.ts'

/** One password for all demo officers; only ever set on seeded accounts. */
export const DEMO_PASSWORD = 'TinhSo@2026'

/** Keys by which records may name a department of this province. */
export const knownUnitKeys = (): Set<string> =>
  new Set(loadProvinceSeed().units.filter((unit) => !unit.validTo).flatMap((unit) => [unit.key, ...(unit.aliases ?? [])]).filter((key): key is string => !!key))

/** Loads what is missing of the demo province: units and officers, their accounts, demo citizens, procedures. Returns what it loaded. */
export async function seedDemo(ctx: Ctx): Promise<string[]> {
  const loaded: string[] = []
  const seed = loadProvinceSeed()
  if ((await countUnits(ctx.db)) === 0) {
    await inTransaction(ctx.db, (tx) => loadProvince(tx, seed))
    loaded.push(`${seed.units.length} đơn vị, ${seed.officers.length} cán bộ`)
  }
  if (!(await hasCredentials(ctx.db))) {
    await createCredentials(ctx, { officers: seed.officers.map((one) => ({ officerId: one.id, login: one.login })), password: DEMO_PASSWORD })
    for (const one of demoCitizens) await knowCitizen(ctx, claimsOf(one))
    loaded.push(`${demoCitizens.length} công dân mẫu`)
  }
  const keys = knownUnitKeys()
  let changed = 0
  for (const { text } of procedureTexts()) if ((await importRecord(ctx, text, keys)).outcome !== 'same') changed++
  if (changed > 0) loaded.push(`${changed} thủ tục`)
  return loaded
}
