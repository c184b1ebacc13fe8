// Mail by SMTP. The protocol cannot be asked what became of a message, so a line that breaks after the text was begun stays unknown.

import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Outgoing, Sender, Sent } from '#core/notices/types.ts'

export interface MailServer {
  /** smtp://user:password@host:port or smtps://… */
  readonly url: string
  /** 'Tỉnh Thanh Hóa <khongtraloi@example.vn>' */
  readonly from: string
  readonly timeoutMs?: number
  readonly perSecond?: number
}

const addressOf = (from: string): string => /<([^>]+)>/.exec(from)?.[1] ?? from

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const htmlOf = (body: string): string =>
  `<!doctype html><html lang="vi"><body style="font:16px/1.6 sans-serif;color:#1f1a17;max-width:36rem">${body
    .split('\n\n')
    .map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br>').replaceAll(/https?:\/\/[^\s<]*[^\s<.,;:]/g, (link) => `<a href="${link}">${link}</a>`)}</p>`)
    .join('')}</body></html>`

const compose = ({ id, to, title, body }: Outgoing, from: string): Promise<Buffer> =>
  new MailComposer({
    from, to, subject: title, text: body, html: htmlOf(body), messageId: `<${id}@${addressOf(from).split('@')[1] ?? 'tinhso'}>`,
    headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
  })
    .compile()
    .build()

interface Fault extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly command?: string
}

export function mailSender({ url, from, timeoutMs = 10_000, perSecond = 5 }: MailServer): Sender {
  const { hostname, port, protocol, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const options = {
    host: hostname, port: Number(port) || (secure ? 465 : 587), secure, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs,
    // A password never goes over an open line; a server on this machine may do without both.
    requireTLS: !secure && username !== '',
  }

  /** Only what the server says to the recipient or to the text is about this mail; anything before is about us or about the server. */
  function outcomeOf({ responseCode, code = 'lỗi', command = '' }: Fault, begun: boolean): Sent {
    const about = begun || command === 'RCPT TO' || command === 'DATA' || code === 'EENVELOPE' || code === 'EMESSAGE'
    if (responseCode === 421) return { kind: 'later', why: 'Máy chủ thư đang bận (421).', outage: true, afterMs: null }
    if (about && responseCode !== undefined && responseCode >= 500) return { kind: 'refused', why: `Máy chủ thư từ chối (${responseCode}).` }
    if (about && responseCode !== undefined && responseCode >= 400) return { kind: 'later', why: `Máy chủ thư bảo thử lại (${responseCode}).`, outage: false, afterMs: null }
    if (begun) return { kind: 'unknown', why: `Đường truyền đứt khi đang gửi thư (${code}).` }
    const ours = code === 'EAUTH' || code === 'ETLS'
    return { kind: 'later', why: ours ? 'Máy chủ thư không nhận kết nối hoặc tài khoản (SMTP_URL).' : `Không nối được máy chủ thư (${code}).`, outage: true, afterMs: null }
  }

  async function send(outgoing: Outgoing): Promise<Sent> {
    const raw = await compose(outgoing, from)
    const connection = new SMTPConnection(options)
    let begun = false
    // Read only once the server has said 354: from then on it may have taken the mail without our hearing of it.
    const text = new Readable({
      read() {
        begun = true
        this.push(raw)
        this.push(null)
      },
    })
    return new Promise<Sent>((resolve) => {
      const done = (sent: Sent) => {
        resolve(sent) // before closing, which is an end of the line too
        connection.close()
      }
      const fail = (error: Fault | null | undefined): boolean => {
        if (error) done(outcomeOf(error, begun))
        return !!error
      }
      const deliver = () =>
        connection.send({ from: addressOf(from), to: [outgoing.to] }, text, (error, info) => {
          if (!fail(error as Fault | null)) done({ kind: 'accepted', ref: info.response.slice(0, 200), parts: null })
        })
      connection.on('error', (error) => fail(error as Fault))
      connection.on('end', () => done(begun ? { kind: 'unknown', why: 'Máy chủ thư đóng đường truyền giữa chừng.' } : { kind: 'later', why: 'Máy chủ thư đóng đường truyền.', outage: true, afterMs: null }))
      connection.connect((error) => {
        if (fail(error as Fault | null)) return
        if (username === '') return void deliver()
        connection.login({ credentials: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } as never, (refused) => {
          if (!fail(refused as Fault | null)) deliver()
        })
      })
    })
  }

  return { send, ask: null, reports: null, perSecond }
}
