// Who may read, choose, check and keep messages: strangers learn nothing, administrators see no case, guessing is braked.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCtx, systemCtx } from '#core/ctx.ts'
import { anonymous } from '#core/policy/actor.ts'
import { checkMessage, deliver, keptMessage, listMessages, markRead, type Message, myContacts, outbox, reportFake, tell, undelivered, verifyContact, claimContact } from '#modules/notify/index.ts'
import { reactions as dossierReactions } from '#modules/dossiers/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { Visitor as Officer } from '../desk/visitor.ts'
import { file } from '../support/walk.ts'
import { goldenOf } from './golden.ts'
import { signedIn, Visitor } from './visitor.ts'

const clock = new MovableClock('2026-11-20T09:00:00+07:00')
const CODE = 'H56.14797-261120-0042'
let app: TestApp
let citizenId = ''
let told: Message[]
const sent: string[] = []

beforeAll(async () => {
  app = await testApp({ clock })
  Object.assign(app.env.notices.senders, {
    sms: { send: async ({ body }: { body: string }) => (sent.push(body), { kind: 'accepted', ref: 'r', parts: 1 }), ask: async () => ({ kind: 'absent' }), reports: null, perSecond: 100 },
  })
  const { actor } = await app.as('congdan1')
  citizenId = actor.kind === 'citizen' ? actor.id : ''
  told = await tell(systemCtx(app.env, 'test'), {
    eventId: 1, template: 'dossiers.finished', values: { code: CODE, procedure: 'Khai sinh', unit: 'UBND' }, subject: '00000000-0000-4000-8000-000000000001', about: CODE, href: `/ho-so/${CODE}`,
    unit: { id: 'th-14797', path: (await app.env.db.selectFrom('org.unit').select('path').where('id', '=', 'th-14797').executeTakeFirstOrThrow()).path as string },
    to: { citizenId, phone: '0912345678' },
  })
  for (const { id } of told) await deliver(systemCtx(app.env, 'test'), { id })
})
afterAll(() => app.close())

const by = (channel: string) => told.find((one) => one.channel === channel)!
const sms = async () => (await listMessages(app.env.db, { subject: by('sms').subject })).find((one) => one.channel === 'sms')!

test('every fact that is told is told, to somebody, in words without holes', async () => {
  const dossier = await file({ ...(await app.as('congdan2')), now: clock.now() }, { procedure: '1.004194', unit: '14797', channel: 'truc_tuyen', form: goldenOf('1.004194').form, applicant: { phone: '0905000005', email: 'nam@example.vn' } })
  const data = {
    code: dossier.code, reasons: [{ text: 'Thiếu giấy tờ', detail: 'trang hai', clause: null }], note: null, dueAt: '2026-11-25T10:30:00Z', totalVnd: 120_000, amountVnd: 50_000, unit: 'th-14797',
    unitName: 'UBND phường', receivedUnit: 'th-14797', apologyUntil: '2026-11-24T10:30:00Z', officer: 'cb-chuyenvien.14797', name: 'Thẩm định', which: 'legal', way: 'document', how: 'overturn', label: 'Giấy hẹn',
    reason: 'Ghi nhầm', before: false, unresolved: false,
  }
  const due = new Date('2026-11-25T10:30:00Z')
  await app.database.pool.query('update dossiers.dossier set due_at = $1 where id = $2', [due, dossier.id])
  let id = 5_000_000
  for (const reaction of dossierReactions.filter((one) => one.name.startsWith('dossiers.tell:'))) {
    const event = { id: (id += 10), name: reaction.event, at: clock.now(), subject: dossier.id, actorKind: 'system', actorId: null, actorName: null, role: null, unitId: null, data } as const
    await reaction.run(systemCtx(app.env, 'test'), event)
    await reaction.run(systemCtx(app.env, 'test'), event)
    const { rows } = await app.database.pool.query<{ channel: string; title: string; body: string; officer_id: string | null }>('select channel, title, body, officer_id from notify.message where event_id = $1', [event.id])
    expect([reaction.event, rows.length > 0]).toEqual([reaction.event, true])
    expect(rows.map((row) => `${row.title} ${row.body}`).join(' ')).not.toMatch(/[{}]|undefined|null|\.\.(?!\.)/)
    expect(new Set(rows.map((row) => `${row.channel} ${row.title} ${row.officer_id}`)).size).toBe(rows.length)
    for (const row of rows) if (row.channel !== 'inapp') expect(row.body).not.toMatch(/trang hai|Ghi nhầm/) // what was said about the case stays in the portal
  }
})

