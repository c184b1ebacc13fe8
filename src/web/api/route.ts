// One route is declared once: address, who may call, what it takes, what it answers. From that come handler, checks and document entry.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Ctx, Env } from '#core/ctx.ts'
import { AppError, Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { asAppError, problem } from '../errors.tsx'
import '../session/types.ts'
import { checkKey, digestOf, type Kept, keeper } from '#core/idempotency.ts'
import { patiently } from '#core/db/patience.ts'
import { issueWords } from './words.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface Call<P, Q, B> {
  readonly ctx: Ctx
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The Idempotency-Key of the request, or null. */
  readonly key: string | null
}

interface Common<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly id: string
  readonly method: Method
  /** With {names}, below /api/v1. */
  readonly path: string
  readonly tag: string
  /** One sentence, Vietnamese. */
  readonly summary: string
  readonly description?: string
  /** `anyone`: without signing in. Else a token or cookie is asked for, and the module decides. */
  readonly access: 'anyone' | 'signed-in'
  readonly params?: P
  readonly query?: Q
  /** Checked JSON body. Without one a body is ignored. */
  readonly body?: B
  /** Bodies that the handler reads itself: multipart. The schema is for the document. */
  readonly upload?: z.ZodType
  /** Asked before the body is looked at: a stranger hears 404 whatever was sent. */
  before?(ctx: Ctx, params: z.output<P>): Promise<void>
  /** Problems beside 400, 404, 422 and 503, with the reason for each. */
  readonly problems?: Readonly<Record<number, string>>
}

export interface JsonRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> extends Common<P, Q, B> {
  readonly status?: 200 | 201 | 204
  readonly answer: A
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.input<A>>
}

export interface FileRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Common<P, Q, B> {
  readonly file: string
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<FastifyReply>
}

export type Route = JsonRoute<z.ZodType, z.ZodType, z.ZodType, z.ZodType> | FileRoute<z.ZodType, z.ZodType, z.ZodType>

type Nothing = z.ZodObject<Record<never, never>>

/** A route that answers JSON. */
export const route = <A extends z.ZodType, P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(spec: JsonRoute<P, Q, B, A>): Route =>
  spec as unknown as Route

/** A route that answers with a file. */
export const fileRoute = <P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(spec: FileRoute<P, Q, B>): Route =>
  spec as unknown as Route

/** Throws Invalid with a sentence for every fault. */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const found = schema.safeParse(value, { error: issueWords })
  if (found.success) return found.data
  throw new Invalid(found.error.issues.map((issue) => ({ key: issue.path.join('.'), message: issue.message })))
}

/** Address as Fastify writes it: {id} → :id, {paper}.pdf → :paper up to the dot. */
export const fastifyPath = (path: string): string => path.replaceAll(/\{(\w+)\}\./g, ':$1(^[^./]+).').replaceAll(/\{(\w+)\}/g, ':$1')

const signIn = () =>
  new Forbidden('api.sign_in', 'Cần đăng nhập. Gửi mã truy cập trong đầu đề Authorization: Bearer …, lấy bằng lệnh bin/tinhso token --login TÊN.', 401)

const actorKey = (request: FastifyRequest): string => {
  const { actor } = request.ctx
  return actor.kind === 'citizen' || actor.kind === 'officer' ? `${actor.kind}:${actor.id}` : `anonymous:${request.ip}`
}

const JSON_TYPE = 'application/json; charset=utf-8'
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** The answer to send; null when a file was sent already. */
async function answered(spec: Route, call: Call<unknown, unknown, unknown>): Promise<Kept | null> {
  if ('file' in spec) {
    await spec.handle(call as never) // a reply is awaited until it is sent
    return null
  }
  const answer = await spec.handle(call as never)
  const status = spec.status ?? 200
  return status === 204 ? { status, type: null, body: null } : { status, type: JSON_TYPE, body: JSON.stringify(answer) }
}

const send = (reply: FastifyReply, { status, type, body }: Kept): FastifyReply => {
  reply.code(status).header('cache-control', 'no-store')
  return body === null ? reply.send() : reply.type(type ?? JSON_TYPE).send(body)
}

/** Declares the routes on the server. */
export function mount(app: FastifyInstance, env: Env, routes: readonly Route[]): void {
  const once = keeper(env)
  for (const spec of routes) {
    const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      if (spec.access === 'signed-in' && !request.session) {
        reply.header('www-authenticate', 'Bearer')
        throw signIn()
      }
      const header = spec.method === 'POST' ? request.headers['idempotency-key'] : undefined
      const key = header === undefined ? null : checkKey(header)
      const call = async (): Promise<Call<unknown, unknown, unknown>> => {
        const reason = request.headers['access-reason']
        const ctx = typeof reason === 'string' ? { ...request.ctx, accessReason: reason } : request.ctx
        const params = spec.params ? check(spec.params, request.params) : request.params
        await spec.before?.(ctx, params)
        const query = spec.query ? check(spec.query, request.query) : {}
        return { ctx, request, reply, key, params, query, body: spec.body ? check(spec.body, request.body ?? {}) : undefined }
      }
      if (key === null) {
        const run = async () => answered(spec, await call())
        const answer = await (spec.method === 'GET' ? patiently(run) : run())
        return answer ? send(reply, answer) : reply
      }
      const digest = digestOf(spec.method, request.url, spec.upload ? null : request.body)
      const { kept, again } = await once(request.ctx, actorKey(request), key, digest, async () => {
        try {
          return (await answered(spec, await call())) as Kept
        } catch (thrown) {
          const error = asAppError(thrown)
          if (error.status >= 500) throw thrown
          return { status: error.status, type: PROBLEM_TYPE, body: JSON.stringify(problem(error, request.id)) }
        }
      })
      if (again) reply.header('idempotency-replayed', 'true')
      return send(reply, kept)
    }
    app.route({
      method: spec.method, url: fastifyPath(spec.path), handler: handle,
      ...(spec.upload ? { config: { csrf: 'in-body' as const } } : {}),
    })
  }
}

/** An address that is none of ours, or a method that it does not know. */
export function strangeAddress(routes: readonly Route[], prefix: string) {
  const known = routes.map((spec) => ({ method: spec.method, pattern: new RegExp(`^${prefix}${spec.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
  return (request: FastifyRequest, reply: FastifyReply): never => {
    const path = request.url.split('?')[0]!
    const methods = known.filter((one) => one.pattern.test(path)).map((one) => one.method)
    if (methods.length === 0) throw new NotFound('api.no_address', `Không có địa chỉ ${path}. Xem danh sách ở ${prefix}/openapi.json.`)
    reply.header('allow', methods.join(', '))
    throw new AppError(405, 'api.method', `Địa chỉ này không nhận ${request.method}; chỉ nhận ${methods.join(', ')}.`)
  }
}
