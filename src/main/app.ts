// The HTTP server: one Fastify instance with all faces, the twins and the assets on one port.

import compress from '@fastify/compress'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import zlib from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { loadAssets } from '../client/assets.ts'
import { heavy } from '../client/heavy.ts'
import type { Env } from '#core/ctx.ts'
import { MAX_FILE_BYTES } from '#modules/files/index.ts'
import { type BankTwin, createBankTwin, mountBank } from '#twins/bank/index.ts'
import { type MailTwin, mountMail } from '#twins/mail/index.tsx'
import { createNationalTwin, mountNational, type NationalTwin } from '#twins/national/index.tsx'
import { createSmsTwin, mountSms, type SmsGatewayTwin } from '#twins/sms/index.tsx'
import { createVneidTwin, mountVneid, type VneidTwin } from '#twins/vneid/index.ts'
import { admin } from '#web/admin/index.ts'
import { api } from '#web/api/index.ts'
import { desk } from '#web/desk/index.ts'
import { dev } from '#web/dev/index.ts'
import { onError } from '#web/errors.tsx'
import { liveRoutes } from '#web/live/index.ts'
import { callbackRoutes } from '#web/payments/index.ts'
import { portal } from '#web/portal/index.ts'
import { sessionPlugin, sessionRoutes } from '#web/session/index.ts'
import type { Config } from './config.ts'
import { nationalRows } from './national-list.ts'
import { demoCitizens, loadBanks } from './pack.ts'

export interface App {
  readonly server: FastifyInstance
  /** The simulator, in the demo. */
  readonly vneid: VneidTwin | null
  readonly sms: SmsGatewayTwin | null
  readonly national: NationalTwin | null
  readonly bank: BankTwin | null
}

export interface AppOptions {
  readonly logLevel?: string
  /** Where the server itself can be reached from inside, e.g. http://127.0.0.1:8080; the public address may not resolve here. */
  readonly innerUrl?: string
  /** Simulators and pages for developers are there only in the demo: in them anybody may be anybody. Default true. */
  readonly demo?: boolean
  /** The true identity provider; without it the demo's simulator. */
  readonly vneid?: Config['vneid']
  /** The demo's mail server, whose mails are to be shown. */
  readonly mail?: MailTwin
}

export async function makeApp(env: Env, { logLevel = 'warn', innerUrl, demo = true, vneid: provider = null, mail }: AppOptions = {}): Promise<App> {
  const server = Fastify({
    logger: { level: logLevel },
    trustProxy: 'loopback',
    bodyLimit: 4 * 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
    genReqId: () => crypto.randomUUID(),
  })
  await server.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'], brotliOptions: { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } } })
  securityHeaders(server)
  const assets = await loadAssets()
  server.decorate('pageAssets', assets.page.vi)
  server.decorate('pageAssetsEn', assets.page.en)
  for (const file of assets.files) {
    server.get(file.url, { config: { session: false } }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type(file.type).send(file.body))
  }
  server.get<{ Params: { file: string } }>('/assets/heavy/:file', { config: { session: false } }, async ({ params }, reply) => {
    const found = await heavy(params.file)
    if (!found) return reply.code(404).type('text/plain; charset=utf-8').send('Không có tệp này.')
    if ('at' in found) return reply.header('cache-control', 'no-cache').redirect(found.at)
    return reply.header('cache-control', 'public, max-age=31536000, immutable').type(found.file.type).send(found.file.body)
  })
  await server.register(formbody, { bodyLimit: 4 * 1024 * 1024 })
  await server.register(multipart, { limits: { fileSize: MAX_FILE_BYTES + 1, files: 20, fields: 500, fieldSize: 2 * 1024 * 1024 }, throwFileSizeLimit: false })
  server.setErrorHandler(onError)
  const vneid = demo ? createVneidTwin({ publicUrl: env.publicUrl, dataDir: env.dataDir, citizens: demoCitizens, clock: env.clock, nameOf: env.catalogs.name }) : null
  await server.register(sessionPlugin, { env })
  await server.register(sessionRoutes, {
    env, assets: assets.page.vi, place: 'Tỉnh Thanh Hóa',
    vneid: { ...(provider ?? clientOf(vneid)), internalBase: () => innerUrl ?? env.publicUrl },
  })
  server.get('/healthz', { config: { session: false } }, async (_request, reply) => {
    await env.db.selectFrom('core.migration').select('name').limit(1).execute()
    return reply.send({ status: 'ok' })
  })
  await server.register(api, { prefix: '/api/v1', env })
  await server.register(portal, { env })
  await server.register(liveRoutes, { env })
  await server.register(callbackRoutes, { prefix: '/payments', env })
  await server.register(desk, { prefix: '/desk', env })
  await server.register(admin, { prefix: '/admin', env })
  if (demo) await server.register(dev, { env })
  if (vneid) mountVneid(server, vneid)
  const sms = demo ? createSmsTwin(env.clock) : null
  if (sms) mountSms(server, sms)
  const national = demo ? createNationalTwin(nationalRows(), env.clock) : null
  if (national) mountNational(server, national)
  if (demo && mail) mountMail(server, mail)
  const bank = demo ? bankTwin(env, server, innerUrl) : null
  if (bank) mountBank(server, bank)
  return { server, vneid, sms, bank, national }
}

/** The simulated bank, when the platform was told of it; it knocks at our own door over HTTP, or where there is no port, without one. */
function bankTwin(env: Env, server: FastifyInstance, innerUrl: string | undefined): BankTwin | null {
  const provider = env.payments.providers.find((one) => one.payPage !== undefined)
  if (!provider) return null
  const path = `/payments/callbacks/${provider.id}`
  return createBankTwin({
    provider, publicUrl: env.publicUrl, dataDir: env.dataDir, clock: env.clock, banks: loadBanks(),
    deliver: async (body, headers) => {
      if (!innerUrl) return (await server.inject({ method: 'POST', url: path, headers, payload: body })).statusCode
      return (await fetch(innerUrl + path, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) })).status
    },
  })
}

/** Where nobody vouches for citizens, signing in says so: the address leads nowhere. */
const clientOf = (twin: VneidTwin | null) =>
  twin ? { issuer: twin.issuer, clientId: twin.client.id, clientSecret: twin.client.secret } : { issuer: 'https://vneid.invalid', clientId: 'none', clientSecret: 'none' }

const CSP = "default-src 'self'; img-src 'self' data: blob:; object-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"

/** No inline script or style anywhere, no guessing of types, no referrer to strangers. */
function securityHeaders(server: FastifyInstance): void {
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', CSP)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
  })
}
