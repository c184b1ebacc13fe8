// First start: loads the demo province once, and says what it did. A second call changes nothing.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { loadEssentials } from '#modules/catalogue/index.ts'
import { countUnits, loadProvince, loadSeats } from '#modules/org/index.ts'
import { createCredentials, hasCredentials, knowCitizen } from '#modules/identity/index.ts'
import { loadPayees } from '#modules/payments/index.ts'
import { importCompetence, importProcess, importRecord, knowsProcess, knowsRecord } from '#modules/procedures/index.ts'
import { claimsOf } from '#twins/vneid/index.ts'
import { competenceRules, DEFAULT_PACK, demoCitizens, loadPayeeSeed, loadProvinceSeed, loadSeatSeed, procedureTexts, processTexts } from './pack.ts'

/** One password for all demo officers; only ever set on seeded accounts. */
export const DEMO_PASSWORD = 'TinhSo@2026'

/** Keys by which records may name a department of this province. */
export const knownUnitKeys = (pack: string = DEFAULT_PACK): Set<string> =>
  new Set(loadProvinceSeed(pack).units.filter((unit) => !unit.validTo).flatMap((unit) => [unit.key, ...(unit.aliases ?? [])]).filter((key): key is string => !!key))

/** Loads what is missing of the demo province of the context's pack: units and officers, their accounts, demo citizens, procedures. Returns what it loaded. */
export async function seedDemo(ctx: Ctx): Promise<string[]> {
  const loaded: string[] = []
  const pack = ctx.pack.id
  if ((await countUnits(ctx.db)) === 0) {
    const seed = loadProvinceSeed(pack)
    await inTransaction(ctx.db, async (tx) => {
      await loadProvince(tx, seed)
      await loadEssentials(tx, ctx.now)
    })
    loaded.push(`${seed.units.length} đơn vị, ${seed.officers.length} cán bộ`)
  }
  await inTransaction(ctx.db, (tx) => loadSeats(tx, loadSeatSeed(pack), ctx.now))
  if (!(await hasCredentials(ctx.db))) {
    const { officers } = loadProvinceSeed(pack)
    await createCredentials(ctx, { officers: officers.map((one) => ({ officerId: one.id, login: one.login })), password: DEMO_PASSWORD })
    for (const one of demoCitizens) await knowCitizen(ctx, claimsOf(one))
    loaded.push(`${demoCitizens.length} công dân mẫu`)
  }
  await importCompetence(ctx, competenceRules(pack))
  for (const { name, text } of processTexts(pack)) if (!(await knowsProcess(ctx.db, name, text))) await importProcess(ctx, name, text)
  const payees = await loadPayees(ctx, loadPayeeSeed(pack))
  if (payees > 0) loaded.push(`${payees} tài khoản thu`)
  const procedures = await seedProcedures(ctx)
  if (procedures > 0) loaded.push(`${procedures} thủ tục`)
  return loaded
}

/** The pack's records that were never imported; a version that the province has published since is left alone. */
async function seedProcedures(ctx: Ctx): Promise<number> {
  const fresh: string[] = []
  for (const { text } of procedureTexts(ctx.pack.id)) if (!(await knowsRecord(ctx.db, text))) fresh.push(text)
  if (fresh.length === 0) return 0
  const keys = knownUnitKeys(ctx.pack.id)
  for (const text of fresh) await importRecord(ctx, text, keys)
  return fresh.length
}
