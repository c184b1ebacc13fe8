// What `bin/tinhso` can do, a few lines a command.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Env, systemCtx } from '#core/ctx.ts'
import { openDatabase } from '#core/db/index.ts'
import { Invalid } from '#core/errors.ts'
import { importEntries, ManyEnd } from '#modules/catalogue/index.ts'
import { issueToken } from '#modules/identity/index.ts'
import { importRecord } from '#modules/procedures/index.ts'
import { prepareDatabase, projectRoot } from './boot.ts'
import { loadConfig } from './config.ts'
import { demoUsers } from './demo-users.ts'
import { makeEnv } from './env.ts'
import { found, founded } from './founding.ts'
import { DEFAULT_PACK, packIds } from './packs.ts'
import { claim, findRuntime, releaseClaim } from './runtime.ts'
import { knownUnitKeys, seedDemo } from './seed.ts'
import { openConfigured, start } from './start.ts'

const HELP = `tinhso – nền tảng chính quyền số của tỉnh

  tinhso start [--pack GÓI]           chạy cả nền tảng (máy chủ, việc nền, PostgreSQL nhúng) với tỉnh mẫu
  tinhso server | worker              chạy riêng từng phần, nhiều bản cùng lúc được (cần DATABASE_URL)
  tinhso migrate                      đưa cơ sở dữ liệu lên lược đồ hiện tại
  tinhso seed                         nạp tỉnh mẫu nếu chưa có
  tinhso import procedures TỆP|THƯ_MỤC  kiểm tra rồi nạp bản ghi thủ tục (tinhso.procedure/1)
  tinhso import catalogue TỆP [--whole [--ends SỐ]] [--source NGUỒN]  nạp danh mục quốc gia (thủ tục chỉ biết tên)
  tinhso token --login TÊN [--post MÃ] [--hours 12]   cấp mã truy cập của nền tảng đang chạy
  tinhso demo users [--json]          mọi tài khoản mẫu

Gói quy định (--pack hoặc TINHSO_PACK, chọn khi lập dữ liệu): ${packIds().join(', ')}
Biến môi trường: PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_URL, LOG_LEVEL; VNEID_ISSUER, VNEID_CLIENT_ID, VNEID_CLIENT_SECRET;
DEMO=1 cho tinhso server: có trang mô phỏng`

/** Takes `--pack GÓI` out of the arguments into the environment, where all commands look. */
function takePack(args: readonly string[]): string[] {
  const at = args.findIndex((one) => one === '--pack' || one.startsWith('--pack='))
  if (at < 0) return [...args]
  const inline = args[at]!.startsWith('--pack=')
  const id = inline ? args[at]!.slice('--pack='.length) : args[at + 1]
  if (!id || id.startsWith('-')) throw new Error(`Sau --pack cần tên một gói quy định: ${packIds().join(', ')}.`)
  process.env['TINHSO_PACK'] = id
  return args.toSpliced(at, inline ? 1 : 2)
}

/** Runs one command; the number is the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = takePack(args)
  switch (command) {
    case 'start':
      await start({ server: true, worker: true, demo: true })
      return 0
    case 'server':
      await start({ server: true, worker: false, demo: process.env['DEMO'] === '1' })
      return 0
    case 'worker':
      await start({ server: false, worker: true, demo: false })
      return 0
    case 'migrate':
      return withEnv(async () => 0)
    case 'seed':
      return withEnv(async (env) => {
        const loaded = await seedDemo(systemCtx(env, 'Nạp dữ liệu'))
        console.log(loaded.length > 0 ? `Đã nạp: ${loaded.join('; ')}.` : 'Tỉnh mẫu đã có đủ.')
        return 0
      }, { founding: true })
    case 'import':
      return importCommand(rest)
    case 'token':
      return tokenCommand(rest)
    case 'demo':
      return demoCommand(rest)
    case undefined:
    case 'help':
    case '--help':
      console.log(HELP)
      return 0
    default:
      console.error(`Không có lệnh “${command}”.\n\n${HELP}`)
      return 2
  }
}

/** The database of the running platform, or else of the configuration, brought up to date for the command and let go after it. */
async function withEnv(work: (env: Env) => Promise<number>, { founding = false } = {}): Promise<number> {
  const config = loadConfig(process.env, projectRoot)
  const running = findRuntime(config.dataDir)
  if (!running && !config.databaseUrl) {
    const other = claim(config.dataDir)
    if (other !== null) throw new Error(`Nền tảng đang khởi động hoặc đang dừng (tiến trình ${other}); xin chạy lại lệnh sau ít giây.`)
  }
  const opened = running && !config.databaseUrl ? { database: openDatabase(running.databaseUrl), postgres: null } : await openConfigured(config)
  try {
    await prepareDatabase(opened.database.pool)
    const { clock, pack } = founding ? await found(opened.database.db, config.pack, { demo: true }) : await founded(opened.database.db, config.pack)
    return await work(makeEnv(opened.database.db, config, clock, pack))
  } finally {
    await opened.database.close()
    await opened.postgres?.stop()
    if (opened.postgres) releaseClaim(config.dataDir)
  }
}

