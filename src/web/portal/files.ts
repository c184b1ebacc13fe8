// Files and printed papers, for those who may read the dossier they belong to; never sniffed, run or kept by caches.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { NotFound } from '#core/errors.ts'
import { dossierFile, getPaper, paperFileName, paperPdf, recordView } from '#modules/dossiers/index.ts'
import { openFile } from '#modules/files/index.ts'
import { disposition } from '../download.ts'
import { requireSignedIn } from '../session/index.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Types that a browser shows without running anything. */
const SHOWN = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'])

export const guardedFile = (reply: FastifyReply, type: string, name: string): FastifyReply =>
  reply
    .type(type)
    .header('content-disposition', disposition(SHOWN.has(type) ? 'inline' : 'attachment', name))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; frame-ancestors 'self'",
    )

export function fileRoutes(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>('/tep/:id', { preHandler: requireSignedIn }, async (request, reply) => {
    const { id } = request.params
    if (!UUID.test(id)) throw new NotFound('files.none', 'Không có tệp này.')
    const opened = await dossierFile(request.ctx, id)
    const { file } = opened
    await recordView(request.ctx, opened, 'file', file.id)
    const { stream, size } = await openFile(request.ctx, file)
    return guardedFile(reply, file.type, file.name).header('content-length', size).send(stream)
  })

  app.get<{ Params: { ref: string; id: string } }>('/ho-so/:ref/giay/:id', { preHandler: requireSignedIn }, async (request, reply) => {
    const opened = await getPaper(request.ctx, request.params.ref, { id: request.params.id })
    const { dossier, paper } = opened
    await recordView(request.ctx, opened, 'paper', paper.kind)
    return guardedFile(reply, 'application/pdf', paperFileName(dossier, paper)).send(Buffer.from(await paperPdf(request.ctx, paper)))
  })
}
