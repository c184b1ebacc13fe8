// One file on its way by tus: bar, pause, going on after a dropped line, and the server's last word.

import { type DetailedError, Upload } from 'tus-js-client'
import { make } from '../dom.ts'
import { words } from './words.ts'

const RETRY = [500, 1500, 4000, 8000]
const AGAIN = 10_000
/** Small enough that a line which drops every minute still gets on, large enough to be quick where it does not. */
const CHUNK = 5 * 1024 * 1024

export interface Sending {
  readonly input: HTMLInputElement
  readonly file: File
  /** Where its line is shown. */
  readonly status: Element
  /** A file made here may differ next time: it goes on only within this page. */
  readonly made?: boolean
  /** Settled: taken in, refused or given up. */
  done(ok: boolean): void
}

const mb = (bytes: number) => (bytes / 1e6).toFixed(1).replace('.', ',')

/** The newest token of the page: autosave puts a fresh one in after signing in again. */
const token = () => document.querySelector<HTMLInputElement>('main [name=_csrf]')?.value ?? ''

export function send({ input, file, status, made, done }: Sending): void {
  const endpoint = input.dataset.tus ?? ''
  const line = make('div', { className: 'sending' })
  const said = make('p', { textContent: words.sending(file.name) })
  const bar = make('progress', { max: 1, value: 0, ariaLabel: words.sending(file.name) })
  const about = make('p', { className: 'soft' })
  const pause = make('button', { type: 'button', className: 'btn quiet', textContent: words.pause })
  const cancel = make('button', { type: 'button', className: 'btn quiet', textContent: words.cancel })
  for (const button of [pause, cancel]) button.append(make('span', { className: 'sr', textContent: ` ${file.name}` }))
  line.append(said, bar, about, pause, cancel)
  status.append(line)
  const label = (text: string) => (pause.firstChild!.textContent = text)

  let running = true
  let timer = 0
  const finish = (text: string, ok: boolean) => {
    removeEventListener('online', wake)
    removeEventListener('offline', sleep)
    line.replaceChildren(make('p', { textContent: text, className: ok ? '' : 'fault' }))
    done(ok)
  }

  async function takeIn(): Promise<void> {
    said.textContent = words.checking(file.name)
    try {
      const reply = await fetch(`${upload.url}/xong`, { method: 'POST', headers: { 'X-CSRF-Token': token(), 'X-Requested-With': 'upload', Accept: 'application/json' } })
      if (reply.status >= 500) throw new Error(String(reply.status))
      const { message, detail } = (await reply.json()) as { message?: string; detail?: string }
      if (reply.status === 401 || reply.status === 403) return stop(words.signedOut(file.name))
      finish(message ?? detail ?? (reply.ok ? words.received(file.name) : words.failed(file.name)), reply.ok)
    } catch {
      wait()
    }
  }

  /** Not given up: the line comes back by itself, or the person presses. */
  function wait(): void {
    said.textContent = words.offline(file.name)
    running = false
    label(words.resume)
    clearTimeout(timer)
    timer = window.setTimeout(wake, AGAIN)
  }

  function stop(text: string): void {
    said.textContent = text
    said.className = 'fault'
    running = false
    label(words.resume)
  }

  const upload = new Upload(file, {
    endpoint,
    metadata: { filename: file.name, field: input.name },
    chunkSize: CHUNK,
    retryDelays: RETRY,
    storeFingerprintForResuming: !made,
    removeFingerprintOnSuccess: true,
    fingerprint: async (one) => ['tus', endpoint, input.name, one.name, one.size, one.lastModified].join('-'),
    onBeforeRequest: (request) => request.setHeader('X-CSRF-Token', token()),
    onShouldRetry: ({ originalResponse }) => {
      const code = originalResponse?.getStatus() ?? 0
      return code === 0 || code >= 500 || code === 409 || code === 423
    },
    onProgress: (sent, all) => {
      bar.value = sent / all
      about.textContent = words.of(mb(sent), mb(all))
    },
    onSuccess: () => void takeIn(),
    onError: (error) => {
      const reply = (error as DetailedError).originalResponse
      const code = reply?.getStatus() ?? 0
      if (code === 0 || code >= 500 || code === 423 || code === 409) return wait()
      if (code === 401 || code === 403) return stop(words.signedOut(file.name))
      finish(messageIn(reply?.getBody()) ?? words.failed(file.name), false)
    },
  })

  function go(): void {
    clearTimeout(timer)
    running = true
    said.className = ''
    said.textContent = words.sending(file.name)
    label(words.pause)
    upload.start()
  }
  function wake(): void {
    if (!running && said.textContent === words.offline(file.name)) go()
  }
  function sleep(): void {
    if (!running) return
    void upload.abort()
    wait()
  }
  addEventListener('online', wake)
  addEventListener('offline', sleep)
  pause.addEventListener('click', () => {
    if (!running) return go()
    running = false
    clearTimeout(timer)
    void upload.abort()
    said.textContent = words.paused(file.name)
    label(words.resume)
  })
  cancel.addEventListener('click', () => {
    clearTimeout(timer)
    void upload.abort(true).catch(() => undefined)
    finish(words.dropped(file.name), false)
  })

  void upload.findPreviousUploads().then(([before]) => {
    if (before && !made) upload.resumeFromPreviousUpload(before)
    upload.start()
  })
}

function messageIn(body: string | undefined): string | null {
  try {
    return (JSON.parse(body ?? '') as { message?: string }).message ?? null
  } catch {
    return null
  }
}
