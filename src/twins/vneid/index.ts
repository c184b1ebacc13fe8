// A simulator of VNeID: an OpenID provider of its own with demo citizens, consent, a second factor and faults to switch on.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { formatDateTime } from '#core/text/dates.ts'
import { faultsPage, SLOW } from './faults-page.tsx'
import { type Desk, interact } from './interaction.ts'
import { loadKeys } from './keys.ts'
import { downPage, errorPage } from './pages.tsx'
import { fromHere, protect, readFields, sendPage } from './plain-http.ts'
import { CLIENT_ID, makeProvider, SESSION_COOKIE } from './provider.ts'
import { type Faults, type HandOver, noFaults, type VneidOptions } from './types.ts'

export { claimsOf, subjectOf } from './claims.ts'
export type { Faults, HandOver, VneidCitizen, VneidOptions } from './types.ts'

/** Below which path the simulator lives. */
export const PREFIX = '/twins/vneid'

export interface VneidTwin {
  /** Takes requests below `/twins/vneid`, prefix stripped or not, with the body unread. */
  readonly handler: (req: IncomingMessage, res: ServerResponse) => void
  /** Change the fields to switch faults on and off. */
  readonly faults: Faults
  readonly issuer: string
  /** What the platform signs in to the provider with. */
  readonly client: { readonly id: string; readonly secret: string }
}

/** Builds the simulator. Keys live in `dataDir`; sign-ins under way live in memory and are lost with the process. */
export function createVneidTwin(options: VneidOptions): VneidTwin {
  const { publicUrl, dataDir } = options
  const issuer = `${publicUrl}${PREFIX}`
  const keys = loadKeys(dataDir)
  const faults = noFaults()
  const log: HandOver[] = []
  const provider = makeProvider(options, issuer, keys, faults)
  const callback = provider.callback()
  const desk: Desk = { ...options, issuer, provider, keys, faults, log }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = seenAtPublicUrl(req, issuer)
    protect(res)
    if (path === '/faults') return switchboard(desk, req, res)
    if (faults.slowMs > 0) await sleep(faults.slowMs)
    if (faults.down) return sendPage(res, 503, downPage({ publicUrl, issuer }), { 'retry-after': '60' })
    if (await interact(desk, path, req, res)) return
    if (path === '/') return sendPage(res, 303, '', { location: `${publicUrl}/sign-in` })
    if (/^\/auth(\/|$)/.test(path)) beforeAuthorization(req, path, desk)
    await callback(req, res)
  }

  const handler = (req: IncomingMessage, res: ServerResponse): void => {
    answer(req, res).catch((error: Error) => {
      if (res.headersSent) return void res.destroy()
      sendPage(res, 500, errorPage({ publicUrl, issuer, lost: false, detail: error.message }))
    })
  }
  return { handler, faults, issuer, client: { id: CLIENT_ID, secret: keys.clientSecret } }
}

/** oidc-provider finds out where it is mounted by comparing the two. */
function readdress(req: IncomingMessage, mountedAt: string, url: string): void {
  req.url = url
  ;(req as IncomingMessage & { originalUrl?: string }).originalUrl = mountedAt + url
}

/** Makes the request look as it does from outside, whatever inner address it came by, so that all addresses in answers are public ones. */
function seenAtPublicUrl(req: IncomingMessage, issuer: string): string {
  const { host, protocol, pathname } = new URL(issuer)
  const url = req.url ?? '/'
  const inner = (url === PREFIX || url.startsWith(`${PREFIX}/`) || url.startsWith(`${PREFIX}?`) ? url.slice(PREFIX.length) : url) || '/'
  readdress(req, pathname, inner.startsWith('?') ? `/${inner}` : inner)
  req.headers['x-forwarded-proto'] = protocol.slice(0, -1)
  delete req.headers['x-forwarded-host']
  req.headers['x-seen-host'] = req.headers.host
  req.headers.host = host
  return req.url!.split('?')[0]!
}

/** Every sign-in begins with nobody signed in at VNeID: no leftover session answers for the next person at the same machine. */
function beforeAuthorization(req: IncomingMessage, path: string, { faults, issuer }: Desk): void {
  const cookies = (req.headers.cookie ?? '').split(/;\s*/).filter((cookie) => !cookie.startsWith(SESSION_COOKIE))
  req.headers.cookie = cookies.join('; ')
  if (!faults.wrongNonce || path !== '/auth') return
  const url = new URL(req.url!, 'http://x')
  url.searchParams.set('nonce', 'sai-nonce')
  readdress(req, new URL(issuer).pathname, url.pathname + url.search)
}

async function switchboard({ issuer, publicUrl, faults, log }: Desk, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const saved = req.method === 'POST'
  if (saved) {
    if (!fromHere(req, publicUrl))
      return sendPage(res, 403, errorPage({ publicUrl, issuer, lost: false, detail: 'Biểu mẫu đến từ trang khác.' }))
    const fields = await readFields(req)
    for (const name of ['refuses', 'wrongNonce', 'expiredToken', 'levelOneOnly', 'down'] as const) faults[name] = fields.get(name) === '1'
    faults.slowMs = SLOW.find(([ms]) => String(ms) === fields.get('slowMs'))?.[0] ?? 0
  }
  sendPage(
    res,
    200,
    faultsPage({
      action: `${new URL(issuer).pathname}/faults`,
      faults,
      saved,
      log: log.map((entry) => ({ ...entry, when: formatDateTime(entry.at) })),
    }),
  )
}

/** Mounts the simulator on the platform's own server: body unread, and none of the platform's sessions or CSRF checks. */
export function mountVneid(app: FastifyInstance, twin: VneidTwin): void {
  app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
      const options = { config: { session: false as const } }
      for (const path of ['/', '/*']) {
        scope.all(path, options, (request, reply) => {
          reply.hijack()
          twin.handler(request.raw, reply.raw)
        })
      }
    },
    { prefix: PREFIX },
  )
}
