// The fee tab while somebody works in it: conditions follow the chosen question, holes and overlaps and a tried case are told at once.

import { all } from '../../dom.ts'

const WAIT = 350

/** Puts the parts that the server has drawn anew in place of what is there; the part in which somebody is writing stays. */
function put(html: string, only?: string): void {
  const drawn = new DOMParser().parseFromString(html, 'text/html')
  for (const fresh of drawn.querySelectorAll<HTMLElement>('[data-drawn]')) {
    const old = document.getElementById(fresh.id)
    if (!old || (only && fresh.id !== only)) continue
    const active = document.activeElement as HTMLElement | null
    const writing = active && old.contains(active) && !active.matches('[data-redraw]') ? active : null
    if (writing) continue
    const name = active && old.contains(active) ? (active as HTMLSelectElement).name : null
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
  const ask = async (): Promise<void> => {
    const mine = ++turn
    const body = new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    try {
      const reply = await fetch(form.dataset.feeForm ?? '', { method: 'POST', body, headers: { accept: 'text/html' } })
      if (reply.ok && mine === turn) put(await reply.text())
    } catch {}
  }
  const soon = later(() => void ask())
  form.addEventListener('input', soon)
  form.addEventListener('change', (event) => void ((event.target as HTMLElement).matches('[data-redraw]') ? ask() : soon()))
}

for (const form of all<HTMLFormElement>('form[data-fee-try]')) {
  let turn = 0
  const ask = async (): Promise<void> => {
    const mine = ++turn
    const query = new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    try {
      const reply = await fetch(`${form.action.split('?')[0]}?${query}`, { headers: { accept: 'text/html' } })
      if (reply.ok && mine === turn) put(await reply.text(), 'fee-tried')
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
