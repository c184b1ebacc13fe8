// Setting up and giving up second factors: codes by time, recovery codes; and what an administrator may do for who has lost them.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict, Forbidden, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { postsHeldBy } from '#modules/org/index.ts'
import { factorAdded, factorRemoved, factorsReset, recoveryCodesMade } from './events.ts'
import { rulesOf } from './queries.ts'
import { canAdminister, mustHaveFactor } from './rules.ts'
import { newRecoveryCode, recoveryHash, seal, unseal } from './sealing.ts'
import * as store from './store.ts'
import * as factors from './store-factors.ts'
import { newTotpSecret, stepOf, totpUri } from './totp.ts'

const CODES = 10

export interface Factors {
  readonly totp: { readonly since: Date } | null
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly createdAt: Date; readonly usedAt: Date | null }[]
  readonly codesLeft: number
}

/** What the officer has set up. */
export async function factorsOf(reader: Reader, officerId: string): Promise<Factors> {
  const [totp, passkeys, codesLeft] = await Promise.all([factors.totpOf(reader, officerId), factors.passkeysOf(reader, officerId), factors.countCodes(reader, officerId)])
  return {
    totp: totp?.confirmed_at ? { since: totp.confirmed_at } : null,
    passkeys: passkeys.map((key) => ({ id: key.id, name: key.name, createdAt: key.created_at, usedAt: key.used_at })),
    codesLeft,
  }
}

/** The officer who acts. Throws Forbidden for anybody else. */
export function me(ctx: Ctx): { id: string; name: string } {
  if (ctx.actor.kind !== 'officer') throw new Forbidden('identity.officers_only', 'Lớp xác thực thứ hai ở đây dành cho cán bộ; công dân dùng VNeID.')
  return ctx.actor
}

/** New recovery codes in place of the old ones; shown here and never again. */
export async function makeCodes(tx: Tx, ctx: Ctx, officerId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newRecoveryCode)
  await factors.setCodes(tx, officerId, codes.map((code) => recoveryHash(ctx.secret, officerId, code)))
  await emit(tx, ctx, recoveryCodesMade, officerId, { count: CODES })
  return codes
}

/** Codes for the first factor; later ones keep those there are. */
export const codesForFirst = async (tx: Tx, ctx: Ctx, officerId: string): Promise<string[]> =>
  (await factors.countCodes(tx, officerId)) > 0 ? [] : makeCodes(tx, ctx, officerId)

/** Proposes a secret for an authenticator app, the same until it is confirmed or asked anew. Throws Conflict when one is in use. */
export const beginTotp = act(z.object({ anew: z.boolean().default(false) }), async (ctx, tx, { anew }) => {
  const { id } = me(ctx)
  const there = await factors.totpOf(tx, id)
  if (there?.confirmed_at) throw new Conflict('identity.totp_there', 'Ứng dụng tạo mã đã được bật. Muốn đổi điện thoại thì gỡ mã cũ trước.')
  const credential = await store.credentialOf(tx, id)
  const secret = there && !anew ? unseal(ctx.secret, there.secret, id) : newTotpSecret()
  if (!there || anew) await factors.proposeTotp(tx, id, seal(ctx.secret, secret, id), ctx.now)
  return { secret, uri: totpUri(secret, credential?.login ?? id) }
})

/** Takes the proposed secret into use when the app shows its code. Returns recovery codes when this is the first factor. Throws Invalid, Conflict. */
export const confirmTotp = act(z.object({ code: z.string().trim().max(20) }), async (ctx, tx, { code }) => {
  const { id } = me(ctx)
  const there = await factors.totpOf(tx, id)
  if (!there) throw new NotFound('identity.no_totp', 'Chưa bắt đầu bật ứng dụng tạo mã. Mở lại trang bảo mật đăng nhập.')
  if (there.confirmed_at) throw new Conflict('identity.totp_there', 'Ứng dụng tạo mã đã được bật rồi.')
  const step = stepOf(unseal(ctx.secret, there.secret, id), code, ctx.now)
  if (step === null) throw new Invalid([{ key: 'code', message: 'Mã chưa khớp. Xem đồng hồ điện thoại có đúng giờ không, chờ mã mới rồi nhập lại.' }])
  await factors.confirmTotp(tx, id, step, ctx.now)
  await emit(tx, ctx, factorAdded, id, { factor: 'totp', name: null })
  return codesForFirst(tx, ctx, id)
})

