// Saves answers while they are being written: on the device at once, on the server a moment later; merges what another tab has written.

import { canKeep, forget, keep, kept, listKept } from './device.ts'
import { all, answers, make } from './dom.ts'
import { words } from './autosave-words.ts'

const WAIT = 800
const RETRY = 15_000
/** A line that stalls longer than this is as good as none. */
const PATIENCE = 20_000

type Inputs = Readonly<Record<string, string | readonly string[]>>

interface Conflict {
  readonly key: string
  /** How the other answer reads, for people. */
  readonly theirs: string
  readonly inputs: Inputs
  readonly was: string
}

/** What the server answers to a save. */
interface Saved {
  readonly savedAt?: string
  readonly visible?: readonly string[]
  readonly hidden?: readonly string[]
  readonly computed?: Readonly<Record<string, string>>
  /** Digests of the answers this page now stands on, by question. */
  readonly was?: Readonly<Record<string, string>>
  /** Answers that were changed elsewhere and not here, as they stand in inputs, by question. */
  readonly newer?: Readonly<Record<string, Inputs>>
  readonly conflicts?: readonly Conflict[]
  /** Questions whose answer the server has completed: their inputs are drawn anew. */
  readonly redraw?: readonly string[]
}

const clock = (at?: string): string =>
  at && /^\d\d:\d\d$/.test(at)
    ? at
    : new Date(at ?? Date.now()).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })

/** Forms with answers that are neither on the server nor on the device. */
const unsaved = new Set<HTMLFormElement>()

const questionsOf = (form: ParentNode, key: string) => all(`[data-question="${CSS.escape(key)}"]`, form)

function show(form: HTMLFormElement, saved: Saved): void {
  const toggle = (keys: readonly string[] = [], hidden: boolean) => {
    for (const key of keys) for (const question of questionsOf(form, key)) question.hidden = hidden
  }
  toggle(saved.visible, false)
  toggle(saved.hidden, true)
  for (const section of all('[data-section]', form)) section.hidden = !section.querySelector('[data-question]:not([hidden])')
  for (const [key, text] of Object.entries(saved.computed ?? {})) {
    for (const output of all(`[data-computed="${CSS.escape(key)}"]`, form)) output.textContent = text
  }
}

/** Puts answers into the inputs that `mine` accepts; an input that is not named is emptied. */
function fill(form: HTMLFormElement, body: URLSearchParams, mine: (name: string) => boolean): void {
  for (const field of all<HTMLInputElement>('input:not([type=hidden], [type=file]), select, textarea', form)) {
    if (!mine(field.name)) continue
    const wanted = body.getAll(field.name)
    if (/checkbox|radio/.test(field.type)) field.checked = wanted.includes(field.value)
    else if (field instanceof HTMLSelectElement && wanted[0] && ![...field.options].some(({ value }) => value === wanted[0])) {
      field.add(new Option(wanted[0], wanted[0], true, true))
    } else field.value = wanted[0] ?? (body.has(`${field.name}__present`) ? '' : field.value)
  }
  // The communes listed must be those of the province that has just been put in.
  for (const province of all<HTMLSelectElement>('select[data-province]', form)) {
    if (mine(province.name)) province.dispatchEvent(new Event('change', { bubbles: true }))
  }
}

const bodyOf = (key: string, inputs: Inputs): URLSearchParams => {
  const body = new URLSearchParams({ [`${key}__present`]: '1' })
  for (const [name, value] of Object.entries(inputs)) for (const one of [value].flat()) body.append(name, one)
  return body
}

const ofQuestion = (key: string) => (name: string) => name === key || name.startsWith(`${key}.`)

/** The part of a posted body that answers one question, to see whether it was touched again meanwhile. */
const partOf = (body: URLSearchParams, key: string): string =>
  String(new URLSearchParams([...body].filter(([name]) => ofQuestion(key)(name) && !name.endsWith('__present'))))

/** A page that was open before the person signed in again holds an old token; this very page has the new one. Null: signed out. */
async function freshToken(): Promise<string | null> {
  const reply = await fetch(location.href, { headers: { Accept: 'text/html' } })
  if (!reply.ok || new URL(reply.url).pathname !== location.pathname) return null
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  const token = page.querySelector<HTMLInputElement>('form[data-autosave] [name=_csrf], main [name=_csrf]')?.value
  if (!token) return null
  for (const field of all<HTMLInputElement>('[name=_csrf]')) field.value = token
  return token
}

