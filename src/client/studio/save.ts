// Saves one part of a draft while it is written: kept on the device until the server has it, merged with what others write, both sides of a conflict shown.

import { make } from '../dom.ts'

const WAIT = 800
const RETRY = 10_000
/** A line that stalls longer than this is as good as none. */
const PATIENCE = 30_000
/** What lay unsent for longer than this is no longer offered. */
const FORGET = 14 * 86_400_000

/** Why the editor is given a value that it has not made itself. */
export type Why =
  /** this device kept it unsent */
  | 'restored'
  /** somebody else's words came in */
  | 'merged'

export interface PartSaver<V> {
  /** Called with the whole value of the part at each change; saved after a pause. */
  changed(value: V): void
  /** Sends now what is unsent. True when the server has everything. */
  flush(): Promise<boolean>
  /** The value as it stands. */
  value(): V
  /** Whether this reader may write here at all. */
  readonly write: boolean
}

interface ConflictPath {
  readonly key: string
  readonly label: string
  readonly mine: string
  readonly theirs: string
  readonly before: string
}
interface ConflictBody {
  readonly by: string
  readonly revision: number
  readonly theirs: unknown
  readonly paths: readonly ConflictPath[]
}
interface Kept {
  readonly at: number
  readonly base: number
  readonly before?: unknown
  readonly value: unknown
}
type Picks = Readonly<Record<string, 'mine' | 'theirs'>>

const token = (): string => document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? ''
const clock = (): string => new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })
const copy = <V>(value: V): V => JSON.parse(JSON.stringify(value)) as V

/** Savers with something unsent: leaving the page is asked about when the device does not hold it either. */
const unheld = new Set<object>()
const unsent = new Set<object>()
let guarded = false
/** Told by every tab's script to the frame: whether a newer revision may be fetched. */
const savers = new Set<{ readonly part: string; newer(revision: number): void }>()

/** The draft has moved on to this revision: parts with nothing unsent fetch theirs. */
export function moved(revision: number): void {
  for (const saver of savers) saver.newer(revision)
}

