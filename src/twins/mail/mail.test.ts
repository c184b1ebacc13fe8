// The contract of mail: what each turn of an SMTP dialogue means to the adapter, against a real server on a loopback port.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Sender } from '#core/notices/types.ts'
import { mailSender } from '#modules/notify/index.ts'
import { freePort } from '#test/support/platform.ts'
import { type MailFaults, MailTwin } from './index.tsx'
import { noMailFaults } from './server.ts'

const twin = new MailTwin({ now: () => new Date('2026-11-20T02:00:00Z') })
let sender: Sender
beforeAll(async () => {
  sender = mailSender({ url: await twin.listen(), from: 'Tỉnh Thanh Hóa <khongtraloi@tinhso.example>', timeoutMs: 1000 })
})
afterAll(() => twin.close())
beforeEach(() => {
  Object.assign(twin.faults, noMailFaults())
  twin.taken.length = 0
})

const message = { id: '11111111-1111-4111-8111-111111111111', to: 'hoa@example.vn', title: 'Đã có kết quả: hồ sơ H56-1', body: 'Hồ sơ H56-1 <đã> có kết quả.\n\nXem: http://tinhso.test/ho-so/H56-1' }

test('a mail arrives as written, in Vietnamese, under our id', async () => {
  expect(await sender.send(message)).toMatchObject({ kind: 'accepted' })
  const [{ mail, to, messageId }] = twin.taken as [(typeof twin.taken)[number]]
  expect(to).toEqual(['hoa@example.vn'])
  expect(messageId).toBe('<11111111-1111-4111-8111-111111111111@tinhso.example>')
  expect(mail.subject).toBe('Đã có kết quả: hồ sơ H56-1')
  expect(mail.from).toMatchObject({ name: 'Tỉnh Thanh Hóa', address: 'khongtraloi@tinhso.example' })
  expect(mail.text).toContain('Hồ sơ H56-1 <đã> có kết quả.')
  expect(mail.html).toContain('Hồ sơ H56-1 &lt;đã&gt; có kết quả.')
  expect(mail.html).toContain('<a href="http://tinhso.test/ho-so/H56-1">')
})

test.each<[keyof MailFaults, object, number]>([
  ['down', { kind: 'later', outage: true }, 0],
  ['later', { kind: 'later', outage: false }, 0],
  ['refuses', { kind: 'refused' }, 0],
  ['answersLost', { kind: 'unknown' }, 1],
  ['breaks', { kind: 'unknown' }, 0],
])('%s', async (fault, outcome, taken) => {
  twin.faults[fault] = true
  expect(await sender.send(message)).toMatchObject(outcome)
  expect(twin.taken).toHaveLength(taken)
})

test('a server that is not there was not reached', async () => {
  expect(await mailSender({ url: `smtp://127.0.0.1:${await freePort()}`, from: 'a@b.vn', timeoutMs: 500 }).send(message)).toMatchObject({ kind: 'later', outage: true })
})

test('a password never goes over an open line', async () => {
  const url = await twin.listen().then((address) => address.replace('smtp://', 'smtp://u:p@'))
  expect(await mailSender({ url, from: 'a@b.vn', timeoutMs: 500 }).send(message)).toMatchObject({ kind: 'later', outage: true })
  expect(twin.taken).toHaveLength(0)
})
