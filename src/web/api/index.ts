// The face for programs, under /api/v1: routes, their document, and problems for everything else.

import type { FastifyInstance } from 'fastify'
import type { Env } from '#core/ctx.ts'
import { actRoutes } from './acts.ts'
import { leaderRoutes } from './acts-leaders.ts'
import { appealRoutes } from './appeals.ts'
import { acceptBodies } from './body.ts'
import { docsPage } from './docs.tsx'
import { dossierRoutes } from './dossiers.ts'
import { linkedRoutes } from './linked.ts'
import { openapi } from './openapi.ts'
import { paperRoutes } from './papers.ts'
import { partRoutes } from './parts.ts'
import { paymentRoutes } from './payments.ts'
import { procedureRoutes } from './procedures.ts'
import { mount, type Route, strangeAddress } from './route.ts'
import { BASE } from './show.ts'
import { trackRoute, unitRoutes } from './units.ts'
import { workRoutes } from './work.ts'

/** Every route, as it is mounted and documented. */
export const apiRoutes = (): readonly Route[] => [
  ...procedureRoutes, ...dossierRoutes, ...partRoutes, ...actRoutes, ...leaderRoutes, ...appealRoutes, ...linkedRoutes, ...paperRoutes, ...paymentRoutes, ...workRoutes, ...unitRoutes, trackRoute(),
]

export async function api(app: FastifyInstance, { env }: { env: Env }): Promise<void> {
  const routes = apiRoutes()
  acceptBodies(app)
  mount(app, env, routes)
  const document = JSON.stringify(openapi(routes, `${env.publicUrl}${BASE}`))
  app.get('/openapi.json', { config: { session: false } }, (_request, reply) => reply.type('application/json; charset=utf-8').header('access-control-allow-origin', '*').send(document))
  app.get('/docs', { config: { session: false } }, (request, reply) => docsPage(request, reply, routes))
  app.setNotFoundHandler(strangeAddress(routes, BASE))
}