describe('messages', () => {
  test('are the own only; opening one leads to its dossier and counts as reading', async () => {
    const [me, stranger] = [await signedIn(app, 'congdan1'), await signedIn(app, 'congdan2')]
    expect((await me.open('/tin-nhan')).html).toContain(CODE)
    expect((await stranger.open('/tin-nhan')).html).not.toContain(CODE)
    expect((await stranger.open(`/tin-nhan/${by('inapp').id}`)).status).toBe(404)
    expect((await me.open('/tin-nhan?moi=1')).html).toContain(CODE)
    expect(await markRead(await app.as('congdan1'), by('inapp').id)).toBe(`/ho-so/${CODE}`)
    expect((await me.open('/tin-nhan?moi=1')).html).not.toContain(CODE)
    await expect(markRead(await app.as('congdan2'), by('sms').id)).rejects.toThrow('Không có tin này')
    expect((await new Visitor(app, null).open('/tin-nhan')).url).toContain('/sign-in')
  })

  test('filters and rubbish in the address do no harm', async () => {
    const me = await signedIn(app, 'congdan1')
    for (const query of ['?loai=result', '?loai=xyz', '?sau=abc', '?sau=0', '?moi=2', '?loai=__proto__']) expect([query, (await me.open(`/tin-nhan${query}`)).status]).toEqual([query, 200])
    expect((await me.open('/tin-nhan/khong-phai-ma')).status).toBe(404)
  })
})

describe('ways of being told', () => {
  test('a wrong code five times ends the code; the right one counts once; officers have none', async () => {
    const ctx = { ...(await app.as('congdan3')), now: clock.now() }
    await claimContact(ctx, { channel: 'sms', address: '0987 654 321' })
    const [message] = (await listMessages(app.env.db, { limit: 5 })).filter((one) => one.template === 'account.contact_code')
    const otp = /^\d{6}/.exec(message!.body)![0]
    const wrong = otp === '111111' ? '222222' : '111111'
    for (let n = 0; n < 5; n++) await expect(verifyContact(ctx, { channel: 'sms', code: wrong })).rejects.toThrow()
    await expect(verifyContact(ctx, { channel: 'sms', code: otp })).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('quá số lần') }] })
    await claimContact(ctx, { channel: 'sms', address: '0987654321' })
    const fresh = /^\d{6}/.exec((await listMessages(app.env.db, { limit: 5 })).find((one) => one.template === 'account.contact_code')!.body)![0]
    await verifyContact(ctx, { channel: 'sms', code: ` ${fresh} ` })
    expect((await myContacts(ctx)).contacts).toMatchObject([{ address: '0987654321', claimed: null }])
    for (let n = 0; n < 3; n++) await claimContact(ctx, { channel: 'sms', address: `098700000${n}` })
    await expect(claimContact(ctx, { channel: 'sms', address: '0987000009' })).rejects.toThrow('Hôm nay đã gửi')
    await expect(claimContact(await app.as('motcua.14797'), { channel: 'sms', address: '0987654321' })).rejects.toThrow('của công dân')
  })

  test('what is typed wrong stands beside its box, kept', async () => {
    const me = await signedIn(app, 'congdan4')
    const page = await me.open('/nhan-tin')
    expect(page.status).toBe(200)
    const csrf = /name="_csrf" value="([^"]*)"/.exec(page.html)![1]!
    const answer = await app.server.inject({ method: 'POST', url: '/nhan-tin/noi-nhan', headers: { cookie: me.cookie!, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ channel: 'sms', address: '02373852111', _csrf: csrf }).toString() })
    expect([answer.statusCode, answer.body.includes('02373852111'), answer.body.includes('di động 10 chữ số')]).toEqual([422, true, true])
  })
})

