// The whole way to VNeID and back, on a real port, and everything that can go wrong on it.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listEvents } from '#core/events/index.ts'
import { noFaults } from '#twins/vneid/types.ts'
import { actionOf, agree, CITIZENS, openRoom, type Room, signInAtVneid, toConsent } from './testing.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterEach(() => {
  Object.assign(room.twin.faults, noFaults())
})
afterAll(() => room.close())

const [levelTwo, levelOne] = CITIZENS as [(typeof CITIZENS)[0], (typeof CITIZENS)[0]]

describe('signing in', () => {
  test('at level 2: choose, code, consent, and back where one came from', async () => {
    const browser = room.browser()
    const people = await browser.toVneid('/who?x=1')
    expect(people.text).toContain('Bản mô phỏng VNeID – chỉ dùng để thử')
    const consent = await toConsent(browser, people, levelTwo)
    for (const shown of ['Số định danh cá nhân: 038196900001', 'Mức tài khoản định danh: 2', 'Số 12, 14797, 38', '0900100001'])
      expect(consent.text).toContain(shown)
    const back = await agree(browser, consent)
    expect(back.url).toBe('/who?x=1')
    expect(back.json()['actor']).toMatchObject({ kind: 'citizen', name: 'Nguyễn Văn 1', personalId: '038196900001', level: 2 })
    expect(browser.cookies.get('tinhso_vneid')).toBeUndefined()
    const [event] = await listEvents(room.database.db, back.json()['actor'].id)
    expect(event).toMatchObject({ name: 'identity.citizen_signed_in', data: { level: 2 } })
  })
  test('at level 1: without a code', async () => {
    const browser = room.browser()
    await signInAtVneid(browser, levelOne)
    expect((await browser.who()).actor).toMatchObject({ name: 'Nguyễn Văn 2', level: 1 })
  })
  test('the same browser may come back as somebody else, without a page that needs JavaScript', async () => {
    const browser = room.browser()
    await signInAtVneid(browser, levelTwo)
    const first = browser.cookies.get('tinhso_session')!.value
    const people = await browser.toVneid()
    expect(people.text).toContain('Chọn người đăng nhập')
    await agree(browser, await toConsent(browser, people, levelOne))
    expect((await browser.who()).actor).toMatchObject({ name: 'Nguyễn Văn 2' })
    expect((await room.app.inject({ url: '/who', cookies: { tinhso_session: first } })).json().actor.kind).toBe('anonymous')
  })
  test('what is kept back is not handed over', async () => {
    const browser = room.browser()
    await agree(browser, await toConsent(browser, await browser.toVneid(), levelTwo), [])
    const { id } = (await browser.who()).actor
    const { rows } = await room.database.pool.query('select claims from identity.citizen where id = $1', [id])
    expect(rows[0].claims).toMatchObject({ full_name: 'Nguyễn Văn 1', phone: null, address: null })
  })
  test('a wrong code is asked for again; a forged pass leads to the beginning', async () => {
    const browser = room.browser()
    const people = await browser.toVneid()
    const asked = await browser.post(actionOf(people.text, 'citizen'), { citizen: levelTwo.personalId })
    const wrong = await browser.post(actionOf(asked.text, 'otp'), { citizen: levelTwo.personalId, otp: '0000' })
    expect([wrong.status, wrong.text.includes('Mã chưa đúng')]).toEqual([422, true])
    const consent = actionOf(people.text, 'citizen').replace(/citizen$/, 'consent')
    expect((await browser.post(consent, { citizen: levelTwo.personalId, level: '2', pass: 'x' })).text).toContain('Chọn người đăng nhập')
  })
  test('begins at the public address even when reached by another name', async () => {
    const answer = await room.app.inject({ url: '/sign-in/vneid?returnTo=/x', headers: { host: 'localhost:8080' } })
    expect(answer.headers.location).toBe('http://dvc.tinh.invalid/sign-in/vneid?moved=1&returnTo=%2Fx')
  })
})

