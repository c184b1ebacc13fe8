// Turns words into sound: one voice at a time, its thread started when first needed and let go when nobody listens any more.

import { Worker } from 'node:worker_threads'
import { Unavailable } from '#core/errors.ts'
import { lighter } from './wav.ts'

export type VoiceLang = 'vi' | 'en'

/** Longer texts are cut at a sentence: some ten minutes of speech. */
export const MOST_LETTERS = 8000
const IDLE_MS = 60_000
const PATIENCE_MS = 30_000
/** How many listeners may wait their turn. */
const MOST_WAITING = 20

interface Waiting {
  readonly text: string
  readonly voice: VoiceLang
  readonly resolve: (wav: Buffer) => void
  readonly reject: (error: Error) => void
}

export interface Voice {
  /** The text as WAV (8 bits µ-law, some 11 kB a second). Throws Unavailable when too many listen at once. */
  say(text: string, voice: VoiceLang): Promise<Buffer>
  close(): Promise<void>
}

const cut = (text: string): string => {
  if (text.length <= MOST_LETTERS) return text
  const head = text.slice(0, MOST_LETTERS)
  return head.slice(0, Math.max(head.lastIndexOf('\n'), head.lastIndexOf('. ') + 1, 1))
}

export function openVoice(): Voice {
  const queue: Waiting[] = []
  let thread: Worker | null = null
  let current: Waiting | null = null
  let idle: NodeJS.Timeout | undefined
  let late: NodeJS.Timeout | undefined

  const letGo = async (): Promise<void> => {
    const leaving = thread
    thread = null
    await leaving?.terminate()
  }
  const finish = (act: (one: Waiting) => void): void => {
    clearTimeout(late)
    const one = current
    current = null
    if (one) act(one)
    next()
  }
  const unheard = (): Error => new Unavailable('voice', 'Chưa đọc thành tiếng được lúc này; xin thử lại sau ít phút, hoặc đọc phần chữ trên trang.')

  function start(): Worker {
    const made = new Worker(new URL('./voice-thread.ts', import.meta.url))
    made.unref()
    made.on('message', ({ wav }: { wav?: Uint8Array }) => finish((one) => (wav ? one.resolve(lighter(Buffer.from(wav))) : one.reject(unheard()))))
    made.on('error', () => {
      if (thread === made) thread = null
      finish((one) => one.reject(unheard()))
    })
    return made
  }

  function next(): void {
    if (current) return
    clearTimeout(idle)
    current = queue.shift() ?? null
    if (!current) {
      idle = setTimeout(() => void letGo(), IDLE_MS)
      idle.unref()
      return
    }
    thread ??= start()
    late = setTimeout(() => void letGo().then(() => finish((one) => one.reject(unheard()))), PATIENCE_MS)
    late.unref()
    thread.postMessage({ id: 0, text: cut(current.text), voice: current.voice })
  }

  return {
    say: (text, voice) =>
      new Promise((resolve, reject) => {
        if (queue.length >= MOST_WAITING) {
          reject(unheard())
          return
        }
        queue.push({ text, voice, resolve, reject })
        next()
      }),
    async close() {
      clearTimeout(idle)
      clearTimeout(late)
      for (const one of queue.splice(0)) one.reject(unheard())
      await letGo()
    },
  }
}
