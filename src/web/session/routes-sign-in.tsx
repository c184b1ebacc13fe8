// The way in and out: the choice, the officers' password, VNeID there and back, signing out.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, Forbidden, Invalid, Unavailable } from '#core/errors.ts'
import { randomBytes } from 'node:crypto'
import { as } from '#core/ctx.ts'
import {
  beginSignIn, createSignInLimits, type Device, factorAskedOf, finishSignIn, type PasskeyAnswer, askPasskey, relyingParty, signInByPasskey, signInCitizen, signOut, type SignedIn,
} from '#modules/identity/index.ts'
import { sendPage, sendTrouble } from './answer.tsx'
import { clearFactor, clearPending, clearSession, DEVICE_COOKIE, FACTOR_COOKIE, PENDING_COOKIE, readPending, SESSION_COOKIE, setDevice, setFactor, setPending, setSession } from './cookies.ts'
import { SecondFactorPage, SignInPage, type SignInView } from './pages.tsx'
import { createRelyingParty } from './relying-party.ts'
import { safeReturnTo, withReturnTo } from './return-to.ts'
import { HOMES, type SignInOptions } from './types.ts'

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const returnToOf = (from: unknown): string | null => safeReturnTo(fieldsOf(from)['returnTo'])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const AGAIN = { label: 'Đăng nhập lại', href: '/sign-in' }

/** The browser at the other end, and the session it gives up by signing in anew. */
function deviceOf(request: FastifyRequest, reply: FastifyReply): Device {
  const { headers, session, locked, ip } = request
  const known = request.cookies[DEVICE_COOKIE]
  const mark = known && /^[\w-]{22}$/.test(known) ? known : randomBytes(16).toString('base64url')
  if (mark !== known) marks.set(reply, mark)
  return { userAgent: headers['user-agent'], replaces: session?.by === 'cookie' ? session.id : locked?.sessionId, ip, mark }
}

/** Marks of devices met for the first time, to be left there once the sign-in is done. */
const marks = new WeakMap<FastifyReply, string>()

