// The platform as a process of its own, started by its real command on a folder and port of the test's.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '..', '..')
const tinhso = join(root, 'bin', 'tinhso')

/** A port that nobody has just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

export interface Running {
  readonly url: string
  readonly child: ChildProcess
  /** All it has printed so far. */
  said(): string
  /** Milliseconds from the command to the first healthy answer. */
  readonly took: number
  stop(): Promise<void>
  /** Kills the whole process group at once, as a power cut does to them. */
  kill(): Promise<void>
}

export class Place {
  readonly dataDir: string
  readonly port: number

  constructor(dataDir: string, port: number) {
    this.dataDir = dataDir
    this.port = port
  }

  static async make(): Promise<Place> {
    const dataDir = mkdtempSync(join(tmpdir(), 'tinhso-run-'))
    chmodSync(dataDir, 0o755)
    return new Place(dataDir, await freePort())
  }

  env(): NodeJS.ProcessEnv {
    return { ...process.env, DATA_DIR: this.dataDir, PORT: String(this.port), HOST: '127.0.0.1', DATABASE_URL: '', PUBLIC_URL: '', FORCE_COLOR: '0' }
  }

  command(...args: string[]): string {
    return execFileSync(tinhso, args, { cwd: root, env: this.env(), encoding: 'utf8', maxBuffer: 50e6, timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] })
  }

  token(login: string): string {
    return this.command('token', '--login', login).trim()
  }

  spawn(): { child: ChildProcess; said: () => string } {
    const child = spawn(tinhso, ['start'], { cwd: root, env: this.env(), detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    child.stdout!.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.stderr!.on('data', (chunk: Buffer) => (text += chunk.toString()))
    return { child, said: () => text }
  }

  async start(patience = 90_000): Promise<Running> {
    const began = performance.now()
    const { child, said } = this.spawn()
    const url = `http://127.0.0.1:${this.port}`
    while (!(await healthy(url)) || !said().includes('đang chạy tại')) {
      if (child.exitCode !== null) throw new Error(`Đã dừng khi khởi động: ${said()}`)
      if (performance.now() - began > patience) throw new Error(`Chưa trả lời sau ${patience} ms: ${said()}`)
      await sleep(50)
    }
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    return {
      url, child, said, took: performance.now() - began,
      async stop() {
        process.kill(child.pid!, 'SIGTERM')
        await gone
      },
      async kill() {
        process.kill(-child.pid!, 'SIGKILL')
        await gone
      },
    }
  }

  /** Ids of the database servers that run on this folder. */
  postgresPids(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        try {
          const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
          return line.includes('/bin/postgres') && line.includes(join(this.dataDir, 'postgres')) && !line.startsWith('/bin/sh')
        } catch {
          return false
        }
      })
  }

  remove(): void {
    if (existsSync(this.dataDir)) rmSync(this.dataDir, { recursive: true, force: true })
  }
}

async function healthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1000) })).ok
  } catch {
    return false
  }
}

/** Waits until `test` holds. */
export async function until(test: () => boolean | Promise<boolean>, patience = 20_000): Promise<boolean> {
  for (const end = performance.now() + patience; performance.now() < end; await sleep(100)) if (await test()) return true
  return false
}
