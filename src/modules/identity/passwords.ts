// Argon2id with OWASP's parameters, never more than two at a time so that a morning's rush leaves threads for files and name look-ups.

import { hash, verify } from '@node-rs/argon2'

// m = 19 MiB, t = 2, p = 1: OWASP Password Storage Cheat Sheet. 2 is Argon2id; the enum is const and has no value at run time.
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const WIDTH = 2
let running = 0
const waiting: (() => void)[] = []

/** Each runs in libuv's pool of four threads, which file access shares. */
async function gated<T>(work: () => Promise<T>): Promise<T> {
  if (running >= WIDTH) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string): Promise<string> => gated(() => hash(password.normalize('NFC'), OPTIONS))

let nobody: Promise<string> | undefined

/** Whether the password fits. Without a hash the work is done all the same, so that time does not tell whether a login exists. */
export async function fits(password: string, against: string | null): Promise<boolean> {
  nobody ??= hashPassword('không ai dùng mật khẩu này')
  const stored = against ?? (await nobody)
  const matched = await gated(() => verify(stored, password.normalize('NFC')))
  return matched && against !== null
}
