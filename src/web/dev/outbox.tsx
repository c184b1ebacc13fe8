// What would have gone out: short messages, mails and in-app notes, newest first. A simulator: nothing here has left this machine.

import type { FastifyInstance } from 'fastify'
import { listMessages, type Message, type NotifyChannel } from '#modules/notify/index.ts'
import { Card, EmptyState, Notice, PageHeading, StatusTag, Tabs, Time } from '#ui/index.ts'
import { sendPortal } from '../portal/frame.tsx'

const CHANNELS: Readonly<Record<NotifyChannel, string>> = { sms: 'Tin nhắn SMS', email: 'Thư điện tử', inapp: 'Trong cổng' }

export function outboxRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: { kenh?: string } }>('/dev/outbox', async (request, reply) => {
    const { kenh } = request.query
    const chosen = kenh && kenh in CHANNELS ? (kenh as NotifyChannel) : null
    const messages = (await listMessages(request.ctx.db, { limit: 200 })).filter((message) => !chosen || message.channel === chosen)
    return sendPortal(
      request,
      reply,
      { title: 'Hộp thư đi mô phỏng', crumbs: [{ label: 'Cho người phát triển', href: '/dev' }] },
      <>
        <PageHeading title="Hộp thư đi mô phỏng" />
        <Notice tone="warn" title="Đây là bộ mô phỏng">
          Không tin nhắn, thư nào ở đây rời khỏi máy này. Khi nối tổng đài và máy chủ thư thật, trang này không còn.
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
            <h2 class="sr">Các tin đã gửi</h2>
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
  return (
    <Card
      title={message.title}
      meta={
        <>
          <StatusTag tone={message.failedReason ? 'bad' : message.sentAt ? 'good' : 'wait'}>
            {message.failedReason ? 'Không gửi được' : message.sentAt ? 'Đã gửi (mô phỏng)' : 'Chờ gửi'}
          </StatusTag>
          <span>{CHANNELS[message.channel]}</span>
          <span>Tới {message.channel === 'inapp' ? 'tài khoản công dân' : message.recipient}</span>
          <Time at={message.createdAt} />
        </>
      }
    >
      <p>{message.body}</p>
      {message.failedReason && <p class="fault">{message.failedReason}</p>}
    </Card>
  )
}
