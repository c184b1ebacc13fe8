// The contract of the SMS gateway, kept by the adapter and the simulator: what each answer means, and what the pages show.

import Fastify, { type FastifyInstance } from 'fastify'
import formbody from '@fastify/formbody'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Sender } from '#core/notices/types.ts'
import { smsSender } from '#modules/notify/index.ts'
import { freePort } from '#test/support/platform.ts'
import { createSmsTwin, mountSms, SMS_PREFIX, SMS_TWIN_KEY, type SmsGatewayTwin } from './index.tsx'
import { noSmsFaults, type SmsFaults } from './types.ts'

let server: FastifyInstance
let twin: SmsGatewayTwin
let sender: Sender
let url: string
let now = new Date('2026-11-20T02:00:00Z')
const long = 'Hồ sơ H56.14797-261122-0001 đã có kết quả. Mời ông/bà nhận trên cổng dịch vụ công hoặc tại nơi đã nộp. Mã kiểm tra: K7M4PX.'

beforeAll(async () => {
  server = Fastify()
  await server.register(formbody)
  twin = createSmsTwin({ now: () => now })
  mountSms(server, twin)
  await server.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(server.server.address() as { port: number }).port}${SMS_PREFIX}`
  sender = smsSender({ url, key: SMS_TWIN_KEY, from: 'TINH SO', timeoutMs: 1000 })
})
afterAll(() => server.close())
beforeEach(() => {
  Object.assign(twin.faults, noSmsFaults())
  twin.sent.length = 0
})

let n = 0
const message = (more = {}) => ({ id: `00000000-0000-4000-8000-${String(++n).padStart(12, '0')}`, to: '0912345678', title: 'x', body: long, ...more })

describe('send', () => {
  test('a long Vietnamese text goes in two UCS-2 parts; its id is known then, and sent again it is one', async () => {
    const one = message()
    expect(await sender.send(one)).toMatchObject({ kind: 'accepted', parts: 2 })
    expect(await sender.ask!(one.id)).toMatchObject({ kind: 'accepted' })
    expect(await sender.send(one)).toMatchObject({ kind: 'accepted' })
    expect(twin.sent).toHaveLength(1)
    expect(twin.sent[0]!.parts.map((part) => part.length)).toEqual([67, long.length - 67])
    expect(await sender.ask!('00000000-0000-4000-8000-999999999999')).toEqual({ kind: 'absent' })
  })

  test.each<[string, Partial<SmsFaults>, object, object]>([
    ['down', { down: true }, { kind: 'unknown' }, { kind: 'unanswered' }],
    ['answer lost', { answersLost: true }, { kind: 'unknown' }, { kind: 'accepted' }],
    ['500 after taking', { errorsAfterTaking: true }, { kind: 'unknown' }, { kind: 'accepted' }],
    ['500 before taking', { errorsBeforeTaking: true }, { kind: 'unknown' }, { kind: 'absent' }],
    ['too slow', { slowMs: 1400 }, { kind: 'unknown' }, { kind: 'unanswered' }],
    ['mute', { mute: true }, { kind: 'accepted' }, { kind: 'unanswered' }],
  ])('%s', async (_what, faults, sent, asked) => {
    Object.assign(twin.faults, faults)
    const one = message()
    expect(await sender.send(one)).toMatchObject(sent)
    expect(await sender.ask!(one.id)).toMatchObject(asked)
  })

  test('a bad number is refused for good, a wrong key is an outage, a gateway that is not there was not reached', async () => {
    expect(await sender.send(message({ to: '113' }))).toEqual({ kind: 'refused', why: 'bad_number' })
    expect(await smsSender({ url, key: 'sai', from: 'X' }).send(message())).toMatchObject({ kind: 'later', outage: true })
    expect(await smsSender({ url: `http://127.0.0.1:${await freePort()}`, key: 'x', from: 'X' }).send(message())).toMatchObject({ kind: 'later', outage: true })
    expect(twin.sent).toHaveLength(0)
  })

  test('above its pace it says when to come again', async () => {
    twin.faults.perSecond = 1
    await sender.send(message())
    expect(await sender.send(message())).toEqual({ kind: 'later', why: 'Tổng đài yêu cầu gửi chậm lại.', outage: false, afterMs: 1000 })
  })
})

test('reports: each once, from the mark on', async () => {
  const one = message()
  const fresh = createSmsTwin({ now: () => now })
  const other = Fastify()
  mountSms(other, fresh)
  await other.listen({ port: 0, host: '127.0.0.1' })
  const asks = smsSender({ url: `http://127.0.0.1:${(other.server.address() as { port: number }).port}${SMS_PREFIX}`, key: SMS_TWIN_KEY, from: 'X' })
  await asks.send(one)
  expect((await asks.reports!(''))!.reports).toEqual([])
  now = new Date(now.getTime() + 5000)
  const got = (await asks.reports!(''))!
  expect(got.reports).toMatchObject([{ id: one.id, delivered: true }])
  expect((await asks.reports!(got.mark))!.reports).toEqual([])
  fresh.faults.mute = true
  expect(await asks.reports!('')).toBeNull()
  await other.close()
})

test('the pages show what phones got and switch faults; a form from elsewhere is refused', async () => {
  await sender.send(message())
  expect((await server.inject(`${SMS_PREFIX}/`)).body).toContain('đã có kết quả')
  const saved = await server.inject({ method: 'POST', url: `${SMS_PREFIX}/faults`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'down=1&slowMs=3000&perSecond=5' })
  expect(saved.body).toContain('Đã đặt')
  expect(twin.faults).toMatchObject({ down: true, slowMs: 3000, perSecond: 5 })
  Object.assign(twin.faults, noSmsFaults())
  const foreign = await server.inject({ method: 'POST', url: `${SMS_PREFIX}/faults`, headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' }, payload: 'down=1' })
  expect([foreign.statusCode, twin.faults.down]).toEqual([403, false])
})
