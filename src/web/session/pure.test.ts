// Where to return to, where a request comes from, and what a cookie is worth: the decisions without a server.

import { describe, expect, test } from 'vitest'
import { readPending, setPending } from './cookies.ts'
import { csrfTokenOf, isToken, originOf } from './csrf.ts'
import { deviceWords as deviceOf } from '#modules/identity/index.ts'
import { safeReturnTo, withReturnTo } from './return-to.ts'

describe('return to', () => {
  test.each(['/', '/dossiers/H56-1?tab=2#part', '/tìm?q=a b', '/a//b', '/@evil.example', '/desk?next=https://evil.example'])(
    '%s is a path of ours',
    (path) => {
      const safe = safeReturnTo(path)
      expect(safe).not.toBeNull()
      expect(new URL(safe!, 'https://here.example').origin).toBe('https://here.example')
    },
  )
  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    'evil',
    '',
    ' /x',
    '/sign-in',
    '/sign-in?returnTo=/',
    '/sign-in/vneid',
    '/sign-out',
    '/./sign-in',
    '/.//evil.example',
    '/x/..//evil.example',
    '/a\\b',
    `/${'a'.repeat(2001)}`,
    null,
    undefined,
    ['/x'],
    3,
  ])('%j is not', (given) => expect(safeReturnTo(given)).toBeNull())
  test('an ampersand in it stays in it', () => {
    expect(new URL(withReturnTo('/sign-in', '/a?b=1&c=2'), 'http://x').searchParams.get('returnTo')).toBe('/a?b=1&c=2')
    expect(withReturnTo('/sign-in', null)).toBe('/sign-in')
  })
})

describe('where from', () => {
  const at = (headers: Record<string, string>) => originOf({ host: 'dvc.example', ...headers }, 'https://dvc.example')
  test.each([
    [{ origin: 'https://dvc.example' }, 'here'],
    [{ 'sec-fetch-site': 'same-origin' }, 'here'],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, 'here'],
    [{ host: 'localhost:8080', origin: 'http://localhost:8080' }, 'here'],
    [{}, 'unsaid'],
    [{ origin: 'https://evil.example' }, 'elsewhere'],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, 'elsewhere'],
    [{ origin: 'https://dvc.example.evil.example' }, 'elsewhere'],
    [{ origin: 'null' }, 'elsewhere'],
    [{ origin: 'rác' }, 'elsewhere'],
    [{ 'sec-fetch-site': 'cross-site' }, 'elsewhere'],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://dvc.example' }, 'elsewhere'],
  ])('%o → %s', (headers, verdict) => expect(at(headers as Record<string, string>)).toBe(verdict))
})

test('a CSRF token belongs to one session and one secret', () => {
  const token = csrfTokenOf('secret', 'session')
  expect(isToken(token, csrfTokenOf('secret', 'session'))).toBe(true)
  for (const other of [csrfTokenOf('secret', 'other'), csrfTokenOf('other', 'session'), '', undefined, ['x']])
    expect(isToken(other, token)).toBe(false)
})

describe('what is remembered while at VNeID', () => {
  const now = new Date('2026-11-20T02:00:00Z')
  const pending = { state: 's', nonce: 'n', verifier: 'v', returnTo: '/x' }
  let cookie = ''
  setPending({ setCookie: (_name: string, value: string) => (cookie = value) } as never, 'http://x', 'secret', pending, now)
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  test('is read back for ten minutes', () => {
    expect(readPending(cookie, 'secret', later(9))).toMatchObject(pending)
    expect(readPending(cookie, 'secret', later(10))).toBeNull()
  })
  test('is worth nothing when altered, of another server, or missing', () => {
    const forged = `${Buffer.from(JSON.stringify({ ...pending, until: 9e15 })).toString('base64url')}.${cookie.split('.')[1]}`
    for (const bad of [forged, `${cookie}x`, cookie.split('.')[0], '', undefined, '.']) expect(readPending(bad, 'secret', now)).toBeNull()
    expect(readPending(cookie, 'other', now)).toBeNull()
  })
})

test('devices in words', () => {
  expect(deviceOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36')).toBe(
    'Chrome trên Windows',
  )
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1')).toBe('Safari trên iOS')
  expect(deviceOf('curl/8')).toBe('Thiết bị không rõ')
})
