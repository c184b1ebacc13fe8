// The simulated mail server: real SMTP on a loopback port, keeping what it was sent and able to fail in the ways of mail servers.

import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import type { Clock } from '#core/clock.ts'

export interface MailFaults {
  /** 421 at the greeting. */
  down: boolean
  /** The mail is taken, but the line breaks before "250". */
  answersLost: boolean
  /** The line breaks in the middle of the text; nothing is taken. */
  breaks: boolean
  /** 451 to every recipient: greylisting. */
  later: boolean
  /** 550 to every recipient: no such mailbox. */
  refuses: boolean
}

export const noMailFaults = (): MailFaults => ({ down: false, answersLost: false, breaks: false, later: false, refuses: false })

export interface TakenMail {
  readonly at: Date
  readonly messageId: string
  readonly to: readonly string[]
  readonly mail: Email
}

const LIMIT = 1000

const smtpError = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code })

/** At most 512 kB; the platform sends short texts. */
async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export class MailTwin {
  readonly faults: MailFaults = noMailFaults()
  /** Oldest first. */
  readonly taken: TakenMail[] = []
  private readonly clock: Clock
  private server: SMTPServer | null = null

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Opens the server on a free port of this machine. Returns its address, for SMTP_URL. */
  async listen(): Promise<string> {
    const { faults } = this
    const server = new SMTPServer({
      authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], size: 512 * 1024, logger: false, disableReverseLookup: true, closeTimeout: 500,
      onConnect: (_session, done) => done(faults.down ? smtpError(421, 'Dang bao tri') : null),
      onRcptTo: (_address, _session, done) => done(faults.refuses ? smtpError(550, 'Khong co hop thu nay') : faults.later ? smtpError(451, 'Thu lai sau') : null),
      onData: (stream, session, done) => {
        const cut = () => this.cut(session.id)
        if (faults.breaks) {
          stream.once('data', cut)
          return
        }
        readAll(stream)
          .then(async (raw) => {
            const mail = await PostalMime.parse(raw)
            this.taken.push({ at: this.clock.now(), messageId: mail.messageId ?? '', to: session.envelope.rcptTo.map((one) => one.address), mail })
            if (this.taken.length > LIMIT) this.taken.shift()
            if (faults.answersLost) cut()
            else done()
          })
          .catch((error: Error) => done(error))
      },
    })
    server.on('error', () => {}) // a client that breaks off is not our fault
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    this.server = server
    return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  }

  private cut(sessionId: string): void {
    const connections = (this.server as unknown as { connections: Set<{ id?: string; _socket?: { destroy(): void } }> } | null)?.connections ?? []
    for (const connection of connections) if (connection.id === sessionId) connection._socket?.destroy()
  }

  async close(): Promise<void> {
    const { server } = this
    this.server = null
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}
