// Telling people on bad days: gateways that lose answers, workers that die, a day without SMS. Nothing is lost, nothing arrives twice.

import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deliver, markTold, retryMessages } from '#modules/notify/index.ts'
import { noSmsFaults, type SmsFaults } from '#twins/sms/types.ts'
import { noMailFaults } from '#twins/mail/server.ts'
import { CITIZEN, openPost, PHONE, type Post } from './notices.ts'

let post: Post
beforeAll(async () => {
  post = await openPost()
})
afterAll(() => post.close())
afterEach(async () => {
  Object.assign(post.sms.faults, noSmsFaults())
  Object.assign(post.mail.faults, noMailFaults())
  Object.assign(post.env.notices.senders, post.senders)
  post.sms.sent.length = 0
  post.mail.taken.length = 0
  post.clock.to('2026-11-20T09:00:00+07:00')
  await post.database.pool.query("truncate notify.message, notify.choice, notify.contact; update notify.channel set slot_at = null, faults = 0, down_since = null, paused_until = null, probe_until = null, last_fault = null")
})

const states = async () => (await post.all()).map((one) => `${one.channel} ${one.state}${one.why ? ` ${one.why}` : ''}`).sort()

describe('a plain day', () => {
  test('one fact is a note in the portal, a short message and a mail, each once', async () => {
    const to = { citizenId: CITIZEN, phone: '+84 912 345 678', email: 'Hoa@example.vn' }
    await post.say('dossiers.finished', to, { eventId: 900_001 })
    await post.say('dossiers.finished', to, { eventId: 900_001 })
    await post.settle()
    expect(await states()).toEqual(['email sent', 'inapp sent', 'sms sent'])
    expect(post.sms.sent.map((one) => one.to)).toEqual([PHONE])
    const [sms] = post.sms.sent
    expect(sms!.text).toMatch(/^Hồ sơ H56\.14797-261122-0001 đã có kết quả\..*Mã kiểm tra: [2-9A-HJKMNP-Z]{6}\.$/)
    expect(sms!.text).not.toMatch(/http|www/)
    const [mail] = post.mail.taken
    const message = (await post.all()).find((one) => one.channel === 'email')!
    expect(mail!.to).toEqual(['hoa@example.vn'])
    expect(mail!.messageId).toBe(`<${message.id}@tinhso.example>`)
    expect(mail!.mail.text).toContain(`Mã kiểm tra: ${message.checkCode}`)
    expect(mail!.mail.text).toContain('http://tinhso.test/tin-nhan-that')
  })

  test('at night phones are left alone, in the morning they ring; a code does not wait', async () => {
    post.clock.to('2026-11-20T22:10:00+07:00')
    await post.say('dossiers.finished', { citizenId: CITIZEN, phone: PHONE, email: 'hoa@example.vn' })
    await post.say('account.contact_code', { phone: PHONE })
    await post.settle()
    expect(await states()).toEqual(['email sent', 'inapp sent', 'sms held quiet', 'sms sent'])
    expect(post.sms.sent).toHaveLength(1)
    post.clock.to('2026-11-21T06:59:00+07:00')
    await post.settle()
    expect(post.sms.sent).toHaveLength(1)
    post.clock.to('2026-11-21T07:00:00+07:00')
    await post.settle()
    expect(post.sms.sent).toHaveLength(2)
  })

  test('without a provider messages wait and say why; with one they go', async () => {
    Object.assign(post.env.notices.senders, { sms: null })
    await post.say('dossiers.finished', { phone: PHONE })
    await post.settle()
    expect(await states()).toEqual(['sms waiting no_provider'])
    Object.assign(post.env.notices.senders, post.senders)
    await post.pass(11)
    expect(await states()).toEqual(['sms sent'])
  })

  test('a landline of somebody without an account needs a person, of somebody with one does not', async () => {
    await post.say('dossiers.finished', { phone: '02373 852 111' })
    await post.say('dossiers.finished', { citizenId: CITIZEN, phone: '02373 852 111' })
    expect(await states()).toEqual(['inapp sent', 'sms dead bad_address'])
    expect((await post.all()).find((one) => one.state === 'dead')!.ownerRole).toBe('mot_cua')
  })
})