export async function signInRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const { env, homes = HOMES } = options
  const limits = createSignInLimits()
  const party = createRelyingParty(options)

  const tooMany = (request: FastifyRequest, reply: FastifyReply, seconds: number) =>
    sendTrouble(request, reply, options, {
      status: 429,
      code: 'session.too_many',
      title: 'Thử đăng nhập quá nhiều lần',
      retryAfter: seconds,
      detail: `Từ địa chỉ này đã có quá nhiều lần thử. Xin đợi ${seconds < 90 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`} rồi thử lại.`,
      action: AGAIN,
    })

  const choice = (request: FastifyRequest, reply: FastifyReply, status: number, view: SignInView) =>
    sendPage(request, reply, options, status, 'Đăng nhập', <SignInPage passkeys={relyingParty(env).usable} {...view} />)

  const begin = (reply: FastifyReply, { secret }: SignedIn, to: string) => {
    setSession(reply, env.publicUrl, secret)
    const mark = marks.get(reply)
    if (mark) setDevice(reply, env.publicUrl, mark)
    return reply.header('cache-control', 'no-store').redirect(to, 303)
  }

  app.get('/sign-in', { config: { whileLocked: true, settling: true } }, (request, reply) => {
    const { actor } = request.ctx
    const me = actor.kind === 'citizen' || actor.kind === 'officer' ? { name: actor.name, home: homes[actor.kind] } : null
    return choice(request, reply, 200, {
      returnTo: returnToOf(request.query),
      me,
      ended: !request.session && Boolean(request.cookies[SESSION_COOKIE]),
    })
  })

  app.post('/sign-in/officer', { config: { csrf: 'origin-only' } }, async (request, reply) => {
    const { now } = request.ctx
    const fields = fieldsOf(request.body)
    const [login, password, returnTo] = [textOf(fields['login']), textOf(fields['password']), returnToOf(fields)]
    const seconds =
      limits.address.take(request.ip, now) ||
      limits.failures.wait(request.ip, now) ||
      limits.login.take(login.trim().toLowerCase().slice(0, 64), now)
    if (seconds > 0) return tooMany(request, reply, seconds)
    try {
      const signedIn = await beginSignIn(request.ctx, { login, password }, deviceOf(request, reply))
      if ('asked' in signedIn) {
        setFactor(reply, env.publicUrl, signedIn.secret)
        return reply.header('cache-control', 'no-store').redirect(withReturnTo('/sign-in/second-factor', returnTo), 303)
      }
      return begin(reply, signedIn, signedIn.post ? (returnTo ?? homes.officer) : withReturnTo('/account/post', returnTo))
    } catch (error) {
      if (error instanceof Invalid) return choice(request, reply, 422, { returnTo, login, errors: error.fields })
      if (!(error instanceof Forbidden)) throw error
      limits.failures.take(request.ip, now)
      return choice(request, reply, 422, { returnTo, login, errors: [{ key: 'login', message: error.message }] })
    }
  })

  const entered = (reply: FastifyReply, signedIn: SignedIn, returnTo: string | null) => {
    clearFactor(reply, env.publicUrl)
    return begin(reply, signedIn, signedIn.post ? (returnTo ?? homes.officer) : withReturnTo('/account/post', returnTo))
  }

  const factorPage = async (request: FastifyRequest, reply: FastifyReply, status: number, returnTo: string | null, errors: readonly { key: string; message: string }[] = []) => {
    const asked = await factorAskedOf(request.ctx, request.cookies[FACTOR_COOKIE] ?? '')
    if (!asked) return choice(request, reply, 422, { returnTo, errors: [{ key: 'login', message: errors[0]?.message ?? 'Đã quá 5 phút, hoặc lần đăng nhập này đã dùng rồi. Đăng nhập lại từ đầu.' }] })
    return sendPage(request, reply, options, status, 'Xác thực lớp thứ hai',
      <SecondFactorPage returnTo={returnTo} totp={asked.totp} passkeys={asked.passkeys && relyingParty(env).usable} errors={errors} />)
  }

  app.get('/sign-in/second-factor', { config: { whileLocked: true, settling: true } }, (request, reply) => factorPage(request, reply, 200, returnToOf(request.query)))

  app.post('/sign-in/second-factor', { config: { csrf: 'origin-only' } }, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const returnTo = returnToOf(fields)
    const seconds = limits.address.take(request.ip, request.ctx.now) || limits.failures.wait(request.ip, request.ctx.now)
    if (seconds > 0) return tooMany(request, reply, seconds)
    try {
      const secret = request.cookies[FACTOR_COOKIE] ?? ''
      return entered(reply, await finishSignIn(request.ctx, { secret, code: textOf(fields['code']) }, deviceOf(request, reply)), returnTo)
    } catch (error) {
      if (error instanceof Invalid) return factorPage(request, reply, 422, returnTo, error.fields)
      if (!(error instanceof Forbidden)) throw error
      limits.failures.take(request.ip, request.ctx.now)
      return factorPage(request, reply, 422, returnTo, [{ key: 'code', message: error.message }])
    }
  })

  /** What the script of the passkey button sends; JSON both ways. */
  const json = (reply: FastifyReply, status: number, body: object) => reply.code(status).header('cache-control', 'no-store').send(body)
  const passkey = async (request: FastifyRequest, reply: FastifyReply, run: () => Promise<object>) => {
    const seconds = limits.address.take(request.ip, request.ctx.now) || limits.failures.wait(request.ip, request.ctx.now)
    if (seconds > 0) return json(reply, 429, { detail: `Thử quá nhiều lần. Xin đợi ${seconds} giây.` })
    try {
      return json(reply, 200, await run())
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error
      if (error instanceof Forbidden) limits.failures.take(request.ip, request.ctx.now)
      return json(reply, error.status, { code: error.code, detail: error.message })
    }
  }

  app.post('/sign-in/passkey/options', { config: { csrf: 'origin-only' } }, (request, reply) => passkey(request, reply, () => askPasskey(request.ctx, null)))

  app.post('/sign-in/passkey', { config: { csrf: 'origin-only' } }, (request, reply) => passkey(request, reply, async () => {
    const signedIn = await signInByPasskey(request.ctx, request.body as PasskeyAnswer, deviceOf(request, reply))
    const returnTo = returnToOf(request.body)
    setSession(reply, env.publicUrl, signedIn.secret)
    clearFactor(reply, env.publicUrl)
    const mark = marks.get(reply)
    if (mark) setDevice(reply, env.publicUrl, mark)
    return { to: signedIn.post ? (returnTo ?? homes.officer) : withReturnTo('/account/post', returnTo) }
  }))

  app.get('/sign-in/vneid', async (request, reply) => {
    const seconds = limits.vneid.take(request.ip, request.ctx.now)
    if (seconds > 0) return tooMany(request, reply, seconds)
    const returnTo = returnToOf(request.query)
    // VNeID answers to publicUrl, so the cookie must be set there too: from another name of this server, go there first, once.
    if (request.headers.host !== new URL(env.publicUrl).host && fieldsOf(request.query)['moved'] === undefined) {
      return reply.redirect(
        `${env.publicUrl}/sign-in/vneid?moved=1${returnTo === null ? '' : `&returnTo=${encodeURIComponent(returnTo)}`}`,
        303,
      )
    }
    try {
      const { url, pending } = await party.begin(returnTo)
      setPending(reply, env.publicUrl, env.secret, pending, request.ctx.now)
      return reply.header('cache-control', 'no-store').redirect(url.href, 303)
    } catch (error) {
      return failed(request, reply, error, returnTo)
    }
  })

  app.get('/sign-in/vneid/callback', async (request, reply) => {
    const seconds = limits.vneid.take(request.ip, request.ctx.now)
    if (seconds > 0) return tooMany(request, reply, seconds)
    const pending = readPending(request.cookies[PENDING_COOKIE], env.secret, request.ctx.now)
    clearPending(reply, env.publicUrl) // one answer for one beginning
    if (!pending) {
      const detail = 'Đã quá 10 phút, hoặc lần đăng nhập này đã dùng rồi. Chưa có gì thay đổi; hãy bắt đầu lại.'
      return sendTrouble(request, reply, options, {
        status: 400,
        code: 'session.vneid_lost',
        title: 'Lần đăng nhập này không còn hiệu lực',
        detail,
        action: AGAIN,
      })
    }
    try {
      const claims = await party.finish(new URL(env.publicUrl + request.url), pending)
      return begin(reply, await signInCitizen(request.ctx, claims, deviceOf(request, reply)), pending.returnTo ?? homes.citizen)
    } catch (error) {
      return failed(request, reply, error, pending.returnTo)
    }
  })

  function failed(request: FastifyRequest, reply: FastifyReply, error: unknown, returnTo: string | null) {
    if (!(error instanceof AppError) || (error instanceof Unavailable && error.system !== 'vneid')) throw error
    request.log.warn({ err: error.cause ?? error }, 'VNeID')
    const away = error instanceof Unavailable
    const detail = error instanceof Invalid ? error.fields.map(({ message }) => message).join(' ') : error.message
    return sendTrouble(request, reply, options, {
      status: error.status,
      code: error.code,
      title: away ? 'VNeID chưa trả lời' : 'Chưa đăng nhập được bằng VNeID',
      detail,
      action: away
        ? { label: 'Thử lại', href: withReturnTo('/sign-in/vneid', returnTo) }
        : { ...AGAIN, href: withReturnTo('/sign-in', returnTo) },
      ...(away && { retryAfter: 60 }),
    })
  }

  app.post('/sign-out', { config: { whileLocked: true, settling: true } }, async (request, reply) => {
    if (request.session?.by === 'cookie') await signOut(request.ctx, { sessionId: request.session.id })
    else if (request.locked) await signOut(as(request.ctx, request.locked.actor), { sessionId: request.locked.sessionId })
    clearSession(reply, env.publicUrl)
    return reply.header('cache-control', 'no-store').redirect('/', 303)
  })
}
