// Sessions begin, change post, and end; each with its fact.

import { z } from 'zod'
import { act } from '#core/act.ts'
import { as, type Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Forbidden, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { postsHeldBy } from '#modules/org/index.ts'
import { localDate } from '#core/workdays/local.ts'
import type { Post } from '#core/policy/actor.ts'
import { maskAddress } from '#core/text/mask.ts'
import { deviceWords } from './devices.ts'
import { accountDisabled, postSwitched, sessionRevoked, signedInNewDevice, signedOut } from './events.ts'
import { ownerOf } from './queries.ts'
import { postHeld, unusedBefore } from './rules.ts'
import { rulesOf } from './queries.ts'
import * as factors from './store-factors.ts'
import { type Device, type Proof, type Recognised, SESSION_LIMITS, type SignedIn } from './schema.ts'
import { digest, newSecret, shortId } from './secrets.ts'
import * as store from './store.ts'

/** Begins a session with a new secret, and ends the one this browser had, so that a planted cookie is worth nothing. */
export async function openSession(tx: Tx, ctx: Ctx, who: Recognised, device: Device, proof: Proof): Promise<SignedIn> {
  const { actor, post } = who
  if (actor.kind !== 'citizen' && actor.kind !== 'officer') throw new Error('Chỉ công dân và cán bộ mới có phiên làm việc')
  const secret = newSecret()
  const id = digest(secret)
  const userAgent = device.userAgent?.slice(0, 300) ?? null
  const ip = device.ip ? maskAddress(device.ip) : null
  const deviceId = device.mark ? digest(`${actor.id}:${device.mark}`) : null
  const expiresAt = new Date(ctx.now.getTime() + SESSION_LIMITS[actor.kind].absolute)
  await store.addSession(tx, {
    id,
    citizenId: actor.kind === 'citizen' ? actor.id : null,
    officerId: actor.kind === 'officer' ? actor.id : null,
    postId: post?.id ?? null,
    level: actor.kind === 'citizen' ? actor.level : null,
    at: ctx.now,
    expiresAt,
    userAgent,
    ip,
    proof,
    deviceId,
  })
  const seen = deviceId ? await factors.seeDevice(tx, { id: deviceId, owner: actor.id, userAgent, at: ctx.now }) : null
  const newDevice = seen !== null && seen.fresh && seen.others > 0
  await factors.addSignIn(tx, { owner: actor.id, at: ctx.now, outcome: 'in', proof, ip, userAgent, newDevice })
  if (newDevice) await emit(tx, as(ctx, actor), signedInNewDevice, actor.id, { session: shortId(id), device: deviceWords(userAgent), ip })
  if (device.replaces) await store.endSession(tx, device.replaces, ctx.now)
  return { ...who, sessionId: id, secret, expiresAt }
}

function own(ctx: Ctx): store.Owner & { id: string } {
  const owner = ownerOf(ctx.actor)
  if (!owner) throw new Forbidden('identity.not_signed_in', 'Hãy đăng nhập trước.', 401)
  return { ...owner, id: (owner.citizenId ?? owner.officerId)! }
}

const OneSession = z.object({ sessionId: z.string() })

/** Ends the session in use. Silent when it had ended already. */
export const signOut = act(OneSession, async (ctx, tx, { sessionId }) => {
  const { id, ...owner } = own(ctx)
  const ended = await store.revokeSessions(tx, owner, { only: sessionId }, ctx.now)
  if (ended.length > 0) await emit(tx, ctx, signedOut, id, { session: shortId(sessionId) })
})

/** Ends one of the actor's own sessions. Throws NotFound for any other. */
export const revokeSession = act(OneSession, async (ctx, tx, { sessionId }) => {
  const { id, ...owner } = own(ctx)
  const ended = await store.revokeSessions(tx, owner, { only: sessionId }, ctx.now)
  if (ended.length === 0) throw new NotFound('identity.no_session', 'Phiên đăng nhập này đã kết thúc hoặc không phải của bạn.')
  await emit(tx, ctx, sessionRevoked, id, { sessions: 1, session: shortId(sessionId) })
})

/** Ends all of the actor's sessions but `keep`. Returns how many. */
export const revokeOtherSessions = act(z.object({ keep: z.string() }), async (ctx, tx, { keep }) => {
  const { id, ...owner } = own(ctx)
  const ended = await store.revokeSessions(tx, owner, { except: keep }, ctx.now)
  if (ended.length > 0) await emit(tx, ctx, sessionRevoked, id, { sessions: ended.length, session: null })
  return ended.length
})

/** Makes the session act in another post that the officer holds today. Throws Forbidden('identity.post_not_held'). */
export const switchPost = act(
  z.object({ sessionId: z.string(), postId: z.string() }),
  async (ctx, tx, { sessionId, postId }): Promise<Post> => {
    const { actor } = ctx
    const row = await store.sessionById(tx, sessionId)
    if (actor.kind !== 'officer' || row?.officer_id !== actor.id) {
      throw new Forbidden('identity.not_your_session', 'Chỉ cán bộ đang đăng nhập mới chọn được chức danh cho phiên của mình.')
    }
    const posts = await postsHeldBy(tx, actor.id, localDate(ctx.now))
    const post = postHeld(posts, postId)
    if (!post) throw new Forbidden('identity.post_not_held', 'Hôm nay bạn không giữ chức danh này. Chọn một chức danh trong danh sách.')
    if (row.post_id === post.id) return post
    await store.setPost(tx, sessionId, post.id)
    await emit(tx, as(ctx, { ...actor, posts: [post] }), postSwitched, actor.id, {
      from: row.post_id,
      to: post.id,
      session: shortId(sessionId),
    })
    return post
  },
)

/** Disables accounts that nobody has used for 45 days (TCVN 14423:2026), from the day the rule is in force; run daily. An administrator opens them again. */
export const disableUnusedAccounts = act(z.object({}), async (ctx, tx) => {
  const before = unusedBefore(rulesOf(ctx), ctx.now)
  if (!before) return 0
  const found = await factors.disableUnused(tx, before, ctx.now)
  for (const { officerId, login } of found) {
    await store.revokeSessions(tx, { citizenId: null, officerId }, { except: null }, ctx.now)
    await emit(tx, ctx, accountDisabled, officerId, { login, why: 'unused' })
  }
  return found.length
})

/** Removes what no longer matters; run daily as the platform. */
export const forgetStale = act(z.object({}), (ctx, tx) => store.forget(tx, ctx.now))