describe('the gateway of short messages', () => {
  test.each<[string, Partial<SmsFaults>]>([
    ['takes the message and loses the answer', { answersLost: true, doubles: true }],
    ['takes the message and answers 500', { errorsAfterTaking: true, doubles: true }],
    ['answers too late', { slowMs: 1900, doubles: true }],
  ])('%s: asked before anything is sent again, so it arrives once', async (_what, faults) => {
    Object.assign(post.sms.faults, faults)
    await post.say('dossiers.finished', { phone: PHONE })
    await post.settle()
    expect(await states()).toEqual(['sms sending asking'])
    Object.assign(post.sms.faults, noSmsFaults(), { doubles: true })
    await post.pass(3)
    expect(await states()).toEqual(['sms sent'])
    expect(post.sms.sent).toHaveLength(1)
  })

  test('answers 500 and takes nothing: asked, then sent again', async () => {
    Object.assign(post.sms.faults, { errorsBeforeTaking: true })
    await post.say('dossiers.finished', { phone: PHONE })
    await post.settle()
    post.sms.faults.errorsBeforeTaking = false
    await post.pass(5)
    expect(await states()).toEqual(['sms sent'])
    expect(post.sms.sent).toHaveLength(1)
  })

  test('refuses for good: dead with an owner, never tried again until somebody says so', async () => {
    Object.assign(post.env.notices.senders, { sms: { ...post.senders.sms, send: async () => ({ kind: 'refused', why: 'Số đã thu hồi' }) } })
    const [message] = await post.say('dossiers.finished', { phone: PHONE })
    await post.settle()
    await post.pass(30, 10)
    expect(await states()).toEqual(['sms dead refused'])
    Object.assign(post.env.notices.senders, post.senders)
    const keeper = { ...post.ctx(), actor: { kind: 'officer', id: 'cb-x', name: 'Quản trị', posts: [{ id: 'p', role: 'quan_tri_he_thong', title: '', unitId: 'th', unitCode: 'H56', unitName: '', unitPath: 'th' }] } } as const
    await retryMessages(keeper, { ids: [message!.id] })
    await post.settle()
    await post.pass(3)
    expect(await states()).toEqual(['sms sent'])
    expect(post.sms.sent).toHaveLength(1)
    await expect(retryMessages(keeper, { ids: [message!.id] })).rejects.toThrow('đã gửi rồi')
  })

  test('is asked to slow down (429): later, without blame', async () => {
    post.sms.faults.perSecond = 1
    for (let i = 0; i < 4; i++) await post.say('account.contact_code', { phone: `091234567${i}` })
    await post.settle()
    await post.pass(2, 0.05)
    expect(new Set(await states())).toEqual(new Set(['sms sent']))
    expect((await post.all()).every((one) => one.attempts === 0)).toBe(true)
  })

  test('phones that are off: the desk hears of it when the person has no account', async () => {
    post.sms.faults.undelivered = true
    await post.say('dossiers.finished', { phone: PHONE })
    await post.say('dossiers.finished', { citizenId: CITIZEN, phone: '0987654321' })
    await post.settle()
    await post.pass(2)
    expect(await states()).toEqual(['inapp sent', 'sms dead undelivered', 'sms sent'])
  })
})

describe('the mail server', () => {
  test('greylists: later; refuses the mailbox: dead', async () => {
    post.mail.faults.later = true
    await post.say('dossiers.finished', { email: 'hoa@example.vn' })
    await post.settle()
    expect(await states()).toEqual(['email failed retry'])
    post.mail.faults.later = false
    await post.pass(2)
    expect(await states()).toEqual(['email sent'])
    post.mail.faults.refuses = true
    await post.say('dossiers.unresolved', { email: 'hoa@example.vn' })
    await post.settle()
    expect(await states()).toEqual(['email dead refused', 'email sent'])
  })

  test('takes the mail and loses the answer: never sent twice, a person decides', async () => {
    post.mail.faults.answersLost = true
    await post.say('dossiers.finished', { email: 'hoa@example.vn' })
    await post.settle()
    await post.pass(20, 5)
    expect(post.mail.taken).toHaveLength(1)
    expect(await states()).toEqual(['email dead unknown'])
  })

  test('is down: waits', async () => {
    post.mail.faults.down = true
    await post.say('dossiers.finished', { email: 'hoa@example.vn' })
    await post.pass(30)
    expect(await states()).toEqual(['email waiting outage'])
    post.mail.faults.down = false
    await post.pass(20)
    expect(await states()).toEqual(['email sent'])
    expect(post.mail.taken).toHaveLength(1)
  })
})

