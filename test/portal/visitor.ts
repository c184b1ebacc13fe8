// A person at a browser without script: opens pages, reads the forms in them, sends exactly what such a browser would send.

import { systemCtx } from '#core/ctx.ts'
import { signInCitizen } from '#modules/identity/index.ts'
import { demoCitizens } from '#main/pack.ts'
import { claimsOf } from '#twins/vneid/index.ts'
import { SESSION_COOKIE } from '#web/session/index.ts'
import type { TestApp } from '../support/app.ts'

export interface Control {
  readonly kind: 'input' | 'select' | 'textarea' | 'button'
  readonly type: string
  readonly name: string
  value: string
  checked: boolean
  /** Questions that the page does not show are sent as they stand. */
  readonly hidden: boolean
  readonly options: readonly string[]
}

export interface PageForm {
  readonly action: string
  readonly method: string
  readonly multipart: boolean
  readonly controls: Control[]
}

const plainText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found ? plainText(found[1] ?? '') : null
}

/** The forms of a page, with whether each control stands inside a hidden question. */
export function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/g)].map(([, head = '', inner = '']) => {
    const controls: Control[] = []
    let hiddenUntil = -1
    for (const found of inner.matchAll(
      /<div\b[^>]*>|<\/div>|<(input|button)\b[^>]*>|<select\b[^>]*>[\s\S]*?<\/select>|<textarea\b[^>]*>[\s\S]*?<\/textarea>/g,
    )) {
      const tag = found[0]
      if (/^<\/?div/.test(tag)) {
        // A hidden question ends where its own div closes.
        if (hiddenUntil < 0 && /data-question=/.test(tag) && attribute(tag, 'hidden') !== null) hiddenUntil = closing(inner, found.index)
        if (hiddenUntil >= 0 && found.index >= hiddenUntil) hiddenUntil = -1
        continue
      }
      const hidden = hiddenUntil >= 0 && found.index < hiddenUntil
      const name = attribute(tag.slice(0, tag.indexOf('>') + 1), 'name')
      if (!name) continue
      const kind = (/^<(\w+)/.exec(tag)?.[1] ?? 'input') as Control['kind']
      const opening = tag.slice(0, tag.indexOf('>') + 1)
      const options = kind === 'select' ? [...tag.matchAll(/<option\b[^>]*>/g)].map(([option]) => attribute(option, 'value') ?? '') : []
      const chosen =
        kind === 'select'
          ? ([...tag.matchAll(/<option\b[^>]*>/g)].find(([option]) => attribute(option, 'selected') !== null)?.[0] ?? null)
          : null
      controls.push({
        kind,
        name,
        hidden,
        options,
        type: attribute(opening, 'type') ?? (kind === 'input' ? 'text' : kind === 'button' ? 'submit' : kind),
        value:
          kind === 'select'
            ? chosen
              ? (attribute(chosen, 'value') ?? '')
              : (options[0] ?? '')
            : kind === 'textarea'
              ? plainText(/>([\s\S]*)<\/textarea>$/.exec(tag)?.[1] ?? '')
              : (attribute(opening, 'value') ?? ''),
        checked: attribute(opening, 'checked') !== null,
      })
    }
    return {
      action: attribute(head, 'action') ?? '',
      method: attribute(head, 'method') ?? 'get',
      multipart: (attribute(head, 'enctype') ?? '').startsWith('multipart'),
      controls,
    }
  })
}

function closing(html: string, from: number): number {
  let depth = 0
  for (const found of html.slice(from).matchAll(/<div\b[^>]*>|<\/div>/g)) {
    depth += found[0].startsWith('</') ? -1 : 1
    if (depth === 0) return from + found.index
  }
  return html.length
}

export interface Upload {
  readonly field: string
  readonly name: string
  readonly content: Buffer
}

export interface Visit {
  readonly status: number
  readonly url: string
  readonly html: string
  readonly headers: Record<string, unknown>
  readonly forms: PageForm[]
}