type Outcome = { readonly saved: Saved } | 'down' | 'signed-out' | 'refused'

async function post(url: string, body: URLSearchParams, again = true): Promise<Outcome> {
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    const reply = await fetch(url, { method: 'POST', body, headers: { 'X-Requested-With': 'autosave' }, signal, keepalive: String(body).length < 60_000 })
    if (reply.status >= 500 || reply.status === 429) return 'down'
    if (again && reply.status === 403) {
      const token = await freshToken()
      if (!token) return 'signed-out'
      body.set('_csrf', token)
      return post(url, body, false)
    }
    if (reply.redirected || reply.status === 401) return 'signed-out'
    return reply.ok ? { saved: (await reply.json()) as Saved } : 'refused'
  } catch {
    return 'down'
  }
}

function watch(form: HTMLFormElement, url: string, secret: string | undefined): void {
  const status = form.querySelector('[data-autosave-status]')
  const base = form.querySelector<HTMLInputElement>('[name=_was]')
  let last = String(answers(form))
  let timer = 0
  let running: Promise<Outcome | null> | null = null
  let leaving = false
  const say = (text: string) => {
    if (status) status.textContent = text
  }
  const later = (ms: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void save(), ms)
  }
  const setBase = (changed: Readonly<Record<string, string>>) => {
    if (base) base.value = JSON.stringify({ ...(JSON.parse(base.value || '{}') as object), ...changed })
  }

  let keeping: Promise<boolean> = Promise.resolve(false)
  /** On the device first: whatever happens to the tab, the line or the server, this is there. */
  function keepNow(): Promise<boolean> {
    if (!canKeep(secret)) return Promise.resolve(false)
    const body = answers(form)
    body.delete('_csrf')
    keeping = keeping.then(() => keep(url, body, secret)).catch(() => false)
    void keeping.then((held) => held && unsaved.delete(form))
    return keeping
  }

  function offer({ key, theirs, inputs, was }: Conflict): void {
    const question = questionsOf(form, key)[0]
    if (!question || question.querySelector('[data-conflict]')) return
    const box = make('div', { className: 'notice warn' })
    box.dataset.conflict = ''
    box.setAttribute('role', 'alert')
    const done = () => {
      box.remove()
      setBase({ [key]: was })
      changed()
    }
    const button = (text: string, act: () => void) => {
      const made = make('button', { type: 'button', className: 'btn secondary', textContent: text })
      made.addEventListener('click', act)
      return made
    }
    const inner = make('div', {})
    inner.append(
      make('p', { textContent: words.conflict(theirs) }),
      button(words.keepMine, done),
      ' ',
      button(words.takeTheirs, () => {
        fill(form, bodyOf(key, inputs), ofQuestion(key))
        done()
      }),
    )
    box.append(inner)
    question.append(box)
  }

  /** Answers written elsewhere come in where nothing was written here. */
  function takeNewer(saved: Saved, sent: URLSearchParams): { key: string; label: string }[] {
    const now = answers(form)
    return Object.entries(saved.newer ?? {}).flatMap(([key, inputs]) => {
      if (partOf(now, key) !== partOf(sent, key)) return []
      fill(form, bodyOf(key, inputs), ofQuestion(key))
      const label = questionsOf(form, key)[0]?.querySelector('.label, label span')?.textContent
      return [{ key, label: (label ?? key).trim() }]
    })
  }

  /** What the server has made of an old address: new names in the lists, or the places to choose among. */
  async function redraw(keys: readonly string[]): Promise<void> {
    const reply = await fetch(location.href, { headers: { Accept: 'text/html' } })
    if (!reply.ok) return
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
    for (const key of keys) {
      const [old, now] = [questionsOf(form, key)[0], questionsOf(page, key)[0]]
      if (!old || !now || old.innerHTML === now.innerHTML) continue
      const { id } = document.activeElement ?? {}
      old.innerHTML = now.innerHTML
      if (id) document.getElementById(id)?.focus()
    }
    last = String(answers(form))
  }

  async function send(): Promise<Outcome | null> {
    const body = answers(form)
    const text = String(body)
    if (text === last) return null
    say(words.saving)
    const outcome = await post(url, body)
    if (typeof outcome === 'string') {
      const held = await keepNow()
      if (outcome === 'down') {
        say(held ? words.kept : words.notKept)
        later(RETRY)
      } else say(outcome === 'signed-out' ? (held ? words.signedOutKept : words.signedOut) : words.refused)
      return outcome
    }
    const { saved } = outcome
    const arrived = takeNewer(saved, body)
    if (saved.was) setBase(saved.was)
    for (const conflict of saved.conflicts ?? []) offer(conflict)
    show(form, saved)
    say(
      saved.conflicts?.length
        ? words.choose
        : arrived.length > 0
          ? words.newer(arrived.map(({ label }) => label).join(', '))
          : words.saved(clock(saved.savedAt)),
    )
    const now = answers(form)
    last = String(now)
    const still = (saved.redraw ?? []).filter((key) => partOf(now, key) === partOf(body, key))
    if (still.length > 0) await redraw(still).catch(() => undefined)
    const expected = (name: string) => name.startsWith('_') || arrived.some(({ key }) => ofQuestion(key)(name))
    const touched = [...new Set([...now.keys(), ...body.keys()])].some((name) => !expected(name) && String(now.getAll(name)) !== String(body.getAll(name)))
    if (touched) {
      last = ''
      later(WAIT)
    } else {
      unsaved.delete(form)
      if (!saved.conflicts?.length) void keeping.then(() => forget(url))
    }
    return outcome
  }

  function save(): Promise<Outcome | null> {
    clearTimeout(timer)
    running ??= send().finally(() => (running = null))
    return running
  }

  function changed() {
    unsaved.add(form)
    void keepNow()
    later(WAIT)
  }
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  // What was written goes to the server before the page is left: with the line down the page stays, instead of the browser's error page.
  form.addEventListener('submit', async (event) => {
    const { submitter } = event
    if (leaving || event.defaultPrevented || String(answers(form)) === last) {
      clearTimeout(timer)
      unsaved.delete(form)
      return
    }
    event.preventDefault()
    await running
    const outcome = await save()
    if (outcome === 'down' || (outcome && typeof outcome !== 'string' && outcome.saved.conflicts?.length)) return
    leaving = true
    setTimeout(() => (leaving = false), 2000)
    form.requestSubmit(submitter as HTMLButtonElement | null)
  })
  addEventListener('online', () => void save())
  // Coming back, perhaps from signing in again in another tab.
  document.addEventListener('visibilitychange', () => void save())

  if (!canKeep(secret)) return
  void kept(url, secret).then((back) => {
    if (!back) return
    fill(form, back, (name) => !name.startsWith('_'))
    const was = back.get('_was')
    if (was && base) base.value = was
    last = ''
    say(words.restored)
    changed()
  })
}

