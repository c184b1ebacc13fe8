// An officer at a browser without JavaScript: keeps cookies, follows redirects, fills in the forms that a page really shows.

import { DEMO_PASSWORD } from '#main/seed.ts'
import type { TestApp } from '../support/app.ts'

export interface Shown {
  readonly status: number
  readonly url: string
  readonly html: string
  /** The words of the page without tags. */
  readonly text: string
}

export interface FoundForm {
  readonly action: string
  readonly method: string
  readonly multipart: boolean
  readonly fields: readonly (readonly [string, string])[]
  /** Submit buttons: their words, name, value and own action. */
  readonly buttons: readonly { readonly words: string; readonly name?: string; readonly value?: string; readonly action?: string }[]
}

const decode = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>/])`, 'i').exec(tag)
  return found ? decode(found[1] ?? '') : undefined
}

export const wordsOf = (html: string): string => decode(html.replace(/<(style|script|title)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ').trim()

function field(html: string): [string, string] | null {
  const tag = /^<[^>]*>/.exec(html)![0]
  const name = attribute(tag, 'name')
  if (!name) return null
  if (tag.startsWith('<textarea')) return [name, decode(html.slice(tag.length).replace(/<\/textarea>$/, ''))]
  if (tag.startsWith('<select')) {
    const options = [...html.matchAll(/<option[^>]*>/g)].map(([option]) => option)
    return [name, attribute(options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0] ?? '', 'value') ?? '']
  }
  const type = attribute(tag, 'type')
  if (type === 'file' || ((type === 'checkbox' || type === 'radio') && attribute(tag, 'checked') === undefined)) return null
  return [name, attribute(tag, 'value') ?? '']
}

export function formsOf(html: string): FoundForm[] {
  return [...html.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const tag = /^<[^>]*>/.exec(form)![0]
    return {
      action: attribute(tag, 'action') ?? '',
      method: attribute(tag, 'method') ?? 'get',
      multipart: attribute(tag, 'enctype') === 'multipart/form-data',
      fields: [...form.matchAll(/<input[^>]*>|<textarea[^>]*>[\s\S]*?<\/textarea>|<select[^>]*>[\s\S]*?<\/select>/g)].map(([one]) => field(one)).filter((one) => one !== null),
      buttons: [...form.matchAll(/<button[^>]*>[\s\S]*?<\/button>/g)].map(([button]) => ({
        words: wordsOf(button), name: attribute(button.slice(0, button.indexOf('>') + 1), 'name'), value: attribute(button.slice(0, button.indexOf('>') + 1), 'value'),
        action: attribute(button.slice(0, button.indexOf('>') + 1), 'formaction'),
      })),
    }
  })
}

export class Visitor {
  readonly app: TestApp
  readonly cookies = new Map<string, string>()
  page: Shown = { status: 0, url: '', html: '', text: '' }

  constructor(app: TestApp) {
    this.app = app
  }

  /** Signed in, and acting in the post whose words match when there are several. */
  static async at(app: TestApp, login: string, post?: RegExp): Promise<Visitor> {
    const visitor = new Visitor(app)
    await visitor.send('POST', '/sign-in/officer', [['login', login], ['password', DEMO_PASSWORD]], false)
    if (!visitor.cookies.has('tinhso_session')) throw new Error(`${login} không vào được: ${visitor.page.text.slice(0, 200)}`)
    if (post) {
      await visitor.get('/account/post')
      await visitor.press(post)
    }
    return visitor
  }

  private async once(method: 'GET' | 'POST', url: string, fields: readonly (readonly [string, string])[], multipart = false) {
    const parts = fields.map(([name, value]) => `--grenze\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')
    const answer = await this.app.server.inject({
      method, url, headers: {
        accept: 'text/html', cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'POST' ? { 'content-type': multipart ? 'multipart/form-data; boundary=grenze' : 'application/x-www-form-urlencoded', origin: 'http://tinhso.test' } : {}),
      },
      ...(method === 'POST' ? { payload: multipart ? `${parts}--grenze--\r\n` : new URLSearchParams(fields.map(([name, value]) => [name, value])).toString() } : {}),
    })
    for (const { name, value } of answer.cookies as { name: string; value: string }[]) value === '' ? this.cookies.delete(name) : this.cookies.set(name, value)
    return answer
  }

  async send(method: 'GET' | 'POST', url: string, fields: readonly (readonly [string, string])[] = [], follow = true, multipart = false): Promise<Shown> {
    let answer = await this.once(method, url, fields, multipart)
    let at = url
    for (let hops = 0; follow && answer.statusCode >= 300 && answer.statusCode < 400 && hops < 6; hops++) {
      at = new URL(String(answer.headers.location), 'http://tinhso.test').pathname + new URL(String(answer.headers.location), 'http://tinhso.test').search
      answer = await this.once('GET', at, [])
    }
    const html = answer.body
    this.page = { status: answer.statusCode, url: at, html, text: wordsOf(html) }
    return this.page
  }

  get(url: string): Promise<Shown> {
    return this.send('GET', url)
  }

  /** Posts fields as a page of this session would, with its token. */
  async post(url: string, fields: readonly (readonly [string, string])[]): Promise<Shown> {
    const token = /name="csrf-token" content="([^"]*)"/.exec((await this.once('GET', '/desk/keys', [])).body)?.[1] ?? ''
    return this.send('POST', url, [...fields, ['_csrf', token]])
  }

  /** One answer as it comes, for what is not a page. */
  raw(url: string) {
    return this.once('GET', url, [])
  }

  cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Presses the button with these words in a form of the page, with some answers filled in. */
  press(words: string | RegExp, answers: Readonly<Record<string, string | readonly string[]>> = {}): Promise<Shown> {
    for (const form of formsOf(this.page.html)) {
      const button = form.buttons.find((one) => (typeof words === 'string' ? one.words === words : words.test(one.words)))
      if (!button) continue
      const kept = form.fields.filter(([name]) => !(name in answers))
      const given = Object.entries(answers).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
      const pressed = button.name ? [[button.name, button.value ?? ''] as const] : []
      const all = [...kept, ...given, ...pressed]
      if (form.method === 'get') return this.send('GET', `${form.action}?${new URLSearchParams(all.map(([name, value]) => [name, value]))}`)
      return this.send('POST', button.action ?? form.action, all, true, form.multipart)
    }
    throw new Error(`Không có nút ${words} ở ${this.page.url}: ${formsOf(this.page.html).flatMap((form) => form.buttons.map((one) => one.words)).join(' | ')}`)
  }

  /** Addresses of the page's links that contain `part`. */
  links(part: string): string[] {
    return [...this.page.html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => decode(href!)).filter((href) => href.includes(part))
  }
}
