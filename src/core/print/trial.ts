// Tries a template in a process of its own: one that never ends is ended, and takes nothing of the platform with it.

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TemplateFault } from './own.ts'

export type TrialAnswer = { readonly pdf: Uint8Array } | { readonly faults: readonly TemplateFault[] }

export interface TrialQuestion {
  readonly template: string
  readonly data: object
  readonly options: { readonly source?: string; readonly mark?: string; readonly stamp?: string; readonly createdAt?: Date }
}

export interface Trial {
  /** One after the other. Never throws for the template's sake. */
  ask(question: TrialQuestion): Promise<TrialAnswer>
}

const CHILD = fileURLToPath(new URL('./trial-child.ts', import.meta.url))
/** For one template, once the process stands; starting it has its own, on a machine that has much to do. */
const LIMIT_MS = 12_000
const START_MS = 90_000
const IDLE_MS = 60_000

const broken = (message: string): TrialAnswer => ({ faults: [{ line: null, message, field: null }] })

/** The process starts with the first question and ends when nobody has asked for a minute. */
export function openTrial(folder: string, own?: string, limitMs = LIMIT_MS): Trial {
  let child: ChildProcess | null = null
  let ready: Promise<boolean> = Promise.resolve(false)
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const stop = (): void => {
    child?.removeAllListeners()
    child?.kill('SIGKILL')
    child = null
  }
  const started = (): ChildProcess => {
    if (child?.connected) return child
    child = fork(CHILD, [folder, own ?? ''], { execArgv: ['--max-old-space-size=256', '--disable-warning=ExperimentalWarning'], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const begun = child
    // Its first word is that it stands.
    ready = new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), START_MS)
      late.unref()
      begun.once('message', () => (clearTimeout(late), resolve(true)))
      begun.once('exit', () => (clearTimeout(late), resolve(false)))
      begun.once('error', () => (clearTimeout(late), resolve(false)))
    })
    return child
  }
  const run = async (question: TrialQuestion): Promise<TrialAnswer> => {
    clearTimeout(idle)
    const asked = started()
    asked.ref()
    asked.channel?.ref()
    if (await ready) return answerOf(asked, question)
    stop()
    return broken('không thử được mẫu lúc này; bấm xem trước lần nữa')
  }
  const answerOf = (asked: ChildProcess, question: TrialQuestion): Promise<TrialAnswer> =>
    new Promise((resolve) => {
      const settle = (answer: TrialAnswer, over = false): void => {
        clearTimeout(limit)
        asked.removeAllListeners()
        asked.unref()
        asked.channel?.unref()
        if (over) stop()
        else (idle = setTimeout(stop, IDLE_MS)).unref()
        resolve(answer)
      }
      const limit = setTimeout(() => settle(broken('mẫu chạy quá lâu nên đã dừng; xem lại các vòng lặp và bảng lặp'), true), limitMs)
      asked.once('message', (answer) => settle(answer as TrialAnswer))
      asked.once('error', () => settle(broken('không thử được mẫu lúc này; bấm xem trước lần nữa'), true))
      asked.once('exit', () => settle(broken('mẫu làm trình in hết bộ nhớ; rút gọn mẫu'), true))
      asked.send(question)
    })
  return {
    ask(question) {
      const answer = turn.then(() => run(question))
      turn = answer.catch(() => {})
      return answer
    },
  }
}