/** Sends what the device still keeps of the draft's other pages; what cannot be merged is named, with the way to it. */
async function flush(prefix: string, secret: string): Promise<void> {
  const here = document.querySelector<HTMLFormElement>('form[data-autosave]')?.dataset.autosave
  const token = document.querySelector<HTMLInputElement>('main [name=_csrf]')?.value ?? ''
  for (const url of listKept(prefix)) {
    if (url === here) continue
    const body = await kept(url, secret)
    if (!body) continue
    body.set('_csrf', token)
    const outcome = await post(url, body)
    if (typeof outcome === 'string') continue
    if (!outcome.saved.conflicts?.length) forget(url)
    const link = make('a', { href: url.replace(/\/[^/]+$/, ''), textContent: outcome.saved.conflicts?.length ? words.toConflict : words.reload })
    if (!outcome.saved.conflicts?.length) link.href = location.href
    const box = make('div', { className: 'notice info' })
    box.setAttribute('role', 'status')
    box.append(make('p', { textContent: `${outcome.saved.conflicts?.length ? words.conflictElsewhere : words.flushed} ` }), link)
    document.querySelector('[data-draft]')?.after(box)
  }
}

export function start(): void {
  const draft = document.querySelector<HTMLElement>('[data-draft]')
  const { draft: prefix, draftKey: secret } = draft?.dataset ?? {}
  for (const form of all<HTMLFormElement>('form[data-autosave]')) watch(form, form.dataset.autosave ?? '', secret)
  if (prefix && canKeep(secret)) {
    void flush(prefix, secret)
    for (const form of all<HTMLFormElement>('form[data-sends]')) form.addEventListener('submit', () => listKept(prefix).forEach(forget))
  }
  for (const form of all<HTMLFormElement>('form[data-guard]')) {
    const first = String(answers(form))
    form.addEventListener('input', () => (String(answers(form)) === first ? unsaved.delete(form) : unsaved.add(form)))
    form.addEventListener('submit', () => unsaved.delete(form))
  }
  addEventListener('beforeunload', (event) => {
    if (unsaved.size > 0) event.preventDefault()
  })
}
