// Proving oneself again: to open a locked session, and before acts that change rights or keys.

import { z } from 'zod'
import { parseInput } from '#core/act.ts'
import { as, type Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { type AppError, Forbidden } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { sessionUnlocked } from './events.ts'
import { checkCode } from './codes.ts'
import { countFailure } from './officers.ts'
import { fits } from './passwords.ts'
import { locked, lockedUntil } from './rules.ts'
import type { Proof } from './schema.ts'
import { shortId } from './secrets.ts'
import * as store from './store.ts'
import * as factors from './store-factors.ts'

export const Confirmation = z.object({
  sessionId: z.string(),
  password: z.string().max(200).optional(),
  code: z.string().trim().max(40).optional(),
})

/** Opens a locked session by password or code, or makes the proof fresh for a sensitive act: then, where a second factor is set up, only that
 *  counts. Wrong tries count towards the lock of the login. Throws Forbidden('identity.wrong_password' | 'identity.wrong_code' | 'identity.locked'). */
export async function confirmSelf(ctx: Ctx, who: Extract<Actor, { kind: 'officer' }>, input: z.input<typeof Confirmation>, purpose: 'unlock' | 'sensitive'): Promise<void> {
  const { sessionId, password, code } = parseInput(Confirmation, input)
  const acting = as(ctx, who)
  const credential = await store.credentialOf(ctx.db, who.id)
  if (!credential) throw new Forbidden('identity.no_credential', 'Tài khoản này không có mật khẩu. Đăng xuất rồi đăng nhập lại.')
  const { totp, passkeys } = await factors.hasFactor(ctx.db, who.id)
  const byCode = purpose === 'sensitive' ? totp || passkeys > 0 : Boolean(code)
  const until = lockedUntil(await store.failures(ctx.db, credential.login), ctx.now)
  if (until) throw locked(until)
  const right = !byCode && (await fits(password ?? '', credential.password_hash))
  const refused = await inTransaction(ctx.db, async (tx): Promise<AppError | null> => {
    await store.holdLogin(tx, credential.login)
    const proof: Proof | null = byCode ? await checkCode(tx, acting, who.id, code ?? '') : right ? 'password' : null
    if (!proof) return countFailure(tx, acting, { login: credential.login, owner: who.id, outcome: byCode ? 'wrong_factor' : 'wrong_password' })
    await store.clearFailures(tx, credential.login)
    await prove(tx, acting, sessionId, proof, purpose)
    return null
  })
  if (refused) throw refused
}

/** Marks the session as awake and, when that was asked for or a passkey has answered, as freshly proven. */
export async function prove(tx: Tx, ctx: Ctx, sessionId: string, proof: Proof, purpose: 'unlock' | 'sensitive'): Promise<void> {
  await store.setAwake(tx, sessionId, ctx.now, purpose === 'sensitive' || proof === 'passkey')
  if (ctx.actor.kind === 'officer') await emit(tx, ctx, sessionUnlocked, ctx.actor.id, { session: shortId(sessionId), proof })
}
