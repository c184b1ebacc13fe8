// Idempotency-Key: the first request with a key runs, all others with it get that one's answer.

import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx, Env } from './ctx.ts'
import { Conflict, Invalid } from './errors.ts'
import { patiently } from './db/patience.ts'

/** A final answer as it is kept and given again. */
export interface Kept {
  readonly status: number
  readonly type: string | null
  readonly body: string | null
}

const KEEP_MS = 24 * 3_600_000
/** An owner shows that it lives by touching its row; one that has been silent for so long is dead. */
const DEAD_MS = 30_000
const TOUCH_MS = 10_000
const WAIT_MS = 10_000
const SWEEP_MS = 600_000

const KEY = /^[\x21-\x7e]{1,255}$/

/** Throws Invalid unless the header is a usable key. */
export function checkKey(header: string | string[]): string {
  const key = (Array.isArray(header) ? (header[0] ?? '') : header).trim()
  if (KEY.test(key)) return key
  throw new Invalid([{ key: 'Idempotency-Key', message: 'Idempotency-Key gồm 1–255 ký tự ASCII không có khoảng trắng, ví dụ một UUID.' }], 'Idempotency-Key không dùng được.', 400)
}

export const digestOf = (method: string, url: string, body: unknown): string =>
  createHash('sha256').update(`${method} ${url}\n${JSON.stringify(body) ?? ''}`).digest('hex')

const otherBody = () =>
  new Invalid([{ key: 'Idempotency-Key', message: 'Khóa này đã dùng cho một yêu cầu có nội dung khác. Dùng khóa mới cho yêu cầu mới.' }], 'Idempotency-Key đã dùng cho một yêu cầu khác.')

const stillRunning = () =>
  new Conflict('idempotency.running', 'Yêu cầu trước với cùng Idempotency-Key còn đang chạy. Xin thử lại sau ít giây với đúng khóa đó.')

export function keeper(env: Env) {
  const { db } = env
  let sweptAt = 0

  const mine = (actor: string, key: string) => db.updateTable('core.idempotency').where('actor', '=', actor).where('key', '=', key)

  async function sweep(now: Date): Promise<void> {
    if (now.getTime() - sweptAt < SWEEP_MS) return
    sweptAt = now.getTime()
    await db.deleteFrom('core.idempotency').where('created_at', '<', new Date(now.getTime() - KEEP_MS)).execute()
  }

  /** The kept answer, or null when this request is to run: it then owns the key. */
  async function claim(actor: string, key: string, digest: string): Promise<Kept | null> {
    for (let waited = 0, pause = 25; ; waited += pause, pause = Math.min(pause * 2, 200)) {
      const now = env.clock.now()
      const inserted = await db
        .insertInto('core.idempotency')
        .values({ actor, key, request_digest: digest, created_at: now })
        .onConflict((c) => c.columns(['actor', 'key']).doNothing())
        .returning('key')
        .executeTakeFirst()
      if (inserted) return null
      const row = await patiently(() => db.selectFrom('core.idempotency').selectAll().where('actor', '=', actor).where('key', '=', key).executeTakeFirst())
      if (row && now.getTime() - row.created_at.getTime() > KEEP_MS) {
        await db.deleteFrom('core.idempotency').where('actor', '=', actor).where('key', '=', key).where('created_at', '=', row.created_at).execute()
        continue
      }
      if (row && row.request_digest !== digest) throw otherBody()
      if (row?.status) return { status: row.status, type: row.content_type, body: row.body }
      if (row && now.getTime() - row.created_at.getTime() > DEAD_MS) {
        const taken = await mine(actor, key).set({ created_at: now }).where('status', 'is', null).where('created_at', '=', row.created_at).returning('key').executeTakeFirst()
        if (taken) return null
      }
      if (waited >= WAIT_MS) throw stillRunning()
      await sleep(pause)
    }
  }

  /** Runs once for the key. `run` gives a final answer or throws; what it throws is not kept, so a retry runs again. */
  return async function once(ctx: Ctx, actor: string, key: string, digest: string, run: () => Promise<Kept>): Promise<{ kept: Kept; again: boolean }> {
    await sweep(ctx.now)
    const known = await claim(actor, key, digest)
    if (known) return { kept: known, again: true }
    const alive = setInterval(() => {
      mine(actor, key).set({ created_at: env.clock.now() }).where('status', 'is', null).execute().catch(() => {})
    }, TOUCH_MS)
    try {
      const kept = await run()
      await patiently(() => mine(actor, key).set({ status: kept.status, content_type: kept.type, body: kept.body }).execute())
      return { kept, again: false }
    } catch (error) {
      await patiently(() => db.deleteFrom('core.idempotency').where('actor', '=', actor).where('key', '=', key).where('status', 'is', null).execute()).catch(() => {})
      throw error
    } finally {
      clearInterval(alive)
    }
  }
}
