// The fee tab while somebody works in it: conditions follow the chosen question, holes and overlaps and a tried case are told at once.

import { all } from '../../dom.ts'

const WAIT = 350

/** Puts the parts that the server has drawn anew in place of what is there. The part in which somebody is writing stays, unless a choice has just
 *  changed what it asks (`chosen`). */
function put(html: string, { only, chosen = false }: { only?: string; chosen?: boolean } = {}): void {
  const drawn = new DOMParser().parseFromString(html, 'text/html')
  for (const fresh of drawn.querySelectorAll<HTMLElement>('[data-drawn]')) {
    const old = document.getElementById(fresh.id)
    if (!old || (only && fresh.id !== only)) continue
    const active = document.activeElement as HTMLElement | null
    if (!chosen && active && old.contains(active) && !active.matches('[data-redraw]')) continue
    const name = active && old.contains(active) ? (active as HTMLSelectElement).name : null
    // what was typed while the server was drawing stays
    for (const field of old.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type=hidden], [type=radio], [type=checkbox]), textarea')) {
      const again = field.name ? fresh.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${CSS.escape(field.name)}"]`) : null
      if (again && again.tagName === field.tagName && field.value !== '') again.value = field.value
    }
    old.replaceWith(fresh)
    if (name) fresh.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus()
  }
}

function later(act: () => void): () => void {
  let timer = 0
  return () => {
    clearTimeout(timer)
    timer = window.setTimeout(act, WAIT)
  }
}

for (const form of all<HTMLFormElement>('form[data-fee-form]')) {
  let turn = 0
  /** A choice has changed what is asked, and no answer has been drawn since. */
  let owed = false
  const ask = async (chosen = false): Promise<void> => {
    const mine = ++turn
    owed ||= chosen
    const body = new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    try {
      const reply = await fetch(form.dataset.feeForm ?? '', { method: 'POST', body, headers: { accept: 'text/html' } })
      if (!reply.ok || mine !== turn) return
      put(await reply.text(), { chosen: owed })
      owed = false
    } catch {}
  }
  const soon = later(() => void ask())
  form.addEventListener('input', soon)
  form.addEventListener('change', (event) => void ((event.target as HTMLElement).matches('[data-redraw]') ? ask(true) : soon()))
}

for (const form of all<HTMLFormElement>('form[data-fee-try]')) {
  let turn = 0
  const ask = async (): Promise<void> => {
    const mine = ++turn
    const query = new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    try {
      const reply = await fetch(`${form.action.split('?')[0]}?${query}`, { headers: { accept: 'text/html' } })
      if (reply.ok && mine === turn) put(await reply.text(), { only: 'fee-tried' })
    } catch {}
  }
  const soon = later(() => void ask())
  form.addEventListener('input', soon)
  form.addEventListener('change', soon)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void ask()
  })
}