describe('is this message ours', () => {
  const ask = (text: string) => checkMessage(makeCtx(app.env, anonymous), { text })

  test('by code, by text; never more than masked', async () => {
    const message = await sms()
    const found = await ask(message.checkCode.toLowerCase())
    expect(found).toMatchObject({ verdict: 'ours', ours: { recipient: '091****678', wholeText: false } })
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`0912345678|${CODE}|Khai sinh`))
    expect(await ask(message.body)).toMatchObject({ verdict: 'ours', ours: { wholeText: true } })
    expect(await ask(`Bấm bit.ly/abc. Mã kiểm tra: ${message.checkCode}`)).toMatchObject({ verdict: 'altered', link: true })
    expect(await ask(`Chuyển 5 triệu vào 0123. Mã kiểm tra: ${message.checkCode}`)).toMatchObject({ verdict: 'altered', link: false })
    expect(await ask('Mã kiểm tra: ZZZZZ9')).toMatchObject({ verdict: 'unknown', ours: null })
    expect(await ask('Chúc mừng quý khách')).toMatchObject({ verdict: 'no_code', ours: null })
  })

  test('a page for anybody, braked after twenty tries', async () => {
    const nobody = new Visitor(app, null)
    expect((await nobody.open('/tin-nhan-that')).forms.some((form) => form.action === '/tin-nhan-that')).toBe(true)
    const post = (text: string) => app.server.inject({ method: 'POST', url: '/tin-nhan-that', remoteAddress: '203.0.113.9', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ text }).toString() })
    expect((await post('')).statusCode).toBe(422)
    const codes: number[] = []
    for (let n = 0; n < 24; n++) codes.push((await post('ABC234')).statusCode)
    expect(codes.slice(0, 15).every((code) => code === 200)).toBe(true)
    expect(codes.at(-1)).toBe(429)
    expect((await post('<script>alert(1)</script>')).body).not.toContain('<script>alert')
  })
})

describe('the outbox', () => {
  test('administrators see their tree without a case in it; nobody else comes in', async () => {
    const ctx = { ...(await app.as('quantri.14797')), now: clock.now() }
    const { rows } = await outbox(ctx, {})
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`0912345678|${CODE}|${(await sms()).checkCode}`))
    expect(rows.every((row) => row.open === null)).toBe(true)
    expect((await outbox({ ...(await app.as('quantri.14758')), now: clock.now() }, {})).rows).toEqual([])
    for (const login of ['motcua.14797', 'lanhdao.14797', 'kiemsoat.h56', 'congdan1']) await expect(outbox(await app.as(login), {})).rejects.toThrow('quản trị')
    await expect(keptMessage(await app.as('quantri.14758'), by('sms').id)).rejects.toThrow('không thuộc phạm vi')
    expect((await keptMessage(await app.as('motcua.14797'), by('sms').id)).open).toMatchObject({ recipient: '0912345678', about: CODE })
    expect(await undelivered(await app.as('chuyenvien.14797'))).toEqual([])
  })

  test('each page as each role', async () => {
    const id = by('sms').id
    const table: [string, Record<string, number>][] = [
      ['/admin/outbox', { 'quantri.14797': 200, 'quantriht.h56': 200, 'motcua.14797': 403, 'kiemsoat.h56': 403 }],
      ['/admin/outbox/templates', { 'quantri.14797': 200, 'quantriht.h56': 200, 'motcua.14797': 403, 'kiemsoat.h56': 403 }],
      [`/admin/outbox/${id}`, { 'quantri.14797': 200, 'quantri.14758': 404, 'kiemsoat.h56': 404 }],
      ['/desk/notices', { 'motcua.14797': 200, 'lanhdao.14797': 200, 'quantri.14797': 200, 'antoan.h56': 200 }],
      ['/desk/undelivered', { 'motcua.14797': 200, 'chuyenvien.14797': 403, 'quantri.14797': 403 }],
      [`/desk/undelivered/${id}`, { 'motcua.14797': 200, 'motcua.14758': 404, 'chuyenvien.14797': 404 }],
      ['/desk/fakes', { 'quantriht.h56': 200, 'antoan.h56': 200, 'motcua.14797': 403, 'quantri.14797': 403 }],
    ]
    const officers = new Map<string, Officer>()
    for (const [path, roles] of table) {
      for (const [login, status] of Object.entries(roles)) {
        const officer = officers.get(login) ?? (await Officer.at(app, login))
        officers.set(login, officer)
        expect([path, login, (await officer.get(path)).status]).toEqual([path, login, status])
      }
    }
  })

  test('a report of a fake is kept with what we make of it; two at once are closed once', async () => {
    const { id } = await reportFake(makeCtx(app.env, anonymous), { text: `Bấm vneid-gov.top. Mã kiểm tra: ${(await sms()).checkCode}`, sender: '0888' })
    const guard = await Officer.at(app, 'antoan.h56')
    expect((await guard.get('/desk/fakes')).text).toContain('Lấy mã thật, lời giả')
    expect((await guard.press('Ghi đã xử lý', { note: '' })).status).toBe(422)
    await guard.get('/desk/fakes')
    expect((await guard.press('Ghi đã xử lý', { note: 'Đã cảnh báo.' })).text).toContain('Đã cảnh báo.')
    expect((await guard.post(`/desk/fakes/${id}`, [['note', 'Lần hai.']])).text).not.toContain('Lần hai.')
  })
})
