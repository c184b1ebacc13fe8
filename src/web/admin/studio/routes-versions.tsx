// HTTP of versions as the workshop changes them: taking back, reading again, and the record as a file.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Invalid, NotFound } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { getVersion, listVersions, reviewProcedure, reviewRule, reviewStates, withdrawVersion } from '#modules/procedures/index.ts'
import { bodyOf, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { asDownload } from '../../download.ts'
import { seeOther } from '../../page.tsx'
import { ReviewsScreen } from './version-acts.tsx'

type Code = { Params: { code: string } }

/** Faults go back to the page of the procedure, said there. */
const saidFaults = (error: Invalid): string => error.fields.map((fault) => fault.message).join(' ')

export async function versionRoutes(app: FastifyInstance): Promise<void> {
  app.get('/procedures/reviews', async (request, reply) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const [states, rule] = await Promise.all([reviewStates(ctx.db, today), reviewRule(ctx.db, today)])
    return sendDesk(request, reply, { title: 'Rà soát thủ tục', here: 'procedures', crumbs: [{ label: 'Thủ tục', href: '/admin/procedures' }, { label: 'Rà soát' }] }, <ReviewsScreen states={states} rule={rule} today={today} />)
  })

  app.post<Code>('/procedures/:code/withdrawals', async (request, reply) => {
    const body = bodyOf(request)
    try {
      const done = await withdrawVersion(request.ctx, { version: one(body, 'version'), reason: one(body, 'reason'), decision: one(body, 'decision') })
      say(request, reply, { message: `Đã rút phiên bản ${done.version}; phiên bản đang áp dụng giữ nguyên.`, tone: 'good', link: { href: `/admin/procedures/${done.code}/moves?from=${done.version}`, label: 'Hồ sơ đã chuyển sang phiên bản này' } })
      return seeOther(reply, `/admin/procedures/${done.code}?version=${done.version}`)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      say(request, reply, { message: saidFaults(error), tone: 'bad' })
      return seeOther(reply, await pageOf(request, one(body, 'version')))
    }
  })

  app.post<Code>('/procedures/:code/reviews', async (request, reply) => {
    const body = bodyOf(request)
    const { code } = request.params
    try {
      const verdict = one(body, 'verdict')
      await reviewProcedure(request.ctx, { code, verdict: verdict as 'current', note: one(body, 'note') })
      say(request, reply, { message: verdict === 'current' ? 'Đã ghi: thủ tục vẫn đúng.' : 'Đã ghi chỗ cũ. Mở bản nháp để sửa.', tone: 'good' })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      say(request, reply, { message: saidFaults(error), tone: 'bad' })
    }
    return seeOther(reply, `/admin/procedures/${code}`)
  })

  /** The record as it was published, to keep or to begin a draft from. */
  app.get<Code>('/procedures/:code/record.json', async (request, reply) => {
    const { ctx, params } = request
    const versions = await listVersions(ctx.db, params.code)
    const asked = Number(one(queryOf(request), 'version')) || versions[0]?.number
    const summary = versions.find((version) => version.number === asked)
    if (!summary) throw new NotFound('procedures.none', 'Không có thủ tục hoặc phiên bản này. Xem lại mã ở danh sách thủ tục.')
    const { record } = await getVersion(ctx.db, summary.id)
    return reply.type('application/json; charset=utf-8').header('content-disposition', asDownload(`${params.code}-v${summary.number}.json`)).send(`${JSON.stringify(record, null, 1)}\n`)
  })
}

async function pageOf(request: FastifyRequest, versionId: string): Promise<string> {
  const version = await getVersion(request.ctx.db, versionId)
  return `/admin/procedures/${version.code}?version=${version.number}`
}
