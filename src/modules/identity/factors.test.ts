// Second factors, their locks, and what an administrator may do for who has lost them, on a real database.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { as, type Ctx } from '#core/ctx.ts'
import { listEvents } from '#core/events/index.ts'
import { STANDARD_SIGN_IN } from '#core/policy/sign-in.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import {
  actorOfSession, askPasskey, beginPasskey, beginSignIn, beginTotp, confirmByPasskey, confirmSelf, confirmTotp, createCredentials, disableAccount, disableUnusedAccounts, enableAccount,
  type FactorAsked, factorsOf, finishPasskey, finishSignIn, issueToken, listAccounts, listSignIns, removePasskey, removeTotp, renewCodes, resetFactors, setPassword,
  signInByPasskey, signInOfficer, type SignedIn,
} from './index.ts'
import { seal, unseal } from './sealing.ts'
import { OFFICERS, PASSWORD, seedAgency, type Stage, stage } from './testing.ts'
import { Authenticator } from './testing/authenticator.ts'
import { codeAt } from './totp.ts'

let database: TestDatabase
let on: Stage

beforeAll(async () => {
  database = await freshDatabase()
  await seedAgency(database.pool)
})
beforeEach(async () => {
  on = stage(database.db, { publicUrl: 'http://localhost:8107' })
  await database.pool.query(`truncate identity.failure, identity.session, identity.token, identity.totp, identity.passkey, identity.recovery_code, identity.challenge, identity.device,
    identity.sign_in, identity.password_past, identity.credential`)
  await createCredentials(on.platform(), { password: PASSWORD, officers: OFFICERS })
})
afterAll(() => database.close())

const signIn = (login: string, password = PASSWORD, device = {}) => beginSignIn(on.nobody(), { login, password }, device)
const acting = async (login: string): Promise<Ctx> => as(on.nobody(), (await signInOfficer(on.nobody(), { login, password: PASSWORD })).actor)
const asked = async (login: string): Promise<FactorAsked> => {
  const begun = await signIn(login)
  if (!('asked' in begun)) throw new Error('không hỏi lớp thứ hai')
  return begun
}
const code = (secret: string, seconds = 0) => codeAt(secret, new Date(on.clock.now().getTime() + seconds * 1000))
const finish = (begun: FactorAsked, typed: string, device = {}): Promise<SignedIn> => finishSignIn(on.nobody(), { secret: begun.secret, code: typed }, device)
const refusedWith = (found: string) => expect.objectContaining({ code: found })
const facts = async (subject: string) => (await listEvents(database.db, subject)).map((event) => event.name)

async function withTotp(login: string): Promise<{ ctx: Ctx; secret: string; codes: string[] }> {
  const ctx = await acting(login)
  const { secret } = await beginTotp(ctx, {})
  return { ctx, secret, codes: await confirmTotp(ctx, { code: code(secret) }) }
}

async function withPasskey(login: string): Promise<{ ctx: Ctx; key: Authenticator; codes: string[] }> {
  const ctx = await acting(login)
  const key = new Authenticator(on.env.publicUrl)
  const { ceremony, options } = await beginPasskey(ctx)
  return { ctx, key, codes: await finishPasskey(ctx, { ceremony, name: 'Máy bàn', response: key.create(options) }) }
}

