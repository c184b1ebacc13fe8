// A day's work by keyboard: walking lists, choosing, opening, deciding, going from room to room; and the sheet that says how. Off where the person
// has said so (WCAG 2.1.4).

import { all, make } from './dom.ts'
import { keyWords } from './keys-words.ts'

const TYPING = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, dialog'
const LINKS = 'table[data-list] .row-link'
/** How long the second key of a pair may take. */
const PAIR_MS = 1500
/** Where one was in which list, so that coming back goes on from there. */
const PLACE = 'place:'

const words = keyWords

const rowOf = (element: Element | null): HTMLTableRowElement | null => element?.closest('tr') ?? null

function focusRow(link: HTMLElement | undefined): void {
  link?.focus()
  rowOf(link ?? null)?.scrollIntoView({ block: 'nearest' })
}

function walk(step: 1 | -1): void {
  const links = all<HTMLAnchorElement>(LINKS)
  const at = links.findIndex((link) => rowOf(link)?.contains(document.activeElement))
  focusRow(links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)])
}

/** A list remembers the row that was opened; after an act it may be gone, and the one in its place is next. */
export function keepPlace(): void {
  const links = all<HTMLAnchorElement>(LINKS)
  if (links.length === 0) return
  const key = PLACE + location.pathname
  const kept = sessionStorage.getItem(key)?.split(' ')
  if (kept && document.activeElement === document.body && !location.hash) {
    const [href, index] = kept
    const same = links.find((link) => link.getAttribute('href') === href)
    focusRow(same ?? links[Math.min(Number(index), links.length - 1)])
  }
  addEventListener('pagehide', () => {
    const now = all<HTMLAnchorElement>(LINKS)
    const at = now.findIndex((link) => rowOf(link)?.contains(document.activeElement))
    if (at >= 0) sessionStorage.setItem(key, `${now[at]!.getAttribute('href')} ${at}`)
  })
}

const press = (selector: string): boolean => {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) return false
  if (found.matches('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select')) {
    found.focus()
    if (found instanceof HTMLInputElement) found.select()
  } else found.click()
  return true
}

/** The n-th decision is focused, not taken: Enter takes it. */
function choice(n: number): boolean {
  const found = all('.decide .row > :is(button, a)')[n - 1]
  found?.focus()
  return found !== undefined
}

function sheet(): void {
  const before = document.querySelector<HTMLDialogElement>('dialog.sheet-of-keys')
  if (before) return before.open ? before.close() : before.showModal()
  const dialog = make('dialog', { className: 'sheet-of-keys' })
  const rows = [...words.fixed.filter(([, , needs]) => !needs || document.querySelector(needs)), ...all('[data-key]').map((one) => [one.dataset.key!, (one.dataset.keyName ?? one.textContent ?? '').trim()] as const)]
  const list = make('dl', {})
  for (const [keys, name] of rows) {
    const term = make('dt', {})
    for (const key of keys.split(' ')) term.append(make('kbd', { textContent: key }), ' ')
    list.append(term, make('dd', { textContent: name }))
  }
  const close = make('button', { type: 'button', className: 'btn secondary', textContent: words.close })
  close.addEventListener('click', () => dialog.close())
  dialog.append(make('h2', { textContent: words.title, id: 'sheet-of-keys' }), list, close)
  dialog.setAttribute('aria-labelledby', 'sheet-of-keys')
  document.body.append(dialog)
  dialog.showModal()
}

let first = ''
let firstAt = 0

/** What a key does here; false when nothing. */
function act(key: string): boolean {
  const pair = first && performance.now() - firstAt < PAIR_MS ? `${first} ${key}` : ''
  first = ''
  if (pair && press(`[data-key="${CSS.escape(pair)}"]`)) return true
  if (key === 'j' || key === 'k') return walk(key === 'j' ? 1 : -1), true
  if (key === '?') return sheet(), true
  const row = rowOf(document.activeElement)
  if (key === 'x') return row?.querySelector<HTMLInputElement>('.pick input')?.click(), true
  if (key === 'a') {
    const boxes = all<HTMLInputElement>('.pick input')
    const on = boxes.some((box) => !box.checked)
    for (const box of boxes) if (box.checked !== on) box.click()
    return boxes.length > 0
  }
  if (key === 'c' && row) {
    const take = row.querySelector<HTMLButtonElement>('td button')
    if (take) return take.click(), true
  }
  if (key === '/') return press('[data-search]')
  if (key === 'n') return press('.decide textarea')
  if (/^[1-9]$/.test(key)) return choice(Number(key))
  if (press(`[data-key="${CSS.escape(key)}"]`)) return true
  if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
    first = key
    firstAt = performance.now()
    return true
  }
  return false
}

export function start(): void {
  keepPlace()
  if (document.body.dataset.keys === 'off') return
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (event.target as Element).closest?.(TYPING)) return
    if (act(event.key)) event.preventDefault()
  })
  document.body.dataset.keys = 'on'
}
