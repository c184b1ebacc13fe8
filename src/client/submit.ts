// One press sends once: the second is dropped, the first says that it is under way.

import { all, make } from './dom.ts'

// A stalled line must not lock a person out for good; the server drops what it has seen before.
const RELEASE_AFTER = 20_000

interface Pressed {
  readonly button: HTMLButtonElement
  readonly html: string
}

const sending = new Map<HTMLFormElement, Pressed | null>()

function release(form: HTMLFormElement): void {
  const pressed = sending.get(form)
  sending.delete(form)
  if (!pressed) return
  pressed.button.innerHTML = pressed.html
  pressed.button.disabled = false
  pressed.button.ariaBusy = null
}

function showBusy(button: HTMLButtonElement): void {
  button.replaceChildren(make('span', { className: 'spin', ariaHidden: 'true' }), make('span', { textContent: button.dataset.busy ?? '' }))
  button.disabled = true
  button.ariaBusy = 'true'
}

export function guardSubmits(): void {
  addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (event.defaultPrevented || form.getAttribute('method') !== 'post' || 'repeat' in form.dataset) return
    // Sent to another window, to look at: this page stays as it is.
    if (event.submitter?.hasAttribute('formtarget')) return
    if (sending.has(form)) return event.preventDefault()
    const button = event.submitter instanceof HTMLButtonElement && event.submitter.dataset.busy ? event.submitter : null
    sending.set(form, button && { button, html: button.innerHTML })
    // After this turn, or the browser would leave the pressed button's name out of what it sends.
    if (button) setTimeout(() => showBusy(button))
    for (const status of all('[data-upload-status]', form)) {
      const input = status.parentElement?.querySelector<HTMLInputElement>('input[type=file]')
      if (input?.files?.length) status.replaceChildren(make('progress', {}))
    }
    setTimeout(() => release(form), RELEASE_AFTER)
  })
  addEventListener('pageshow', () => [...sending.keys()].forEach(release))
}
