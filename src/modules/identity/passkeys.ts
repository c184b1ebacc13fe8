// Passkeys (WebAuthn level 2): enrolled by a signed-in officer, and enough by themselves to sign in, since user verification is required.

import {
  type AuthenticationResponseJSON, generateAuthenticationOptions, generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON, type RegistrationResponseJSON, verifyAuthenticationResponse, verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { act } from '#core/act.ts'
import { as, type Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { AppError, Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { factorAdded, factorRemoved } from './events.ts'
import { prove } from './confirm.ts'
import { codesForFirst, mayRemove, me } from './factors.ts'
import { begin } from './officers.ts'
import type { Officer } from '#core/policy/actor.ts'
import { disabled, locked, lockedUntil } from './rules.ts'
import type { Device, SignedIn } from './schema.ts'
import { digest, newSecret } from './secrets.ts'
import * as store from './store.ts'
import * as factors from './store-factors.ts'

const GOOD_FOR_MS = 5 * 60_000

/** Where keys are bound to: the address citizens and officers type. */
export const relyingParty = (ctx: Pick<Ctx, 'publicUrl'>) => {
  const { origin, hostname, protocol } = new URL(ctx.publicUrl)
  const numeric = /^[\d.]+$|^\[/.test(hostname)
  return { origin, id: hostname, usable: !numeric && (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')) }
}

function need(ctx: Ctx) {
  const party = relyingParty(ctx)
  if (!party.usable) throw new Conflict('identity.passkey_address', 'Khóa truy cập chỉ dùng được khi hệ thống mở bằng tên miền có https (hoặc localhost). Hãy dùng ứng dụng tạo mã.')
  return party
}

type Kind = Exclude<factors.ChallengeKind, 'second_factor'>

async function keep(ctx: Ctx, kind: Kind, officerId: string | null, challenge: string): Promise<string> {
  const ceremony = newSecret()
  await factors.addChallenge(ctx.db, { id: digest(ceremony), kind, officerId, login: null, challenge, at: ctx.now, expiresAt: new Date(ctx.now.getTime() + GOOD_FOR_MS) })
  return ceremony
}

/** The challenge is gone with this, whatever the answer is worth. */
async function take(ctx: Ctx, ceremony: string, kind: Kind) {
  const row = await factors.takeChallenge(ctx.db, digest(ceremony), kind, ctx.now)
  if (!row?.challenge) throw new Forbidden('identity.challenge_gone', 'Lần xác thực này đã dùng rồi hoặc đã quá 5 phút. Bấm lại nút để bắt đầu lại.', 401)
  return { challenge: row.challenge, officerId: row.officer_id }
}

const refused = () => new Forbidden('identity.passkey_refused', 'Khóa truy cập này không dùng được ở đây. Thử lại, hoặc đăng nhập bằng mật khẩu.', 401)

export interface Asked<O> {
  readonly ceremony: string
  readonly options: O
}

/** Asks the browser to make a key; the authenticator must check finger, face or PIN. Throws Forbidden, Conflict. */
export async function beginPasskey(ctx: Ctx): Promise<Asked<PublicKeyCredentialCreationOptionsJSON>> {
  const { id, name } = me(ctx)
  const party = need(ctx)
  const [credential, there] = await Promise.all([store.credentialOf(ctx.db, id), factors.passkeysOf(ctx.db, id)])
  if (there.length >= 20) throw new Conflict('identity.passkeys_many', 'Đã có 20 khóa truy cập. Gỡ khóa không còn dùng trước khi thêm.')
  const options = await generateRegistrationOptions({
    rpName: 'Tỉnh Số', rpID: party.id, userName: credential?.login ?? id, userDisplayName: name, userID: new Uint8Array(Buffer.from(id)), attestationType: 'none',
    excludeCredentials: there.map((key) => ({ id: key.id, transports: key.transports as never })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { ceremony: await keep(ctx, 'passkey_enrol', id, options.challenge), options }
}

const Enrolled = z.object({ ceremony: z.string(), name: z.string().trim().max(60).nullish(), response: z.custom<RegistrationResponseJSON>((value) => typeof value === 'object' && value !== null) })

/** Keeps the key that the browser made. Returns recovery codes when it is the first factor. Throws Forbidden, Conflict. */
export async function finishPasskey(ctx: Ctx, input: z.input<typeof Enrolled>): Promise<string[]> {
  const { id } = me(ctx)
  const given = Enrolled.safeParse(input)
  if (!given.success) throw new Invalid([{ key: 'response', message: 'Trình duyệt chưa gửi khóa truy cập. Thử lại.' }])
  const { ceremony, name, response } = given.data
  const party = need(ctx)
  const asked = await take(ctx, ceremony, 'passkey_enrol')
  if (asked.officerId !== id) throw refused()
  const found = await verifyRegistrationResponse({
    response, expectedChallenge: asked.challenge, expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: true,
  }).catch(() => null)
  if (!found?.verified) throw refused()
  const { credential } = found.registrationInfo
  return inTransaction(ctx.db, async (tx) => {
    if (await factors.passkeyById(tx, credential.id)) throw new Conflict('identity.passkey_there', 'Khóa truy cập này đã được thêm rồi.')
    const called = name?.normalize('NFC') || `Khóa ${(await factors.passkeysOf(tx, id)).length + 1}`
    await factors.addPasskey(tx, {
      id: credential.id, officerId: id, name: called, publicKey: Buffer.from(credential.publicKey).toString('base64url'), counter: credential.counter,
      transports: credential.transports ?? [], at: ctx.now,
    })
    await emit(tx, ctx, factorAdded, id, { factor: 'passkey', name: called })
    return codesForFirst(tx, ctx, id)
  })
}

export const removePasskey = act(z.object({ id: z.string() }), async (ctx, tx, { id: key }) => {
  const { id } = me(ctx)
  const there = (await factors.passkeysOf(tx, id)).find((one) => one.id === key)
  if (!there) throw new NotFound('identity.no_passkey', 'Khóa truy cập này không có hoặc đã được gỡ.')
  await mayRemove(tx, ctx, id)
  await factors.removePasskey(tx, id, key)
  await emit(tx, ctx, factorRemoved, id, { factor: 'passkey', name: there.name })
})

/** Asks whatever key the browser has for this site, to sign in; or, for who is signed in, one of their own, to prove themselves again. */
export async function askPasskey(ctx: Ctx, officerId: string | null): Promise<Asked<PublicKeyCredentialRequestOptionsJSON>> {
  const party = need(ctx)
  const own = officerId === null ? [] : await factors.passkeysOf(ctx.db, officerId)
  const options = await generateAuthenticationOptions({
    rpID: party.id, userVerification: 'required', ...(own.length > 0 && { allowCredentials: own.map((key) => ({ id: key.id, transports: key.transports as never })) }),
  })
  return { ceremony: await keep(ctx, officerId === null ? 'passkey_sign_in' : 'passkey_confirm', officerId, options.challenge), options }
}

const Answered = z.object({ ceremony: z.string(), response: z.custom<AuthenticationResponseJSON>((value) => typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string') })
export type PasskeyAnswer = z.input<typeof Answered>

/** The officer whose key has answered, the counter moved on. */
async function verify(ctx: Ctx, kind: 'passkey_sign_in' | 'passkey_confirm', input: PasskeyAnswer) {
  const given = Answered.safeParse(input)
  if (!given.success) throw refused()
  const { ceremony, response } = given.data
  const party = need(ctx)
  const asked = await take(ctx, ceremony, kind)
  const key = await factors.passkeyById(ctx.db, response.id)
  if (!key || (asked.officerId !== null && asked.officerId !== key.officer_id)) throw refused()
  const found = await verifyAuthenticationResponse({
    response, expectedChallenge: asked.challenge, expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: true,
    credential: { id: key.id, publicKey: new Uint8Array(Buffer.from(key.public_key, 'base64url')), counter: key.counter, transports: key.transports as never },
  }).catch(() => null)
  if (!found?.verified || !found.authenticationInfo.userVerified) throw refused()
  return { key, counter: found.authenticationInfo.newCounter }
}

async function inUse(tx: Tx, ctx: Ctx, { key, counter }: Awaited<ReturnType<typeof verify>>): Promise<void> {
  if (!(await factors.passkeyUsed(tx, key.id, key.counter, counter, ctx.now))) throw refused()
}

/** Signs in by a passkey alone: it is two factors. Throws Forbidden, also while the login is locked or the account disabled. */
export async function signInByPasskey(ctx: Ctx, input: PasskeyAnswer, device: Device = {}): Promise<SignedIn> {
  const verified = await verify(ctx, 'passkey_sign_in', input)
  const outcome = await inTransaction(ctx.db, async (tx): Promise<SignedIn | AppError> => {
    await inUse(tx, ctx, verified)
    const credential = await store.credentialOf(tx, verified.key.officer_id)
    if (!credential) return refused()
    await store.holdLogin(tx, credential.login)
    const until = lockedUntil(await store.failures(tx, credential.login), ctx.now)
    if (until) return locked(until)
    if (credential.disabled_at) return disabled(credential.disabled_why)
    await store.clearFailures(tx, credential.login)
    return begin(tx, ctx, credential, device, 'passkey')
  })
  if (outcome instanceof AppError) throw outcome
  return outcome
}

/** Opens a locked session, or makes the proof fresh, by a passkey of the officer whose session it is. Throws Forbidden. */
export async function confirmByPasskey(ctx: Ctx, who: Officer, sessionId: string, input: PasskeyAnswer): Promise<void> {
  const verified = await verify(ctx, 'passkey_confirm', input)
  if (verified.key.officer_id !== who.id) throw refused()
  await inTransaction(ctx.db, async (tx) => {
    await inUse(tx, ctx, verified)
    await prove(tx, as(ctx, who), sessionId, 'passkey', 'sensitive')
  })
}
