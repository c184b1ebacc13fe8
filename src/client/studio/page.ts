// The script of every tab of a draft: who else is here, and forms of a part saved while they are written.

import { readPartForm } from '#ui/part-form.ts'
import { all, make, on } from '../dom.ts'
import { moved, openPart } from './save.ts'

const EVERY = 8000

interface HereBody {
  readonly revision: number
  readonly state: string
  readonly here: readonly { readonly name: string; readonly tab: string }[]
}

function watchOthers(frame: HTMLElement): void {
  const { studioDraft, studioTab } = frame.dataset
  const list = frame.querySelector('[data-studio-here]')
  const labels = new Map(all<HTMLAnchorElement>('.studio-bar .tabs a').map((link) => [link.pathname.split('/').at(-1), link.textContent]))
  const ask = async () => {
    if (document.hidden) return
    try {
      const reply = await fetch(`/admin/procedures/drafts/${studioDraft}/here?tab=${studioTab}`, { headers: { accept: 'application/json' } })
      if (!reply.ok) return
      const { revision, here } = (await reply.json()) as HereBody
      const words = here.map(({ name, tab }) => `${name} đang mở “${labels.get(tab) ?? tab}”`)
      if (list && list.textContent !== words.join('')) list.replaceChildren(...words.map((textContent) => make('span', { className: 'person', textContent })))
      moved(revision)
    } catch {}
  }
  setInterval(() => void ask(), EVERY)
  document.addEventListener('visibilitychange', () => void ask())
}

const partValue = (form: HTMLFormElement) => readPartForm(new FormData(form))

/** A form whose names are the places of its part. What comes from others is drawn by the server and put in place of what is there. */
function watchForm(form: HTMLFormElement): void {
  let drawing = false
  const saver = openPart<object>(form, (value, why, still) => (why === 'restored' ? restore(value) : redraw(null, still)))
  if (!saver.write) return
  // Taking a field away while it has the focus makes the browser say that it has changed.
  const changed = () => drawing || saver.changed(partValue(form))
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('studio:changed', changed)
  form.addEventListener('submit', (event) => {
    // "Lưu" says now what is saved anyway; other buttons of the form go their own way.
    if ((event.submitter as HTMLButtonElement | null)?.name) return
    event.preventDefault()
    event.stopPropagation()
    changed()
    void saver.flush()
  })

  /** What this device kept is drawn before anything more is written. */
  async function restore(value: object): Promise<boolean> {
    form.inert = true
    try {
      while (!(await redraw(value, () => true))) await new Promise((done) => setTimeout(done, 2000))
    } finally {
      form.inert = false
    }
    return true
  }

  /** The same page with this value (null: the server's own), keeping where the person is. False when it could not be drawn, or must not be any more. */
  async function redraw(value: object | null, still: () => boolean): Promise<boolean> {
    const body = new URLSearchParams({ _csrf: document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '' })
    if (value) body.set('value', JSON.stringify(value))
    const reply = await fetch(form.dataset.partDraw ?? '', { method: 'POST', body, headers: { accept: 'text/html', 'x-requested-with': 'studio' } }).catch(() => null)
    const drawn = reply?.ok && new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('form[data-part]')
    if (!drawn || !still()) return false
    const active = document.activeElement as HTMLInputElement | null
    const [name, at] = [active && form.contains(active) ? active.name : '', active?.selectionStart ?? null]
    const top = scrollY
    drawing = true
    form.innerHTML = drawn.innerHTML
    drawing = false
    scrollTo({ top })
    const again = name ? form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`) : null
    again?.focus({ preventScroll: true })
    if (at !== null && again && /text|search|tel|url/.test(again.type)) again.setSelectionRange(at, at)
    return true
  }
}

const tell = (element: Element) => element.closest('form')?.dispatchEvent(new CustomEvent('studio:changed'))

// Rows of a list: a new one is the template with the next number, and a code of its own where rows have one.
on<'click', HTMLButtonElement>('click', '[data-row-add]', (button, event) => {
  event.preventDefault()
  const rows = document.getElementById(button.dataset.rowAdd ?? '')
  const template = rows?.querySelector('template')
  if (!rows || !template) return
  const next = Math.max(-1, ...all<HTMLElement>(':scope > [data-row]', rows).map((row) => Number(row.dataset.row))) + 1
  const holder = make('div', {})
  holder.innerHTML = template.innerHTML.replaceAll(rows.dataset.rowMark ?? '__i__', String(next)).replaceAll('__code__', `moi_${Math.random().toString(36).slice(2, 7)}`)
  const row = holder.firstElementChild as HTMLElement
  rows.insertBefore(row, template)
  row.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select')?.focus()
})
on<'click', HTMLButtonElement>('click', '[data-row-drop]', (button, event) => {
  event.preventDefault()
  const row = button.closest<HTMLElement>('[data-row]')
  const rows = row?.parentElement
  row?.remove()
  if (rows) {
    tell(rows)
    rows.parentElement?.querySelector<HTMLElement>('[data-row-add]')?.focus()
  }
})

const frame = document.querySelector<HTMLElement>('[data-studio-draft]')
if (frame) watchOthers(frame)
for (const form of all<HTMLFormElement>('form[data-part]')) watchForm(form)
