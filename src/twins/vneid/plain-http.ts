// Reading a small form and sending a page with nothing but Node's HTTP, since the simulator stands outside the platform's server code.

import type { IncomingMessage, ServerResponse } from 'node:http'

const LIMIT = 16_384

/** The fields of a posted form. Too long or broken ones read as empty. */
export async function readFields(req: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of req) {
    text += String(chunk)
    if (text.length > LIMIT) return new URLSearchParams()
  }
  return new URLSearchParams(text)
}

export function sendPage(res: ServerResponse, status: number, html: string, headers: Record<string, string> = {}): void {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(html)),
    ...headers,
  })
  res.end(html)
}

/** What keeps a page of sign-in from being framed, cached or scripted. */
export function protect(res: ServerResponse): void {
  res.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
  res.setHeader('x-content-type-options', 'nosniff')
  res.setHeader('referrer-policy', 'same-origin')
  res.setHeader('cache-control', 'no-store')
}

/** Whether a posted form came from the same site, as far as the browser tells. */
export function fromHere(req: IncomingMessage, publicUrl: string): boolean {
  const site = req.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = req.headers
  return (
    origin === undefined ||
    origin === 'null' ||
    URL.parse(origin)?.host === req.headers['x-seen-host'] ||
    origin === new URL(publicUrl).origin
  )
}
