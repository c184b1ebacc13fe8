// The second step, the locked screen, the forced enrolment and the fresh proof as a browser meets them, mostly without JavaScript.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { STANDARD_SIGN_IN } from '#core/policy/sign-in.ts'
import { Authenticator } from '#modules/identity/testing/authenticator.ts'
import { codeAt } from '#modules/identity/totp.ts'
import { type Browser, field, openRoom, type Room } from './testing.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.database.pool.query('truncate identity.failure, identity.totp, identity.passkey, identity.recovery_code'))
afterAll(() => room.close())

const PASSWORD = 'Mưa rừng Pù Luông 26'
const code = (secret: string) => codeAt(secret, room.on.clock.now())
const csrf = async (browser: Browser) => (await browser.who()).csrf!
async function withApp(login: string): Promise<{ browser: Browser; secret: string; codes: string[] }> {
  const browser = room.browser()
  await browser.officer(login)
  const page = await browser.get('/account/security/totp')
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page.text)![1]!.replaceAll(' ', '')
  expect(page.text).toContain('<svg')
  const shown = await browser.post('/account/security/totp', { _csrf: field(page.text, '_csrf'), code: code(secret) })
  const codes = [...shown.text.matchAll(/<code>([2-9a-z]{5}-[2-9a-z]{5})<\/code>/g)].map(([, one]) => one!)
  expect(codes).toHaveLength(10)
  room.on.clock.pass(1)
  return { browser, secret, codes }
}

describe('the second step', () => {
  test('stands between password and desk; the way back is kept; half a sign-in opens nothing', async () => {
    const { secret } = await withApp('canbo1')
    const browser = room.browser()
    const asked = await browser.officer('canbo1', undefined, { returnTo: '/who' })
    expect([asked.url, asked.text.includes('Mã 6 số')]).toEqual(['/sign-in/second-factor?returnTo=%2Fwho', true])
    expect((await browser.who()).actor.kind).toBe('anonymous')
    const wrong = await browser.post('/sign-in/second-factor', { code: '000000', returnTo: '/who' })
    expect([wrong.status, /Còn 4 lần/.test(wrong.text)]).toEqual([422, true])
    const right = await browser.post('/sign-in/second-factor', { code: code(secret), returnTo: '/who' })
    expect([right.url, right.json()['actor'].id]).toEqual(['/who', 'officer-1'])
    expect((await browser.get('/sign-in/second-factor')).text).toContain('Đăng nhập lại từ đầu')
  })
  test('takes a recovery code; without the cookie of the first step nothing', async () => {
    const { codes } = await withApp('canbo1')
    const browser = room.browser()
    await browser.officer('canbo1')
    expect((await room.browser().post('/sign-in/second-factor', { code: codes[0]! })).text).toContain('Đăng nhập lại từ đầu')
    expect((await browser.post('/sign-in/second-factor', { code: codes[0]! })).url).toBe('/desk')
  })
  test('sessions and history say how one came in, from where, and what failed', async () => {
    const { secret } = await withApp('canbo1')
    const browser = room.browser()
    await browser.officer('canbo1', 'sai')
    await browser.officer('canbo1')
    await browser.post('/sign-in/second-factor', { code: code(secret) })
    const page = (await browser.get('/account/sessions')).text
    for (const words of ['mật khẩu và mã trên ứng dụng', 'Sai mật khẩu', 'Thiết bị mới', '127.0.*.*']) expect(page).toContain(words)
  })
})

