// Signing in and sessions on a real database.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { as, type Ctx } from '#core/ctx.ts'
import { listEvents } from '#core/events/index.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import {
  actorOfSession,
  createCredential,
  createCredentials,
  findCitizen,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  setPassword,
  signInCitizen,
  signInOfficer,
  signOut,
  switchPost,
  unlock,
} from './index.ts'
import { claimsOf, OFFICERS, PASSWORD, seedAgency, type Stage, stage } from './testing.ts'

let database: TestDatabase
let on: Stage

beforeAll(async () => {
  database = await freshDatabase()
  await seedAgency(database.pool)
  await createCredentials(stage(database.db).platform(), { password: PASSWORD, officers: OFFICERS })
})
beforeEach(async () => {
  on = stage(database.db)
  await database.pool.query('truncate identity.failure, identity.session, identity.token')
})
afterAll(() => database.close())

const seen = (secret: string) => actorOfSession(database.db, secret, on.clock.now())
const officer = (login: string, password = PASSWORD) => signInOfficer(on.nobody(), { login, password })
const facts = async (subject: string) => (await listEvents(database.db, subject)).map((event) => event.name)
const acting = async (secret: string): Promise<Ctx> => as(on.nobody(), (await seen(secret))!.actor)

describe('citizens', () => {
  test('come in by their claims, and are the same person next time with a new name and number', async () => {
    const first = await signInCitizen(on.nobody(), claimsOf(1, { level: 1 }))
    expect((await seen(first.secret))!.actor).toMatchObject({ kind: 'citizen', name: 'Công Dân 1', personalId: '038196000001', level: 1 })
    const second = await signInCitizen(on.nobody(), claimsOf(1, { full_name: ' Tên Mới ', personal_id: '038196009999' }))
    expect(second.actor).toMatchObject({ name: 'Tên Mới', personalId: '038196009999', level: 2 })
    expect((second.actor as { id: string }).id).toBe((first.actor as { id: string }).id)
    expect((await seen(first.secret))!.actor).toMatchObject({ level: 1, name: 'Tên Mới' })
  })
  test('leave the fact with the names of what was received, not the values', async () => {
    const { actor } = await signInCitizen(on.nobody(), claimsOf(2, { phone: '0912345678' }))
    const [event] = await listEvents(database.db, (actor as { id: string }).id)
    expect(event).toMatchObject({ name: 'identity.citizen_signed_in', actorName: 'Công Dân 2' })
    expect(event!.data['received']).toContain('phone')
    expect(JSON.stringify(event!.data)).not.toContain('0912345678')
  })
  test.each([{ personal_id: undefined }, { personal_id: '12345' }, { full_name: ' ' }, { level: 3 }, { sub: '' }])(
    'are refused with %o',
    async (lack) => {
      await expect(signInCitizen(on.nobody(), claimsOf(3, lack))).rejects.toMatchObject({ status: 422 })
    },
  )
  test('claims can be read again for prefilling', async () => {
    const { actor } = await signInCitizen(
      on.nobody(),
      claimsOf(4, { address: { province: 'Thanh Hóa', commune: 'Phường Hạc Thành', detail: '12 Lê Lợi' } }),
    )
    const profile = await findCitizen(database.db, (actor as { id: string }).id)
    expect(profile).toMatchObject({ birthDate: '1996-02-29', claims: { address: { commune: 'Phường Hạc Thành' } } })
  })
})

