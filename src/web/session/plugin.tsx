// Recognises who sends each request, by cookie or bearer token, and refuses unsafe requests that no page of ours has sent.

import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeCtx } from '#core/ctx.ts'
import { isLostConnection } from '#core/db/index.ts'
import { Forbidden, Unavailable } from '#core/errors.ts'
import { anonymous } from '#core/policy/actor.ts'
import type { Officer } from '#core/policy/actor.ts'
import { actorOfSession, actorOfToken, freshlyConfirmed, type RecognisedSession, rulesOf } from '#modules/identity/index.ts'
import { refreshLaw } from '#modules/rules/index.ts'
import { Button, Form } from '#ui/index.ts'
import { sendTrouble, wantsJson } from './answer.tsx'
import { SESSION_COOKIE } from './cookies.ts'
import { csrfTokenOf, isToken, originOf, SAFE_METHODS } from './csrf.ts'
import { askProof, PROOF, proofGiven } from './proof.tsx'
import { safeReturnTo, withReturnTo } from './return-to.ts'
import type { SessionOptions } from './types.ts'

/** A database that restarts is waited for, some three seconds. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      if (!isLostConnection(error)) throw error
      if (attempt >= 6)
        throw new Unavailable('database', 'Cơ sở dữ liệu đang khởi động lại. Xin thử lại sau ít giây.', { cause: error as Error })
      await sleep(150 * attempt)
    }
  }
}

async function byToken(request: FastifyRequest, reply: FastifyReply, { env }: SessionOptions, token: string): Promise<void> {
  const found = await reading(() => actorOfToken(env.db, token, request.ctx.now))
  if (!found) {
    reply.header('www-authenticate', 'Bearer error="invalid_token"')
    throw new Forbidden('session.bad_token', 'Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi. Xin cấp mã mới.', 401)
  }
  request.ctx = { ...request.ctx, actor: found.actor }
  request.session = { by: 'token', id: found.tokenId, posts: found.posts, post: found.post }
}

async function byCookie(request: FastifyRequest, { env }: SessionOptions, secret: string): Promise<void> {
  const { passive = false } = request.routeOptions.config
  const found = await reading(() => actorOfSession(env.db, secret, request.ctx.now, { rules: rulesOf(env), passive }))
  if (!found) return
  request.csrfToken = csrfTokenOf(env.secret, found.sessionId)
  if (found.locked) request.locked = found
  else admit(request, found)
}

function admit(request: FastifyRequest, found: RecognisedSession): void {
  const { actor, sessionId: id, posts, post, administrator, mustEnrol, mustChange, hasFactor, confirmedAt, idleMinutes } = found
  request.ctx = { ...request.ctx, actor }
  request.session = { by: 'cookie', id, posts, post, administrator, mustEnrol, mustChange, hasFactor, confirmedAt, idleMinutes }
}

/** Opens the locked session when the proof came along; else asks for it. Undefined: go on, as whoever is there now. */
async function unlock(request: FastifyRequest, reply: FastifyReply, found: RecognisedSession): Promise<unknown> {
  const proven = { who: found.actor as Officer, sessionId: found.sessionId, hasFactor: found.hasFactor }
  const given = SAFE_METHODS.has(request.method) ? false : await proofGiven(request, proven, 'unlock')
  if (given !== true) return askProof(request, reply, 'unlock', proven, given || undefined)
  request.locked = null
  admit(request, found)
}

/** Asks for a fresh proof before an act that changes rights or keys, unless it came along. */
async function confirm(request: FastifyRequest, reply: FastifyReply, env: SessionOptions['env']): Promise<unknown> {
  const { session, ctx } = request
  if (session?.by !== 'cookie' || ctx.actor.kind !== 'officer' || freshlyConfirmed(session.confirmedAt ?? null, rulesOf(env), ctx.now)) return
  const proven = { who: ctx.actor, sessionId: session.id, hasFactor: session.hasFactor === true }
  const given = await proofGiven(request, proven, 'sensitive')
  return given === true ? undefined : askProof(request, reply, 'sensitive', proven, given || undefined)
}

/** Who must first set up a second factor or change the password can do nothing else. */
function settle(request: FastifyRequest, reply: FastifyReply): unknown {
  const { session } = request
  if (!session?.mustEnrol && !session?.mustChange) return
  const [place, code, detail] = session.mustEnrol
    ? ['/account/security', 'session.must_enrol', 'Chức danh của ông/bà bắt buộc có lớp xác thực thứ hai. Bật ở trang Bảo mật đăng nhập rồi làm tiếp.'] as const
    : ['/account/security/password', 'session.must_change', 'Mật khẩu do người khác đặt giúp hoặc đã quá hai tháng. Đổi mật khẩu rồi làm tiếp.'] as const
  if (SAFE_METHODS.has(request.method) && !wantsJson(request)) return reply.redirect(withReturnTo(place, safeReturnTo(request.url)), 303)
  throw new Forbidden(code, detail)
}

