// The HTTP gateway of short messages. A lost answer is never taken for a no: the gateway is asked by our id before anything is sent again.

import { smsSize } from '#core/notices/sms.ts'
import type { Asked, DeliveryReport, Outgoing, Sender, Sent } from '#core/notices/types.ts'

export interface SmsGateway {
  /** Without a trailing slash; messages are posted to `/v1/messages` below it. */
  readonly url: string
  readonly key: string
  /** The brand name shown as sender. */
  readonly from: string
  readonly timeoutMs?: number
  readonly perSecond?: number
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly retryAfterMs: number | null
}

/** Before a byte of the request has left: nobody can have taken it. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

const codeOf = (error: unknown): string => String((error as { cause?: { code?: unknown } }).cause?.code ?? (error as { name?: unknown }).name ?? 'lỗi')

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

export function smsSender({ url, key, from, timeoutMs = 10_000, perSecond = 10 }: SmsGateway): Sender {
  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'x-api-key': key, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const said = await response.text()
    const parsed: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(said) : {}
    const after = Number(response.headers.get('retry-after'))
    return { status: response.status, body: (parsed ?? {}) as Answer['body'], retryAfterMs: after > 0 && after <= 3600 ? after * 1000 : null }
  }

  const taken = (answer: Answer, id: string) => ({ kind: 'accepted' as const, ref: text(answer.body['ref']) ?? id, parts: number(answer.body['parts']) })

  async function send({ id, to, body }: Outgoing): Promise<Sent> {
    let answer: Answer
    try {
      answer = await call('POST', '/v1/messages', { id, to, from, text: body, coding: smsSize(body).coding })
    } catch (error) {
      const code = codeOf(error)
      if (NOT_REACHED.has(code)) return { kind: 'later', why: `Không nối được tổng đài (${code}).`, outage: true, afterMs: null }
      return { kind: 'unknown', why: `Mất câu trả lời của tổng đài (${code}).` }
    }
    if (answer.status === 200 || answer.status === 201 || answer.status === 202) return taken(answer, id)
    if (answer.status === 429) return { kind: 'later', why: 'Tổng đài yêu cầu gửi chậm lại.', outage: false, afterMs: answer.retryAfterMs ?? 5000 }
    if (answer.status === 401 || answer.status === 403) return { kind: 'later', why: 'Tổng đài không nhận khóa truy cập (SMS_KEY).', outage: true, afterMs: null }
    // 409: the gateway knows the id. Gateways have said 500 after taking a message, so a fault on their side tells nothing either.
    if (answer.status === 409 || answer.status >= 500 || answer.status === 408) return { kind: 'unknown', why: `Tổng đài trả lời lỗi ${answer.status}.` }
    return { kind: 'refused', why: text(answer.body['error']) ?? `Tổng đài từ chối (${answer.status}).` }
  }

  async function ask(id: string): Promise<Asked> {
    try {
      const answer = await call('GET', `/v1/messages/${encodeURIComponent(id)}`)
      if (answer.status === 200) return taken(answer, id)
      if (answer.status === 404 && answer.body['error'] === 'unknown_id') return { kind: 'absent' }
      return { kind: 'unanswered', why: `Tổng đài trả lời lỗi ${answer.status} khi hỏi lại.` }
    } catch (error) {
      return { kind: 'unanswered', why: `Tổng đài không trả lời khi hỏi lại (${codeOf(error)}).` }
    }
  }

  async function reports(mark: string): Promise<{ reports: DeliveryReport[]; mark: string } | null> {
    try {
      const answer = await call('GET', `/v1/reports?after=${encodeURIComponent(mark)}`)
      const rows = answer.body['reports']
      if (answer.status !== 200 || !Array.isArray(rows)) return null
      const read = (rows as Record<string, unknown>[]).flatMap((row) => {
        const [id, at] = [text(row['id']), new Date(String(row['at']))]
        return id && /^[0-9a-f-]{36}$/i.test(id) && !Number.isNaN(at.getTime()) ? [{ id, delivered: row['status'] === 'delivered', at }] : []
      })
      return { reports: read, mark: text(answer.body['mark']) ?? mark }
    } catch {
      return null // asked again in a minute
    }
  }

  return { send, ask, reports, perSecond }
}
