// First start: loads the demo province once, and says what it did. A second call changes nothing.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { countUnits, listUnits, loadProvince } from '#modules/org/index.ts'
import { createCredentials } from '#modules/identity/index.ts'
import { importRecord } from '#modules/procedures/index.ts'
import { loadProvinceSeed, procedureTexts } from './pack.ts'

/** One password for all demo officers; only ever set on seeded accounts. */
export const DEMO_PASSWORD = 'TinhSo@2026'

/** Keys by which records may name a department. */
export async function knownUnitKeys(ctx: Ctx): Promise<Set<string>> {
  const { units } = loadProvinceSeed()
  const live = new Set((await listUnits(ctx.db, { limit: 5000 })).map((unit) => unit.id))
  return new Set(units.filter((unit) => live.has(unit.id)).flatMap((unit) => [unit.key, ...(unit.aliases ?? [])]).filter((key): key is string => !!key))
}

export async function seedProvince(ctx: Ctx): Promise<boolean> {
  if ((await countUnits(ctx.db)) > 0) return false
  const seed = loadProvinceSeed()
  await inTransaction(ctx.db, (tx) => loadProvince(tx, seed))
  return true
}

export async function seedCredentials(ctx: Ctx): Promise<void> {
  const { officers } = loadProvinceSeed()
  await createCredentials(ctx, { officers: officers.map((one) => ({ officerId: one.id, login: one.login })), password: DEMO_PASSWORD } as never)
}

export async function seedProcedures(ctx: Ctx): Promise<number> {
  const keys = await knownUnitKeys(ctx)
  let changed = 0
  for (const { text } of procedureTexts()) if ((await importRecord(ctx, text, keys)).outcome !== 'same') changed++
  return changed
}
