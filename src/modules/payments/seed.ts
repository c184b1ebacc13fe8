// Payees as the pack of a province gives them.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import type { Payee } from './schema.ts'
import * as store from './store.ts'

/** Loads the accounts of collecting units when there are none yet; a province's own changes are left alone. Returns how many it loaded. */
export async function loadPayees(ctx: Ctx, payees: readonly Payee[]): Promise<number> {
  if ((await store.countPayees(ctx.db)) > 0) return 0
  await inTransaction(ctx.db, (tx) => store.setPayees(tx, payees))
  return payees.length
}
