// The two cookies of sign-in: the session, and the few minutes between going to VNeID and coming back.

import { createHmac } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { isToken } from './csrf.ts'

export const SESSION_COOKIE = 'tinhso_session'
export const PENDING_COOKIE = 'tinhso_vneid'
const PENDING_PATH = '/sign-in/vneid'
const PENDING_SECONDS = 600

const common = (publicUrl: string) => ({ httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') }) as const

/** Without an end of its own: it goes with the browser window, which matters on shared machines. */
export const setSession = (reply: FastifyReply, publicUrl: string, secret: string) =>
  reply.setCookie(SESSION_COOKIE, secret, { ...common(publicUrl), path: '/' })

export const clearSession = (reply: FastifyReply, publicUrl: string) =>
  reply.clearCookie(SESSION_COOKIE, { ...common(publicUrl), path: '/' })

export const FACTOR_COOKIE = 'tinhso_factor'
const FACTOR_PATH = '/sign-in'

/** Between the password and the second factor: five minutes. */
export const setFactor = (reply: FastifyReply, publicUrl: string, secret: string) =>
  reply.setCookie(FACTOR_COOKIE, secret, { ...common(publicUrl), path: FACTOR_PATH, maxAge: 300 })

export const clearFactor = (reply: FastifyReply, publicUrl: string) => reply.clearCookie(FACTOR_COOKIE, { ...common(publicUrl), path: FACTOR_PATH })

export const DEVICE_COOKIE = 'tinhso_device'

/** By which a device is known again at the next sign-in; read nowhere else. */
export const setDevice = (reply: FastifyReply, publicUrl: string, mark: string) =>
  reply.setCookie(DEVICE_COOKIE, mark, { ...common(publicUrl), path: FACTOR_PATH, maxAge: 400 * 86_400 })

/** What must be remembered while the citizen is at VNeID. */
export interface Pending {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo: string | null
}

const seal = (secret: string, body: string): string => createHmac('sha256', secret).update(`vneid:${body}`).digest('base64url')

export function setPending(reply: FastifyReply, publicUrl: string, secret: string, pending: Pending, now: Date): void {
  const body = Buffer.from(JSON.stringify({ ...pending, until: now.getTime() + PENDING_SECONDS * 1000 })).toString('base64url')
  reply.setCookie(PENDING_COOKIE, `${body}.${seal(secret, body)}`, { ...common(publicUrl), path: PENDING_PATH, maxAge: PENDING_SECONDS })
}

export const clearPending = (reply: FastifyReply, publicUrl: string) =>
  reply.clearCookie(PENDING_COOKIE, { ...common(publicUrl), path: PENDING_PATH })

/** What was remembered, or null when it is missing, altered or older than ten minutes. */
export function readPending(cookie: string | undefined, secret: string, now: Date): Pending | null {
  const [body = '', mark = ''] = (cookie ?? '').split('.')
  if (body === '' || !isToken(mark, seal(secret, body))) return null
  const pending = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Pending & { until: number }
  return pending.until > now.getTime() ? pending : null
}
