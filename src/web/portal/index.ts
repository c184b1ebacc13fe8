// Mounts the citizen's portal: what can be done here, filing, my dossiers, tracking, units, files.

import type { FastifyInstance } from 'fastify'
import type { Env } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { onError } from '../errors.tsx'
import { filingRoutes } from '../form/index.ts'
import { aloudRoutes } from '../aloud/index.ts'
import { languageRoutes } from '../language/index.ts'
import { requireCitizen } from '../session/index.ts'
import { actRoutes } from './acts.tsx'
import { beginRoutes } from './begin.tsx'
import { dossierRoutes } from './dossier.tsx'
import { fileRoutes } from './files.ts'
import { portalFace } from './filing-face.tsx'
import { channelRoutes } from './channels.tsx'
import { competenceRoutes } from './competence.tsx'
import { genuineRoutes } from './genuine.tsx'
import { homeRoutes } from './home.tsx'
import { lookupRoutes } from './lookup.ts'
import { messageRoutes } from './messages.tsx'
import { mineRoutes } from './mine.tsx'
import { payRoutes } from './pay.tsx'
import { blankRoutes } from './blanks.ts'
import { procedureRoutes } from './procedure.tsx'
import { ruleRoutes } from './rules.tsx'
import { searchRoutes } from './search.tsx'
import { trackingRoutes } from './tracking.tsx'
import { countsUnread } from './unread.ts'
import { unitChangeRoutes } from './unit-change.tsx'
import { unitPageRoutes } from './unit.tsx'
import { unitRoutes } from './units.tsx'
import { viewerRoutes } from './viewers.tsx'

export async function portal(app: FastifyInstance, _options: { env: Env }): Promise<void> {
  app.setNotFoundHandler((request, reply) =>
    onError(new NotFound('no_page', 'Không có trang này. Xem lại địa chỉ, hoặc tìm từ trang đầu.'), request, reply),
  )
  languageRoutes(app)
  aloudRoutes(app)
  countsUnread(app)
  homeRoutes(app)
  searchRoutes(app)
  competenceRoutes(app)
  procedureRoutes(app)
  blankRoutes(app)
  ruleRoutes(app)
  trackingRoutes(app)
  unitRoutes(app)
  unitPageRoutes(app)
  lookupRoutes(app)
  fileRoutes(app)
  genuineRoutes(app)
  const citizen = { preHandler: requireCitizen }
  beginRoutes(app, citizen)
  unitChangeRoutes(app, citizen)
  mineRoutes(app, citizen)
  messageRoutes(app, citizen)
  channelRoutes(app, citizen)
  viewerRoutes(app, citizen)
  dossierRoutes(app, citizen)
  actRoutes(app, citizen)
  payRoutes(app, citizen)
  await filingRoutes(app, { face: portalFace, changeUnitHref: (ref) => `/ho-so/${ref}/noi-nop` })
}
