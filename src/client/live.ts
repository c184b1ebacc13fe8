// An open page hears that something has changed and brings itself up to date; whoever is in the middle of something is only told.

import { all, make } from './dom.ts'

declare const LANG: 'vi' | 'en'

const words = LANG === 'en'
  ? { changed: 'This page has changed. ', show: 'Show the new version', fresh: 'The list has been brought up to date.' }
  : { changed: 'Trang này vừa có thay đổi. ', show: 'Xem bản mới', fresh: 'Danh sách vừa được cập nhật.' }

const WAIT_MS = 600
const FRESH = '[data-fresh]'

const status = make('p', { className: 'sr' })
status.setAttribute('role', 'status')

/** In the middle of something: rows ticked, words written, a dialogue open. */
const busy = (): boolean =>
  document.querySelector('dialog[open], .pick input:checked') !== null ||
  all<HTMLTextAreaElement | HTMLInputElement>('main textarea, main input:is([type=text], [type=search], [type=number], :not([type]))').some((one) => one.value !== one.defaultValue) ||
  (document.activeElement?.matches('input:not([type=checkbox]), textarea, select') ?? false)

function tell(): void {
  if (document.querySelector('.live-note')) return
  const note = make('p', { className: 'live-note' })
  note.setAttribute('role', 'status')
  note.append(words.changed, make('a', { href: location.href, textContent: words.show }))
  document.querySelector('main')?.prepend(note)
}

/** What has the focus, found again in the page's new parts. */
function holding(): () => void {
  const active = document.activeElement
  if (!active?.closest(FRESH)) return () => {}
  const href = active.getAttribute('href')
  const at = all('.row-link').indexOf(active as HTMLElement)
  return () => (all(`.row-link`).find((one) => one.getAttribute('href') === href) ?? all('.row-link')[at])?.focus()
}

const versionOf = (page: Document): string => page.querySelector<HTMLElement>('[data-live]')?.dataset.version ?? ''

async function renew(): Promise<void> {
  const answer = await fetch(location.href, { headers: { 'x-passive': '1', accept: 'text/html' } })
  if (!answer.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const version = versionOf(page)
  if (version && version === versionOf(document)) return
  if (version || busy()) return tell()
  const back = holding()
  let changed = false
  for (const part of all(FRESH)) {
    const now = page.querySelector(`[data-fresh="${CSS.escape(part.dataset.fresh!)}"]`)
    if (!now || now.innerHTML === part.innerHTML) continue
    part.replaceChildren(...now.childNodes)
    changed ||= part.closest('main') !== null
  }
  back()
  if (changed) status.textContent = words.fresh
}

export function start(): void {
  document.body.append(status)
  const { dossier = '' } = document.querySelector<HTMLElement>('[data-live]')?.dataset ?? {}
  const source = new EventSource(dossier ? `/live?dossier=${encodeURIComponent(dossier)}` : '/live')
  let waiting: ReturnType<typeof setTimeout> | undefined
  let missed = false
  const soon = () => {
    if (document.hidden) return void (missed = true)
    clearTimeout(waiting)
    waiting = setTimeout(() => void renew().catch(() => {}), WAIT_MS)
  }
  source.addEventListener(dossier ? 'dossier' : 'desk', soon)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || !missed) return
    missed = false
    soon()
  })
  addEventListener('pagehide', () => source.close())
}
