// Where to go after signing in: only to a path of this site, and never round in circles.

// A browser reads \ as / and drops tabs and line breaks, so that "/\evil" and "/\t/evil" lead elsewhere.
const PLAIN_PATH = /^\/(?![/\\])[^\\\p{Cc}]*$/u

/** The path if it is one of this site, else null. Refuses whole addresses, `//host`, `/\host`, control characters, and the sign-in pages. */
export function safeReturnTo(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > 2000 || !PLAIN_PATH.test(given)) return null
  const url = URL.parse(given, 'http://this.invalid')
  if (url?.origin !== 'http://this.invalid' || url.pathname.startsWith('//') || /^\/sign-(in|out)(\/|$)/.test(url.pathname))
    return null
  return url.pathname + url.search + url.hash
}

/** `path?returnTo=…`, without it when there is nowhere to return to. */
export const withReturnTo = (path: string, returnTo: string | null): string =>
  returnTo === null ? path : `${path}?returnTo=${encodeURIComponent(returnTo)}`