describe('the locked screen', () => {
  test('covers every page, keeps what was sent, and goes on with it after the password', async () => {
    const browser = room.browser()
    await browser.officer('canbo1')
    const token = await csrf(browser)
    room.on.clock.pass(15)
    const page = await browser.get('/desk')
    expect([page.status, page.text.includes('Màn hình đang khóa'), page.text.includes('name="returnTo" value="/desk"')]).toEqual([401, true, true])
    expect((await browser.get('/who', { headers: { accept: 'application/json' } })).json()['code']).toBe('session.locked')
    const kept = await browser.post('/who', { _csrf: token, note: 'đã gõ "rất lâu"', list: ['a', 'b'] })
    expect([kept.status, kept.text.includes('đã gõ &quot;rất lâu&quot;')]).toEqual([401, true])
    expect(kept.text).toContain('<form action="/who"')
    const wrong = await browser.post('/who', { _csrf: token, note: 'đã gõ "rất lâu"', list: ['a', 'b'], _proof_password: 'sai' })
    expect([wrong.status, wrong.text.includes('đã gõ &quot;rất lâu&quot;'), /chưa đúng/.test(wrong.text)]).toEqual([401, true, true])
    const done = await browser.post('/who', { _csrf: token, note: 'đã gõ "rất lâu"', list: ['a', 'b'], _proof_password: PASSWORD })
    expect([done.status, done.json()['actor'].id, done.json()['body']]).toEqual([200, 'officer-1', expect.objectContaining({ note: 'đã gõ "rất lâu"', list: ['a', 'b'] })])
    expect(JSON.stringify(done.json())).not.toContain('_proof')
    expect((await browser.get('/desk')).status).toBe(200)
  })
  test('leads back where one was; a return elsewhere is not taken', async () => {
    const browser = room.browser()
    await browser.officer('canbo1')
    const token = await csrf(browser)
    room.on.clock.pass(15)
    expect((await browser.post('/account/lock', { _csrf: token, returnTo: '//evil.example', _proof_password: PASSWORD }, { follow: false })).headers.get('location')).toBe('/desk')
    room.on.clock.pass(15)
    expect((await browser.post('/account/lock', { _csrf: token, returnTo: '/who', _proof_password: PASSWORD })).url).toBe('/who')
  })
  test('without its token not even the right password opens it; signing out works; the fifth wrong try locks the login', async () => {
    const browser = room.browser()
    await browser.officer('canbo1')
    const token = await csrf(browser)
    room.on.clock.pass(15)
    expect((await browser.post('/account/lock', { _proof_password: PASSWORD })).status).toBe(403)
    for (let n = 0; n < 5; n++) await browser.post('/account/lock', { _csrf: token, _proof_password: 'sai' })
    expect((await browser.post('/account/lock', { _csrf: token, _proof_password: PASSWORD })).text).toContain('đang bị khóa')
    await browser.post('/sign-out', { _csrf: token }, { follow: false })
    expect(browser.cookies.has('tinhso_session')).toBe(false)
    const { rows } = await room.database.pool.query('select count(*)::int as n from identity.session where officer_id = $1 and revoked_at is null and expires_at > $2 and seen_at < $2', ['officer-1', room.on.clock.now()])
    expect(rows[0].n).toBeGreaterThanOrEqual(0)
  })
  test('an administrator’s comes after five minutes; what pages ask by themselves keeps nothing awake', async () => {
    const browser = room.browser()
    await browser.officer('canboadmin')
    for (let n = 0; n < 5; n++) {
      expect((await browser.get('/account/standing')).json()).toMatchObject({ signedIn: true, locked: false, idleMinutes: 5 })
      room.on.clock.pass(1)
    }
    expect((await browser.get('/account/standing')).json()).toMatchObject({ signedIn: true, locked: true })
    expect((await browser.get('/desk')).status).toBe(401)
  })
})

describe('passkeys', () => {
  const post = (browser: Browser, path: string, body: object, token?: string) =>
    fetch(browser.base + path, {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', accept: 'application/json', origin: room.publicUrl, cookie: [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; '), ...(token ? { 'x-csrf-token': token } : {}) },
    })
  test('are not offered where the address does not carry them', async () => {
    expect((await room.browser().get('/sign-in')).text).not.toContain('data-passkey')
    const answer = await post(room.browser(), '/sign-in/passkey/options', {})
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'identity.passkey_address'])
  })
  test('from another site even the options are refused', async () => {
    const answer = await fetch(`${room.browser().base}/sign-in/passkey/options`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', origin: 'https://evil.example' } })
    expect(answer.status).toBe(403)
    expect(new Authenticator(room.publicUrl).rpId).toBe('dvc.tinh.invalid')
  })
})

describe('acts on keys', () => {
  test('ask for a fresh proof after ten minutes, by the factor where there is one, and go on with what was sent', async () => {
    const { browser, secret } = await withApp('canbo1')
    room.on.clock.pass(10)
    const token = await csrf(browser)
    const asked = await browser.post('/account/security/codes', { _csrf: token })
    expect([asked.status, asked.text.includes('Xác nhận lại trước khi làm'), asked.text.includes('_proof_code'), asked.text.includes('_proof_password')]).toEqual([403, true, true, false])
    expect((await browser.post('/account/security/codes', { _csrf: token, _proof_password: PASSWORD })).status).toBe(403)
    const done = await browser.post('/account/security/codes', { _csrf: token, _proof_code: code(secret) })
    expect([done.status, done.text.includes('Đã tạo 10 mã mới')]).toEqual([200, true])
  })
  test('a citizen and a token have no such pages', async () => {
    expect((await room.app.inject({ url: '/account/security' })).statusCode).toBe(303)
    const browser = room.browser()
    expect((await browser.get('/account/security')).url).toContain('/sign-in')
  })
})

describe('who must have a factor', () => {
  test('is led to set one up before anything else, and may leave', async () => {
    const rules = { ...STANDARD_SIGN_IN, from: '2026-01-01' }
    Object.assign(room.on.env, { signIn: rules })
    try {
      const browser = room.browser()
      const first = await browser.officer('canboadmin')
      expect(first.url).toBe('/account/security?returnTo=%2Fdesk')
      expect(first.text).toContain('bắt buộc có lớp xác thực thứ hai')
      expect((await browser.get('/desk')).url).toContain('/account/security')
      expect((await browser.get('/account/sessions')).status).toBe(200)
      const refused = await browser.post('/who', { _csrf: field((await browser.get('/account/security')).text, '_csrf') })
      expect([refused.status, refused.json()['code']]).toEqual([403, 'session.must_enrol'])
      const { browser: enrolled } = await withApp('canboadmin')
      expect((await enrolled.get('/desk')).status).toBe(200)
    } finally {
      Object.assign(room.on.env, { signIn: undefined })
    }
  })
})
