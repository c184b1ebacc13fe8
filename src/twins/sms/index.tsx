// The simulated gateway of short messages over HTTP, with a page of what phones have shown and a switchboard of faults.

import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '#core/clock.ts'
import { formatDateTime } from '#core/text/dates.ts'
import { fromHere, TWIN_CSP, twinPage } from '../frame.tsx'
import { type Reply, SmsGatewayTwin } from './gateway.ts'
import type { SmsFaults } from './types.ts'

export { SmsGatewayTwin, splitSms } from './gateway.ts'
export type { SmsFaults, TakenSms } from './types.ts'

/** Below which path the simulator lives; the platform's SMS_URL in the demo. */
export const SMS_PREFIX = '/twins/sms'
export const SMS_TWIN_KEY = 'mo-phong'

export const createSmsTwin = (clock: Clock): SmsGatewayTwin => new SmsGatewayTwin(SMS_TWIN_KEY, clock)

const SWITCHES: readonly (readonly [Exclude<keyof SmsFaults, 'slowMs' | 'perSecond'>, string])[] = [
  ['down', 'Ngừng phục vụ: mọi câu trả lời là 503'],
  ['answersLost', 'Nhận tin rồi đứt đường truyền trước khi trả lời'],
  ['errorsAfterTaking', 'Nhận tin rồi trả lời lỗi 500'],
  ['errorsBeforeTaking', 'Không nhận, trả lời lỗi 500'],
  ['doubles', 'Quên mã: cùng một mã gửi hai lần thì nhận hai lần'],
  ['mute', 'Không trả lời khi bị hỏi lại'],
  ['undelivered', 'Máy người nhận tắt: báo không đến'],
]
const SLOW = [[0, 'Trả lời ngay'], [3000, 'Chậm 3 giây'], [20_000, 'Chậm 20 giây, quá sức chờ của người gửi']] as const
const PACE = [[0, 'Không giới hạn'], [1, '1 tin một giây'], [5, '5 tin một giây']] as const

const LINKS = [
  { href: `${SMS_PREFIX}/`, label: 'Tin đã đến máy' },
  { href: `${SMS_PREFIX}/faults`, label: 'Gây lỗi' },
  { href: '/twins/mail/', label: 'Hộp thư mô phỏng' },
  { href: '/dev/outbox', label: 'Hộp thư đi của nền tảng' },
]

const sendHtml = (reply: FastifyReply, html: string, status = 200) =>
  reply.code(status).header('content-security-policy', TWIN_CSP).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)

function phones(twin: SmsGatewayTwin): string {
  const sent = twin.sent.toReversed().slice(0, 200)
  return twinPage(
    { of: 'tổng đài SMS', title: 'Tin đã đến máy', links: LINKS },
    sent.length === 0 ? <p>Chưa có tin nào. Nộp một hồ sơ có ghi số điện thoại di động, tin sẽ hiện ở đây.</p> : sent.map((one) => (
      <div class="msg">
        <p class="small">
          {one.from} → {one.to}, {formatDateTime(one.at)}, {one.parts.length} phần {one.coding === 'ucs2' ? 'UCS-2' : 'GSM-7'}, {one.delivered ? 'đến máy' : 'không đến máy'}
        </p>
        <p>{one.parts.map((part) => <span class={one.parts.length > 1 ? 'part' : undefined}>{part}</span>)}</p>
      </div>
    )),
  )
}

function switchboard(faults: SmsFaults, saved: boolean): string {
  return twinPage(
    { of: 'tổng đài SMS', title: 'Gây lỗi cho tổng đài', links: LINKS },
    <>
      {saved && <p role="status"><b>Đã đặt.</b> Có hiệu lực ngay.</p>}
      <form method="post" action={`${SMS_PREFIX}/faults`}>
        <fieldset>
          <legend>Hỏng gì</legend>
          {SWITCHES.map(([name, label]) => <label><input type="checkbox" name={name} value="1" checked={faults[name]} /> {label}</label>)}
        </fieldset>
        <fieldset>
          <legend>Nhanh chậm</legend>
          {SLOW.map(([ms, label]) => <label><input type="radio" name="slowMs" value={String(ms)} checked={faults.slowMs === ms} /> {label}</label>)}
        </fieldset>
        <fieldset>
          <legend>Nhận được bao nhiêu</legend>
          {PACE.map(([pace, label]) => <label><input type="radio" name="perSecond" value={String(pace)} checked={faults.perSecond === pace} /> {label}</label>)}
        </fieldset>
        <button>Đặt</button>
      </form>
    </>,
  )
}

/** Mounts the gateway on the platform's own server, without its sessions and CSRF checks. */
export function mountSms(app: FastifyInstance, twin: SmsGatewayTwin): void {
  const config = { config: { session: false as const } }
  const keyOf = (request: FastifyRequest): string => String(request.headers['x-api-key'] ?? '')

  async function answer(reply: FastifyReply, make: () => Reply): Promise<FastifyReply | undefined> {
    const said = make()
    if (twin.faults.slowMs > 0) await sleep(twin.faults.slowMs)
    if (said.lost) {
      reply.hijack()
      reply.raw.destroy()
      return undefined
    }
    if (said.retryAfter) reply.header('retry-after', String(said.retryAfter))
    return reply.code(said.status).type('application/json; charset=utf-8').send(said.body)
  }

  app.register(
    async (scope) => {
      scope.post('/v1/messages', config, (request, reply) => answer(reply, () => twin.take(keyOf(request), (request.body ?? {}) as Record<string, unknown>)))
      scope.get<{ Params: { id: string } }>('/v1/messages/:id', config, (request, reply) => answer(reply, () => twin.ask(keyOf(request), request.params.id)))
      scope.get<{ Querystring: { after?: string } }>('/v1/reports', config, (request, reply) => answer(reply, () => twin.reports(keyOf(request), String(request.query.after ?? ''))))
      scope.get('/', config, (_request, reply) => sendHtml(reply, phones(twin)))
      scope.get('/faults', config, (_request, reply) => sendHtml(reply, switchboard(twin.faults, false)))
      scope.post('/faults', config, (request, reply) => {
        if (!fromHere(request.headers, request.host)) return sendHtml(reply, twinPage({ of: 'tổng đài SMS', title: 'Không nhận', links: LINKS }, <p>Biểu mẫu đến từ trang khác.</p>), 403)
        const fields = (request.body ?? {}) as Record<string, unknown>
        for (const [name] of SWITCHES) twin.faults[name] = fields[name] === '1'
        twin.faults.slowMs = SLOW.find(([ms]) => String(ms) === fields['slowMs'])?.[0] ?? 0
        twin.faults.perSecond = PACE.find(([pace]) => String(pace) === fields['perSecond'])?.[0] ?? 0
        return sendHtml(reply, switchboard(twin.faults, true))
      })
    },
    { prefix: SMS_PREFIX },
  )
}
