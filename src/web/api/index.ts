// Mounts this face.

import type { FastifyInstance } from 'fastify'
import type { Env } from '#core/ctx.ts'

export async function api(_app: FastifyInstance, _options: { env: Env }): Promise<void> {}