export class Visitor {
  readonly app: TestApp
  readonly cookie: string | null
  constructor(app: TestApp, secret: string | null) {
    this.app = app
    this.cookie = secret && `${SESSION_COOKIE}=${secret}`
  }

  private async send(method: 'GET' | 'POST', url: string, body?: string | Buffer, type?: string): Promise<Visit> {
    const headers = { accept: 'text/html', ...(this.cookie && { cookie: this.cookie }), ...(type && { 'content-type': type }) }
    const reply = await this.app.server.inject({ method, url: url.split('#')[0]!, headers, payload: body })
    if (reply.statusCode === 303 || reply.statusCode === 302) return this.send('GET', String(reply.headers.location))
    const html = reply.payload
    return { status: reply.statusCode, url, html, headers: reply.headers, forms: formsOf(html) }
  }

  open(url: string): Promise<Visit> {
    return this.send('GET', url)
  }

  /** Presses a button of a form; `pressed` is its name and value. */
  async press(form: PageForm, pressed: readonly [string, string] | null, files: readonly Upload[] = []): Promise<Visit> {
    const pairs = form.controls
      .filter((one) => one.kind !== 'button' && one.type !== 'file' && (!['checkbox', 'radio'].includes(one.type) || one.checked))
      .map((one): [string, string] => [one.name, one.value])
    if (pressed) pairs.push([pressed[0], pressed[1]])
    if (form.method === 'get') return this.send('GET', `${form.action}?${new URLSearchParams(pairs)}`)
    if (!form.multipart) return this.send('POST', form.action, String(new URLSearchParams(pairs)), 'application/x-www-form-urlencoded')
    const edge = 'x-----edge'
    const empty = form.controls
      .filter((one) => one.type === 'file' && !files.some((file) => file.field === one.name))
      .map((one) => ({ field: one.name, name: '', content: Buffer.alloc(0) }))
    const chunks = [
      ...pairs.map(([name, value]) => Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)),
      ...[...files, ...empty].flatMap((file) => [
        Buffer.from(
          `--${edge}\r\nContent-Disposition: form-data; name="${file.field}"; filename="${file.name}"\r\nContent-Type: image/x\r\n\r\n`,
        ),
        file.content,
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${edge}--\r\n`),
    ]
    return this.send('POST', form.action, Buffer.concat(chunks), `multipart/form-data; boundary=${edge}`)
  }
}

/** The demo citizen's own session. */
export async function signedIn(app: TestApp, login: string): Promise<Visitor> {
  return new Visitor(app, await secretOf(app, login))
}

export async function secretOf(app: TestApp, login: string): Promise<string> {
  const citizen = demoCitizens.find((one) => one.login === login)!
  return (await signInCitizen(systemCtx(app.env, 'test'), claimsOf(citizen))).secret
}

/** The form of the page's own matter: not the one for signing out. */
export const mainForm = (visit: Visit): PageForm => {
  const form = visit.forms.find((one) => !['/sign-out', '/cach-doc'].includes(one.action))
  if (!form)
    throw new Error(`Không có biểu mẫu nào ở ${visit.url} (${visit.status}): ${visit.html.replaceAll(/<[^>]*>/g, ' ').slice(0, 600)}`)
  return form
}

/** A forged or bare post, without a page before it. */
export const post = (visitor: Visitor, action: string, fields: Record<string, string>, csrf?: string) =>
  visitor.press(
    {
      action,
      method: 'post',
      multipart: false,
      controls: Object.entries({ ...fields, ...(csrf && { _csrf: csrf }) }).map(([name, value]) => ({
        kind: 'input',
        type: 'hidden',
        name,
        value,
        checked: false,
        hidden: false,
        options: [],
      })),
    },
    null,
  )

/** The token of this session, as any of its pages gives it. */
export const csrfOf = async (visitor: Visitor): Promise<string> =>
  /name="csrf-token" content="([^"]+)"/.exec((await visitor.open('/ho-so')).html)![1]!
