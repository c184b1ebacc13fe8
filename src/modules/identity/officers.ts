// Officers come in by password and, where one is set up, a second factor: checked in constant time, locked after five wrong tries of either,
// whether or not the login exists.

import { z } from 'zod'
import { act, parseInput } from '#core/act.ts'
import { as, type Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { type AppError, Conflict, denial, Forbidden, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { postsHeldBy } from '#modules/org/index.ts'
import { credentialsCreated, loginLocked, loginUnlocked, officerSignedIn, passwordSet, signInFailed } from './events.ts'
import { fits, hashPassword } from './passwords.ts'
import { checkCode } from './codes.ts'
import { recogniseOfficer, rulesOf } from './queries.ts'
import { afterFailure, canAdminister, disabled, firstPost, locked, lockedUntil, passwordFaults, wrongCode, wrongPassword } from './rules.ts'
import { maskAddress } from '#core/text/mask.ts'
import { CodeInput, type Device, LOGIN_SHAPE, NewCredential, NewCredentials, OfficerSignIn, PasswordChange, type Proof, type SignedIn } from './schema.ts'
import { digest, newSecret, shortId } from './secrets.ts'
import { openSession } from './sessions.ts'
import * as store from './store.ts'
import * as factors from './store-factors.ts'
import type { SignInOutcome } from './store-factors.ts'

/** The password was right; now the second factor is asked for. `secret` names this beginning and is kept nowhere else. */
export interface FactorAsked {
  readonly asked: 'second_factor'
  readonly secret: string
  readonly totp: boolean
  readonly passkeys: boolean
  readonly expiresAt: Date
}

const ASKED_FOR_MS = 5 * 60_000

/** The first half of signing in. Opens a session when no second factor is set up; else asks for it. Throws Forbidden('identity.wrong_password') in the
 *  same words for an unknown login, Forbidden('identity.locked') with the time after the fifth wrong try, Forbidden('identity.disabled'). */
export async function beginSignIn(ctx: Ctx, input: z.input<typeof OfficerSignIn>, device: Device = {}): Promise<SignedIn | FactorAsked> {
  const { login, password } = parseInput(OfficerSignIn, input)
  if (!LOGIN_SHAPE.test(login)) throw wrongPassword(null)
  const until = lockedUntil(await store.failures(ctx.db, login), ctx.now)
  if (until) throw locked(until)
  const credential = await store.credentialByLogin(ctx.db, login)
  const right = await fits(password, credential?.password_hash ?? null) // outside the transaction: it takes long and needs no connection
  const outcome = await inTransaction(ctx.db, async (tx): Promise<SignedIn | FactorAsked | AppError> => {
    const owner = credential?.officer_id ?? null
    if (!credential || !right) return countFailure(tx, ctx, { login, owner, outcome: 'wrong_password', device })
    await store.holdLogin(tx, login)
    const found = await store.failures(tx, login)
    const since = lockedUntil(found, ctx.now)
    if (since) return locked(since)
    if (credential.disabled_at) {
      await addTry(tx, ctx, credential.officer_id, 'disabled', device)
      return disabled(credential.disabled_why)
    }
    const factor = await factors.hasFactor(tx, credential.officer_id)
    if (factor.totp || factor.passkeys > 0) return askFactor(tx, ctx, credential, factor)
    if (found) await store.clearFailures(tx, login)
    return begin(tx, ctx, credential, device, 'password')
  })
  if (outcome instanceof Error) throw outcome
  return outcome
}

/** Signs in an officer who has no second factor. Throws as `beginSignIn`, and Forbidden('identity.second_factor') when one is set up. */
export async function signInOfficer(ctx: Ctx, input: z.input<typeof OfficerSignIn>, device: Device = {}): Promise<SignedIn> {
  const begun = await beginSignIn(ctx, input, device)
  if ('asked' in begun) throw new Forbidden('identity.second_factor', 'Tài khoản này cần lớp xác thực thứ hai; đăng nhập trên trang của hệ thống.', 401)
  return begun
}

async function askFactor(tx: Tx, ctx: Ctx, { officer_id, login }: { officer_id: string; login: string }, factor: { totp: boolean; passkeys: number }): Promise<FactorAsked> {
  const secret = newSecret()
  const expiresAt = new Date(ctx.now.getTime() + ASKED_FOR_MS)
  await factors.addChallenge(tx, { id: digest(secret), kind: 'second_factor', officerId: officer_id, login, challenge: null, at: ctx.now, expiresAt })
  return { asked: 'second_factor', secret, totp: factor.totp, passkeys: factor.passkeys > 0, expiresAt }
}

/** Whose second factor is being asked for, or null when the five minutes are over. */
export async function factorAskedOf(ctx: Ctx, secret: string): Promise<{ totp: boolean; passkeys: boolean } | null> {
  const asked = await factors.findChallenge(ctx.db, digest(secret), 'second_factor', ctx.now)
  if (!asked?.officer_id) return null
  const { totp, passkeys } = await factors.hasFactor(ctx.db, asked.officer_id)
  return { totp, passkeys: passkeys > 0 }
}

/** The second half: a code of the authenticator app, or a recovery code. Wrong codes count with wrong passwords towards the lock. Throws
 *  Forbidden('identity.factor_expired' | 'identity.wrong_code' | 'identity.locked' | 'identity.disabled'), Invalid. */
export async function finishSignIn(ctx: Ctx, input: z.input<typeof CodeInput> & { secret: string }, device: Device = {}): Promise<SignedIn> {
  const { code } = parseInput(CodeInput, input)
  const id = digest(input.secret)
  const outcome = await inTransaction(ctx.db, async (tx): Promise<SignedIn | AppError> => {
    const asked = await factors.findChallenge(tx, id, 'second_factor', ctx.now)
    if (!asked?.officer_id || !asked.login) return new Forbidden('identity.factor_expired', 'Đã quá 5 phút, hoặc lần đăng nhập này đã dùng rồi. Đăng nhập lại từ đầu.', 401)
    const { officer_id: officerId, login } = asked
    await store.holdLogin(tx, login)
    const since = lockedUntil(await store.failures(tx, login), ctx.now)
    if (since) return locked(since)
    const proof = await checkCode(tx, ctx, officerId, code)
    if (!proof) return countFailure(tx, ctx, { login, owner: officerId, outcome: 'wrong_factor', device })
    if (!(await factors.takeChallenge(tx, id, 'second_factor', ctx.now))) return new Forbidden('identity.factor_expired', 'Lần đăng nhập này đã dùng rồi. Đăng nhập lại từ đầu.', 401)
    const credential = await store.credentialOf(tx, officerId)
    if (!credential || credential.disabled_at) return disabled(credential?.disabled_why ?? null)
    await store.clearFailures(tx, login)
    return begin(tx, ctx, credential, device, proof)
  })
  if (outcome instanceof Error) throw outcome
  return outcome
}

/** Opens the session of an officer who has proven who they are. */
export async function begin(
  tx: Tx,
  ctx: Ctx,
  { officer_id: officerId, login }: { officer_id: string; login: string },
  device: Device,
  proof: Proof,
): Promise<SignedIn> {
  const known = await recogniseOfficer(tx, officerId, null, ctx.now, true)
  const post = firstPost(known.posts)
  if (known.actor.kind !== 'officer') throw new Error(`${officerId} không phải cán bộ`)
  const who = { ...known, post, actor: { ...known.actor, posts: post ? [post] : [] } }
  const session = await openSession(tx, ctx, who, device, proof)
  await store.credentialUsed(tx, officerId, ctx.now)
  await emit(tx, as(ctx, who.actor), officerSignedIn, officerId, { login, session: shortId(session.sessionId) })
  return session
}

const addTry = (tx: Tx, ctx: Ctx, owner: string, outcome: SignInOutcome, device: Device) =>
  factors.addSignIn(tx, {
    owner, at: ctx.now, outcome, proof: null, ip: device.ip ? maskAddress(device.ip) : null, userAgent: device.userAgent?.slice(0, 300) ?? null, newDevice: false,
  })

interface Failed {
  readonly login: string
  /** The account, when there is one. */
  readonly owner: string | null
  readonly outcome: 'wrong_password' | 'wrong_factor'
  readonly device?: Device
}

/** Counts a wrong try and says what to tell. Returned, not thrown: the count must outlive the refusal. */
export async function countFailure(tx: Tx, ctx: Ctx, { login, owner, outcome, device = {} }: Failed): Promise<AppError> {
  await store.holdLogin(tx, login)
  const before = await store.failures(tx, login)
  const already = lockedUntil(before, ctx.now)
  if (already) return locked(already)
  const after = afterFailure(before, ctx.now)
  await store.setFailures(tx, login, after.tries, after.lockedUntil, ctx.now)
  if (owner) await addTry(tx, ctx, owner, after.lockedUntil ? 'locked' : outcome, device)
  await emit(tx, ctx, signInFailed, `login:${login}`, { login, tries: after.tries })
  if (!after.lockedUntil) return outcome === 'wrong_factor' ? wrongCode(after.tries) : wrongPassword(after.tries)
  await emit(tx, ctx, loginLocked, `login:${login}`, { login, until: after.lockedUntil.toISOString() })
  return locked(after.lockedUntil)
}

/** Sets a password and ends every session of that officer, but the one to keep. Officers change their own by giving the current one;
 *  administrators set that of officers in their charge. The last ten do not come back. Throws Invalid, Forbidden, NotFound. */
export async function setPassword(ctx: Ctx, input: z.input<typeof PasswordChange>): Promise<void> {
  const { officerId, password, current, keep } = parseInput(PasswordChange, input)
  const credential = await store.credentialOf(ctx.db, officerId)
  if (!credential) throw new NotFound('identity.no_credential', 'Cán bộ này chưa có tài khoản.')
  const own = ctx.actor.kind === 'officer' && ctx.actor.id === officerId
  if (own) {
    if (!(await fits(current ?? '', credential.password_hash)))
      throw new Invalid([{ key: 'current', message: 'Mật khẩu hiện tại chưa đúng.' }])
  } else orThrow(canAdminister(ctx.actor, await postsHeldBy(ctx.db, officerId, localDate(ctx.now))))
  const rules = rulesOf(ctx)
  const factor = await factors.hasFactor(ctx.db, officerId)
  const faults = passwordFaults(password, credential.login, factor.totp || factor.passkeys > 0, rules)
  if (faults.length > 0) throw new Invalid(faults)
  // The platform's own command sets first and emergency passwords, and knows what it does.
  const before = ctx.actor.kind === 'system' ? [] : [credential.password_hash, ...(await factors.passwordPastHashes(ctx.db, officerId, rules.remember - 1))]
  for (const hash of before) {
    if (await fits(password, hash)) throw new Invalid([{ key: 'password', message: `Mật khẩu này đã dùng trong ${rules.remember} lần gần đây. Đặt mật khẩu khác.` }])
  }
  const passwordHash = await hashPassword(password)
  await inTransaction(ctx.db, async (tx) => {
    await factors.keepPasswordPast(tx, officerId, credential.password_hash, ctx.now)
    await store.setHash(tx, officerId, passwordHash, ctx.now, !own && ctx.actor.kind === 'officer')
    await store.revokeSessions(tx, { citizenId: null, officerId }, { except: own ? (keep ?? null) : null }, ctx.now)
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
  const faults = passwordFaults(password, login, false, rulesOf(ctx))
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
