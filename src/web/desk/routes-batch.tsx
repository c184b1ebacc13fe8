// HTTP of batch completion: look at what was ticked, then finish it piece by piece, each by itself.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import { completeStep, type WorkRow, workItem } from '#modules/dossiers/index.ts'
import { canComplete } from '#modules/work/index.ts'
import { seeOther } from '../page.tsx'
import { safeReturnTo } from '../session/index.ts'
import { bodyOf, many, one } from './answers.tsx'
import { BatchScreen, batchesOf, inBatch } from './batch.tsx'
import { say } from './flash.ts'
import { sendDesk } from './frame.tsx'

/** As many as one looks through at once. */
const MOST = 200
const NAMED = 5

const ticked = (request: FastifyRequest): string[] => [...new Set(many(bodyOf(request), 'item'))].slice(0, MOST)
const home = (request: FastifyRequest): string => safeReturnTo(one(bodyOf(request), 'returnTo')) ?? '/desk'

export async function batchRoutes(app: FastifyInstance): Promise<void> {
  app.post('/work/batch', async (request, reply) => {
    const { ctx } = request
    const rows: WorkRow[] = []
    const refused: { code: string; why: string }[] = []
    for (const id of ticked(request)) {
      const row = await workItem(ctx, id)
      const why = canComplete(row.item, ctx.actor)
      if (why) refused.push({ code: row.dossier.code ?? '', why: why.message })
      else rows.push(row)
    }
    return sendDesk(request, reply, { title: 'Làm nhiều việc cùng lúc', here: 'work' }, <BatchScreen ctx={ctx} batches={batchesOf(rows)} refused={refused} returnTo={home(request)} />)
  })

  app.post('/work/completions', async (request, reply) => {
    const { ctx } = request
    const body = bodyOf(request)
    const [outcome, note] = [one(body, 'outcome'), one(body, 'note') || null]
    let done = 0
    const left: string[] = []
    for (const id of ticked(request)) {
      try {
        const { item, dossier } = await workItem(ctx, id)
        // Pressed twice, or sent again after a dropped line: what this officer has done so already is done.
        if (item.state === 'done' && item.outcome === outcome && ctx.actor.kind === 'officer' && item.doneBy === ctx.actor.id) done++
        else if (!item.outcomes.some((choice) => choice.key === outcome && inBatch(choice))) left.push(`${dossier.code}: kết quả này phải làm riêng từng hồ sơ.`)
        else {
          await completeStep(ctx, { item: id, outcome, note })
          done++
        }
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error
        left.push(error.message)
      }
    }
    const why = [...new Set(left)]
    const more = why.length > NAMED ? ` … và ${why.length - NAMED} lý do khác.` : ''
    const message = done + left.length === 0 ? 'Chưa chọn hồ sơ nào. Đánh dấu ô ở đầu dòng rồi bấm lại.'
      : `Đã làm xong ${done} việc.${left.length > 0 ? ` ${left.length} việc chưa làm được: ${why.slice(0, NAMED).join(' ')}${more}` : ''}`
    say(request, reply, { message, tone: left.length > 0 || done === 0 ? 'warn' : 'good' })
    return seeOther(reply, home(request))
  })
}
