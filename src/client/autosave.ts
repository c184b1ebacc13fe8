// Saves answers while they are being written, keeps them on the device when the line is down, and shows what they make visible.

import { all, answers } from './dom.ts'
import { words } from './words.ts'

const WAIT = 800
const RETRY = 15_000
const FORGET = 3 * 86_400_000
const KEPT = 'autosave:'

/** What the server answers to a save. */
interface Saved {
  readonly savedAt?: string
  readonly visible?: readonly string[]
  readonly hidden?: readonly string[]
  readonly computed?: Readonly<Record<string, string>>
}

const clock = (at?: string): string =>
  at && /^\d\d:\d\d$/.test(at)
    ? at
    : new Date(at ?? Date.now()).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })

/** Forms whose answers are neither saved nor kept. */
const unsaved = new Set<HTMLFormElement>()

function show(form: HTMLFormElement, saved: Saved): void {
  const toggle = (keys: readonly string[] = [], hidden: boolean) => {
    for (const key of keys) for (const question of all(`[data-question="${CSS.escape(key)}"]`, form)) question.hidden = hidden
  }
  toggle(saved.visible, false)
  toggle(saved.hidden, true)
  for (const section of all('[data-section]', form)) section.hidden = !section.querySelector('[data-question]:not([hidden])')
  for (const [key, text] of Object.entries(saved.computed ?? {})) {
    for (const output of all(`[data-computed="${CSS.escape(key)}"]`, form)) output.textContent = text
  }
}

function restore(form: HTMLFormElement, body: URLSearchParams): void {
  for (const field of all<HTMLInputElement>('input:not([type=hidden], [type=file]), select, textarea', form)) {
    if (/checkbox|radio/.test(field.type)) field.checked = body.getAll(field.name).includes(field.value)
    else field.value = body.get(field.name) ?? field.value
  }
}

// Where the browser forbids storage, everything else goes on.
function stored<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(localStorage)
  } catch {
    return null
  }
}

function keep(key: string, body: URLSearchParams): boolean {
  body.delete('_csrf')
  return stored((storage) => (storage.setItem(key, JSON.stringify([Date.now(), String(body)])), true)) ?? false
}

const forget = (key: string) => stored((storage) => storage.removeItem(key))

function kept(key: string): URLSearchParams | null {
  const [at, body] = stored((storage) => JSON.parse(storage.getItem(key) ?? '[]') as [number, string]) ?? []
  return at && Date.now() - at < FORGET ? new URLSearchParams(body) : null
}

function watch(form: HTMLFormElement, url: string): void {
  const key = KEPT + url
  const status = form.querySelector('[data-autosave-status]')
  let last = String(answers(form))
  let timer = 0
  let running: AbortController | null = null
  const say = (text: string) => {
    if (status) status.textContent = text
  }
  const later = (ms: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(save, ms)
  }

  function fail(body: URLSearchParams) {
    const held = keep(key, body)
    if (held) unsaved.delete(form)
    say(held ? words.kept : words.notKept)
    later(RETRY)
  }

  async function save(): Promise<void> {
    clearTimeout(timer)
    const body = answers(form)
    const text = String(body)
    if (text === last || running) return
    const own = (running = new AbortController())
    say(words.saving)
    try {
      const headers = { 'X-Requested-With': 'autosave' }
      const reply = await fetch(url, { method: 'POST', body, headers, signal: own.signal, keepalive: text.length < 60_000 })
      if (reply.status >= 500) return fail(body)
      if (!reply.ok || reply.redirected) return say(reply.redirected || reply.status === 401 ? words.signedOut : words.refused)
      const saved = (await reply.json()) as Saved
      last = text
      forget(key)
      show(form, saved)
      say(words.saved(clock(saved.savedAt)))
      if (String(answers(form)) === text) unsaved.delete(form)
    } catch {
      if (!own.signal.aborted) fail(body)
    } finally {
      running = null
      if (unsaved.has(form) && !own.signal.aborted && String(answers(form)) !== text) later(WAIT)
    }
  }

  const changed = () => {
    unsaved.add(form)
    later(WAIT)
  }
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    running?.abort()
    unsaved.delete(form)
    forget(key)
  })
  addEventListener('online', () => void save())
  document.addEventListener('visibilitychange', () => document.hidden && void save())

  const back = kept(key)
  if (!back) return
  restore(form, back)
  say(words.restored)
  changed()
}

export function autosave(): void {
  for (const form of all<HTMLFormElement>('form[data-autosave]')) watch(form, form.dataset.autosave ?? '')
  for (const form of all<HTMLFormElement>('form[data-guard]')) {
    const first = String(answers(form))
    form.addEventListener('input', () => (String(answers(form)) === first ? unsaved.delete(form) : unsaved.add(form)))
    form.addEventListener('submit', () => unsaved.delete(form))
  }
  addEventListener('beforeunload', (event) => {
    if (unsaved.size > 0) event.preventDefault()
  })
  // Who leaves a shared machine leaves nothing of theirs on it.
  addEventListener('submit', (event) => {
    if (!(event.target as Element).matches('.sign-out')) return
    stored((storage) =>
      Object.keys(storage)
        .filter((key) => key.startsWith(KEPT))
        .forEach(forget),
    )
  })
}