describe('officers', () => {
  test('with one post act in it at once; with several in none until they choose', async () => {
    const one = await officer(' CanBo1 ')
    expect(one.actor).toMatchObject({ kind: 'officer', name: 'Lê Thị Mai', posts: [{ id: 'p1', role: 'mot_cua', unitName: 'Sở Nội vụ' }] })
    const two = await officer('canbo2')
    expect([two.post, two.posts.map((post) => post.id), two.actor.kind === 'officer' && two.actor.posts]).toEqual([null, ['p2', 'p3'], []])
    const none = await officer('canbo3')
    expect([none.post, none.posts]).toEqual([null, []])
  })
  test('wrong password and unknown login are told in the same words, and lock in the same way', async () => {
    const says = async (login: string) => (await officer(login, 'sai').catch((error: Error) => error)) as Error
    for (let n = 1; n <= 5; n++) {
      const [known, unknown] = [await says('canbo1'), await says('khong.co')]
      expect(known).toMatchObject({ code: n < 5 ? 'identity.wrong_password' : 'identity.locked' })
      expect(known.message).toBe(unknown.message)
    }
    expect((await says('canbo1')).message).toContain('09:15 ngày 20/11/2026')
    await expect(officer('canbo1')).rejects.toMatchObject({ code: 'identity.locked' })
    on.clock.pass(15)
    expect((await officer('canbo1')).actor).toMatchObject({ id: 'officer-1' })
    expect(await facts('login:canbo1')).toEqual([...Array(5).fill('identity.sign_in_failed'), 'identity.login_locked'])
    expect(JSON.stringify(await listEvents(database.db, 'login:canbo1'))).not.toContain('sai"')
  })
  test('a success forgets the wrong tries', async () => {
    for (let n = 0; n < 4; n++) await officer('canbo1', 'sai').catch(() => {})
    await officer('canbo1')
    await expect(officer('canbo1', 'sai')).rejects.toMatchObject({ code: 'identity.wrong_password' })
  })
  test('many wrong tries at once lock all the same, and count one lock', async () => {
    const before = (await facts('login:canbo2')).length
    await Promise.allSettled(Array.from({ length: 12 }, () => officer('canbo2', 'sai')))
    await expect(officer('canbo2')).rejects.toMatchObject({ code: 'identity.locked' })
    expect((await facts('login:canbo2')).slice(before).filter((name) => name === 'identity.login_locked')).toHaveLength(1)
  })
  test('what is no login is not written down: it may be a password', async () => {
    await expect(officer('Mật khẩu của tôi!')).rejects.toMatchObject({ code: 'identity.wrong_password' })
    expect(await facts('login:mật khẩu của tôi!')).toEqual([])
  })
  test('an administrator unlocks', async () => {
    for (let n = 0; n < 5; n++) await officer('canbo1', 'sai').catch(() => {})
    await expect(unlock(on.nobody(), { login: 'canbo1' })).rejects.toMatchObject({ status: 403 })
    await unlock(await acting((await officer('canboadmin')).secret), { login: 'canbo1' })
    expect((await officer('canbo1')).post).toMatchObject({ id: 'p1' })
  })
})

describe('passwords', () => {
  test('are changed with the current one, end all sessions, and fall to no stranger', async () => {
    const { secret } = await officer('canbo3')
    const me = await acting(secret)
    const better = 'Sông Mã chảy qua 7 huyện'
    await expect(setPassword(me, { officerId: 'officer-3', password: better, current: 'sai' })).rejects.toMatchObject({ status: 422 })
    await expect(setPassword(me, { officerId: 'officer-1', password: better, current: PASSWORD })).rejects.toMatchObject({ status: 403 })
    await expect(setPassword(me, { officerId: 'officer-3', password: 'yếu', current: PASSWORD })).rejects.toMatchObject({ status: 422 })
    await setPassword(me, { officerId: 'officer-3', password: better, current: PASSWORD })
    expect(await seen(secret)).toBeNull()
    expect((await officer('canbo3', better)).actor).toMatchObject({ id: 'officer-3' })
    await setPassword(on.platform(), { officerId: 'officer-3', password: PASSWORD })
  })
  test('given in bulk are hashed once and keep what is there', async () => {
    const hashes = await database.pool.query('select distinct password_hash from identity.credential where officer_id <> $1', ['officer-3'])
    expect(hashes.rowCount).toBe(1)
    expect(hashes.rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await createCredentials(on.platform(), { password: 'khác hẳn 123', officers: OFFICERS })).toBe(0)
    await expect(createCredentials(on.nobody(), { password: 'khác hẳn 123', officers: [] })).rejects.toMatchObject({ status: 403 })
    await expect(createCredential(on.platform(), { officerId: 'officer-9', login: 'canbo1', password: PASSWORD })).rejects.toMatchObject({
      code: 'identity.login_taken',
    })
    await expect(createCredential(on.platform(), { officerId: 'officer-1', login: 'khac', password: PASSWORD })).rejects.toMatchObject({
      code: 'identity.has_credential',
    })
  })
})

