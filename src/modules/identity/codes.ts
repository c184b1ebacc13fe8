// A code typed at sign-in, or to prove oneself again: of the authenticator app, or one of the ten for bad days. Each serves once.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { recoveryCodeUsed } from './events.ts'
import type { Proof } from './schema.ts'
import { cleanRecoveryCode, recoveryHash, unseal } from './sealing.ts'
import * as factors from './store-factors.ts'
import { stepOf } from './totp.ts'

/** Which factor the code is, used up by this; null when it is none. A code by time serves once, also within its thirty seconds. */
export async function checkCode(tx: Tx, ctx: Ctx, officerId: string, typed: string): Promise<Extract<Proof, 'totp' | 'recovery'> | null> {
  const row = await factors.totpOf(tx, officerId)
  if (row?.confirmed_at) {
    const step = stepOf(unseal(ctx.secret, row.secret, officerId), typed, ctx.now)
    if (step !== null) return (await factors.useStep(tx, officerId, step)) ? 'totp' : null
  }
  const code = cleanRecoveryCode(typed)
  if (!code || !(await factors.useCode(tx, officerId, recoveryHash(ctx.secret, officerId, code), ctx.now))) return null
  await emit(tx, ctx, recoveryCodeUsed, officerId, { left: await factors.countCodes(tx, officerId) })
  return 'recovery'
}
