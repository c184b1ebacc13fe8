// HTTP of the parts of a draft: read one, save one, and who else is here; what the editors' scripts speak with.

import type { FastifyInstance } from 'fastify'
import { NotFound } from '#core/errors.ts'
import { DraftConflict, draftHere, type DraftPart, getDraft, isDraftPart, partOf, saveDraftPart, sayPath, sayValue } from '#modules/procedures/index.ts'
import { bodyOf, one, queryOf } from '../../desk/answers.tsx'

const BASE = '/procedures/drafts/:id'
type Params = { Params: { id: string; part: string } }

function needPart(name: string): DraftPart {
  if (!isDraftPart(name)) throw new NotFound('procedures.no_part', 'Bản nháp không có phần này.')
  return name
}

/** What a person needs to choose: the place in words, both sides in words and as they stand. */
export const conflictView = (conflict: DraftConflict) => ({
  part: conflict.part,
  by: conflict.by,
  revision: conflict.revision,
  mine: conflict.mine,
  theirs: conflict.theirs,
  before: conflict.before,
  paths: conflict.paths.map(({ path, kind, before, mine, theirs }) => ({
    key: path.join('/'), kind, label: sayPath(path), before: sayValue(before, path), mine: sayValue(mine, path), theirs: sayValue(theirs, path),
  })),
})

export async function draftPartRoutes(app: FastifyInstance): Promise<void> {
  app.get<Params>(`${BASE}/parts/:part`, async ({ ctx, params }, reply) => {
    const part = needPart(params.part)
    const draft = await getDraft(ctx.db, params.id)
    return reply.header('cache-control', 'no-store').send({ revision: draft.revision, value: partOf(draft.record, part), state: draft.state })
  })

  app.put<Params>(`${BASE}/parts/:part`, { bodyLimit: 8 * 1024 * 1024 }, async (request, reply) => {
    const part = needPart(request.params.part)
    try {
      // Whatever else the body says, the act checks it.
      return reply.send(await saveDraftPart(request.ctx, { ...(bodyOf(request) as unknown as Parameters<typeof saveDraftPart>[1]), draft: request.params.id, part }))
    } catch (error) {
      if (!(error instanceof DraftConflict)) throw error
      return reply.code(409).send({ code: error.code, message: error.message, conflict: conflictView(error) })
    }
  })

  /** Asked every few seconds by an open tab: who else is here, and whether the draft has moved on. */
  app.get<Params>(`${BASE}/here`, { config: { passive: true } }, async (request, reply) => {
    const { ctx, params } = request
    const draft = await getDraft(ctx.db, params.id)
    const here = draft.state === 'open' ? await draftHere(ctx, draft.id, one(queryOf(request), 'tab').slice(0, 20)) : []
    return reply.header('cache-control', 'no-store').send({ revision: draft.revision, state: draft.state, name: draft.name, here: here.map(({ name, part }) => ({ name, tab: part })) })
  })
}