/** Refuses to leave somebody who must have a factor without one. */
export async function mayRemove(tx: Tx, ctx: Ctx, officerId: string): Promise<void> {
  const { totp, passkeys } = await factors.hasFactor(tx, officerId)
  const left = Number(totp) + passkeys - 1
  if (left > 0) return
  const posts = await postsHeldBy(tx, officerId, localDate(ctx.now))
  if (mustHaveFactor(posts, rulesOf(ctx), ctx.now)) {
    throw new Conflict('identity.factor_needed', 'Chức danh của ông/bà bắt buộc có lớp xác thực thứ hai. Thêm cách khác trước rồi mới gỡ cách này.')
  }
  await factors.setCodes(tx, officerId, [])
}

export const removeTotp = act(z.object({}), async (ctx, tx) => {
  const { id } = me(ctx)
  if (!(await factors.totpOf(tx, id))?.confirmed_at) throw new NotFound('identity.no_totp', 'Ứng dụng tạo mã chưa bật.')
  await mayRemove(tx, ctx, id)
  await factors.removeTotp(tx, id)
  await emit(tx, ctx, factorRemoved, id, { factor: 'totp', name: null })
})

/** Ten new recovery codes; the old ones count no more. Throws Conflict when no factor is set up. */
export const renewCodes = act(z.object({}), async (ctx, tx) => {
  const { id } = me(ctx)
  const { totp, passkeys } = await factors.hasFactor(tx, id)
  if (!totp && passkeys === 0) throw new Conflict('identity.no_factor', 'Chưa bật lớp xác thực thứ hai nên chưa cần mã khôi phục.')
  return makeCodes(tx, ctx, id)
})

/** Takes all second factors off an account whose owner has lost them, ends its sessions, and leaves the reason as a fact that the owner is told of.
 *  Never one's own. Throws Forbidden unless an administrator in charge asks, Invalid without a reason, NotFound. */
export const resetFactors = act(
  z.object({ officerId: z.string(), reason: z.string().trim().min(10, 'Ghi rõ lý do và cách đã xác minh đúng người (ít nhất 10 ký tự).').max(500) }),
  async (ctx, tx, { officerId, reason }) => {
    if (ctx.actor.kind === 'officer' && ctx.actor.id === officerId) {
      throw new Forbidden('identity.not_own', 'Không tự đặt lại lớp xác thực của chính mình. Nhờ một quản trị khác, hoặc dùng mã khôi phục.')
    }
    orThrow(canAdminister(ctx.actor, await postsHeldBy(tx, officerId, localDate(ctx.now))))
    const credential = await store.credentialOf(tx, officerId)
    if (!credential) throw new NotFound('identity.no_credential', 'Cán bộ này chưa có tài khoản.')
    const { totp, passkeys } = await factors.hasFactor(tx, officerId)
    if (!totp && passkeys === 0) throw new Conflict('identity.no_factor', 'Tài khoản này chưa bật lớp xác thực thứ hai, hoặc đã được đặt lại rồi.')
    await factors.removeTotp(tx, officerId)
    await factors.removePasskeys(tx, officerId)
    await factors.setCodes(tx, officerId, [])
    await store.revokeSessions(tx, { citizenId: null, officerId }, { except: null }, ctx.now)
    await emit(tx, ctx, factorsReset, officerId, { login: credential.login, reason, factors: Number(totp) + passkeys })
  },
)
