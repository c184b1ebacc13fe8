// HTTP of a draft on the past: start, progress, result, the cases behind each figure.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type FieldError, Invalid, NotFound } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Draft, getDraft } from '#modules/procedures/index.ts'
import { beginTrial, getTrial, lastYear, listTrials, pastOf, trialCases, trialFaults } from '#modules/trials/index.ts'
import { bodyOf, day, one, queryOf } from '../../../desk/answers.tsx'
import { KEEPERS } from '../../../desk/frame.tsx'
import { seeOther } from '../../../page.tsx'
import { sendDraftTab } from '../frame.tsx'
import { CasesScreen, PAGE, tagWords } from './cases.tsx'
import { FailedScreen, HistoryScreen, ResultScreen, RunningScreen, type StartView, trialHref } from './screen.tsx'

type Id = { Params: { id: string } }
type TrialId = { Params: { id: string; trial: string } }
const BASE = '/procedures/drafts/:id/history'

/** Dates far ahead: then a year under the coming table is what people want to know. */
function firstTyped(draft: Draft, today: string): StartView['typed'] {
  const from = typeof draft.record.effectiveFrom === 'string' ? draft.record.effectiveFrom : ''
  return { ...lastYear(today), as: from > today ? 'day' : 'own', asOf: from > today ? from : today }
}

async function start(request: FastifyRequest, reply: FastifyReply, more: { typed?: StartView['typed']; faults?: readonly FieldError[] } = {}): Promise<FastifyReply> {
  const { ctx } = request
  return sendDraftTab(request, reply, 'history', async (draft, write) => {
    const [trials, past, stopping] = await Promise.all([listTrials(ctx, draft.id), pastOf(ctx, draft.code), write ? trialFaults(ctx, draft) : []])
    return <HistoryScreen draft={draft} write={write} trials={trials} past={past} stopping={stopping} typed={more.typed ?? firstTyped(draft, localDate(ctx.now))} faults={more.faults ?? []} demo={request.server.hasRoute({ method: 'GET', url: '/dev/outbox' })} />
  }, more.faults ? 422 : 200)
}

async function result(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id, trial: name } = request.params as TrialId['Params']
  const trial = await getTrial(request.ctx, id, name)
  const going = trial.state === 'waiting' || trial.state === 'running'
  if (going) void reply.header('refresh', '1')
  return sendDraftTab(request, reply, 'history', (draft) => (
    going ? <RunningScreen draft={draft} trial={trial} /> : trial.result ? <ResultScreen draft={draft} trial={trial} result={trial.result} /> : <FailedScreen draft={draft} trial={trial} />
  ))
}

async function cases(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { ctx } = request
  const { id, trial: name } = request.params as TrialId['Params']
  const trial = await getTrial(ctx, id, name)
  const tag = one(queryOf(request), 'of').slice(0, 120)
  const title = tagWords(tag, trial)
  if (!title) throw new NotFound('trials.no_figure', 'Không có con số này trong lần thử. Quay lại trang kết quả.')
  const page = Math.max(1, Math.min(10_000, Number(one(queryOf(request), 'page')) || 1))
  const found = await trialCases(ctx, trial.id, tag, { limit: PAGE, offset: (page - 1) * PAGE })
  return sendDraftTab(request, reply, 'history', (draft) => <CasesScreen draft={draft} trial={trial} tag={tag} title={title} {...found} page={page} opens={!holds(ctx.actor, KEEPERS)} />)
}

export async function historyRoutes(app: FastifyInstance): Promise<void> {
  app.get<Id>(BASE, (request, reply) => start(request, reply))

  app.post<Id>(BASE, async (request, reply) => {
    const body = bodyOf(request)
    const typed = { from: day(body, 'from'), to: day(body, 'to'), as: one(body, 'as'), asOf: day(body, 'asOf') }
    try {
      const trial = await beginTrial(request.ctx, { draft: request.params.id, from: typed.from, to: typed.to, feesAsOf: typed.as === 'day' ? typed.asOf : null })
      return seeOther(reply, trialHref(await getDraft(request.ctx.db, request.params.id), trial.id))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return start(request, reply, { typed, faults: error.fields })
    }
  })

  app.get<TrialId>(`${BASE}/:trial`, result)
  app.get<TrialId>(`${BASE}/:trial/cases`, cases)
}
