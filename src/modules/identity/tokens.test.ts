// Tokens, a morning's rush, and forgetting, on a real database.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listEvents } from '#core/events/index.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import {
  actorOfToken,
  createCredentials,
  forgetStale,
  hasCredentials,
  issueToken,
  knowCitizen,
  revokeToken,
  signInOfficer,
} from './index.ts'
import { claimsOf, OFFICERS, PASSWORD, seedAgency, type Stage, stage } from './testing.ts'

let database: TestDatabase
let on: Stage

beforeAll(async () => {
  database = await freshDatabase()
  await seedAgency(database.pool)
})
beforeEach(() => {
  on = stage(database.db)
})
afterAll(() => database.close())

const officer = (login: string, password = PASSWORD) => signInOfficer(on.nobody(), { login, password })
const facts = async (subject: string) => (await listEvents(database.db, subject)).map((event) => event.name)

test('whether anybody has an account is known', async () => {
  expect(await hasCredentials(database.db)).toBe(false)
  expect(await createCredentials(on.platform(), { password: PASSWORD, officers: OFFICERS })).toBe(OFFICERS.length)
  expect(await hasCredentials(database.db)).toBe(true)
})

describe('tokens', () => {
  const who = (token: string) => actorOfToken(database.db, token, on.clock.now())
  test('speak for an officer in every post, or in one', async () => {
    const all = await issueToken(on.platform(), { login: 'canbo2', hours: 1 })
    expect(all.token).toMatch(/^ts_[\w-]{43}$/)
    expect((await who(all.token))!.actor).toMatchObject({ posts: [{ id: 'p2' }, { id: 'p3' }] })
    const one = await issueToken(on.platform(), { login: 'canbo2', postId: 'p3', hours: 100 })
    expect((await who(one.token))!.actor).toMatchObject({ posts: [{ id: 'p3' }] })
    on.clock.pass(60)
    expect(await who(all.token)).toBeNull()
    on.clock.set('2026-11-20T17:00:00Z')
    expect((await who(one.token))!.actor).toMatchObject({ posts: [] })
    await expect(issueToken(on.platform(), { login: 'canbo2', postId: 'p1', hours: 1 })).rejects.toMatchObject({ status: 422 })
  })
  test('speak for a citizen known by number or demo login, signed in or not', async () => {
    await knowCitizen(on.platform(), claimsOf(20, { preferred_username: 'congdan20' }))
    for (const login of ['congdan20', '038196000020']) {
      const { token } = await issueToken(on.platform(), { login, hours: 1 })
      expect((await who(token))!.actor).toMatchObject({ kind: 'citizen', personalId: '038196000020', level: 2 })
    }
    await expect(issueToken(on.platform(), { login: 'congdan21', hours: 1 })).rejects.toMatchObject({ status: 404 })
  })
  test('are issued by administrators only, stored as a digest, and revoked', async () => {
    await expect(issueToken(on.nobody(), { login: 'canbo1', hours: 1 })).rejects.toMatchObject({ status: 403 })
    const { token } = await issueToken(on.platform(), { login: 'canbo1', hours: 1 })
    expect(JSON.stringify((await database.pool.query('select * from identity.token')).rows)).not.toContain(token.slice(3))
    await revokeToken(on.nobody(), { token })
    expect(await who(token)).toBeNull()
    await expect(revokeToken(on.nobody(), { token })).rejects.toMatchObject({ status: 404 })
    for (const odd of ['', 'ts_', `ts_${'a'.repeat(43)}`, token.slice(3)]) expect(await who(odd)).toBeNull()
  })
})

test('a morning: 150 officers within moments, none waits long, the process stays awake', async () => {
  let longest = 0
  let last = performance.now()
  const ticking = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  const began = performance.now()
  await Promise.all(Array.from({ length: 150 }, () => officer('canbo1')))
  const took = performance.now() - began
  clearInterval(ticking)
  console.log(`150 sign-ins: ${Math.round(took)} ms, longest pause of the event loop ${Math.round(longest)} ms`)
  expect(took).toBeLessThan(15_000)
  expect(longest).toBeLessThan(500)
})

test('what no longer matters is forgotten, the facts stay', async () => {
  await officer('canbo1')
  await officer('canbo1', 'sai').catch(() => {})
  const before = (await facts('login:canbo1')).length
  on.clock.pass(60 * 24 * 92)
  await forgetStale(on.platform(), {})
  const left = await database.pool.query('select (select count(*) from identity.session) + (select count(*) from identity.failure) as n')
  expect(left.rows[0].n).toBe(0)
  expect((await facts('login:canbo1')).length).toBe(before)
})

test('four thousand accounts at once take one hash', async () => {
  const many = Array.from({ length: 4000 }, (_, n) => ({ officerId: `o${n}`, login: `nhieu${n}` }))
  const began = performance.now()
  expect(await createCredentials(on.platform(), { password: 'TinhSo@2026', officers: many })).toBe(4000)
  const took = performance.now() - began
  console.log(`4,000 credentials: ${Math.round(took)} ms`)
  expect(took).toBeLessThan(5000)
})
