// Cookies, CSRF, officers' sign-in, posts, sessions and tokens as HTTP sees them.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueToken } from '#modules/identity/index.ts'
import { CITIZENS, field, openRoom, type Room, signInAtVneid } from './testing.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.database.pool.query('truncate identity.failure'))
afterAll(() => room.close())

const signedIn = async (login = 'canbo1') => {
  const browser = room.browser()
  await browser.officer(login)
  return browser
}

describe('officers', () => {
  test('come in with a cookie that scripts cannot read and other sites cannot send', async () => {
    const browser = room.browser()
    const answer = await browser.post('/sign-in/officer', { login: 'canbo1', password: 'Mưa rừng Pù Luông 26' }, { follow: false })
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([303, '/desk', 'no-store'])
    expect(answer.headers.getSetCookie()[0]).toMatch(/^tinhso_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await browser.who()).actor).toMatchObject({ kind: 'officer', posts: [{ id: 'p1' }] })
  })
  test('a wrong password keeps the login, never the password, and says the fault', async () => {
    const answer = await room.browser().officer('canbo1', 'saibét', { returnTo: '/who' })
    expect(answer.status).toBe(422)
    expect(answer.text).toMatch(/id="login"[^>]*value="canbo1"/)
    expect(answer.text).toContain('Tên đăng nhập hoặc mật khẩu chưa đúng')
    expect(answer.text).not.toContain('saibét')
    expect(answer.text).toContain('name="returnTo" value="/who"')
    expect((await room.browser().officer('', '')).text).toContain('Ghi tên đăng nhập.')
  })
  test('five wrong tries lock, also the right password, and say until when', async () => {
    const browser = room.browser()
    for (let n = 0; n < 5; n++) await browser.officer('canbo3', 'sai')
    const answer = await browser.officer('canbo3')
    expect([answer.status, /đang bị khóa.*Thử lại sau 09:15/.test(answer.text)]).toEqual([422, true])
  })
  test('only local paths are returned to', async () => {
    for (const [to, ends] of [
      ['/who', '/who'],
      ['https://evil.example', '/desk'],
      ['//evil.example', '/desk'],
    ]) {
      const answer = await room
        .browser()
        .post('/sign-in/officer', { login: 'canbo1', password: 'Mưa rừng Pù Luông 26', returnTo: to! }, { follow: false })
      expect(answer.headers.get('location')).toBe(ends)
    }
  })
  test('guessing many logins from one address is braked with 429 and Retry-After', async () => {
    const quiet = await openRoom()
    try {
      const guess = (n: number) =>
        quiet.app.inject({
          method: 'POST',
          url: '/sign-in/officer',
          payload: { login: `nguoi${n}`, password: 'x' },
          remoteAddress: '10.0.0.9',
        })
      const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => guess(n)))
      expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([422]))
      const braked = await guess(100)
      expect([braked.statusCode, Number(braked.headers['retry-after']) > 0]).toEqual([429, true])
      expect((await quiet.browser().officer('canbo1')).status).toBe(200) // another address is not
    } finally {
      await quiet.close()
    }
  })
})

