// The script of the builder: what is written is saved after a pause and the page's other parts drawn anew; questions are dragged; the preview follows.

import { all, on } from '../dom.ts'

const PAUSE = 700
const RETRY = 6000
const KEEP = 14 * 86_400_000

const status = document.querySelector<HTMLElement>('[data-part-status]')
const say = (text: string, tone = ''): void => {
  if (!status) return
  status.textContent = text
  status.dataset.tone = tone
}
const clock = (): string => new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })
const ASK = { accept: 'text/html', 'x-requested-with': 'studio' }

/** The names and texts of a form as they would be posted, with what its button says. */
function bodyOf(form: HTMLFormElement, act?: string): URLSearchParams {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  if (act !== undefined) body.set('_do', act)
  return body
}

// — the preview —

function refreshPreview(): void {
  for (const frame of all<HTMLIFrameElement>('iframe[data-b-preview]')) frame.contentWindow?.postMessage('tinhso:refresh', location.origin)
  for (const frame of all<HTMLIFrameElement>('iframe[data-b-pdf]')) frame.src = `${frame.dataset.bPdf}${frame.dataset.bPdf!.includes('?') ? '&' : '?'}t=${Date.now()}`
}

function previewing(form: HTMLFormElement): void {
  let timer = 0
  let turn = 0
  const redraw = async (act: string): Promise<void> => {
    const mine = ++turn
    const now = document.querySelector<HTMLFormElement>('form[data-preview]')
    if (!now) return
    try {
      const reply = await fetch(now.action, { method: 'POST', body: bodyOf(now, act), headers: ASK })
      if (!reply.ok || mine !== turn) return
      const drawn = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('main')
      if (!drawn) return
      const active = document.activeElement as HTMLInputElement | null
      const [id, at] = [active?.id, active?.selectionStart ?? null]
      const top = scrollY
      document.querySelector('main')!.replaceChildren(...drawn.childNodes)
      if (act === 'next' || act === 'back') return void (document.querySelector<HTMLElement>('[data-error-summary]') ?? document.querySelector<HTMLElement>('main h2'))?.scrollIntoView({ block: 'start' })
      scrollTo({ top })
      const again = id ? document.getElementById(id) : null
      again?.focus({ preventScroll: true })
      if (at !== null && again instanceof HTMLInputElement && /text|search|tel|url/.test(again.type)) again.setSelectionRange(at, at)
    } catch {}
  }
  const later = (wait: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void redraw('refresh'), wait)
  }
  document.addEventListener('input', (event) => later((event.target as HTMLElement).matches('input:not([type=radio], [type=checkbox]), textarea') ? 900 : 60))
  document.addEventListener('submit', (event) => {
    const button = event.submitter as HTMLButtonElement | null
    if (!(event.target instanceof HTMLFormElement) || !event.target.matches('[data-preview]') || (button && button.name !== '_do')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    clearTimeout(timer)
    void redraw(button?.value ?? 'next')
  }, true)
  addEventListener('message', (event) => {
    if (event.origin === location.origin && event.data === 'tinhso:refresh') void redraw('refresh')
  })
  void form
}

// — the editor —

/** Puts the parts of the answer in place of those here, but for the one somebody is writing in. */
function renew(page: Document, whole: boolean): void {
  const next = page.querySelector('[data-b-main]')
  const conflict = page.querySelector('.studio-conflict')
  const main = document.querySelector('[data-b-main]')
  if (!main) return
  if (conflict) {
    main.replaceChildren(conflict)
    conflict.scrollIntoView({ block: 'start' })
    say('Hai người cùng sửa một chỗ: chọn cách viết đúng.', 'warn')
    return
  }
  if (!next) return
  main.querySelector('[data-b-fault]')?.remove()
  const fault = next.querySelector('[data-b-fault]')
  if (fault) main.prepend(fault)
  if (whole) main.replaceChildren(...next.childNodes)
  const active = document.activeElement
  for (const part of all('[data-b-fresh]')) {
    if (!part.isConnected) continue
    const now = page.querySelector<HTMLElement>(`[data-b-fresh="${CSS.escape(part.dataset.bFresh!)}"]`)
    if (!now || now.innerHTML === part.innerHTML) continue
    // Somebody is typing in there: choices drawn anew only after a choice.
    const writing = part.contains(active) && active?.matches('input:not([type=radio], [type=checkbox]), textarea')
    if (writing) continue
    const [name, top] = [part.contains(active) ? (active as HTMLInputElement).name : '', part.scrollTop]
    const open = all<HTMLDetailsElement>('details', part).map((one) => one.open)
    part.replaceChildren(...now.childNodes)
    for (const [at, one] of all<HTMLDetailsElement>('details', part).entries()) one.open ||= open[at] ?? false
    part.scrollTop = top
    if (name) part.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus({ preventScroll: true })
  }
  const was = page.querySelector<HTMLInputElement>('form[data-builder] input[name=_was]')
  const mine = document.querySelector<HTMLInputElement>('form[data-builder] input[name=_was]')
  if (was && mine) mine.value = was.value
}

