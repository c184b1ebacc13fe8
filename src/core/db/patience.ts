// Waits for a database that restarts: reads are simply asked again, some three seconds long.

import { setTimeout as sleep } from 'node:timers/promises'
import { isLostConnection } from './index.ts'

/** For reads and for writes that may safely be repeated. */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      if (!isLostConnection(error) || attempt >= 6) throw error
      await sleep(150 * attempt)
    }
  }
}