describe('refused or doubtful', () => {
  test('no consent: says so, and nobody is signed in', async () => {
    const browser = room.browser()
    const consent = await toConsent(browser, await browser.toVneid(), levelTwo)
    const back = await browser.post(actionOf(consent.text, 'refusal'), {})
    expect([back.status, back.text.includes('không đồng ý chia sẻ')]).toEqual([403, true])
    expect((await browser.who()).actor.kind).toBe('anonymous')
  })
  test.each([
    ['refuses', 403, 'VNeID không cho đăng nhập'],
    ['wrongNonce', 401, 'không khớp với lần đăng nhập này'],
    ['expiredToken', 401, 'không khớp với lần đăng nhập này'],
  ] as const)('fault %s', async (fault, status, words) => {
    const browser = room.browser()
    room.twin.faults[fault] = true
    const begun = await browser.toVneid()
    const back = fault === 'refuses' ? begun : await agree(browser, await toConsent(browser, begun, levelTwo))
    expect([back.status, back.text.includes(words), (await browser.who()).actor.kind]).toEqual([status, true, 'anonymous'])
  })
  test('fault levelOneOnly: level 2 becomes level 1', async () => {
    room.twin.faults.levelOneOnly = true
    const browser = room.browser()
    await signInAtVneid(browser, levelTwo)
    expect((await browser.who()).actor.level).toBe(1)
  })
  test('another state, another code, or another browser', async () => {
    const answerOf = async (browser = room.browser()) => {
      const stopped = await agree(browser, await toConsent(browser, await browser.toVneid(), levelTwo), [], false)
      const resumed = await browser.get(stopped.headers.get('location')!, { follow: false })
      return { browser, callback: resumed.headers.get('location')! }
    }
    const tampered = await answerOf()
    expect((await tampered.browser.get(tampered.callback.replace(/state=[^&]*/, 'state=khac'))).status).toBe(401)
    const injected = await answerOf()
    expect((await injected.browser.get(injected.callback.replace(/code=[^&]*/, 'code=khac'))).status).toBe(401)
    const stolen = await answerOf()
    const lost = await room.browser().get(stolen.callback)
    expect([lost.status, lost.text.includes('không còn hiệu lực')]).toEqual([400, true])
    const other = room.browser()
    await other.toVneid()
    expect((await other.get(stolen.callback)).status).toBe(401) // login CSRF: the victim's own state does not fit
  })
  test('a code is good once: replayed with the same cookie it is refused', async () => {
    const browser = room.browser()
    const stopped = await agree(browser, await toConsent(browser, await browser.toVneid(), levelTwo), [], false)
    const callback = (await browser.get(stopped.headers.get('location')!, { follow: false })).headers.get('location')!
    const pending = browser.cookies.get('tinhso_vneid')!
    expect((await browser.get(callback)).status).not.toBe(401)
    const replay = room.browser()
    replay.cookies.set('tinhso_vneid', pending)
    expect((await replay.get(callback)).status).toBe(401)
    expect((await replay.who()).actor.kind).toBe('anonymous')
  })
  test('after ten minutes the beginning is forgotten', async () => {
    const browser = room.browser()
    const consent = await toConsent(browser, await browser.toVneid(), levelTwo)
    room.on.clock.pass(11)
    expect((await agree(browser, consent)).status).toBe(400)
  })
})

describe('VNeID away', () => {
  test('at the beginning and at the return: 503, what to do, and the way on', async () => {
    const browser = room.browser()
    room.twin.faults.down = true
    const begun = await browser.get('/sign-in/vneid?moved=1&returnTo=/who')
    expect([begun.status, begun.headers.get('retry-after')]).toEqual([503, '60'])
    expect(begun.text).toMatch(/VNeID chưa trả lời[\s\S]*href="\/sign-in\/vneid\?returnTo=%2Fwho"/)
    room.twin.faults.down = false
    const stopped = await agree(browser, await toConsent(browser, await browser.toVneid(), levelTwo), [], false)
    const callback = (await browser.get(stopped.headers.get('location')!, { follow: false })).headers.get('location')!
    room.twin.faults.down = true
    expect((await browser.get(callback)).status).toBe(503)
  })
  test('too slow counts as away', async () => {
    room.twin.faults.slowMs = 3000
    expect((await room.browser().get('/sign-in/vneid?moved=1')).status).toBe(503)
  })
  test('a sign-in under way when the simulator restarts leads to a clear page', async () => {
    const browser = room.browser()
    const people = await browser.toVneid()
    for (const [name] of browser.cookies) if (name.startsWith('vneid_interaction')) browser.cookies.delete(name)
    const lost = await browser.post(actionOf(people.text, 'citizen'), { citizen: levelTwo.personalId })
    expect([lost.status, lost.text.includes('Bắt đầu đăng nhập lại')]).toEqual([400, true])
  })
})

test('open redirects end at home', async () => {
  for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', '/sign-in']) {
    const browser = room.browser()
    const stopped = await agree(browser, await toConsent(browser, await browser.toVneid(evil), levelOne), [], false)
    const back = await browser.get((await browser.get(stopped.headers.get('location')!, { follow: false })).headers.get('location')!, {
      follow: false,
    })
    expect(back.headers.get('location')).toBe('/')
  }
})
