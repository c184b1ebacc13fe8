// Small answers for the client script: the communes of a province.

import type { FastifyInstance } from 'fastify'

export function lookupRoutes(app: FastifyInstance): void {
  app.get('/lookup/communes', { config: { session: false } }, async (request, reply) => {
    const { province } = request.query as { province?: unknown }
    const listed = typeof province === 'string' && province !== '' ? request.ctx.catalogs.list('xa', province) : []
    return reply.header('cache-control', 'public, max-age=3600').send(listed.map(({ code, name }) => ({ code, name })))
  })
}
