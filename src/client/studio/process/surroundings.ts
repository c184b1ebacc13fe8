// The page around the drawing board: sum, faults and list are drawn anew as the server reads the drawing; its forms wait until the drawing is saved.

export interface Reading {
  readonly bpmn: string
  readonly steps: unknown[] | null
  readonly faults: readonly { readonly element: string; readonly level: string; readonly message: string }[]
  readonly list: string | null
  readonly said: string
  readonly sum: string | null
}

/** Puts what the server has made of the drawing in the place of what was there. A form that somebody has open in the list stays. */
export function place({ list, said, sum }: Reading): void {
  const into = (id: string, html: string | null) => {
    const now = document.getElementById(id)
    if (html === null || !now) return
    const made = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild
    if (made) now.replaceWith(document.adoptNode(made))
  }
  into('process-sum', sum)
  into('process-faults', said)
  const place = document.getElementById('process-list')
  if (list !== null && place && !place.querySelector('.process-form')) place.replaceChildren(...new DOMParser().parseFromString(list, 'text/html').body.childNodes)
}

/** Buttons of the list act on what is saved: the drawing goes first. Links to steps and faults lead to their element on the board. */
export function leaveFormsAlone(settle: () => Promise<boolean>, show: (id: string) => boolean, draft: string): void {
  let sending = false
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (sending || !form.matches('[data-process-act], .process-form')) return
    event.preventDefault()
    event.stopImmediatePropagation() // or the page's own script would take it for sent
    const submitter = event.submitter as HTMLButtonElement | null
    void settle().then(async (saved) => {
      if (!saved) return
      if (form.matches('[data-process-act]')) {
        const reply = await fetch(`/admin/procedures/drafts/${draft}/parts/process`, { headers: { accept: 'application/json' } })
        const base = form.querySelector<HTMLInputElement>('input[name=_base]')
        if (reply.ok && base) base.value = String(((await reply.json()) as { revision: number }).revision)
      }
      sending = true
      // Not within the event that is being answered: browsers drop a submit inside a submit.
      setTimeout(() => form.requestSubmit(submitter))
    })
  }, true)
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-element], .process-acts a[href*="?step="]')
    if (!link) return
    const id = link.dataset.element ?? new URL(link.href).searchParams.get('step') ?? ''
    if (id && show(id)) event.preventDefault()
  })
}
