// What goes out in the demo: short messages, mails and in-app notes in full, newest first, with the way to the simulators that received them.

import type { FastifyInstance } from 'fastify'
import { CHANNELS, listMessages, type Message, MESSAGE_STATES, type NotifyChannel, WHYS } from '#modules/notify/index.ts'
import { Card, EmptyState, Notice, PageHeading, StatusTag, Tabs, Time, type Tone } from '#ui/index.ts'
import { sendPortal } from '../portal/frame.tsx'

const TONES: Readonly<Record<Message['state'], Tone>> = { waiting: 'wait', held: 'wait', sending: 'info', sent: 'good', failed: 'warn', dead: 'bad', cancelled: 'plain' }

export function outboxRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: { kenh?: string } }>('/dev/outbox', async (request, reply) => {
    const { kenh } = request.query
    const chosen = kenh && Object.hasOwn(CHANNELS, kenh) ? (kenh as NotifyChannel) : null
    const messages = (await listMessages(request.ctx.db, { limit: 200 })).filter((message) => !chosen || message.channel === chosen)
    return sendPortal(
      request,
      reply,
      { title: 'Hộp thư đi', crumbs: [{ label: 'Cho người phát triển', href: '/dev' }] },
      <>
        <PageHeading title="Hộp thư đi" />
        <Notice tone="warn" title="Đây là bản mẫu">
          <p>
            Tin đi thật qua bộ gửi, nhưng tới tổng đài và máy chủ thư mô phỏng trên máy này. Xem <a href="/twins/sms/">điện thoại</a>, <a href="/twins/mail/">hộp thư</a>; gây lỗi cho{' '}
            <a href="/twins/sms/faults">tổng đài</a>, <a href="/twins/mail/faults">máy chủ thư</a>.
          </p>
        </Notice>
        <Tabs
          label="Kênh gửi"
          items={[
            { label: 'Tất cả', href: '/dev/outbox', current: !chosen },
            ...Object.entries(CHANNELS).map(([key, label]) => ({ label, href: `/dev/outbox?kenh=${key}`, current: chosen === key })),
          ]}
        />
        {messages.length === 0 ? (
          <EmptyState icon="inbox" title="Chưa gửi gì">
            Nộp một hồ sơ, tin báo sẽ hiện ở đây sau vài giây.
          </EmptyState>
        ) : (
          <section class="stack">
            <h2 class="sr">Các tin</h2>
            {messages.map((message) => (
              <Sent message={message} />
            ))}
          </section>
        )}
      </>,
    )
  })
}

function Sent({ message }: { message: Message }) {
  const why = [message.why && WHYS[message.why], message.failedReason].filter(Boolean).join(' ')
  return (
    <Card
      title={message.title}
      meta={
        <>
          <StatusTag tone={TONES[message.state]}>{MESSAGE_STATES[message.state]}</StatusTag>
          <span>{CHANNELS[message.channel]}</span>
          <span>Tới {message.officerId ? `cán bộ ${message.officerId}` : message.channel === 'inapp' ? 'tài khoản công dân' : message.recipient}</span>
          {message.deliveredAt && <span>Đã đến máy</span>}
          <Time at={message.createdAt} />
        </>
      }
    >
      <p>{message.body}</p>
      {why && <p class="soft">{why}</p>}
    </Card>
  )
}
