// The face of sessions on the web: recognise every request, sign in and out, and doors for the pages of others.

import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './routes-account.tsx'
import { lockRoutes, securityRoutes } from './routes-security.tsx'
import { signInRoutes } from './routes-sign-in.tsx'
import type { SignInOptions } from './types.ts'

export { SESSION_COOKIE } from './cookies.ts'
export { requireCitizen, requireOfficer, requireSignedIn } from './guards.ts'
export { checkCsrf, sessionPlugin } from './plugin.tsx'
export { safeReturnTo, withReturnTo } from './return-to.ts'
export type { RequestSession, SessionOptions, SignInOptions, VneidClient } from './types.ts'

/** /sign-in, /sign-in/officer, /sign-in/vneid and its callback, /sign-out, /account/post, /account/sessions, /account/security, /account/lock. Needs `sessionPlugin` before it. */
export async function sessionRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  if (!app.hasContentTypeParser('application/x-www-form-urlencoded')) await app.register(formbody)
  await app.register(signInRoutes, options)
  await app.register(lockRoutes, options)
  await app.register(accountRoutes, options)
  await app.register(securityRoutes, options)
}
