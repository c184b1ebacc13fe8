// Accounts as their administrators see and keep them: locked, disabled, with or without a second factor.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { Conflict, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Post, postOf } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/local.ts'
import { findOfficers, officerNames, postsHeldBy } from '#modules/org/index.ts'
import { accountDisabled, accountEnabled } from './events.ts'
import { rulesOf } from './queries.ts'
import { canAdminister, lockedUntil, mustHaveFactor } from './rules.ts'
import * as store from './store.ts'
import * as factors from './store-factors.ts'

export interface Account {
  readonly officerId: string
  readonly name: string
  readonly login: string
  readonly posts: readonly Post[]
  readonly signedInAt: Date | null
  readonly changedAt: Date
  readonly lockedUntil: Date | null
  readonly disabledAt: Date | null
  readonly disabledWhy: string | null
  readonly totp: boolean
  readonly passkeys: number
  readonly mustHaveFactor: boolean
}

/** Accounts of officers by name or login, of those only that the actor administers. */
export async function listAccounts(ctx: Ctx, q: string): Promise<Account[]> {
  const near = ctx.actor.kind === 'officer' ? (postOf(ctx.actor, ['quan_tri_he_thong', 'quan_tri_don_vi'])?.unitPath ?? '') : ''
  const [officers, byLogin] = await Promise.all([findOfficers(ctx.db, q, localDate(ctx.now), near, 30), factors.officersByLogin(ctx.db, q, 30)])
  return accounts(ctx, [...officers.map((officer) => officer.id), ...byLogin])
}

async function accounts(ctx: Ctx, officerIds: readonly string[]): Promise<Account[]> {
  const rows = await factors.accountsOf(ctx.db, [...new Set(officerIds)])
  const names = await officerNames(ctx.db, rows.map((row) => row.officer_id))
  const all = await Promise.all(rows.map(async (row) => ({ row, posts: await postsHeldBy(ctx.db, row.officer_id, localDate(ctx.now)) })))
  return all
    .filter(({ posts }) => canAdminister(ctx.actor, posts) === null)
    .map(({ row, posts }) => ({
      officerId: row.officer_id, name: names.get(row.officer_id) ?? row.login, login: row.login, posts, signedInAt: row.signed_in_at, changedAt: row.changed_at,
      lockedUntil: lockedUntil(row.tries === null ? null : { tries: row.tries, lastAt: ctx.now, lockedUntil: row.locked_until }, ctx.now), disabledAt: row.disabled_at,
      disabledWhy: row.disabled_why, totp: Boolean(row.totp), passkeys: Number(row.passkeys ?? 0), mustHaveFactor: mustHaveFactor(posts, rulesOf(ctx), ctx.now),
    }))
}

/** One account in the actor's charge. Throws NotFound for any other. */
export async function needAccount(ctx: Ctx, officerId: string): Promise<Account> {
  const [found] = await accounts(ctx, [officerId])
  if (!found) throw new NotFound('identity.no_account', 'Không có tài khoản này, hoặc tài khoản không thuộc đơn vị ông/bà quản trị.')
  return found
}

const About = z.object({ officerId: z.string(), reason: z.string().trim().min(10, 'Ghi rõ lý do (ít nhất 10 ký tự).').max(500) })

/** Lets a disabled account sign in again. Throws Forbidden, Conflict when it is not disabled. */
export const enableAccount = act(About, async (ctx, tx, { officerId, reason }) => {
  const credential = await store.credentialOf(tx, officerId)
  orThrow(canAdminister(ctx.actor, await postsHeldBy(tx, officerId, localDate(ctx.now))))
  if (!credential || !(await factors.setEnabled(tx, officerId, ctx.now))) throw new Conflict('identity.not_disabled', 'Tài khoản này đang dùng được.')
  await emit(tx, ctx, accountEnabled, officerId, { login: credential.login, reason })
})

/** Stops an account: its sessions end, its tokens count no more. Throws Forbidden, Conflict. */
export const disableAccount = act(About, async (ctx, tx, { officerId, reason }) => {
  const credential = await store.credentialOf(tx, officerId)
  orThrow(canAdminister(ctx.actor, await postsHeldBy(tx, officerId, localDate(ctx.now))))
  if (ctx.actor.kind === 'officer' && ctx.actor.id === officerId) throw new Conflict('identity.not_own', 'Không tự ngưng tài khoản của chính mình.')
  if (!credential || !(await factors.setDisabled(tx, officerId, ctx.now, reason))) throw new Conflict('identity.disabled_already', 'Tài khoản này đã ngưng rồi.')
  await store.revokeSessions(tx, { citizenId: null, officerId }, { except: null }, ctx.now)
  await emit(tx, ctx, accountDisabled, officerId, { login: credential.login, why: reason })
})
