// The door at which banks knock: call-backs over the raw body, answered in JSON, known by their signature and nothing else.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Env } from '#core/ctx.ts'
import { AppError } from '#core/errors.ts'
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '#core/payments/signature.ts'
import { createLimiter } from '#modules/identity/index.ts'
import { receiveCallback } from '#modules/payments/index.ts'
import '../session/types.ts'

/** Forgers are slowed down, the bank's own bursts are not. */
const BAD_KNOCKS_A_MINUTE = 60

const answer = (reply: FastifyReply, error: AppError): FastifyReply => reply.code(error.status).send({ status: 'error', code: error.code, message: error.message })

export async function callbackRoutes(app: FastifyInstance, _options: { env: Env }): Promise<void> {
  const limiter = createLimiter({ limit: BAD_KNOCKS_A_MINUTE, windowMs: 60_000 })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 64 * 1024 }, (_request, body, done) => done(null, body))
  app.setErrorHandler((thrown, _request, reply) => {
    if (thrown instanceof AppError) return answer(reply, thrown)
    const status = (thrown as { statusCode?: number }).statusCode
    if (status && status < 500) return answer(reply, new AppError(status, 'payments.unreadable', 'Nội dung báo không đọc được.'))
    throw thrown
  })

  app.post('/callbacks/:provider', { config: { session: false } }, async (request: FastifyRequest<{ Params: { provider: string } }>, reply) => {
    const { ctx } = request
    try {
      const outcome = await receiveCallback(ctx, {
        provider: request.params.provider, timestamp: request.headers[TIMESTAMP_HEADER], signature: request.headers[SIGNATURE_HEADER], body: typeof request.body === 'string' ? request.body : '',
      })
      return reply.send({ status: 'ok', outcome })
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 401) throw error
      const seconds = limiter.take(request.ip, ctx.now)
      if (seconds > 0) return answer(reply.header('retry-after', String(seconds)), new AppError(429, 'payments.busy', 'Quá nhiều lần báo sai chữ ký; thử lại sau.'))
      throw error
    }
  })
}
