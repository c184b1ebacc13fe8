// An officer's screen left alone: warns, then covers the page and asks who is there; behind the cover everything typed stays as it was.

import { part } from './parts.ts'

const WORDS = {
  soon: 'Sắp khóa màn hình vì đã lâu không có thao tác.',
  stay: 'Tiếp tục làm việc',
  title: 'Màn hình đang khóa',
  lead: 'Nội dung đang làm vẫn còn nguyên. Xác nhận đúng ông/bà để làm tiếp.',
  password: 'Mật khẩu',
  open: 'Mở khóa',
  passkey: 'Dùng khóa truy cập',
  again: 'Đăng nhập lại',
  ended: 'Phiên làm việc đã kết thúc. Mở trang đăng nhập trong thẻ mới, đăng nhập, rồi quay lại thẻ này.',
  offline: 'Không gửi được. Xem lại đường mạng rồi thử lại.',
} as const

interface Standing {
  readonly signedIn: boolean
  readonly locked: boolean
}

const csrf = (): string => document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content ?? ''
const element = <K extends keyof HTMLElementTagNameMap>(name: K, more: object = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name)
  Object.assign(made, more)
  made.append(...children)
  return made
}

/** Tells the server that somebody is there; false when the session is locked or gone. */
const awake = async (): Promise<boolean> => (await fetch('/account/awake', { method: 'POST', headers: { 'x-csrf-token': csrf(), accept: 'application/json' } })).ok

const standing = async (): Promise<Standing> => (await fetch('/account/standing', { headers: { accept: 'application/json' } })).json() as Promise<Standing>

export function start(): void {
  const given = document.querySelector<HTMLElement>('[data-idle]')
  if (!given) return
  const [minutes = 15, warn = 60] = (given.dataset.idle ?? '').split(',').map(Number)
  const limit = minutes * 60_000
  let heard = Date.now() // the server has heard from us
  let acted = heard // somebody has done something here
  let warning: HTMLElement | null = null
  let cover: HTMLDialogElement | null = null

  for (const type of ['keydown', 'pointerdown', 'input', 'scroll'] as const) addEventListener(type, () => void (acted = Date.now()), { passive: true, capture: true })

  const stay = async () => {
    warning?.remove()
    warning = null
    if (await awake().catch(() => true)) heard = Date.now()
    else lock()
  }

  const tell = () => {
    if (warning) return
    const button = element('button', { type: 'button', className: 'btn primary', textContent: WORDS.stay, onclick: () => void stay() })
    warning = element('div', { className: 'idle-warning' }, element('p', { textContent: WORDS.soon }), button)
    warning.setAttribute('role', 'alert')
    document.body.append(warning)
  }

  const open = () => {
    cover?.remove()
    cover = null
    heard = acted = Date.now()
    document.documentElement.classList.remove('covered')
  }

  function lock(): void {
    if (cover) return
    warning?.remove()
    warning = null
    const fault = element('p', { className: 'fault' })
    fault.setAttribute('role', 'alert')
    const input = element('input', { type: 'password', id: 'cover-password', autocomplete: 'current-password' })
    const form = element('form', { noValidate: true }, element('label', { className: 'label', htmlFor: 'cover-password', textContent: WORDS.password }), input,
      element('p', { className: 'actions' }, element('button', { className: 'btn primary', textContent: WORDS.open })))
    const key = element('button', { type: 'button', className: 'btn quiet', textContent: WORDS.passkey, hidden: !given!.hasAttribute('data-idle-passkey') })
    cover = element('dialog', { className: 'cover' }, element('h2', { textContent: WORDS.title, id: 'cover-title' }), element('p', { textContent: WORDS.lead }), fault, form, key)
    cover.setAttribute('aria-labelledby', 'cover-title')
    cover.addEventListener('cancel', (event) => event.preventDefault())
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      event.stopPropagation()
      const body = new URLSearchParams({ _proof_password: input.value, _csrf: csrf(), returnTo: '/account/standing' })
      input.value = ''
      const answer = await fetch('/account/lock', { method: 'POST', body, headers: { accept: 'text/html' } }).catch(() => null)
      if (answer?.ok) return open()
      const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html')
      const now = await standing().catch(() => null)
      fault.textContent = now && !now.signedIn ? WORDS.ended : (page?.querySelector('.notice p, [role=alert] p, .alert p')?.textContent ?? WORDS.offline)
      input.focus()
    })
    key.addEventListener('click', async () => {
      const { prove, sentence } = await part<typeof import('./passkey.ts')>('passkey')
      await prove('confirm').then(open, (error: unknown) => void (fault.textContent = sentence(error)))
    })
    document.documentElement.classList.add('covered')
    document.body.append(cover)
    cover.showModal()
    input.focus()
  }

  setInterval(async () => {
    if (cover) return
    const now = Date.now()
    if (acted > heard && now - heard > limit / 3) return void (await stay())
    if (now - heard < limit - warn * 1000) return
    // Another tab may have kept the session awake: the server knows.
    const there = await standing().catch(() => null)
    if (now - heard >= limit) {
      if (there?.locked || there?.signedIn === false) lock()
      else if (there) heard = now - limit / 2
    } else tell()
  }, 5000)
}
