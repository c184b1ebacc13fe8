// The database as the modules see it: Kysely over a pool, transactions that know when a retry is safe.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, Kysely as KyselyClass, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from '#db/types.ts'
import { AppError, Unavailable } from '../errors.ts'
import { againMs, atGate, GateShut, passed, shutWords } from './gate.ts'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>
/** Reads take either: a transaction where they must see its own writes, else the pool. */
export type Reader = Db | Tx

const int8 = 20
const date = 1082
const numeric = 1700
pg.types.setTypeParser(int8, Number)
pg.types.setTypeParser(numeric, Number)
pg.types.setTypeParser(date, (text) => text)

export interface Database {
  readonly db: Db
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool. Connections that break are dropped and made anew; nothing is kept in them. */
export function openDatabase(url: string, { max = 20 }: { max?: number } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, keepAlive: true })
  const dropped = () => {} // a connection died with its server; the next query gets a new one
  pool.on('error', dropped)
  pool.on('connect', (client) => client.on('error', dropped))
  const db = new KyselyClass<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    pool,
    async close() {
      await db.destroy() // ends the pool only when a query was run
      if (!pool.ended) await pool.end()
    },
  }
}

const LOST_CODES = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', '08001', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT'])

/** Whether the error says that the server went away, not that the statement was wrong. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  return (typeof code === 'string' && LOST_CODES.has(code)) || /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(error.message)
}

const isSerialization = (error: unknown): boolean => ['40001', '40P01'].includes(String((error as { code?: unknown })?.code))

const outage = (cause: unknown): Unavailable =>
  new Unavailable('database', 'Cơ sở dữ liệu đang khởi động lại. Thông tin chưa được ghi; xin thử lại sau ít giây.', { cause: cause as Error })

async function shutOut(db: Db, cause: unknown): Promise<Unavailable> {
  const shut = await atGate(db).catch(() => null) // whatever cannot be read is not said
  return new Unavailable('reorg', shutWords(shut), { cause: cause as Error, afterS: Math.ceil(againMs(shut) / 1000) })
}

/** How long an act waits before a shut gate. */
const PATIENCE_MS = 15_000
const KNOCK_MS = 150

const unknownFate = (cause: unknown): Unavailable =>
  new Unavailable('database', 'Mất kết nối đúng lúc ghi. Xin tải lại trang để xem việc đã được ghi nhận chưa trước khi làm lại.', { cause: cause as Error })

/** Runs `body` in one transaction. Retries it when the server was lost or a deadlock was met before the commit was sent, since nothing
 *  was written then; a connection lost during the commit itself is told as unknown. Passes the gate (gate.ts) unless `alone`, which is for
 *  whoever shuts it, and for looks that change nothing. Throws Unavailable('database'), Unavailable('reorg') when the gate stays shut. */
export async function inTransaction<R>(db: Db, body: (tx: Tx) => Promise<R>, { attempts = 6, alone = false }: { attempts?: number; alone?: boolean } = {}): Promise<R> {
  let knocks = 0
  for (let attempt = 1; ; attempt++) {
    let bodyDone = false
    let fault: unknown // of the body: a rollback on a dead connection throws another error over it
    try {
      return await db.transaction().execute(async (tx) => {
        try {
          if (!alone && !(await passed(tx))) throw new GateShut()
          const result = await body(tx)
          bodyDone = true
          return result
        } catch (thrown) {
          fault = thrown
          throw thrown
        }
      })
    } catch (thrown) {
      const error = fault ?? thrown
      if (error instanceof AppError) throw error
      if (error instanceof GateShut) {
        if (++knocks * KNOCK_MS > PATIENCE_MS) throw await shutOut(db, error)
        attempt -= 1
        await sleep(KNOCK_MS)
        continue
      }
      const lost = isLostConnection(error)
      if (!lost && !isSerialization(error)) throw error
      if (bodyDone && lost) throw unknownFate(error)
      if (attempt >= attempts) throw outage(error)
      await sleep(lost ? 150 * attempt : 20 * attempt)
    }
  }
}
