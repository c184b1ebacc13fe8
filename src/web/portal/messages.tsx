// Messages: what the platform told this citizen, unread first to the eye, each leading to its dossier.

import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import { CHOOSABLE, inbox, KINDS, markRead, type Message } from '#modules/notify/index.ts'
import { Button, Card, EmptyState, Form, PageHeading, Pagination, StatusTag, Time } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { sendPortal } from './frame.tsx'
import { MineTabs } from './mine-tabs.tsx'
import { capital } from './words.ts'

const FILTERS = [...CHOOSABLE, 'account'] as const

function Told({ message }: { message: Message }) {
  return (
    <Card
      title={message.title}
      href={`/tin-nhan/${message.id}`}
      meta={
        <>
          {message.readAt ? <span>Đã đọc</span> : <StatusTag tone="info">Chưa đọc</StatusTag>}
          <span>{KINDS[message.kind]}</span>
          {message.about && <span>Hồ sơ {message.about}</span>}
          <Time at={message.createdAt} />
        </>
      }
    >
      <p>{capital(message.body)}</p>
    </Card>
  )
}

function Filters({ kind, unread }: { kind: string; unread: boolean }) {
  return (
    <Form action="/tin-nhan" method="get" class="toolbar" label="Lọc tin nhắn">
      <div>
        <label class="label" for="loai">
          Loại tin
        </label>
        <select id="loai" name="loai">
          <option value="">Mọi loại</option>
          {FILTERS.map((one) => (
            <option value={one} selected={one === kind}>
              {KINDS[one]}
            </option>
          ))}
        </select>
      </div>
      <label class="choice">
        <input type="checkbox" name="moi" value="1" checked={unread} /> Chỉ tin chưa đọc
      </label>
      <Button>Lọc</Button>
    </Form>
  )
}

interface Query {
  readonly loai?: string
  readonly moi?: string
  readonly sau?: string
}

export function messageRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get<{ Querystring: Query }>('/tin-nhan', citizen, async (request, reply) => {
    const { loai = '', moi, sau } = request.query
    const kind = (FILTERS as readonly string[]).includes(loai) ? loai : ''
    const only = moi === '1'
    const before = /^\d{1,15}$/.test(sau ?? '') ? Number(sau) : undefined
    const page = await inbox(request.ctx, { kind: kind || undefined, unread: only, before })
    const older = page.next && `/tin-nhan?${new URLSearchParams({ ...(kind ? { loai: kind } : {}), ...(only ? { moi: '1' } : {}), sau: String(page.next) })}`
    return sendPortal(
      request,
      reply,
      { title: 'Tin nhắn', here: 'messages' },
      <>
        <PageHeading title="Tin nhắn" lead="Những gì hệ thống đã báo cho ông/bà. Tin nhắn của tỉnh không bao giờ hỏi mật khẩu hay mã OTP." />
        <MineTabs current="messages" unread={page.unread} />
        <Filters kind={kind} unread={only} />
        {page.items.length === 0 ? (
          <EmptyState icon="bell" title={kind || only ? 'Không có tin nào như vậy' : 'Chưa có tin nhắn'}>
            {kind || only ? <a href="/tin-nhan">Xem mọi tin nhắn</a> : 'Mỗi khi hồ sơ có việc mới, tin nhắn sẽ hiện ở đây.'}
          </EmptyState>
        ) : (
          <section class="stack">
            <h2 class="sr">Các tin nhắn</h2>
            {page.items.map((message) => (
              <Told message={message} />
            ))}
          </section>
        )}
        {page.unread > 0 && (
          <Form action="/tin-nhan/da-doc" label="Đánh dấu đã đọc">
            <div class="actions">
              <Button icon="check">Đánh dấu đã đọc cả {page.unread} tin</Button>
            </div>
          </Form>
        )}
        {older && <Pagination olderHref={older} />}
        <p>
          Nhận được tin nhắn lạ xưng là của tỉnh? <a href="/tin-nhan-that">Kiểm tra tin có thật không</a>
        </p>
      </>,
    )
  })

  app.post('/tin-nhan/da-doc', citizen, async (request, reply) => {
    await markRead(request.ctx, 'all')
    return seeOther(reply, '/tin-nhan?xong=da-doc')
  })

  // Opening a message is reading it; it leads on to what it is about.
  app.get<{ Params: { id: string } }>('/tin-nhan/:id', citizen, async (request, reply) => seeOther(reply, (await markRead(request.ctx, request.params.id)) ?? '/tin-nhan'))
}