describe('codes by time', () => {
  test('are asked for after the password, open one session, and each serves once', async () => {
    const { secret } = await withTotp('canbo1')
    on.clock.pass(1)
    const begun = await asked('canbo1')
    expect(begun).toMatchObject({ totp: true, passkeys: false })
    const now = code(secret)
    expect((await finish(begun, now)).actor).toMatchObject({ id: 'officer-1' })
    await expect(finish(begun, code(secret, 30))).rejects.toEqual(refusedWith('identity.factor_expired')) // that beginning is over
    await expect(finish(await asked('canbo1'), now)).rejects.toEqual(refusedWith('identity.wrong_code')) // the same thirty seconds
    on.clock.pass(0.5)
    expect(await finish(await asked('canbo1'), code(secret))).toBeTruthy()
  })
  test('drift by one step either way, no further', async () => {
    for (const [seconds, good] of [[-60, false], [-30, true], [0, true], [30, true], [60, false]] as const) {
      await database.pool.query('truncate identity.totp, identity.failure')
      const { secret } = await withTotp(`canbo2`)
      await database.pool.query('update identity.totp set last_step = null')
      const outcome = await finish(await asked('canbo2'), code(secret, seconds)).then(() => true, () => false)
      expect([seconds, outcome]).toEqual([seconds, good])
    }
  })
  test('two at the same moment: one gets in', async () => {
    const { secret } = await withTotp('canbo1')
    on.clock.pass(1)
    const [a, b] = [await asked('canbo1'), await asked('canbo1')]
    const outcomes = await Promise.allSettled([finish(a, code(secret)), finish(b, code(secret))])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  test('the secret is sealed in the database, bound to its owner and to the key outside', async () => {
    const { secret } = await withTotp('canbo1')
    const { rows } = await database.pool.query('select secret from identity.totp')
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(unseal(on.env.secret, rows[0].secret, 'officer-1')).toBe(secret)
    expect(() => unseal(on.env.secret, rows[0].secret, 'officer-2')).toThrow()
    expect(() => unseal('another key', rows[0].secret, 'officer-1')).toThrow()
    expect(seal('k', 'x', 'a')).not.toBe(seal('k', 'x', 'a'))
  })
  test('a proposal is no factor until it is confirmed', async () => {
    const ctx = await acting('canbo1')
    const { secret, uri } = await beginTotp(ctx, {})
    expect(uri).toMatch(/^otpauth:\/\/totp\/.*canbo1\?issuer=/)
    expect((await beginTotp(ctx, {})).secret).toBe(secret) // the page may be opened twice
    await expect(confirmTotp(ctx, { code: '000000' })).rejects.toMatchObject({ status: 422 })
    expect('asked' in (await signIn('canbo1'))).toBe(false)
  })
})

describe('wrong tries', () => {
  test('of password and code are one count: the fifth locks both', async () => {
    const { secret } = await withTotp('canbo1')
    on.clock.pass(1)
    for (let n = 0; n < 2; n++) await expect(signIn('canbo1', 'sai')).rejects.toEqual(refusedWith('identity.wrong_password'))
    const begun = await asked('canbo1') // the right password forgets nothing while a code is missing
    for (let n = 0; n < 2; n++) await expect(finish(begun, '000000')).rejects.toEqual(refusedWith('identity.wrong_code'))
    await expect(finish(begun, 'khongphaima')).rejects.toEqual(refusedWith('identity.locked'))
    await expect(finish(begun, code(secret))).rejects.toEqual(refusedWith('identity.locked'))
    await expect(signIn('canbo1')).rejects.toEqual(refusedWith('identity.locked'))
    on.clock.pass(15)
    expect(await finish(await asked('canbo1'), code(secret))).toBeTruthy()
    const ctx = as(on.nobody(), { kind: 'officer', id: 'officer-1', name: '', posts: [] })
    expect((await listSignIns(database.db, ctx.actor)).map((row) => row.outcome)).toEqual(['in', 'locked', 'wrong_factor', 'wrong_factor', 'wrong_password', 'wrong_password', 'in'])
  })
})

describe('recovery codes', () => {
  test('ten come with the first factor, each serves once, however it is typed; new ones end the old', async () => {
    const { ctx, codes } = await withTotp('canbo1')
    expect([codes.length, new Set(codes).size, codes.every((one) => /^[2-9a-z]{5}-[2-9a-z]{5}$/.test(one))]).toEqual([10, 10, true])
    const [first = '', second = ''] = codes
    expect((await finish(await asked('canbo1'), ` ${first.toUpperCase().replace('-', ' ')} `)).actor).toMatchObject({ id: 'officer-1' })
    await expect(finish(await asked('canbo1'), first)).rejects.toEqual(refusedWith('identity.wrong_code'))
    expect((await factorsOf(database.db, 'officer-1')).codesLeft).toBe(9)
    const fresh = await renewCodes(ctx, {})
    await expect(finish(await asked('canbo1'), second)).rejects.toEqual(refusedWith('identity.wrong_code'))
    expect(await finish(await asked('canbo1'), fresh[0]!)).toBeTruthy()
    const { rows } = await database.pool.query('select hash from identity.recovery_code')
    expect(JSON.stringify(rows)).not.toContain(fresh[1]!.slice(0, 5))
  })
})

describe('passkeys', () => {
  test('sign in alone, several to an officer, and say when they were last used', async () => {
    const { ctx, key, codes } = await withPasskey('canbo1')
    expect(codes).toHaveLength(10)
    const second = new Authenticator(on.env.publicUrl)
    const enrol = await beginPasskey(ctx)
    expect(enrol.options.authenticatorSelection).toMatchObject({ userVerification: 'required', residentKey: 'required' })
    expect(enrol.options.excludeCredentials).toHaveLength(1)
    expect(await finishPasskey(ctx, { ceremony: enrol.ceremony, name: '', response: second.create(enrol.options) })).toEqual([])
    const { ceremony, options } = await askPasskey(on.nobody(), null)
    expect([options.userVerification, options.allowCredentials]).toEqual(['required', undefined]) // tells nobody who has keys here
    const session = await signInByPasskey(on.nobody(), { ceremony, response: key.get(options) })
    expect(session.actor).toMatchObject({ id: 'officer-1', posts: [{ id: 'p1' }] })
    const { passkeys } = await factorsOf(database.db, 'officer-1')
    expect(passkeys.map(({ name, usedAt }) => [name, usedAt !== null])).toEqual([['Máy bàn', true], ['Khóa 2', false]])
  })
  test('a challenge serves one answer, right or wrong, for five minutes', async () => {
    const { key } = await withPasskey('canbo1')
    const a = await askPasskey(on.nobody(), null)
    const answer = key.get(a.options)
    await signInByPasskey(on.nobody(), { ceremony: a.ceremony, response: answer })
    await expect(signInByPasskey(on.nobody(), { ceremony: a.ceremony, response: answer })).rejects.toEqual(refusedWith('identity.challenge_gone'))
    const b = await askPasskey(on.nobody(), null)
    await expect(signInByPasskey(on.nobody(), { ceremony: b.ceremony, response: answer })).rejects.toEqual(refusedWith('identity.passkey_refused'))
    await expect(signInByPasskey(on.nobody(), { ceremony: b.ceremony, response: key.get(b.options) })).rejects.toEqual(refusedWith('identity.challenge_gone'))
    const c = await askPasskey(on.nobody(), null)
    on.clock.pass(5)
    await expect(signInByPasskey(on.nobody(), { ceremony: c.ceremony, response: key.get(c.options) })).rejects.toEqual(refusedWith('identity.challenge_gone'))
  })
  test.each([
    ['from another site', { origin: 'https://tinhso.evil.example' }], ['for another site', { rpId: 'evil.example' }], ['without finger, face or PIN', { unverified: true }],
    ['with a counter that went back', { counter: 0 }],
  ])('are refused %s', async (_name, lies) => {
    const { key } = await withPasskey('canbo1')
    const first = await askPasskey(on.nobody(), null)
    await signInByPasskey(on.nobody(), { ceremony: first.ceremony, response: key.get(first.options) })
    const { ceremony, options } = await askPasskey(on.nobody(), null)
    await expect(signInByPasskey(on.nobody(), { ceremony, response: key.get(options, lies) })).rejects.toEqual(refusedWith('identity.passkey_refused'))
  })
  test('are not enrolled without user verification, nor for somebody else’s beginning', async () => {
    const [one, two] = [await acting('canbo1'), await acting('canbo2')]
    const key = new Authenticator(on.env.publicUrl)
    const a = await beginPasskey(one)
    await expect(finishPasskey(one, { ceremony: a.ceremony, response: key.create(a.options, { unverified: true }) })).rejects.toEqual(refusedWith('identity.passkey_refused'))
    const b = await beginPasskey(one)
    await expect(finishPasskey(two, { ceremony: b.ceremony, response: key.create(b.options) })).rejects.toEqual(refusedWith('identity.passkey_refused'))
  })
  test('where the address is a number they are not offered, and the reason is said', async () => {
    const numbers = stage(database.db, { publicUrl: 'http://127.0.0.1:8107' })
    await expect(askPasskey(numbers.nobody(), null)).rejects.toEqual(refusedWith('identity.passkey_address'))
  })
})

describe('administrators', () => {
  const must = { ...STANDARD_SIGN_IN, from: '2026-11-01' }
  const seen = (secret: string, rules = must) => actorOfSession(database.db, secret, on.clock.now(), { rules })
  test('must set up a factor from the day the rule is in force; others may; a province may ask it of all', async () => {
    const [admin, desk] = [await signIn('canboadmin'), await signIn('canbo1')] as [SignedIn, SignedIn]
    const found = async (rules: typeof must) => [(await seen(admin.secret, rules))!.mustEnrol, (await seen(desk.secret, rules))!.mustEnrol]
    expect(await found(must)).toEqual([true, false])
    expect(await found({ ...must, from: '2026-11-21' })).toEqual([false, false])
    expect(await found({ ...must, everybody: true })).toEqual([true, true])
    await withTotp('canboadmin')
    expect(await found(must)).toEqual([false, false])
  })
  test('cannot take off the last factor they must have', async () => {
    const { ctx } = await withTotp('canboadmin')
    await expect(removeTotp({ ...ctx, signIn: must }, {})).rejects.toEqual(refusedWith('identity.factor_needed'))
    const key = new Authenticator(on.env.publicUrl)
    const { ceremony, options } = await beginPasskey(ctx)
    await finishPasskey(ctx, { ceremony, response: key.create(options) })
    await removeTotp({ ...ctx, signIn: must }, {})
    const [last] = (await factorsOf(database.db, 'officer-admin')).passkeys
    await expect(removePasskey({ ...ctx, signIn: must }, { id: last!.id })).rejects.toEqual(refusedWith('identity.factor_needed'))
  })
  test('change their password after two months', async () => {
    const admin = (await signIn('canboadmin')) as SignedIn
    const changeAsked = async (months: string) => {
      await database.pool.query('update identity.credential set changed_at = $1', [months])
      return (await seen(admin.secret))!.mustChange
    }
    expect([await changeAsked('2026-09-20T00:00:00Z'), await changeAsked('2026-09-18T00:00:00Z')]).toEqual([false, true])
    await database.pool.query("update identity.credential set changed_at = '2026-01-01'")
    expect((await seen(((await signIn('canbo1')) as SignedIn).secret))!.mustChange).toBe(false)
  })
  test('take lost factors off with a reason; never their own; the owner’s sessions end and the fact stays', async () => {
    const admin = await acting('canboadmin')
    const { secret } = await withTotp('canbo1')
    on.clock.pass(1)
    const session = await finish(await asked('canbo1'), code(secret))
    const reason = 'Mất điện thoại, đã gặp trực tiếp.'
    await expect(resetFactors(admin, { officerId: 'officer-1', reason: 'mất' })).rejects.toMatchObject({ status: 422 })
    await expect(resetFactors(await acting('canbo2'), { officerId: 'officer-1', reason })).rejects.toMatchObject({ status: 403 })
    await expect(resetFactors(admin, { officerId: 'officer-admin', reason })).rejects.toEqual(refusedWith('identity.not_own'))
    await resetFactors(admin, { officerId: 'officer-1', reason })
    expect(await seen(session.secret)).toBeNull()
    expect('asked' in (await signIn('canbo1'))).toBe(false)
    expect((await listEvents(database.db, 'officer-1')).findLast((event) => event.name === 'identity.factors_reset')!.data).toMatchObject({ reason, factors: 1 })
    await expect(resetFactors(admin, { officerId: 'officer-1', reason })).rejects.toMatchObject({ status: 409 }) // pressed twice
  })
  test('see accounts, stop them, open them again', async () => {
    const admin = await acting('canboadmin')
    expect((await listAccounts(admin, 'canbo')).map((account) => account.login).sort()).toEqual(['canbo1', 'canbo2', 'canbo3', 'canboadmin'])
    expect(await listAccounts(await acting('canbo1'), 'canbo')).toEqual([])
    await disableAccount(admin, { officerId: 'officer-2', reason: 'Nghỉ chế độ từ hôm nay.' })
    await expect(signIn('canbo2', 'sai')).rejects.toEqual(refusedWith('identity.wrong_password')) // only the right password is told
    await expect(signIn('canbo2')).rejects.toEqual(refusedWith('identity.disabled'))
    await enableAccount(admin, { officerId: 'officer-2', reason: 'Quay lại làm việc.' })
    expect(await signIn('canbo2')).toBeTruthy()
  })
})

describe('passwords', () => {
  const change = (ctx: Ctx, password: string, current: string) => setPassword(ctx, { officerId: 'officer-1', password, current })
  test('beside a second factor eight characters do; alone they do not', async () => {
    await expect(change(await acting('canbo1'), 'Sông Mã 7', PASSWORD)).rejects.toMatchObject({ status: 422 })
    const { ctx } = await withTotp('canbo1')
    await change(ctx, 'Sông Mã 7', PASSWORD)
  })
  test('the last ten do not come back; the eleventh may', async () => {
    const ctx = await acting('canbo1')
    const nth = (n: number) => `Lá cờ đỏ sao vàng ${n} bay`
    let current = PASSWORD
    for (let n = 1; n <= 10; n++) {
      await change(ctx, nth(n), current)
      current = nth(n)
    }
    await expect(change(ctx, nth(10), current)).rejects.toMatchObject({ status: 422 })
    await expect(change(ctx, nth(1), current)).rejects.toMatchObject({ status: 422 })
    await change(ctx, PASSWORD, current)
  })
})

describe('the locked screen', () => {
  test('opens by password or code where one was; a fresh proof for rights needs the factor', async () => {
    const { secret } = await withTotp('canbo1')
    on.clock.pass(1)
    const session = await finish(await asked('canbo1'), code(secret))
    on.clock.pass(15)
    const found = (await actorOfSession(database.db, session.secret, on.clock.now()))!
    expect(found.locked).toBe(true)
    const who = found.actor as Extract<typeof found.actor, { kind: 'officer' }>
    await expect(confirmSelf(on.nobody(), who, { sessionId: found.sessionId, password: 'sai' }, 'unlock')).rejects.toEqual(refusedWith('identity.wrong_password'))
    await confirmSelf(on.nobody(), who, { sessionId: found.sessionId, password: PASSWORD }, 'unlock')
    expect(await actorOfSession(database.db, session.secret, on.clock.now())).toMatchObject({ locked: false, confirmedAt: new Date(on.clock.now().getTime() - 15 * 60_000) })
    await expect(confirmSelf(on.nobody(), who, { sessionId: found.sessionId, password: PASSWORD }, 'sensitive')).rejects.toEqual(refusedWith('identity.wrong_code'))
    await confirmSelf(on.nobody(), who, { sessionId: found.sessionId, code: code(secret) }, 'sensitive')
    expect(await actorOfSession(database.db, session.secret, on.clock.now())).toMatchObject({ confirmedAt: on.clock.now() })
  })
  test('opens by a passkey of the same officer, not by another’s', async () => {
    const { key } = await withPasskey('canbo1')
    const other = (await withPasskey('canbo2')).key
    const first = await askPasskey(on.nobody(), null)
    const session = await signInByPasskey(on.nobody(), { ceremony: first.ceremony, response: key.get(first.options) })
    on.clock.pass(15)
    const found = (await actorOfSession(database.db, session.secret, on.clock.now()))!
    const who = found.actor as Extract<typeof found.actor, { kind: 'officer' }>
    const a = await askPasskey(on.nobody(), who.id)
    await expect(confirmByPasskey(on.nobody(), who, found.sessionId, { ceremony: a.ceremony, response: other.get(a.options) })).rejects.toEqual(refusedWith('identity.passkey_refused'))
    const b = await askPasskey(on.nobody(), who.id)
    await confirmByPasskey(on.nobody(), who, found.sessionId, { ceremony: b.ceremony, response: key.get(b.options) })
    expect((await actorOfSession(database.db, session.secret, on.clock.now()))!.locked).toBe(false)
  })
})

test('a device never seen with an account that has others is a fact; its own first is not', async () => {
  const told = async () => (await facts('officer-2')).filter((name) => name === 'identity.signed_in_new_device').length
  const before = await told()
  await signIn('canbo2', PASSWORD, { mark: 'a', userAgent: 'Chrome/140 Windows', ip: '113.160.24.7' })
  await signIn('canbo2', PASSWORD, { mark: 'a' })
  expect(await told()).toBe(before)
  await signIn('canbo2', PASSWORD, { mark: 'b', userAgent: 'Firefox/140 Linux', ip: '113.160.24.7' })
  expect(await told()).toBe(before + 1)
  expect((await listEvents(database.db, 'officer-2')).at(-2)!.data).toMatchObject({ device: 'Firefox trên Linux', ip: '113.160.*.*' })
})

test('accounts unused for 45 days are disabled, once the rule is in force, except those a program uses', async () => {
  await signIn('canbo1')
  await issueToken(on.platform(), { login: 'canbo2', hours: 24 * 100 })
  on.clock.pass(46 * 24 * 60)
  await signIn('canbo3')
  expect(await disableUnusedAccounts({ ...on.platform(), signIn: { ...STANDARD_SIGN_IN, from: '2030-01-01' } }, {})).toBe(0)
  expect(await disableUnusedAccounts(on.platform(), {})).toBe(2)
  expect(await disableUnusedAccounts(on.platform(), {})).toBe(0)
  await expect(signIn('canbo1')).rejects.toEqual(refusedWith('identity.disabled'))
  expect([await signIn('canbo2').then(() => true), await signIn('canbo3').then(() => true)]).toEqual([true, true])
})
