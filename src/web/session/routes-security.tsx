// HTTP of "Bảo mật đăng nhập", of the locked screen and of proving oneself again by passkey.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import QRCode from 'qrcode'
import { as } from '#core/ctx.ts'
import { AppError, Forbidden, Invalid } from '#core/errors.ts'
import { listEvents } from '#core/events/index.ts'
import type { Officer } from '#core/policy/actor.ts'
import {
  askPasskey, beginPasskey, beginTotp, confirmByPasskey, confirmTotp, factorsOf, finishPasskey, type PasskeyAnswer, relyingParty, removePasskey, removeTotp, renewCodes,
  rulesOf, setPassword,
} from '#modules/identity/index.ts'
import { sendPage } from './answer.tsx'
import { requireSignedIn } from './guards.ts'
import { safeReturnTo } from './return-to.ts'
import { CodesPage, NewPasskeyPage, PasswordPage, SAID, SecurityPage, TotpPage } from './security-pages.tsx'
import { HOMES, type SignInOptions } from './types.ts'

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const json = (reply: FastifyReply, status: number, body: object) => reply.code(status).header('cache-control', 'no-store').send(body)

/** Runs what the passkey button asked for; its faults come back as one sentence. */
async function told(reply: FastifyReply, run: () => Promise<object>): Promise<FastifyReply> {
  try {
    return json(reply, 200, await run())
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    return json(reply, error.status, { code: error.code, detail: error.message })
  }
}

/** The locked screen: answers to who is there but not signed in. */
export async function lockRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const { homes = HOMES } = options
  const back = (request: FastifyRequest, reply: FastifyReply, given: unknown) => {
    const { actor } = request.ctx
    const home = actor.kind === 'citizen' || actor.kind === 'officer' ? homes[actor.kind] : '/sign-in'
    return reply.header('cache-control', 'no-store').redirect(safeReturnTo(given) ?? home, 303)
  }
  app.get('/account/lock', { config: { settling: true } }, (request, reply) => back(request, reply, fieldsOf(request.query)['returnTo']))
  app.post('/account/lock', { config: { settling: true } }, (request, reply) => back(request, reply, fieldsOf(request.body)['returnTo']))
  app.post('/account/confirm', { config: { settling: true, confirm: true } }, (request, reply) => back(request, reply, fieldsOf(request.body)['returnTo']))

  /** How long until this session locks; asked by the page when its own clock says so, and by `awake` to stay. */
  const standing = (request: FastifyRequest) => ({
    signedIn: request.session !== null || request.locked !== null, locked: request.locked !== null, idleMinutes: request.session?.idleMinutes ?? null,
  })
  app.get('/account/standing', { config: { settling: true, whileLocked: true, passive: true } }, (request, reply) => json(reply, 200, standing(request)))
  app.post('/account/awake', { config: { settling: true, whileLocked: true } }, (request, reply) => json(reply, request.locked ? 401 : 200, standing(request)))

  const whose = (request: FastifyRequest): { who: Officer; sessionId: string } => {
    const { locked, session, ctx } = request
    if (locked) return { who: locked.actor as Officer, sessionId: locked.sessionId }
    if (session?.by === 'cookie' && ctx.actor.kind === 'officer') return { who: ctx.actor, sessionId: session.id }
    throw new Forbidden('session.not_signed_in', 'Phiên đăng nhập đã kết thúc. Đăng nhập lại.', 401)
  }
  app.post('/account/passkey/options', { config: { settling: true, whileLocked: true } }, (request, reply) => told(reply, () => askPasskey(request.ctx, whose(request).who.id)))
  app.post('/account/passkey', { config: { settling: true, whileLocked: true } }, (request, reply) => told(reply, async () => {
    const { who, sessionId } = whose(request)
    await confirmByPasskey(as(request.ctx, who), who, sessionId, request.body as PasskeyAnswer)
    return { to: safeReturnTo(fieldsOf(request.body)['returnTo']) }
  }))
}

const NEWS: Readonly<Record<string, (data: Fields) => string>> = {
  'identity.password_set': () => 'Đặt mật khẩu mới.',
  'identity.factor_added': (data) => (data['factor'] === 'totp' ? 'Bật ứng dụng tạo mã.' : `Thêm khóa truy cập “${data['name']}”.`),
  'identity.factor_removed': (data) => (data['factor'] === 'totp' ? 'Gỡ ứng dụng tạo mã.' : `Gỡ khóa truy cập “${data['name']}”.`),
  'identity.factors_reset': (data) => `Quản trị đã đặt lại lớp xác thực thứ hai. Lý do: ${data['reason']}. Nếu không phải ông/bà nhờ, báo ngay cán bộ an toàn thông tin.`,
  'identity.recovery_codes_made': () => 'Tạo 10 mã khôi phục mới.',
  'identity.recovery_code_used': (data) => `Dùng một mã khôi phục, còn ${data['left']} mã.`,
  'identity.signed_in_new_device': (data) => `Đăng nhập từ thiết bị mới: ${data['device']}${data['ip'] ? `, địa chỉ ${data['ip']}` : ''}.`,
  'identity.account_enabled': () => 'Tài khoản được mở lại.',
  'identity.account_disabled': () => 'Tài khoản bị tạm ngưng.',
}

