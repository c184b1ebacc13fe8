// HTTP of the outbox for administrators: list, send again, another channel, told otherwise; templates with examples.

import type { FastifyInstance } from 'fastify'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { CHANNELS, listTemplates, MESSAGE_STATES, outbox, retryMessages } from '#modules/notify/index.ts'
import { listUnitsById, unitNames } from '#modules/org/index.ts'
import { bodyOf, many, one, queryOf } from '../desk/answers.tsx'
import { say } from '../desk/flash.ts'
import { sendDesk } from '../desk/frame.tsx'
import { keptRoutes } from '../desk/kept-routes.tsx'
import { seeOther } from '../page.tsx'
import { OUTBOX, OutboxScreen, TemplatesScreen } from './outbox.tsx'

export async function outboxRoutes(app: FastifyInstance): Promise<void> {
  app.get('/outbox', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const known = (value: string, of: object): string => (Object.hasOwn(of, value) ? value : '')
    const filter = { state: known(one(query, 'state'), MESSAGE_STATES), channel: known(one(query, 'channel'), CHANNELS), unit: one(query, 'unit') }
    const before = /^\d{1,15}$/.test(one(query, 'before')) ? Number(one(query, 'before')) : undefined
    const view = await outbox(ctx, { state: filter.state || undefined, channel: filter.channel || undefined, unitId: filter.unit || undefined, before })
    const units = await listUnitsById(ctx.db, [...new Set([...view.units, ...(filter.unit ? [filter.unit] : [])])])
    const names = await unitNames(ctx.db, [...view.units, ...(filter.unit ? [filter.unit] : [])])
    return sendDesk(
      request, reply, { title: 'Hộp thư đi', here: 'outbox' },
      <OutboxScreen view={view} filter={filter} units={units} unitName={(id) => (id ? (names.get(id) ?? id) : 'Toàn tỉnh')} />,
    )
  })

  app.get('/outbox/templates', async (request, reply) => {
    const rows = listTemplates(request.ctx)
    return sendDesk(
      request, reply, { title: 'Mẫu tin', here: 'outbox', crumbs: [{ label: 'Hộp thư đi', href: OUTBOX }, { label: 'Mẫu tin' }] },
      <TemplatesScreen rows={rows} today={formatDate(localDate(request.ctx.now))} />,
    )
  })

  app.post('/outbox/retries', async (request, reply) => {
    const { count } = await retryMessages(request.ctx, { ids: many(bodyOf(request), 'ids') })
    say(request, reply, { message: count > 0 ? `Đã đưa ${count} tin vào hàng gửi.` : 'Không tin nào còn gửi lại được; có thể đã đi rồi.' })
    return seeOther(reply, OUTBOX)
  })

  keptRoutes(app, { path: '/outbox', base: OUTBOX, title: 'Hộp thư đi', here: 'outbox' })
}
