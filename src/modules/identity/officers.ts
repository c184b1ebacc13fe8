// Officers come in by password: checked in constant time, locked after five wrong tries, whether or not the login exists.

import { z } from 'zod'
import { act, parseInput } from '#core/act.ts'
import { as, type Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { type AppError, Conflict, denial, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { postsHeldBy } from '#modules/org/index.ts'
import { credentialsCreated, loginLocked, loginUnlocked, officerSignedIn, passwordSet, signInFailed } from './events.ts'
import { fits, hashPassword } from './passwords.ts'
import { recogniseOfficer } from './queries.ts'
import { afterFailure, canAdminister, firstPost, locked, lockedUntil, passwordFaults, wrongPassword } from './rules.ts'
import { type Device, LOGIN_SHAPE, NewCredential, NewCredentials, OfficerSignIn, PasswordChange, type SignedIn } from './schema.ts'
import { shortId } from './secrets.ts'
import { openSession } from './sessions.ts'
import * as store from './store.ts'

/** Signs an officer in, in their only post or in none yet when they hold several. Throws Forbidden('identity.wrong_password') in the same
 *  words for an unknown login, Forbidden('identity.locked') with the time after the fifth wrong try. */
export async function signInOfficer(ctx: Ctx, input: z.input<typeof OfficerSignIn>, device: Device = {}): Promise<SignedIn> {
  const { login, password } = parseInput(OfficerSignIn, input)
  if (!LOGIN_SHAPE.test(login)) throw wrongPassword(null)
  const until = lockedUntil(await store.failures(ctx.db, login), ctx.now)
  if (until) throw locked(until)
  const credential = await store.credentialByLogin(ctx.db, login)
  const right = await fits(password, credential?.password_hash ?? null) // outside the transaction: it takes long and needs no connection
  const outcome = await inTransaction(ctx.db, async (tx): Promise<SignedIn | AppError> => {
    if (!credential || !right) return countFailure(tx, ctx, login)
    await store.holdLogin(tx, login)
    const found = await store.failures(tx, login)
    const since = lockedUntil(found, ctx.now)
    if (since) return locked(since)
    if (found) await store.clearFailures(tx, login)
    return begin(tx, ctx, credential, device)
  })
  if (outcome instanceof Error) throw outcome
  return outcome
}

async function begin(
  tx: Tx,
  ctx: Ctx,
  { officer_id: officerId, login }: { officer_id: string; login: string },
  device: Device,
): Promise<SignedIn> {
  const known = await recogniseOfficer(tx, officerId, null, ctx.now, true)
  const post = firstPost(known.posts)
  if (known.actor.kind !== 'officer') throw new Error(`${officerId} không phải cán bộ`)
  const who = { ...known, post, actor: { ...known.actor, posts: post ? [post] : [] } }
  const session = await openSession(tx, ctx, who, device)
  await store.credentialUsed(tx, officerId, ctx.now)
  await emit(tx, as(ctx, who.actor), officerSignedIn, officerId, { login, session: shortId(session.sessionId) })
  return session
}

/** Returned, not thrown: the count must outlive the refusal. */
async function countFailure(tx: Tx, ctx: Ctx, login: string): Promise<AppError> {
  await store.holdLogin(tx, login)
  const before = await store.failures(tx, login)
  const already = lockedUntil(before, ctx.now)
  if (already) return locked(already)
  const after = afterFailure(before, ctx.now)
  await store.setFailures(tx, login, after.tries, after.lockedUntil, ctx.now)
  await emit(tx, ctx, signInFailed, `login:${login}`, { login, tries: after.tries })
  if (!after.lockedUntil) return wrongPassword(after.tries)
  await emit(tx, ctx, loginLocked, `login:${login}`, { login, until: after.lockedUntil.toISOString() })
  return locked(after.lockedUntil)
}

/** Sets a password and ends every session of that officer. Officers change their own by giving the
 *  current one; administrators set that of officers in their charge. Throws Invalid, Forbidden, NotFound. */
export async function setPassword(ctx: Ctx, input: z.input<typeof PasswordChange>): Promise<void> {
  const { officerId, password, current } = parseInput(PasswordChange, input)
  const credential = await store.credentialOf(ctx.db, officerId)
  if (!credential) throw new NotFound('identity.no_credential', 'Cán bộ này chưa có tài khoản.')
  if (ctx.actor.kind === 'officer' && ctx.actor.id === officerId) {
    if (!(await fits(current ?? '', credential.password_hash)))
      throw new Invalid([{ key: 'current', message: 'Mật khẩu hiện tại chưa đúng.' }])
  } else orThrow(canAdminister(ctx.actor, await postsHeldBy(ctx.db, officerId, localDate(ctx.now))))
  const faults = passwordFaults(password, credential.login)
  if (faults.length > 0) throw new Invalid(faults)
  const passwordHash = await hashPassword(password)
  await inTransaction(ctx.db, async (tx) => {
    await store.setHash(tx, officerId, passwordHash, ctx.now)
    await store.revokeSessions(tx, { citizenId: null, officerId }, { except: null }, ctx.now)
    await emit(tx, ctx, passwordSet, officerId, { login: credential.login })
  })
}

/** Lets a locked login try again at once. Throws Forbidden unless an administrator in charge asks. */
export const unlock = act(z.object({ login: z.string() }), async (ctx, tx, { login }) => {
  const credential = await store.credentialByLogin(tx, login)
  orThrow(canAdminister(ctx.actor, credential ? await postsHeldBy(tx, credential.officer_id, localDate(ctx.now)) : []))
  await store.clearFailures(tx, login)
  await emit(tx, ctx, loginUnlocked, `login:${login}`, { login })
})

/** Gives many officers the same first password, hashed once; those who have a credential keep theirs. For demo data and first imports,
 *  so only the platform may. Returns how many were added. Throws Conflict when a login belongs to another officer. */
export async function createCredentials(ctx: Ctx, input: z.input<typeof NewCredentials>): Promise<number> {
  const { password, officers } = parseInput(NewCredentials, input)
  if (ctx.actor.kind !== 'system') orThrow(denial('identity.not_administrator', 'Chỉ lệnh của hệ thống mới tạo được tài khoản hàng loạt.'))
  if (officers.length === 0) return 0
  return add(ctx, officers, await hashPassword(password))
}

/** Gives one officer a credential. Throws Conflict when they have one or the login is taken, Invalid for a weak password. */
export async function createCredential(ctx: Ctx, input: z.input<typeof NewCredential>): Promise<void> {
  const { officerId, login, password } = parseInput(NewCredential, input)
  orThrow(canAdminister(ctx.actor, await postsHeldBy(ctx.db, officerId, localDate(ctx.now))))
  const faults = passwordFaults(password, login)
  if (faults.length > 0) throw new Invalid(faults)
  const added = await add(ctx, [{ officerId, login }], await hashPassword(password))
  if (added === 0) throw new Conflict('identity.has_credential', 'Cán bộ này đã có tài khoản. Hãy đặt lại mật khẩu thay vì tạo mới.')
}

async function add(ctx: Ctx, officers: readonly { officerId: string; login: string }[], passwordHash: string): Promise<number> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const added = await store.addCredentials(tx, officers, passwordHash, ctx.now)
      if (added > 0)
        await emit(tx, ctx, credentialsCreated, added === 1 && officers[0] ? officers[0].officerId : 'identity', { count: added })
      return added
    })
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    throw new Conflict('identity.login_taken', 'Tên đăng nhập này đã có người dùng. Chọn tên khác.')
  }
}
