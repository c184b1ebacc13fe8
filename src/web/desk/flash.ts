// One sentence on what has just happened, carried over the redirect in a cookie that the next page takes down.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { NoticeTone } from '#ui/index.ts'

export interface Said {
  readonly message: string
  readonly tone?: NoticeTone
  /** A place to go from there: a receipt to print. */
  readonly link?: { readonly href: string; readonly label: string }
}

const NAME = 'tinhso_said'
const TONES: readonly unknown[] = ['info', 'good', 'warn', 'bad', undefined]

export function say(request: FastifyRequest, reply: FastifyReply, said: Said): void {
  const value = Buffer.from(JSON.stringify(said)).toString('base64url')
  reply.setCookie(NAME, value, { path: '/', httpOnly: true, sameSite: 'lax', secure: request.ctx.publicUrl.startsWith('https:'), maxAge: 60 })
}

/** What the act before has said, once. A cookie that is not ours is nothing. */
export function heard(request: FastifyRequest, reply: FastifyReply): Said | null {
  const cookie = request.cookies[NAME]
  if (!cookie) return null
  reply.clearCookie(NAME, { path: '/' })
  try {
    const { message, tone, link } = JSON.parse(Buffer.from(cookie, 'base64url').toString()) as Said
    if (typeof message !== 'string' || !TONES.includes(tone)) return null
    const local = link && typeof link.href === 'string' && /^\/[^/\\]/.test(link.href) && typeof link.label === 'string'
    return { message, tone, link: local ? link : undefined }
  } catch {
    return null
  }
}
