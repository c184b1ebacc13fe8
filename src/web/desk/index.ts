// The officer's desk, mounted under /desk: worklist, dossiers, counter, search.

import type { FastifyInstance } from 'fastify'
import type { Env } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { requireOfficer } from '../session/index.ts'
import { absenceRoutes } from './absence/routes.tsx'
import { boardRoutes } from './board/routes.tsx'
import { accessRoutes } from './access.tsx'
import { deskError } from './answers.tsx'
import { bookRoutes } from './book-routes.tsx'
import { consultRoutes } from './consult-routes.tsx'
import { cashRoutes } from './cash/routes.tsx'
import { dossierRoutes } from './dossier/routes.tsx'
import { actRoutes } from './dossier/routes-acts.tsx'
import { leaderRoutes } from './dossier/routes-leaders.tsx'
import { appealDeskRoutes } from './dossier/routes-appeals.tsx'
import { watchRoutes } from './dossier/routes-watch.tsx'
import { deskStyle } from './frame.tsx'
import { noticeRoutes } from './notices.tsx'
import { paperRoutes } from './papers-routes.tsx'
import { reasonRoutes } from './reason.tsx'
import { batchRoutes } from './routes-batch.tsx'
import { counterRoutes } from './routes-counter.tsx'
import { dossierListRoutes } from './routes-dossiers.tsx'
import { reconcileRoutes } from './routes-reconcile.tsx'
import { sheetRoutes } from './routes-sheets.tsx'
import { viewRoutes } from './routes-views.tsx'
import { worklistRoutes } from './routes-worklist.tsx'

export async function desk(app: FastifyInstance, _options: { env: Env }): Promise<void> {
  app.get(deskStyle.href.replace(/^\/desk/, ''), { config: { session: false } }, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/css; charset=utf-8').send(deskStyle.css))
  await app.register(async (pages) => {
    pages.setErrorHandler(deskError)
    pages.addHook('preHandler', requireOfficer)
    await pages.register(worklistRoutes)
    await pages.register(absenceRoutes)
    await pages.register(boardRoutes)
    await pages.register(batchRoutes)
    await pages.register(viewRoutes)
    await pages.register(sheetRoutes)
    await pages.register(reconcileRoutes)
    await pages.register(dossierListRoutes)
    await pages.register(dossierRoutes)
    await pages.register(consultRoutes)
    await pages.register(reasonRoutes)
    await pages.register(accessRoutes)
    await pages.register(actRoutes)
    await pages.register(leaderRoutes)
    await pages.register(watchRoutes)
    await pages.register(appealDeskRoutes)
    await pages.register(counterRoutes)
    await pages.register(cashRoutes)
    await pages.register(bookRoutes)
    await pages.register(paperRoutes)
    await pages.register(noticeRoutes)
    pages.all('/*', async () => {
      throw new NotFound('desk.no_page', 'Không có trang này. Xem lại địa chỉ, hoặc tìm hồ sơ ở ô tìm kiếm phía trên.')
    })
  })
}
