// Whether an unsafe request was meant: by where the browser says it comes from, and by a token only our own pages can know.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The token of a session, for the field `_csrf` or the header X-CSRF-Token. */
export const csrfTokenOf = (secret: string, sessionId: string): string =>
  createHmac('sha256', secret).update(`csrf:${sessionId}`).digest('base64url')

export function isToken(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** `here`: the browser vouches that one of our pages sent it; `elsewhere`: another site did; `unsaid`: no browser, or a very old one. */
export type Origin = 'here' | 'elsewhere' | 'unsaid'

/** Reads Sec-Fetch-Site and Origin. What counts as here: `publicUrl`, and the very host the request was sent to. */
export function originOf(headers: IncomingHttpHeaders, publicUrl: string): Origin {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') return 'elsewhere'
  const { origin, host } = headers
  if (origin !== undefined && origin !== 'null') {
    const from = URL.parse(origin)
    return from && (from.origin === new URL(publicUrl).origin || from.host === host) ? 'here' : 'elsewhere'
  }
  if (site === 'same-origin') return 'here'
  return origin === 'null' ? 'elsewhere' : 'unsaid'
}