const parse = async (reply: Response): Promise<Document> => new DOMParser().parseFromString(await reply.text(), 'text/html')

let running: Promise<void> | null = null
let again: (() => Promise<void>) | null = null

/** One after the other: what is posted next knows what the answer before has brought. */
function inTurn(act: () => Promise<void>): Promise<void> {
  if (running) {
    again = act
    return running
  }
  running = act().finally(() => {
    running = null
    const next = again
    again = null
    if (next) void inTurn(next)
  })
  return running
}

const deviceKey = (form: HTMLFormElement): string => `draft:builder:${form.action}:${form.querySelector<HTMLInputElement>('input[name=place]')?.value ?? ''}`

function keepOnDevice(form: HTMLFormElement): void {
  try {
    localStorage.setItem(deviceKey(form), JSON.stringify({ at: Date.now(), body: bodyOf(form).toString() }))
  } catch {}
}

const dropFromDevice = (key: string): void => {
  try {
    localStorage.removeItem(key)
  } catch {}
}

/** What this device still holds of a page whose save never arrived is put back and sent. */
function restore(form: HTMLFormElement): boolean {
  try {
    const kept = JSON.parse(localStorage.getItem(deviceKey(form)) ?? 'null') as { at: number; body: string } | null
    if (!kept) return false
    dropFromDevice(deviceKey(form))
    if (Date.now() - kept.at > KEEP) return false
    let changed = false
    for (const [name, value] of new URLSearchParams(kept.body)) {
      if (name === '_csrf' || name === 'place') continue
      const inputs = all<HTMLInputElement>(`[name="${CSS.escape(name)}"]`, form)
      const one = inputs[0]
      if (!one) continue
      if (one.type === 'radio' || one.type === 'checkbox') for (const input of inputs) input.checked = input.value === value
      else if (one.value !== value) {
        changed ||= name !== '_was'
        one.value = value
      }
    }
    return changed
  } catch {
    return false
  }
}

function editing(form: HTMLFormElement): void {
  let timer = 0
  let dirty = false
  const key = deviceKey(form)
  const save = (): Promise<void> =>
    inTurn(async () => {
      if (!form.isConnected || !dirty) return
      dirty = false
      say('Đang lưu…')
      try {
        const reply = await fetch(form.action, { method: 'POST', body: bodyOf(form, 'save'), headers: ASK })
        if (reply.status >= 500 || reply.status === 401 || reply.status === 429) throw new Error(String(reply.status))
        const page = await parse(reply)
        renew(page, false)
        if (reply.ok) {
          say(dirty ? 'Đang viết…' : `Đã lưu lúc ${clock()}`, dirty ? '' : 'good')
          if (!dirty) dropFromDevice(key)
          refreshPreview()
        } else if (reply.status !== 409 || !page.querySelector('.studio-conflict')) say('Chưa lưu được chỗ này; xem lời báo.', 'bad')
      } catch {
        dirty = true
        keepOnDevice(form)
        say('Mất kết nối: phần đang viết được giữ trên máy này và gửi lại ngay khi có mạng.', 'warn')
        clearTimeout(timer)
        timer = window.setTimeout(() => void save(), RETRY)
      }
    })
  const later = (wait: number): void => {
    dirty = true
    keepOnDevice(form)
    say('Đang viết…')
    clearTimeout(timer)
    timer = window.setTimeout(() => void save(), wait)
  }
  if (restore(form)) later(50)
  form.addEventListener('input', (event) => later((event.target as HTMLElement).matches('[data-redraw], select, [type=radio], [type=checkbox]') ? 30 : PAUSE))
  form.addEventListener('submit', (event) => {
    const button = event.submitter as HTMLButtonElement | null
    if (button?.value !== 'save') {
      // What is written goes first; then the button its own way.
      clearTimeout(timer)
      dropFromDevice(key)
      return
    }
    event.preventDefault()
    event.stopPropagation()
    clearTimeout(timer)
    dirty = true
    void save()
  })
  addEventListener('beforeunload', () => {
    if (dirty) keepOnDevice(form)
  })
}