function recordFiles(path: string): string[] {
  if (!existsSync(path)) throw new Error(`Không có tệp hay thư mục ${path}.`)
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => name.endsWith('.json') && name !== 'schema.json').sort()
  if (names.length === 0) throw new Error(`Thư mục ${path} không có tệp .json nào.`)
  return names.map((name) => join(path, name))
}

async function importCatalogue(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { whole: { type: 'boolean', default: false }, ends: { type: 'string' }, source: { type: 'string', default: 'Cổng Dịch vụ công quốc gia' } } })
  const path = positionals[0] && resolve(process.env['TINHSO_CWD'] ?? process.cwd(), positionals[0])
  if (!path) {
    console.error('Cách dùng: tinhso import catalogue TỆP [--whole] [--source NGUỒN]')
    return 2
  }
  if (!existsSync(path)) throw new Error(`Không có tệp ${path}.`)
  return withEnv(async (env) => {
    try {
      const done = await importEntries(systemCtx(env, 'Nạp danh mục'), JSON.parse(readFileSync(path, 'utf8')), { source: values.source, whole: values.whole, ends: values.ends === undefined ? null : Number(values.ends) })
      console.log(`✓ ${done.rows} dòng: ${done.added} mới, ${done.changed} đổi, ${done.gone} không còn, ${done.same} như cũ.`)
      if (done.repeated.length > 0) console.log(`  ! ${done.repeated.length} mã ghi hai lần, lấy dòng sau: ${done.repeated.slice(0, 10).join(', ')}`)
      return 0
    } catch (error) {
      if (error instanceof SyntaxError) console.error(`✗ ${path} không phải JSON đọc được: ${error.message}`)
      else if (error instanceof ManyEnd) console.error(`✗ ${error.message}\n  Danh mục đang có còn nguyên. Nếu đúng vậy: chạy lại với --ends ${error.gone.length}`)
      else if (error instanceof Invalid) for (const line of [`✗ ${error.message}`, ...error.fields.map((fault) => `  ${fault.message}`)]) console.error(line)
      else throw error
      return 1
    }
  })
}

async function importCommand([what, path, ...rest]: readonly string[]): Promise<number> {
  if (what === 'catalogue') return importCatalogue([...(path ? [path] : []), ...rest])
  if (what !== 'procedures' || !path) {
    console.error('Cách dùng: tinhso import procedures TỆP|THƯ_MỤC, hoặc tinhso import catalogue TỆP')
    return 2
  }
  const files = recordFiles(resolve(process.env['TINHSO_CWD'] ?? process.cwd(), path))
  return withEnv(async (env) => {
    const ctx = systemCtx(env, 'Nạp thủ tục')
    const keys = knownUnitKeys(env.pack.id)
    let refused = 0
    for (const file of files) {
      try {
        const done = await importRecord(ctx, readFileSync(file, 'utf8'), keys)
        const said = { new: 'phiên bản đầu', changed: `phiên bản mới ${done.version}`, same: `không đổi (phiên bản ${done.version})` }[done.outcome]
        console.log(`✓ ${done.code} ${done.name}: ${said}`)
        for (const warning of done.warnings) console.log(`  ! ${warning.path}: ${warning.message}`)
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        refused++
        console.error(`✗ ${file}: ${error.message}`)
        for (const fault of error.fields) console.error(`  ${fault.key ? `${fault.key}: ` : ''}${fault.message}`)
      }
    }
    if (refused > 0) console.error(`\n${refused}/${files.length} bản ghi không được nạp. Sửa các mục trên rồi nạp lại; những bản ghi khác đã nạp xong.`)
    return refused > 0 ? 1 : 0
  })
}

async function tokenCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { login: { type: 'string' }, post: { type: 'string' }, hours: { type: 'string', default: '12' } } })
  if (!values.login) {
    console.error('Cách dùng: tinhso token --login TÊN [--post MÃ] [--hours 12]')
    return 2
  }
  const config = loadConfig(process.env, projectRoot)
  if (!config.databaseUrl && !findRuntime(config.dataDir)) {
    console.error('Nền tảng chưa chạy trên thư mục dữ liệu này. Hãy chạy «npm start» trước (và dùng cùng DATA_DIR).')
    return 1
  }
  return withEnv(async (env) => {
    const issued = await issueToken(systemCtx(env, 'Dòng lệnh'), {
      login: values.login!, postId: values.post ?? null, hours: Number(values.hours), label: 'bin/tinhso token',
    })
    console.log(issued.token)
    return 0
  })
}

async function demoCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } }, allowPositionals: true })
  if (positionals[0] !== 'users') {
    console.error('Cách dùng: tinhso demo users [--json]')
    return 2
  }
  const config = loadConfig(process.env, projectRoot)
  const users = demoUsers(config.pack ?? findRuntime(config.dataDir)?.pack ?? DEFAULT_PACK)
  const text = values.json
    ? JSON.stringify(users, null, 1)
    : users.map((user) => `${user.login.padEnd(28)} ${user.kind.padEnd(8)} ${user.fullName.padEnd(26)} ${user.posts.map((post) => `${post.role} @ ${post.unitName}`).join('; ')}`).join('\n')
  await new Promise<void>((done) => process.stdout.write(`${text}\n`, () => done()))
  return 0
}
