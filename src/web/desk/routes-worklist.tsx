// HTTP of the worklist: the list itself, taking and giving back work.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError, Conflict } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { counterPost, workItem, worklistPage } from '#modules/dossiers/index.ts'
import { officerNames } from '#modules/org/index.ts'
import { listViews } from '#modules/views/index.ts'
import { claim, countDesk, release } from '#modules/work/index.ts'
import { seeOther } from '../page.tsx'
import { safeReturnTo } from '../session/index.ts'
import { bodyOf, many, one, queryOf } from './answers.tsx'
import { sendTaken } from './conflict.tsx'
import { say } from './flash.ts'
import { KEEPERS, sendDesk } from './frame.tsx'
import { dossierHref } from './words.tsx'
import { type Hand, HANDS, WorklistScreen } from './worklist.tsx'

const PAGE = 50
const DAY_MS = 86_400_000

/** Without a choice: my own work when there is some, else what waits. */
async function handOf(request: FastifyRequest): Promise<Hand> {
  const asked = one(queryOf(request), 'hand')
  if (asked in HANDS) return asked as Hand
  const { db, actor, now } = request.ctx
  const counts = await countDesk(db, actor, now, new Date(now.getTime() + DAY_MS))
  return counts.mine.total > 0 ? 'mine' : 'unit'
}

export async function worklistRoutes(app: FastifyInstance): Promise<void> {
  app.get('/', async (request, reply) => {
    const { ctx } = request
    if (holds(ctx.actor, KEEPERS)) return seeOther(reply, '/admin')
    const query = queryOf(request)
    const hand = await handOf(request)
    const due = one(query, 'due')
    const filter = {
      due: due === 'late' || due === 'today' ? due : undefined,
      procedure: one(query, 'procedure') || undefined, step: one(query, 'step') || undefined, cursor: one(query, 'cursor') || undefined,
    } as const
    const page = await worklistPage(ctx, { ...filter, hand: hand === 'all' ? undefined : hand === 'mine' ? 'mine' : 'nobody', limit: PAGE })
    const names = await officerNames(ctx.db, page.rows.map(({ item }) => item.claimedBy))
    return sendDesk(request, reply, { title: 'Việc cần làm', here: 'work' },
      <WorklistScreen ctx={ctx} page={page} hand={hand} {...filter} names={names} canFile={counterPost(ctx.actor) !== null} views={await listViews(ctx, 'worklist')} />)
  })

  const back = (request: FastifyRequest, fallback: string): string => safeReturnTo(one(bodyOf(request), 'returnTo')) ?? fallback

  app.post<{ Params: { id: string } }>('/work/:id/claim', async (request, reply) => {
    const { id } = request.params
    const { item, dossier } = await workItem(request.ctx, id)
    try {
      await claim(request.ctx, { item: id })
    } catch (error) {
      if (error instanceof Conflict) return sendTaken(request, reply, { id, refused: error })
      throw error
    }
    say(request, reply, { message: `Đã nhận việc “${item.name}” của hồ sơ ${dossier.code}.`, link: { href: dossierHref(dossier), label: 'Mở hồ sơ' } })
    return seeOther(reply, back(request, dossierHref(dossier)))
  })

  app.post<{ Params: { id: string } }>('/work/:id/release', async (request, reply) => {
    const { item, dossier } = await workItem(request.ctx, request.params.id)
    await release(request.ctx, { item: item.id })
    say(request, reply, { message: `Đã trả việc “${item.name}” về danh sách chung của đơn vị.` })
    return seeOther(reply, back(request, dossierHref(dossier)))
  })

  app.post('/work/claims', async (request, reply) => {
    const ids = [...new Set(many(bodyOf(request), 'item'))].slice(0, 200)
    let taken = 0
    const refused: string[] = []
    for (const id of ids) {
      try {
        await claim(request.ctx, { item: id })
        taken++
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error
        refused.push(error.message)
      }
    }
    const others = refused.length > 0 ? ` ${refused.length} việc không nhận được: ${[...new Set(refused)].join(' ')}` : ''
    const message = ids.length === 0 ? 'Chưa chọn việc nào. Đánh dấu ô ở đầu dòng rồi bấm lại.' : `Đã nhận ${taken} việc.${others}`
    say(request, reply, { message, tone: taken === 0 || others ? 'warn' : 'good' })
    return seeOther(reply, back(request, '/desk'))
  })
}