describe('sessions', () => {
  test('fixation: a planted cookie is not taken over, a held one ends', async () => {
    const browser = room.browser()
    browser.cookies.set('tinhso_session', { value: 'A'.repeat(43), path: '/' })
    await browser.officer('canbo1')
    const first = browser.cookies.get('tinhso_session')!.value
    expect(first).not.toBe('A'.repeat(43))
    await browser.officer('canbo1')
    expect((await room.app.inject({ url: '/who', cookies: { tinhso_session: first } })).json().session).toBeNull()
  })
  test('are listed, ended one by one and all but this; not those of others', async () => {
    const [a, b, c, other] = [await signedIn(), await signedIn(), await signedIn(), await signedIn('canbo2')]
    const { csrf, session } = await a.who()
    const idOf = async (browser: typeof a) => (await browser.who()).session?.id as string | undefined
    const page = await a.get('/account/sessions')
    expect(page.text).toContain('Chrome trên Windows')
    expect(page.text).toContain('Phiên này')
    expect((await a.post(`/account/sessions/${await idOf(other)}/revocation`, { _csrf: csrf! })).status).toBe(404)
    expect((await a.post(`/account/sessions/${await idOf(b)}/revocation`, { _csrf: csrf! })).text).toContain('Đã kết thúc phiên đăng nhập')
    expect(await idOf(b)).toBeUndefined()
    await a.post('/account/sessions/others/revocation', { _csrf: csrf! })
    expect([await idOf(c), (await idOf(other)) !== undefined]).toEqual([undefined, true])
    const gone = await a.post(`/account/sessions/${session.id}/revocation`, { _csrf: csrf! })
    expect([gone.url, a.cookies.has('tinhso_session')]).toEqual(['/sign-in', false])
  })
  test('after a revocation pages lead to sign-in and back, and say why', async () => {
    const browser = await signedIn()
    await room.database.pool.query('update identity.session set revoked_at = now() where id = $1', [(await browser.who()).session.id])
    const page = await browser.get('/desk')
    expect(page.url).toBe('/sign-in?returnTo=%2Fdesk')
    expect(page.text).toContain('Phiên làm việc trước đã kết thúc')
    const unsent = await browser.post('/desk', {})
    expect([unsent.status, unsent.json()['detail']]).toEqual([401, expect.stringContaining('thẻ mới')])
  })
  test('sign-out ends the session for good', async () => {
    const browser = await signedIn()
    const { value } = browser.cookies.get('tinhso_session')!
    await browser.post('/sign-out', { _csrf: (await browser.who()).csrf! }, { follow: false })
    expect(browser.cookies.has('tinhso_session')).toBe(false)
    expect((await room.app.inject({ url: '/who', cookies: { tinhso_session: value } })).json().session).toBeNull()
  })
})

describe('CSRF', () => {
  test('a missing or wrong token is refused, with the answers ready to send again', async () => {
    const browser = await signedIn()
    for (const form of [{ note: 'đã gõ "lâu"' }, { note: 'đã gõ "lâu"', _csrf: 'sai' }] as Record<string, string>[]) {
      const answer = await browser.post('/who', form)
      expect([answer.status, answer.text.includes('Tải lại trang')]).toEqual([403, true])
      expect(field(answer.text, 'note')).toBe('đã gõ &quot;lâu&quot;')
      expect((await browser.post('/who', { note: 'x', _csrf: field(answer.text, '_csrf') })).json()['body'].note).toBe('x')
    }
  })
  test('another session’s token does not do', async () => {
    const [a, b] = [await signedIn(), await signedIn()]
    expect((await a.post('/who', { _csrf: (await b.who()).csrf! })).status).toBe(403)
  })
  test('field or header do', async () => {
    const browser = await signedIn()
    const { csrf } = await browser.who()
    expect((await browser.post('/who', { _csrf: csrf! })).status).toBe(200)
    expect((await browser.post('/who', {}, { headers: { 'x-csrf-token': csrf! } })).status).toBe(200)
    expect((await browser.post('/who', {}, { headers: { 'x-csrf-token': 'sai' } })).status).toBe(403)
  })
  test('from another site even the right token does not do, nor does a sign-in', async () => {
    const browser = await signedIn()
    const { csrf } = await browser.who()
    for (const headers of [{ origin: 'https://evil.example' }, { origin: room.publicUrl, 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[]) {
      const answer = await browser.post('/who', { _csrf: csrf!, note: 'x' }, { headers })
      expect([answer.status, answer.text.includes('trang ngoài hệ thống'), answer.text.includes('name="note"')]).toEqual([403, true, false])
      expect((await room.browser().post('/sign-in/officer', { login: 'canbo1', password: 'x' }, { headers })).status).toBe(403)
    }
  })
  test('programs get problem+json', async () => {
    const browser = await signedIn()
    const answer = await browser.post('/who', {}, { headers: { accept: 'application/json' } })
    expect([answer.headers.get('content-type'), answer.json()['code']]).toEqual([
      expect.stringContaining('application/problem+json'),
      'session.csrf',
    ])
  })
})

describe('posts', () => {
  test('several: the choice comes first, then where one was going', async () => {
    const browser = room.browser()
    const choice = await browser.officer('canbo2', undefined, { returnTo: '/who' })
    expect(choice.url).toBe('/account/post?returnTo=%2Fwho')
    for (const shown of ['Chuyên viên', 'Phó Chủ tịch', 'Ủy ban nhân dân phường Hạc Thành']) expect(choice.text).toContain(shown)
    expect((await browser.get('/desk')).url).toBe('/account/post?returnTo=%2Fdesk')
    const _csrf = field(choice.text, '_csrf')
    const refused = await browser.post('/account/post', { _csrf, postId: 'p1' })
    expect([refused.status, refused.text.includes('không giữ chức danh này')]).toEqual([403, true])
    const chosen = await browser.post('/account/post', { _csrf, postId: 'p3', returnTo: '/who' })
    expect([chosen.url, chosen.json()['session'].post.id]).toEqual(['/who', 'p3'])
    expect((await browser.get('/desk')).status).toBe(200)
  })
  test('none: says so', async () => {
    expect((await (await signedIn('canbo3')).get('/desk')).text).toContain('Bạn hiện không giữ chức danh nào')
  })
  test('citizens have none, and no desk; officers have no citizen’s pages', async () => {
    const browser = room.browser()
    await signInAtVneid(browser, CITIZENS[1]!)
    expect([(await browser.get('/account/post')).status, (await browser.get('/desk')).status, (await browser.get('/mine')).status]).toEqual(
      [403, 403, 200],
    )
    expect((await (await signedIn()).get('/mine')).status).toBe(403)
  })
})

describe('tokens', () => {
  const as = (token: string, method: 'GET' | 'POST' = 'GET', url = '/who') =>
    room.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, origin: 'https://partner.example' },
      ...(method === 'POST' && { payload: {} }),
    })
  test('act without cookie and without CSRF, in all posts', async () => {
    const { token } = await issueToken(room.on.platform(), { login: 'canbo2', hours: 1 })
    expect((await as(token)).json()).toMatchObject({
      actor: { id: 'officer-2', posts: [{ id: 'p2' }, { id: 'p3' }] },
      session: { by: 'token', post: null },
      csrf: null,
    })
    expect((await as(token, 'POST')).statusCode).toBe(200)
    expect((await as(token, 'GET', '/account/sessions')).statusCode).toBe(403)
  })
  test('unknown or expired are 401, also beside a good cookie', async () => {
    const { token } = await issueToken(room.on.platform(), { login: 'canbo1', hours: 1 })
    const browser = await signedIn()
    expect((await browser.get('/who', { headers: { authorization: 'Bearer ts_sai' } })).status).toBe(401)
    room.on.clock.pass(60)
    const answer = await as(token)
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json().code]).toEqual([
      401,
      'Bearer error="invalid_token"',
      'session.bad_token',
    ])
  })
})

