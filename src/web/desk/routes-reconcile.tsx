// HTTP of reconciliation; without a period the present month so far.

import type { FastifyInstance } from 'fastify'
import { isDay } from '#core/fields/calendar.ts'
import { localDate } from '#core/workdays/index.ts'
import { Invalid } from '#core/errors.ts'
import { reconcile } from '#modules/reconcile/index.ts'
import { day, queryOf } from './answers.tsx'
import { sendDesk } from './frame.tsx'
import { ReconcileScreen } from './reconcile.tsx'

export async function reconcileRoutes(app: FastifyInstance): Promise<void> {
  app.get('/reconciliation', async (request, reply) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const [from, to] = [day(queryOf(request), 'from'), day(queryOf(request), 'to')]
    const period = { from: isDay(from) ? from : `${today.slice(0, 7)}-01`, to: isDay(to) ? to : today }
    try {
      return await sendDesk(request, reply, { title: 'Đối soát', here: 'reconcile' }, <ReconcileScreen found={await reconcile(ctx, period)} />)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const found = await reconcile(ctx, { from: period.to, to: period.to })
      return sendDesk(request, reply, { title: 'Đối soát', here: 'reconcile', status: 422 }, <ReconcileScreen found={{ ...found, ...period }} errors={error.fields.map(({ message }) => message)} />)
    }
  })
}
