// What of signing in hangs on a post: sessions acting in it and tokens issued for it end the moment the post is left.

import { emit } from '#core/events/index.ts'
import type { Reader } from '#core/db/index.ts'
import type { HandoverPart, Leaving } from '#modules/org/index.ts'
import { sessionRevoked, tokenRevoked } from './events.ts'

/** Those of the post, and all when the officer keeps no post. */
const sessions = (reader: Reader, { officer, post, stays }: Leaving) =>
  reader.selectFrom('identity.session').select(['id', 'user_agent']).where('officer_id', '=', officer.id).where('revoked_at', 'is', null)
    .$if(stays.length > 0, (q) => q.where('post_id', '=', post.id)).orderBy('created_at').execute()

const tokens = (reader: Reader, { officer, post, stays }: Leaving, now: Date) =>
  reader.selectFrom('identity.token').select(['id', 'label']).where('officer_id', '=', officer.id).where('revoked_at', 'is', null).where('expires_at', '>', now)
    .$if(stays.length > 0, (q) => q.where('post_id', '=', post.id)).orderBy('created_at').execute()

const sessionText = () => 'Phiên đăng nhập đang mở'
const tokenText = (label: string) => `Khóa truy cập “${label}”`

export const identityHandover: HandoverPart = {
  key: 'sessions', label: 'Phiên đăng nhập và khóa truy cập', way: 'ends',
  list: async (reader, ctx, leaving) => [
    ...(await sessions(reader, leaving)).map(() => ({ text: sessionText() })),
    ...(await tokens(reader, leaving, ctx.now)).map((token) => ({ text: tokenText(token.label) })),
  ],
  hand: async (tx, ctx, leaving) => {
    const [open, issued] = [await sessions(tx, leaving), await tokens(tx, leaving, ctx.now)]
    if (open.length > 0) {
      await tx.updateTable('identity.session').set({ revoked_at: ctx.now }).where('id', 'in', open.map((one) => one.id)).execute()
      await emit(tx, ctx, sessionRevoked, leaving.officer.id, { sessions: open.length, session: null })
    }
    for (const token of issued) {
      await tx.updateTable('identity.token').set({ revoked_at: ctx.now }).where('id', '=', token.id).execute()
      await emit(tx, ctx, tokenRevoked, leaving.officer.id, { token: token.id.slice(0, 12) })
    }
    return [...open.map(() => ({ text: sessionText(), went: 'Kết thúc ngay' })), ...issued.map((token) => ({ text: tokenText(token.label), went: 'Hết hiệu lực ngay' }))]
  },
}
