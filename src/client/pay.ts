// An open payment page notices by itself that the money has come, and shows it.

import { all } from './dom.ts'

const EVERY_MS = 4000
/** A page left open over night asks no longer. */
const MOST = 450

export function start(): void {
  const [page] = all<HTMLElement>('[data-pay]')
  if (!page) return
  const { pay = '', state } = page.dataset
  let asked = 0
  const timer = setInterval(async () => {
    if (document.hidden) return
    if (++asked > MOST) return clearInterval(timer)
    try {
      const answer = await fetch(pay, { headers: { accept: 'application/json', 'x-passive': '1' } })
      if (answer.ok && ((await answer.json()) as { state: string }).state !== state) location.reload()
    } catch {} // the line is down: asked again in a moment
  }, EVERY_MS)
}
