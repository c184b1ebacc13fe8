// Passkeys in the browser: the button appears where they work, asks the device, and goes on when the server is content.

import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { all } from './dom.ts'

const WORDS = {
  cancelled: 'Chưa xác thực: đã hủy hoặc quá thời gian. Bấm lại nút để thử lần nữa.',
  there: 'Khóa này đã được thêm trước đó.',
  offline: 'Không gửi được. Xem lại đường mạng rồi thử lại.',
} as const

const csrf = (): string => document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content ?? ''

/** What the server answers, or its sentence thrown. */
export async function send<T>(url: string, body: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrf() }, body: JSON.stringify(body),
  })
  const answer = (await response.json().catch(() => ({}))) as T & { detail?: string }
  if (!response.ok) throw new Error(answer.detail ?? WORDS.offline)
  return answer
}

interface Asked {
  readonly ceremony: string
  readonly options: never
}

const WAYS = {
  'sign-in': { ask: '/sign-in/passkey/options', answer: '/sign-in/passkey', run: (optionsJSON: never) => startAuthentication({ optionsJSON }) },
  confirm: { ask: '/account/passkey/options', answer: '/account/passkey', run: (optionsJSON: never) => startAuthentication({ optionsJSON }) },
  enrol: { ask: '/account/security/passkeys/options', answer: '/account/security/passkeys', run: (optionsJSON: never) => startRegistration({ optionsJSON }) },
} as const

export type Way = keyof typeof WAYS

/** Asks, lets the device answer, and tells the server. */
export async function prove(way: Way, more: object = {}): Promise<{ to?: string | null; codes?: readonly string[] }> {
  const { ask, answer, run } = WAYS[way]
  const { ceremony, options } = await send<Asked>(ask, {})
  return send(answer, { ceremony, response: await run(options), ...more })
}

export function sentence(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return WORDS.there
  if (name === 'NotAllowedError' || name === 'AbortError') return WORDS.cancelled
  return error instanceof Error && error.message && name === 'Error' ? error.message : WORDS.offline
}

function showCodes(codes: readonly string[]): boolean {
  const place = document.querySelector<HTMLElement>('[data-new-codes]')
  const list = place?.querySelector('[data-codes]')
  if (!place || !list || codes.length === 0) return false
  list.replaceChildren(...codes.map((code) => {
    const item = document.createElement('li')
    item.append(Object.assign(document.createElement('code'), { textContent: code }))
    return item
  }))
  place.hidden = false
  place.scrollIntoView({ block: 'start' })
  return true
}

export function start(): void {
  if (!window.PublicKeyCredential) return
  for (const box of all<HTMLElement>('[data-passkey]')) {
    const button = box.querySelector('button')
    const fault = box.querySelector('[role=alert]')
    if (!button || !fault) continue
    box.hidden = false
    button.addEventListener('click', async () => {
      button.disabled = true
      fault.textContent = ''
      const way = box.dataset.passkey as Way
      try {
        const name = document.querySelector<HTMLInputElement>('#name')?.value
        const done = await prove(way, way === 'enrol' ? { name } : { returnTo: box.dataset.to })
        const form = box.dataset.submits ? document.querySelector<HTMLFormElement>(`#${box.dataset.submits}`) : null
        if (way === 'enrol' && showCodes(done.codes ?? [])) box.hidden = true
        else if (form) form.submit()
        else location.assign(done.to ?? box.dataset.to ?? '/')
      } catch (error) {
        fault.textContent = sentence(error)
        button.disabled = false
      }
    })
  }
}