describe('sessions', () => {
  test('only the digest of the secret is stored', async () => {
    const { secret, sessionId } = await officer('canbo1')
    expect(secret).toMatch(/^[\w-]{43}$/)
    const rows = await database.pool.query('select * from identity.session')
    expect(JSON.stringify(rows.rows)).not.toContain(secret)
    expect(await seen(sessionId)).toBeNull()
  })
  test('lock when idle, stay awake while used, and end for good after eight hours', async () => {
    const { secret } = await officer('canbo1')
    for (let n = 0; n < 34; n++) {
      on.clock.pass(14)
      expect(await seen(secret)).toMatchObject({ locked: false })
    }
    on.clock.pass(3) // 7 h 59
    expect(await seen(secret)).not.toBeNull()
    on.clock.pass(1)
    expect(await seen(secret)).toBeNull()
    const [idle, admin] = [await officer('canbo1'), await officer('canboadmin')]
    on.clock.pass(5)
    expect([(await seen(idle.secret))!.locked, (await seen(admin.secret))!.locked]).toEqual([false, true])
    on.clock.pass(15)
    expect((await seen(idle.secret))!.locked).toBe(true)
    expect((await seen(idle.secret))!.locked).toBe(true) // asking does not wake it
  })
  test('touch their row at most once a minute', async () => {
    const { secret, sessionId } = await officer('canbo1')
    const stamp = async () =>
      (await database.pool.query('select xmin::text, seen_at from identity.session where id = $1', [sessionId])).rows[0]
    const first = await stamp()
    on.clock.pass(0.9)
    await seen(secret)
    expect(await stamp()).toEqual(first)
    on.clock.pass(0.1)
    await seen(secret)
    expect((await stamp()).seen_at).toEqual(on.clock.now())
  })
  test('end by sign-out, by revocation, and all others at once; only one’s own', async () => {
    const [a, b, c] = [await officer('canbo1'), await officer('canbo1'), await officer('canbo1')]
    const other = await officer('canbo3')
    const me = await acting(a.secret)
    expect((await listSessions(database.db, me.actor, on.clock.now())).map((row) => row.id).sort()).toEqual(
      [a, b, c].map((s) => s.sessionId).sort(),
    )
    await expect(revokeSession(me, { sessionId: other.sessionId })).rejects.toMatchObject({ status: 404 })
    await revokeSession(me, { sessionId: b.sessionId })
    expect([await seen(b.secret), (await seen(other.secret)) !== null]).toEqual([null, true])
    expect(await revokeOtherSessions(me, { keep: a.sessionId })).toBe(1)
    expect([await seen(c.secret), (await seen(a.secret)) !== null]).toEqual([null, true])
    await signOut(me, { sessionId: a.sessionId })
    expect(await seen(a.secret)).toBeNull()
    expect((await facts('officer-1')).slice(-3)).toEqual(['identity.session_revoked', 'identity.session_revoked', 'identity.signed_out'])
  })
  test('a new sign-in ends the session this browser had', async () => {
    const before = await officer('canbo1')
    await signInOfficer(on.nobody(), { login: 'canbo1', password: PASSWORD }, { replaces: before.sessionId })
    expect(await seen(before.secret)).toBeNull()
  })
  test('act in the post chosen, only if it is held today, and only until it ends', async () => {
    const { secret, sessionId } = await officer('canbo2')
    const me = await acting(secret)
    await expect(switchPost(me, { sessionId, postId: 'p1' })).rejects.toMatchObject({ code: 'identity.post_not_held' })
    await expect(switchPost(me, { sessionId, postId: 'p4' })).rejects.toMatchObject({ code: 'identity.post_not_held' })
    await switchPost(me, { sessionId, postId: 'p3' })
    expect((await seen(secret))!.actor).toMatchObject({ posts: [{ id: 'p3' }] })
    const [event] = (await listEvents(database.db, 'officer-2')).slice(-1)
    expect(event).toMatchObject({ name: 'identity.post_switched', unitId: 'u2', data: { from: null, to: 'p3' } })
    on.clock.set('2026-11-20T16:59:00Z') // 23:59, the last day of p3
    const late = await officer('canbo2')
    await switchPost(await acting(late.secret), { sessionId: late.sessionId, postId: 'p3' })
    on.clock.pass(1)
    const after = (await seen(late.secret))!
    expect([after.post, after.posts.map((post) => post.id), after.actor.kind === 'officer' && after.actor.posts]).toEqual([
      null,
      ['p2'],
      [],
    ])
  })
  test('cannot be turned to a post by another officer', async () => {
    const victim = await officer('canbo2')
    await expect(
      switchPost(await acting((await officer('canbo1')).secret), { sessionId: victim.sessionId, postId: 'p2' }),
    ).rejects.toMatchObject({ status: 403 })
  })
})
