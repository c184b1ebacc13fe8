// Administration, mounted under /admin: units and posts for their administrators, procedures for those who control them.

import type { FastifyInstance } from 'fastify'
import type { Env } from '#core/ctx.ts'
import { Forbidden, NotFound } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { deskError } from '../desk/answers.tsx'
import { canReadPlans } from '#modules/reorg/index.ts'
import { PROCEDURE_KEEPERS, UNIT_KEEPERS } from '../desk/frame.tsx'
import { seeOther } from '../page.tsx'
import { requireOfficer } from '../session/index.ts'
import { accountRoutes } from './accounts.tsx'
import { printFaultRoutes } from './papers.tsx'
import { catalogueRoutes } from './catalogue/routes.tsx'
import { calendarRoutes } from './calendars/routes.tsx'
import { moveRoutes } from './moves/routes.tsx'
import { outboxRoutes } from './routes-outbox.tsx'
import { handoverRoutes } from './routes-handover.tsx'
import { openingRoutes } from './opening/routes.tsx'
import { orgRoutes } from './routes-org.tsx'
import { procedureRoutes } from './routes-procedures.tsx'
import { ruleAdminRoutes } from './rules/routes.tsx'
import { seatRoutes } from './seat.tsx'
import { reorgRoutes } from './reorg/routes.tsx'

export async function admin(app: FastifyInstance, _options: { env: Env }): Promise<void> {
  app.setErrorHandler(deskError)
  app.addHook('preHandler', requireOfficer)
  app.addHook('preHandler', async (request) => {
    if (holds(request.ctx.actor, [...UNIT_KEEPERS, ...PROCEDURE_KEEPERS])) return
    // whoever heads the province confirms plans of units and keeps nothing else here
    if (request.routeOptions.url?.startsWith('/admin/reorganisations') && canReadPlans(request.ctx.actor) === null) return
    throw new Forbidden('admin.not_administrator', 'Phần quản trị dành cho quản trị đơn vị, quản trị hệ thống và cán bộ kiểm soát thủ tục hành chính.')
  })
  app.get('/', (request, reply) => seeOther(reply, holds(request.ctx.actor, UNIT_KEEPERS) ? '/admin/units' : '/admin/procedures'))
  await app.register(openingRoutes)
  await app.register(orgRoutes)
  await app.register(seatRoutes)
  await app.register(outboxRoutes)
  await app.register(calendarRoutes)
  await app.register(handoverRoutes)
  await app.register(accountRoutes)
  await app.register(procedureRoutes)
  await app.register(moveRoutes)
  await app.register(catalogueRoutes)
  await app.register(reorgRoutes)
  await app.register(ruleAdminRoutes)
  await app.register(printFaultRoutes)
  app.all('/*', async () => {
    throw new NotFound('admin.no_page', 'Không có trang này. Xem lại địa chỉ.')
  })
}
