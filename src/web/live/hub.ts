// Knows when something has happened, and tells the pages that stand open: one small question a second to the database, only while somebody listens.

import type { Env } from '#core/ctx.ts'
import { eventsAfter, newestEvent } from '#core/events/index.ts'
import { desksTouched } from '#modules/work/index.ts'

/** What has changed, as far as an open page may care; no names, no contents. */
export interface Change {
  readonly subjects: ReadonlySet<string>
  readonly units: ReadonlySet<string>
  readonly citizens: ReadonlySet<string>
}

export interface Hub {
  /** Hears of changes until the returned function is called. */
  listen(hear: (change: Change) => void): () => void
  close(): void
}

/** That somebody looks changes nothing of what others see. */
const LOOKS: ReadonlySet<string> = new Set(['dossiers.viewed', 'dossiers.list_viewed', 'dossiers.access_given'])
const EVERY_MS = 1000
/** Facts get their numbers before their transactions end: a lower number may appear this much later. */
const SETTLE_MS = 10_000
const RECENT_MS = 60_000

export function openHub(env: Pick<Env, 'db' | 'clock'>, everyMs = EVERY_MS): Hub {
  const listeners = new Set<(change: Change) => void>()
  /** Numbers told already that might be read again. */
  let told = new Set<number>()
  /** Newest number, by the time it was seen; facts up to the oldest of these are settled. */
  let marks: { at: number; id: number }[] = []
  let timer: NodeJS.Timeout | null = null
  let busy = false

  async function look(): Promise<void> {
    if (marks.length === 0) {
      marks = [{ at: performance.now(), id: await newestEvent(env.db) }]
      return
    }
    const settled = marks[0]!.id
    const fresh = (await eventsAfter(env.db, settled)).filter(({ id }) => !told.has(id))
    const now = performance.now()
    marks.push({ at: now, id: Math.max(marks.at(-1)!.id, ...fresh.map(({ id }) => id)) })
    while (marks.length > 1 && now - marks[0]!.at > SETTLE_MS) marks.shift()
    for (const { id } of fresh) told.add(id)
    told = new Set([...told].filter((id) => id > marks[0]!.id))
    if (fresh.length === 0) return
    const subjects = new Set(fresh.filter(({ name }) => !LOOKS.has(name)).map(({ subject }) => subject))
    if (subjects.size === 0) return
    const desks = await desksTouched(env.db, [...subjects].filter((one) => /^[0-9a-f-]{36}$/.test(one)), new Date(env.clock.now().getTime() - RECENT_MS))
    for (const hear of listeners) hear({ subjects, ...desks })
  }

  /** A database that is away for a while is asked again a second later. */
  const tick = (): void => {
    if (busy) return
    busy = true
    look().catch(() => {}).finally(() => (busy = false))
  }

  const stop = (): void => {
    if (timer) clearInterval(timer)
    timer = null
    marks = []
    told = new Set()
  }

  return {
    listen(hear) {
      listeners.add(hear)
      if (!timer) {
        tick()
        timer = setInterval(tick, everyMs)
        timer.unref()
      }
      return () => {
        listeners.delete(hear)
        if (listeners.size === 0) stop()
      }
    },
    close() {
      listeners.clear()
      stop()
    },
  }
}
