// How somebody wants pages to be: language and size of letters, kept in a cookie of this browser, known without signing in.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Lang } from '#ui/index.ts'

export interface Preference {
  readonly lang: Lang
  readonly large: boolean
}

const COOKIE = 'tinhso_reading'
const YEAR_SECONDS = 31_536_000

export function preferenceOf(request: Pick<FastifyRequest, 'cookies'>): Preference {
  const parts = (request.cookies?.[COOKIE] ?? '').split('.')
  return { lang: parts.includes('en') ? 'en' : 'vi', large: parts.includes('large') }
}

export function keepPreference(reply: FastifyReply, { lang, large }: Preference, publicUrl: string): void {
  const value = [lang === 'en' ? 'en' : '', large ? 'large' : ''].filter(Boolean).join('.')
  const options = { httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:'), path: '/' } as const
  if (value) reply.setCookie(COOKIE, value, { ...options, maxAge: YEAR_SECONDS })
  else reply.clearCookie(COOKIE, options)
}
