// Doors for pages: who is not signed in is led to the sign-in and back; officers without a post are led to choose one.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden } from '#core/errors.ts'
import { wantsJson } from './answer.tsx'
import { SAFE_METHODS } from './csrf.ts'
import { safeReturnTo, withReturnTo } from './return-to.ts'

const isPageVisit = (request: FastifyRequest): boolean => SAFE_METHODS.has(request.method) && !wantsJson(request)

const UNSENT =
  'Phiên đăng nhập đã kết thúc nên chưa ghi nhận được. Mở trang đăng nhập trong một thẻ mới, đăng nhập, rồi quay lại thẻ này và gửi lại.'

/** preHandler: anybody signed in. Page visits go to /sign-in and come back; anything else gets 401. */
export async function requireSignedIn(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (request.session) return
  if (isPageVisit(request)) return reply.redirect(withReturnTo('/sign-in', safeReturnTo(request.url)), 303)
  throw new Forbidden('session.not_signed_in', UNSENT, 401)
}

/** preHandler: a citizen. */
export async function requireCitizen(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (!request.session) return requireSignedIn(request, reply)
  if (request.ctx.actor.kind !== 'citizen') {
    throw new Forbidden(
      'session.not_a_citizen',
      'Phần này dành cho công dân. Đăng xuất rồi đăng nhập bằng VNeID để dùng với tư cách cá nhân.',
    )
  }
}

/** preHandler: an officer acting in a post. Page visits of those who have yet to choose one go to /account/post and come back. */
export async function requireOfficer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (!request.session) return requireSignedIn(request, reply)
  const { actor } = request.ctx
  if (actor.kind !== 'officer')
    throw new Forbidden('session.not_an_officer', 'Phần này dành cho cán bộ. Đăng nhập bằng tài khoản cán bộ để tiếp tục.')
  if (actor.posts.length > 0) return
  if (isPageVisit(request)) return reply.redirect(withReturnTo('/account/post', safeReturnTo(request.url)), 303)
  throw new Forbidden('session.no_post', 'Hãy chọn chức danh làm việc trước khi làm việc này.')
}
