// The way in and out: the choice, the officers' password, VNeID there and back, signing out.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, Forbidden, Invalid, Unavailable } from '#core/errors.ts'
import { createSignInLimits, type Device, signInCitizen, signInOfficer, signOut, type SignedIn } from '#modules/identity/index.ts'
import { sendPage, sendTrouble } from './answer.tsx'
import { clearPending, clearSession, PENDING_COOKIE, readPending, SESSION_COOKIE, setPending, setSession } from './cookies.ts'
import { SignInPage, type SignInView } from './pages.tsx'
import { createRelyingParty } from './relying-party.ts'
import { safeReturnTo, withReturnTo } from './return-to.ts'
import { HOMES, type SignInOptions } from './types.ts'

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const returnToOf = (from: unknown): string | null => safeReturnTo(fieldsOf(from)['returnTo'])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const AGAIN = { label: 'Đăng nhập lại', href: '/sign-in' }

/** The browser at the other end, and the session it gives up by signing in anew. */
const deviceOf = ({ headers, session }: FastifyRequest): Device => ({
  userAgent: headers['user-agent'],
  replaces: session?.by === 'cookie' ? session.id : undefined,
})

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
    sendPage(request, reply, options, status, 'Đăng nhập', <SignInPage {...view} />)

  const begin = (reply: FastifyReply, { secret }: SignedIn, to: string) => {
    setSession(reply, env.publicUrl, secret)
    return reply.header('cache-control', 'no-store').redirect(to, 303)
  }

  app.get('/sign-in', (request, reply) => {
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
      const signedIn = await signInOfficer(request.ctx, { login, password }, deviceOf(request))
      return begin(reply, signedIn, signedIn.post ? (returnTo ?? homes.officer) : withReturnTo('/account/post', returnTo))
    } catch (error) {
      if (error instanceof Invalid) return choice(request, reply, 422, { returnTo, login, errors: error.fields })
      if (!(error instanceof Forbidden)) throw error
      limits.failures.take(request.ip, now)
      return choice(request, reply, 422, { returnTo, login, errors: [{ key: 'login', message: error.message }] })
    }
  })

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
      return begin(reply, await signInCitizen(request.ctx, claims, deviceOf(request)), pending.returnTo ?? homes.citizen)
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

  app.post('/sign-out', async (request, reply) => {
    if (request.session?.by === 'cookie') await signOut(request.ctx, { sessionId: request.session.id })
    clearSession(reply, env.publicUrl)
    return reply.header('cache-control', 'no-store').redirect('/', 303)
  })
}
