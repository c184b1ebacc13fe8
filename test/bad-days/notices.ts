// An outbox with its gateway and mail server for tests of bad days: messages are written, time is moved, workers are killed in the middle.

import Fastify, { type FastifyInstance } from 'fastify'
import { type Ctx, type Env, makeCtx, systemCtx } from '#core/ctx.ts'
import { anonymous } from '#core/policy/actor.ts'
import type { Sender } from '#core/notices/types.ts'
import { makeEnv } from '#main/env.ts'
import { deliver, listMessages, mailSender, type Message, smsSender, sweep, tell, type Telling } from '#modules/notify/index.ts'
import { MailTwin } from '#twins/mail/index.tsx'
import { createSmsTwin, mountSms, SMS_PREFIX, SMS_TWIN_KEY, type SmsGatewayTwin } from '#twins/sms/index.tsx'
import { MovableClock } from '../support/clock.ts'
import { freshDatabase, type TestDatabase } from '../support/db.ts'

export interface Post {
  readonly env: Env
  readonly clock: MovableClock
  readonly database: TestDatabase
  readonly sms: SmsGatewayTwin
  readonly mail: MailTwin
  readonly ctx: () => Ctx
  /** The senders as they are, to be wrapped. */
  readonly senders: { sms: Sender; email: Sender }
  /** Tells somebody something; each call is a fact of its own. */
  say(template: string, to: Telling['to'], more?: Partial<Telling>): Promise<Message[]>
  all(): Promise<Message[]>
  /** Runs what is due now, as jobs would, until nothing is. */
  settle(): Promise<void>
  /** Lets time pass in steps, with a sweep at each. */
  pass(minutes: number, step?: number): Promise<void>
  close(): Promise<void>
}

let facts = 0

export async function openPost(at = '2026-11-20T09:00:00+07:00', { perSecond = 50, timeoutMs = 1500 }: { perSecond?: number; timeoutMs?: number } = {}): Promise<Post> {
  const clock = new MovableClock(at)
  const database = await freshDatabase()
  const server: FastifyInstance = Fastify()
  const sms = createSmsTwin(clock)
  mountSms(server, sms)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as { port: number }
  const mail = new MailTwin(clock)
  const env = makeEnv(database.db, { publicUrl: 'http://tinhso.test', dataDir: '/nonexistent', secret: 'test-secret' }, clock)
  const senders = {
    sms: smsSender({ url: `http://127.0.0.1:${port}${SMS_PREFIX}`, key: SMS_TWIN_KEY, from: 'TINH SO', timeoutMs, perSecond }),
    email: mailSender({ url: await mail.listen(), from: 'Tỉnh <khong@tinhso.example>', timeoutMs }),
  }
  Object.assign(env.notices.senders, senders)
  const ctx = () => systemCtx(env, 'test')

  const post: Post = {
    env, clock, database, sms, mail, ctx, senders,
    say: (template, to, more = {}) => {
      const example = env.notices.book.templates.find((one) => one.key === template)!.example
      return tell(ctx(), { eventId: ++facts, template, values: example, subject: 'ho-so-1', about: example['code'] ?? null, href: '/ho-so/x', unit: { id: 'th-14797', path: 'th.th_14797' }, to, ...more })
    },
    all: () => listMessages(database.db, { limit: 1000 }),
    async settle() {
      for (let guard = 0; guard < 200; guard++) {
        const { rows } = await database.pool.query<{ id: string }>(
          `select id from notify.message where (state in ('waiting','held','failed') and next_at <= $1) or (state = 'sending' and next_at <= $1) order by event_id, seq`, [clock.now()])
        if (rows.length === 0) return
        for (const { id } of rows) await deliver(ctx(), { id })
      }
      throw new Error('Hộp thư đi quay mãi không xong')
    },
    async pass(minutes, step = 1) {
      for (let done = 0; done < minutes; done += step) {
        clock.to(new Date(clock.now().getTime() + step * 60_000))
        await sweep(ctx())
        await post.settle()
      }
    },
    async close() {
      await server.close()
      await mail.close()
      await database.close()
    },
  }
  return post
}

export const nobody = (env: Env): Ctx => makeCtx(env, anonymous)
export const PHONE = '0912345678'
export const CITIZEN = '11111111-1111-4111-8111-111111111111'
