// Pages for those who build and try the platform: the gallery of components, and what the simulators have sent.

import type { FastifyInstance } from 'fastify'
import type { Env } from '#core/ctx.ts'
import { galleryRoutes } from './gallery.tsx'
import { outboxRoutes } from './outbox.tsx'

export async function dev(app: FastifyInstance, _options: { env: Env }): Promise<void> {
  galleryRoutes(app)
  outboxRoutes(app)
}