describe('a day without SMS', () => {
  test('nothing is lost, old news is not sent after the result, order is kept, nothing floods', async () => {
    await post.close()
    post = await openPost('2026-11-19T08:00:00+07:00', { perSecond: 1 })
    post.sms.faults.down = true
    const people = Array.from({ length: 16 }, (_, at) => `09100000${String(at).padStart(2, '0')}`)
    const about = (at: number) => ({ subject: `ho-so-${at}`, about: `H56.14797-261119-${String(at).padStart(4, '0')}` })
    const values = (at: number) => ({ code: about(at).about, due: '17:30 23/11/2026', until: '15:30 19/11/2026', procedure: 'x', unit: 'y', reasons: 'z' })
    for (const [at, phone] of people.entries()) await post.say('dossiers.submitted', { phone }, { ...about(at), values: values(at) })
    await post.pass(60, 20)
    for (const [at, phone] of people.entries()) if (at % 2 === 0) await post.say('dossiers.accepted', { phone }, { ...about(at), values: values(at) })
    await post.pass(240, 40)
    for (const [at, phone] of people.entries()) if (at % 4 === 0) await post.say('dossiers.finished', { phone }, { ...about(at), values: values(at) })
    await post.pass(20 * 60, 60)
    expect(post.sms.sent).toHaveLength(0)
    expect((await post.all()).some((one) => one.state === 'dead')).toBe(false)
    expect((await post.all()).filter((one) => one.state !== 'cancelled').every((one) => one.attempts === 0)).toBe(true)

    post.sms.faults.down = false // 10:00 the next day
    while (post.sms.sent.length === 0) await post.pass(1)
    await post.pass(0.8, 0.01)
    await post.pass(20, 2)
    const texts = new Map(people.map((phone) => [phone, post.sms.sent.filter((one) => one.to === phone).map((one) => one.text)]))
    for (const [at, phone] of people.entries()) {
      const got = texts.get(phone)!
      if (at % 4 === 0) expect([at, got.length, got[0]]).toEqual([at, 1, expect.stringContaining('đã có kết quả')])
      else if (at % 2 === 0) expect([at, got.length, got[0]]).toEqual([at, 1, expect.stringContaining('được tiếp nhận')])
      else expect([at, got]).toEqual([at, []]) // "will be answered by 15:30 yesterday" helps nobody any more
    }
    const seconds = new Map<number, number>()
    for (const one of post.sms.sent) seconds.set(Math.floor(one.at.getTime() / 1000), (seconds.get(Math.floor(one.at.getTime() / 1000)) ?? 0) + 1)
    expect(Math.max(...seconds.values())).toBeLessThanOrEqual(2)
    expect((await post.all()).filter((one) => ['waiting', 'held', 'failed', 'sending'].includes(one.state))).toEqual([])
    expect((await post.all()).filter((one) => one.state === 'cancelled').every((one) => one.why === 'superseded' || one.why === 'stale')).toBe(true)
  }, 150_000)

  test('three messages and more for one number go as one', async () => {
    post.clock.to('2026-11-20T22:00:00+07:00')
    for (let at = 1; at <= 5; at++) {
      const code = `H56.14797-261120-000${at}`
      await post.say('dossiers.finished', { phone: PHONE }, { subject: `h-${at}`, about: code, values: { code, procedure: 'x', unit: 'y' } })
    }
    post.clock.to('2026-11-21T07:00:00+07:00')
    await post.settle()
    await post.pass(1)
    expect(post.sms.sent).toHaveLength(1)
    expect(post.sms.sent[0]!.text).toContain('5 tin mới')
    expect(post.sms.sent[0]!.text).toContain('và ')
    expect((await post.all()).filter((one) => one.why === 'merged')).toHaveLength(5)
  })

  test('one number gets at most so many a day', async () => {
    for (let at = 1; at <= 8; at++) {
      await post.say('dossiers.finished', { phone: PHONE }, { subject: `h-${at}`, about: `H56-${at}` })
      await post.pass(2)
    }
    expect(post.sms.sent).toHaveLength(6)
    expect((await post.all()).filter((one) => one.why === 'daily_limit').length).toBeGreaterThan(0)
    post.clock.to('2026-11-21T07:00:00+07:00')
    await post.pass(5)
    expect(post.sms.sent.length).toBeGreaterThan(6)
    expect((await post.all()).filter((one) => one.state === 'held' || one.state === 'waiting')).toEqual([])
  })
})