function givenToken(request: FastifyRequest): unknown {
  const header = request.headers['x-csrf-token']
  if (header !== undefined) return header
  const field = (request.body as Record<string, unknown> | null | undefined)?.['_csrf']
  return typeof field === 'object' && field !== null ? (field as { value?: unknown }).value : Array.isArray(field) ? field[0] : field
}

/** For routes with `config.csrf: 'in-body'`: throws Forbidden('session.csrf') unless `token` is this session's. */
export function checkCsrf(request: FastifyRequest, token: unknown): void {
  if (request.session?.by !== 'cookie') return
  if (isToken(request.headers['x-csrf-token'], request.csrfToken ?? '') || isToken(token, request.csrfToken ?? '')) return
  throw new Forbidden('session.csrf', STALE)
}

const STALE = 'Trang này đã cũ so với phiên đăng nhập hiện tại. Tải lại trang rồi gửi lần nữa; những gì đã lưu vẫn còn nguyên.'
const FOREIGN =
  'Yêu cầu này được gửi từ một trang ngoài hệ thống nên không được thực hiện. Mở lại trang của hệ thống và làm từ đó; chưa có gì thay đổi.'

/** The form as it came, ready to be sent again with the right token; only when the browser vouches that it came from us. */
function SendAgain({ request }: { request: FastifyRequest }) {
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '')
  const fields = Object.entries((request.body as Record<string, string | string[]>) ?? {}).filter(
    ([name]) => name !== '_csrf' && !/password/i.test(name) && name !== PROOF.code,
  )
  if (!isForm || fields.length === 0 || originOf(request.headers, request.ctx.publicUrl) !== 'here') return null
  return (
    <>
      <p>Nội dung bạn vừa gửi còn giữ ở trang này. Bấm nút dưới đây để gửi lại.</p>
      <Form action={request.url}>
        {fields.flatMap(([name, value]) => [value].flat().map((one) => <input type="hidden" name={name} value={one} />))}
        <Button look="primary">Gửi lại</Button>
      </Form>
    </>
  )
}

async function guard(request: FastifyRequest, reply: FastifyReply, { env }: SessionOptions): Promise<unknown> {
  const { config } = request.routeOptions
  if (config.session === false || request.session?.by === 'token') return
  const refused = SAFE_METHODS.has(request.method) ? undefined : meant(request, reply, env)
  if (refused) return refused
  if (request.locked && !config.whileLocked && config.csrf !== 'origin-only') {
    const asked = await unlock(request, reply, request.locked)
    if (asked) return asked
  }
  if (config.csrf === 'origin-only' || config.settling || request.routeOptions.url === undefined) return config.confirm ? confirm(request, reply, env) : undefined
  const settled = settle(request, reply)
  if (settled) return settled
  return config.confirm ? confirm(request, reply, env) : undefined
}

/** Whether one of our own pages has sent it; else the answer that says so. */
function meant(request: FastifyRequest, reply: FastifyReply, env: SessionOptions['env']): unknown {
  const { config } = request.routeOptions
  const origin = originOf(request.headers, env.publicUrl)
  if (origin === 'elsewhere') {
    return sendTrouble(
      request,
      reply,
      {},
      {
        status: 403,
        code: 'session.foreign',
        title: 'Yêu cầu đến từ trang khác',
        detail: FOREIGN,
        action: { label: 'Về trang đầu', href: '/' },
      },
    )
  }
  if (!request.session && !request.locked) return
  // An upload's body is read by its handler; every other body is read already, and a refusal here can offer to send it again.
  const unread = config.csrf === 'in-body' && /^multipart\//i.test(request.headers['content-type'] ?? '')
  if (unread || config.csrf === 'origin-only' || isToken(givenToken(request), request.csrfToken ?? '')) return
  return sendTrouble(
    request,
    reply,
    {},
    { status: 403, code: 'session.csrf', title: 'Hãy tải lại trang', detail: STALE },
    <SendAgain request={request} />,
  )
}

async function recognise(request: FastifyRequest, reply: FastifyReply, options: SessionOptions): Promise<void> {
  request.ctx = makeCtx(options.env, anonymous, request.id)
  if (request.routeOptions.config.session === false) return
  await reading(() => refreshLaw(options.env, request.ctx.now))
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return byToken(request, reply, options, bearer.trim())
  const secret = request.cookies[SESSION_COOKIE]
  if (secret) await byCookie(request, options, secret)
}

/** Call on the root before any route is declared: `request.ctx`, `request.session` and `request.csrfToken` are there for all of them. */
export async function sessionPlugin(app: FastifyInstance, options: SessionOptions): Promise<void> {
  if (!app.hasReplyDecorator('setCookie')) await app.register(cookie)
  app.decorateRequest('ctx')
  app.decorateRequest('session', null)
  app.decorateRequest('locked', null)
  app.decorateRequest('csrfToken', undefined)
  app.addHook('onRequest', (request, reply) => recognise(request, reply, options))
  app.addHook('preHandler', (request, reply) => guard(request, reply, options))
}

// The hooks are for the whole server and not for a part of it (what fastify-plugin does).
Object.assign(sessionPlugin, { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: 'session' })
