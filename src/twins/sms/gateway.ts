// The gateway itself, without HTTP: takes messages by id, splits them as the network does, reports on them a little later.

import type { Clock } from '#core/clock.ts'
import { mobileNumber, smsSize } from '#core/notices/sms.ts'
import { noSmsFaults, type SmsFaults, type TakenSms } from './types.ts'

export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly retryAfter?: number
  /** The line breaks instead of an answer. */
  readonly lost?: boolean
}

const LIMIT = 5000
const REPORT_AFTER_MS = 3000

/** Splits as TS 23.040 does: 153 septets or 67 UTF-16 units a part, never through a pair of surrogates. */
export function splitSms(text: string): string[] {
  const { coding, parts } = smsSize(text)
  if (parts === 1) return [text]
  const size = coding === 'gsm7' ? 153 : 67
  const found: string[] = []
  let part = ''
  for (const sign of text) {
    if (smsSize(part + sign).units > size) {
      found.push(part)
      part = ''
    }
    part += sign
  }
  return [...found, part]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export class SmsGatewayTwin {
  readonly faults: SmsFaults = noSmsFaults()
  readonly key: string
  /** Everything that went to a phone, doubles included; oldest first. */
  readonly sent: TakenSms[] = []
  private readonly clock: Clock
  private readonly byId = new Map<string, TakenSms>()
  private second = 0
  private inSecond = 0
  private count = 0

  constructor(key: string, clock: Clock) {
    this.key = key
    this.clock = clock
  }

  private tooFast(now: number): boolean {
    if (this.faults.perSecond <= 0) return false
    const second = Math.floor(now / 1000)
    if (second !== this.second) [this.second, this.inSecond] = [second, 0]
    return ++this.inSecond > this.faults.perSecond
  }

  /** POST /v1/messages. */
  take(key: string, message: Readonly<Record<string, unknown>>): Reply {
    const { faults } = this
    const at = this.clock.now()
    if (faults.down) return { status: 503, body: { error: 'maintenance' } }
    if (key !== this.key) return { status: 401, body: { error: 'bad_key' } }
    if (this.tooFast(at.getTime())) return { status: 429, body: { error: 'too_fast' }, retryAfter: 1 }
    if (faults.errorsBeforeTaking) return { status: 500, body: { error: 'internal' } }
    const [id, to, from, words] = [text(message['id']), mobileNumber(text(message['to'])), text(message['from']), text(message['text'])]
    if (!id || !words) return { status: 400, body: { error: 'bad_request' } }
    if (!to) return { status: 400, body: { error: 'bad_number' } }
    const known = this.byId.get(id)
    if (known && !faults.doubles) return known.text === words ? this.answer(known, 200) : { status: 409, body: { error: 'id_reused' } }
    const parts = splitSms(words)
    const ref = `SMSC-${String(++this.count).padStart(6, '0')}`
    const { coding } = smsSize(words)
    const taken: TakenSms = { id, ref, to, from, text: words, coding, parts, at, reportAt: new Date(at.getTime() + REPORT_AFTER_MS), delivered: !faults.undelivered }
    this.byId.set(id, taken)
    this.sent.push(taken)
    if (this.sent.length > LIMIT) this.byId.delete(this.sent.shift()!.id)
    if (faults.answersLost) return { status: 0, body: {}, lost: true }
    if (faults.errorsAfterTaking) return { status: 500, body: { error: 'internal' } }
    return this.answer(taken, 202)
  }

  private answer(taken: TakenSms, status: number): Reply {
    const reported = this.clock.now() >= taken.reportAt
    return { status, body: { id: taken.id, ref: taken.ref, parts: taken.parts.length, status: reported ? (taken.delivered ? 'delivered' : 'undelivered') : 'accepted' } }
  }

  /** GET /v1/messages/:id. */
  ask(key: string, id: string): Reply {
    if (this.faults.down || this.faults.mute) return { status: 503, body: { error: 'maintenance' } }
    if (key !== this.key) return { status: 401, body: { error: 'bad_key' } }
    const known = this.byId.get(id)
    return known ? this.answer(known, 200) : { status: 404, body: { error: 'unknown_id' } }
  }

  /** GET /v1/reports?after=mark. The mark is the number of messages reported on so far. */
  reports(key: string, after: string): Reply {
    if (this.faults.down || this.faults.mute) return { status: 503, body: { error: 'maintenance' } }
    if (key !== this.key) return { status: 401, body: { error: 'bad_key' } }
    const from = /^\d+$/.test(after) ? Number(after) : 0
    const now = this.clock.now()
    const rows: TakenSms[] = []
    for (const taken of this.sent) {
      const number = Number(taken.ref.slice(5))
      if (number <= from) continue
      if (taken.reportAt > now || rows.length >= 500) break
      rows.push(taken)
    }
    const mark = rows.length > 0 ? String(Number(rows.at(-1)!.ref.slice(5))) : String(from)
    return { status: 200, body: { mark, reports: rows.map((row) => ({ id: row.id, status: row.delivered ? 'delivered' : 'undelivered', at: row.reportAt.toISOString() })) } }
  }
}
