// One running platform per data directory: who it is, where its database is; a lock whose owner is gone is nobody's.

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Runtime {
  readonly pid: number
  /** Start time of that process as the kernel counts it, so that a reused pid is not taken for ours. */
  readonly started: string
  readonly databaseUrl: string
  readonly publicUrl: string
  readonly port: number
  /** The pack its data was founded with */
  readonly pack: string
}

const fileOf = (dataDir: string) => join(dataDir, 'runtime.json')

/** Field 22 of /proc/<pid>/stat; empty where there is no /proc. */
export function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isAlive(pid: number, started: string): boolean {
  if (existsSync('/proc/self/stat')) return startTimeOf(pid) === started && started !== ''
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The platform running on this data directory, or null. */
export function findRuntime(dataDir: string): Runtime | null {
  try {
    const runtime = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Runtime
    return isAlive(runtime.pid, runtime.started) ? runtime : null
  } catch {
    return null
  }
}

const lockOf = (dataDir: string) => join(dataDir, 'lock')

/** Makes this process the one platform of the data directory. Returns the process that already is, or null when this one has become it. */
export function claim(dataDir: string): number | null {
  for (;;) {
    try {
      writeFileSync(lockOf(dataDir), `${process.pid} ${startTimeOf(process.pid)}`, { flag: 'wx', mode: 0o600 })
      return null
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
    }
    const [pid = '0', started = ''] = readFileSync(lockOf(dataDir), 'utf8').split(' ')
    if (Number(pid) !== process.pid && isAlive(Number(pid), started)) return Number(pid)
    rmSync(lockOf(dataDir), { force: true }) // its owner is gone
  }
}

export function writeRuntime(dataDir: string, runtime: Omit<Runtime, 'pid' | 'started'>): void {
  const side = `${fileOf(dataDir)}.${process.pid}`
  writeFileSync(side, JSON.stringify({ pid: process.pid, started: startTimeOf(process.pid), ...runtime }), { mode: 0o600 })
  renameSync(side, fileOf(dataDir))
}

/** Lets go of the data directory when this process holds it. */
export function releaseClaim(dataDir: string): void {
  const held = existsSync(lockOf(dataDir)) && readFileSync(lockOf(dataDir), 'utf8') === `${process.pid} ${startTimeOf(process.pid)}`
  if (held) rmSync(lockOf(dataDir), { force: true })
}

export function clearRuntime(dataDir: string): void {
  const mine = findRuntime(dataDir)
  if (mine?.pid === process.pid) rmSync(fileOf(dataDir), { force: true })
  releaseClaim(dataDir)
}
