// For tests only: the sign-in room and the simulator on a real loopback port, and a browser small enough to watch.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import { createCredentials } from '#modules/identity/index.ts'
import { OFFICERS, PASSWORD, seedAgency, type Stage, stage } from '#modules/identity/testing.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { createVneidTwin, mountVneid, type VneidCitizen, type VneidTwin } from '#twins/vneid/index.ts'
import { checkCsrf, requireCitizen, requireOfficer, sessionPlugin, sessionRoutes } from './index.ts'

const citizen = (n: number, level: 1 | 2, more: Partial<VneidCitizen> = {}): VneidCitizen => ({
  login: `congdan${n}`,
  personalId: `03819690000${n}`,
  fullName: `Nguyễn Văn ${n}`,
  birthOn: '1996-05-19',
  sex: 'male',
  phone: '0900100001',
  email: null,
  address: { province: '38', commune: '14797', detail: 'Số 12' },
  ethnicity: '01',
  nationality: 'VN',
  level,
  ...more,
})

export const CITIZENS = [citizen(1, 2), citizen(2, 1)]

export interface Room {
  readonly app: FastifyInstance
  readonly database: TestDatabase
  readonly on: Stage
  readonly twin: VneidTwin
  readonly publicUrl: string
  browser(): Browser
  close(): Promise<void>
}

/** The public address is one that does not resolve: what reaches it must go by the internal base or by this browser. */
export async function openRoom(): Promise<Room> {
  const publicUrl = 'http://dvc.tinh.invalid'
  const dataDir = mkdtempSync(join(tmpdir(), 'tinhso-session-'))
  const database = await freshDatabase()
  await seedAgency(database.pool)
  const on = stage(database.db, { publicUrl, dataDir })
  await createCredentials(on.platform(), { password: PASSWORD, officers: OFFICERS })
  const twin = createVneidTwin({ publicUrl, dataDir, citizens: CITIZENS, clock: on.clock })
  const app = Fastify({ forceCloseConnections: true })
  let base = ''
  app.setErrorHandler((error, _request, reply) =>
    error instanceof AppError ? reply.code(error.status).send({ code: error.code, detail: error.message }) : reply.send(error),
  )
  await app.register(formbody)
  await app.register(sessionPlugin, { env: on.env })
  await app.register(sessionRoutes, {
    env: on.env,
    vneid: {
      issuer: twin.issuer,
      clientId: twin.client.id,
      clientSecret: twin.client.secret,
      internalBase: () => base,
      timeout: 2,
      discoveryFor: 0,
    },
  })
  const who = (request: FastifyRequest) => ({ actor: request.ctx.actor, session: request.session, csrf: request.csrfToken ?? null })
  app.get('/who', async (request) => who(request))
  app.post('/who', async (request) => ({ ...who(request), body: request.body }))
  // stands for an upload: read by the handler, whatever is in it
  app.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))))
  app.post('/upload', { config: { csrf: 'in-body' } }, async (request) => {
    checkCsrf(request, (request.body as Record<string, string>)['token'])
    return who(request)
  })
  app.get('/asset', { config: { session: false } }, async (request) => who(request))
  app.get('/desk', { preHandler: requireOfficer }, async (request) => who(request))
  app.post('/desk', { preHandler: requireOfficer }, async (request) => who(request))
  app.get('/mine', { preHandler: requireCitizen }, async (request) => who(request))
  mountVneid(app, twin)
  base = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    app,
    database,
    on,
    twin,
    publicUrl,
    browser: () => new Browser(base, publicUrl),
    async close() {
      await app.close()
      await database.close()
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
type Loose = any

export interface Answer {
  readonly status: number
  readonly url: string
  readonly text: string
  readonly headers: Headers
  json(): Record<string, Loose>
}

/** Keeps cookies by path, follows redirects by hand, sends what a browser would say about where it comes from. */
export class Browser {
  readonly cookies = new Map<string, { value: string; path: string }>()
  readonly base: string
  readonly publicUrl: string
  constructor(base: string, publicUrl: string) {
    this.base = base
    this.publicUrl = publicUrl
  }

  async send(
    method: string,
    path: string,
    {
      form,
      headers = {},
      follow = true,
    }: { form?: Record<string, string | string[]>; headers?: Record<string, string>; follow?: boolean } = {},
  ): Promise<Answer> {
    const url = new URL(path, this.publicUrl)
    if (url.origin !== this.publicUrl) throw new Error(`Trình duyệt bị đưa ra ngoài: ${url.href}`)
    const cookie = [...this.cookies]
      .filter(([, { path: under }]) => url.pathname.startsWith(under))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
    const body =
      form &&
      new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])))
    const response = await fetch(this.base + url.pathname + url.search, {
      method,
      body,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        'user-agent': 'Chrome/140 Windows',
        ...(cookie && { cookie }),
        ...(method !== 'GET' && { origin: this.publicUrl }),
        ...headers,
      },
    })
    this.keep(response.headers.getSetCookie())
    const location = response.headers.get('location')
    if (follow && location && response.status === 303) {
      await response.body?.cancel()
      return this.send('GET', new URL(location, url).href)
    }
    const text = await response.text()
    return { status: response.status, url: url.pathname + url.search, text, headers: response.headers, json: () => JSON.parse(text) }
  }

  get = (path: string, options: { headers?: Record<string, string>; follow?: boolean } = {}) => this.send('GET', path, options)
  post = (path: string, form: Record<string, string | string[]>, options: { headers?: Record<string, string>; follow?: boolean } = {}) =>
    this.send('POST', path, { form, ...options })

  private keep(lines: string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/'
      const gone = attributes.some((attribute) => /^expires=Thu, 01 Jan 1970/i.test(attribute) || /^max-age=0$/i.test(attribute))
      if (gone) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), path })
    }
  }

  /** Who the server takes this browser for. */
  who = async () => (await this.get('/who')).json() as { actor: Loose; session: Loose; csrf: string | null }

  officer = (login: string, password = PASSWORD, more: Record<string, string> = {}) =>
    this.post('/sign-in/officer', { login, password, ...more })

  /** Up to the simulator's list of people. */
  toVneid = (returnTo?: string) => this.get(`/sign-in/vneid${returnTo === undefined ? '' : `?returnTo=${encodeURIComponent(returnTo)}`}`)
}

export const field = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
export const actionOf = (html: string, end: string): string => new RegExp(`action="([^"]*/${end})"`).exec(html)?.[1] ?? ''

/** From the list of people to the consent screen. */
export async function toConsent(browser: Browser, people: Answer, person: VneidCitizen): Promise<Answer> {
  const next = await browser.post(actionOf(people.text, 'citizen'), { citizen: person.personalId })
  if (!next.text.includes('Nhập mã xác thực')) return next
  const otp = /class="otp">(\d{6})</.exec(next.text)![1]!
  return browser.post(actionOf(next.text, 'otp'), { citizen: person.personalId, otp })
}

/** Agrees; `follow: false` stops at the answer that leads back to us. */
export const agree = (browser: Browser, consent: Answer, scopes: string[] = ['address', 'phone'], follow = true) =>
  browser.post(
    actionOf(consent.text, 'consent'),
    {
      citizen: field(consent.text, 'citizen'),
      level: field(consent.text, 'level'),
      pass: field(consent.text, 'pass'),
      scope: scopes,
    },
    { follow },
  )

export async function signInAtVneid(browser: Browser, person: VneidCitizen, returnTo?: string): Promise<Answer> {
  return agree(browser, await toConsent(browser, await browser.toVneid(returnTo), person))
}
