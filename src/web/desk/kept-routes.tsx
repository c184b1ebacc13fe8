// The acts on a message that did not go, the same for the desk that owns it and for administrators.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Invalid } from '#core/errors.ts'
import { applicantReach } from '#modules/dossiers/index.ts'
import { keptMessage, markTold, rerouteMessage, retryMessages } from '#modules/notify/index.ts'
import { unitNames } from '#modules/org/index.ts'
import { seeOther } from '../page.tsx'
import { bodyOf, one } from './answers.tsx'
import { say } from './flash.ts'
import { type Place, sendDesk } from './frame.tsx'
import { KeptScreen } from './kept-messages.tsx'

const reroute = rerouteMessage(applicantReach)

type Id = { Params: { id: string } }

export interface KeptRoutes {
  /** Path of the list inside the plugin, and its whole address. */
  readonly path: string
  readonly base: string
  readonly title: string
  readonly here: Place
}

export function keptRoutes(app: FastifyInstance, { path, base, title, here }: KeptRoutes): void {
  async function send(request: FastifyRequest, reply: FastifyReply, id: string, more: { faults?: Invalid['fields']; note?: string } = {}): Promise<FastifyReply> {
    const message = await keptMessage(request.ctx, id)
    const unit = message.unitId ? (await unitNames(request.ctx.db, [message.unitId])).get(message.unitId) : undefined
    return sendDesk(
      request, reply, { title: message.label, here, status: more.faults ? 422 : 200, crumbs: [{ label: title, href: base }, { label: message.label }] },
      <KeptScreen message={message} unitName={unit ?? message.unitId ?? 'Toàn tỉnh'} base={`${base}/${id}`} {...more} />,
    )
  }

  app.get<Id>(`${path}/:id`, (request, reply) => send(request, reply, request.params.id))

  app.post<Id>(`${path}/:id/retry`, async (request, reply) => {
    await keptMessage(request.ctx, request.params.id)
    await retryMessages(request.ctx, { ids: [request.params.id] })
    say(request, reply, { message: 'Đã đưa vào hàng gửi. Tải lại trang sau ít phút để xem kết quả.' })
    return seeOther(reply, `${base}/${request.params.id}`)
  })

  app.post<Id>(`${path}/:id/channel`, async (request, reply) => {
    const channel = one(bodyOf(request), 'channel')
    if (channel !== 'sms' && channel !== 'email') throw new Invalid([{ key: 'channel', message: 'Chọn tin nhắn SMS hay thư điện tử.' }])
    await keptMessage(request.ctx, request.params.id)
    const { id } = await reroute(request.ctx, { id: request.params.id, channel })
    say(request, reply, { message: 'Đã chuyển sang kênh khác.' })
    return seeOther(reply, `${base}/${id}`)
  })

  app.post<Id>(`${path}/:id/told`, async (request, reply) => {
    const note = one(bodyOf(request), 'note')
    await keptMessage(request.ctx, request.params.id)
    try {
      await markTold(request.ctx, { id: request.params.id, note })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return send(request, reply, request.params.id, { faults: error.fields, note })
    }
    say(request, reply, { message: 'Đã ghi. Tin này không gửi nữa.' })
    return seeOther(reply, base)
  })
}
