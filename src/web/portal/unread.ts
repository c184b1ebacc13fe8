// How many messages wait for the citizen who asks for a page: counted once for each request, before the page is made.

import type { FastifyInstance } from 'fastify'
import { countUnread } from '#modules/notify/index.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Unread messages of the citizen signed in; undefined where nobody counted. */
    unread?: number
  }
}

/** For all pages of the portal. */
export function countsUnread(app: FastifyInstance): void {
  app.decorateRequest('unread')
  app.addHook('preHandler', async (request) => {
    if (request.ctx?.actor.kind === 'citizen' && request.method === 'GET') request.unread = await countUnread(request.ctx)
  })
}