// — dragging —

let dragged: HTMLElement | null = null

async function place(key: string, section: string, at: number): Promise<void> {
  const outline = document.querySelector<HTMLElement>('[data-outline]')
  const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? ''
  if (!outline?.dataset.outline) return
  say('Đang chuyển…')
  try {
    const reply = await fetch(outline.dataset.outline, { method: 'POST', body: new URLSearchParams({ _csrf: token, _do: 'place', place: key, section, at: String(at) }), headers: ASK })
    if (!reply.ok) throw new Error(String(reply.status))
    const drawn = (await parse(reply)).querySelector('[data-outline]')
    if (drawn) outline.replaceChildren(...drawn.childNodes)
    say(`Đã lưu lúc ${clock()}`, 'good')
    refreshPreview()
  } catch {
    say('Chưa chuyển được; thử lại, hoặc mở câu đó và bấm Lên, Xuống.', 'bad')
  }
}

function clearMarks(): void {
  for (const one of all('.outline .over')) one.classList.remove('over')
}

on<'dragstart'>('dragstart', '[data-outline-question]', (item, event) => {
  dragged = item
  item.classList.add('dragged')
  event.dataTransfer?.setData('text/plain', item.dataset.outlineQuestion ?? '')
})
on<'dragend'>('dragend', '[data-outline-question]', (item) => {
  item.classList.remove('dragged')
  clearMarks()
  dragged = null
})
on<'dragover'>('dragover', '[data-outline-section]', (section, event) => {
  if (!dragged) return
  event.preventDefault()
  clearMarks()
  const over = (event.target as Element).closest<HTMLElement>('[data-outline-question]')
  ;(over ?? section).classList.add('over')
})
on<'drop'>('drop', '[data-outline-section]', (section, event) => {
  if (!dragged) return
  event.preventDefault()
  const rest = all('[data-outline-question]', section).filter((one) => one !== dragged)
  const over = (event.target as Element).closest<HTMLElement>('[data-outline-question]')
  const at = over && over !== dragged ? rest.indexOf(over) : rest.length
  void place(dragged.dataset.outlineQuestion ?? '', section.dataset.outlineSection ?? '', at)
})

// — fields offered to a template —

on<'click', HTMLButtonElement>('click', 'button[data-insert]', (button, event) => {
  event.preventDefault()
  const area = document.querySelector<HTMLTextAreaElement>(button.dataset.into ?? 'textarea[name=source]')
  if (!area) return
  area.setRangeText(button.dataset.insert ?? '', area.selectionStart, area.selectionEnd, 'end')
  area.focus()
  area.dispatchEvent(new InputEvent('input', { bubbles: true }))
})

// The list begins at the question that is open; the page itself stays where it is.
const outline = document.querySelector<HTMLElement>('.outline')
const open = outline?.querySelector<HTMLElement>('li.here')
if (outline && open && outline.scrollHeight > outline.clientHeight) outline.scrollTop = open.offsetTop - outline.clientHeight / 3

const preview = document.querySelector<HTMLFormElement>('form[data-preview]')
if (preview) previewing(preview)
for (const form of all<HTMLFormElement>('form[data-builder]')) if (!form.querySelector('fieldset[disabled]')) editing(form)
