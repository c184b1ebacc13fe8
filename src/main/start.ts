// `npm start`: the whole platform in one process, with its own PostgreSQL when none is named.

import type { Runner } from 'graphile-worker'
import { systemCtx } from '#core/ctx.ts'
import { type Database, openDatabase } from '#core/db/index.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { demoBank } from '#twins/bank/index.ts'
import { makeApp } from './app.ts'
import { prepareDatabase, projectRoot } from './boot.ts'
import { type Config, loadConfig } from './config.ts'
import { makeEnv } from './env.ts'
import { found, type Founded } from './founding.ts'
import { type EmbeddedPostgres, startPostgres } from './postgres.ts'
import { claim, clearRuntime, findRuntime, writeRuntime } from './runtime.ts'
import { drawMissingFeeTables } from '#modules/procedures/index.ts'
import { loadPack } from './packs.ts'
import { DEMO_PASSWORD, seedDemo } from './seed.ts'
import { withTwins } from './twins.ts'
import { releaseJobs, startWorker } from './worker.ts'

export interface Parts {
  readonly server: boolean
  readonly worker: boolean
  readonly demo: boolean
}

/** The database of this configuration: the one named by DATABASE_URL, or the embedded one, started here. */
export async function openConfigured(config: Config): Promise<{ database: Database; url: string; postgres: EmbeddedPostgres | null }> {
  if (config.databaseUrl) return { database: openDatabase(config.databaseUrl), url: config.databaseUrl, postgres: null }
  const postgres = await startPostgres(config.dataDir)
  return { database: openDatabase(postgres.url), url: postgres.url, postgres }
}

function becomeTheOne(config: Config): void {
  const other = claim(config.dataDir)
  if (other === null) return
  const where = findRuntime(config.dataDir)?.publicUrl
  throw new Error(
    `Tỉnh Số đang chạy trên thư mục dữ liệu này rồi (tiến trình ${other}${where ? `, ${where}` : ''}). Hãy dừng nó trước, hoặc đặt DATA_DIR khác.`,
  )
}

const inner = (config: Config): string => `http://${config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host}:${config.port}`

async function listen(config: Config, app: Awaited<ReturnType<typeof makeApp>>): Promise<void> {
  try {
    await app.server.listen({ host: config.host, port: config.port })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new Error(`Cổng ${config.port} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: PORT=8081 npm start`, { cause: error })
  }
}

/** Runs until told to stop. Resolves after a graceful stop. */
export async function start(parts: Parts): Promise<void> {
  const began = performance.now()
  const configured = loadConfig(process.env, projectRoot)
  if (configured.pack !== null) loadPack(configured.pack) // a wrong name is said before anything is made
  if (!configured.databaseUrl) becomeTheOne(configured)
  const { database, url, postgres } = await openConfigured(configured)
  let twins: Awaited<ReturnType<typeof withTwins>> | null = null
  let runner: Runner | null = null
  let app: Awaited<ReturnType<typeof makeApp>> | null = null
  let stopping: Promise<void> | null = null

  const stop = async (): Promise<void> => {
    const patience = setTimeout(() => process.exit(1), 25_000)
    patience.unref()
    await app?.server.close().catch(() => {})
    await runner?.stop().catch(() => {})
    await twins?.mail.close()
    await database.close().catch(() => {})
    await postgres?.stop()
    clearRuntime(configured.dataDir)
  }

  try {
    await prepareDatabase(database.pool)
    const origin = await found(database.db, configured.pack, { demo: parts.demo })
    twins = parts.demo ? await withTwins(configured, origin.clock, inner(configured)) : null
    const config = twins?.config ?? configured
    const env = makeEnv(database.db, { ...config, bank: config.bank ?? (parts.demo ? demoBank(config.secret, inner(config)) : null) }, origin.clock, origin.pack)
    if (parts.worker) await drawMissingFeeTables(systemCtx(env, 'Khởi động'))
    if (parts.demo && parts.worker) {
      const loaded = await seedDemo(systemCtx(env, 'Khởi động'))
      if (loaded.length > 0) console.log(`Đã nạp tỉnh mẫu: ${loaded.join('; ')}.`)
    }
    if (parts.server) {
      app = await makeApp(env, { logLevel: config.logLevel, innerUrl: inner(config), demo: parts.demo, vneid: config.vneid, mail: twins?.mail })
      await listen(config, app)
    }
    if (parts.worker) {
      if (postgres) await releaseJobs(database.pool)
      runner = await startWorker(env, database.pool)
    }
    writeRuntime(config.dataDir, { databaseUrl: url, publicUrl: config.publicUrl, port: config.port, pack: origin.pack.id })
    if (parts.demo) console.log(greeting(config, origin, performance.now() - began))
    else if (parts.server) console.log(`Tỉnh Số đang chạy tại ${config.publicUrl}`)
    else console.log('Đang xử lý việc nền.')
  } catch (error) {
    await stop()
    throw error
  }

  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        stopping ??= stop().then(resolve)
      })
    }
  })
}

function greeting(config: Config, { pack, clock }: Founded, took: number): string {
  const today = localDate(clock.now())
  const logins = [
    ['Công dân (VNeID mô phỏng)', 'congdan1 … congdan12, chọn tên, không cần mật khẩu'],
    [pack.id === 'ba-cap' ? 'Một cửa phường Đông Hải' : 'Một cửa phường Hạc Thành', 'motcua.14797'],
    ...(pack.id === 'ba-cap' ? [['Một cửa thành phố Thanh Hóa', 'motcua.380']] : []),
    ['Chuyên viên', 'chuyenvien.14797'],
    ['Lãnh đạo (ký)', 'lanhdao.14797'],
    ['Văn thư (cấp số)', 'vanthu.14797'],
    ['Kiểm soát thủ tục', 'kiemsoat.h56'],
    ['Quản trị hệ thống', 'quantriht.h56'],
  ]
  return [
    '',
    `  Tỉnh Số đang chạy tại  ${config.publicUrl}   (khởi động ${(took / 1000).toFixed(1)} giây)`,
    '',
    `  Gói quy định     ${pack.title} (${pack.id})${pack.demo ? `; ngày của bản trình diễn: ${formatDate(today)}` : ''}`,
    ...(pack.to !== null && today > pack.to ? [`  ! Đã qua ${formatDate(pack.to)}, ngày cuối của gói này; xóa DATA_DIR để bắt đầu lại.`] : []),
    '',
    `  Cổng công dân    ${config.publicUrl}/`,
    `  Bàn làm việc     ${config.publicUrl}/desk`,
    `  Tin đã gửi       ${config.publicUrl}/dev/outbox   (SMS ${config.publicUrl}/twins/sms/, thư ${config.publicUrl}/twins/mail/)`,
    `  API              ${config.publicUrl}/api/v1/openapi.json`,
    '',
    ...logins.map(([who, login]) => `  ${who!.padEnd(28)} ${login}`),
    `  Mật khẩu cán bộ mẫu          ${DEMO_PASSWORD}`,
    '  Mọi tài khoản mẫu            bin/tinhso demo users',
    '',
  ].join('\n')
}
