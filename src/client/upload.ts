// Sends a chosen file at once, where the input names an address for it, and shows how far it has come.

import { all, make, on } from './dom.ts'
import { words } from './words.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1).replace('.', ',')} MB`

function line(status: Element, text: string, className = ''): HTMLParagraphElement {
  const added = make('p', { textContent: text, className })
  status.append(added)
  return added
}

function send(input: HTMLInputElement, file: File, status: Element): void {
  const url = input.dataset.upload ?? ''
  const said = line(status, words.sending(file.name))
  const bar = make('progress', { max: 1, ariaLabel: words.sending(file.name) })
  status.append(bar)
  const body = new FormData()
  const csrf = input.form?.querySelector<HTMLInputElement>('[name=_csrf]')?.value
  if (csrf) body.append('_csrf', csrf)
  body.append(input.name, file)
  const request = new XMLHttpRequest()
  request.open('POST', url)
  request.setRequestHeader('X-Requested-With', 'upload')
  request.responseType = 'json'
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total
  }
  request.onloadend = () => {
    bar.remove()
    const reply = request.response as { message?: string; value?: string } | null
    const good = request.status >= 200 && request.status < 300
    said.textContent = reply?.message ?? (good ? words.sent(file.name) : words.notSent(file.name))
    said.className = good ? '' : 'fault'
    if (!good || !reply?.value) return
    status.append(make('input', { type: 'hidden', name: input.name, value: reply.value }))
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  request.send(body)
}

export function uploads(): void {
  on<'change', HTMLInputElement>('change', 'input[type=file]', (input) => {
    const status = input.parentElement?.querySelector('[data-upload-status]')
    const files = [...(input.files ?? [])]
    if (!status || files.length === 0) return
    for (const old of all('.fault', status)) old.remove()
    const max = Number(input.dataset.max) || Infinity
    const fitting = files.filter((file) => file.size <= max)
    for (const file of files) if (file.size > max) line(status, words.tooBig(file.name, megabytes(file.size), megabytes(max)), 'fault')
    if (fitting.length < files.length || input.dataset.upload) input.value = ''
    if (input.dataset.upload) for (const file of fitting) send(input, file, status)
  })
}