/** After somebody signed in again in another tab the page's token is stale: the page itself tells the new one. */
async function freshToken(): Promise<boolean> {
  try {
    const reply = await fetch(location.href, { headers: { Accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
    const found = page.querySelector<HTMLInputElement>('input[name=_csrf]')?.value
    if (!found || found === token()) return false
    for (const input of document.querySelectorAll<HTMLInputElement>('input[name=_csrf]')) input.value = found
    return true
  } catch {
    return false
  }
}

/** Draws a value that did not come from `changed`, and must not answer with `changed`. Who draws later than at once asks `still` right before: false
 *  means that the person has written since, so that drawing would take the words away; then it draws nothing and answers false. */
export type OnServer<V> = (value: V, why: Why, still: () => boolean) => unknown

/** `host` carries the attributes of `partHost` (src/web/admin/studio/frame.tsx). */
export function openPart<V extends object>(host: HTMLElement, onServer: OnServer<V>): PartSaver<V> {
  const { part = '', partDraft = '', partBase = '0', partValue = '{}', partWrite } = host.dataset
  const url = `/admin/procedures/drafts/${partDraft}/parts/${part}`
  const reader = document.querySelector<HTMLElement>('[data-studio-me]')?.dataset.studioMe ?? ''
  const device = `draft:studio:${reader}:${partDraft}:${part}`
  const status = document.querySelector<HTMLElement>('[data-part-status]')
  const write = partWrite === 'true'
  const me = { part, newer }
  let base = Number(partBase)
  /** What the last answer gave while more had been written: the true beginning of what is sent next. */
  let before: V | undefined
  let value = JSON.parse(partValue) as V
  let dirty = false
  let running: Promise<boolean> | null = null
  let timer = 0
  let retry: { text: string; key: string } | null = null
  let box: HTMLElement | null = null

  const say = (text: string, tone = '') => {
    if (!status) return
    status.textContent = text
    status.dataset.tone = tone
  }
  const later = (ms: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void flush(), ms)
  }

  function keep(): boolean {
    try {
      localStorage.setItem(device, JSON.stringify({ at: Date.now(), base, before, value } satisfies Kept))
      unheld.delete(me)
      return true
    } catch {
      unheld.add(me)
      return false
    }
  }
  const forget = () => {
    unheld.delete(me)
    unsent.delete(me)
    try {
      localStorage.removeItem(device)
    } catch {}
  }

  function changed(next: V): void {
    if (!write) return
    value = copy(next)
    dirty = true
    unsent.add(me)
    keep()
    say('Đang chờ lưu…')
    later(WAIT)
  }

  async function put(picks?: Picks, seen?: number): Promise<Response | null> {
    const content = { base, before, value, picks, seen }
    const text = JSON.stringify(content)
    // The same content sent again after a lost answer bears the same mark, so that it counts once.
    retry = retry?.text === text ? retry : { text, key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` }
    try {
      return await fetch(url, {
        method: 'PUT', body: JSON.stringify({ ...content, key: retry.key }), signal: AbortSignal.timeout(PATIENCE),
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': token(), 'x-requested-with': 'studio' },
      })
    } catch {
      return null
    }
  }

  async function send(picks?: Picks, seen?: number, again = true): Promise<boolean> {
    if (!dirty) return true
    if (box && !picks) return false // a choice is open: it sends
    const sent = JSON.stringify(value)
    say('Đang lưu…')
    const reply = await put(picks, seen)
    if (!reply || reply.status >= 500) {
      say(keep() ? 'Chưa gửi được; đã giữ trên máy này, có mạng sẽ tự gửi' : 'Mất mạng, chưa lưu: đừng đóng trang này', 'warn')
      later(RETRY)
      return false
    }
    if (reply.ok && !reply.redirected) {
      took((await reply.json()) as { revision: number; value: V; merged: boolean }, sent)
      return !dirty
    }
    const said = (await reply.json().catch(() => ({}))) as { code?: string; message?: string; detail?: string; conflict?: ConflictBody }
    if (said.conflict) {
      offer(said.conflict)
      return false
    }
    if ((reply.status === 403 || reply.status === 401) && again && (await freshToken())) return send(picks, seen, false)
    keep()
    if (reply.status === 401) say('Phiên đăng nhập đã hết. Phần đang viết còn trên máy này: đăng nhập lại ở thẻ khác rồi quay về đây', 'warn')
    else say(`Chưa lưu được: ${said.message ?? said.detail ?? 'tải lại trang rồi thử lại'}`, 'bad')
    return false
  }

  function took(answer: { revision: number; value: V; merged: boolean }, sent: string): void {
    retry = null
    base = answer.revision
    box?.remove()
    box = null
    const more = JSON.stringify(value) !== sent
    if (more) {
      // More was written while this was under way: it is sent next, as made from what has just been sent.
      before = JSON.parse(sent) as V
      keep()
      later(WAIT)
      return
    }
    dirty = false
    forget()
    say(answer.merged ? `Đã lưu lúc ${clock()}, cùng với chỗ người khác vừa sửa` : `Đã lưu lúc ${clock()}`, 'good')
    // Until the others' words are drawn, the editor still shows what it sent: what is written meanwhile was made from that.
    before = answer.merged ? (JSON.parse(sent) as V) : undefined
    if (answer.merged) void draw(answer.value)
  }

  /** Has the editor draw what the server has; only then is that what further writing begins from. */
  async function draw(next: V): Promise<boolean> {
    const still = () => !dirty
    const drawn = await onServer(copy(next), 'merged', still)
    if (drawn === false || dirty) return false
    value = next
    before = undefined
    return true
  }

  function flush(): Promise<boolean> {
    clearTimeout(timer)
    if (running) return running.then(() => (dirty && !box ? flush() : !dirty))
    running = send().finally(() => (running = null))
    return running
  }

  /** Both sides, place by place; nothing is sent before each is chosen. */
  function offer({ by, revision, paths }: ConflictBody): void {
    box?.remove()
    const picks: Record<string, 'mine' | 'theirs'> = {}
    const made = make('section', { className: 'studio-conflict notice warn' })
    made.setAttribute('role', 'alertdialog')
    made.setAttribute('aria-label', 'Hai người sửa cùng một chỗ')
    const inner = make('div', {})
    inner.append(make('h2', { textContent: `${by} cũng vừa sửa ${paths.length === 1 ? 'chỗ này' : `${paths.length} chỗ này`}` }), make('p', { textContent: 'Chọn cách viết đúng. Các chỗ khác của cả hai người đã được giữ; chưa có gì bị mất.' }))
    const done = make('button', { type: 'button', className: 'btn primary', textContent: 'Lưu lựa chọn', disabled: true })
    paths.forEach(({ key, label, mine, theirs, before: was }, i) => {
      const group = make('fieldset', {})
      group.append(make('legend', { textContent: label }), make('p', { className: 'soft', textContent: `Trước đó: ${was}` }))
      for (const [side, text, who] of [['mine', mine, 'Của tôi'], ['theirs', theirs, by]] as const) {
        const input = make('input', { type: 'radio', name: `pick${i}`, value: side })
        input.addEventListener('change', () => {
          picks[key] = side
          done.disabled = Object.keys(picks).length < paths.length
        })
        const words = make('span', {})
        words.append(make('b', { textContent: `${who}: ` }), text)
        const choice = make('label', { className: 'choice' })
        choice.append(input, words)
        group.append(choice)
      }
      inner.append(group)
    })
    done.addEventListener('click', () => {
      done.disabled = true
      running = send(picks, revision).then((ok) => {
        if (!ok && box === made) done.disabled = false
        return ok
      }).finally(() => (running = null))
    })
    inner.append(done)
    made.append(inner)
    box = made
    host.before(made)
    made.querySelector('input')?.focus({ preventScroll: true })
    made.scrollIntoView({ block: 'center' })
    say('Có chỗ hai người cùng sửa: chọn cách viết đúng ở trên', 'warn')
  }

  /** Somebody else has saved: with nothing unsent here their words are fetched at once. */
  function newer(revision: number): void {
    if (revision <= base || dirty || running) return
    running = fetch(url, { headers: { accept: 'application/json' } })
      .then(async (reply) => {
        if (!reply.ok || dirty) return true
        const now = (await reply.json()) as { revision: number; value: V }
        if (dirty) return true
        if (JSON.stringify(now.value) !== JSON.stringify(value)) {
          // Not drawn: the old base stands, and the next save is merged by it.
          if (!(await draw(now.value))) return true
          say(`Đã cập nhật chỗ người khác vừa sửa, ${clock()}`, 'good')
        }
        base = now.revision
        return true
      })
      .catch(() => false)
      .finally(() => (running = null))
  }

  savers.add(me)
  addEventListener('online', () => void flush())
  document.addEventListener('visibilitychange', () => void (dirty && flush()))
  if (!guarded) {
    guarded = true
    addEventListener('beforeunload', (event) => {
      if (unheld.size > 0) event.preventDefault()
    })
  }
  if (write) {
    try {
      const kept = JSON.parse(localStorage.getItem(device) ?? 'null') as Kept | null
      if (kept && Date.now() - kept.at < FORGET) {
        base = kept.base
        before = kept.before as V | undefined
        value = kept.value as V
        dirty = true
        unsent.add(me)
        queueMicrotask(() => void Promise.resolve(onServer(copy(value), 'restored', () => true)).then(() => later(WAIT)))
        say('Đã lấy lại phần viết dở, giữ trên máy này', 'good')
      }
    } catch {}
  }
  return { changed, flush, value: () => copy(value), write }
}

/** Whether some part of this page is not on the server yet. */
export const hasUnsent = (): boolean => unsent.size > 0