export async function securityRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const { env } = options
  app.addHook('preHandler', requireSignedIn)
  const settling = { config: { settling: true } } as const
  const guarded = { config: { settling: true, confirm: true } } as const

  const officer = (request: FastifyRequest): Officer => {
    if (request.session?.by !== 'cookie' || request.ctx.actor.kind !== 'officer') {
      throw new Forbidden('session.not_an_officer', 'Trang này dành cho cán bộ đăng nhập bằng mật khẩu. Công dân bảo vệ tài khoản trong ứng dụng VNeID.')
    }
    return request.ctx.actor
  }
  const page = (request: FastifyRequest, reply: FastifyReply, status: number, title: string, content: preact.ComponentChildren) => sendPage(request, reply, options, status, title, content)

  app.get('/account/security', settling, async (request, reply) => {
    const { id } = officer(request)
    const rules = rulesOf(env)
    const { posts, mustEnrol = false } = request.session!
    const required = rules.everybody || posts.some((post) => rules.factorRoles.includes(post.role))
    const [factors, events] = await Promise.all([factorsOf(env.db, id), listEvents(env.db, id)])
    const news = events.flatMap((event) => (NEWS[event.name] ? [{ at: event.at, sentence: NEWS[event.name]!(event.data) }] : [])).toReversed().slice(0, 12)
    const said = SAID[textOf(fieldsOf(request.query)['xong'])] ?? null
    return page(request, reply, 200, 'Bảo mật đăng nhập',
      <SecurityPage factors={factors} required={required} mustEnrol={mustEnrol} requiredFrom={required ? rules.from : null} passkeys={relyingParty(env).usable} said={said} news={news} />)
  })

  const totpPage = async (request: FastifyRequest, reply: FastifyReply, status: number, errors: Invalid['fields'] = []) => {
    const { secret, uri } = await beginTotp(request.ctx, {})
    const svg = await QRCode.toString(uri, { type: 'svg', margin: 2, width: 200 })
    return page(request, reply, status, 'Bật ứng dụng tạo mã', <TotpPage secret={secret} svg={svg} errors={errors} />)
  }
  app.get('/account/security/totp', guarded, (request, reply) => {
    officer(request)
    return totpPage(request, reply, 200)
  })
  app.post('/account/security/totp', guarded, async (request, reply) => {
    officer(request)
    try {
      const codes = await confirmTotp(request.ctx, { code: textOf(fieldsOf(request.body)['code']) })
      if (codes.length === 0) return reply.redirect('/account/security?xong=ung-dung', 303)
      return page(request, reply, 200, 'Mã khôi phục', <CodesPage codes={codes} done={SAID['ung-dung']!} />)
    } catch (error) {
      if (error instanceof Invalid) return totpPage(request, reply, 422, error.fields)
      throw error
    }
  })
  app.post('/account/security/totp/removal', guarded, async (request, reply) => {
    officer(request)
    await removeTotp(request.ctx, {})
    return reply.redirect('/account/security?xong=go-ung-dung', 303)
  })

  app.post('/account/security/codes', guarded, async (request, reply) => {
    officer(request)
    return page(request, reply, 200, 'Mã khôi phục', <CodesPage codes={await renewCodes(request.ctx, {})} done="Đã tạo 10 mã mới; mã cũ hết hiệu lực." />)
  })

  app.get('/account/security/passkeys/new', guarded, (request, reply) => {
    officer(request)
    return page(request, reply, 200, 'Thêm khóa truy cập', <NewPasskeyPage />)
  })
  app.post('/account/security/passkeys/options', guarded, (request, reply) => {
    officer(request)
    return told(reply, () => beginPasskey(request.ctx))
  })
  app.post('/account/security/passkeys', guarded, (request, reply) => {
    officer(request)
    return told(reply, async () => ({ codes: await finishPasskey(request.ctx, request.body as never) }))
  })
  app.post<{ Params: { id: string } }>('/account/security/passkeys/:id/removal', guarded, async (request, reply) => {
    officer(request)
    await removePasskey(request.ctx, { id: request.params.id })
    return reply.redirect('/account/security?xong=go-khoa', 303)
  })

  const passwordPage = async (request: FastifyRequest, reply: FastifyReply, status: number, errors: Invalid['fields'] = []) => {
    officer(request)
    const rules = rulesOf(env)
    return page(request, reply, status, 'Đổi mật khẩu', <PasswordPage must={request.session?.mustChange ?? false} least={request.session?.hasFactor ? rules.withFactor : rules.alone} errors={errors} />)
  }
  app.get('/account/security/password', settling, (request, reply) => passwordPage(request, reply, 200))
  app.post('/account/security/password', guarded, async (request, reply) => {
    const { id } = officer(request)
    const fields = fieldsOf(request.body)
    const password = textOf(fields['password'])
    try {
      if (password !== textOf(fields['again'])) throw new Invalid([{ key: 'again', message: 'Hai lần gõ mật khẩu mới chưa giống nhau.' }])
      await setPassword(request.ctx, { officerId: id, password, current: textOf(fields['current']), keep: request.session!.id })
    } catch (error) {
      if (error instanceof Invalid) return passwordPage(request, reply, 422, error.fields)
      throw error
    }
    return reply.redirect('/account/security?xong=mat-khau', 303)
  })
}

