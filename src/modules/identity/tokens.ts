// Bearer tokens for programs: shown once, kept as a digest, bound to a person and perhaps to one post.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { getOfficer, postsHeldBy } from '#modules/org/index.ts'
import { tokenIssued, tokenRevoked } from './events.ts'
import { canIssueToken, postHeld } from './rules.ts'
import { TokenRequest } from './schema.ts'
import { digest, looksLikeToken, newToken, shortId } from './secrets.ts'
import * as store from './store.ts'

interface Holder extends store.Owner {
  readonly id: string
  readonly name: string
}

async function holderOf(tx: Tx, login: string): Promise<Holder> {
  const credential = await store.credentialByLogin(tx, login.toLowerCase())
  if (credential) {
    const { id, fullName } = await getOfficer(tx, credential.officer_id)
    return { id, name: fullName, officerId: id, citizenId: null }
  }
  const citizen = await store.citizenByLogin(tx, login)
  if (citizen) return { id: citizen.id, name: citizen.full_name, officerId: null, citizenId: citizen.id }
  throw new NotFound('identity.no_such_login', `Không có cán bộ hay công dân nào với tên đăng nhập hoặc số định danh “${login}”.`)
}

async function checkPost(tx: Tx, ctx: Ctx, holder: Holder, postId: string): Promise<void> {
  const posts = holder.officerId ? await postsHeldBy(tx, holder.officerId, localDate(ctx.now)) : []
  if (!postHeld(posts, postId)) throw new Invalid([{ key: 'postId', message: `${holder.name} hôm nay không giữ chức danh ${postId}.` }])
}

/** Issues a token for an officer (by login) or a known citizen (by personal number or demo login). `token` is shown here and never again.
 *  Throws Forbidden unless the platform or a system administrator asks, NotFound, Invalid. */
export const issueToken = act(TokenRequest, async (ctx, tx, { login, postId = null, hours, label }) => {
  orThrow(canIssueToken(ctx.actor))
  const holder = await holderOf(tx, login)
  if (postId) await checkPost(tx, ctx, holder, postId)
  const token = newToken()
  const id = digest(token)
  const expiresAt = new Date(ctx.now.getTime() + hours * 3_600_000)
  await store.addToken(tx, { id, citizenId: holder.citizenId, officerId: holder.officerId, postId, label, at: ctx.now, expiresAt })
  await emit(tx, ctx, tokenIssued, holder.id, { token: shortId(id), label, postId, expiresAt: expiresAt.toISOString() })
  return { token, tokenId: id, expiresAt }
})

/** Ends a token, named by itself or by its id: by whoever may issue tokens, or by showing the token. Throws NotFound when it had ended. */
export const revokeToken = act(z.object({ token: z.string() }), async (ctx, tx, { token }) => {
  const shown = looksLikeToken(token)
  if (!shown) orThrow(canIssueToken(ctx.actor))
  const id = shown ? digest(token) : token
  if (!(await store.revokeToken(tx, id, ctx.now))) throw new NotFound('identity.no_token', 'Mã truy cập này không có hoặc đã bị thu hồi.')
  await emit(tx, ctx, tokenRevoked, `token:${shortId(id)}`, { token: shortId(id) })
})
