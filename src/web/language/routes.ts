// Keeps how somebody wants to read: one button, and back to the page it was pressed on.

import type { FastifyInstance } from 'fastify'
import { seeOther } from '../page.tsx'
import { safeReturnTo } from '../session/return-to.ts'
import { keepPreference, preferenceOf } from './preference.ts'

export function languageRoutes(app: FastifyInstance): void {
  app.post<{ Body: Record<string, unknown> | null }>('/cach-doc', { config: { csrf: 'origin-only' } }, (request, reply) => {
    const { lang, type, returnTo } = request.body ?? {}
    const before = preferenceOf(request)
    keepPreference(reply, {
      lang: lang === 'en' || lang === 'vi' ? lang : before.lang,
      large: type === 'large' ? true : type === 'usual' ? false : before.large,
    }, request.ctx.publicUrl)
    return seeOther(reply, safeReturnTo(returnTo) ?? '/')
  })
}
