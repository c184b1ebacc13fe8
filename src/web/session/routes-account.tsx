// What somebody signed in may do about it: choose the post, see and end sessions.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden } from '#core/errors.ts'
import { listSessions, listSignIns, revokeOtherSessions, revokeSession, switchPost } from '#modules/identity/index.ts'
import { sendPage } from './answer.tsx'
import { clearSession } from './cookies.ts'
import { requireSignedIn } from './guards.ts'
import { PostPage, SessionsPage } from './pages.tsx'
import { safeReturnTo } from './return-to.ts'
import { HOMES, type SignInOptions } from './types.ts'

/** Only browsers have sessions to look after; a token is the administrators' affair. */
function browserSession(request: FastifyRequest): string {
  if (request.session?.by !== 'cookie')
    throw new Forbidden('session.browser_only', 'Trang này chỉ dùng được trong trình duyệt, sau khi đăng nhập.')
  return request.session.id
}

export async function accountRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const { env, homes = HOMES } = options
  app.addHook('preHandler', requireSignedIn)

  const posts = (request: FastifyRequest, reply: FastifyReply, status: number, returnTo: string | null, refused?: string) => {
    if (request.ctx.actor.kind !== 'officer') throw new Forbidden('session.not_an_officer', 'Chỉ cán bộ mới có chức danh để chọn.')
    const { posts: held, post } = request.session!
    return sendPage(
      request,
      reply,
      options,
      status,
      'Chọn chức danh',
      <PostPage posts={held} chosen={post?.id ?? null} returnTo={returnTo} refused={refused} />,
    )
  }

  app.get('/account/post', { config: { settling: true } }, (request, reply) => {
    browserSession(request)
    return posts(request, reply, 200, safeReturnTo((request.query as Record<string, unknown>)['returnTo']))
  })

  app.post('/account/post', { config: { settling: true } }, async (request, reply) => {
    const sessionId = browserSession(request)
    const fields = (request.body ?? {}) as Record<string, unknown>
    const returnTo = safeReturnTo(fields['returnTo'])
    try {
      await switchPost(request.ctx, { sessionId, postId: String(fields['postId'] ?? '') })
    } catch (error) {
      if (!(error instanceof Forbidden) || error.code !== 'identity.post_not_held') throw error
      return posts(request, reply, 403, returnTo, error.message)
    }
    return reply.redirect(returnTo ?? homes.officer, 303)
  })

  app.get('/account/sessions', { config: { settling: true } }, async (request, reply) => {
    const current = browserSession(request)
    const { actor, now } = request.ctx
    const [sessions, history] = await Promise.all([listSessions(env.db, actor, now), listSignIns(env.db, actor)])
    const done = (request.query as Record<string, unknown>)['done'] === '1'
    return sendPage(
      request,
      reply,
      options,
      200,
      'Nơi bạn đang đăng nhập',
      <SessionsPage sessions={sessions} current={current} done={done} history={history} officer={actor.kind === 'officer'} />,
    )
  })

  app.post('/account/sessions/others/revocation', { config: { settling: true } }, async (request, reply) => {
    await revokeOtherSessions(request.ctx, { keep: browserSession(request) })
    return reply.redirect('/account/sessions?done=1', 303)
  })

  app.post<{ Params: { id: string } }>('/account/sessions/:id/revocation', { config: { settling: true } }, async (request, reply) => {
    const current = browserSession(request)
    await revokeSession(request.ctx, { sessionId: request.params.id })
    if (request.params.id !== current) return reply.redirect('/account/sessions?done=1', 303)
    clearSession(reply, env.publicUrl)
    return reply.redirect('/sign-in', 303)
  })
}
