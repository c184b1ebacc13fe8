// Blank forms that a procedure's papers bring along, for anyone to download.

import type { FastifyInstance } from 'fastify'
import { NotFound } from '#core/errors.ts'
import { getFile, openFile } from '#modules/files/index.ts'
import { namesBlank } from '#modules/procedures/index.ts'
import { guardedFile } from './files.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Only what a published version names: blanks of drafts are seen in the workshop. */
export function blankRoutes(app: FastifyInstance): void {
  app.get<{ Params: { code: string; file: string } }>('/thu-tuc/:code/mau/:file', async (request, reply) => {
    const { ctx } = request
    const { code, file: id } = request.params
    if (!UUID.test(id) || !(await namesBlank(ctx.db, code, id))) throw new NotFound('procedures.no_blank', 'Không có mẫu này. Mẫu có thể đã được thay; xem lại trang thủ tục.')
    const file = await getFile(ctx.db, id)
    const { stream, size } = await openFile(ctx, file)
    return guardedFile(reply, file.type, file.name).header('content-length', size).send(stream)
  })
}
