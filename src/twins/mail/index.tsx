// The simulated mailbox: the mails that came in by SMTP as a reader would see them, and a switchboard of faults.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { formatDateTime } from '#core/text/dates.ts'
import { fromHere, TWIN_CSP, twinPage } from '../frame.tsx'
import type { MailFaults, MailTwin } from './server.ts'

export { MailTwin, type MailFaults, type TakenMail } from './server.ts'

export const MAIL_PREFIX = '/twins/mail'
export const MAIL_TWIN_FROM = 'Tỉnh Thanh Hóa <khongtraloi@tinhso.example>'

const SWITCHES: readonly (readonly [keyof MailFaults, string])[] = [
  ['down', 'Ngừng phục vụ: 421 khi chào'],
  ['answersLost', 'Nhận thư rồi đứt đường truyền trước khi trả lời'],
  ['breaks', 'Đứt đường truyền giữa thư, không nhận'],
  ['later', 'Bảo thử lại sau (451, danh sách xám)'],
  ['refuses', 'Không có hộp thư này (550)'],
]

const LINKS = [
  { href: `${MAIL_PREFIX}/`, label: 'Thư đã đến' },
  { href: `${MAIL_PREFIX}/faults`, label: 'Gây lỗi' },
  { href: '/twins/sms/', label: 'Tổng đài SMS mô phỏng' },
  { href: '/dev/outbox', label: 'Hộp thư đi của nền tảng' },
]

const sendHtml = (reply: FastifyReply, html: string, status = 200) =>
  reply.code(status).header('content-security-policy', TWIN_CSP).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)

const box = (twin: MailTwin): string =>
  twinPage(
    { of: 'máy chủ thư', title: 'Thư đã đến', links: LINKS },
    twin.taken.length === 0 ? <p>Chưa có thư nào. Nộp một hồ sơ có ghi địa chỉ thư, thư sẽ hiện ở đây.</p> : twin.taken.toReversed().slice(0, 100).map(({ at, to, mail, messageId }) => (
      <div class="msg">
        <p><b>{mail.subject}</b></p>
        <p class="small">{mail.from?.name} &lt;{mail.from?.address}&gt; → {to.join(', ')}, {formatDateTime(at)}, {messageId}</p>
        <p>{mail.text}</p>
      </div>
    )),
  )

const switchboard = (faults: MailFaults, saved: boolean): string =>
  twinPage(
    { of: 'máy chủ thư', title: 'Gây lỗi cho máy chủ thư', links: LINKS },
    <>
      {saved && <p role="status"><b>Đã đặt.</b> Có hiệu lực ngay.</p>}
      <form method="post" action={`${MAIL_PREFIX}/faults`}>
        <fieldset>
          <legend>Hỏng gì</legend>
          {SWITCHES.map(([name, label]) => <label><input type="checkbox" name={name} value="1" checked={faults[name]} /> {label}</label>)}
        </fieldset>
        <button>Đặt</button>
      </form>
    </>,
  )

/** Mounts the pages on the platform's own server; the SMTP side listens by itself (`listen`). */
export function mountMail(app: FastifyInstance, twin: MailTwin): void {
  const config = { config: { session: false as const } }
  app.register(
    async (scope) => {
      scope.get('/', config, (_request, reply) => sendHtml(reply, box(twin)))
      scope.get('/faults', config, (_request, reply) => sendHtml(reply, switchboard(twin.faults, false)))
      scope.post('/faults', config, (request, reply) => {
        if (!fromHere(request.headers, request.host)) return sendHtml(reply, twinPage({ of: 'máy chủ thư', title: 'Không nhận', links: LINKS }, <p>Biểu mẫu đến từ trang khác.</p>), 403)
        const fields = (request.body ?? {}) as Record<string, unknown>
        for (const [name] of SWITCHES) twin.faults[name] = fields[name] === '1'
        return sendHtml(reply, switchboard(twin.faults, true))
      })
    },
    { prefix: MAIL_PREFIX },
  )
}