test('the sign-in page offers both doors, and a way on to those already in', async () => {
  const page = await room.browser().get('/sign-in?returnTo=/who')
  expect(page.text).toMatch(/href="\/sign-in\/vneid\?returnTo=%2Fwho"/)
  expect(page.text).toMatch(/name="returnTo" value="\/who"/)
  expect((await (await signedIn()).get('/sign-in')).text).toContain('Bạn đang đăng nhập với tên')
  expect((await room.browser().get('/sign-in?returnTo=//evil.example')).text).not.toMatch(/name="returnTo" value="[^"]*evil[^"]*"\/><div|href="[^"]*vneid[^"]*evil/)
})

test('addresses that are not there are 404 for anybody', async () => {
  const browser = await signedIn()
  expect([(await browser.get('/khong-co')).status, (await room.browser().get('/khong-co')).status]).toEqual([404, 404])
  expect((await room.browser().post('/khong-co', {})).status).toBe(404)
})

test('uploads check the token in the body themselves', async () => {
  const browser = await signedIn()
  const { csrf } = await browser.who()
  const upload = { headers: { 'content-type': 'multipart/form-data; boundary=x' } }
  expect((await browser.post('/upload', { token: csrf! }, upload)).status).toBe(200)
  const refused = await browser.post('/upload', { token: 'sai' }, upload)
  expect([refused.status, refused.json()['code']]).toEqual([403, 'session.csrf'])
})

test('where an upload may come, a plain form is checked as anywhere and can be sent again', async () => {
  const browser = await signedIn()
  const refused = await browser.post('/upload', { name: 'Đã viết' })
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('Gửi lại')
  expect(refused.text).toContain('Đã viết')
})

test('what says so is not looked at: no session for assets', async () => {
  expect((await (await signedIn()).get('/asset')).json()).toMatchObject({ actor: { kind: 'anonymous' }, session: null })
})
