// The simulator by itself: what it tells of itself, what it refuses, what it keeps over a restart. The whole sign-in is tested in web/session.

import { mkdtempSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock } from '#core/clock.ts'
import { memoryAdapter } from './adapter.ts'
import { claimsOf, describe as inWords } from './claims.ts'
import { createVneidTwin, type VneidCitizen } from './index.ts'

const citizen: VneidCitizen = {
  login: 'congdan1',
  personalId: '038196900001',
  fullName: 'Phạm Thị Mỵ',
  birthOn: '1996-05-19',
  sex: 'female',
  phone: null,
  email: null,
  address: { province: '38', commune: '14797', detail: 'Làng Cẻ' },
  ethnicity: '06',
  nationality: 'VN',
  level: 2,
}

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done)))))

async function open(publicUrl = 'https://dvc.example', dataDir = mkdtempSync(join(tmpdir(), 'tinhso-vneid-'))) {
  const twin = createVneidTwin({ publicUrl, dataDir, citizens: [citizen], clock: fixedClock('2026-11-20T02:00:00Z') })
  const server = createServer(twin.handler)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/twins/vneid`
  return { twin, dataDir, at: (path: string, init: RequestInit = {}) => fetch(base + path, { redirect: 'manual', ...init }) }
}

const authorize = (over: Record<string, string | undefined> = {}) => {
  const query: Record<string, string | undefined> = {
    client_id: 'tinhso',
    response_type: 'code',
    scope: 'openid identity',
    redirect_uri: 'https://dvc.example/sign-in/vneid/callback',
    state: 's',
    nonce: 'n',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...over,
  }
  return `/auth?${new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined))}`
}

describe('addresses', () => {
  test.each(['https://dvc.example', 'http://127.0.0.1:8080', 'https://tinh.example/so'])(
    'are those of %s, by whatever way it is asked',
    async (publicUrl) => {
      const { at } = await open(publicUrl)
      const told = (await (await at('/.well-known/openid-configuration')).json()) as Record<string, unknown>
      expect(told['issuer']).toBe(`${publicUrl}/twins/vneid`)
      for (const [name, value] of Object.entries(told))
        if (/_(endpoint|uri)$/.test(name)) expect(value).toMatch(new RegExp(`^${publicUrl}/twins/vneid/`))
      expect(told['code_challenge_methods_supported']).toEqual(['S256'])
      expect(told['scopes_supported']).toEqual(['openid', 'identity', 'address', 'phone', 'email', 'organization'])
    },
  )
  test('of a sign-in under https have secure cookies', async () => {
    const { at } = await open()
    const begun = await at(authorize())
    expect([begun.status, begun.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^(https:\/\/dvc\.example)?\/twins\/vneid\/interaction\/[\w-]+$/),
    ])
    for (const line of begun.headers.getSetCookie()) expect(line).toMatch(/; secure/i)
  })
})

describe('refuses', () => {
  test('another place to return to, with a page and no redirect', async () => {
    const { at } = await open()
    const answer = await at(authorize({ redirect_uri: 'https://evil.example/' }), { headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(await answer.text()).toContain('Bắt đầu đăng nhập lại')
  })
  test('a request without PKCE, and one without S256', async () => {
    const { at } = await open()
    for (const lack of [{ code_challenge: undefined, code_challenge_method: undefined }, { code_challenge_method: 'plain' }]) {
      expect((await at(authorize(lack))).headers.get('location')).toContain('error=invalid_request')
    }
  })
  test('a client without its secret', async () => {
    const { at } = await open()
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: 'https://dvc.example/sign-in/vneid/callback',
      code_verifier: 'y'.repeat(43),
    })
    expect((await at('/token', { method: 'POST', body, headers: { authorization: `Basic ${btoa('tinhso:sai')}` } })).status).toBe(401)
  })
})

test('keys outlive a restart, and belong to their owner alone', async () => {
  const first = await open()
  const keysOf = async ({ at }: typeof first) => (await (await at('/jwks')).json()) as unknown
  const again = await open('https://dvc.example', first.dataDir)
  expect(await keysOf(again)).toEqual(await keysOf(first))
  expect(again.twin.client).toEqual(first.twin.client)
  expect(await keysOf(await open())).not.toEqual(await keysOf(first))
  expect(statSync(join(first.dataDir, 'vneid-twin.json')).mode & 0o077).toBe(0)
  expect(JSON.stringify(await keysOf(first))).not.toMatch(/"(d|p|q)":/)
})

describe('faults', () => {
  test('are set and shown on their page, from this site only', async () => {
    const { at, twin } = await open()
    const set = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      at('/faults', { method: 'POST', body: new URLSearchParams(fields), headers })
    expect((await set({ down: '1' }, { origin: 'https://evil.example' })).status).toBe(403)
    expect(twin.faults.down).toBe(false)
    const page = await (await set({ down: '1', slowMs: '3000' }, { origin: 'https://dvc.example' })).text()
    expect(page).toMatch(/name="down" value="1" checked/)
    expect(twin.faults).toMatchObject({ down: true, slowMs: 3000, refuses: false })
    twin.faults.slowMs = 0
    expect((await at('/.well-known/openid-configuration')).status).toBe(503)
    await set({})
    expect((await at('/.well-known/openid-configuration')).status).toBe(200)
  })
  test('slow answers late', async () => {
    const { at, twin } = await open()
    twin.faults.slowMs = 300
    const began = performance.now()
    await at('/jwks')
    expect(performance.now() - began).toBeGreaterThan(290)
  })
})

test('pages may neither be framed nor run scripts', async () => {
  const { at } = await open()
  const page = await at('/faults')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(await page.text()).not.toContain('<script')
})

test('claims carry codes, the consent screen names', () => {
  expect(claimsOf(citizen, 1)).toMatchObject({
    personal_id: '038196900001',
    gender: 'female',
    level: 1,
    address: { commune: '14797' },
    preferred_username: 'congdan1',
  })
  expect(claimsOf(citizen).sub).toMatch(/^vneid-[0-9a-f]{32}$/)
  const shown = inWords(citizen, 2, ['openid', 'identity', 'address', 'phone'], (catalog, code) => `${catalog}:${code}`)
  expect(shown.map(({ scope }) => scope)).toEqual(['identity', 'address'])
  expect(shown[1]!.lines).toEqual(['Làng Cẻ, xa:14797, tinh:38'])
  expect(shown[0]!.lines).toContain('Ngày sinh: 19/05/1996')
})

test('what oidc-provider stores ends in time and stays bounded', async () => {
  let now = 0
  const adapter = memoryAdapter(() => now)
  const [codes, sessions] = [adapter('AuthorizationCode'), adapter('Session')]
  await codes.upsert('a', { grantId: 'g' }, 60)
  await sessions.upsert('b', { uid: 'u' }, 60)
  await codes.consume('a')
  expect(await codes.find('a')).toMatchObject({ consumed: 0 })
  expect(await sessions.findByUid('u')).toMatchObject({ uid: 'u' })
  expect(await sessions.find('a')).toBeUndefined()
  await codes.revokeByGrantId('g')
  expect(await codes.find('a')).toBeUndefined()
  now = 60_000
  expect(await sessions.find('b')).toBeUndefined()
  for (let n = 0; n < 20_500; n++) await codes.upsert(`n${n}`, {}, 60)
  expect(await codes.find('n0')).toBeUndefined()
  expect(await codes.find('n20499')).toBeDefined()
})
