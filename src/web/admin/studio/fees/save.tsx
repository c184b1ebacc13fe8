// Saves the fee part of a draft from one of its pages, and shows both sides where two people wrote the same.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Draft, DraftConflict, type FeePart, feeValue, saveDraftPart } from '#modules/procedures/index.ts'
import { bodyOf, one } from '../../../desk/answers.tsx'
import { say } from '../../../desk/flash.ts'
import { seeOther } from '../../../page.tsx'
import { ChooseSides } from '../form-tabs.tsx'
import { sendDraftTab } from '../frame.tsx'

/** Saves the fee part: `change` on what the page was opened with; what others have saved since is merged, or both sides are shown. */
export async function saveFees(request: FastifyRequest, reply: FastifyReply, draft: Draft, value: FeePart, said: { message: string; to: string }): Promise<FastifyReply> {
  const base = one(bodyOf(request), '_base')
  try {
    const saved = await saveDraftPart(request.ctx, { draft: draft.id, part: 'fees', base: base === '' ? draft.revision : Number(base) || 0, value: feeValue(value) })
    say(request, reply, { message: saved.merged ? `${said.message} Cùng với chỗ người khác vừa sửa.` : said.message, tone: 'good' })
    return seeOther(reply, said.to)
  } catch (error) {
    if (!(error instanceof DraftConflict)) throw error
    return sendDraftTab(request, reply, 'fees', (now) => <ChooseSides draft={now} part="fees" base={base} conflict={error} />, 409)
  }
}
