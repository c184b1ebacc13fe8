// Chosen files: looked at, photographs put on the table first, the rest sent in pieces; a form waits for its files before it is left.

import type { part as load } from '../parts.ts'
import { all, make } from '../dom.ts'
import { faultOf } from './preflight.ts'
import { send } from './send.ts'
import { words } from './words.ts'

/** Files under way, by form. */
const underWay = new Map<HTMLFormElement | null, number>()
let guarded = false

const count = (form: HTMLFormElement | null, change: 1 | -1) => underWay.set(form, (underWay.get(form) ?? 0) + change)
const busy = (form: HTMLFormElement | null) => (underWay.get(form) ?? 0) > 0

/** Leaving waits until everything has arrived, then goes on by itself. */
function guard(): void {
  if (guarded) return
  guarded = true
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement
      if (!busy(form)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const status = form.querySelector('[data-upload-status]')
      const note = make('p', { className: 'soft', textContent: words.leaving })
      note.setAttribute('role', 'status')
      if (!form.querySelector('[data-leaving]')) status?.append(note)
      note.dataset.leaving = ''
      const timer = setInterval(() => {
        if (busy(form)) return
        clearInterval(timer)
        note.remove()
        if (!status?.closest('form')?.querySelector('[data-upload-status] .fault')) form.requestSubmit(event.submitter as HTMLButtonElement | null)
      }, 150)
    },
    true,
  )
  addEventListener('beforeunload', (event) => {
    if ([...underWay.values()].some((one) => one > 0)) event.preventDefault()
  })
}

/** What the server now knows of this paper, in place of what stood there. */
async function refresh(input: HTMLInputElement): Promise<void> {
  const name = input.closest<HTMLElement>('[data-paper]')?.dataset.paper
  if (!name) return
  const reply = await fetch(location.href, { headers: { Accept: 'text/html' } })
  if (!reply.ok) return
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  const at = `[data-paper="${CSS.escape(name)}"] [data-sent]`
  const [old, now] = [document.querySelector(at), page.querySelector(at)]
  if (old && now) old.replaceWith(now)
}

function sendAll(input: HTMLInputElement, files: readonly File[], status: Element, made = false): void {
  const { form } = input
  guard()
  for (const file of files) {
    count(form, 1)
    send({
      input,
      file,
      status,
      made,
      done: (ok) => {
        count(form, -1)
        if (ok) void refresh(input)
      },
    })
  }
}

const isPhoto = (file: File) => file.type.startsWith('image/') || /\.(jpe?g|png|webp|heic|heif|avif|bmp|gif)$/i.test(file.name)

/** Takes what was chosen in an input. Those that cannot be sent are named; an input without an address for pieces keeps its files for the form. */
export async function take(input: HTMLInputElement, files: readonly File[], part: typeof load): Promise<void> {
  const status = input.parentElement?.querySelector('[data-upload-status]')
  if (!status) return
  for (const old of all('.fault', status)) old.remove()
  const max = Number(input.dataset.max) || Infinity
  const judged = await Promise.all(files.map(async (file) => ({ file, fault: await faultOf(file, max) })))
  for (const { fault } of judged) if (fault) status.append(make('p', { className: 'fault', textContent: fault }))
  const good = judged.filter(({ fault }) => !fault).map(({ file }) => file)
  if (!input.dataset.tus) {
    if (good.length < files.length) input.value = ''
    return
  }
  input.value = ''
  const photos = input.dataset.photos === undefined ? [] : good.filter(isPhoto)
  sendAll(input, good.filter((file) => !photos.includes(file)), status)
  if (photos.length === 0) return
  const { lay } = await part<typeof import('../photos/index.ts')>('photos')
  await lay(input, photos, (made) => sendAll(input, made, status, true))
}