test('told by telephone: closed with a note, not sent any more', async () => {
  post.sms.faults.down = true
  const [message] = await post.say('dossiers.finished', { phone: PHONE })
  await post.settle()
  const clerk = { ...post.ctx(), actor: { kind: 'officer', id: 'cb-y', name: 'Một cửa', posts: [{ id: 'p', role: 'mot_cua', title: '', unitId: 'th-14797', unitCode: '14797', unitName: '', unitPath: 'th.th_14797' }] } } as const
  await markTold(clerk, { id: message!.id, note: 'Gọi 9:15, bà Hoa nghe máy.' })
  post.sms.faults.down = false
  await post.pass(30, 5)
  expect(post.sms.sent).toHaveLength(0)
  expect((await post.all())[0]).toMatchObject({ state: 'cancelled', why: 'told', closedBy: 'Một cửa' })
  const stranger = { ...clerk, actor: { ...clerk.actor, posts: [{ ...clerk.actor.posts[0], unitId: 'th-14758', unitPath: 'th.th_14758' }] } }
  await expect(markTold(stranger, { id: message!.id, note: 'Gọi 9:15 rồi.' })).rejects.toThrow('không thuộc phạm vi')
})

const FAULTS: readonly Partial<SmsFaults>[] = [
  {}, { down: true }, { answersLost: true }, { errorsAfterTaking: true }, { errorsBeforeTaking: true }, { mute: true }, { answersLost: true, mute: true }, { perSecond: 1 },
]

test('whatever fails and whichever worker dies: each message reaches the gateway at most once and ends sent, or dead with an owner', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ fault: fc.nat(FAULTS.length - 1), kill: fc.constantFrom('no', 'before', 'after'), say: fc.nat(2), minutes: fc.integer({ min: 1, max: 20 }) }), { minLength: 3, maxLength: 8 }),
      async (days) => {
        await post.database.pool.query("truncate notify.message; update notify.channel set slot_at = null, faults = 0, down_since = null, paused_until = null, probe_until = null")
        post.sms.sent.length = 0
        post.clock.to('2026-11-20T09:00:00+07:00')
        let killing: 'no' | 'before' | 'after' = 'no'
        const dies = new Error('worker killed')
        Object.assign(post.env.notices.senders, {
          sms: {
            ...post.senders.sms,
            send: async (outgoing: Parameters<typeof post.senders.sms.send>[0]) => {
              if (killing === 'before') throw dies
              const sent = await post.senders.sms.send(outgoing)
              if (killing === 'after') throw dies
              return sent
            },
          },
        })
        let count = 0
        for (const day of days) {
          Object.assign(post.sms.faults, noSmsFaults(), { doubles: true }, FAULTS[day.fault])
          killing = day.kill
          for (let n = 0; n < day.say; n++) await post.say('dossiers.finished', { phone: `09${String(10_000_000 + ++count)}` }, { subject: `s-${count}` })
          for (let minute = 0; minute < day.minutes; minute += 4) {
            post.clock.to(new Date(post.clock.now().getTime() + 4 * 60_000))
            for (const one of await post.all()) await deliver(post.ctx(), { id: one.id }).catch((error: unknown) => expect(error).toBe(dies))
            if (day.kill === 'no') await post.settle()
          }
        }
        Object.assign(post.sms.faults, noSmsFaults(), { doubles: true })
        killing = 'no'
        await post.pass(600, 30)
        const ids = post.sms.sent.map((one) => one.id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const message of await post.all()) {
          if (message.state === 'sent') expect(ids).toContain(message.id)
          else expect([message.state, message.ownerRole]).toEqual(['dead', 'mot_cua'])
        }
      },
    ),
    { numRuns: 8 },
  )
}, 150_000)
