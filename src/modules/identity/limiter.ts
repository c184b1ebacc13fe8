// A brake on guessing: how often one address or one login may try within a sliding window. In memory, per process; the lock in the
// database is what holds across processes.

export interface Limiter {
  /** Counts one try. Returns 0 when it is allowed, else the seconds to wait. */
  take(key: string, now: Date): number
  /** The seconds to wait before a try would be allowed, 0 when it would; counts nothing. */
  wait(key: string, now: Date): number
}

interface Window {
  start: number
  count: number
  before: number
}

/** A sliding window over two fixed ones: the part of the former that still overlaps counts by its share. */
export function createLimiter({ limit, windowMs, maxKeys = 20_000 }: { limit: number; windowMs: number; maxKeys?: number }): Limiter {
  const windows = new Map<string, Window>()

  const forget = (now: number) => {
    for (const [key, window] of windows) if (now - window.start >= 2 * windowMs) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size < maxKeys) break
      windows.delete(key)
    }
  }

  const current = (key: string, now: number): Window => {
    const found = windows.get(key)
    if (!found) {
      if (windows.size >= maxKeys) forget(now)
      const made = { start: now, count: 0, before: 0 }
      windows.set(key, made)
      return made
    }
    const passed = Math.floor((now - found.start) / windowMs)
    if (passed >= 1) {
      found.before = passed === 1 ? found.count : 0
      found.count = 0
      found.start += passed * windowMs
    }
    return found
  }

  const wait = (window: Window, at: number): number => {
    const share = 1 - (at - window.start) / windowMs
    return window.count + window.before * share >= limit ? Math.max(1, Math.ceil((window.start + windowMs - at) / 1000)) : 0
  }

  return {
    take(key, now) {
      const window = current(key, now.getTime())
      const seconds = wait(window, now.getTime())
      if (seconds === 0) window.count++
      return seconds
    },
    wait: (key, now) => (windows.has(key) ? wait(current(key, now.getTime()), now.getTime()) : 0),
  }
}

/** The brakes on signing in. An office sits behind one address, so the address may try often but not fail often. */
export const createSignInLimits = () => ({
  /** Tries of officers by address. */
  address: createLimiter({ limit: 600, windowMs: 60_000 }),
  /** Wrong tries by address: what a guesser of many logins runs into. */
  failures: createLimiter({ limit: 100, windowMs: 15 * 60_000 }),
  /** Tries by login: keeps one login from using up the processor; guessing is stopped by the lock in the database. */
  login: createLimiter({ limit: 200, windowMs: 60_000 }),
  /** Beginnings and returns of VNeID by address. */
  vneid: createLimiter({ limit: 600, windowMs: 60_000 }),
})

export type SignInLimits = ReturnType<typeof createSignInLimits>
